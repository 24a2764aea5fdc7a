"""Relay connections over lists that are at hand whole."""

import base64
from collections.abc import Sequence
from copy import copy
from typing import Any, Generic, TypeVar

import strawberry

from vitrail.core.errors import InvalidInput
from vitrail.graphql.batching import Batched, batched
from vitrail.graphql.cost import MAX_PAGE

T = TypeVar("T")


@strawberry.type(description="Where a page of a list lies in it.")
class PageInfo:
    """See the Relay cursor connections specification."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type
class Edge(Generic[T]):
    """One place of a list."""

    cursor: str
    node: T


@strawberry.type
class Connection(Batched, Generic[T]):
    """A part of a list."""

    nodes: list[T]
    page_info: PageInfo
    total_count: int | None = strawberry.field(
        description="How many there are in all; null where nobody counts them."
    )
    cursors: strawberry.Private[Sequence[str]]

    @batched
    @staticmethod
    async def edges(parts: list["Connection[T]"], _context: Any) -> list[list[Edge[T]]]:
        """The places of the list, with what is there."""
        # A node is not the same object here as in `nodes`: other things may be selected of it.
        return [
            [Edge(cursor=at, node=copy(node)) for at, node in zip(p.cursors, p.nodes, strict=True)]
            for p in parts
        ]


def check_first(first: int) -> int:
    """Return how many are wanted.

    Raises:
        InvalidInput: It is not 1 to `MAX_PAGE`.
    """
    if not 0 < first <= MAX_PAGE:
        raise InvalidInput(f"first is 1 to {MAX_PAGE}")
    return first


def write_cursor(position: str) -> str:
    """Return an opaque cursor for a position."""
    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> str:
    """Return the position in a cursor.

    Raises:
        InvalidInput: It is not one of ours.
    """
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except ValueError as error:
        raise InvalidInput("this is not a cursor", hint="take it from pageInfo") from error


def page_of(items: list[tuple[str, T]], first: int, after: str | None) -> Connection[T]:
    """Return a part of a list of (stable key, item).

    Raises:
        InvalidInput: `first` is out of bounds, or the cursor is not of this list any more.
    """
    check_first(first)
    start = 0
    if after is not None:
        key = read_cursor(after)
        start = next((at for at, (each, _) in enumerate(items, 1) if each == key), -1)
        if start < 0:
            raise InvalidInput(
                "what this cursor stood for is gone", hint="begin anew without after"
            )
    shown = items[start : start + first]
    cursors = [write_cursor(key) for key, _ in shown]
    return Connection(
        cursors=cursors,
        nodes=[item for _, item in shown],
        page_info=PageInfo(
            has_next_page=start + first < len(items),
            has_previous_page=start > 0,
            start_cursor=cursors[0] if cursors else None,
            end_cursor=cursors[-1] if cursors else None,
        ),
        total_count=len(items),
    )
