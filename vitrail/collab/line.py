"""The line of a connection: whole messages in, ready WebSocket frames out.

A batch is made once and sent on many lines: as frames by a line that writes to its transport itself,
as messages by one that goes through ASGI.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_MESSAGE_BYTES = (1 << 20) + 1024
HIGH_WATER_BYTES = 1 << 20  # above it a line is full: it gets no edits until it has drained
LOW_WATER_BYTES = 64 << 10
MAX_BUFFERED_BYTES = 16 << 20  # presence and answers of a reader that does not read
MAX_FULL_SECONDS = 30.0
RAW_LINE = "vitrail.raw_line"  # the ASGI extension under which a server hands its transport over


BINARY, TEXT = b"\x82", b"\x81"


def frame(message: bytes, kind: bytes = BINARY) -> bytes:
    """Return a WebSocket frame as servers send them: whole, without a mask (RFC 6455, 5.2)."""
    size = len(message)
    if size < 126:
        return kind + bytes((size,)) + message
    if size < 1 << 16:
        return kind + b"\x7e" + size.to_bytes(2, "big") + message
    return kind + b"\x7f" + size.to_bytes(8, "big") + message


def close_reason(text: str) -> str:
    """Return as much of a text as fits into a close frame, whose payload has 125 bytes."""
    return text.encode()[:123].decode(errors="ignore")


class Batch:
    """Messages that go out together; there may be none.

    Attributes:
        messages: Whole messages.
        frames: All of them as frames, in one run of bytes, once somebody asked for it.
    """

    __slots__ = ("frames", "messages")

    def __init__(self, messages: Sequence[bytes]) -> None:
        self.messages = messages
        self.frames = b""

    def frame(self) -> bytes:
        """Return the frames."""
        if not self.frames:
            self.frames = b"".join(map(frame, self.messages))
        return self.frames


class Receiver(Protocol):
    """What a line calls: its connection."""

    def receive(self, message: bytes | None) -> None:
        """Take in one message; None for text, which nobody sends."""
        ...

    def drained(self) -> None:
        """The line is no longer full."""
        ...

    def lost(self) -> None:
        """The line is gone, or going."""
        ...


class Line(Protocol):
    """One accepted WebSocket."""

    is_full: bool
    """Whether more than `HIGH_WATER_BYTES` wait to be sent."""
    sent_bytes: int
    """How many bytes were handed over to be sent."""

    def send(self, batch: Batch) -> None:
        """Queue messages. A line that holds more than `MAX_BUFFERED_BYTES` closes itself with 1013."""
        ...

    def pause(self) -> None:
        """Read no more for now: TCP slows the other side down."""
        ...

    def resume(self) -> None:
        """Read on."""
        ...

    def close(self, code: int, reason: str) -> None:
        """Close once what is queued was sent."""
        ...


class RawLine(Line, Protocol):
    """A line that the server hands over: after `take_over` it is served without ASGI."""

    def take_over(self, receiver: Receiver) -> None:
        """Give all that comes to a receiver, from now on."""
        ...
