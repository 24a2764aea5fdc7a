"""How long history is kept: everything for some days, then the last moment of each day (UTC).

Named versions stay for ever, with their moments; automatic ones go with the details. The document
itself is never touched: thinned entries bring it to just where the full ones did.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from vitrail.collab import archive, tables as t
from vitrail.collab.compact import Thin

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.collab.worker import Worker
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database

LOG = logging.getLogger(__name__)
ROUND_SECONDS = 3600.0


class Retention:
    """Thins out what is older than the details are kept.

    Args:
        database: Where the log lives.
        clock: Tells what is old.
        worker: Merges entries.
        days: For so many days everything is kept; 0 for ever.
    """

    def __init__(self, database: Database, clock: Clock, worker: Worker, days: int) -> None:
        self._database = database
        self._clock = clock
        self._worker = worker
        self._days = days

    async def run(self) -> None:
        """Thin out again and again, until cancelled."""
        while self._days:
            await asyncio.sleep(ROUND_SECONDS)
            try:
                await self.thin_out()
            except Exception:
                LOG.exception("history could not be thinned out; tried again")

    async def thin_out(self) -> int:
        """Thin out every segment that ended before the days that are kept; return how many.

        Raises:
            WorkFailed: The worker could not; what was stored until then is sound.
        """
        limit = self._clock.now() - timedelta(days=self._days)
        g = t.segment.c
        old = select(g.doc_id, g.last_seq).where(~g.is_thin, g.ended_at < limit)
        async with self._database.read() as sql:
            found = (await sql.execute(old.order_by(g.doc_id, g.last_seq))).all()
        for row in found:
            await self._thin(row.doc_id, row.last_seq, limit)
        return len(found)

    async def _thin(self, name: str, last: int, limit: datetime) -> None:
        g, v = t.segment.c, t.version.c
        mine = (g.doc_id == name) & (g.last_seq == last) & ~g.is_thin
        async with self._database.read_at_once() as sql:
            row = (await sql.execute(select(g.first_seq, g.payload).where(mine))).first()
            if row is None:
                return
            named = await sql.execute(
                select(v.seq).where(v.doc_id == name, v.kind == "named", v.seq <= last)
            )
            keep = list(named.scalars())
            base = await archive.read_path(sql, name, row.first_seq - 1)
            query = select(t.doc.c.lineage).where(t.doc.c.id == name)
            lineage = (await sql.execute(query)).scalar_one_or_none()
        thin = await self._worker.thin(Thin(base, row.payload, keep))
        async with self._database.write() as sql:
            if await archive.lock(sql, name) != lineage:
                return
            if (await sql.execute(delete(t.segment).where(mine))).rowcount:
                await archive.put_segment(sql, name, thin, is_thin=True)
                await self._drop_details(sql, name, row.first_seq, last, limit)

    @staticmethod
    async def _drop_details(
        sql: AsyncConnection, name: str, first: int, last: int, limit: datetime
    ) -> None:
        """Delete automatic versions, and snapshots from which nothing is loaded any more."""
        v, s, d = t.version.c, t.snapshot.c, t.doc.c
        automatic = (v.kind != "named") & (v.seq <= last) & (v.at < limit)
        await sql.execute(delete(t.version).where(v.doc_id == name, automatic))
        loaded = select(d.snap_seq).where(d.id == name).scalar_subquery()
        between = (s.seq >= first) & (s.seq <= last) & (s.seq != loaded)
        await sql.execute(delete(t.snapshot).where(s.doc_id == name, between))
