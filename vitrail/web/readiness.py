"""Whether people should be sent to this node, and if not, which part is why."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal

import msgspec

from vitrail.core.probe import can_write

if TYPE_CHECKING:
    from vitrail.collab.service import Collab
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database
    from vitrail.core.loop_watch import LoopWatch

# Edits that wait longer than this for the disk: people should work elsewhere, if there is a place.
MAX_UNACKNOWLEDGED_SECONDS = 5.0
MAX_STALL_SECONDS = 2.0  # of the event loop, in the last ten seconds
# The address is open to everybody: however often it is asked, the database is asked this often.
FRESH_SECONDS = 1.0

State = Literal["ok", "degraded", "failing"]


class Check(msgspec.Struct, frozen=True, omit_defaults=True):
    """How one part is.

    Attributes:
        status: `degraded` is worse than it should be, and no reason to send people away.
        seconds: What was measured, if it is a time.
        waiting: How many edits wait, if it is about edits.
    """

    status: State
    seconds: float | None = None
    waiting: int | None = None


class Report(msgspec.Struct, frozen=True):
    """What `/readyz` answers; it names no address, path or person."""

    status: Literal["ok", "degraded", "failing", "stopping"]
    checks: dict[str, Check]

    @property
    def is_ready(self) -> bool:
        """Whether people should be sent here."""
        return self.status in {"ok", "degraded"}


class Readiness:
    """Looks at the parts.

    Args:
        collab: The rooms and their log.
        database: The database.
        loop: How late the event loop was.
        clock: For how fresh an answer of the database is.
    """

    def __init__(self, collab: Collab, database: Database, loop: LoopWatch, clock: Clock) -> None:
        self._collab = collab
        self._database = database
        self._loop = loop
        self._clock = clock
        self._asked_at = float("-inf")
        self._takes_writes = False
        self._asking = asyncio.Lock()

    async def report(self) -> Report:
        """Look at every part now; the database's answer may be `FRESH_SECONDS` old."""
        checks = {
            "database": Check("ok" if await self._database_takes_writes() else "failing"),
            "log": self._log(),
            "bus": Check("ok" if self._collab.rooms.nodes.bus.is_up else "degraded"),
            "loop": self._event_loop(),
        }
        if self._collab.is_draining:
            return Report("stopping", checks)
        order: list[State] = ["ok", "degraded", "failing"]
        return Report(max((c.status for c in checks.values()), key=order.index), checks)

    async def _database_takes_writes(self) -> bool:
        async with self._asking:
            if self._clock.monotonic() - self._asked_at >= FRESH_SECONDS:
                self._takes_writes = await can_write(self._database)
                self._asked_at = self._clock.monotonic()
            return self._takes_writes

    def _log(self) -> Check:
        log = self._collab.rooms.log
        waited = log.unacknowledged_seconds
        is_well = log.healthy and waited < MAX_UNACKNOWLEDGED_SECONDS
        return Check("ok" if is_well else "failing", round(waited, 3), log.backlog)

    def _event_loop(self) -> Check:
        worst = self._loop.worst_seconds
        return Check("ok" if worst < MAX_STALL_SECONDS else "failing", round(worst, 3))
