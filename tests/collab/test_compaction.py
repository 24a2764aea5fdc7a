"""Compaction: quick to load, small on disk, and wherever it is cut off, nothing is lost."""

from __future__ import annotations

import asyncio
import os
import select
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
import sqlalchemy as sa

from tests.clock import HandClock
from tests.collab.driver import compact
from tests.collab.past import ROOTS, Scribe, content, some_history, store
from tests.forks import FORKS
from vitrail.collab import compactor as compactor_module, tables as t
from vitrail.collab.compactor import MARGIN, Compactor
from vitrail.collab.entries import Author
from vitrail.collab.history import History
from vitrail.collab.log import UpdateLog
from vitrail.collab.retention import Retention
from vitrail.collab.rooms import Rooms
from vitrail.collab.worker import Worker
from vitrail.core.clock import SystemClock
from vitrail.core.database import Database
from vitrail.core.migrate import migrate
from vitrail.server.schemas import schemas

NAME = "page:past"
SOMEBODY = Author("ada", "person")
STEPS = ("read", "folded", "snapshot", "segment", "dropped", "committed")


@asynccontextmanager
async def compacting(database: Database):
    compactor = Compactor(database, schemas())
    try:
        yield compactor
    finally:
        await compactor._worker.close()


@asynccontextmanager
async def looking_back(database: Database):
    worker = Worker()
    try:
        yield History(database, SystemClock(), worker)
    finally:
        await worker.close()


async def count(database: Database, table) -> int:
    async with database.read() as sql:
        query = sa.select(sa.func.count()).select_from(table).where(table.c.doc_id == NAME)
        return (await sql.execute(query)).scalar_one()


async def loaded(database: Database):
    stored = await UpdateLog(database, SystemClock()).load(NAME)
    return content(*stored.updates)


async def check_moments(history: History, entries, step: int) -> None:
    payloads = [entry.payload for entry in entries]
    for seq in [*range(0, len(entries), step), len(entries)]:
        found = await history.moment(NAME, seq)
        assert (found.seq, content(found.state)) == (seq, content(*payloads[:seq]))


async def test_a_compacted_document_loads_from_its_snapshot_and_keeps_every_moment(
    log_database, monkeypatch
):
    monkeypatch.setattr(compactor_module, "MAX_ROWS", 700)
    entries = some_history(2000)
    await store(log_database, NAME, entries)
    async with compacting(log_database) as compactor, looking_back(log_database) as history:
        before = await history.sessions(NAME, limit=1000)
        await compactor.compact(NAME)
        stored = await UpdateLog(log_database, SystemClock()).load(NAME)
        assert (len(stored.updates), stored.snap_seq) == (1, 2000)
        assert content(*stored.updates) == content(*(entry.payload for entry in entries))
        assert await count(log_database, t.update) == MARGIN
        assert await count(log_database, t.segment) <= 3
        await check_moments(history, entries, 173)
        assert await history.sessions(NAME, limit=1000) == before
        touched = await history.touched(NAME, ROOTS)
        for key, (seq, at, actor, _) in touched["nodes"].items():
            entry = entries[seq - 1]
            assert (entry.at, entry.actor_id) == (at, actor), key
        shown, following = await history.sessions(NAME, limit=3)
        others, _ = await history.sessions(NAME, before=following, limit=1000)
        assert [*shown, *others] == before[0]


async def test_two_nodes_that_compact_at_once_leave_one_history(log_database):
    entries = some_history(900)
    await store(log_database, NAME, entries)
    async with (
        Database(log_database.url) as second,
        compacting(log_database) as one,
        compacting(second) as other,
        looking_back(log_database) as history,
    ):
        await asyncio.gather(one.compact(NAME), other.compact(NAME))
        assert await count(log_database, t.snapshot) == 1
        await check_moments(history, entries, 450)


async def test_a_process_killed_at_any_step_loses_nothing(tmp_path):
    entries = some_history(400)
    whole = content(*(entry.payload for entry in entries))
    urls = {step: f"sqlite+aiosqlite:///{tmp_path / step}.db" for step in STEPS}
    dying = []
    for step, url in urls.items():
        async with Database(url) as database:
            await migrate(database)
            await store(database, NAME, entries)
        dying.append(FORKS.Process(target=compact, args=(url, NAME, step)))
        dying[-1].start()
    for process in dying:
        process.join()
    assert [process.exitcode for process in dying] == [-9] * len(STEPS)
    worker = Worker()
    for step, url in urls.items():
        async with Database(url) as database:
            assert await count(database, t.snapshot) == (step == "committed")
            assert await loaded(database) == whole
            compactor = Compactor(database, schemas())
            compactor._worker = worker
            await compactor.compact(NAME)
            assert await loaded(database) == whole
            await check_moments(History(database, SystemClock(), worker), entries, 150)
    await worker.close()


@pytest.mark.parametrize(
    "damage", [sa.update(t.snapshot).values(payload=b"nonsense"), sa.delete(t.snapshot)]
)
async def test_a_damaged_or_lost_snapshot_is_made_up_for(log_database, damage):
    entries = some_history(900)
    await store(log_database, NAME, entries)
    async with compacting(log_database) as compactor:
        await compactor.compact(NAME)
    async with log_database.write() as sql:
        await sql.execute(damage)
    assert await loaded(log_database) == content(*(entry.payload for entry in entries))


async def test_old_details_go_and_named_moments_stay(log_database):
    entries = some_history(900)
    payloads = [entry.payload for entry in entries]
    await store(log_database, NAME, entries)
    clock, worker = HandClock(), Worker()
    clock.move(days=3650)
    async with compacting(log_database) as compactor, looking_back(log_database) as history:
        await compactor.compact(NAME)
        await history.keep_version(NAME, "named", SOMEBODY, label="Before", seq=400)
        await history.keep_version(NAME, "publish", SOMEBODY, seq=300)
        retention = Retention(log_database, clock, worker, 30)
        assert await retention.thin_out() == 1
        assert await retention.thin_out() == 0
        await worker.close()
        assert [version.label for version in await history.versions(NAME)] == ["Before"]
        exact = await history.moment(NAME, 400)
        assert (exact.seq, content(exact.state)) == (400, content(*payloads[:400]))
        thinned = await history.moment(NAME, 401)
        assert (thinned.seq, content(thinned.state)) == (400, content(*payloads[:400]))
        assert await loaded(log_database) == content(*payloads)
        assert sum(s.edits for s in (await history.sessions(NAME, limit=9999))[0]) == 900


async def test_a_node_that_is_far_behind_reads_the_document_anew(log_database):
    entries = some_history(900)
    await store(log_database, NAME, entries)
    log = UpdateLog(log_database, SystemClock())
    assert await log.tail(NAME, 10) is not None
    async with compacting(log_database) as compactor:
        await compactor.compact(NAME)
    assert await log.tail(NAME, 10) is None
    assert await log.tail(NAME, 890) == [entry.payload for entry in entries[890:]]


async def test_a_node_dragged_about_leaves_a_small_document(log_database):
    scribe = Scribe()
    for number in range(5000):
        scribe.edit("ada", 0, "dragged", number, after=16)
    await store(log_database, NAME, scribe.entries)
    async with compacting(log_database) as compactor:
        await compactor.compact(NAME)
    async with log_database.read() as sql:
        sizes = [
            (
                await sql.execute(sa.select(sa.func.sum(sa.func.length(table.c.payload))))
            ).scalar_one()
            for table in (t.snapshot, t.segment)
        ]
    raw = sum(len(entry.payload) for entry in scribe.entries)
    assert sizes[0] < 300  # one node, whatever its past
    assert sizes[1] < raw / 3


async def test_a_room_that_closes_leaves_a_document_that_is_quick_to_open(
    log_database, monkeypatch
):
    monkeypatch.setattr("vitrail.collab.rooms.LINGER_SECONDS", -1.0)
    monkeypatch.setattr("vitrail.collab.rooms.SWEEP_SECONDS", 0.01)
    await store(log_database, NAME, some_history(120))
    rooms, steps = Rooms(log_database, SystemClock(), schemas()), asyncio.Queue[str]()
    rooms._compactor._reached = steps.put_nowait
    async with rooms.running(), asyncio.timeout(20):
        async with rooms.open(NAME):
            pass
        while await steps.get() != "committed":
            pass
    assert await count(log_database, t.snapshot) == 1


def test_the_worker_ends_with_a_server_that_is_killed(vitrail):
    headers = {"Authorization": f"Bearer {vitrail.run('token', 'create')}"}
    with httpx2.Client(base_url=vitrail.base, headers=headers, timeout=30) as http:
        [site] = http.get("/api/sites").json()
        page = http.get(f"/api/sites/{site['id']}/pages").json()[0]["id"]
        http.get(f"/api/pages/{page}/history/1").raise_for_status()  # which a worker replays
    workers = [os.pidfd_open(pid) for pid in workers_of(vitrail.process.pid)]
    assert workers
    vitrail.kill()
    for worker in workers:
        assert select.select([worker], [], [], 30)[0]
        os.close(worker)


def workers_of(server: int) -> list[int]:
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    commands = {int(pid): Path(f"/proc/{pid}/cmdline") for pid in children}
    return [pid for pid, path in commands.items() if b"collab.worker" in path.read_bytes()]
