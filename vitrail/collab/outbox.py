"""What a room owes its members between two flushes: edits, made into frames once for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitrail.collab import wire
from vitrail.collab.line import Batch

if TYPE_CHECKING:
    from collections.abc import Hashable

# One write to a socket costs about 6 µs, most of it in the kernel (measured on loopback). Writing to
# all members of a room may take this share of the time, so the window between two flushes grows with
# the room: 0.1 ms for 3 members, 4 ms for 100, and no more than one frame of a screen. Where a flush
# takes longer than that estimate, on a slow or busy machine, the window follows it, within bounds.
WRITE_SECONDS = 6e-6
EDIT_SHARE = 0.15
PRESENCE_SHARE = 0.03
MAX_SLOWNESS = 4
MAX_WINDOW_SECONDS = 0.033


class Outbox:
    """Edits and presence that wait for the next flush."""

    __slots__ = ("_edits", "_senders", "presence")

    def __init__(self) -> None:
        self._edits: list[bytes] = []
        self._senders: dict[Hashable, list[int]] = {}
        self.presence: bytes | None = None

    @property
    def has_edits(self) -> bool:
        """Whether an edit waits."""
        return bool(self._edits)

    def add(self, sender: Hashable | None, update: bytes) -> None:
        """Queue an edit for everybody but the one who made it."""
        if sender is not None:
            self._senders.setdefault(sender, []).append(len(self._edits))
        self._edits.append(wire.update_message(update))

    def batches(self) -> Batches:
        """Return all that waits, ready to be addressed; nothing waits after that."""
        ready = Batches(self._edits, self._senders, self.presence)
        self._edits, self._senders, self.presence = [], {}, None
        return ready


class Batches:
    """The batches of one flush: one for each address, and one for each member who made an edit.

    Attributes:
        edits: How many edits there are.
    """

    __slots__ = ("_bodies", "_senders", "_shared", "edits")

    def __init__(
        self, edits: list[bytes], senders: dict[Hashable, list[int]], presence: bytes | None
    ) -> None:
        self._bodies = edits if presence is None else [*edits, wire.awareness(presence)]
        self.edits = len(edits)
        self._senders = senders
        self._shared: dict[bytes, Batch] = {}

    def __bool__(self) -> bool:
        return bool(self._bodies)

    def made_by(self, member: Hashable) -> bool:
        """Tell whether a member made one of these edits, and so gets a batch of its own."""
        return member in self._senders

    def count_of(self, member: Hashable) -> int:
        """Return how many of these edits a member made."""
        return len(self._senders[member])

    def without(self, member: Hashable, address: bytes) -> Batch:
        """Return what a member gets: all but its own edits."""
        own = set(self._senders[member])
        return Batch([address + body for at, body in enumerate(self._bodies) if at not in own])

    def under(self, address: bytes) -> Batch:
        """Return what everybody else gets under an address."""
        batch = self._shared.get(address)
        if batch is None:
            batch = self._shared[address] = Batch([address + body for body in self._bodies])
        return batch


class Window:
    """The least time between two flushes of a room."""

    __slots__ = ("_cost",)

    def __init__(self) -> None:
        self._cost = 0.0

    def learn(self, seconds: float) -> None:
        """Take note of what a flush has cost."""
        self._cost += (seconds - self._cost) / 8

    def seconds(self, members: int, *, has_edits: bool) -> float:
        """Return the least seconds between two flushes, with this many members."""
        estimate = members * WRITE_SECONDS
        cost = min(max(self._cost, estimate), MAX_SLOWNESS * estimate)
        return min(cost / (EDIT_SHARE if has_edits else PRESENCE_SHARE), MAX_WINDOW_SECONDS)
