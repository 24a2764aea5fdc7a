"""The clock, passed in wherever time matters, so that tests need not wait."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the rooms know of time."""

    def now(self) -> datetime:
        """Return the time of day, in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never go back, for durations."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the time of day, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic()


def aware(moment: datetime) -> datetime:
    """Return a moment with its zone: SQLite forgets that it is UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
