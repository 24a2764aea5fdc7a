"""A member of a room: a document opened on a connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitrail.collab import wire
from vitrail.collab.entries import Author
from vitrail.collab.line import Batch
from vitrail.collab.wire import Dialect

if TYPE_CHECKING:
    from vitrail.collab.line import Line
    from vitrail.collab.ports import Scope
    from vitrail.core.access import Actor
    from vitrail.core.errors import VitrailError


def author_of(actor: Actor) -> Author:
    """Return whom the log names for an actor's edits."""
    return Author(actor.user_id, actor.kind)


class Member:
    """A document opened on a connection."""

    __slots__ = (
        "actor",
        "address",
        "author",
        "dialect",
        "lag",
        "line",
        "owed",
        "refused",
        "scope",
    )

    def __init__(
        self, line: Line, dialect: Dialect, actor: Actor, scope: Scope, address: bytes
    ) -> None:
        self.line = line
        self.dialect = dialect
        self.actor = actor
        self.author = author_of(actor)  # whom the log names for this member's edits
        self.scope = scope
        self.address = address
        self.refused = False
        self.owed = 0  # messages that wait for a resync before they can be acknowledged
        self.lag: bytes | None = None  # state vector of what it has got, while it reads too slowly

    @property
    def user(self) -> dict[str, str]:
        """What colleagues see of this member."""
        return {"id": self.actor.user_id or "", "name": self.actor.name, "color": self.actor.color}

    def send(self, body: bytes) -> None:
        """Send a message of this document."""
        self.line.send(Batch((self.address + body,)))

    def acknowledge(self, seq: int, count: int) -> None:
        """Tell the member that some of its messages are on disk."""
        if self.dialect is Dialect.VITRAIL:
            self.send(wire.durable(seq, count))
        elif self.dialect is Dialect.HOCUSPOCUS:
            self.line.send(Batch((self.address + wire.sync_status(saved=True),) * count))

    def refuse(self, error: VitrailError) -> None:
        """Tell the member that its update was refused, and take no more from it."""
        self.refused = True
        if self.dialect is Dialect.VITRAIL:
            self.send(wire.reject(error.message, error.hint or ""))
        elif self.dialect is Dialect.HOCUSPOCUS:
            self.send(wire.sync_status(saved=False))
        else:
            self.send(wire.denied(Dialect.Y, error.message))
