"""Start uvicorn, print the sign-in link once it listens, and stop without losing anything.

The first SIGTERM or SIGINT drains: the node is not ready any more, takes no new connections, and
sends its people to the others in waves; then all that was accepted is committed. The second ends
the process at once, as a power cut would: nothing that was acknowledged is lost by that either.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import importlib.util
import os
import select
import signal
import socket
import sys
from functools import partial
from multiprocessing import parent_process
from typing import TYPE_CHECKING, cast

import click
import uvicorn
from sqlalchemy.exc import SQLAlchemyError
from typing_extensions import override

from vitrail.core.database import Database
from vitrail.core.errors import NotFound, Unavailable
from vitrail.core.migrate import is_current, require_current
from vitrail.core.settings import ADDRESS_FILE
from vitrail.server.application import create_app
from vitrail.server.intake import Intake
from vitrail.server.raw_socket import RawSocketProtocol
from vitrail.server.stacks import tell_upon_signal

if TYPE_CHECKING:
    from collections.abc import Generator
    from multiprocessing.process import BaseProcess
    from types import FrameType

    from vitrail.collab.service import Collab
    from vitrail.core.settings import Settings
    from vitrail.server.door import Door
    from vitrail.server.workers import Place
    from vitrail.web.services import Services

MAX_SOCKET_BYTES = 2 << 20  # a frame that is less too large is read and told so by its connection
PING_SECONDS = 20.0
GC_ALLOCATIONS = 20_000


class Server(uvicorn.Server):
    """Prints where to go once the port is open, and drains before it stops.

    Attributes:
        has_failed: Whether what is behind the requests has ended, so that none can be answered any more.
    """

    def __init__(
        self, config: uvicorn.Config, door: Door, settings: Settings, place: Place | None
    ) -> None:
        super().__init__(config)
        self._door = door
        self._settings = settings
        self._place = place
        self.has_failed = False

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the address, with a sign-in link while nobody has a password."""
        intake = Intake() if hasattr(select, "epoll") else None
        if intake is not None:
            sockets_class = partial(RawSocketProtocol, intake=intake)
            self.config.ws_protocol_class = cast("type[asyncio.Protocol]", sockets_class)
        await super().startup(sockets)
        if not self.started:
            return
        tell_upon_signal()
        if intake is not None:
            pacer = self._collab.rooms.pacer
            intake.rhythm, pacer.gather = pacer.rhythm, intake.gather
        # What was imported stays: to look through all of it for garbage again and again stalls edits.
        gc.collect()
        gc.freeze()
        gc.set_threshold(GC_ALLOCATIONS, 20, 50)
        if (supervisor := parent_process()) is not None:
            asyncio.get_running_loop().add_reader(supervisor.sentinel, self._orphaned, supervisor)
        if self._place is None or self._place.number == 0:
            await self._announce()

    def _orphaned(self, supervisor: BaseProcess) -> None:
        """Stop as upon a signal: nobody would start this worker again, or end it."""
        asyncio.get_running_loop().remove_reader(supervisor.sentinel)
        self.handle_exit(signal.SIGTERM, None)

    @override
    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        """Take signals; unlike uvicorn's, a stop that was asked for ends with exit code 0."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()

    @override
    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop, or end at once when that was asked for before."""
        if self.should_exit:
            signal.signal(sig, signal.SIG_DFL)
            os.kill(os.getpid(), sig)
        super().handle_exit(sig, frame)
        if self.started:
            self._collab.stop_admitting()

    @override
    async def on_tick(self, counter: int) -> bool:
        """Tell whether to stop: also when what is behind the requests has ended, so that somebody starts it anew."""
        self.has_failed = self.has_failed or self.lifespan.error_occurred
        return await super().on_tick(counter) or self.has_failed

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop accepting, send everybody away, then end the rest as uvicorn does."""
        for server in self.servers:
            server.close()
        await self._collab.drain(self._settings.drain_seconds)
        await super().shutdown(sockets)

    @property
    def _collab(self) -> Collab:
        services: Services = self._door.app.state.services
        return services.collab

    async def _announce(self) -> None:
        port = self.servers[0].sockets[0].getsockname()[1]
        base = self._settings.base_url.rstrip("/") or f"http://{self.config.host}:{port}"
        (self._settings.folder / ADDRESS_FILE).write_text(base)
        services: Services = self._door.app.state.services
        click.echo(f"Vitrail is at {base}")
        try:
            link = await self._sign_in_link(services)
        except NotFound:
            return
        if link:
            click.echo(f"Sign in, once: {base}/sign-in/{link}")
        sys.stdout.flush()

    @staticmethod
    async def _sign_in_link(services: Services) -> str:
        owner = await services.identity.accounts.by_email(None)
        return await services.identity.secrets.create_login_link(owner["id"])


def serve(settings: Settings, host: str, port: int, *, place: Place | None = None) -> int:
    """Serve until a signal; return the exit code.

    Args:
        settings: The settings.
        host: Address to listen on.
        port: Port to listen on; 0 takes one that is free.
        place: Which of the workers that share the port it is, or None for a server of its own;
            only the first one says where it is.

    Raises:
        Unavailable: The port is taken, the data folder cannot be made, or the database cannot be
            used as it is.
    """
    check_database(settings)
    fast = importlib.util.find_spec("uvloop") is not None
    parser = importlib.util.find_spec("httptools") is not None
    door = create_app(settings, place=place)
    config = uvicorn.Config(
        door,
        host=host,
        port=port,
        loop="uvloop" if fast else "asyncio",
        http="httptools" if parser else "h11",
        lifespan="on",
        ws=RawSocketProtocol,
        ws_max_size=MAX_SOCKET_BYTES,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PING_SECONDS,
        ws_per_message_deflate=False,
        log_config=None,
        access_log=False,  # query strings carry tokens of stock clients
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    server = Server(config, door, settings, place)
    with listen(host, port, is_shared=place is not None) as listening:
        try:
            server.run([listening])
        except SystemExit:  # what went wrong was logged
            return 1
    return 0 if server.started and not server.has_failed else 1


def listen(host: str, port: int, *, is_shared: bool = False) -> socket.socket:
    """Open a port; when it is shared, other processes of this user may open it too.

    Raises:
        Unavailable: It is taken, or not ours to open.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address, family=family, reuse_port=is_shared)
    except OSError as error:
        raise Unavailable(
            f"port {port} of {host} cannot be opened: {error.strerror}",
            hint="choose another with --port, or stop what uses it",
        ) from error


def check_database(settings: Settings) -> None:
    """Raise unless the database can be used as it is; SQLite's may also not be there yet.

    Raises:
        Unavailable: PostgreSQL does not answer or is not at this version, or either is at a newer one.
        SQLAlchemyError: The file of SQLite is damaged, or none.
    """
    settings.make_folder()
    asyncio.run(_check_database(settings))


async def _check_database(settings: Settings) -> None:
    async with Database(settings.sql_url) as database:
        if settings.is_sqlite:
            await is_current(database)
            return
        try:
            await require_current(database)
        except (SQLAlchemyError, OSError) as error:
            raise Unavailable(
                "the database does not answer", hint="is VITRAIL_DATABASE_URL right?"
            ) from error
