"""The rooms of this process: loaded once, kept while they are used, dropped only when clean.

COLD → loading (one at a time per document; a failure refuses the join and says why) → live
     → lingering (nobody is here) → COLD; tainted rooms are read anew from the log.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from multiprocessing import get_context
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

from pycrdt import Doc

from vitrail.collab.compact import fold
from vitrail.collab.log import UpdateLog
from vitrail.collab.room import Room
from vitrail.core.errors import NotFound, Unavailable, VitrailError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping

    from vitrail.collab.entries import Author
    from vitrail.collab.ports import Schema
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database

T = TypeVar("T")
LOG = logging.getLogger(__name__)
LINGER_SECONDS = 30.0
REPAIR_SECONDS = 0.2
SWEEP_SECONDS = 5.0
COMPACT_TAIL = 500


class Rooms:
    """Opens, edits and closes the rooms of this process.

    Args:
        database: Where the log lives.
        clock: For lingering.
        schemas: Rules by kind of document: the part of its name before the colon.
    """

    def __init__(self, database: Database, clock: Clock, schemas: Mapping[str, Schema]) -> None:
        self.log = UpdateLog(database, clock)
        self._clock = clock
        self._schemas = schemas
        self._live: dict[str, Room] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._users: dict[str, int] = {}
        self._idle_since: dict[str, float] = {}
        self._due: dict[Room, tuple[float, asyncio.Handle]] = {}
        self._flushed_at: dict[Room, float] = {}
        self._tasks: asyncio.TaskGroup | None = None
        self._pool: ProcessPoolExecutor | None = None

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[Rooms]:
        """Keep the committer and the sweeper going; at the end all that was accepted is on disk."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            work = [tasks.create_task(self.log.run()), tasks.create_task(self._sweep())]
            try:
                yield self
            finally:
                await self.log.flushed()
                for task in work:
                    task.cancel()
                for room in self._live.values():
                    room.close()
                if self._pool is not None:
                    self._pool.shutdown(cancel_futures=True)

    @property
    def live(self) -> Mapping[str, Room]:
        """The rooms that are loaded, by document."""
        return self._live

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

    async def _load(self, name: str, create_for: Author | None) -> Room:
        lock = self._locks.setdefault(name, asyncio.Lock())
        async with lock:  # one load at a time: those who come meanwhile wait for it
            room = self._live.get(name)
            if room is not None and not room.tainted:
                return room
            if room is not None:
                await self.log.flushed()
            if create_for is not None:
                await self.log.ensure(name, create_for)
            stored = await self.log.load(name)
            if room is None:
                schema = self._schemas[name.partition(":")[0]]
                soon = asyncio.get_running_loop().call_soon
                room = Room(name, schema, self.log.append, self._wake, soon)
            try:
                room.load(stored.updates, stored.lineage, stored.head_seq)
            except BaseException as error:
                if isinstance(error, Exception) or type(error).__name__ == "PanicException":
                    raise Unavailable(
                        f"document {name} cannot be read", hint="restore it from a backup"
                    ) from error
                raise
            self._live[name] = room
            if stored.tail > COMPACT_TAIL and self._tasks is not None:
                self._tasks.create_task(self._compact(name, stored.head_seq, list(stored.updates)))
            return room

    async def heal(self, room: Room) -> None:
        """Read a tainted room anew from the log."""
        if room.tainted:
            LOG.warning("room reloads", extra={"doc": room.name})
            await self._load(room.name, None)

    async def _compact(self, name: str, seq: int, updates: list[bytes]) -> None:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        loop = asyncio.get_running_loop()
        try:
            snapshot = await loop.run_in_executor(self._pool, fold, updates)
            if snapshot is None:
                LOG.error("snapshot could not be verified and was not used", extra={"doc": name})
            else:
                await self.log.put_snapshot(name, seq, snapshot)
        except Exception:
            LOG.exception("compaction failed; the log is untouched", extra={"doc": name})

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
        durable: asyncio.Future[int] = asyncio.get_running_loop().create_future()
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
        loop = asyncio.get_running_loop()
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

    def _wake(self, room: Room, *, has_edits: bool) -> None:
        """Flush a room as soon as its window allows: at once after a pause."""
        loop = asyncio.get_running_loop()
        wait = room.window.seconds(len(room.members), has_edits=has_edits)
        due = self._flushed_at.get(room, 0.0) + wait
        planned = self._due.get(room)
        if planned is not None:
            if planned[0] <= due:
                return
            planned[1].cancel()  # an edit does not wait for the wider window of presence
        self._due[room] = (due, loop.call_at(due, self._flush, room))

    def _flush(self, room: Room) -> None:
        self._due.pop(room, None)
        self._flushed_at[room] = asyncio.get_running_loop().time()
        started = perf_counter()
        room.flush()
        room.window.learn(perf_counter() - started)
        if room.repair_due:
            asyncio.get_running_loop().call_later(REPAIR_SECONDS, self._repair, room)

    def _repair(self, room: Room) -> None:
        if room.tainted or self._live.get(room.name) is not room:
            return
        try:
            room.repair()
        except VitrailError:
            LOG.exception("repair was refused", extra={"doc": room.name})

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            now = self._clock.monotonic()
            for name, since in list(self._idle_since.items()):
                if self._users.get(name):
                    del self._idle_since[name]
                elif now - since > LINGER_SECONDS:
                    await self._unload(name)

    async def _unload(self, name: str) -> None:
        async with self._locks[name]:
            room = self._live.get(name)
            if self._users.get(name) or (room is not None and room.is_dirty):
                return
            self._idle_since.pop(name, None)
            if room is not None:
                del self._live[name]
                self._close(room)

    async def forget(self, name: str) -> None:
        """Drop the room of a document that was deleted."""
        room = self._live.pop(name, None)
        if room is not None:
            self._close(room)

    def _close(self, room: Room) -> None:
        room.close()
        self._flushed_at.pop(room, None)


def _resolve(future: asyncio.Future[int]) -> Callable[[int | None], None]:
    def done(seq: int | None) -> None:
        if future.done():
            return
        if seq is None:
            future.set_exception(NotFound("the document was deleted"))
        else:
            future.set_result(seq)

    return done
