"""What of a document's log has reached this node: own commits and those of others, in any order.

The numbers that the log gives to this node's own edits leave holes where another node was faster;
messages from other nodes come late, twice, out of order, or never.

1. `head` is contiguous: the live document holds every update up to it.
2. Updates of others are handed out in the order of their numbers, each once.
3. Whatever is known to exist and has not come is a gap, which only the log can fill.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Updates that wait for an earlier number; what is beyond that is read from the log once more.
MAX_PARKED_BYTES = 1 << 20


class Heads:
    """How far a live document follows its log. Pure.

    Args:
        head: Number of the last update that the document was loaded with.
    """

    def __init__(self, head: int) -> None:
        self.head = head
        self._known = head
        self._own: set[int] = set()
        self._parked: dict[int, bytes] = {}
        self._parked_bytes = 0

    @property
    def has_gap(self) -> bool:
        """Whether the log holds updates that have not come (3)."""
        return self._known > self.head

    def saw(self, seq: int) -> None:
        """Note that the log has got as far as a number."""
        self._known = max(self._known, seq)

    def own(self, first: int, count: int = 1) -> list[bytes]:
        """Note that edits of the live document have got numbers.

        Args:
            first: Number of the first; the rest follow it.
            count: How many there are.

        Returns:
            Updates of others that this makes due, to be applied in order.
        """
        last = first + count - 1
        if last <= self.head:
            return []
        self.saw(last)
        if first == self.head + 1 and not self._parked and not self._own:
            self.head = last
            return []
        for seq in range(max(first, self.head + 1), last + 1):
            self._forget(seq)  # read from the log before its commit was told here
            self._own.add(seq)
        due: list[bytes] = []
        self._advance(due)
        return due

    def others(self, first: int, updates: Sequence[bytes]) -> list[bytes]:
        """Take in updates of the log.

        Args:
            first: Number of the first; the rest follow it.
            updates: Yjs updates v1.

        Returns:
            Those that are due, to be applied in order; the others wait for what comes before them.
        """
        due: list[bytes] = []
        for seq, update in enumerate(updates, first):
            self.saw(seq)
            if seq == self.head + 1:
                self._forget(seq)
                self.head = seq
                due.append(update)
                self._advance(due)
            elif seq > self.head and seq not in self._own:
                self._park(seq, update)
        return due

    def _park(self, seq: int, update: bytes) -> None:
        if seq not in self._parked and self._parked_bytes + len(update) <= MAX_PARKED_BYTES:
            self._parked[seq] = update
            self._parked_bytes += len(update)

    def _forget(self, seq: int) -> bytes | None:
        update = self._parked.pop(seq, None)
        if update is not None:
            self._parked_bytes -= len(update)
        return update

    def _advance(self, due: list[bytes]) -> None:
        while True:
            following = self.head + 1
            if following in self._own:
                self._own.discard(following)
            elif (update := self._forget(following)) is not None:
                due.append(update)
            else:
                return
            self.head = following
