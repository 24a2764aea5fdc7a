"""A socket: frames in, frames out, one or many documents, in one of three dialects."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Protocol

from starlette.websockets import WebSocketDisconnect, WebSocketState

from vitrail.collab import wire
from vitrail.collab.codec import Malformed, Reader
from vitrail.collab.ports import Scope
from vitrail.collab.room import LOW_WATER_BYTES, Member
from vitrail.collab.wire import Dialect, Kind
from vitrail.core.errors import NotSignedIn, Overloaded, TooLarge, VitrailError
from vitrail.core.limits import Buckets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.websockets import WebSocket

    from vitrail.collab.ports import Admission, Gate
    from vitrail.collab.rooms import Rooms
    from vitrail.core.access import Actor
    from vitrail.core.clock import Clock

LOG = logging.getLogger(__name__)
MAX_FRAME_BYTES = (1 << 20) + 1024
MAX_DOCUMENTS = 100  # on one socket
MAX_BUFFERED_BYTES = 16 << 20  # presence and answers of a reader that does not read
MESSAGES_BURST, MESSAGES_PER_SECOND = 2000, 500
BYTES_BURST, BYTES_PER_SECOND = 8 << 20, 2 << 20
TARPIT_SECONDS = 2.0  # stock providers come back at once after a refusal

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


class Authenticate(Protocol):
    """Turns the token of a message into an actor; empty: whoever opened the socket."""

    async def __call__(self, token: str) -> Actor:
        """Return who it is.

        Raises:
            NotSignedIn: Nobody is known.
        """
        ...


class Connection:
    """One socket. `run` returns when it is closed."""

    def __init__(
        self,
        socket: WebSocket,
        dialect: Dialect,
        rooms: Rooms,
        gate: Gate,
        authenticate: Authenticate,
        clock: Clock,
    ) -> None:
        self.dialect = dialect
        self.members: dict[bytes, Member] = {}
        self._socket = socket
        self._rooms = rooms
        self._gate = gate
        self._authenticate = authenticate
        self._queue: deque[bytes] = deque()
        self._buffered = 0
        self._woken = asyncio.Event()
        self._stack = AsyncExitStack()
        self._holds: dict[bytes, AsyncExitStack] = {}
        self._messages = Buckets(MESSAGES_BURST, MESSAGES_PER_SECOND, clock)
        self._bytes = Buckets(BYTES_BURST, BYTES_PER_SECOND, clock)
        self._closing: tuple[int, str] | None = None

    # ---- Line -----------------------------------------------------------------------------

    @property
    def buffered_bytes(self) -> int:
        """Bytes that wait to be sent."""
        return self._buffered

    def send(self, message: bytes) -> None:
        """Queue a message; a reader that is too slow for even small ones is closed."""
        self._queue.append(message)
        self._buffered += len(message)
        if self._buffered > MAX_BUFFERED_BYTES and self._closing is None:
            self._closing = (1013, "this connection reads too slowly")
        self._woken.set()

    def close(self, code: int, reason: str) -> None:
        """Close the socket once what is queued was sent."""
        if self._closing is None:
            self._closing = (code, reason)
        self._woken.set()

    # ---- life -----------------------------------------------------------------------------

    async def run(self, document: str | None = None, token: str = "") -> None:
        """Serve the socket until it closes.

        Args:
            document: The one document of a y-websocket connection.
            token: Its token, from the query string.
        """
        async with asyncio.TaskGroup() as tasks:
            writer = tasks.create_task(self._write())
            try:
                if document is not None:
                    await self._open(b"", document, token)
                await self._read()
            except WebSocketDisconnect:
                pass
            except VitrailError as error:
                self.close(error.close_code, error.message)
            except Exception:
                LOG.exception("connection failed")
                self.close(1011, "internal error")
            finally:
                for address in list(self.members):
                    await self._leave(address)
                if self._closing is None:
                    writer.cancel()
                else:
                    self._woken.set()

    async def _read(self) -> None:
        while self._closing is None:
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect
            frame = message.get("bytes")
            if frame is None:
                raise Malformed("send binary frames")
            if len(frame) > MAX_FRAME_BYTES:
                raise TooLarge(f"a frame has at most {MAX_FRAME_BYTES} bytes")
            await self._pace(len(frame))
            await self._rooms.log.wait_for_room()
            await self._receive(frame)

    async def _pace(self, size: int) -> None:
        """Wait while the client sends too fast: not reading is what slows its TCP down."""
        while True:
            try:
                self._messages.take("")
                self._bytes.take("", size)
            except Overloaded:
                await asyncio.sleep(0.05)
            else:
                return

    async def _write(self) -> None:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError, OSError):
            while True:
                while self._queue:
                    message = self._queue.popleft()
                    await self._socket.send_bytes(message)
                    self._buffered -= len(message)
                    if self._buffered < LOW_WATER_BYTES:
                        for member in self.members.values():
                            member.room.drained(member)
                if self._closing is not None:
                    break
                self._woken.clear()
                await self._woken.wait()
            code, reason = self._closing
            if self._socket.application_state is WebSocketState.CONNECTED:
                await self._socket.close(code, reason[:100])

    # ---- messages -------------------------------------------------------------------------

    async def _receive(self, frame: bytes) -> None:
        if frame == bytes((Kind.PING,)) and self.dialect is not Dialect.Y:
            self.send(bytes((Kind.PONG,)))
            return
        if frame == bytes((Kind.PONG,)) and self.dialect is not Dialect.Y:
            return
        reader = Reader(frame)
        address, name = b"", ""
        if self.dialect is not Dialect.Y:
            name = reader.string()
            address = wire.address(name)
        kind = _kind(reader.uint())
        if kind is Kind.AUTH and self.dialect is not Dialect.Y:
            await self._receive_auth(address, name, reader)
            return
        member = self.members.get(address)
        if member is None:
            return  # it was closed a moment ago, or never opened: nothing to say of it
        if member.scope not in RULES.get(kind, frozenset()):
            raise Malformed(f"clients do not send {kind.name.lower()} messages")
        await self._handle(member, kind, reader)

    async def _handle(self, member: Member, kind: Kind, reader: Reader) -> None:
        room = member.room
        match kind:
            case Kind.SYNC | Kind.SYNC_REPLY:
                await self._sync(member, reader)
            case Kind.AWARENESS:
                try:
                    room.receive_presence(member, reader.bytes())
                except Malformed:
                    if self.dialect is Dialect.VITRAIL:
                        raise
            case Kind.QUERY_AWARENESS:
                if states := room.presence.snapshot():
                    member.send(wire.awareness(states))
            case Kind.CLOSE:
                await self._leave(member.address)
            case _:
                raise AssertionError(f"{kind} has a rule and no handler")

    async def _sync(self, member: Member, reader: Reader) -> None:
        room, step, payload = member.room, reader.uint(), reader.bytes()
        await self._rooms.heal(room)
        if step == wire.STEP1:
            room.answer(member, payload)
            if self.dialect is Dialect.HOCUSPOCUS:
                member.send(wire.step1(room.doc.get_state()))
            return
        if step not in {wire.STEP2, wire.UPDATE}:
            raise Malformed("unknown sync message")
        try:
            room.receive(member, payload)
        except VitrailError as error:
            LOG.info(
                "update refused",
                extra={"doc": room.name, "user": member.actor.user_id, "reason": error.message},
            )
            member.refuse(error)
            await self._rooms.heal(room)

    async def _receive_auth(self, address: bytes, name: str, reader: Reader) -> None:
        if reader.uint() != 0:
            raise Malformed("clients send authentication message 0, a token")
        token = reader.string()
        if address in self.members:
            await self._leave(address)
        if len(self.members) >= MAX_DOCUMENTS:
            raise Overloaded(f"at most {MAX_DOCUMENTS} documents on one socket")
        # Hocuspocus clients may open one document twice, as `name\0session`.
        await self._open(address, name.partition("\0")[0], token)

    async def _open(self, address: bytes, name: str, token: str) -> None:
        hold = AsyncExitStack()
        try:
            actor = await self._authenticate(token)
            admission: Admission = await self._gate.admit(actor, name)
            member = Member(self, None, self.dialect, actor, admission.scope, address)  # type: ignore[arg-type]
            create_for = member.author if admission.create else None
            member.room = await hold.enter_async_context(
                self._rooms.open(name, create_for=create_for)
            )
            member.room.join(member)
        except VitrailError as error:
            await hold.aclose()
            await self._refuse(address, error)
            return
        self.members[address] = member
        self._holds[address] = hold
        if self.dialect is not Dialect.Y:
            member.send(wire.authenticated(self._scope_name(member.scope)))
        if self.dialect is Dialect.VITRAIL:
            member.send(wire.lineage(member.room.lineage))
        if self.dialect is Dialect.HOCUSPOCUS:
            if states := member.room.presence.snapshot():
                member.send(wire.awareness(states))
        else:
            member.room.greet(member)

    def _scope_name(self, scope: Scope) -> str:
        return wire.hocuspocus_scope(scope) if self.dialect is Dialect.HOCUSPOCUS else scope

    async def _refuse(self, address: bytes, error: VitrailError) -> None:
        self.send(address + wire.denied(self.dialect, error.message))
        if self.dialect is Dialect.Y or isinstance(error, NotSignedIn):
            if self.dialect is Dialect.Y:
                await asyncio.sleep(TARPIT_SECONDS)
            self.close(error.close_code, error.message)

    async def _leave(self, address: bytes) -> None:
        member = self.members.pop(address, None)
        if member is not None:
            member.room.leave(member)
            await self._holds.pop(address).aclose()

    # ---- access ---------------------------------------------------------------------------

    async def recheck(self) -> None:
        """Hold every open document against what its member may do now."""
        for address, member in list(self.members.items()):
            try:
                actor = await self._gate.refresh(member.actor)
                admission = await self._gate.admit(actor, member.room.name)
            except VitrailError as error:
                await self._leave(address)
                code = 4401 if isinstance(error, NotSignedIn) else 4403
                self.close(code, "access was revoked")
                continue
            member.actor = actor
            if admission.scope is not member.scope:
                member.scope = admission.scope
                if self.dialect is Dialect.VITRAIL:
                    member.send(wire.permission(member.scope))
                elif self.dialect is Dialect.HOCUSPOCUS:
                    member.send(wire.authenticated(wire.hocuspocus_scope(member.scope)))


def _kind(value: int) -> Kind:
    try:
        return Kind(value)
    except ValueError as error:
        raise Malformed(f"unknown message kind {value}") from error
