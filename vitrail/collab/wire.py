"""The messages of the three dialects: y-websocket, Hocuspocus, and our superset of the latter.

A message is a body with a prefix: nothing in y-websocket, the document's address in the others.
Sources: y-protocols (sync, awareness, auth); Hocuspocus 4 message types; docs/protocol.md.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum

from vitrail.collab.codec import prefixed, string, uint


class Dialect(StrEnum):
    """How the other side of a socket speaks."""

    Y = "y"
    HOCUSPOCUS = "hp"
    VITRAIL = "v"


class Kind(IntEnum):
    """What a message is. Every kind that a client may send has a rule in `connection.RULES`."""

    SYNC = 0
    AWARENESS = 1
    AUTH = 2
    QUERY_AWARENESS = 3
    SYNC_REPLY = 4
    STATELESS = 5
    BROADCAST_STATELESS = 6
    CLOSE = 7
    SYNC_STATUS = 8
    PING = 9
    PONG = 10
    DURABLE = 16
    REJECT = 17
    LINEAGE = 18
    PERMISSION = 19


STEP1, STEP2, UPDATE = range(3)
UPDATE_HEAD = bytes((Kind.SYNC, UPDATE))
# What was sent of an empty document: no structs, nothing deleted.
EMPTY_UPDATE = b"\x00\x00"


def step1(state_vector: bytes) -> bytes:
    """Ask for what is missing beyond a state vector."""
    return bytes((Kind.SYNC, STEP1)) + prefixed(state_vector)


def step2(update: bytes) -> bytes:
    """Answer a step 1."""
    return bytes((Kind.SYNC, STEP2)) + prefixed(update)


def update_message(update: bytes) -> bytes:
    """Tell of an edit."""
    return UPDATE_HEAD + prefixed(update)


def awareness(update: bytes) -> bytes:
    """Tell who is here."""
    return bytes((Kind.AWARENESS,)) + prefixed(update)


def authenticated(scope: str) -> bytes:
    """Open a document to a client."""
    return bytes((Kind.AUTH, 2)) + string(scope)


def denied(dialect: Dialect, reason: str) -> bytes:
    """Refuse a document to a client."""
    return bytes((Kind.AUTH, 0 if dialect is Dialect.Y else 1)) + string(reason)


def sync_status(*, saved: bool) -> bytes:
    """Acknowledge one update to a Hocuspocus client, or refuse it."""
    return bytes((Kind.SYNC_STATUS, 1 if saved else 0))


def durable(seq: int, count: int) -> bytes:
    """Acknowledge some messages to our client: they are on disk."""
    return bytes((Kind.DURABLE,)) + uint(seq) + uint(count)


def reject(reason: str, hint: str) -> bytes:
    """Refuse an update of our client, and say why."""
    return bytes((Kind.REJECT,)) + string(reason) + string(hint)


def lineage(identity: str) -> bytes:
    """Tell which history a document belongs to."""
    return bytes((Kind.LINEAGE,)) + string(identity)


def permission(scope: str) -> bytes:
    """Tell that a client's scope has changed."""
    return bytes((Kind.PERMISSION,)) + string(scope)


def hocuspocus_scope(scope: str) -> str:
    """Return the scope as Hocuspocus clients know it."""
    return "readonly" if scope == "readonly" else "read-write"


def address(name: str) -> bytes:
    """Return the prefix of a document's messages."""
    return string(name)
