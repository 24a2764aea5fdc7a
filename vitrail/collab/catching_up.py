"""Reads from the log what other nodes have written to it and nobody has brought here."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from vitrail.collab.counts import Counts
    from vitrail.collab.log import UpdateLog
    from vitrail.collab.room import Room

LOG = logging.getLogger(__name__)
# How long an update may be late before the log is read for it: those of two nodes cross.
GAP_SECONDS = 0.01


class CatchUp:
    """Fills the gaps of rooms: one reader for each.

    Args:
        log: Where everything is.
        counts: Where the process counts what its rooms do.
        live: The rooms that are loaded, by document.
        wake: Has a room flushed.
        start: Runs a task of the rooms.
    """

    def __init__(
        self,
        log: UpdateLog,
        counts: Counts,
        live: Mapping[str, Room],
        wake: Callable[[Room], None],
        start: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        self._log = log
        self._counts = counts
        self._live = live
        self._wake = wake
        self._start = start
        self._reading: set[Room] = set()

    def soon(self, room: Room) -> None:
        """Fill the gap of a room, unless it fills by itself first."""
        if room not in self._reading:
            self._reading.add(room)
            asyncio.get_running_loop().call_later(GAP_SECONDS, self._begin, room)

    def _begin(self, room: Room) -> None:
        if room.heads.has_gap:
            self._start(self._fill(room))
        else:
            self._reading.discard(room)

    async def _fill(self, room: Room) -> None:
        try:
            while room.heads.has_gap and not room.tainted and self._live.get(room.name) is room:
                after = room.head_seq
                updates = await self._log.tail(room.name, after)
                if updates is None:
                    room.replica.tainted = True
                    self._wake(room)
                    break
                self._counts.gaps += 1
                self._counts.repaired += len(updates)
                room.receive_remote(after + 1, updates)
                if room.head_seq == after:
                    LOG.warning("the log has less than it said", extra={"doc": room.name})
                    break
        except (SQLAlchemyError, OSError) as error:
            LOG.warning("the log cannot be read; tried again: %s", error)
        finally:
            self._reading.discard(room)
