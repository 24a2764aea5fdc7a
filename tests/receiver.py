"""A real HTTP server on this machine that is told things, and answers as it is set to."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import h11
import msgspec

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncGenerator


@dataclass(frozen=True)
class Received:
    """A request that came."""

    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.body)


@dataclass
class Receiver:
    """Who receives.

    Attributes:
        answers: Statuses for the next requests; the last one goes on.
        headers: For every answer.
        body: Of every answer.
        open: While it is not set, nobody is answered.
    """

    port: int = 0
    host: str = "127.0.0.1"
    scheme: str = "http"
    answers: list[int] = field(default_factory=lambda: [200])
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: bytes = b"ok"
    received: list[Received] = field(default_factory=list[Received])
    connections: int = 0
    open: asyncio.Event = field(default_factory=asyncio.Event)
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    def __post_init__(self) -> None:
        self.open.set()

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}/hook"

    async def until(self, count: int) -> list[Received]:
        """Wait until so many requests have come."""
        async with asyncio.timeout(20), self._news:
            await self._news.wait_for(lambda: len(self.received) >= count)
        return self.received

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            talk, request, body = h11.Connection(h11.SERVER), None, b""
            while not isinstance(event := talk.next_event(), h11.EndOfMessage):
                if event is h11.NEED_DATA:
                    talk.receive_data(await reader.read(65_536))
                elif isinstance(event, h11.Request):
                    request = event
                elif isinstance(event, h11.Data):
                    body += event.data
                else:
                    return
            assert request is not None
            headers = {name.decode(): text.decode() for name, text in request.headers}
            async with self._news:
                self.received.append(Received(request.target.decode(), headers, body))
                self._news.notify_all()
            await self.open.wait()
            status = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            answer = h11.Response(
                status_code=status,
                headers=[("Content-Length", str(len(self.body))), *self.headers.items()],
            )
            for part in (answer, h11.Data(data=self.body), h11.EndOfMessage()):
                writer.write(talk.send(part) or b"")
            await writer.drain()
        except (ConnectionError, h11.RemoteProtocolError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def receiving(
    host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
) -> AsyncGenerator[Receiver]:
    """Receive, until the block ends."""
    receiver = Receiver(host=host, scheme="https" if tls else "http")
    server = await asyncio.start_server(receiver.serve, host, port, ssl=tls)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        receiver.open.set()
        server.close()
        await server.wait_closed()
