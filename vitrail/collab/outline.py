"""An outline of a document: how deep its clocks are in types of types, and which are values of a key.

What has neighbours does not say where it is: it is where they are. yrs deletes types in types by recursion,
and loses sight of a part of a key's value, so the guard must know both of what an update builds on.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING

from vitrail.collab.codec import Malformed
from vitrail.collab.contents import too_large

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Id = tuple[int, int]
Run = tuple[int, int, int, int]
"""Clocks of one client that are at the same place: its id, the first one, the one after the last, the place."""
MAX_LEVELS = 256  # of types in types: yrs deletes them by recursion, and dies of a deep one
# A part that yrs loses sight of when the rest is deleted points to freed memory.
SEVERAL = "a key holds more than one value"
ROOT, KEY = 0, 1
"""A place: twice the number of types that something is in, below the root's, and 1 for a key's value."""


class OutlineNeeded(Exception):  # noqa: N818 - nothing is wrong: the guard must know more
    """Whether an update is allowed depends on where something of the document is."""


def inside(parent: int, key: int) -> int:
    """Return the place in a type that is at a place."""
    return (parent | 1) + 1 + key


def beside(one: int, other: int) -> int:
    """Return the place of what has these neighbours: yrs takes that of the one that it finds first."""
    return max(one, other) | (one | other) & KEY


class Outline:
    """The places of a document's clocks, in runs: what one person has typed at one place is one.

    Clocks are only added after those that are there, so that a thread may look while the loop adds.
    """

    def __init__(self) -> None:
        self._runs: dict[int, tuple[array[int], array[int]]] = {}  # where they start, their places

    def place(self, of: Id) -> int:
        """Return where something is; nothing is known of clocks that were not added."""
        client, clock = of
        runs = self._runs.get(client)
        if runs is None:
            return ROOT
        starts, places = runs
        last = len(starts) - 1
        if clock >= starts[last]:
            return places[last]
        return places[bisect_right(starts, clock) - 1]

    def beside(self, left: Id | None, right: Id | None, client: int, start: int) -> int:
        """Return the place of what has these neighbours; -1 if one is of this client and not before `start`."""
        place = -1
        for one in (left, right):
            if one is not None:
                if one[0] == client and one[1] >= start:
                    return -1
                found = self.place(one)
                place = found if place < 0 else beside(place, found)
        return place

    def add(self, runs: Iterable[Run], clocks: Mapping[int, int]) -> None:
        """Take note of what an update brings.

        Args:
            runs: In order for each client, beginning at most at its next clock.
            clocks: The next clock of every client before it.
        """
        for client, start, end, place in runs:
            if end <= (known := clocks.get(client, 0)):
                continue
            found = self._runs.get(client)
            if found is None:
                self._runs[client] = array("I", (0,)), array("I", (place,))
            elif found[1][-1] != place:
                starts, places = found
                places.append(place)  # before it can be found
                starts.append(max(start, known))

    def runs(self) -> dict[int, list[Id]]:
        """Return for each client the clocks at which another place begins, with that place."""
        return {
            client: list(zip(starts, places, strict=True))
            for client, (starts, places) in self._runs.items()
        }


class Clue:
    """What an update says of some clocks of a client that follow each other and are at the same place.

    Attributes:
        client: Whose they are.
        start: The first one.
        end: The one after the last.
        builds_on: The type that they are in, or their neighbours.
        key: For what is in a type, 1 for values of keys; None for what has neighbours.
        right: The right neighbour.
        brings_type: Whether one of them is a type.
        brings_several: Whether one of several values does not say that it is a key's.
        place: Where they are, once that is known.
        is_open: Whether it is being looked for.
    """

    __slots__ = (
        "brings_several", "brings_type", "builds_on", "client", "end", "is_open", "key", "place",
        "right", "start",
    )  # fmt: skip

    def __init__(
        self,
        client: int,
        start: int,
        end: int,
        builds_on: tuple[Id, ...],
        key: int | None,
        right: Id | None,
    ) -> None:
        self.client, self.start, self.end = client, start, end
        self.builds_on, self.key, self.right = builds_on, key, right
        self.brings_type = self.brings_several = self.is_open = False
        # Of what is in a root, or in nothing because its type was deleted with all that is in it.
        self.place: int | None = None if builds_on else key

    def check(self) -> None:
        """Refuse what may not be at that place, which is known.

        Raises:
            Malformed: Several values of a key.
            TooLarge: A type in too many others.
        """
        place = self.place or ROOT
        if self.brings_several and place & KEY:
            raise Malformed(SEVERAL)
        if self.brings_type and place >> 1 > MAX_LEVELS:
            raise too_large(f"{MAX_LEVELS} levels of types in types")


class Sketch:
    """What an update says of the places of its structs, in whatever order they come."""

    def __init__(self) -> None:
        self._clues: dict[int, list[Clue]] = {}  # in order
        self._client = self._known = 0
        self._last: Clue | None = None

    def begin(self, client: int, known: int) -> None:
        """Begin with a client.

        Args:
            client: Its id.
            known: Its next clock in the document: what the update says of earlier ones does not count.
        """
        self._client, self._known, self._last = client, known, None

    def note(
        self,
        clock: int,
        end: int,
        left: Id | None,
        right: Id | None,
        parent: Id | None,
        key: int | None,
    ) -> Clue | None:
        """Take note of the client's next struct, and return what is known of it; None if the document has it.

        Args:
            clock: Its first clock.
            end: The one after its last.
            left: Its left neighbour.
            right: Its right neighbour.
            parent: The type that it is in, if it says so.
            key: For what has no neighbours, 1 for a value of a key and else 0.
        """
        client, known = self._client, self._known
        if end <= known:
            return None
        last = self._last
        follows = left is not None and left[1] == clock - 1 and left[0] == client
        if follows and last is not None and (right is None or right == last.right):
            last.end = end
            return last
        if left is None:
            on = right or parent
            builds_on = () if on is None else (on,)
        else:
            builds_on = (left,) if right is None else (left, right)
        if last is not None and last.builds_on == builds_on and last.key == key:
            last.end = end
            return last
        if clock < known and key is None:  # yrs takes the rest as what follows what is there
            builds_on += ((client, known - 1),)
        self._last = clue = Clue(client, max(clock, known), end, builds_on, key, right)
        self._clues.setdefault(client, []).append(clue)
        return clue

    def clues(self) -> list[Clue]:
        """Return all that is known."""
        return [clue for clues in self._clues.values() for clue in clues]

    def settle(self, clue: Clue, outline: Outline | None) -> None:
        """Find out where something is, without recursion.

        Raises:
            Malformed: Structs build on each other in a circle.
            OutlineNeeded: That depends on the document, of which there is no outline.
        """
        todo = [clue]
        while todo:
            clue = todo[-1]
            if clue.place is None:
                found = [self._find(one, outline) for one in clue.builds_on]
                places = [one if isinstance(one, int) else one.place for one in found]
                if None not in places:
                    self._place(clue, [place for place in places if place is not None])
                else:
                    clue.is_open = True
                    for one in found:
                        if isinstance(one, Clue) and one.place is None:
                            if one.is_open:
                                raise Malformed("structs build on each other in a circle")
                            todo.append(one)
                    continue
            todo.pop()

    @staticmethod
    def _place(clue: Clue, places: list[int]) -> None:
        if clue.key is not None:
            clue.place = inside(places[0], clue.key)
            return
        clue.place = places[0]
        for place in places[1:]:
            clue.place = beside(clue.place, place)

    def _find(self, of: Id, outline: Outline | None) -> Clue | int:
        """Return what the update says of something, or its place if the document has it."""
        client, clock = of
        clues = self._clues.get(client)
        if clues and clock >= clues[0].start:
            return clues[bisect_right(clues, clock, key=_start) - 1]
        if outline is None:
            raise OutlineNeeded
        return outline.place(of)


def _start(clue: Clue) -> int:
    return clue.start
