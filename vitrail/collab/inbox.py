"""What a room has been sent and has not applied: taken in together at each flush.

A transaction costs more than a small update, so those that bring nothing but new things are applied
many at a time; in what a flush of the room waits for anyway, they lose no time.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from vitrail.collab.compact import MAX_IN_TRANSACTION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitrail.collab.entries import Update
    from vitrail.collab.ports import Scope

M = TypeVar("M")
MAX_WAITING_BYTES = 256 << 10


class Received(NamedTuple, Generic[M]):
    """An update that the guard let pass.

    Attributes:
        member: Who sent it.
        update: With its author.
        scope: What the member might do when it came.
        is_all_new: Whether all of its structs follow what was there, so that applying it changes
            the document by exactly this update.
        is_answer: Whether it is what the server has asked the member for.
        pieces: See `Replica.pieces`.
    """

    member: M
    update: Update
    scope: Scope
    is_all_new: bool
    is_answer: bool
    pieces: Sequence[bytes]


class Inbox(Generic[M]):
    """Updates in the order in which they came.

    Attributes:
        size: Bytes of all of them.
    """

    __slots__ = ("_careful", "_waiting", "size")

    def __init__(self) -> None:
        self._waiting: deque[Received[M]] = deque()
        self.size = 0
        self._careful = 0

    def __bool__(self) -> bool:
        return bool(self._waiting)

    @property
    def is_full(self) -> bool:
        """Whether it should be taken in without waiting any longer."""
        return len(self._waiting) >= MAX_IN_TRANSACTION or self.size >= MAX_WAITING_BYTES

    @property
    def is_careful(self) -> bool:
        """Whether the next one must be checked once more, and taken by itself."""
        return self._careful > 0

    def add(self, received: Received[M]) -> None:
        """Keep an update."""
        self._waiting.append(received)
        self.size += len(received.update.payload)

    def take(self) -> Sequence[Received[M]]:
        """Return what can be applied together: some that are all new, or one; nothing when empty."""
        if not self._waiting:
            return ()
        waiting = self._waiting
        first = self._pop()
        if self._careful:
            self._careful -= 1
            return (first,)
        batch = [first]
        while (
            first.is_all_new
            and waiting
            and waiting[0].is_all_new
            and waiting[0].scope is first.scope
            and len(batch) < MAX_IN_TRANSACTION
        ):
            batch.append(self._pop())
        return batch

    def put_back(self, batch: Sequence[Received[M]]) -> None:
        """Take a batch that failed back, to be tried one by one.

        Those behind it may build on one of the batch that will be refused.
        """
        self._waiting.extendleft(reversed(batch))
        self.size += sum(len(received.update.payload) for received in batch)
        self.be_careful()

    def be_careful(self) -> None:
        """Hand all that waits out one by one: what it was checked against has changed."""
        self._careful = len(self._waiting)

    def _pop(self) -> Received[M]:
        received = self._waiting.popleft()
        self.size -= len(received.update.payload)
        return received
