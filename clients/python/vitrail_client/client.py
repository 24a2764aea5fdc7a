"""Somebody at a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

import httpx2
import msgspec

from vitrail_client.errors import (
    AnswerError,
    Extensions,
    Reason,
    Refused,
    RequestFailed,
    Unreachable,
)
from vitrail_client.live import follow

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from types import TracebackType

    from vitrail_client.requests import Mutation, Query, Subscription

T = TypeVar("T")
Naming = Literal["hash", "trusted", "text"]
UNKNOWN_HASH = "PERSISTED_QUERY_NOT_FOUND"
SECONDS = 30.0


class _Told(msgspec.Struct):
    """What is said instead of an answer, before GraphQL."""

    code: str
    message: str


class _Answer(msgspec.Struct):
    data: msgspec.Raw = msgspec.Raw(b"null")
    errors: list[AnswerError] = []
    error: _Told | None = None


class _Payload(msgspec.Struct):
    errors: list[Reason] = []


class Client:
    """Somebody at a server.

    Args:
        server: Its address, such as `https://sites.example.org`.
        token: Whose it is; without one nobody is asking.
        documents: How a document is named: by its `hash` (its text is sent once to a server that does not
            know it), as `trusted` (by its hash to a server that was given documents.json, never as text), or
            by its whole `text`.
        http: What requests go through, if it is not to be one of its own; whoever gives it closes it.
    """

    def __init__(
        self,
        server: str,
        token: str = "",
        *,
        documents: Naming = "hash",
        http: httpx2.AsyncClient | None = None,
    ) -> None:
        self._address = f"{server.rstrip('/')}/graphql"
        self._token = token
        self._documents = documents
        self._is_own = http is None
        self._http = http or httpx2.AsyncClient(timeout=SECONDS)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Drop the connections that are open."""
        if self._is_own:
            await self._http.aclose()

    async def run(self, request: Query[T] | Mutation[T]) -> T:
        """Ask once. What a mutation did nothing for is in its `errors`.

        Raises:
            RequestFailed: Some of it could not be answered.
            Unreachable: There was no answer.
        """
        return _read(await self._run(request), request.answer)

    async def change(self, request: Mutation[T]) -> T:
        """Run a mutation that is wanted.

        Raises:
            Refused: It did nothing.
            RequestFailed: Some of it could not be answered.
            Unreachable: There was no answer.
        """
        data = await self._run(request)
        payloads = _read(data, dict[str, _Payload | None])
        if reasons := [error for each in payloads.values() if each for error in each.errors]:
            raise Refused(reasons)
        return _read(data, request.answer)

    def follow(self, request: Subscription[T]) -> AsyncGenerator[T]:
        """Yield the events of a subscription, over lost connections; close the generator to end it.

        One that takes `since_seq` goes on after the last event. Begin with the one that is known, so that
        nothing is missed before the first event either.

        Raises:
            RequestFailed: The server refuses it.
        """
        address = "ws" + self._address.removeprefix("http")
        return follow(address, self._token, request)

    async def _run(self, request: Query[T] | Mutation[T]) -> msgspec.Raw:
        asked: dict[str, Any] = {"operationName": request.name, "variables": request.variables}
        persisted = {"persistedQuery": {"version": 1, "sha256Hash": request.hash}}
        if self._documents == "text":
            return await self._ask({**asked, "query": request.text})
        if self._documents == "trusted":
            return await self._ask({**asked, "documentId": request.hash})
        try:
            return await self._ask({**asked, "extensions": persisted})
        except RequestFailed as error:
            if error.code != UNKNOWN_HASH:
                raise
        return await self._ask({**asked, "query": request.text, "extensions": persisted})

    async def _ask(self, body: dict[str, Any]) -> msgspec.Raw:
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        content = msgspec.json.encode(body)
        try:
            response = await self._http.post(self._address, content=content, headers=headers)
        except httpx2.TransportError as error:
            raise Unreachable(f"{self._address} does not answer: {error}") from error
        answer = _read(response.content, _Answer)
        errors = answer.errors
        if answer.error is not None:
            told = answer.error
            errors = [AnswerError(told.message, extensions=Extensions(told.code))]
        if errors or response.is_error:
            wait = response.headers.get("Retry-After", "")
            data = _read(answer.data, object)
            seconds = float(wait) if wait.isdigit() else None
            raise RequestFailed(errors, response.status_code, data, seconds)
        return answer.data


def _read(data: bytes | msgspec.Raw, of: type[T]) -> T:
    try:
        return msgspec.json.decode(data, type=of)
    except msgspec.DecodeError as error:
        raise Unreachable(f"the server's answer is not one of this schema: {error}") from error
