"""An attack: what one client sends on one socket, and how it is kept in a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from vitrail.collab.codec import Reader, prefixed

DIALECTS = ("y", "hp", "v")
DOCUMENTS = ("doc", "page", "site")
SCOPES = ("write", "read")


class How(IntEnum):
    """How the bytes of a step get onto the socket."""

    BODY = 0  # a message of the document: its address goes before it where the dialect has one
    MESSAGE = 1  # a whole message
    RAW = 2  # no frame at all: bytes for the TCP stream


@dataclass(frozen=True)
class Attack:
    """Steps of one client.

    Attributes:
        dialect: One of `DIALECTS`.
        document: One of `DOCUMENTS`: which kind of document is opened first.
        scope: One of `SCOPES`: what its token may do.
        steps: What is sent, in order.
    """

    dialect: str
    document: str
    scope: str
    steps: tuple[tuple[How, bytes], ...]

    def encode(self) -> bytes:
        """Return the attack as a file of the corpus holds it."""
        head = bytes(
            (
                DIALECTS.index(self.dialect),
                DOCUMENTS.index(self.document),
                SCOPES.index(self.scope),
            )
        )
        return head + b"".join(bytes((how,)) + prefixed(data) for how, data in self.steps)

    @classmethod
    def decode(cls, data: bytes) -> Attack:
        """Read an attack from a file of the corpus."""
        reader = Reader(data, 3)
        steps: list[tuple[How, bytes]] = []
        while reader.left:
            steps.append((How(reader.byte()), reader.bytes()))
        return cls(DIALECTS[data[0]], DOCUMENTS[data[1]], SCOPES[data[2]], tuple(steps))
