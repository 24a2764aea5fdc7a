"""What a room owes its members between two flushes: edits, made into frames once for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitrail.collab import wire
from vitrail.collab.line import Batch

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

# One write to a socket costs 5 µs or more, most of it in the kernel (measured on loopback). Writing to
# all members of a room may take this share of the time, so the window between two flushes grows with
# the room: 5 ms for 100 members at least, and no more than two frames of a screen. Where a flush
# takes longer than that estimate, on a slow or busy machine, the window follows it, within bounds.
WRITE_SECONDS = 5e-6
EDIT_SHARE = 0.10
PRESENCE_SHARE = 0.03
MAX_SLOWNESS = 4
MAX_WINDOW_SECONDS = 0.033


class Outbox:
    """Edits that wait for the next flush."""

    __slots__ = ("_edits", "_senders")

    def __init__(self) -> None:
        self._edits: list[bytes] = []
        self._senders: dict[Hashable, list[int]] = {}

    def add(self, sender: Hashable | None, update: bytes) -> None:
        """Queue an edit for everybody but the one who made it."""
        if sender is not None:
            self._senders.setdefault(sender, []).append(len(self._edits))
        self._edits.append(wire.update_message(update))

    def take(self, presence: bytes | None) -> Batches | None:
        """Return all that waits, with an awareness update; None when there is nothing."""
        edits, senders = self._edits, self._senders
        if edits:
            self._edits, self._senders = [], {}
        elif presence is None:
            return None
        bodies = edits if presence is None else [*edits, wire.awareness(presence)]
        return Batches(bodies, len(edits), senders)


class Batches(dict[bytes, Batch]):
    """The batches of one flush, by address: each is made once for all who get the same.

    Attributes:
        edits: How many edits there are.
        senders: The places of the edits that each sender has made; it gets a batch of its own.
    """

    __slots__ = ("_bodies", "edits", "senders")

    def __init__(
        self, bodies: Sequence[bytes], edits: int, senders: Mapping[Hashable, Sequence[int]]
    ) -> None:
        super().__init__()
        self._bodies = bodies
        self.edits = edits
        self.senders = senders

    def __missing__(self, address: bytes) -> Batch:
        batch = self[address] = Batch([address + body for body in self._bodies])
        return batch

    def without(self, sender: Hashable, address: bytes) -> Batch | None:
        """Return what one of the senders gets: all but its own edits; None when nothing is left."""
        own = self.senders[sender]
        if len(own) == len(self._bodies):
            return None
        return Batch([address + body for at, body in enumerate(self._bodies) if at not in own])


class Window:
    """The least time between two flushes of a room.

    Attributes:
        for_edits: Seconds, when an edit waits.
        for_presence: Seconds, when only presence waits.
    """

    __slots__ = ("_cost", "for_edits", "for_presence")

    def __init__(self) -> None:
        self._cost = self.for_edits = self.for_presence = 0.0

    def learn(self, seconds: float, members: int) -> None:
        """Take note of what a flush to so many members has cost."""
        self._cost += (seconds - self._cost) / 8
        estimate = members * WRITE_SECONDS
        cost = min(max(self._cost, estimate), MAX_SLOWNESS * estimate)
        self.for_edits = min(cost / EDIT_SHARE, MAX_WINDOW_SECONDS)
        self.for_presence = min(cost / PRESENCE_SHARE, MAX_WINDOW_SECONDS)
