"""Where characters of a document have two clocks: those beyond U+FFFF, which UTF-16 writes in two halves.

An edit between the halves is refused: yrs writes such a text longer than it is, and whoever comes later
has other clocks than those who are here.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - an alias below is made with it
from types import MappingProxyType

from vitrail.collab.codec import uint

Halves = dict[int, set[int]]
"""For client ids the clocks of second halves."""
NO_HALVES: Mapping[int, set[int]] = MappingProxyType({})
# The parts that a byte has in UTF-8: the first of four, one that follows, or neither.
_PARTS = b"".join(
    b"F" if 0xF0 <= byte <= 0xF4 else b"f" if 0x80 <= byte < 0xC0 else b"-" for byte in range(256)
)


def may_have_halves(update: bytes, clients: Mapping[int, int]) -> bool:
    """Tell whether there are bytes in an update that could be such a character (four bytes of UTF-8).

    Args:
        update: Yjs update v1.
        clients: The client ids in it, which are numbers that look like one now and then.
    """
    if not _looks_like_four(update):
        return False
    for client in clients:
        written = uint(client)
        if _looks_like_four(written + b"\x80\x80"):
            update = update.replace(written, b"\0")
    return _looks_like_four(update)


def _looks_like_four(data: bytes) -> bool:
    return b"Ffff" in data.translate(_PARTS)  # a tenth of the time of a regular expression
