"""Published pages follow the shop: when its products change, what shows them is rendered anew.

They are rendered from the edition that was published, so that nobody's unfinished work goes live, and the
deployment is replaced in its place: visitors see all new pages at once, and the list of deployments that
one can go back to does not grow.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from vitrail.sites import tables as t
from vitrail.sites.edition import read_edition
from vitrail.sites.press import PublishedFiles

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.core.clock import Clock
    from vitrail.core.database import Database
    from vitrail.core.jobs import Jobs
    from vitrail.sites.press import Press

LOG = logging.getLogger(__name__)
JOB = "refresh-deployment"
LOOK_SECONDS = 0.5
# A shop that is edited without a pause is not waited for longer than so many looks.
MOST_LOOKS = 10


async def ask(sql: AsyncConnection, jobs: Jobs, deployment: str, seq: int) -> bool:
    """Have a deployment brought up to a change of its shop, unless somebody has asked already."""
    d = t.deployment.c
    asked = update(t.deployment).where(d.id == deployment, d.shop_asked < seq)
    if not (await sql.execute(asked.values(shop_asked=seq))).rowcount:
        return False
    await jobs.enqueue(sql, JOB, {"deployment": deployment})
    return True


class Refreshing:
    """Watches the shops of published sites, and renders anew what shows their products."""

    def __init__(self, database: Database, press: Press, jobs: Jobs, clock: Clock) -> None:
        self._database = database
        self._press = press
        self._jobs = jobs
        self._clock = clock
        # What was seen of shops that are being edited: their last change, and for how many looks.
        self._moving: dict[str, tuple[int, int]] = {}

    async def run(self) -> None:
        """Look until cancelled; several nodes may, and one of them asks."""
        while True:
            try:
                await self.look()
            except (SQLAlchemyError, OSError):
                LOG.exception("shops cannot be read; tried again")
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Ask for what has fallen behind a shop at rest: changes in a row make one job."""
        s, d = t.site.c, t.deployment.c
        query = (
            select(s.id, d.id.label("deployment"), d.shop_seq, d.shop_asked)
            .join(t.deployment, d.id == s.live_deployment)
            .where(d.edition.is_not(None))
        )
        rows = await self._database.fetch(query)
        heads = await self._press.shop.heads([row.id for row in rows]) if rows else {}
        for row in rows:
            head = heads.get(row.id, 0)
            if head <= max(row.shop_seq, row.shop_asked):
                self._moving.pop(row.id, None)
            elif self._rests(row.id, head):
                async with self._database.write() as sql:
                    await ask(sql, self._jobs, row.deployment, head)
                self._jobs.wake()

    def _rests(self, site_id: str, head: int) -> bool:
        last, looks = self._moving.pop(site_id, (-1, 0))
        if last == head or looks >= MOST_LOOKS:
            return True
        self._moving[site_id] = (head, looks + 1)
        return False

    async def refresh(self, payload: dict[str, Any]) -> None:
        """Bring a live deployment up to its shop; what fails leaves it as it was."""
        s, d = t.site.c, t.deployment.c
        query = (
            select(t.deployment)
            .join(t.site, s.live_deployment == d.id)
            .where(d.id == payload["deployment"], d.edition.is_not(None))
        )
        found = await self._database.fetch(query)
        if not found:
            return  # another one is live
        row = found[0]
        head = (await self._press.shop.heads([row.site_id])).get(row.site_id, 0)
        values: dict[str, Any] = {"shop_seq": head}
        if await self._press.shop.has_news(row.site_id, row.shop_seq):
            edition = read_edition(await self._press.blobs.get(row.edition))
            files = PublishedFiles(self._press.blobs, row.files)
            await self._press.print(row.site_id, edition, edition.pages, files)
            if files.entries != row.files:
                moment = self._clock.now()
                values |= {"files": files.entries, "size": files.size, "refreshed_at": moment}
        async with self._database.write() as sql:
            await sql.execute(
                update(t.deployment)
                .where(d.id == row.id, d.shop_seq == row.shop_seq)
                .values(**values)
            )
