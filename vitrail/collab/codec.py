"""The lib0 encoding that Yjs speaks: variable integers and length-prefixed bytes, read with bounds.

A reader never trusts a length: what it claims must lie inside the buffer.
"""

from __future__ import annotations

from vitrail.core.errors import InvalidInput

MAX_INTEGER = (1 << 53) - 1  # what JavaScript can hold


class Malformed(InvalidInput):
    """Bytes that are not what the protocol says."""

    default_code = "malformed"


class Reader:
    """Reads from a buffer, front to back."""

    __slots__ = ("buffer", "position")

    def __init__(self, buffer: bytes, position: int = 0) -> None:
        self.buffer = buffer
        self.position = position

    @property
    def left(self) -> int:
        """Bytes not yet read."""
        return len(self.buffer) - self.position

    def byte(self) -> int:
        """Read one byte."""
        if self.position >= len(self.buffer):
            raise Malformed("message ends too early")
        value = self.buffer[self.position]
        self.position += 1
        return value

    def uint(self) -> int:
        """Read a variable unsigned integer of at most 53 bits."""
        buffer, position = self.buffer, self.position
        if position < len(buffer) and buffer[position] < 128:
            self.position = position + 1
            return buffer[position]
        result = shift = 0
        while position < len(buffer):
            value = buffer[position]
            position += 1
            result |= (value & 127) << shift
            if value < 128:
                if result > MAX_INTEGER:
                    break
                self.position = position
                return result
            shift += 7
            if shift > 49:
                break
        raise Malformed("integer is too long or cut off")

    def bytes(self) -> bytes:
        """Read length-prefixed bytes."""
        size = self.uint()
        end = self.position + size
        if end > len(self.buffer):
            raise Malformed("length is beyond the end of the message")
        value = self.buffer[self.position : end]
        self.position = end
        return value

    def string(self) -> str:
        """Read a length-prefixed UTF-8 string."""
        try:
            return self.bytes().decode()
        except UnicodeDecodeError as error:
            raise Malformed("string is not UTF-8") from error

    def skip(self, size: int) -> None:
        """Pass over some bytes."""
        if size > self.left:
            raise Malformed("message ends too early")
        self.position += size


def prefixed_at(message: bytes, at: int) -> bytes:
    """Read the length-prefixed bytes that begin at a place, most of which are short."""
    size = message[at] if at < len(message) else 128
    end = at + 1 + size
    if size > 127 or end > len(message):
        return Reader(message, at).bytes()
    return message[at + 1 : end]


def uint(value: int) -> bytes:
    """Write a variable unsigned integer."""
    if value < 128:
        return bytes((value,))
    out = bytearray()
    while value > 127:
        out.append(128 | value & 127)
        value >>= 7
    out.append(value)
    return bytes(out)


_SMALL = [bytes((value,)) for value in range(128)]


def prefixed(value: bytes) -> bytes:
    """Write length-prefixed bytes."""
    size = len(value)
    return (_SMALL[size] if size < 128 else uint(size)) + value


def string(value: str) -> bytes:
    """Write a length-prefixed UTF-8 string."""
    return prefixed(value.encode())
