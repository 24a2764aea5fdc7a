"""What happens on a site is numbered with all its other changes; this room tells of pages and publishing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import literal, or_, select, update

from vitrail.collab import tables as collab
from vitrail.sites import tables as t

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.core.clock import Clock
    from vitrail.core.database import Database

PAGE_SECONDS = 10  # a page that is being edited is told of so often
NOBODY = (None, "system")


class Journal(Protocol):
    """Whoever numbers what happens on a site."""

    async def note(
        self,
        sql: AsyncConnection,
        site_id: str,
        kind: str,
        entity_id: str,
        author: tuple[str | None, str],
    ) -> None:
        """Record something in a transaction, as the last thing of it."""
        ...


class PageNews:
    """Notes which pages were edited, for sites that somebody follows: edits themselves cost nothing."""

    def __init__(self, database: Database, clock: Clock, journal: Journal) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal

    async def gather(self, site_ids: Collection[str]) -> None:
        """Note the pages that were edited since that was noted last, at most every `PAGE_SECONDS`."""
        if not site_ids:
            return
        p, d, now = t.page.c, collab.doc.c, self._clock.now()
        rested = or_(p.told_at.is_(None), p.told_at <= now - timedelta(seconds=PAGE_SECONDS))
        query = (
            select(p.id, p.site_id, d.head_seq)
            .join(collab.doc, d.id == literal("page:") + p.id)
            .where(p.site_id.in_(list(site_ids)), d.head_seq > p.told_seq, rested)
        )
        async with self._database.read() as sql:
            rows = (await sql.execute(query)).all()
        for row in rows:
            async with self._database.write() as sql:
                told = await sql.execute(
                    update(t.page)
                    .where(p.id == row.id, p.told_seq < row.head_seq)
                    .values(told_seq=row.head_seq, told_at=now)
                )
                if told.rowcount:  # and no other node was first
                    await self._journal.note(sql, row.site_id, "page", row.id, NOBODY)
