"""Documents that belong to no site, for programs: whose their names are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from vitrail.sites import tables as t

if TYPE_CHECKING:
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database


class FreeDocuments:
    """The names of free documents, each given to the organisation that was first to use it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def owner(self, name: str) -> str | None:
        """Return the organisation that a free document belongs to, or None if nobody has it."""
        query = select(t.free_document.c.organisation_id).where(t.free_document.c.name == name)
        rows = await self._database.fetch(query)
        return rows[0][0] if rows else None

    async def claim(self, name: str, organisation_id: str) -> str | None:
        """Give a free document's name to an organisation; return who has it, who was faster."""
        try:
            async with self._database.write() as sql:
                await sql.execute(
                    insert(t.free_document).values(
                        name=name, organisation_id=organisation_id, created_at=self._clock.now()
                    )
                )
        except IntegrityError:
            return await self.owner(name)
        return organisation_id
