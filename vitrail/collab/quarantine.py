"""Documents that are set apart: they open to nobody, on no node, until somebody releases them.

The mark is in the document's row, and setting it moves the epoch of access on, which every node
reads each half second: so it holds everywhere without another query.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from vitrail.collab import poison, tables as t
from vitrail.core.clock import aware
from vitrail.core.epoch import bump_epoch
from vitrail.core.errors import Locked, NotFound

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from vitrail.collab.poison import Dose
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database

MAX_REASON = 300


@dataclass(frozen=True, slots=True)
class SetApart:
    """A document in quarantine.

    Attributes:
        name: The document.
        since: When it was set apart.
        reason: Why, in the words of whoever did it.
        actor_id: Who did it; None when the server did it by itself.
    """

    name: str
    since: datetime
    reason: str
    actor_id: str | None


@dataclass(frozen=True, slots=True)
class KeptOut:
    """A document out of which updates are kept.

    Attributes:
        name: The document.
        doses: What is kept out of it, the oldest first.
    """

    name: str
    doses: list[Dose]


def locked(name: str, reason: str) -> Locked:
    """Return what is told to those who want to open a document in quarantine."""
    return Locked(
        f"document {name} is in quarantine: {reason}",
        hint="whoever runs this server can release it on the page /admin; nothing was lost",
    )


class Quarantine:
    """The marks in the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def put(self, name: str, reason: str, actor_id: str | None = None) -> None:
        """Set a document apart; one that is keeps its date and gets the new reason and author.

        Raises:
            NotFound: There is no such document.
        """
        reason = " ".join(reason.split())[:MAX_REASON] or "no reason was given"
        known = t.doc.c.quarantined_at
        async with self._database.write() as sql:
            query = select(known).where(t.doc.c.id == name)
            row = (await sql.execute(query)).first()
            if row is None:
                raise NotFound(f"there is no document {name}")
            since = row.quarantined_at or self._clock.now()
            await sql.execute(
                update(t.doc)
                .where(t.doc.c.id == name)
                .values(quarantined_at=since, quarantine_reason=reason, quarantined_by=actor_id)
            )
            await bump_epoch(sql)

    async def release(self, name: str) -> None:
        """Let a document be opened again.

        Raises:
            NotFound: No such document is in quarantine.
        """
        async with self._database.write() as sql:
            done = await sql.execute(
                update(t.doc)
                .where(t.doc.c.id == name, t.doc.c.quarantined_at.is_not(None))
                .values(quarantined_at=None, quarantine_reason=None, quarantined_by=None)
            )
        if not done.rowcount:
            raise NotFound(f"document {name} is not in quarantine")

    async def all(self) -> list[SetApart]:
        """Return every document in quarantine, the latest first."""
        query = select(t.doc).where(t.doc.c.quarantined_at.is_not(None))
        async with self._database.read() as sql:
            rows = (await sql.execute(query.order_by(t.doc.c.quarantined_at.desc()))).all()
        return [
            SetApart(r.id, aware(r.quarantined_at), r.quarantine_reason, r.quarantined_by)
            for r in rows
        ]

    async def among(self, names: Collection[str]) -> dict[str, str]:
        """Return those of some documents that are in quarantine, with the reasons."""
        if not names:
            return {}
        d = t.doc.c
        query = select(d.id, d.quarantine_reason).where(
            d.id.in_(names), d.quarantined_at.is_not(None)
        )
        async with self._database.read() as sql:
            return {row.id: row.quarantine_reason for row in await sql.execute(query)}

    async def kept_out(self) -> list[KeptOut]:
        """Return every document out of which updates are kept."""
        query = select(t.doc.c.id, t.doc.c.poison).where(t.doc.c.poison.is_not(None))
        async with self._database.read() as sql:
            rows = (await sql.execute(query.order_by(t.doc.c.id))).all()
        return [KeptOut(row.id, poison.decode(row.poison)) for row in rows]
