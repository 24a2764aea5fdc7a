"""The collaboration service of a process: its rooms, its sockets, and the watch over access."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from vitrail.collab.connection import Connection
from vitrail.collab.gate import RememberingGate
from vitrail.collab.quarantine import locked
from vitrail.core.errors import Locked, Overloaded, Unavailable
from vitrail.core.remembered import Remembered

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Collection

    from vitrail.collab.connection import Authenticate
    from vitrail.collab.line import Line
    from vitrail.collab.ports import Gate
    from vitrail.collab.quarantine import Quarantine
    from vitrail.collab.rooms import Rooms
    from vitrail.collab.wire import Dialect
    from vitrail.core.clock import Clock

LOG = logging.getLogger(__name__)
WATCH_SECONDS = 0.5  # a revoked grant closes its sockets within a second
MAX_CONNECTIONS = 10_000
RESTART_CODE = 1012  # "service restart": come back, perhaps to another node
WAVE_SECONDS = 0.25
GOODBYE_SECONDS = 3.0  # for the last frames and the last commit
CHANCE = secrets.SystemRandom()


class Draining(Unavailable):
    """This node is about to stop; another will take the client."""

    close_code = RESTART_CODE


class Collab:
    """What the doors call.

    Args:
        rooms: The rooms of this process.
        gate: Decides who may open what.
        clock: The clock.
        quarantine: Which documents are set apart.

    Attributes:
        remembered: What is known of who may do what.
    """

    def __init__(self, rooms: Rooms, gate: Gate, clock: Clock, quarantine: Quarantine) -> None:
        self.rooms = rooms
        self.quarantine = quarantine
        self.connections: set[Connection] = set()
        self.is_draining = False
        self.remembered = Remembered(clock)
        self._clock = clock
        self._gate = RememberingGate(gate, self.remembered)
        self._changed = asyncio.Event()
        self._emptied = asyncio.Event()
        rooms.nodes.look = self.remembered.wanted = self._changed.set

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[Collab]:
        """Keep rooms and watch going; at the end every socket is closed and all is on disk."""
        async with self.rooms.running(), asyncio.TaskGroup() as tasks:
            watch = tasks.create_task(self._watch())
            try:
                yield self
            finally:
                watch.cancel()
                self._close(self.connections)

    # ---- draining -------------------------------------------------------------------------

    def stop_admitting(self) -> None:
        """Take no more sockets, and say that this node goes. Those that are open stay."""
        self.is_draining = True

    async def drain(self, seconds: float) -> None:
        """Close every socket so that its client comes back elsewhere, in random waves.

        All at once when there is no other node that stays: nobody would be spared anything.

        Args:
            seconds: How long the waves take together.
        """
        self.stop_admitting()
        self.rooms.nodes.leave()
        waiting = list(self.connections)
        CHANCE.shuffle(waiting)
        waves = max(1, round(seconds / WAVE_SECONDS))
        size = -(-len(waiting) // waves)
        while waiting and self.rooms.nodes.others:
            wave, waiting = waiting[:size], waiting[size:]
            self._close(wave)
            await asyncio.sleep(WAVE_SECONDS if waiting else 0)
        self._close(waiting)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE_SECONDS):
                if self.connections:
                    await self._emptied.wait()
                await self.rooms.log.flushed()

    @staticmethod
    def _close(connections: Collection[Connection]) -> None:
        for connection in list(connections):
            connection.close(RESTART_CODE, "the server restarts")

    # ---- serving --------------------------------------------------------------------------

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
            Draining: This node is about to stop.
            Overloaded: The process has `MAX_CONNECTIONS` already.
        """
        if self.is_draining:
            raise Draining("the server restarts")
        if len(self.connections) >= MAX_CONNECTIONS:
            raise Overloaded("this server has too many connections", hint="try again later")
        connection = Connection(
            line,
            dialect,
            self.rooms,
            self._gate,
            authenticate,
            self._clock,
            self._ended,
        )
        self.connections.add(connection)
        self._emptied.clear()
        if document is not None:
            connection.begin(document, token)
        return connection

    def _ended(self, connection: Connection) -> None:
        self.connections.discard(connection)
        if not self.connections:
            self._emptied.set()

    def access_changed(self) -> None:
        """Look at once, without waiting for the watch; the other nodes do so too."""
        self.remembered.forget()
        self._changed.set()
        self.rooms.nodes.tell_look()

    async def _watch(self) -> None:
        """Look at the database: for changes of access, and for edits whose hint was lost."""
        seen = (await self.rooms.log.glance([])).epoch
        while True:
            try:
                async with asyncio.timeout(WATCH_SECONDS):
                    await self._changed.wait()
            except TimeoutError:
                if not self.connections and not self.rooms.live and not self.remembered.is_asked:
                    continue
            self._changed.clear()
            try:
                epoch = (await self.rooms.glance()).epoch
                if epoch != seen:
                    self.remembered.forget()
                    await self.rooms.let_go_of_replaced()
                    await self._keep_apart()
                    for connection in list(self.connections):
                        await connection.recheck()
                    seen = epoch
                self.remembered.looked()
            except Exception:
                LOG.exception("the database could not be looked at; tried again")

    # ---- quarantine -----------------------------------------------------------------------

    async def set_apart(self, name: str, reason: str, actor_id: str | None) -> None:
        """Close a document to everybody, here at once and on every node within half a second.

        Raises:
            NotFound: There is no such document.
        """
        await self.quarantine.put(name, reason, actor_id)
        LOG.warning("document set apart", extra={"doc": name, "reason": reason})
        await self._keep_apart()
        self.access_changed()

    async def release(self, name: str) -> None:
        """Let a document be opened again.

        Raises:
            NotFound: No such document is in quarantine.
        """
        await self.quarantine.release(name)
        LOG.warning("document released", extra={"doc": name})

    async def _keep_apart(self) -> None:
        """Let go of the rooms whose documents were set apart."""
        ours = {*self.rooms.live, *self.rooms.loading}
        for name, reason in (await self.quarantine.among(ours)).items():
            await self.rooms.evict(name, Locked.close_code, locked(name, reason).message)
