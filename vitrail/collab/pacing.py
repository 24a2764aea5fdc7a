"""When rooms are flushed: at once after a pause, and not sooner than their windows allow."""

from __future__ import annotations

from math import inf
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from vitrail.collab.room import Room


# So few people in a room are sent what there is at once: a window would be shorter than a tick.
FEW = 4


class Pacer:
    """Flushes the rooms of one event loop.

    Args:
        loop: The loop.
        flushed: Called after each flush.

    Attributes:
        gather: Reads what has come, so that it is sent along.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, flushed: Callable[[Room], None]) -> None:
        self.gather: Callable[[], None] = lambda: None
        self._rhythm = 0.0
        self._least = inf
        self._loop = loop
        self._flushed = flushed
        self._due: dict[Room, tuple[float, asyncio.Handle]] = {}
        self._last: dict[Room, float] = {}

    def wake(self, room: Room, *, has_edits: bool) -> None:
        """Flush a room as soon as its window allows."""
        loop, window = self._loop, room.window
        due = 0.0
        if len(room.audience.members) > FEW:
            wait = window.for_edits if has_edits else window.for_presence
            due = self._last.get(room, 0.0) + wait
        planned = self._due.get(room)
        if planned is not None:
            if planned[0] <= due:
                return
            planned[1].cancel()  # an edit does not wait for the wider window of presence
        # At once is not a timer: it costs less, and comes after all that is being read now.
        is_due = due <= loop.time()
        handle = (
            loop.call_soon(self._flush, room) if is_due else loop.call_at(due, self._flush, room)
        )
        self._due[room] = (due, handle)

    def rhythm(self) -> float:
        """Return the shortest window of the rooms that were flushed since this was asked."""
        if self._least < inf:
            self._rhythm, self._least = self._least, inf
        return self._rhythm

    def forget(self, room: Room) -> None:
        """Let go of a room that is closed."""
        self._last.pop(room, None)

    def _flush(self, room: Room) -> None:
        if (members := len(room.audience.members)) > FEW:
            self.gather()
            del self._due[room]
            self._last[room] = self._loop.time()
            started = perf_counter()
            room.flush()
            room.window.learn(perf_counter() - started, members)
            self._least = min(self._least, room.window.for_edits)
        else:
            del self._due[room]
            self._least = 0.0
            room.flush()
        self._flushed(room)
