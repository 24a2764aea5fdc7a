"""The log as a database keeps it: commits that fail, that take long, and that succeed unheard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitrail.collab.guard import check_update

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitrail.collab.entries import Appended


class Disk:
    """What is stored of one document.

    Attributes:
        updates: In the order of their numbers, which begin with 1.
        clocks: What is stored of each client.
        is_down: Whether it answers nobody.
    """

    def __init__(self) -> None:
        self.updates: list[bytes] = []
        self.clocks: dict[int, int] = {}
        self.is_down = False

    @property
    def head(self) -> int:
        return len(self.updates)

    def commit(self, batch: Sequence[Appended]) -> list[int | None]:
        """Store a batch; return the number of each entry's first update."""
        numbers: list[int | None] = []
        for entry in batch:
            numbers.append(self.head + 1)
            for update in entry.updates:
                self._note(update.payload)
        return numbers

    def _note(self, update: bytes) -> None:
        # The guard raises if the order of the log leaves a gap.
        for client, (_, end) in check_update(update, self.clocks).ranges.items():
            self.clocks[client] = max(end, self.clocks.get(client, 0))
        self.updates.append(update)
