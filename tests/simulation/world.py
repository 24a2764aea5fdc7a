"""Time and chance: what happens when, told by a seed alone."""

from __future__ import annotations

import heapq
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class World:
    """An event queue with a clock of its own.

    Args:
        seed: From which all chance comes.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.time = 0.0
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._count = 0

    def chance(self, whose: str) -> Random:
        """Return a source of chance of its own, so that what others draw changes nothing for it."""
        return Random(f"{self.seed}/{whose}")

    def after(self, seconds: float, event: Callable[[], None]) -> None:
        """Let something happen later; what is due at the same moment happens in order."""
        self._count += 1
        heapq.heappush(self._events, (self.time + seconds, self._count, event))

    def run(self, until: float) -> None:
        """Let time pass."""
        while self._events and self._events[0][0] <= until:
            self.time, _, event = heapq.heappop(self._events)
            event()
        self.time = until

    def monotonic(self) -> float:
        """Return the time in seconds, as a clock does."""
        return self.time

    def now(self) -> datetime:
        """Return the date, as a clock does."""
        return datetime(2030, 1, 1, tzinfo=UTC) + timedelta(seconds=self.time)
