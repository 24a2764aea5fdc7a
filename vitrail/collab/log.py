"""The append-only log: one writer per process commits all that queued while the last commit ran.

1. An update is acknowledged only after the transaction that holds it has committed.
2. The sequence of a document has no gaps, and its order is the order of commits: the row of the
   document is locked while its numbers are taken.
3. A failed commit keeps its batch and is tried again: nothing that was appended is dropped.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from vitrail.collab import poison, tables as t
from vitrail.collab.postgres_writer import PostgresWriter
from vitrail.collab.sqlite_writer import SqliteWriter
from vitrail.collab.stored import Stored, read
from vitrail.core import tables as core
from vitrail.core.histogram import SECONDS, Histogram
from vitrail.core.ids import new_id
from vitrail.core.tracing import span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.collab.entries import Appended, Author
    from vitrail.collab.poison import Dose
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database

LOG = logging.getLogger(__name__)
# What is not on disk yet: so much is written within a second.
MAX_BACKLOG_BYTES, MAX_BACKLOG = 64 << 20, 40_000
MAX_BATCH = 2000
# Between the beginnings of two commits; the first after a pause begins at once. Without it small
# commits take much of the processor; more than this is felt in the acknowledgement.
LEAST_SECONDS = 0.003
BATCHES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, MAX_BATCH)
MAX_TAIL = 1000  # updates that are read at once for a document that is open
RETRY_SECONDS = (0.05, 0.2, 1.0, 3.0)


@dataclass(frozen=True, slots=True)
class Head:
    """How far a document's log has got, and which history it is."""

    seq: int
    lineage: str


@dataclass(frozen=True, slots=True)
class Glance:
    """The state of things in the database, at one moment.

    Attributes:
        epoch: Grows with every change of who may do what.
        heads: Of the documents that were asked for and exist.
    """

    epoch: int
    heads: Mapping[str, Head]


# What those who open documents look at again and again, in one round trip.
GLANCE = text(
    "SELECT id, head_seq, lineage FROM collab_doc WHERE id = ANY(:names)"
    " UNION ALL SELECT '', epoch, '' FROM access_epoch"
)


class UpdateLog:
    """The log of this process. `append` never waits; `run` commits.

    Args:
        database: Where it lives.
        clock: For the dates of updates.
        on_commit: Called after a commit with what it held and the number of each entry's first
            update, or None where the document was deleted before.

    Attributes:
        healthy: Whether the last try to commit succeeded.
        backlog: How many updates are not on disk yet.
        backlog_bytes: How large they are.
        has_room: Whether writers may go on: not when a second's worth of writing is to be done.
        commit_seconds: How long commits took, each counted once.
        batches: How many updates they held.
        failures: Tries that failed.
        committed_at: When the last one succeeded, on the loop's clock; 0 before the first.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        on_commit: Callable[[Sequence[Appended], Sequence[int | None]], None] = lambda _b, _n: None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._on_commit = on_commit
        writer = SqliteWriter if database.is_sqlite else PostgresWriter
        self._writer = writer(database.url)
        self._queue: list[Appended] = []
        self._woken = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._idle = asyncio.Event()
        self._idle.set()
        self.healthy = True
        self.backlog = self.backlog_bytes = 0
        self.has_room = True
        self.commit_seconds = Histogram(SECONDS)
        self.batches = Histogram(BATCHES)
        self.failures = 0
        self.committed_at = 0.0
        self._waiting_since = 0.0

    def append(self, entry: Appended) -> None:
        """Queue updates for the next commit."""
        if not self._queue:
            self._waiting_since = asyncio.get_running_loop().time()
            self._woken.set()
            self._idle.clear()
        self._queue.append(entry)
        self.backlog += len(entry.updates)
        self.backlog_bytes += entry.size
        if self.backlog_bytes > MAX_BACKLOG_BYTES or self.backlog > MAX_BACKLOG:
            self.has_room = False
            self._room.clear()

    @property
    def unacknowledged_seconds(self) -> float:
        """For how long the oldest of them has waited; those who made it were told nothing yet."""
        return asyncio.get_running_loop().time() - self._waiting_since if self._queue else 0.0

    async def wait_for_room(self) -> None:
        """Wait while too much is not on disk: writers are read no further."""
        await self._room.wait()

    async def flushed(self) -> None:
        """Wait until all that was appended is on disk."""
        await self._idle.wait()

    async def run(self) -> None:
        """Commit until cancelled."""
        try:
            await self._run()
        finally:
            await self._writer.close()

    async def _run(self) -> None:
        tries = 0
        loop = asyncio.get_running_loop()
        started = 0.0
        while True:
            if not self._queue:
                self._idle.set()
                self._woken.clear()
                await self._woken.wait()
            pause = started + LEAST_SECONDS - loop.time()
            if pause > 0:
                await asyncio.sleep(pause)
            started = loop.time()
            batch, count = self._next()
            try:
                with span("collab.commit", updates=count):
                    numbers = await self._commit(batch)
            except (SQLAlchemyError, OSError):
                LOG.exception("log commit failed", extra={"batch": count, "tries": tries})
                self.healthy = False
                self.failures += 1
                await asyncio.sleep(RETRY_SECONDS[min(tries, len(RETRY_SECONDS) - 1)])
                tries += 1
                continue
            tries, self.healthy = 0, True
            self.committed_at = loop.time()
            self.commit_seconds.observe(self.committed_at - started)
            self.batches.observe(count)
            self.backlog -= count
            del self._queue[: len(batch)]
            if count < MAX_BATCH:
                self._waiting_since = started  # what is left came while this commit ran
            self.backlog_bytes -= sum(entry.size for entry in batch)
            if self.backlog_bytes < MAX_BACKLOG_BYTES // 2 and self.backlog < MAX_BACKLOG // 2:
                self.has_room = True
                self._room.set()
            _tell(batch, numbers)
            self._on_commit(batch, numbers)
            batch.clear()  # kept here until the next edit, it would keep its room in memory

    def _next(self) -> tuple[list[Appended], int]:
        """Return what the next commit takes, and how many updates that is: `MAX_BATCH`, or all."""
        if self.backlog <= MAX_BATCH:
            return self._queue.copy(), self.backlog
        found = 0
        for place, entry in enumerate(self._queue, 1):
            found += len(entry.updates)
            if found >= MAX_BATCH:
                return self._queue[:place], found
        raise AssertionError("the backlog counts what is in the queue")

    async def _commit(self, batch: Sequence[Appended]) -> list[int | None]:
        async with self._database.turn():
            return await self._writer.commit(batch, self._clock.now())

    async def create(
        self, sql: AsyncConnection, name: str, author: Author, seed: bytes | None = None
    ) -> None:
        """Create a document in the transaction at hand, with its first update if there is one."""
        now = self._clock.now()
        await sql.execute(
            insert(t.doc).values(
                id=name,
                lineage=new_id(self._clock),
                head_seq=0 if seed is None else 1,
                snap_seq=0,
                created_at=now,
            )
        )
        if seed is not None:
            await sql.execute(
                insert(t.update).values(
                    doc_id=name,
                    seq=1,
                    at=now,
                    actor_id=author.actor_id,
                    actor_kind=author.kind,
                    payload=seed,
                )
            )

    async def ensure(self, name: str, author: Author) -> None:
        """Create an empty document unless it exists; two who race both succeed."""
        if await self._database.fetch(select(t.doc.c.id).where(t.doc.c.id == name)):
            return
        try:
            async with self._database.write() as sql:
                await self.create(sql, name, author)
        except IntegrityError:
            LOG.debug("somebody else made the document", extra={"doc": name})

    async def drop(self, sql: AsyncConnection, names: Sequence[str]) -> None:
        """Delete documents with their history."""
        # Locked first, in the order of every writer, so that a commit cannot come in between.
        mine = select(t.doc.c.id).where(t.doc.c.id.in_(names)).order_by(t.doc.c.id)
        await sql.execute(mine.with_for_update())
        for table in (t.update, t.snapshot, t.segment, t.version, t.retired):
            await sql.execute(delete(table).where(table.c.doc_id.in_(names)))
        await sql.execute(delete(t.doc).where(t.doc.c.id.in_(names)))

    async def add_poison(self, name: str, doses: Sequence[Dose]) -> None:
        """Keep updates out of a document from now on."""
        async with self._database.write() as sql:
            mine = t.doc.c.id == name
            known = (await sql.execute(select(t.doc.c.poison).where(mine))).scalar_one_or_none()
            found = poison.encode([*poison.decode(known), *doses])
            await sql.execute(update(t.doc).where(mine).values(poison=found))

    async def load(self, name: str) -> Stored:
        """Read a document: the newest snapshot and every update after it.

        Raises:
            NotFound: There is no such document.
            Locked: It is in quarantine.
            Unavailable: The database does not answer, or the log has a hole.
        """
        return await read(self._database, name)

    async def lineage(self, name: str) -> str | None:
        """Return which history a document has; None if there is no such document."""
        rows = await self._database.fetch(select(t.doc.c.lineage).where(t.doc.c.id == name))
        return rows[0].lineage if rows else None

    async def heads(self, names: Sequence[str]) -> dict[str, int]:
        """Return how many updates documents have seen, of those that exist."""
        query = select(t.doc.c.id, t.doc.c.head_seq).where(t.doc.c.id.in_(names))
        return {row.id: row.head_seq for row in await self._database.fetch(query)}

    async def glance(self, names: Sequence[str]) -> Glance:
        """Look how far documents have got, and whether access has changed, in one query.

        Args:
            names: The documents; none on SQLite, where this process is the only one that writes.
        """
        if self._database.is_sqlite:
            found = await self._database.fetch(select(core.access_epoch.c.epoch))
            return Glance(found[0].epoch if found else 0, {})
        rows = await self._database.fetch(GLANCE, {"names": list(names)})
        heads = {row.id: Head(row.head_seq, row.lineage) for row in rows if row.id}
        return Glance(next((row.head_seq for row in rows if not row.id), 0), heads)

    async def tail(self, name: str, after: int) -> list[bytes] | None:
        """Return the updates of a document that follow a number, at most `MAX_TAIL`.

        None if they were packed away meanwhile: the document must be loaded anew.
        """
        query = (
            select(t.update.c.seq, t.update.c.payload)
            .where(t.update.c.doc_id == name, t.update.c.seq > after)
            .order_by(t.update.c.seq)
            .limit(MAX_TAIL)
        )
        rows = await self._database.fetch(query)
        if rows and rows[0].seq != after + 1:
            return None
        return [row.payload for row in rows]


def _tell(batch: Sequence[Appended], numbers: Sequence[int | None]) -> None:
    for entry, number in zip(batch, numbers, strict=True):
        entry.on_durable(number)
