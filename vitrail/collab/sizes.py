"""How much of the disk documents take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from vitrail.collab import tables as t
from vitrail.core.clock import aware

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from vitrail.core.clock import Clock
    from vitrail.core.database import Database

FRESH_SECONDS = 30.0  # a long history is slow to add up, and whoever watches asks again and again


@dataclass(frozen=True, slots=True)
class Size:
    """What the log holds of a document.

    Attributes:
        updates: How many updates it has had.
        tail: How many of them came after its snapshot: so many are read to open it.
        stored_bytes: Updates and snapshot together.
        edited_at: When the last update was made, or None.
    """

    updates: int
    tail: int
    stored_bytes: int
    edited_at: datetime | None


class Sizes:
    """Sizes of documents, each at most `FRESH_SECONDS` old."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._known: dict[str, tuple[float, Size]] = {}

    async def of(self, names: Sequence[str]) -> dict[str, Size]:
        """Return the sizes of those documents that exist."""
        now = self._clock.monotonic()
        known = {n: k for n, k in self._known.items() if now - k[0] < FRESH_SECONDS}
        missing = [name for name in names if name not in known]
        if missing:
            found = await self._read(missing)
            known.update({name: (now, size) for name, size in found.items()})
        self._known = known
        return {name: known[name][1] for name in names if name in known}

    async def _read(self, names: Sequence[str]) -> dict[str, Size]:
        updates = (
            select(
                t.update.c.doc_id,
                func.sum(func.length(t.update.c.payload)).label("size"),
                func.max(t.update.c.at).label("at"),
            )
            .where(t.update.c.doc_id.in_(names))
            .group_by(t.update.c.doc_id)
            .subquery()
        )
        query = (
            select(
                t.doc.c.id,
                t.doc.c.head_seq,
                t.doc.c.snap_seq,
                (
                    func.coalesce(updates.c.size, 0)
                    + func.coalesce(func.length(t.snapshot.c.payload), 0)
                ).label("size"),
                updates.c.at,
            )
            .join(updates, updates.c.doc_id == t.doc.c.id, isouter=True)
            .join(
                t.snapshot,
                (t.snapshot.c.doc_id == t.doc.c.id) & (t.snapshot.c.seq == t.doc.c.snap_seq),
                isouter=True,
            )
            .where(t.doc.c.id.in_(names))
        )
        async with self._database.read() as sql:
            rows = (await sql.execute(query)).all()
        return {
            row.id: Size(
                row.head_seq,
                row.head_seq - row.snap_seq,
                int(row.size),
                aware(row.at) if row.at else None,
            )
            for row in rows
        }
