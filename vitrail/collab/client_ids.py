"""Client ids: which a document's updates name, and how a history gets new ones.

Yjs names every struct by the id of the client that made it, and its clock. A copy of a history that
was replaced must never merge into the new one. Stock clients do not compare histories, so a new
history shares no client id with any before it: whatever an old copy sends names one that is retired.
"""

from __future__ import annotations

import secrets
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from typing_extensions import override

from vitrail.collab.codec import Malformed, Reader, uint
from vitrail.collab.guard import Id, Walk
from vitrail.core.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

CHANCE = secrets.SystemRandom()
MAX_ID = 1 << 32  # as Yjs draws them


class Replaced(Conflict):
    """A client has a copy of a history that was replaced."""

    default_code: ClassVar[str] = "replaced"


def refuse_retired(retired: frozenset[int], named: Collection[int]) -> None:
    """Refuse what names a client id of a history that was replaced.

    Raises:
        Replaced: It does.
    """
    if not retired.isdisjoint(named):
        raise Replaced(
            "this document was replaced, and your copy is of what it was before",
            hint="drop the copy and open the document again, empty",
        )


def pack_ids(ids: Iterable[int]) -> bytes:
    """Write client ids: the first, then the steps, as variable integers."""
    ordered = sorted(set(ids))
    return b"".join(uint(after - before) for before, after in pairwise([0, *ordered]))


def unpack_ids(packed: bytes | None) -> frozenset[int]:
    """Read what `pack_ids` wrote; none where nothing was stored."""
    found: set[int] = set()
    if packed:
        reader, last = Reader(packed), 0
        while reader.left:
            last += reader.uint()
            found.add(last)
    return frozenset(found)


def new_ids(old: Collection[int]) -> dict[int, int]:
    """Draw a new client id for each.

    Their order stays: of two edits at one place, Yjs puts that of the smaller id first.
    """
    drawn: set[int] = set()
    while len(drawn) < len(old):
        drawn.add(CHANCE.randrange(1, MAX_ID))
        drawn -= set(old)
    return dict(zip(sorted(old), sorted(drawn), strict=True))


class Named(Walk):
    """An update, with the places where it names client ids.

    Raises:
        Malformed: It is not an update of ours.
    """

    def __init__(self, update: bytes) -> None:
        super().__init__(update, {})
        self._places: list[tuple[int, int, int]] = []  # begin, end, client id
        for _ in range(self.reader.uint()):
            count, client, clock = self.reader.uint(), self._client(), self.reader.uint()
            for _ in range(count):
                self.struct(client, clock)
        for _ in range(self.reader.uint()):
            self._client()
            for _ in range(self.reader.uint()):
                self.reader.uint()
                self.reader.uint()
        if self.reader.left:
            raise Malformed("bytes follow the update")

    @property
    def ids(self) -> frozenset[int]:
        """The client ids that it names."""
        return frozenset(client for _, _, client in self._places)

    def renumbered(self, ids: Mapping[int, int]) -> bytes:
        """Return the update with other client ids."""
        data, at = self.reader.buffer, 0
        parts: list[bytes] = []
        for begin, end, client in self._places:
            parts += (data[at:begin], uint(ids[client]))
            at = end
        return b"".join((*parts, data[at:]))

    @override
    def reference(self, client: int, clock: int) -> Id:
        """Note the id of the client that made a neighbour or parent."""
        return self._client(), self.reader.uint()

    def _client(self) -> int:
        begin = self.reader.position
        client = self.reader.uint()
        self._places.append((begin, self.reader.position, client))
        return client
