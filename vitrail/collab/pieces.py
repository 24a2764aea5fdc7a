"""Cuts an update into pieces that native code takes in a time that is known beforehand.

yrs goes through what others have put at the same place before it puts something there (YATA: the structs
that follow its left neighbour there, and those that follow these), and does so for each of many. How many
there are nobody knows without the whole list, but at most all of a document; so the structs of which an
update has many of this kind are applied a few at a time, and between those there is time to give up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vitrail.collab.codec import uint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vitrail.collab.outline import Id

# Measured: 0.2 to 0.3 µs for each struct that is gone through, of at least 6 bytes.
SEARCH_SECONDS_A_BYTE = 0.05e-6
WHOLE_SECONDS = 0.1  # what takes less at worst is not cut
PIECE_SECONDS = 0.05


class CutNeeded(Exception):  # noqa: N818 - nothing is wrong, but it may take long
    """An update must be cut before it is applied."""


def may_take_long(searches: int, size: int) -> bool:
    """Tell whether so many searches in a document of a size may take long.

    Args:
        searches: How many structs may have to search their place, at most.
        size: Bytes of the document.
    """
    return searches > 1 and searches * size * SEARCH_SECONDS_A_BYTE > WHOLE_SECONDS


class Segment(NamedTuple):
    """Structs of a client that follow each other, of which only the first may have to search its place.

    Attributes:
        client: Whose they are.
        clock: The first one's.
        at: Where in the update they begin.
        number: How many structs of the update are before them.
        needs: What the first one builds on that others bring in the same update.
        searches: Whether the first one may have to search.
    """

    client: int
    clock: int
    at: int
    number: int
    needs: tuple[Id, ...]
    searches: bool


class Segments:
    """Divides an update while the guard walks it.

    Args:
        clocks: The next clock of every client id of the document.

    Attributes:
        searches: How many structs may have to search their place.
        deletes_at: Where in the update its deletions begin.
    """

    def __init__(self, clocks: Mapping[int, int]) -> None:
        self._clocks = clocks
        self._blocks: list[
            tuple[list[Segment], int, int]
        ] = []  # with where they end, and their end's number
        self._begun: set[Id] = set()  # types of this update that have something in them
        self._keys: set[tuple[str | Id, str]] = set()  # that were written by it
        # ---- of the client that is walked
        self._segments: list[Segment] = []
        self._number = 0
        self._client = self._known = 0
        self._leaves: set[int] = set()  # last clocks of structs that nothing follows yet
        self.searches = 0
        self.deletes_at = 0

    def begin(self, client: int, known: int) -> None:
        """Begin with a client; `known` is its next clock in the document."""
        self._client, self._known = client, known
        self._segments, self._number = [], 0
        self._leaves.clear()

    def end(self, at: int) -> None:
        """Be done with a client; `at` is where in the update its structs end."""
        self._blocks.append((self._segments, at, self._number))

    def note(
        self,
        place: tuple[int, int, int],
        left: Id | None,
        right: Id | None,
        parent: str | Id | None,
        key: str | None,
    ) -> None:
        """Take note of the client's next struct.

        Args:
            place: Its first clock, the one after its last, and where in the update it is.
            left: Its left neighbour.
            right: Its right neighbour.
            parent: What it is in, if it says so.
            key: The key, if it says so.
        """
        clock, end, at = place
        client, leaves = self._client, self._leaves
        needs: tuple[Id, ...] = ()
        if left is not None:
            if left[0] == client and left[1] in leaves:
                leaves.remove(left[1])
                searches = False
            else:
                searches = end > self._known
                needs = self._needs(left)
        elif right is not None:
            searches = end > self._known
        else:
            searches = end > self._known and self._is_second(parent, key)
            needs = self._needs(parent)
        if right is not None:
            needs += self._needs(right)
        if searches or needs or not self._segments:
            self.searches += searches
            self._segments.append(Segment(client, clock, at, self._number, needs, searches))
        self._number += 1
        leaves.add(end - 1)

    def _needs(self, on: str | Id | None) -> tuple[Id, ...]:
        if not isinstance(on, tuple) or on[0] == self._client:
            return ()
        return (on,) if on[1] >= self._clocks.get(on[0], 0) else ()

    def _is_second(self, parent: str | Id | None, key: str | None) -> bool:
        """Tell whether there may be others where something without neighbours goes."""
        if parent is None:
            return False
        if key is not None:
            place = (parent, key)
            is_second = place in self._keys
            self._keys.add(place)
            return is_second
        if isinstance(parent, tuple) and parent not in self._begun:
            self._begun.add(parent)
            return parent[1] < self._clocks.get(parent[0], 0)
        return True

    def cut(self, update: bytes, size: int) -> list[bytes]:
        """Return updates that together are this one, with what each builds on in it or before it.

        Args:
            update: Which was walked.
            size: Bytes of the document with it.
        """
        if not may_take_long(self.searches, size):
            return [update]
        return list(self._pieces(update, int(PIECE_SECONDS / (size * SEARCH_SECONDS_A_BYTE)) or 1))

    def _pieces(self, update: bytes, most: int) -> Iterator[bytes]:
        """Cut it so that at most so many structs of each piece may have to search."""
        piece: list[tuple[Segment, int, int]] = []
        searches = 0
        for segment, end, number in self._in_order():
            if searches + segment.searches > most:
                yield _update(update, piece, b"\0")
                piece, searches = [], 0
            piece.append((segment, end, number))
            searches += segment.searches
        yield _update(update, piece, update[self.deletes_at :])

    def _in_order(self) -> Iterator[tuple[Segment, int, int]]:
        """Return segments after what they build on, with where they end and their end's number."""
        left: dict[int, list[tuple[Segment, int, int]]] = {}  # the next one last
        for segments, at, number in self._blocks:
            ends = [*((s.at, s.number) for s in segments[1:]), (at, number)]
            left[segments[0].client] = [
                (segment, *end) for segment, end in zip(segments, ends, strict=True)
            ][::-1]
        for client in left:
            todo, waits = [client], {client}
            while todo:
                others = left[todo[-1]]
                need = self._missing(others, left)
                if need is not None and need not in waits:  # in a circle yrs waits for ever
                    todo.append(need)
                    waits.add(need)
                    continue
                if others:
                    yield others.pop()
                if not others or len(todo) > 1:
                    waits.remove(todo.pop())

    @staticmethod
    def _missing(
        segments: list[tuple[Segment, int, int]],
        left: Mapping[int, list[tuple[Segment, int, int]]],
    ) -> int | None:
        """Return a client on whose segments the next one builds."""
        for client, clock in segments[-1][0].needs if segments else ():
            if (others := left.get(client)) and others[-1][0].clock <= clock:
                return client
        return None


def _update(update: bytes, piece: Iterable[tuple[Segment, int, int]], deletes: bytes) -> bytes:
    """Return segments, which are in order for each client, as an update."""
    blocks: dict[int, tuple[int, int, list[bytes]]] = {}  # first clock, structs, their bytes
    for segment, end, number in piece:
        first, count, parts = blocks.get(segment.client, (segment.clock, 0, []))
        parts.append(update[segment.at : end])
        blocks[segment.client] = (first, count + number - segment.number, parts)
    out = [uint(len(blocks))]
    for client, (first, count, parts) in blocks.items():
        out += uint(count), uint(client), uint(first), *parts
    return b"".join((*out, deletes))
