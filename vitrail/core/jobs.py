"""One table of jobs, taken by whoever is free; a job that fails is tried again, later each time."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from vitrail.core import tables as t
from vitrail.core.database import record
from vitrail.core.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.core.clock import Clock
    from vitrail.core.database import Database

    Handler = Callable[[dict[str, Any]], Awaitable[None]]

LOG = logging.getLogger(__name__)
LEASE_SECONDS = 300
MAX_ATTEMPTS = 5
IDLE_SECONDS = 2.0


class Jobs:
    """A queue in the database: what is enqueued in a transaction runs only if it commits."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._woken = asyncio.Event()

    async def enqueue(self, sql: AsyncConnection, kind: str, payload: Mapping[str, Any]) -> None:
        """Add a job to the transaction at hand; call `wake` once it has committed."""
        await sql.execute(
            insert(t.job).values(
                id=new_id(self._clock),
                kind=kind,
                payload=dict(payload),
                state="ready",
                attempts=0,
                run_at=self._clock.now(),
            )
        )

    def wake(self) -> None:
        """Tell the worker of this process that there is work."""
        self._woken.set()

    async def run(self, handlers: Mapping[str, Handler]) -> None:
        """Work on jobs of some kinds until cancelled; what must not wait for others runs by itself.

        A job whose process died is taken again when its lease ends.
        """
        while True:
            self._woken.clear()  # before looking: who wakes us after that is not missed
            try:
                worked = await self._work(handlers)
            except (SQLAlchemyError, OSError):
                LOG.exception("jobs cannot be read; tried again")
                worked = False
            if not worked:
                # Not `wait_for`: in Python 3.11 it swallows a cancellation that meets a wake.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(IDLE_SECONDS):
                        await self._woken.wait()

    async def _work(self, handlers: Mapping[str, Handler]) -> bool:
        """Do one job; tell whether there was one."""
        job = await self._take(list(handlers))
        if job is None:
            return False
        try:
            await handlers[job["kind"]](job["payload"])
        except Exception as error:
            LOG.exception("job failed", extra={"kind": job["kind"], "job": job["id"]})
            await self._failed(job, str(error))
        else:
            async with self._database.write() as sql:
                await sql.execute(delete(t.job).where(t.job.c.id == job["id"]))
        return True

    async def _take(self, kinds: list[str]) -> dict[str, Any] | None:
        now = self._clock.now()
        died = (t.job.c.state == "running") & (t.job.c.lease_until <= now)
        due = or_((t.job.c.state == "ready") & (t.job.c.run_at <= now), died)
        query = select(t.job).where(t.job.c.kind.in_(kinds), due).order_by(t.job.c.run_at).limit(1)
        async with self._database.read() as sql:
            if (await sql.execute(query)).first() is None:
                return None
        async with self._database.write() as sql:
            # A job that kills whoever takes it is not taken for ever.
            await sql.execute(
                update(t.job)
                .where(died, t.job.c.attempts >= MAX_ATTEMPTS)
                .values(state="failed", error="its worker died each time")
            )
            row = (await sql.execute(query.with_for_update(skip_locked=True))).first()
            if row is None:
                return None
            await sql.execute(
                update(t.job)
                .where(t.job.c.id == row.id)
                .values(
                    state="running",
                    attempts=row.attempts + 1,
                    lease_until=now + timedelta(seconds=LEASE_SECONDS),
                )
            )
            return record(row) | {"attempts": row.attempts + 1}

    async def _failed(self, job: dict[str, Any], error: str) -> None:
        over = job["attempts"] >= MAX_ATTEMPTS
        async with self._database.write() as sql:
            await sql.execute(
                update(t.job)
                .where(t.job.c.id == job["id"])
                .values(
                    state="failed" if over else "ready",
                    run_at=self._clock.now() + timedelta(seconds=2 ** job["attempts"]),
                    error=error[:500],
                )
            )
