"""What the guard has found in an update."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vitrail.collab.outline import Run

MAX_CLOCK = 1 << 31  # yrs keeps clocks in 32 bits
_start = itemgetter(0)


@dataclass(slots=True)
class Checked:
    """What a well-formed update holds.

    Attributes:
        ranges: For each client id, the first clock and the one after the last.
        roots: Names of the root types that it writes to.
        deletes: For each client id, its deleted ranges as (clock, length).
        halves: The second halves of characters that it brings.
        runs: Where everything is that it brings, if the document's outline was known.
        structs: How many it holds.
        pieces: It in pieces none of which can take long to apply, if it was cut.
    """

    ranges: dict[int, tuple[int, int]]
    roots: frozenset[str]
    deletes: dict[int, list[tuple[int, int]]]
    halves: Mapping[int, set[int]]
    runs: Sequence[Run] | None = None
    structs: int = 0
    pieces: Sequence[bytes] | None = field(default=None, compare=False)

    def brings_structs(self, clocks: Mapping[int, int]) -> bool:
        """Tell whether it holds a struct that a document with these clocks has not."""
        return any(end > clocks.get(client, 0) for client, (_, end) in self.ranges.items())


def covers(
    mine: Mapping[int, Sequence[tuple[int, int]]], theirs: Mapping[int, Sequence[tuple[int, int]]]
) -> bool:
    """Tell whether every deleted range of theirs lies in one of mine, which are merged."""
    for client, ranges in theirs.items():
        known = mine.get(client, ())
        for clock, size in ranges:
            at = bisect_right(known, clock, key=_start) - 1
            if at < 0 or clock + size > sum(known[at]):
                return False
    return True
