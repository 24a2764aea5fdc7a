"""Draws the outline of a document when an update needs it, beside the loop; once for all who wait for it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from vitrail.collab.guard import check_update
from vitrail.collab.walker import outline_of

if TYPE_CHECKING:
    from vitrail.collab.room import Room

_DRAWING: WeakKeyDictionary[Room, asyncio.Lock] = WeakKeyDictionary()


async def draw(room: Room) -> None:
    """See to it that the document of a room has an outline, unless it is to be read anew."""
    async with _DRAWING.setdefault(room, asyncio.Lock()):
        replica = room.replica
        await _take_in(room)  # what was checked is to be in it
        if replica.tainted or replica.outline is not None:
            return
        doc, state, clocks = replica.doc, replica.state(), dict(replica.clocks)
        outline = await outline_of(replica.difference(b"\0"))
        await _take_in(room)
        if replica.tainted or replica.doc is not doc:
            return
        if replica.clocks != clocks:
            later = check_update(replica.difference(state), clocks, outline=outline)
            outline.add(later.runs or (), clocks)
        replica.outline = outline


async def _take_in(room: Room) -> None:
    while room.inbox and not room.tainted:
        room.take_in()
        await asyncio.sleep(0)
