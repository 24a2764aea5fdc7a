"""The rooms of this process: loaded once, kept while they are used, dropped only when clean.

COLD → loading (one at a time per document; a failure refuses the join and says why) → live
     → lingering (nobody is here) → COLD; tainted rooms are read anew from the log.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from pycrdt import Doc

from vitrail.collab.aftercare import Aftercare
from vitrail.collab.bus import NoBus
from vitrail.collab.catching_up import CatchUp
from vitrail.collab.compactor import Compactor
from vitrail.collab.counts import Counts
from vitrail.collab.flight import Unrecorded
from vitrail.collab.folding import Folding
from vitrail.collab.followers import Followers
from vitrail.collab.history import History
from vitrail.collab.log import UpdateLog
from vitrail.collab.nodes import Nodes
from vitrail.collab.pacing import Pacer
from vitrail.collab.quotas import Quotas
from vitrail.collab.retention import Retention
from vitrail.collab.room import Room
from vitrail.collab.walker import halves_of
from vitrail.collab.worker import Worker
from vitrail.core.errors import NotAllowed, Unavailable, VitrailError
from vitrail.core.tracing import span

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Collection, Coroutine, Mapping, Sequence

    from vitrail.collab.bus import Bus
    from vitrail.collab.entries import Appended, Author
    from vitrail.collab.flight import Flights
    from vitrail.collab.log import Glance
    from vitrail.collab.ports import Schema
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database

LOG = logging.getLogger(__name__)
LINGER_SECONDS = 30.0
SWEEP_SECONDS = 2.0
FLUSH_SECONDS = (
    20.0  # at the end, when the database does not answer: nothing of it was acknowledged
)


class Rooms:
    """Opens, keeps and closes the rooms of this process.

    Args:
        database: Where the log lives.
        clock: For lingering.
        schemas: Rules by kind of document: the part of its name before the colon.
        bus: Between the nodes of this deployment.
        history_days: For so many days every moment is kept; 0 for ever.
        flights: Where it is recorded what is done with bytes of others.

    Attributes:
        counts: What these rooms have done.
        quotas: What people and organisations may send.
        pacer: When the rooms are flushed; there while they run.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        schemas: Mapping[str, Schema],
        bus: Bus | None = None,
        *,
        history_days: int = 0,
        flights: Flights | None = None,
    ) -> None:
        self.nodes = Nodes(bus or NoBus(), self, clock)
        self.followers = Followers()
        self.log = UpdateLog(database, clock, self._committed)
        self._worker = Worker()
        self._compactor = Compactor(database, schemas)
        self.history = History(database, clock, self._worker)
        self._retention = Retention(database, clock, self._worker, history_days)
        self.counts = Counts()
        self.quotas = Quotas(clock)
        self._is_alone = database.is_sqlite
        self._clock = clock
        self._schemas = schemas
        self._live: dict[str, Room] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._users: dict[str, int] = {}
        self._idle_since: dict[str, float] = {}
        self._loading: dict[str, int] = {}
        self._loop: asyncio.AbstractEventLoop  # from `running`
        self.pacer: Pacer  # from `running`
        catch_up = CatchUp(self.log, self.counts, self._live, self.wake, self._start)
        self._aftercare = Aftercare(
            self._live, self.followers, self.nodes, catch_up, self.heal, self._start
        )
        self._folding = Folding(self._compactor.ask)
        self._tasks: asyncio.TaskGroup | None = None
        self._flights = flights or Unrecorded()
        self._held: dict[str, asyncio.Event] = {}

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[Rooms]:
        """Keep the committer and the sweeper going; at the end all that was accepted is on disk."""
        self._loop = asyncio.get_running_loop()
        self.pacer = Pacer(self._loop, self._aftercare.flushed)
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            committing = tasks.create_task(self.log.run())
            work = [
                committing,
                tasks.create_task(self._sweep()),
                tasks.create_task(self.nodes.run()),
                tasks.create_task(self._compactor.run()),
                tasks.create_task(self._retention.run()),
                tasks.create_task(self._warm_up()),
            ]
            try:
                yield self
            finally:
                try:
                    async with asyncio.timeout(0 if committing.done() else FLUSH_SECONDS):
                        await self.log.flushed()
                except TimeoutError:
                    LOG.exception("edits that nobody was told are safe could not be stored")
                self._tasks = None
                for task in work:
                    task.cancel()
                for room in self._live.values():
                    room.close()
                await self._worker.close()

    async def _warm_up(self) -> None:
        """Make what is made once, so that the first to come does not wait for it."""
        Doc()  # which imports what it needs in an event loop: a third of the first connection
        with contextlib.suppress(VitrailError):
            await self.log.load("")

    @property
    def live(self) -> Mapping[str, Room]:
        """The rooms that are loaded, by document."""
        return self._live

    @property
    def loading(self) -> Collection[str]:
        """The documents that are being read from the log."""
        return self._loading.keys()

    # ---- opening --------------------------------------------------------------------------

    async def enter(self, name: str, create_for: Author | None = None) -> Room:
        """Return a loaded room; it stays until `exit` is called as often as this was.

        Args:
            name: The document.
            create_for: Who makes the document if there is none, or None to refuse then.

        Raises:
            NotFound: There is no such document.
            Unavailable: It cannot be loaded; nobody gets an empty one instead.
        """
        self._users[name] = self._users.get(name, 0) + 1
        try:
            return await self._load(name, create_for)
        except BaseException:
            self.exit(name)
            raise

    def exit(self, name: str) -> None:
        """Let go of a room."""
        self._users[name] -= 1
        if not self._users[name]:
            del self._users[name]
            self._idle_since[name] = self._clock.monotonic()

    @asynccontextmanager
    async def open(self, name: str, *, create_for: Author | None = None) -> AsyncGenerator[Room]:
        """Enter a room for as long as the context lasts; see `enter`."""
        room = await self.enter(name, create_for)
        try:
            yield room
        finally:
            self.exit(name)

    def hold(self, name: str) -> None:
        """Let nobody open a document until it is released; who comes meanwhile waits."""
        self._held[name] = asyncio.Event()

    def release(self, name: str) -> None:
        """Let a document be opened that was held."""
        if (held := self._held.pop(name, None)) is not None:
            held.set()

    async def _load(self, name: str, create_for: Author | None) -> Room:
        if (held := self._held.get(name)) is not None:
            await held.wait()
        lock = self._locks.setdefault(name, asyncio.Lock())
        async with lock:  # one load at a time: those who come meanwhile wait for it
            room = self._live.get(name)
            if room is not None and not room.tainted:
                return room
            if room is not None:
                await self.log.flushed()
            if create_for is not None:
                await self.log.ensure(name, create_for)
            self._loading[name] = 0  # until it is live: hints and closures must reach it
            try:
                return await self._read(name, room)
            finally:
                del self._loading[name]

    async def _read(self, name: str, room: Room | None) -> Room:
        """Read a document from the log, into the room that it had or a new one."""
        with span("collab.load", doc=name):
            stored = await self.log.load(name)
        if room is None:
            schema = self._schemas[name.partition(":")[0]]
            soon = self._loop.call_soon
            append, flights = self.log.append, self._flights
            room = Room(name, schema, append, self.pacer.wake, soon, self.counts, flights)
            self.nodes.ask([name])
        try:
            self._flights.begin(name, size=sum(map(len, stored.updates)))
            head, retired = stored.head_seq, stored.retired
            room.load(stored.updates, stored.lineage, head, retired, stored.poison)
        except BaseException as error:
            if isinstance(error, Exception) or type(error).__name__ == "PanicException":
                raise Unavailable(
                    f"document {name} cannot be read", hint="restore it from a backup"
                ) from error
            raise
        finally:
            self._flights.end()
        if room.replica.may_have_halves:
            room.replica.know_halves(await halves_of(room.doc.get_update()))
        self._live[name] = room
        room.heads.saw(self._loading[name])
        if room.heads.has_gap:
            self.wake(room)
        self._folding.loaded(room, stored.snap_seq)
        return room

    async def heal(self, room: Room) -> None:
        """Read a tainted room anew from the log."""
        if room.tainted:
            LOG.warning("room reloads", extra={"doc": room.name})
            self.counts.reloads += 1
            await self._load(room.name, None)

    async def read(self, name: str) -> Doc[Any]:
        """Return a copy of a document as it is now, for reading.

        Raises:
            NotFound: There is no such document.
            Unavailable: It cannot be loaded.
        """
        async with self.open(name) as room:
            copy: Doc[Any] = Doc()
            copy.apply_update(room.doc.get_update())
            return copy

    # ---- housekeeping ---------------------------------------------------------------------

    def wake(self, room: Room, *, has_edits: bool = True) -> None:
        """Flush a room as soon as its window allows."""
        self.pacer.wake(room, has_edits=has_edits)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        if self._tasks is None:
            work.close()
        else:
            self._tasks.create_task(work)

    def _committed(self, batch: Sequence[Appended], numbers: Sequence[int | None]) -> None:
        self.nodes.committed(batch, numbers)
        self.followers.tell(entry.doc for entry in batch)

    async def follow(self, name: str, since: int | None = None) -> AsyncGenerator[int]:
        """Yield how far a document has got on disk, each time that it has got further.

        Raises:
            NotFound: There is no such document.
        """
        async with self.open(name):
            head = lambda: room.head_seq if (room := self._live.get(name)) else 0  # noqa: E731
            async for seq in self.followers.follow(name, head, since):
                yield seq

    # ---- other nodes ----------------------------------------------------------------------

    def hint(self, doc: str, seq: int) -> None:
        """Note for a document that is being loaded how far its log has got."""
        if doc in self._loading:
            self._loading[doc] = max(self._loading[doc], seq)

    async def glance(self) -> Glance:
        """Look at the database: bring rooms up to date that are behind, let deleted ones go.

        One query; on SQLite, where no other process writes, it reads only the epoch of access.
        """
        watched = {} if self._is_alone else {n: room.lineage for n, room in self._live.items()}
        found = await self.log.glance(list(watched))
        for name, lineage in watched.items():
            room, head = self._live.get(name), found.heads.get(name)
            if room is None or room.lineage != lineage:
                continue  # it was closed or read anew while we looked
            if head is None:  # deleted by another node; the words are those of a revoked grant
                self._drop(name, NotAllowed.close_code, "access was revoked")
                continue
            if head.lineage != lineage:  # the same name stands for another history now
                self._drop(name, 1012, "the document was replaced")
                continue
            room.heads.saw(head.seq)
            if room.heads.has_gap:
                self.wake(room)
        return found

    async def let_go_of_replaced(self) -> None:
        """Drop the rooms whose documents have another history now, or none.

        For SQLite, where another process writes only to restore a backup.
        """
        for name in {*self._live, *self._loading}:
            async with self._locks[name]:  # after a load that is under way
                room = self._live.get(name)
                if room is None:
                    continue
                lineage = await self.log.lineage(name)
                if lineage is None:
                    self._drop(name, NotAllowed.close_code, "access was revoked")
                elif lineage != room.lineage:
                    self._drop(name, 1012, "the document was replaced")

    # ---- letting go -----------------------------------------------------------------------

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            now = self._clock.monotonic()
            for name, since in list(self._idle_since.items()):
                if self._users.get(name):
                    del self._idle_since[name]
                elif now - since > LINGER_SECONDS:
                    await self._unload(name)
            self._folding.look(self._live.values())

    async def _unload(self, name: str) -> None:
        async with self._locks[name]:
            room = self._live.get(name)
            if self._users.get(name) or (room is not None and room.is_dirty):
                return
            self._idle_since.pop(name, None)
            if room is not None:
                self._folding.look_at_last(room)
                del self._live[name]
                self._close(room)

    async def forget(self, name: str) -> None:
        """Drop the room of a document that was deleted; its sockets close as access is rechecked."""
        room = self._live.pop(name, None)
        if room is not None:
            self._close(room)

    async def evict(self, name: str, code: int, reason: str) -> None:
        """Close every socket that has a document open and let go of it, once all of it is on disk."""
        async with self._locks.setdefault(name, asyncio.Lock()):  # after a load that is under way
            if name in self._live:
                self._drop(name, code, reason)
                await self.log.flushed()

    def _close(self, room: Room) -> None:
        room.close()
        self.pacer.forget(room)
        self._folding.forget(room)

    def _drop(self, name: str, code: int, reason: str) -> None:
        room = self._live.pop(name)
        room.audience.dismiss(code, reason)
        self._close(room)
