"""What the guard has found in an update."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_CLOCK = 1 << 31  # yrs keeps clocks in 32 bits


@dataclass(slots=True)
class Checked:
    """What a well-formed update holds.

    Attributes:
        ranges: For each client id, the first clock and the one after the last.
        roots: Names of the root types that it writes to.
        deletes: For each client id, its deleted ranges as (clock, length).
    """

    ranges: dict[int, tuple[int, int]]
    roots: frozenset[str]
    deletes: dict[int, list[tuple[int, int]]]

    def brings_structs(self, clocks: Mapping[int, int]) -> bool:
        """Tell whether it holds a struct that a document with these clocks has not."""
        return any(end > clocks.get(client, 0) for client, (_, end) in self.ranges.items())

    def is_all_new(self, clocks: Mapping[int, int]) -> bool:
        """Tell whether it holds structs, and a document with these clocks has none of them."""
        ranges = self.ranges
        return bool(ranges) and all(clocks.get(c, 0) == start for c, (start, _) in ranges.items())
