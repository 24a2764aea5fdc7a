"""The guard: a strict check of Yjs bytes before native code sees them.

yrs crashes, hangs or panics on hostile bytes, so every update of a client is walked here first:
iteratively, without native code, with every count and length bounded by the bytes that are there.
An honest update passes unchanged; nothing is repaired. Format: Yjs update v1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitrail.collab.checked import MAX_CLOCK, Checked
from vitrail.collab.codec import Malformed, Reader
from vitrail.collab.contents import DELETED, GC, SKIP, STRING, TYPE, Contents, too_large
from vitrail.collab.halves import NO_HALVES, Halves
from vitrail.collab.outline import KEY, ROOT, SEVERAL, Id, Outline, Run, Sketch
from vitrail.collab.shortcut import short_cut
from vitrail.core.errors import TooLarge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vitrail.collab.pieces import Segments

# What one update of a client may hold, so that neither the walk nor native code takes long: pages
# have a struct for each 20 to 35 bytes, so theirs reach the limit on bytes first.
MAX_STRUCTS = 1 << 16
MAX_CLIENTS = 1 << 12
MAX_KNOWN_CLIENTS = 1 << 16  # in a state vector

Clocks = dict[int, int]


class Gap(Malformed):
    """The update builds on others that have not arrived: ask its sender for what is missing."""

    default_code = "gap"


def check_state_vector(data: bytes) -> Clocks:
    """Return the clocks of a state vector.

    Raises:
        Malformed: It is not one, or claims more entries than it holds.
        TooLarge: It names too many clients.
    """
    reader = Reader(data)
    count = reader.uint()
    if count > reader.left // 2:
        raise Malformed("state vector claims more clients than it holds")
    if count > MAX_KNOWN_CLIENTS:
        raise TooLarge(f"a state vector names at most {MAX_KNOWN_CLIENTS} clients")
    clocks = {reader.uint(): reader.uint() for _ in range(count)}
    if reader.left:
        raise Malformed("bytes follow the state vector")
    if any(clock > MAX_CLOCK for clock in clocks.values()):
        raise Malformed("a clock of the state vector is out of range")
    return clocks


def check_update(
    data: bytes,
    clocks: Mapping[int, int],
    halves: Mapping[int, set[int]] = NO_HALVES,
    outline: Outline | None = None,
    *,
    is_sent: bool = False,
) -> Checked:
    """Walk an update and return what it holds.

    Args:
        data: Yjs update v1.
        clocks: The next clock of every client id of the document that it is for.
        halves: The second halves of characters in that document.
        outline: Where everything in it is, if that is known; then it is said of the update too.
        is_sent: Whether a client sends it, who is held to how much it holds and how keys are
            written, and not the log, which may be older than these rules.

    Raises:
        Malformed: It is not an update that an honest Yjs client makes.
        TooLarge: It holds too much.
        Gap: It builds on something that is not in the document.
        OutlineNeeded: The outline must be known, and is not.
    """
    try:
        found = short_cut(data, clocks, halves, outline)
    except (IndexError, UnicodeDecodeError):
        found = None
    return found or Walk(data, clocks, halves, outline, is_sent=is_sent).run()


class Walk(Contents):
    """One pass over an update; its state is what must be checked at the end."""

    def __init__(
        self,
        data: bytes,
        clocks: Mapping[int, int],
        halves: Mapping[int, set[int]] = NO_HALVES,
        outline: Outline | None = None,
        *,
        is_sent: bool = False,
        segments: Segments | None = None,
    ) -> None:
        super().__init__(data, is_sent=is_sent)
        self.clocks = clocks
        self.known_halves = halves
        self.outline = outline
        self.is_sent = is_sent
        self.halves: Halves = {}
        self.structs = 0
        self.max_structs = MAX_STRUCTS if is_sent else len(data)
        self.clients_left = MAX_CLIENTS if is_sent else len(data)
        self.ranges: dict[int, tuple[int, int]] = {}
        self.roots: set[str] = set()
        self.needs: list[tuple[int, int, Id]] = []  # (client, clock) needs id
        self.sketch = Sketch() if is_sent or outline is not None else None
        self.segments = segments
        self.cuts: list[Id] = []  # structs and deletions begin or end before these
        self.keys: set[tuple[str | Id, str]] = set()  # that this client has written to

    def run(self) -> Checked:
        """Walk all of it."""
        reader = self.reader
        count = reader.uint()
        if count > reader.left // 3:
            raise Malformed("update claims more clients than it holds")
        if count > self.clients_left:
            raise too_large(f"edits of {MAX_CLIENTS} clients")
        for _ in range(count):
            self.client_block()
        self.check_needs()
        deletes_at = reader.position
        deletes = self.delete_set()
        if reader.left:
            raise Malformed("bytes follow the update")
        self.check_cuts()
        if self.segments is not None:
            self.segments.deletes_at = deletes_at
        runs, roots = self.places(), frozenset(self.roots)
        return Checked(self.ranges, roots, deletes, self.halves, runs, self.structs)

    def client_block(self) -> None:
        """Walk the structs of one client."""
        reader = self.reader
        count, client, clock = reader.uint(), reader.uint(), reader.uint()
        if count == 0 or count > reader.left:
            raise Malformed("update claims more structs than it holds")
        self.structs += count
        if self.structs > self.max_structs:
            raise too_large(f"{MAX_STRUCTS} structs")
        if client == 0 or client in self.ranges:
            raise Malformed("a client id is zero or occurs twice")
        if clock > (known := self.clocks.get(client, 0)):
            raise Gap("an earlier update of this client is missing")
        start = clock
        self.keys.clear()
        for one in (self.sketch, self.segments):
            if one is not None:
                one.begin(client, known)
        for _ in range(count):
            size = self.struct(client, clock)
            if size == 0 or clock + size > MAX_CLOCK:
                raise Malformed("a struct has no length, or a clock is out of range")
            clock += size
        self.ranges[client] = (start, clock)
        if self.segments is not None:
            self.segments.end(reader.position)
        if start < known < clock:
            self.cuts.append((client, known))  # the document takes what follows

    def struct(self, client: int, clock: int) -> int:
        """Walk one struct and return its length in clocks."""
        at = self.reader.position
        info = self.reader.byte()
        kind = info & 31
        if kind in (GC, SKIP):
            return self.gap(info, clock, at)
        left = self.reference(client, clock) if info & 0x80 else None
        right = self.reference(client, clock) if info & 0x40 else None
        parent: str | Id | None = None
        key: str | None = None
        if left is None and right is None:
            parent, key = self.parent(info, client, clock)
        elif left is not None and left == right:
            raise Malformed("both neighbours of a struct are the same")
        if left is not None:
            self.cuts.append((left[0], left[1] + 1))
        if right is not None:
            self.cuts.append(right)
        size = self.text(client, clock) if kind == STRING else self.content(kind)
        is_several = size != 1 and kind != DELETED
        if info & 0x20 and is_several and self.is_sent:
            raise Malformed(SEVERAL)
        if self.sketch is not None:
            inside = parent if isinstance(parent, tuple) else None
            is_key = None if parent is None else ROOT if key is None else KEY
            clue = self.sketch.note(clock, clock + size, left, right, inside, is_key)
            if clue is not None and kind == TYPE:
                clue.brings_type = True
            elif clue is not None and is_several:
                clue.brings_several = True
        if self.segments is not None:
            self.segments.note((clock, clock + size, at), left, right, parent, key)
        return size

    def gap(self, info: int, clock: int, at: int) -> int:
        """Walk a struct that stands for others, and return its length in clocks."""
        if info == SKIP:
            raise Gap("the update skips what its sender has not got itself")
        if info != GC:
            raise Malformed("a gap struct has flags")
        size = self.reader.uint()
        if self.sketch is not None:
            self.sketch.note(clock, clock + size, None, None, None, ROOT)
        if self.segments is not None:
            self.segments.note((clock, clock + size, at), None, None, None, None)
        return size

    def text(self, client: int, clock: int) -> int:
        """Walk a text, note where its characters have second halves, and return its length."""
        text = self.reader.string()
        if text.isascii() or max(text) <= "\uffff":
            return len(text)
        halves = self.halves.setdefault(client, set())
        for character in text:
            clock += 1
            if character > "\uffff":
                halves.add(clock)
                clock += 1
        return len(text.encode("utf-16-le")) // 2

    def reference(self, client: int, clock: int) -> Id:
        """Read the id on which a struct builds."""
        found = (self.reader.uint(), self.reader.uint())
        self.needs.append((client, clock, found))
        return found

    def parent(self, info: int, client: int, clock: int) -> tuple[str | Id, str | None]:
        """Walk where a struct without neighbours is, and return its parent and key."""
        reader = self.reader
        by_name = reader.uint()
        parent: str | Id
        if by_name == 1:
            parent = reader.string()
            self.roots.add(parent)
        elif by_name == 0:
            parent = self.reference(client, clock)
        else:
            raise Malformed("parent is neither a name nor an id")
        if not info & 0x20:
            return parent, None
        place = (parent, reader.string())
        if place in self.keys and self.is_sent:
            # A client's next value of a key follows the one before; yrs goes through all that do not.
            raise Malformed("a key is written again as if it had not been there")
        self.keys.add(place)
        return place

    def places(self) -> list[Run] | None:
        """Find out where everything is, or at least what has to be known of it to let it pass."""
        sketch, outline = self.sketch, self.outline
        if sketch is None:
            return None
        clues = sketch.clues()
        for clue in clues:
            if outline is not None or clue.brings_type or clue.brings_several:
                sketch.settle(clue, outline)
                if self.is_sent:
                    clue.check()
        if outline is None:
            return None
        return [(c.client, c.start, c.end, c.place or ROOT) for c in clues]

    def end_of(self, client: int) -> int:
        """Return the next clock of a client, once the update is applied."""
        return max(self.clocks.get(client, 0), self.ranges.get(client, (0, 0))[1])

    def check_needs(self) -> None:
        """Hold what structs build on against what there is."""
        for client, clock, (other, needed) in self.needs:
            # Of its own client a struct can only build on what came before it.
            known = clock if other == client else self.end_of(other)
            if needed >= known:
                if other == client:
                    raise Malformed("a struct refers to itself or to a later one")
                raise Gap("something that this update refers to is missing")

    def delete_set(self) -> dict[int, list[tuple[int, int]]]:
        """Walk the delete set."""
        reader = self.reader
        count = reader.uint()
        if count > reader.left:
            raise Malformed("delete set claims more clients than it holds")
        deletes: dict[int, list[tuple[int, int]]] = {}
        for _ in range(count):
            client, size = reader.uint(), reader.uint()
            if client in deletes or size > reader.left:
                raise Malformed("delete set names a client twice, or claims too much")
            self.spend(size + 1)
            ranges: list[tuple[int, int]] = []
            end = 0
            for _ in range(size):
                clock, length = reader.uint(), reader.uint()
                if length == 0 or clock < end:
                    raise Malformed("delete set is not in order")
                end = clock + length
                if end > self.end_of(client):
                    raise Gap("something that this update deletes is missing")
                ranges.append((clock, length))
                self.cuts += (client, clock), (client, end)
            deletes[client] = ranges
        return deletes

    def check_cuts(self) -> None:
        """Refuse what cuts a character in two: yrs writes such a text longer than it is."""
        known, brought = self.known_halves, self.halves
        if not known and not brought:
            return
        for client, clock in self.cuts:
            if clock in known.get(client, ()) or clock in brought.get(client, ()):
                raise Malformed("an edit cuts a character in two")
