"""The collaboration service of a process: its rooms, its sockets, and the watch over access."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from vitrail.collab.connection import Connection
from vitrail.core.errors import Overloaded

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from vitrail.collab.connection import Authenticate
    from vitrail.collab.line import Line
    from vitrail.collab.ports import Gate
    from vitrail.collab.rooms import Rooms
    from vitrail.collab.wire import Dialect
    from vitrail.core.clock import Clock

LOG = logging.getLogger(__name__)
WATCH_SECONDS = 0.4  # a revoked grant closes its sockets within a second
MAX_CONNECTIONS = 10_000


class Collab:
    """What the doors call.

    Args:
        rooms: The rooms of this process.
        gate: Decides who may open what.
        clock: The clock.
    """

    def __init__(self, rooms: Rooms, gate: Gate, clock: Clock) -> None:
        self.rooms = rooms
        self.connections: set[Connection] = set()
        self._clock = clock
        self._gate = gate
        self._changed = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[Collab]:
        """Keep rooms and watch going; at the end every socket is closed and all is on disk."""
        async with self.rooms.running(), asyncio.TaskGroup() as tasks:
            watch = tasks.create_task(self._watch())
            try:
                yield self
            finally:
                watch.cancel()
                for connection in list(self.connections):
                    connection.close(1012, "the server restarts")

    def connect(
        self,
        line: Line,
        dialect: Dialect,
        authenticate: Authenticate,
        *,
        document: str | None = None,
        token: str = "",
    ) -> Connection:
        """Return the receiver of an accepted line.

        Raises:
            Overloaded: The process has `MAX_CONNECTIONS` already.
        """
        if len(self.connections) >= MAX_CONNECTIONS:
            raise Overloaded("this server has too many connections", hint="try again later")
        connection = Connection(
            line,
            dialect,
            self.rooms,
            self._gate,
            authenticate,
            self._clock,
            self.connections.discard,
        )
        self.connections.add(connection)
        if document is not None:
            connection.begin(document, token)
        return connection

    def access_changed(self) -> None:
        """Look at once, without waiting for the watch."""
        self._changed.set()

    async def _watch(self) -> None:
        seen = await self._gate.epoch()
        while True:
            try:
                async with asyncio.timeout(WATCH_SECONDS):
                    await self._changed.wait()
            except TimeoutError:
                pass
            self._changed.clear()
            if not self.connections:
                continue
            try:
                epoch = await self._gate.epoch()
                if epoch != seen:
                    for connection in list(self.connections):
                        await connection.recheck()
                    seen = epoch
            except Exception:
                LOG.exception("access could not be read; tried again")
