"""What nodes tell each other: hints, never truth. All of it may be lost, repeated or reordered.

A document is named with its lineage, so that two deployments, or two lives of one document, that
share a bus cannot mix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

# Updates of one commit travel in the message itself up to this size; beyond, others read the log.
MAX_INLINE_BYTES = 64 << 10


class Entry(msgspec.Struct, array_like=True, frozen=True):
    """Updates of one document in one commit.

    Attributes:
        doc: Name of the document.
        lineage: Its history.
        first: Number of the first update.
        last: Number of the last; those between are this node's too.
        updates: Yjs updates v1 in that order, or none if they are too large to travel.
    """

    doc: str
    lineage: str
    first: int
    last: int
    updates: list[bytes] | None = None


class Committed(msgspec.Struct, array_like=True, frozen=True, tag="c"):
    """A commit of a node's log writer."""

    node: str
    entries: list[Entry]


class Shared(msgspec.Struct, array_like=True, frozen=True):
    """The presence of one client.

    Attributes:
        client: Its Yjs client id.
        clock: Grows with each state.
        user_id: Whose it is.
        state: JSON, completed by the node that has the socket; `null` when the client went.
    """

    client: int
    clock: int
    user_id: str | None
    state: bytes


class Whereabouts(msgspec.Struct, array_like=True, frozen=True):
    """Presence in one document."""

    doc: str
    lineage: str
    states: list[Shared]


class Present(msgspec.Struct, array_like=True, frozen=True, tag="p"):
    """Presence that changed on a node since its last message."""

    node: str
    rooms: list[Whereabouts]


class Here(msgspec.Struct, array_like=True, frozen=True):
    """The clients of a node in one document."""

    doc: str
    lineage: str
    clients: list[int]


class Beat(msgspec.Struct, array_like=True, frozen=True, tag="b"):
    """A node lives, and has these clients and no others."""

    node: str
    rooms: list[Here]
    is_leaving: bool = False


class Ask(msgspec.Struct, array_like=True, frozen=True, tag="a"):
    """A node wants the presence of documents."""

    node: str
    docs: list[str]


class Look(msgspec.Struct, array_like=True, frozen=True, tag="l"):
    """Who may do what has changed, or documents were deleted: look at the database now."""

    node: str


class Close(msgspec.Struct, array_like=True, frozen=True, tag="x"):
    """Whoever runs the server wants the sockets of a document closed."""

    node: str
    doc: str


class Survey(msgspec.Struct, array_like=True, frozen=True, tag="s"):
    """A node wants to know how the others are."""

    node: str
    question: str


class Answer(msgspec.Struct, array_like=True, frozen=True, tag="r"):
    """How a node is, for the one that asked."""

    node: str
    question: str
    body: bytes


Message: TypeAlias = Committed | Present | Beat | Ask | Look | Close | Survey | Answer
_ENCODER = msgspec.msgpack.Encoder()
_DECODER: msgspec.msgpack.Decoder[Message] = msgspec.msgpack.Decoder(Message)


def encode(message: Message) -> bytes:
    """Return a message as it travels."""
    return _ENCODER.encode(message)


def decode(data: bytes) -> Message:
    """Read a message.

    Raises:
        ValueError: It is not one, or is of a newer version.
    """
    return _DECODER.decode(data)


class Bus(Protocol):
    """Carries messages to every node of a deployment, this one included."""

    @property
    def is_shared(self) -> bool:
        """Whether there can be other nodes."""
        ...

    @property
    def is_up(self) -> bool:
        """Whether messages got through when one was last tried."""
        ...

    @property
    def published(self) -> int:
        """How many messages were taken by what carries them."""
        ...

    @property
    def dropped(self) -> int:
        """How many were not."""
        ...

    def publish(self, data: bytes) -> None:
        """Send a message soon, or drop it. Never waits, never raises."""
        ...

    async def run(self, receive: Callable[[bytes], None], connected: Callable[[], None]) -> None:
        """Carry messages until cancelled.

        Args:
            receive: Called with each message.
            connected: Called whenever messages can arrive again; what was sent before is lost.
        """
        ...


class NoBus:
    """The bus of a node that is alone."""

    is_shared = False
    is_up = True
    published = dropped = 0

    def publish(self, data: bytes) -> None:
        """Drop a message."""

    async def run(self, receive: Callable[[bytes], None], connected: Callable[[], None]) -> None:
        """Carry nothing."""
