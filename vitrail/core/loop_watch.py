"""Watches the event loop: while one call runs, nobody else in this process is served."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import TYPE_CHECKING

from vitrail.core.histogram import Histogram

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from vitrail.core.clock import Clock

LOG = logging.getLogger(__name__)
TICK_SECONDS = 0.1
STALL_SECONDS = 0.25  # longer than this is felt by whoever types
MEMORY_TICKS = 100  # so many ticks are looked back on: ten seconds, unless the loop is late
BOUNDS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, STALL_SECONDS, 0.5, 1.0, 2.5, 5.0)


class LoopWatch:
    """Measures how late the loop wakes a task that sleeps.

    Args:
        clock: For how late it was.
        sleep: How to sleep.

    Attributes:
        delays: How late it was.
        stalls: How often it was later than `STALL_SECONDS`.
    """

    def __init__(
        self,
        clock: Clock,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._recent: deque[float] = deque(maxlen=MEMORY_TICKS)
        self.delays = Histogram(BOUNDS)
        self.stalls = 0

    @property
    def worst_seconds(self) -> float:
        """How late it was at worst, lately."""
        return max(self._recent, default=0.0)

    async def run(self) -> None:
        """Measure until cancelled."""
        while True:
            due = self._clock.monotonic() + TICK_SECONDS
            await self._sleep(TICK_SECONDS)
            self._note(max(0.0, self._clock.monotonic() - due))

    def _note(self, late: float) -> None:
        self._recent.append(late)
        self.delays.observe(late)
        if late > STALL_SECONDS:
            self.stalls += 1
            LOG.warning("the event loop stood still", extra={"seconds": round(late, 3)})
