"""Walks what structs hold, without native code: values, types, formats."""

from __future__ import annotations

from vitrail.collab.codec import Malformed, Reader
from vitrail.collab.json_text import MAX_DEPTH, check_json
from vitrail.core.errors import TooLarge

# Values inside of structs, and deleted ranges: clients send all of those that they know of, each time.
MAX_PARTS = 1 << 17
PIECES = "send it in several updates, each with a part of the edits"

# Content kinds of a struct: the low five bits of its info byte.
GC, DELETED, JSON, BINARY, STRING, EMBED, FORMAT, TYPE, ANY, SUBDOC, SKIP = range(11)
MAP_TYPES = frozenset({0, 1, 2, 4, 6})  # type references without a name
# Not 5, the XmlHook that Yjs has given up: yrs reads and writes it without its name, and a document
# that holds one cannot be read by anybody who comes later.
NAMED_TYPES = frozenset({3})


class Contents:
    """What an update's structs hold, front to back.

    Args:
        data: Yjs update v1.
        is_sent: Whether a client sends it, who is held to how much it holds.
    """

    def __init__(self, data: bytes, *, is_sent: bool) -> None:
        self.reader = Reader(data)
        self.parts_left = MAX_PARTS if is_sent else len(data)

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
            case 5:  # EMBED
                check_json(reader.string())
            case 6:  # FORMAT
                reader.string()
                check_json(reader.string())
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
        self.spend(size)
        return size

    def spend(self, parts: int) -> None:
        """Count parts of which an update may hold only so many."""
        self.parts_left -= parts
        if self.parts_left < 0:
            raise too_large(f"{MAX_PARTS} values and deleted ranges")

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


def too_large(most: str) -> TooLarge:
    """Return the refusal of an update that holds more than a limit."""
    return TooLarge(f"an update holds at most {most}", hint=PIECES)
