"""Messages made from the grammar of the protocol: well-formed most of the time, sensible never.

Clocks and references follow those of the update before, so that much of it passes the guard and
reaches the rooms, native code and the schemas.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING

from vitrail.collab.codec import MAX_INTEGER, prefixed, string, uint

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

GC, DELETED, JSON, BINARY, STRING, EMBED, FORMAT, TYPE, ANY, SUBDOC, SKIP = range(11)
# Rarely what the guard refuses at once, else little would get further.
KINDS = [DELETED, BINARY, STRING, STRING, EMBED, FORMAT, TYPE, TYPE, ANY, ANY] * 8 + [
    JSON,
    GC,
    SUBDOC,
    SKIP,
    31,
]
ROOTS = ("m", "t", "a", "x", "nodes", "meta", "pages", "theme", "threads", "", "é🎉")
WORDS = ("", "a", "é", "🎉", "\x00", "undefined", "name", "children", "pos", "type", "x" * 300)
FLOOD_POWER = 20  # of 2, in bytes: all that an update may have


class Grammar:
    """Makes messages of one client.

    Args:
        chance: What decides.
    """

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.client = chance.choice(
            [1, 2, 127, 128, chance.getrandbits(32), chance.getrandbits(52)]
        )
        self.client = self.client or 1
        self.clock = 0
        self.types: list[int] = []

    def message(self) -> bytes:
        """Return the body of a message: a kind and its payload."""
        pick = self.chance.random()
        if pick < 0.7:
            step = self.chance.choice((1, 2, 2, 2))
            return b"\x00" + uint(step) + prefixed(self.update())
        if pick < 0.8:
            return b"\x00\x00" + prefixed(self.state_vector())
        if pick < 0.9:
            return b"\x01" + prefixed(self.awareness())
        if pick < 0.94:
            return b"\x02" + self.number() + string(self.word())
        return self.chance.choice([b"\x03", b"\x07", b"\x09", b"\x0a", self.number()])

    # ---- updates --------------------------------------------------------------------------

    def update(self) -> bytes:
        """Return an update: one client's structs, or many clients', and what is deleted."""
        if self.chance.random() < 0.04:
            return self.flood()
        start, count = self.clock, self.chance.choice((0, 1, 1, 2, 5, 20))
        structs = b"".join(self.struct() for _ in range(count))
        block = uint(count) + uint(self.client) + uint(start) + structs if count else b""
        return uint(bool(count)) + block + self.delete_set()

    def struct(self) -> bytes:
        kind = self.chance.choice(KINDS)
        if kind in (GC, SKIP):
            return bytes((kind,)) + self.content(kind)
        left = self.chance.random() < 0.4 and self.clock > 0
        right = self.chance.random() < 0.2 and self.clock > 0
        keyed = not left and not right and self.chance.random() < 0.5
        out = bytes((kind | left << 7 | right << 6 | keyed << 5,))
        out += b"".join(self.reference() for _ in range(left + right))
        if not left and not right:
            if self.types and self.chance.random() < 0.6:
                out += b"\x00" + uint(self.client) + uint(self.chance.choice(self.types))
            else:
                out += b"\x01" + string(self.chance.choice(ROOTS))
            if keyed:
                out += string(self.word())
        return out + self.content(kind)

    def reference(self) -> bytes:
        if self.chance.random() < 0.03:
            return self.number() + self.number()
        return uint(self.client) + uint(self.chance.randrange(self.clock))

    def content(self, kind: int) -> bytes:
        size, payload = 1, b""
        match kind:
            case 0 | 1 | 10:
                size = self.chance.choice((1, 2, 1000, 1 << 20))
                payload = uint(size)
            case 2:
                size = self.chance.choice((1, 3))
                payload = uint(size) + b"".join(string(self.json()) for _ in range(size))
            case 3:
                payload = prefixed(self.chance.randbytes(self.chance.choice((0, 1, 40))))
            case 4:
                word = self.word() or "a"
                size = len(word.encode("utf-16-le")) // 2
                payload = string(word)
            case 5:
                payload = string(self.json())
            case 6:
                payload = string(self.word()) + string(self.json())
            case 7:
                self.types.append(self.clock)
                reference = self.chance.randrange(8)
                payload = uint(reference) + (string(self.word()) if reference in (3, 5) else b"")
            case 8:
                size = self.chance.choice((1, 1, 3))
                payload = uint(size) + b"".join(self.any() for _ in range(size))
            case _:
                payload = string(self.word()) + self.any()
        self.clock += size
        return payload

    def any(self, depth: int = 0) -> bytes:
        tag = self.chance.choice(
            (116, 119, 120, 121, 122, 123, 124, 125, 126, 127, 117, 118) if depth < 40 else (127,)
        )
        match tag:
            case 116:
                return bytes((tag,)) + prefixed(self.chance.randbytes(3))
            case 117:
                return bytes((tag, 1)) + self.any(depth + 1)
            case 118:
                return bytes((tag, 1)) + string(self.word()) + self.any(depth + 1)
            case 119:
                return bytes((tag,)) + string(self.word())
            case 122 | 123:
                return bytes((tag,)) + self.chance.randbytes(8)
            case 124:
                return bytes((tag,)) + struct.pack(">f", self.chance.random())
            case 125:
                return bytes((tag,)) + self.number()
            case _:
                return bytes((tag,))

    def delete_set(self) -> bytes:
        if self.clock == 0 or self.chance.random() < 0.6:
            return b"\x00"
        starts = sorted(self.chance.sample(range(self.clock), min(self.clock, 3)))
        return (
            uint(1)
            + uint(self.client)
            + uint(len(starts))
            + b"".join(uint(start) + b"\x01" for start in starts)
        )

    # ---- much of one thing ----------------------------------------------------------------

    def flood(self) -> bytes:
        """Return an update that holds as much of one thing as fits into a size."""
        size = int(2 ** self.chance.uniform(8, FLOOD_POWER)) - 200
        shapes: list[Callable[[int], bytes]] = [
            self._values, self._json_values, self._front, self._clients, self._chain, self._keys,
            self._deletes, self._nested, self._crowd, self._late, self._deeper, self._inverted,
            self._heirs,
        ]  # fmt: skip
        return self.chance.choice(shapes)(size)

    def _place(self) -> bytes:
        """Return a root of its own: conflicts with all that is there take yrs as long as there is of it."""
        return b"\x01" + string(f"flood {self.chance.getrandbits(32)}")

    def _block(self, structs: list[bytes], clocks: int, tail: bytes = b"\x00") -> bytes:
        start, self.clock = self.clock, self.clock + clocks
        return (
            uint(1)
            + uint(len(structs))
            + uint(self.client)
            + uint(start)
            + b"".join(structs)
            + tail
        )

    def _values(self, size: int) -> bytes:
        value = self.chance.choice(
            (b"\x7f", b"\x7d\x01", b"\x77\x00", b"\x75\x00", b"\x75\x01\x7f")
        )
        count = size // len(value)
        if self.chance.random() < 0.5:
            value, inner = b"\x75" + uint(count) + value * count, 1
        else:
            value, inner = value * count, count
        return self._block([b"\x08" + self._place() + uint(inner) + value], inner)

    def _json_values(self, size: int) -> bytes:
        count = size // 2
        return self._block([b"\x02" + self._place() + uint(count) + b"\x011" * count], count)

    def _front(self, size: int) -> bytes:
        """Each struct before all others of its parent."""
        item = b"\x04" + self._place() + b"\x01a"
        return self._block([item] * (size // len(item)), size // len(item))

    def _clients(self, size: int) -> bytes:
        """As many clients as fit, all at one place."""
        item = b"\x04" + self._place() + b"\x01a"
        count = size // (len(item) + 5)
        ids = range(1 << 20, (1 << 20) + count)
        order = list(ids) if self.chance.random() < 0.5 else list(reversed(ids))
        if self.chance.random() < 0.3:
            self.chance.shuffle(order)
        return uint(count) + b"".join(b"\x01" + uint(c) + b"\x00" + item for c in order) + b"\x00"

    def _chain(self, size: int) -> bytes:
        """Each struct after one that is far back."""
        first = [b"\x04" + self._place() + b"\x01a"]
        origin = uint(self.client) + uint(self.clock)
        item = b"\x84" + origin + b"\x01a"
        count = size // len(item)
        return self._block(first + [item] * count, count + 1)

    def _keys(self, size: int) -> bytes:
        """One key written again and again."""
        item = b"\x28" + self._place() + b"\x01k\x01\x7f"
        return self._block([item] * (size // len(item)), size // len(item))

    def _deletes(self, size: int) -> bytes:
        count = size // 4
        clocks = [self.clock + 2 * number for number in range(count)]
        ranges = b"".join(uint(clock) + b"\x01" for clock in clocks)
        tail = uint(1) + uint(self.client) + uint(count) + ranges
        return self._block([b"\x01" + self._place() + uint(2 * count + 1)], 2 * count + 1, tail)

    def _nested(self, size: int) -> bytes:
        """Shared types, each in the one before it."""
        structs = [b"\x07" + self._place() + b"\x00"]
        length = 0
        while length < size:
            item = b"\x07\x00" + uint(self.client) + uint(self.clock + len(structs) - 1) + b"\x00"
            structs.append(item)
            length += len(item)
        tail = uint(1) + uint(self.client) + b"\x01" + uint(self.clock) + b"\x01"
        return self._block(structs, len(structs), self.chance.choice((b"\x00", tail)))

    def _blocks(self, blocks: list[tuple[int, list[bytes]]]) -> bytes:
        """Return an update of several new clients."""
        return (
            uint(len(blocks))
            + b"".join(
                uint(len(structs)) + uint(client) + b"\x00" + b"".join(structs)
                for client, structs in blocks
            )
            + b"\x00"
        )

    def _strangers(self, count: int) -> range:
        """Return ids of clients of whom nobody has heard."""
        first = self.chance.getrandbits(45) + 2
        return range(first, first + count)

    def _crowd(self, size: int) -> bytes:
        """Many clients, all at one place of a root that everybody writes to."""
        item = b"\x04\x01" + string(self.chance.choice(ROOTS)) + b"\x01a"
        count = min(size // (len(item) + 9), 4096)
        return self._blocks([(client, [item]) for client in self._strangers(count)])

    def _late(self, size: int) -> bytes:
        """Two who wrote one after the other, and many structs that know of the first one only."""
        one, other, late = self._strangers(3)
        count = size // 40
        place = b"\x84" + uint(one)
        first = [b"\x04\x01" + string(self.chance.choice(ROOTS)) + b"\x01a"]
        first += [b"\x84" + uint(other) + uint(n) + b"\x01a" for n in range(count)]
        second = [place + uint(n) + b"\x01b" for n in range(count + 1)]
        third = [place + b"\x00\x01z"] * self.chance.choice((8, 100, count)) or first
        return self._blocks([(one, first), (other, second), (late, third)])

    def _deeper(self, size: int) -> bytes:
        """Shared types in each other, in the last one of the update before."""
        del size
        structs = list[bytes]()
        for _ in range(self.chance.choice((1, 40, 250))):
            inside = b"\x07\x00" + uint(self.client) + uint(self.types[-1] if self.types else 0)
            structs.append((inside if self.types else b"\x07" + self._place()) + b"\x01")
            self.types.append(self.clock + len(structs) - 1)
        return self._block(structs, len(structs))

    def _inverted(self, size: int) -> bytes:
        """Shared types in each other, each of another client, the innermost first."""
        ids = self._strangers(min(size // 20 + 1, 4096))
        blocks = [(ids[0], [b"\x07" + self._place() + b"\x01"])]
        blocks += [(n, [b"\x07\x00" + uint(n - 1) + b"\x00\x01"]) for n in ids[1:]]
        return self._blocks(blocks[::-1])

    def _heirs(self, size: int) -> bytes:
        """Texts that do not say that they are the value of a key, some of them deleted in part."""
        del size
        end = self.clock
        key = [b"\x28" + self._place() + b"\x01k\x01\x7f"]
        bit = self.chance.choice((0x84, 0x44))
        heirs = [bytes((bit,)) + uint(self.client) + uint(end) + b"\x06qwerty"] * 3
        tail = uint(1) + uint(self.client) + b"\x01" + uint(end + 2) + b"\x02"
        return self._block(key + heirs, 19, self.chance.choice((b"\x00", tail)))

    # ---- the rest -------------------------------------------------------------------------

    def state_vector(self) -> bytes:
        count = self.chance.choice((0, 1, 3, 20)) or int(2 ** self.chance.uniform(0, 17))
        entries = [uint(self.chance.getrandbits(32)) + self.number() for _ in range(count)]
        return uint(count) + b"".join(entries)

    def awareness(self) -> bytes:
        count = self.chance.choice((0, 1, 1, 2, 64, 65))
        entries = [
            uint(self.client + number) + self.number() + string(self.json())
            for number in range(count)
        ]
        return uint(count) + b"".join(entries)

    def number(self) -> bytes:
        """Return a variable integer at some edge, or one that is not."""
        chance = self.chance
        value = chance.choice(
            (0, 1, 127, 128, 2**31 - 1, 2**31, 2**32 - 1, 2**32, MAX_INTEGER, 2**63)
        )
        return chance.choice((uint(value), uint(chance.randrange(9)), b"\xff" * 9 + b"\x01"))

    def word(self) -> str:
        return self.chance.choice(WORDS)

    def json(self) -> str:
        pick = self.chance.randrange(12)
        if pick == 0:
            return self.chance.choice(("NaN", "1e999", "-0", '"\\ud800"', "[", "1" * 400, " {} "))
        if pick == 1:
            depth = self.chance.choice((3, 31, 33, 2000))
            return "[" * depth + "]" * depth
        value = {"name": self.word(), "n": self.chance.randrange(99)}
        return json.dumps(self.chance.choice((value, value, None, self.word(), 1.5, [1])))
