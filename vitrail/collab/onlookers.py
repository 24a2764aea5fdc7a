"""Who has a document open, for those who have not: read and followed, on all nodes, without being seen."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from vitrail.collab.rooms import Rooms

ANSWER_SECONDS = 0.3  # for the other nodes to say who is on a document that was not open here
TELL_SECONDS = 0.3  # at least between two tellings: cursors move twenty times a second


async def who_is_on(rooms: Rooms, name: str) -> list[dict[str, Any]]:
    """Return what every client of a document says of itself; see `Presence.states`.

    Raises:
        NotFound: There is no such document.
    """
    is_new = name not in rooms.live
    async with rooms.open(name) as room:
        if is_new and rooms.nodes.others:
            await asyncio.sleep(ANSWER_SECONDS)
        return room.presence.states()


async def follow_presence(rooms: Rooms, name: str) -> AsyncGenerator[list[dict[str, Any]]]:
    """Yield what every client says of itself: now, and when that changes, at most every `TELL_SECONDS`.

    Raises:
        NotFound: There is no such document.
    """
    async with rooms.open(name):

        def version() -> int:
            room = rooms.live.get(name)
            return room.presence.version if room else 0

        async with aclosing(rooms.followers.follow(name, version, 0)) as versions:
            async for _ in versions:
                room = rooms.live.get(name)
                yield room.presence.states() if room else []
                await asyncio.sleep(TELL_SECONDS)
