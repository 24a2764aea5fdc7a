"""How long things took, or how large they were: counts by size, cheap enough to keep always."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Of things that should take milliseconds.
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Histogram:
    """Counts of what was observed, by upper bounds.

    Attributes:
        bounds: The upper bounds, ascending.
        counts: How many fell under each bound and over the one before; the last are over all.
        total: The sum of all that was observed.
    """

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    def observe(self, value: float) -> None:
        """Count a value: about half a microsecond."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value
