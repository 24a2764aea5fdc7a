"""A connection: messages of one socket, about one or many documents, in one of three dialects.

Almost every message is dealt with at once, in a plain call. One that must wait (for the database, a
quota, the log) pauses the line; what follows it is dealt with after it, in order.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import TYPE_CHECKING, Protocol

from vitrail.collab import wire
from vitrail.collab.codec import Malformed, Reader, prefixed_at
from vitrail.collab.line import MAX_MESSAGE_BYTES, Batch
from vitrail.collab.member import author_of
from vitrail.collab.pace import Pace
from vitrail.collab.ports import Scope
from vitrail.collab.seat import Seat, turn_away
from vitrail.collab.wire import Dialect, Kind
from vitrail.core.errors import NotSignedIn, Overloaded, TooLarge, VitrailError
from vitrail.core.tracing import span

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from vitrail.collab.line import Line
    from vitrail.collab.ports import Gate
    from vitrail.collab.rooms import Rooms
    from vitrail.core.access import Actor
    from vitrail.core.clock import Clock

LOG = logging.getLogger(__name__)
MAX_DOCUMENTS = 100  # on one socket

# What a client may send, and the least that it must be allowed for it. A kind that is not here is
# refused; a test holds this table against `Kind`.
RULES: Mapping[Kind, frozenset[Scope]] = {
    Kind.SYNC: frozenset(Scope),  # updates: see `Room.receive`
    Kind.SYNC_REPLY: frozenset(Scope),
    Kind.AWARENESS: frozenset(Scope),
    Kind.QUERY_AWARENESS: frozenset(Scope),
    Kind.CLOSE: frozenset(Scope),
    Kind.STATELESS: frozenset(),
    Kind.BROADCAST_STATELESS: frozenset(),
    Kind.SYNC_STATUS: frozenset(),
    Kind.DURABLE: frozenset(),
    Kind.REJECT: frozenset(),
    Kind.LINEAGE: frozenset(),
    Kind.PERMISSION: frozenset(),
}
# Before a document is open, and without one.
UNBOUND = frozenset({Kind.AUTH, Kind.PING, Kind.PONG})
PING, PONG = bytes((Kind.PING,)), bytes((Kind.PONG,))


class Authenticate(Protocol):
    """Turns the token of a message into an actor; empty: whoever opened the socket."""

    async def __call__(self, token: str) -> Actor:
        """Return who it is.

        Raises:
            NotSignedIn: Nobody is known.
        """
        ...


class Connection:
    """The receiver of a line.

    Args:
        line: The socket.
        dialect: How it speaks.
        rooms: Where the documents are.
        gate: Decides who may open what.
        authenticate: Turns tokens into actors.
        clock: For the pace.
        ended: Called once, when it is over.
    """

    __slots__ = (
        "_authenticate",
        "_ended",
        "_gate",
        "_inbox",
        "_is_over",
        "_line",
        "_pace",
        "_recent",
        "_rechecks",
        "_rooms",
        "_waiting",
        "dialect",
        "members",
    )

    def __init__(
        self,
        line: Line,
        dialect: Dialect,
        rooms: Rooms,
        gate: Gate,
        authenticate: Authenticate,
        clock: Clock,
        ended: Callable[[Connection], None],
    ) -> None:
        self.dialect = dialect
        self.members: dict[bytes, Seat] = {}
        self._line = line
        self._rooms = rooms
        self._gate = gate
        self._authenticate = authenticate
        self._ended = ended
        self._inbox: deque[bytes | None] = deque()
        self._waiting: asyncio.Task[None] | None = None
        self._is_over = False
        self._pace = Pace(clock)
        # Whose update came last: the next is likely to be its too.
        self._recent: Seat | None = None
        self._rechecks = 0

    @property
    def sent_bytes(self) -> int:
        """How many bytes went out on this connection."""
        return self._line.sent_bytes

    def begin(self, document: str, token: str) -> None:
        """Open the one document of a y-websocket connection; its token comes in the query string."""
        self._wait_for(self._open(b"", document, token))

    # ---- Receiver -------------------------------------------------------------------------

    def receive(self, message: bytes | None) -> None:
        """Take in one message of the line; None is text."""
        if self._is_over:
            return
        if self._waiting is not None:
            self._inbox.append(message)
            return
        try:
            todo = self._take(message)
        except Exception as error:  # noqa: BLE001 - told to the client or logged there
            self._fail(error)
            return
        if todo is not None:
            self._wait_for(todo)

    def drained(self) -> None:
        """Bring every document up to date: the line can take more again."""
        for member in self.members.values():
            member.room.audience.drained(member)

    def lost(self) -> None:
        """Leave every room; nothing more comes of this connection."""
        if self._is_over:
            return
        self._is_over = True
        self._rooms.counts.sent_bytes += self._line.sent_bytes
        if self._waiting is not None:
            self._waiting.cancel()
        self._inbox.clear()
        for address in list(self.members):
            self._leave(address)
        self._ended(self)

    def close(self, code: int, reason: str) -> None:
        """End the connection."""
        self._line.close(code, reason)
        self.lost()

    # ---- order ----------------------------------------------------------------------------

    def _wait_for(self, todo: Coroutine[None, None, None]) -> None:
        self._line.pause()
        self._waiting = asyncio.get_running_loop().create_task(self._finish(todo))

    async def _finish(self, todo: Coroutine[None, None, None] | None) -> None:
        """Do what had to wait, then what came meanwhile, and read on."""
        try:
            while True:
                if todo is not None:
                    await todo
                if not self._inbox or self._is_over:
                    break
                todo = self._take(self._inbox.popleft())
        except Exception as error:  # noqa: BLE001 - told to the client or logged there
            self._waiting = None
            self._fail(error)
            return
        self._waiting = None
        if not self._is_over:
            self._line.resume()

    def _fail(self, error: Exception) -> None:
        if isinstance(error, VitrailError):
            self.close(error.close_code, error.message)
        else:
            LOG.error("connection failed", exc_info=error)
            self.close(1011, "internal error")

    # ---- messages -------------------------------------------------------------------------

    def _take(self, message: bytes | None) -> Coroutine[None, None, None] | None:
        """Deal with a message, or return what does once it can be waited for."""
        if message is None:
            raise Malformed("send binary frames")
        if len(message) > MAX_MESSAGE_BYTES:
            raise TooLarge(f"a frame has at most {MAX_MESSAGE_BYTES} bytes")
        size = len(message)
        self._rooms.counts.received_bytes += size
        if not self._pace.pay(size) or not self._rooms.log.has_room:
            return self._later(message)
        return self._handle(message)

    async def _later(self, message: bytes) -> None:
        await self._pace.wait()
        await self._rooms.log.wait_for_room()
        todo = self._handle(message)
        if todo is not None:
            await todo

    def _handle(self, message: bytes) -> Coroutine[None, None, None] | None:
        recent = self._recent
        if recent is not None and message.startswith(recent.address):
            at = len(recent.address)
            if message.startswith(wire.UPDATE_HEAD, at) and not recent.room.tainted:
                return recent.update(prefixed_at(message, at + 2))
        reader = Reader(message)
        address = b""
        if self.dialect is not Dialect.Y:
            if message == PING:
                self._line.send(Batch((PONG,)))
                return None
            if message == PONG:
                return None
            reader.bytes()
            address = message[: reader.position]
        kind = _kind(reader.uint())
        member = self.members.get(address)
        if kind is Kind.AUTH and self.dialect is not Dialect.Y:
            return self._receive_auth(address, reader)
        if member is None:
            if address:
                Reader(address).string()  # which refuses what is no name
            return None  # it was closed a moment ago, or never opened: nothing to say of it
        if member.scope not in RULES.get(kind, frozenset()):
            raise Malformed(f"clients do not send {kind.name.lower()} messages")
        return self._dispatch(member, kind, reader)

    def _dispatch(
        self, member: Seat, kind: Kind, reader: Reader
    ) -> Coroutine[None, None, None] | None:
        match kind:
            case Kind.SYNC | Kind.SYNC_REPLY:
                self._recent = member
                return member.sync(reader)
            case Kind.AWARENESS:
                try:
                    member.room.receive_presence(member, reader.bytes())
                except Malformed:
                    if self.dialect is Dialect.VITRAIL:
                        raise
            case Kind.QUERY_AWARENESS:
                if states := member.room.presence.snapshot():
                    member.send(wire.awareness(states))
            case Kind.CLOSE:
                self._leave(member.address)
            case _:
                raise AssertionError(f"{kind} has a rule and no handler")
        return None

    # ---- documents ------------------------------------------------------------------------

    def _receive_auth(self, address: bytes, reader: Reader) -> Coroutine[None, None, None]:
        if reader.uint() != 0:
            raise Malformed("clients send authentication message 0, a token")
        token = reader.string()
        name = Reader(address).string()
        self._leave(address)
        if len(self.members) >= MAX_DOCUMENTS:
            raise Overloaded(f"at most {MAX_DOCUMENTS} documents on one socket")
        # Hocuspocus clients may open one document twice, as `name\0session`.
        return self._open(address, name.partition("\0")[0], token)

    async def _open(self, address: bytes, name: str, token: str) -> None:
        rechecks = self._rechecks
        try:
            with span("collab.open", doc=name, dialect=self.dialect):
                actor = await self._authenticate(token)
                admission = await self._gate.admit(actor, name)
                room = await self._rooms.enter(name, author_of(actor) if admission.create else None)
        except VitrailError as error:
            await self._refuse(address, error)
            return
        if self._is_over:
            self._rooms.exit(name)
            return
        member = Seat(self._line, self.dialect, actor, admission.scope, address, self._rooms, room)
        try:
            room.audience.join(member)
        except VitrailError as error:
            self._rooms.exit(name)
            await self._refuse(address, error)
            return
        self.members[address] = member
        self._pace.share(self._rooms.quotas.of(actor))
        if self.dialect is not Dialect.Y:
            member.send(wire.authenticated(self._scope_name(member.scope)))
        if self.dialect is Dialect.VITRAIL:
            member.send(wire.lineage(room.lineage))
        if self.dialect is Dialect.HOCUSPOCUS:
            if states := room.presence.snapshot():
                member.send(wire.awareness(states))
        else:
            room.audience.greet(member)
        if self._rechecks != rechecks:  # access changed after it was looked at here
            await self.recheck()

    def _scope_name(self, scope: Scope) -> str:
        return wire.hocuspocus_scope(scope) if self.dialect is Dialect.HOCUSPOCUS else scope

    async def _refuse(self, address: bytes, error: VitrailError) -> None:
        self._rooms.counts.turn_away(error.code)
        self._line.send(Batch((address + wire.denied(self.dialect, error.message),)))
        if self.dialect is Dialect.Y or isinstance(error, NotSignedIn):
            if self.dialect is Dialect.Y:
                await turn_away(error)
            raise error

    def _leave(self, address: bytes) -> None:
        member = self.members.pop(address, None)
        self._recent = None
        if member is not None:
            member.room.leave(member)
            self._rooms.exit(member.room.name)

    # ---- access ---------------------------------------------------------------------------

    async def recheck(self) -> None:
        """Hold every open document against what its member may do now."""
        self._rechecks += 1
        for address, member in list(self.members.items()):
            try:
                actor = await self._gate.refresh(member.actor)
                admission = await self._gate.admit(actor, member.room.name)
            except VitrailError as error:
                self._leave(address)
                code = 4401 if isinstance(error, NotSignedIn) else 4403
                self.close(code, "access was revoked")
                return
            member.actor, member.author = actor, author_of(actor)
            if admission.scope is not member.scope:
                member.scope = admission.scope
                if self.dialect is Dialect.VITRAIL:
                    member.send(wire.permission(member.scope))
                elif self.dialect is Dialect.HOCUSPOCUS:
                    member.send(wire.authenticated(wire.hocuspocus_scope(member.scope)))


KINDS = {kind.value: kind for kind in Kind}


def _kind(value: int) -> Kind:
    try:
        return KINDS[value]
    except KeyError as error:
        raise Malformed(f"unknown message kind {value}") from error
