"""`/readyz` over HTTP, while things go wrong that it must tell of."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing

import httpx2

from tests.clock import HandClock
from tests.collab.client import Client
from tests.servers import Vitrail
from vitrail.collab.entries import Appended, Author, Update
from vitrail.collab.quarantine import Quarantine
from vitrail.collab.rooms import Rooms
from vitrail.collab.service import Collab
from vitrail.core.database import Database
from vitrail.core.loop_watch import STALL_SECONDS, TICK_SECONDS, LoopWatch
from vitrail.core.migrate import migrate
from vitrail.server.schemas import schemas
from vitrail.web.readiness import MAX_STALL_SECONDS, MAX_UNACKNOWLEDGED_SECONDS, Readiness

PATIENCE = 20


def until(client: httpx2.Client, status: int, **wanted: str) -> dict:
    """Ask until the node says so."""
    end = time.monotonic() + PATIENCE
    while True:
        answer = client.get("/readyz")
        said = answer.json()
        parts = {part: check["status"] for part, check in said["checks"].items()}
        if (
            answer.status_code == status
            and wanted.items() <= {**parts, "all": said["status"]}.items()
        ):
            return said
        assert time.monotonic() < end, said


def test_a_node_tells_that_its_database_is_locked_or_gone_and_that_it_drains(vitrail: Vitrail):
    token = vitrail.run("token", "create")
    file = vitrail.data / "vitrail.db"
    with httpx2.Client(base_url=vitrail.base, timeout=PATIENCE) as client:
        said = until(client, 200, all="ok", database="ok", log="ok", bus="ok", loop="ok")
        assert not any(secret in json.dumps(said) for secret in (str(vitrail.data), "sqlite", "@"))

        file.rename(file.with_name("elsewhere.db"))
        until(client, 503, all="failing", database="failing", log="ok")
        file.with_name("elsewhere.db").rename(file)
        until(client, 200, all="ok")

        with Client(vitrail.base, token, "doc:waits") as ana:
            ana.sync()
            ana.settle()
            with closing(sqlite3.connect(file, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                until(client, 503, all="failing", database="failing")
                ana.edit("a", 1)
                assert vitrail.process is not None
                vitrail.process.terminate()
                said = until(client, 503, all="stopping")
                assert said["checks"]["log"]["waiting"] == 1
                assert client.get("/healthz").status_code == 200
                other.execute("ROLLBACK")
        vitrail.process.wait(PATIENCE)
    assert vitrail.process.returncode == 0
    with closing(sqlite3.connect(file)) as sql:
        [stored] = sql.execute("SELECT head_seq FROM collab_doc WHERE id = 'doc:waits'").fetchone()
    assert stored == 1


async def test_edits_that_wait_too_long_and_a_loop_that_stood_still_are_reasons_to_go(tmp_path):
    async with Database(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}") as database:
        await migrate(database)
        clock = HandClock()
        rooms = Rooms(database, clock, schemas())
        watch = LoopWatch(clock)
        collab = Collab(rooms, None, clock, Quarantine(database, clock))  # type: ignore[arg-type]
        readiness = Readiness(collab, database, watch, clock)
        assert (await readiness.report()).status == "ok"

        watch._note(MAX_STALL_SECONDS)
        assert (await readiness.report()).checks["loop"].status == "failing"
        watch._recent.clear()

        rooms.log.append(
            Appended("doc:a", [Update(b"\x00\x00", Author(None, "system"))], lambda _: None, "", 2)
        )
        assert (await readiness.report()).is_ready
        rooms.log._waiting_since -= MAX_UNACKNOWLEDGED_SECONDS
        report = await readiness.report()
        assert (report.status, report.checks["log"].waiting) == ("failing", 1)


class Halt(BaseException):
    """Ends a watch whose sleep was replaced."""


async def watched(*lates: float) -> LoopWatch:
    """Return a watch after a loop that was late so often and so much."""
    clock, waiting = HandClock(), list(lates)

    async def sleep(seconds: float) -> None:
        assert seconds == TICK_SECONDS
        if not waiting:
            raise Halt
        clock.move(seconds=seconds + waiting.pop(0))

    watch = LoopWatch(clock, sleep)
    try:
        await watch.run()
    except Halt:
        return watch
    raise AssertionError


async def test_only_what_is_felt_counts_as_a_stall_and_old_ones_are_forgotten():
    watch = await watched(0.0, 0.01, STALL_SECONDS - 0.001, STALL_SECONDS + 0.5)
    assert watch.stalls == 1
    assert round(watch.worst_seconds, 6) == STALL_SECONDS + 0.5
    assert sum(watch.delays.counts) == 4
    assert (await watched(3.0, *[0.0] * 100)).worst_seconds == 0.0
