"""Requests, as GraphQL over HTTP and over sockets has them."""

from __future__ import annotations

from typing import Any

import msgspec

from vitrail.core.errors import InvalidInput


class Persisted(msgspec.Struct):
    """The part of a request that names a persisted document."""

    sha256Hash: str  # noqa: N815 - as clients write it
    version: int = 1


class Extensions(msgspec.Struct):
    """What clients send beside a request."""

    persistedQuery: Persisted | None = None  # noqa: N815 - as clients write it


class Asked(msgspec.Struct):
    """A request, as GraphQL over HTTP has it."""

    query: str | None = None
    operationName: str | None = None  # noqa: N815 - as clients write it
    variables: dict[str, Any] | None = None
    extensions: Extensions | None = None
    documentId: str | None = None  # noqa: N815 - as clients write it


def read_asked(body: bytes) -> Asked:
    """Return a request from its JSON.

    Raises:
        InvalidInput: It is not one.
    """
    try:
        return msgspec.json.decode(body, type=Asked)
    except (msgspec.DecodeError, RecursionError) as error:
        raise InvalidInput(f"this is not a GraphQL request: {error}") from error
