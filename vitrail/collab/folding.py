"""When documents are folded: those that have grown, and are calm or have grown very much."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vitrail.collab.room import Room

# Of these a document has more than its snapshot before it is folded: 500 are applied in 3 ms.
TAIL_UPDATES = 500
TAIL_BYTES = 1 << 20
# As many when its room closes: the next to open it need not wait for them.
CLOSED_TAIL_UPDATES = 50
# A document to which so many updates come between two looks is folded later, when its tail is so many
# times as long: folding takes from the processor what its people need now.
BUSY_UPDATES, BUSY_PATIENCE = 100, 50


class Folding:
    """Watches how the rooms of this process grow.

    Args:
        ask: Has a document folded, by its name.
    """

    def __init__(self, ask: Callable[[str], None]) -> None:
        self._ask = ask
        self._folded: dict[Room, tuple[int, int]] = {}
        self._seen: WeakKeyDictionary[Room, int] = WeakKeyDictionary()

    def loaded(self, room: Room, snap_seq: int) -> None:
        """Take note of a room that was read from the log, whose snapshot has this number."""
        self._folded[room] = (snap_seq, room.logged_bytes)

    def look(self, rooms: Iterable[Room]) -> None:
        """Have those folded that are due."""
        for room in rooms:
            seq, logged = self._folded[room]
            came, self._seen[room] = room.head_seq - self._seen.get(room, 0), room.head_seq
            patience = 1 if came < BUSY_UPDATES else BUSY_PATIENCE
            if (
                room.head_seq - seq > TAIL_UPDATES * patience
                or room.logged_bytes - logged > TAIL_BYTES * patience
            ):
                self._fold(room)

    def look_at_last(self, room: Room) -> None:
        """Have a room's document folded that closes."""
        if room.head_seq - self._folded[room][0] > CLOSED_TAIL_UPDATES:
            self._fold(room)

    def forget(self, room: Room) -> None:
        """Let go of a room that is closed."""
        self._folded.pop(room, None)

    def _fold(self, room: Room) -> None:
        self._folded[room] = (room.head_seq, room.logged_bytes)
        self._ask(room.name)
