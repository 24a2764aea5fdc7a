"""The rooms of this process: loaded once, kept while they are used, dropped only when clean.

COLD → loading (one at a time per document; a failure refuses the join and says why) → live
     → lingering (nobody is here) → COLD; tainted rooms are read anew from the log.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from contextlib import asynccontextmanager
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from pycrdt import Doc
from sqlalchemy.exc import SQLAlchemyError

from vitrail.collab.bus import NoBus
from vitrail.collab.compactor import CLOSED_TAIL_UPDATES, TAIL_BYTES, TAIL_UPDATES, Compactor
from vitrail.collab.counts import Counts
from vitrail.collab.flight import Unrecorded
from vitrail.collab.history import History
from vitrail.collab.log import UpdateLog
from vitrail.collab.nodes import Nodes
from vitrail.collab.quotas import Quotas
from vitrail.collab.retention import Retention
from vitrail.collab.room import Room
from vitrail.collab.worker import Worker
from vitrail.core.errors import NotAllowed, NotFound, Unavailable, VitrailError
from vitrail.core.tracing import span

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Collection, Coroutine, Mapping

    from vitrail.collab.bus import Bus
    from vitrail.collab.entries import Author
    from vitrail.collab.flight import Flights
    from vitrail.collab.log import Glance
    from vitrail.collab.ports import Schema
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database

T = TypeVar("T")
LOG = logging.getLogger(__name__)
CHANCE = secrets.SystemRandom()
LINGER_SECONDS = 30.0
REPAIR_SECONDS = 0.2
SWEEP_SECONDS = 2.0
# How long an update may be late before the log is read for it: those of two nodes cross.
GAP_SECONDS = 0.01
# A document to which so many updates come between two sweeps is folded later, when its tail is so many
# times as long: folding takes from the processor what its people need now.
BUSY_UPDATES, BUSY_PATIENCE = 1000, 50
FLUSH_SECONDS = (
    20.0  # at the end, when the database does not answer: nothing of it was acknowledged
)


class Rooms:
    """Opens, edits and closes the rooms of this process.

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
        self.log = UpdateLog(database, clock, self.nodes.committed)
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
        self._due: dict[Room, tuple[float, asyncio.Handle]] = {}
        self._flushed_at: dict[Room, float] = {}
        self._loading: dict[str, int] = {}
        self._catching_up: set[Room] = set()
        self._loop: asyncio.AbstractEventLoop  # from `running`
        self._tasks: asyncio.TaskGroup | None = None
        self._folded: dict[Room, tuple[int, int]] = {}
        self._swept: WeakKeyDictionary[Room, int] = WeakKeyDictionary()
        self._flights = flights or Unrecorded()
        self._held: dict[str, asyncio.Event] = {}

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[Rooms]:
        """Keep the committer and the sweeper going; at the end all that was accepted is on disk."""
        self._loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            work = [
                tasks.create_task(self.log.run()),
                tasks.create_task(self._sweep()),
                tasks.create_task(self.nodes.run()),
                tasks.create_task(self._compactor.run()),
                tasks.create_task(self._retention.run()),
            ]
            try:
                yield self
            finally:
                try:
                    async with asyncio.timeout(FLUSH_SECONDS):
                        await self.log.flushed()
                except TimeoutError:
                    LOG.exception("edits that nobody was told are safe could not be stored")
                self._tasks = None
                for task in work:
                    task.cancel()
                for room in self._live.values():
                    room.close()
                await self._worker.close()

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
            self._loading[name] = 0
            try:
                with span("collab.load", doc=name):
                    stored = await self.log.load(name)
            finally:
                known = self._loading.pop(name)
            if room is None:
                schema = self._schemas[name.partition(":")[0]]
                soon = self._loop.call_soon
                append, flights = self.log.append, self._flights
                room = Room(name, schema, append, self.wake, soon, self.counts, flights)
                self.nodes.ask([name])
            try:
                self._flights.begin(name)
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
            self._live[name] = room
            room.heads.saw(known)
            if room.heads.has_gap:
                self.wake(room)
            self._folded[room] = (stored.snap_seq, room.logged_bytes)
            return room

    async def heal(self, room: Room) -> None:
        """Read a tainted room anew from the log."""
        if room.tainted:
            LOG.warning("room reloads", extra={"doc": room.name})
            self.counts.reloads += 1
            await self._load(room.name, None)

    # ---- editing --------------------------------------------------------------------------

    async def edit(
        self, names: list[str], author: Author, change: Callable[[list[Doc[Any]]], T]
    ) -> tuple[T, int]:
        """Run an edit of the server on live documents and wait until it is on disk.

        Args:
            names: Documents to edit; the first one's sequence number is returned.
            author: Who the log names.
            change: Gets the documents in order and makes the edit without waiting.

        Returns:
            What `change` returned, and the first document's sequence number after it.

        Raises:
            VitrailError: The edit was refused; nothing of it is kept.
        """
        await self.log.wait_for_room()
        if not names:
            raise AssertionError("an edit needs a document")
        async with self.open(names[0]) as first:
            if len(names) == 1:
                return await self._edit_one(first, author, lambda doc: change([doc]))
            async with self.open(names[1]) as second:
                return await self._edit_two(first, second, author, change)

    async def _edit_one(
        self, room: Room, author: Author, change: Callable[[Doc[Any]], T]
    ) -> tuple[T, int]:
        durable: asyncio.Future[int] = self._loop.create_future()
        try:
            result = room.edit(author, change, _resolve(durable))
        except BaseException:
            room.tainted = True
            await self.heal(room)
            raise
        return result, await durable

    async def _edit_two(
        self, first: Room, second: Room, author: Author, change: Callable[[list[Doc[Any]]], T]
    ) -> tuple[T, int]:
        loop = self._loop
        durable: asyncio.Future[int] = loop.create_future()
        other: asyncio.Future[int] = loop.create_future()

        def both(doc: Doc[Any]) -> T:
            return second.edit(author, lambda site: change([doc, site]), _resolve(other))

        try:
            result = first.edit(author, both, _resolve(durable))
        except BaseException:
            first.tainted = second.tainted = True
            await self.heal(first)
            await self.heal(second)
            raise
        await other
        return result, await durable

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
        """Flush a room as soon as its window allows: at once after a pause."""
        loop = self._loop
        wait = room.window.seconds(len(room.members), has_edits=has_edits)
        due = self._flushed_at.get(room, 0.0) + wait
        planned = self._due.get(room)
        if planned is not None:
            if planned[0] <= due:
                return
            planned[1].cancel()  # an edit does not wait for the wider window of presence
        # At once is not a timer: it costs less, and comes after all that is being read now.
        is_due = due <= loop.time()
        handle = (
            loop.call_soon(self._flush, room) if is_due else loop.call_at(due, self._flush, room)
        )
        self._due[room] = (due, handle)

    def _flush(self, room: Room) -> None:
        self._due.pop(room, None)
        self._flushed_at[room] = self._loop.time()
        started = perf_counter()
        room.flush()
        room.window.learn(perf_counter() - started)
        self.nodes.tell_presence(room)
        if room.tainted:
            self._start(self._heal_quietly(room))
        elif room.heads.has_gap and room not in self._catching_up:
            self._catching_up.add(room)
            self._loop.call_later(GAP_SECONDS, self._catch_up_soon, room)
        if room.repair_due:
            # Nodes that see the same conflict should not all repair it at once.
            share = CHANCE.random() if self.nodes.others else 0
            self._loop.call_later(REPAIR_SECONDS * (1 + 5 * share), self._repair, room)

    def _repair(self, room: Room) -> None:
        if room.tainted or self._live.get(room.name) is not room:
            return
        try:
            room.repair()
        except VitrailError:
            LOG.exception("repair was refused", extra={"doc": room.name})

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        if self._tasks is None:
            work.close()
        else:
            self._tasks.create_task(work)

    async def _heal_quietly(self, room: Room) -> None:
        """Heal a room that nobody asks for at this moment; whoever asks next is told why it fails."""
        if self._live.get(room.name) is room:
            with contextlib.suppress(VitrailError):
                await self.heal(room)

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
                if room is not None and await self.log.lineage(name) != room.lineage:
                    self._drop(name, 1012, "the document was replaced")

    def _catch_up_soon(self, room: Room) -> None:
        if room.heads.has_gap and self._tasks is not None:
            self._start(self._catch_up(room))
        else:
            self._catching_up.discard(room)

    async def _catch_up(self, room: Room) -> None:
        """Read from the log what has not come: one reader for each room."""
        try:
            while room.heads.has_gap and not room.tainted and self._live.get(room.name) is room:
                after = room.head_seq
                updates = await self.log.tail(room.name, after)
                if updates is None:
                    room.tainted = True
                    self.wake(room)
                    break
                self.counts.gaps += 1
                self.counts.repaired += len(updates)
                room.receive_remote(after + 1, updates)
                if room.head_seq == after:
                    LOG.warning("the log has less than it said", extra={"doc": room.name})
                    break
        except (SQLAlchemyError, OSError) as error:
            LOG.warning("the log cannot be read; tried again: %s", error)
        finally:
            self._catching_up.discard(room)

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
            self._fold_long_tails()

    def _fold_long_tails(self) -> None:
        """Fold documents that have grown: once they are calm, or have grown very much."""
        for room in self._live.values():
            seq, logged = self._folded[room]
            came, self._swept[room] = room.head_seq - self._swept.get(room, 0), room.head_seq
            patience = 1 if came < BUSY_UPDATES else BUSY_PATIENCE
            if (
                room.head_seq - seq > TAIL_UPDATES * patience
                or room.logged_bytes - logged > TAIL_BYTES * patience
            ):
                self._fold(room)

    def _fold(self, room: Room) -> None:
        """Have a room's document folded, as far as its log has got."""
        self._folded[room] = (room.head_seq, room.logged_bytes)
        self._compactor.ask(room.name)

    async def _unload(self, name: str) -> None:
        async with self._locks[name]:
            room = self._live.get(name)
            if self._users.get(name) or (room is not None and room.is_dirty):
                return
            self._idle_since.pop(name, None)
            if room is not None:
                if room.head_seq - self._folded[room][0] > CLOSED_TAIL_UPDATES:
                    self._fold(room)
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
        self._flushed_at.pop(room, None)
        self._folded.pop(room, None)

    def _drop(self, name: str, code: int, reason: str) -> None:
        room = self._live.pop(name)
        room.dismiss(code, reason)
        self._close(room)


def _resolve(future: asyncio.Future[int]) -> Callable[[int | None], None]:
    def done(seq: int | None) -> None:
        if future.done():
            return
        if seq is None:
            future.set_exception(NotFound("the document was deleted"))
        else:
            future.set_result(seq)

    return done
