"""graphql-transport-ws: subscriptions, and queries too, over one WebSocket.

Protocol: github.com/enisdenjo/graphql-ws, PROTOCOL.md; the close codes are those of that document.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
from graphql import OperationType
from starlette.websockets import WebSocketDisconnect, WebSocketDisconnected

from vitrail.collab.line import RAW_LINE, TEXT, frame
from vitrail.core.errors import NotSignedIn, VitrailError
from vitrail.graphql.asked import Asked
from vitrail.graphql.engine import refused

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping

    from graphql import ExecutionResult
    from starlette.websockets import WebSocket

    from vitrail.core.access import Actor
    from vitrail.graphql.engine import Admitted, Engine
    from vitrail.graphql.shared import Streams

SUBPROTOCOL = "graphql-transport-ws"
INIT_SECONDS = 10.0
LOOK_SECONDS = (
    30.0  # between looks whether who listens is still let in, when there is nothing to tell
)
MAX_SUBSCRIPTIONS = 50
MAX_MESSAGE_BYTES = 256 << 10
MAX_ID = 100
MAX_WAITING = 100  # events that a subscriber may be behind
GONE = (WebSocketDisconnect, WebSocketDisconnected)  # they have left, or we have closed
BAD_MESSAGE, UNAUTHORIZED, NO_INIT, SECOND_INIT, SAME_ID = 4400, 4401, 4408, 4429, 4409


class Said(msgspec.Struct):
    """A message of a client."""

    type: str
    id: str = ""
    payload: Any = None


class Greeting(msgspec.Struct):
    """What a client may send to begin with."""

    token: str = ""


class Teller(Protocol):
    """A line that takes ready frames while ASGI goes on."""

    def tell(self, frames: bytes) -> bool:
        """Write them; False if the reader does not keep up."""
        ...


class Closing(Exception):  # noqa: N818 - not an error: what the socket is closed with
    """Ends the socket.

    Attributes:
        code: The close code.
        reason: For the client.
    """

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class GraphSocket:
    """One client.

    Args:
        socket: Its WebSocket, accepted with our subprotocol.
        engine: What executes.
        streams: What is shared with other clients.
        authenticate: Returns who a token stands for; for the empty one, who opened the socket, with the
            roles of this moment.
        address: From where it comes.
        generation: Returns what moves on when access may have changed.
    """

    def __init__(
        self,
        socket: WebSocket,
        engine: Engine,
        streams: Streams,
        authenticate: Callable[[str], Awaitable[Actor]],
        address: str,
        generation: Callable[[], int],
    ) -> None:
        self._socket = socket
        self._line: Teller | None = socket.scope.get("extensions", {}).get(RAW_LINE)
        self._generation = generation
        self._engine = engine
        self._streams = streams
        self._authenticate = authenticate
        self._address = address
        self._token = ""
        self._running: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Serve until the client goes, or is sent away."""
        try:
            async with asyncio.TaskGroup() as tasks:
                await self._greet()
                looking = tasks.create_task(self._look())
                try:
                    while True:
                        self._take(await self._receive(), tasks)
                finally:
                    for task in (looking, *self._running.values()):
                        task.cancel()
        except* GONE:
            pass
        except* Closing as group:
            ending = next(_leaves(group))
            with suppress(*GONE):
                await self._socket.close(ending.code, ending.reason[:120])

    async def _greet(self) -> None:
        try:
            async with asyncio.timeout(INIT_SECONDS):
                said = await self._receive()
        except TimeoutError:
            raise Closing(NO_INIT, "Connection initialisation timeout") from None
        if said.type != "connection_init":
            raise Closing(UNAUTHORIZED, "Unauthorized")
        try:
            self._token = msgspec.convert(said.payload or {}, Greeting).token
        except msgspec.ValidationError as error:
            raise Closing(BAD_MESSAGE, "the payload has at most a token") from error
        await self._actor()
        await self._send({"type": "connection_ack"})

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await self._actor()

    async def _actor(self) -> Actor:
        try:
            return await self._authenticate(self._token)
        except NotSignedIn as error:
            raise Closing(UNAUTHORIZED, error.message) from error

    async def _receive(self) -> Said:
        received = await self._socket.receive()
        if received["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(received["code"])
        message = received.get("text")
        if message is None:
            raise Closing(BAD_MESSAGE, "Invalid message received")
        if len(message) > MAX_MESSAGE_BYTES:
            raise Closing(BAD_MESSAGE, f"a message has at most {MAX_MESSAGE_BYTES} bytes")
        try:
            return msgspec.json.decode(message, type=Said)
        except (msgspec.DecodeError, RecursionError) as error:
            raise Closing(BAD_MESSAGE, "Invalid message received") from error

    async def _send(self, message: Mapping[str, Any]) -> None:
        await self._socket.send_text(msgspec.json.encode(message).decode())

    def _take(self, said: Said, tasks: asyncio.TaskGroup) -> None:
        match said.type:
            case "ping":
                tasks.create_task(self._send({"type": "pong"}))
            case "pong":
                pass
            case "complete":
                if (running := self._running.pop(said.id, None)) is not None:
                    running.cancel()
            case "subscribe":
                self._begin(said, tasks)
            case "connection_init":
                raise Closing(SECOND_INIT, "Too many initialisation requests")
            case _:
                raise Closing(BAD_MESSAGE, "Invalid message received")

    def _begin(self, said: Said, tasks: asyncio.TaskGroup) -> None:
        if not 0 < len(said.id) <= MAX_ID:
            raise Closing(BAD_MESSAGE, f"an id has 1 to {MAX_ID} characters")
        if said.id in self._running:
            raise Closing(SAME_ID, f"Subscriber for {said.id} already exists")
        if len(self._running) >= MAX_SUBSCRIPTIONS:
            raise Closing(BAD_MESSAGE, f"a socket has at most {MAX_SUBSCRIPTIONS} operations")
        try:
            asked = msgspec.convert(said.payload, Asked)
        except msgspec.ValidationError as error:
            raise Closing(BAD_MESSAGE, "Invalid message received") from error
        self._running[said.id] = tasks.create_task(self._operate(said.id, asked, tasks))

    async def _operate(self, key: str, asked: Asked, tasks: asyncio.TaskGroup) -> None:
        actor = await self._actor()
        try:
            known = self._engine.find(asked, actor)
            if known.operation(asked.operationName).operation is OperationType.SUBSCRIPTION:
                admitted = self._engine.admit(asked, known, actor, self._address)
                await self._follow(key, asked, admitted, actor, tasks)
            else:
                answer = await self._engine.answer(asked, actor, self._address)
                await self._next(key, answer.body)
                await self._send({"id": key, "type": "complete"})
        except VitrailError as error:
            await self._send({"id": key, "type": "error", "payload": refused(error)})
        self._running.pop(key, None)

    async def _follow(
        self, key: str, asked: Asked, admitted: Admitted, actor: Actor, tasks: asyncio.TaskGroup
    ) -> None:
        audience = _audience(actor)
        own = actor.user_id if admitted.is_personal else None

        async def begin() -> AsyncGenerator[ExecutionResult, None]:
            events = await self._engine.events(asked, admitted, actor)
            async for event in events:
                yield event

        what = admitted.known.hash, asked.operationName, msgspec.json.encode(asked.variables)
        # Who resumes is told what others know already: that is not shared.
        same = object() if admitted.resumes else (what, audience, own)
        telling = Telling(self._line, self._generation, message_head(key))

        async def still() -> None:
            if _audience(await self._actor()) != audience:  # what may be seen is another now
                raise Closing(UNAUTHORIZED, "access has changed: subscribe again")

        slow = tasks.create_task(telling.run(still, self._socket.send_text))
        try:
            await self._streams.listen(same, begin, telling.hear)
            await telling.all_told()
        finally:
            slow.cancel()
        await self._send({"id": key, "type": "complete"})

    async def _next(self, key: str, body: bytes) -> None:
        await self._socket.send_text((message_head(key) + body + b"}").decode())


class Telling:
    """Tells one subscriber of events: past ASGI where that can be, while access has not changed.

    Args:
        line: The socket's line, if the server hands it over.
        generation: Returns what moves on when access may have changed.
        head: The beginning of each message.
    """

    def __init__(self, line: Teller | None, generation: Callable[[], int], head: bytes) -> None:
        self._line = line
        self._generation = generation
        self._looked = generation()
        self._head = head
        self._waiting: asyncio.Queue[bytes] = asyncio.Queue()
        self._behind = 0  # events that were not sent yet

    def hear(self, event: bytes) -> bool:
        """Send an event, or have it wait; False if too many do."""
        message = self._head + event + b"}"
        if self._line and not self._behind and self._generation() == self._looked:
            return self._line.tell(frame(message, TEXT))
        self._behind += 1
        self._waiting.put_nowait(message)
        return self._behind <= MAX_WAITING

    async def run(
        self, still: Callable[[], Awaitable[None]], send: Callable[[str], Awaitable[None]]
    ) -> None:
        """Send what waits, having looked whether it may still be told."""
        while True:
            message = await self._waiting.get()
            generation = self._generation()
            await still()
            self._looked = generation
            await send(message.decode())
            self._behind -= 1
            self._waiting.task_done()

    async def all_told(self) -> None:
        """Wait until nothing waits."""
        await self._waiting.join()


def message_head(key: str) -> bytes:
    """Return the beginning of the messages about an operation, up to their payload."""
    return msgspec.json.encode({"id": key, "type": "next"})[:-1] + b',"payload":'


def _leaves(group: ExceptionGroup[Closing]) -> Iterator[Closing]:
    for each in group.exceptions:
        if isinstance(each, Closing):
            yield each
        else:
            yield from _leaves(each)


def _audience(actor: Actor) -> tuple[object, ...]:
    """Return what is the same for all who are shown the same."""
    return actor.kind, actor.scopes, frozenset(actor.roles.items())
