"""What every database must do for the log."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text
from sqlalchemy.util import await_only

from vitrail.collab import archive, log as log_module, tables as t
from vitrail.collab.compact import Folded, shrink
from vitrail.collab.entries import Appended, Author, Update
from vitrail.collab.log import UpdateLog
from vitrail.core.clock import SystemClock
from vitrail.core.database import Database
from vitrail.core.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

SOMEBODY = Author("somebody", "person")
LINEAGE = "the one history"


@pytest.fixture(autouse=True)
def one_lineage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "new_id", lambda _clock: LINEAGE)


class Writer:
    """A node's log, and what it was told about each update."""

    def __init__(self, database: Database) -> None:
        self.commits: list[tuple[list[str], list[int | None]]] = []
        self.log = UpdateLog(database, SystemClock(), self._committed)
        self.told: dict[bytes, int | None] = {}

    def _committed(self, batch: Sequence[Appended], numbers: Sequence[int | None]) -> None:
        self.commits.append(([entry.doc for entry in batch], list(numbers)))

    def append(self, doc: str, payload: bytes) -> None:
        def note(seq: int | None) -> None:
            self.told[payload] = seq

        self.log.append(Appended(doc, [Update(payload, SOMEBODY)], note, LINEAGE, len(payload)))


@asynccontextmanager
async def writing(*databases: Database) -> AsyncGenerator[list[Writer]]:
    writers = [Writer(database) for database in databases]
    async with asyncio.TaskGroup() as tasks:
        work = [tasks.create_task(writer.log.run()) for writer in writers]
        try:
            yield writers
        finally:
            for task in work:
                task.cancel()


async def rows(database: Database, doc: str) -> dict[int, bytes]:
    query = select(t.update.c.seq, t.update.c.payload).where(t.update.c.doc_id == doc)
    async with database.read() as sql:
        return {row.seq: row.payload for row in await sql.execute(query.order_by(t.update.c.seq))}


async def test_updates_get_the_numbers_of_their_order(log_database):
    async with writing(log_database) as [writer]:
        for doc in ("doc:a", "doc:b"):
            await writer.log.ensure(doc, SOMEBODY)
        for number in range(50):
            writer.append("doc:b" if number % 3 else "doc:a", b"%d" % number)
        await writer.log.flushed()
        for doc, numbers in (
            ("doc:a", range(0, 50, 3)),
            ("doc:b", [n for n in range(50) if n % 3]),
        ):
            payloads = [b"%d" % number for number in numbers]
            assert await rows(log_database, doc) == dict(enumerate(payloads, 1))
            assert [writer.told[p] for p in payloads] == list(range(1, len(payloads) + 1))
            stored = await writer.log.load(doc)
            assert (stored.head_seq, stored.updates) == (len(payloads), payloads)
            assert await writer.log.tail(doc, 10) == payloads[10:]
        async with log_database.read() as sql:
            authors = await sql.execute(
                select(t.update.c.actor_id, t.update.c.actor_kind).distinct()
            )
            assert [tuple(row) for row in authors] == [("somebody", "person")]


async def test_a_commit_is_told_once_after_it_is_there(log_database):
    async with writing(log_database) as [writer]:
        await writer.log.ensure("doc:a", SOMEBODY)
        for number in range(100):
            writer.append("doc:a", b"%d" % number)
        await writer.log.flushed()
        assert sum(len(numbers) for _, numbers in writer.commits) == 100
        assert len(writer.commits) <= 2  # what queued while the first was under way
        assert [n for _, numbers in writer.commits for n in numbers] == list(range(1, 101))


async def test_two_writers_leave_no_hole_and_share_no_number(log_database):
    docs = ("doc:a", "doc:b", "doc:c")
    async with Database(log_database.url) as second, writing(log_database, second) as writers:
        for doc in docs:
            await asyncio.gather(*(writer.log.ensure(doc, SOMEBODY) for writer in writers))
        for number in range(40):
            for which, writer in enumerate(writers):
                for doc in docs if which else reversed(docs):
                    writer.append(doc, f"{which} {doc} {number}".encode())
            if number % 8 == 7:
                await asyncio.gather(*(writer.log.flushed() for writer in writers))
        await asyncio.gather(*(writer.log.flushed() for writer in writers))
        for doc in docs:
            stored = await rows(log_database, doc)
            assert list(stored) == list(range(1, 81))
            told = {payload: seq for writer in writers for payload, seq in writer.told.items()}
            assert {told[payload]: payload for payload in stored.values()} == stored
            for which in range(2):  # each writer's own order is kept
                mine = [p for p in stored.values() if p.startswith(b"%d" % which)]
                assert mine == [f"{which} {doc} {number}".encode() for number in range(40)]


async def test_a_deleted_document_takes_nothing_more_and_holds_nobody_up(log_database):
    async with writing(log_database) as [writer]:
        for doc in ("doc:gone", "doc:kept"):
            await writer.log.ensure(doc, SOMEBODY)
        async with log_database.write() as sql:
            await writer.log.drop(sql, ["doc:gone"])
        writer.append("doc:gone", b"late")
        writer.append("doc:kept", b"kept")
        await writer.log.flushed()
        assert writer.told == {b"late": None, b"kept": 1}
        assert await rows(log_database, "doc:gone") == {}
        with pytest.raises(NotFound):
            await writer.log.load("doc:gone")


async def test_a_glance_tells_of_access_and_of_documents_that_exist(log_database):
    async with writing(log_database) as [writer]:
        await writer.log.ensure("doc:a", SOMEBODY)
        writer.append("doc:a", b"x")
        await writer.log.flushed()
        glance = await writer.log.glance(["doc:a", "doc:none"])
        assert glance.epoch == 0
        if log_database.is_sqlite:
            assert glance.heads == {}
        else:
            stored = await writer.log.load("doc:a")
            assert glance.heads == {"doc:a": log_module.Head(1, stored.lineage)}


@pytest.mark.postgres
async def test_a_connection_that_breaks_loses_nothing(postgres_url, monkeypatch):
    monkeypatch.setattr(log_module, "RETRY_SECONDS", (0.0,))
    cut = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND query LIKE '%INSERT INTO collab_update%'"
        " AND pid <> pg_backend_pid()"
    )
    async with Database(postgres_url) as database, writing(database) as [writer]:
        await writer.log.ensure("doc:a", SOMEBODY)
        cuts = 0
        for number in range(60):
            writer.append("doc:a", b"%d" % number)
            if number % 10 == 5:
                async with database.write() as sql:
                    cuts += len((await sql.execute(cut)).all())
            if number % 3:
                await writer.log.flushed()
        await writer.log.flushed()
        assert cuts
        stored = await rows(database, "doc:a")
        assert list(stored) == list(range(1, len(stored) + 1))
        assert {b"%d" % number for number in range(60)} == set(stored.values())
        assert all(stored[seq] == payload for payload, seq in writer.told.items() if seq)
        assert writer.log.healthy


def folded(update: bytes) -> Folded:
    return Folded(*shrink(update), b"", None)


async def test_a_document_is_read_as_of_one_moment_while_it_is_compacted(log_database, monkeypatch):
    async with writing(log_database) as [writer]:
        await writer.log.ensure("doc:a", SOMEBODY)
        for number in range(4):
            writer.append("doc:a", b"%d" % number)
        await writer.log.flushed()

        async def put_snapshot(before: int, seq: int, update: bytes) -> None:
            async with log_database.write() as sql:
                assert await archive.put_snapshot(sql, "doc:a", before, seq, folded(update))

        await put_snapshot(0, 2, b"two")
        compacted = False
        look, loop = log_database.look, asyncio.get_running_loop()

        def wait(work):
            if log_database.is_sqlite:  # in a thread beside the loop, else in the loop itself
                return asyncio.run_coroutine_threadsafe(work, loop).result()
            return await_only(work)

        async def slow(call):
            def watched(sql):
                def then_compact(query):
                    nonlocal compacted
                    found = sql.execute(query)
                    if not compacted:
                        compacted = True
                        wait(put_snapshot(2, 3, b"three"))
                    return found

                return call(SimpleNamespace(execute=then_compact))

            return await look(watched)

        monkeypatch.setattr(log_database, "look", slow)
        assert (await writer.log.load("doc:a")).updates == [b"two", b"2", b"3"]
        assert compacted
        assert (await writer.log.load("doc:a")).updates == [b"three", b"3"]
