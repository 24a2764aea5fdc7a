"""The guard: a strict check of Yjs bytes before native code sees them.

yrs crashes, hangs or panics on hostile bytes, so every update of a client is walked here first:
iteratively, without native code, with every count and length bounded by the bytes that are there.
An honest update passes unchanged; nothing is repaired. Format: Yjs update v1.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from vitrail.collab.checked import MAX_CLOCK, Checked
from vitrail.collab.codec import Malformed, Reader
from vitrail.collab.shortcut import short_cut

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_DEPTH = 32  # nesting of JSON and Any values

Clocks = dict[int, int]
Id = tuple[int, int]

# Content kinds of a struct: the low five bits of its info byte.
GC, DELETED, JSON, BINARY, STRING, EMBED, FORMAT, TYPE, ANY, SUBDOC, SKIP = range(11)
MAP_TYPES = frozenset({0, 1, 2, 4, 6})  # type references without a name
# Not 5, the XmlHook that Yjs has given up: yrs reads and writes it without its name, and a document
# that holds one cannot be read by anybody who comes later.
NAMED_TYPES = frozenset({3})


class Gap(Malformed):
    """The update builds on others that have not arrived: ask its sender for what is missing."""

    default_code = "gap"


def check_state_vector(data: bytes) -> Clocks:
    """Return the clocks of a state vector.

    Raises:
        Malformed: It is not one, or claims more entries than it holds.
    """
    reader = Reader(data)
    count = reader.uint()
    if count > reader.left // 2:
        raise Malformed("state vector claims more clients than it holds")
    clocks = {reader.uint(): reader.uint() for _ in range(count)}
    if reader.left:
        raise Malformed("bytes follow the state vector")
    if any(clock > MAX_CLOCK for clock in clocks.values()):
        raise Malformed("a clock of the state vector is out of range")
    return clocks


def check_update(data: bytes, clocks: Mapping[int, int]) -> Checked:
    """Walk an update and return what it holds.

    Args:
        data: Yjs update v1.
        clocks: The next clock of every client id of the document that it is for.

    Raises:
        Malformed: It is not an update that an honest Yjs client makes.
        Gap: It builds on something that is not in the document.
    """
    try:
        found = short_cut(data, clocks)
    except (IndexError, UnicodeDecodeError):
        found = None
    return found or Walk(data, clocks).run()


class Walk:
    """One pass over an update; its state is what must be checked at the end."""

    def __init__(self, data: bytes, clocks: Mapping[int, int]) -> None:
        self.reader = Reader(data)
        self.clocks = clocks
        self.ranges: dict[int, tuple[int, int]] = {}
        self.roots: set[str] = set()
        self.needs: list[tuple[int, int, Id]] = []  # (client, clock) needs id

    def run(self) -> Checked:
        """Walk all of it."""
        reader = self.reader
        count = reader.uint()
        if count > reader.left // 3:
            raise Malformed("update claims more clients than it holds")
        for _ in range(count):
            self.client_block()
        self.check_needs()
        deletes = self.delete_set()
        if reader.left:
            raise Malformed("bytes follow the update")
        return Checked(self.ranges, frozenset(self.roots), deletes)

    def client_block(self) -> None:
        """Walk the structs of one client."""
        reader = self.reader
        count, client, clock = reader.uint(), reader.uint(), reader.uint()
        if count == 0 or count > reader.left:
            raise Malformed("update claims more structs than it holds")
        if client == 0 or client in self.ranges:
            raise Malformed("a client id is zero or occurs twice")
        if clock > self.clocks.get(client, 0):
            raise Gap("an earlier update of this client is missing")
        start = clock
        for _ in range(count):
            size = self.struct(client, clock)
            if size == 0 or clock + size > MAX_CLOCK:
                raise Malformed("a struct has no length, or a clock is out of range")
            clock += size
        self.ranges[client] = (start, clock)

    def struct(self, client: int, clock: int) -> int:
        """Walk one struct and return its length in clocks."""
        reader = self.reader
        info = reader.byte()
        kind = info & 31
        if kind in (GC, SKIP):
            if info != kind:
                raise Malformed("a gap struct has flags")
            if kind == SKIP:
                raise Gap("the update skips what its sender has not got itself")
            return reader.uint()
        left = self.reference(client, clock) if info & 0x80 else None
        right = self.reference(client, clock) if info & 0x40 else None
        if left is None and right is None:
            self.parent(info, client, clock)
        elif left is not None and left == right:
            raise Malformed("both neighbours of a struct are the same")
        return self.content(kind)

    def reference(self, client: int, clock: int) -> Id:
        """Read the id on which a struct builds."""
        found = (self.reader.uint(), self.reader.uint())
        self.needs.append((client, clock, found))
        return found

    def parent(self, info: int, client: int, clock: int) -> None:
        """Walk the parent of a struct without neighbours."""
        reader = self.reader
        by_name = reader.uint()
        if by_name == 1:
            self.roots.add(reader.string())
        elif by_name == 0:
            self.reference(client, clock)
        else:
            raise Malformed("parent is neither a name nor an id")
        if info & 0x20:
            reader.string()

    def content(self, kind: int) -> int:
        """Walk the content of a struct and return its length in clocks."""
        reader = self.reader
        match kind:
            case 1:  # DELETED
                return reader.uint()
            case 2:  # JSON
                # Yjs has not made it since version 13; yrs writes it wrong once it was cut in two,
                # and corrupts its memory.
                raise Malformed("content of a kind that is not made any more")
            case 3:  # BINARY
                reader.bytes()
            case 4:  # STRING
                text = reader.string()
                return len(text) + sum(c > "\uffff" for c in text)
            case 5:  # EMBED
                _check_json(reader.string())
            case 6:  # FORMAT
                reader.string()
                _check_json(reader.string())
            case 7:  # TYPE
                reference = reader.uint()
                if reference in NAMED_TYPES:
                    reader.string()
                elif reference not in MAP_TYPES:
                    raise Malformed("unknown kind of shared type")
            case 8:  # ANY
                size = self.count()
                for _ in range(size):
                    self.any()
                return size
            case _:  # SUBDOC and what does not exist
                raise Malformed("unknown kind of content, or a subdocument")
        return 1

    def count(self) -> int:
        """Read how many values follow."""
        size = self.reader.uint()
        if size > self.reader.left:
            raise Malformed("content claims more values than it holds")
        return size

    def any(self) -> None:
        """Walk one Any value without recursion."""
        reader = self.reader
        todo: list[tuple[int, bool]] = [(1, False)]  # values left, with keys before them
        while todo:
            left, keyed = todo.pop()
            if left == 0:
                continue
            todo.append((left - 1, keyed))
            if keyed:
                reader.string()
            tag = reader.byte()
            if tag in {117, 118}:  # array, object
                size = self.count()
                if len(todo) > MAX_DEPTH:
                    raise Malformed("a value is nested too deep")
                todo.append((size, tag == 118))
            else:
                self.scalar(tag)

    def scalar(self, tag: int) -> None:
        """Walk an Any value that holds no others."""
        reader = self.reader
        match tag:
            case 127 | 126 | 121 | 120:  # undefined, null, false, true
                return
            case 125:  # signed integer, at most 11 bytes
                for _ in range(11):
                    if reader.byte() < 128:
                        return
                raise Malformed("integer is too long")
            case 124:
                reader.skip(4)
            case 123 | 122:
                reader.skip(8)
            case 119:
                reader.string()
            case 116:
                reader.bytes()
            case _:
                raise Malformed("unknown kind of value")

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
            deletes[client] = ranges
        return deletes


def _check_json(text: str) -> None:
    depth = deepest = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    if deepest > MAX_DEPTH:
        raise Malformed("a value is nested too deep")
    try:
        json.loads(text, parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Malformed("a value is not JSON") from error


def _no_constant(name: str) -> None:
    """Refuse NaN and the infinities, which only Python takes for JSON."""
    raise ValueError(name)


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(text)
    return value
