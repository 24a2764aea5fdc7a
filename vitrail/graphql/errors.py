"""Errors as GraphQL tells them: those of the tree as they are, anything else masked."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, TypeVar

import strawberry
from graphql import GraphQLError

from vitrail.core.errors import VitrailError
from vitrail.core.logs import REQUEST_ID

if TYPE_CHECKING:
    from collections.abc import Awaitable

T = TypeVar("T")
LOG = logging.getLogger(__name__)


@strawberry.type(description="Why a mutation did nothing.")
class UserError:
    """Why a mutation did nothing, for a person to read and a program to act on."""

    code: str
    message: str
    hint: str | None = None
    path: list[str] = strawberry.field(default_factory=list)


async def attempt(work: Awaitable[T]) -> tuple[T | None, list[UserError]]:
    """Return what came of a mutation's work: a value, or why there is none."""
    try:
        return await work, []
    except VitrailError as error:
        return None, [UserError(code=error.code, message=error.message, hint=error.hint)]


def formatted(error: GraphQLError) -> dict[str, Any]:
    """Return an error for the answer; what is not meant for the asker is logged under a trace id."""
    told: dict[str, Any] = {"message": error.message}
    if error.locations:
        told["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error.path:
        told["path"] = list(error.path)
    cause = error.original_error
    if isinstance(cause, VitrailError):
        told["extensions"] = extensions(cause)
        told["message"] = cause.message
    elif cause is not None and not isinstance(cause, GraphQLError):
        LOG.error("a resolver failed", exc_info=cause)
        told["message"] = "something went wrong on the server"
        told["extensions"] = {"code": "internal", "trace": REQUEST_ID.get()}
    else:
        told["extensions"] = {"code": "graphql_invalid"}
    return told


def extensions(error: VitrailError) -> dict[str, Any]:
    """Return what programs are told of an error of the tree."""
    return {"code": error.code} | ({"hint": error.hint} if error.hint else {})
