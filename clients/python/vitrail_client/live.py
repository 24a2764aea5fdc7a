"""Subscriptions over graphql-transport-ws: a socket for each, opened again whenever it is lost.

Protocol: github.com/enisdenjo/graphql-ws, PROTOCOL.md.
"""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import websockets
from websockets.asyncio.client import connect

from vitrail_client.errors import AnswerError, Extensions, RequestFailed, Unreachable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from websockets.asyncio.client import ClientConnection

    from vitrail_client.requests import Subscription

T = TypeVar("T")
PROTOCOL = websockets.Subprotocol("graphql-transport-ws")
# Those that a second try would not change: a bad request, no sign-in, an operation that is not one.
FATAL = {4400, 4401, 4403, 4404, 4406, 4409, 4429}
NOT_SIGNED_IN = 4401
LONGEST_WAIT_SECONDS = 30.0


class _Said(msgspec.Struct):
    type: str
    payload: msgspec.Raw = msgspec.Raw(b"null")


class _Event(msgspec.Struct):
    data: msgspec.Raw = msgspec.Raw(b"null")
    errors: list[AnswerError] = []


class _Numbered(msgspec.Struct):
    seq: int | None = None


async def follow(address: str, token: str, request: Subscription[T]) -> AsyncGenerator[T]:
    """Yield the events of a subscription; `since_seq` follows what was yielded.

    Raises:
        RequestFailed: The server refuses it, or who asks.
        Unreachable: What the server says is not of this protocol, or not of this schema.
    """
    variables, tries = dict(request.variables), 0
    while True:
        try:
            async with connect(address, subprotocols=[PROTOCOL], max_size=None) as socket:
                await _begin(socket, token, request, variables)
                async for message in socket:
                    said = _read(message, _Said)
                    match said.type:
                        case "next":
                            tries = 0
                            event = _event(said.payload)
                            if (seq := _seq(event)) is not None:
                                variables["sinceSeq"] = seq
                            yield _read(event, request.answer)
                        case "error":
                            raise RequestFailed(_read(said.payload, list[AnswerError]))
                        case "complete":
                            return
                        case "ping":
                            await socket.send(b'{"type":"pong"}'.decode())
                        case _:
                            pass
        except websockets.ConnectionClosed as error:
            _check(error)
        except (OSError, websockets.InvalidHandshake, TimeoutError):
            pass  # nobody is there, or not yet: the next try comes later
        tries += 1
        most = min(0.5 * 2**tries, LONGEST_WAIT_SECONDS)
        await asyncio.sleep(most * (0.5 + secrets.randbelow(500) / 1000))


async def _begin(
    socket: ClientConnection, token: str, request: Subscription[Any], variables: dict[str, Any]
) -> None:
    await _send(socket, {"type": "connection_init", "payload": {"token": token} if token else {}})
    if _read(await socket.recv(), _Said).type != "connection_ack":
        raise Unreachable("the server does not speak graphql-transport-ws")
    asked = {"operationName": request.name, "query": request.text, "variables": variables}
    await _send(socket, {"type": "subscribe", "id": "1", "payload": asked})


async def _send(socket: ClientConnection, message: dict[str, Any]) -> None:
    await socket.send(msgspec.json.encode(message).decode())


def _event(payload: msgspec.Raw) -> msgspec.Raw:
    event = _read(payload, _Event)
    if event.errors:
        raise RequestFailed(event.errors, data=_read(event.data, object))
    return event.data


def _seq(data: msgspec.Raw) -> int | None:
    """Return the number of an event, where its answer holds one."""
    try:
        events = msgspec.json.decode(data, type=dict[str, _Numbered])
    except msgspec.ValidationError:
        return None
    return next((event.seq for event in events.values()), None)


def _check(closed: websockets.ConnectionClosed) -> None:
    """Pass over a connection that was lost; raise what another one would end with, too."""
    told = closed.rcvd
    if told is not None and told.code in FATAL:
        code = "not_signed_in" if told.code == NOT_SIGNED_IN else f"closed_{told.code}"
        raise RequestFailed([AnswerError(told.reason, extensions=Extensions(code))]) from closed


def _read(data: bytes | str | msgspec.Raw, of: type[T]) -> T:
    try:
        return msgspec.json.decode(data, type=of)
    except msgspec.DecodeError as error:
        raise Unreachable(f"the server's message is not one of this schema: {error}") from error
