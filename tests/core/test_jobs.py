"""Jobs run once, in order; what fails is tried again later; what dies is taken over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import delete, select, text

from vitrail.core import tables
from vitrail.core.jobs import LEASE_SECONDS, MAX_ATTEMPTS, Jobs


@pytest.fixture
async def jobs(database, clock) -> Jobs:
    async with database.write() as sql:
        await sql.execute(delete(tables.job))
    return Jobs(database, clock)


async def add(jobs: Jobs, kind: str, **payload: Any) -> None:
    async with jobs._database.write() as sql:
        await jobs.enqueue(sql, kind, payload)


async def states(jobs: Jobs) -> list[tuple[str, int]]:
    async with jobs._database.read() as sql:
        rows = await sql.execute(select(tables.job.c.state, tables.job.c.attempts))
        return [tuple(row) for row in rows]


class Work:
    """Handles jobs, and tells when so many were begun."""

    def __init__(self, *, failures: int = 0) -> None:
        self.done: list[Any] = []
        self.begun = 0
        self.failures = failures
        self._waiting = asyncio.Condition()

    async def handle(self, payload: dict[str, Any]) -> None:
        async with self._waiting:
            self.begun += 1
            self._waiting.notify_all()
        if self.begun <= self.failures:
            raise RuntimeError("not this time")
        self.done.append(payload["n"])

    async def until(self, begun: int) -> None:
        async with self._waiting:
            await self._waiting.wait_for(lambda: self.begun >= begun)


@asynccontextmanager
async def working(jobs: Jobs, work: Work):
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        worker = tasks.create_task(jobs.run({"count": work.handle}))
        yield
        worker.cancel()


async def until(jobs: Jobs, check: Callable[[list[tuple[str, int]]], bool]) -> None:
    """Let the worker run until its jobs are in a state."""
    while not check(await states(jobs)):  # noqa: ASYNC110 - nothing tells when a row has changed
        await asyncio.sleep(0)


async def all_done(jobs: Jobs) -> None:
    await until(jobs, lambda found: not found)


async def enqueue_and_fail(jobs: Jobs) -> None:
    async with jobs._database.write() as sql:
        await jobs.enqueue(sql, "count", {"n": 1})
        raise RuntimeError("changed my mind")


async def test_jobs_run_in_the_order_in_which_they_came(jobs, clock):
    for number in range(5):
        await add(jobs, "count", n=number)
        clock.move(seconds=1)
    work = Work()
    async with working(jobs, work):
        await all_done(jobs)
    assert work.done == [0, 1, 2, 3, 4]


async def test_a_job_of_a_transaction_that_fails_never_was(jobs):
    with pytest.raises(RuntimeError, match="changed my mind"):
        await enqueue_and_fail(jobs)
    assert await jobs._take(["count"]) is None


async def test_a_job_that_fails_is_tried_again_each_time_later(jobs, clock, caplog):
    await add(jobs, "count", n=7)
    work = Work(failures=2)
    async with working(jobs, work):
        for attempt in (1, 2):
            await work.until(attempt)
            await until(jobs, lambda found, n=attempt: found == [("ready", n)])
            clock.move(seconds=2**attempt - 1)
            jobs.wake()
            assert await jobs._take(["count"]) is None  # not yet
            clock.move(seconds=1)
            jobs.wake()
        await all_done(jobs)
    assert work.done == [7]
    assert "not this time" in caplog.text


async def test_a_job_that_always_fails_is_given_up_with_its_reason(jobs, clock):
    await add(jobs, "count", n=1)
    work = Work(failures=100)
    async with working(jobs, work):
        for attempt in range(1, MAX_ATTEMPTS + 1):
            await work.until(attempt)
            await until(jobs, lambda found: found[0][0] != "running")
            clock.move(days=1)
            jobs.wake()
    assert await states(jobs) == [("failed", MAX_ATTEMPTS)]
    async with jobs._database.read() as sql:
        assert (await sql.execute(select(tables.job.c.error))).scalar_one() == "not this time"


async def test_a_job_of_an_unknown_kind_does_not_stop_the_others(jobs):
    await add(jobs, "of another version", n=1)
    await add(jobs, "count", n=2)
    work = Work()
    async with working(jobs, work):
        await work.until(1)
        await until(jobs, lambda found: len(found) == 1)
    assert work.done == [2]


async def test_a_job_whose_worker_died_is_taken_over_when_its_lease_ends(jobs, clock):
    await add(jobs, "count", n=3)
    assert await jobs._take(["count"]) is not None  # and then its process is killed
    clock.move(seconds=LEASE_SECONDS - 1)
    assert await jobs._take(["count"]) is None
    clock.move(seconds=1)
    work = Work()
    async with working(jobs, work):
        await all_done(jobs)
    assert work.done == [3]


async def test_a_job_that_kills_its_worker_is_given_up(jobs, clock):
    await add(jobs, "count", n=3)
    for _ in range(MAX_ATTEMPTS):
        assert await jobs._take(["count"]) is not None
        clock.move(seconds=LEASE_SECONDS)
    assert await jobs._take(["count"]) is None
    assert await states(jobs) == [("failed", MAX_ATTEMPTS)]


async def test_workers_who_ask_at_once_never_get_the_same_job(jobs):
    for number in range(4):
        await add(jobs, "count", n=number)
    taken = await asyncio.gather(*(jobs._take(["count"]) for _ in range(6)))
    ids = [job["id"] for job in taken if job is not None]
    assert len(ids) == len(set(ids))
    assert ids


async def test_a_worker_outlives_a_database_that_is_away(jobs, database, caplog):
    await add(jobs, "count", n=1)
    async with database.write() as sql:
        await sql.execute(text("ALTER TABLE job RENAME TO away"))
    work = Work()
    async with working(jobs, work):
        while "jobs cannot be read" not in caplog.text:  # noqa: ASYNC110 - nothing tells of logs
            await asyncio.sleep(0)
        async with database.write() as sql:
            await sql.execute(text("ALTER TABLE away RENAME TO job"))
        jobs.wake()
        await work.until(1)
    assert work.done == [1]
