"""Edits of the server itself: made on live documents at once, and over when they are on disk."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from vitrail.core.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from pycrdt import Doc

    from vitrail.collab.entries import Author
    from vitrail.collab.room import Room
    from vitrail.collab.rooms import Rooms

T = TypeVar("T")


async def edit_documents(
    rooms: Rooms, names: list[str], author: Author, change: Callable[[list[Doc[Any]]], T]
) -> tuple[T, int]:
    """Run an edit of the server on live documents and wait until it is on disk.

    Args:
        rooms: Where the documents are.
        names: Documents to edit, one or two; the first one's sequence number is returned.
        author: Who the log names.
        change: Gets the documents in order and makes the edit without waiting.

    Returns:
        What `change` returned, and the first document's sequence number after it.

    Raises:
        VitrailError: The edit was refused; nothing of it is kept.
    """
    await rooms.log.wait_for_room()
    if not names:
        raise AssertionError("an edit needs a document")
    async with rooms.open(names[0]) as first:
        if len(names) == 1:
            return await _edit_one(rooms, first, author, lambda doc: change([doc]))
        async with rooms.open(names[1]) as second:
            return await _edit_two(rooms, (first, second), author, change)


async def _edit_one(
    rooms: Rooms, room: Room, author: Author, change: Callable[[Doc[Any]], T]
) -> tuple[T, int]:
    durable: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    try:
        result = room.edit(author, change, _resolve(durable))
    except BaseException:
        room.replica.tainted = True
        await rooms.heal(room)
        raise
    return result, await durable


async def _edit_two(
    rooms: Rooms, both: tuple[Room, Room], author: Author, change: Callable[[list[Doc[Any]]], T]
) -> tuple[T, int]:
    loop, (first, second) = asyncio.get_running_loop(), both
    durable: asyncio.Future[int] = loop.create_future()
    other: asyncio.Future[int] = loop.create_future()

    def change_both(doc: Doc[Any]) -> T:
        return second.edit(author, lambda site: change([doc, site]), _resolve(other))

    try:
        result = first.edit(author, change_both, _resolve(durable))
    except BaseException:
        first.replica.tainted = second.replica.tainted = True
        await rooms.heal(first)
        await rooms.heal(second)
        raise
    await other
    return result, await durable


def _resolve(future: asyncio.Future[int]) -> Callable[[int | None], None]:
    def done(seq: int | None) -> None:
        if future.done():
            return
        if seq is None:
            future.set_exception(NotFound("the document was deleted"))
        else:
            future.set_result(seq)

    return done
