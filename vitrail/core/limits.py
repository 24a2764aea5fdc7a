"""Token buckets: so many at once, so many a second after that. And places: so many at a time."""

from __future__ import annotations

import math
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vitrail.core.errors import Overloaded

if TYPE_CHECKING:
    from collections.abc import Generator

    from vitrail.core.clock import Clock

MAX_KEYS = 50_000


class Bucket:
    """One bucket: `burst` at once, `per_second` after that."""

    __slots__ = (
        "__weakref__",  # pyright: ignore[reportUninitializedInstanceVariable]
        "_at",
        "_burst",
        "_clock",
        "_level",
        "_rate",
    )

    def __init__(self, burst: float, per_second: float, clock: Clock) -> None:
        self._burst = self._level = burst
        self._rate = per_second
        self._clock = clock
        self._at = clock.monotonic()

    def take(self, amount: float = 1) -> float:
        """Take an amount if it is there; return the seconds until it is, 0 when it was taken."""
        now = self._clock.monotonic()
        level = min(self._burst, self._level + (now - self._at) * self._rate)
        self._at = now
        if level < amount:
            self._level = level
            return (amount - level) / self._rate
        self._level = level - amount
        return 0.0


class Empty(Overloaded):
    """There is not so much in a bucket.

    Args:
        level: See below.
        after: In how many seconds there is.

    Attributes:
        level: What there is.
    """

    def __init__(self, level: float, after: int) -> None:
        super().__init__("too many tries", hint=f"wait {after} s and try again", after=after)
        self.level = level


class Buckets:
    """One bucket per key, in this process; the oldest keys are forgotten beyond `MAX_KEYS`.

    Args:
        burst: How many may come at once.
        per_second: How fast a bucket fills again.
        clock: For the time between two calls.
    """

    def __init__(self, burst: float, per_second: float, clock: Clock) -> None:
        self._burst = burst
        self._rate = per_second
        self._clock = clock
        self._levels: dict[str, tuple[float, float]] = {}

    def take(self, key: str, amount: float = 1) -> float:
        """Take from a key's bucket and return what is left in it.

        Raises:
            Empty: There is not so much in it.
        """
        now = self._clock.monotonic()
        level, at = self._levels.pop(key, (self._burst, now))
        level = min(self._burst, level + (now - at) * self._rate)
        enough = level >= amount
        self._levels[key] = (level - amount if enough else level, now)
        if len(self._levels) > MAX_KEYS:
            self._levels.pop(next(iter(self._levels)))
        if not enough:
            raise Empty(level, math.ceil((amount - level) / self._rate))
        return level - amount


class Places:
    """So many places for each key, in this process.

    Args:
        most: How many may be taken at a time.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: Counter[str] = Counter()

    @contextmanager
    def take(self, key: str) -> Generator[None]:
        """Take one of a key's places for as long as the block lasts.

        Raises:
            Overloaded: All are taken.
        """
        if self._taken[key] >= self._most:
            raise Overloaded(f"{self._most} are open already", hint="close some first")
        self._taken[key] += 1
        try:
            yield
        finally:
            self._taken[key] -= 1
            if not self._taken[key]:
                del self._taken[key]
