"""Commits batches of updates to PostgreSQL: one statement, one round trip, one transaction.

The rows of the documents are locked in the order of their names, as every writer does, so that
nodes cannot deadlock; a lock is held until the commit, so numbers are given in commit order.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from sqlalchemy.pool import NullPool

from vitrail.core.async_engine import create_async_engine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.collab.entries import Appended, Update

# A commit that takes longer is given up and tried again on a new connection. If it went through
# after all, its updates are in the log twice, which changes nothing.
TIMEOUT_SECONDS = 10.0

COMMIT = """
WITH batch AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::bytea[])
        AS b (doc_id, lineage, place, actor_id, actor_kind, payload)
), counted AS (
    SELECT doc_id, lineage, count(*) AS n FROM batch GROUP BY doc_id, lineage
), locked AS MATERIALIZED (
    SELECT id FROM collab_doc WHERE id IN (SELECT doc_id FROM counted) ORDER BY id
        FOR NO KEY UPDATE
), heads AS (
    UPDATE collab_doc AS d SET head_seq = d.head_seq + c.n
        FROM counted AS c, locked AS l
        WHERE d.id = c.doc_id AND d.lineage = c.lineage AND d.id = l.id
        RETURNING d.id, d.lineage, d.head_seq - c.n AS base
), stored AS (
    INSERT INTO collab_update (doc_id, seq, at, actor_id, actor_kind, payload)
        SELECT h.id, h.base + b.place, $7, b.actor_id, b.actor_kind, b.payload
        FROM batch AS b JOIN heads AS h ON h.id = b.doc_id AND h.lineage = b.lineage
)
SELECT id, lineage, base FROM heads
"""


class PostgresWriter:
    """The one connection by which a process writes the log. Calls must not overlap."""

    def __init__(self, url: str) -> None:
        self._engine = create_async_engine(url, poolclass=NullPool)
        self._held: AsyncConnection | None = None

    async def commit(self, batch: Sequence[Appended], now: datetime) -> list[int | None]:
        """Store a batch.

        Returns:
            The sequence number of each entry's first update; None where the document is gone
            or was replaced.

        Raises:
            OSError: It is not known to be stored.
        """
        counts: dict[tuple[str, str], int] = {}
        firsts: list[int] = []
        docs: list[str] = []
        lineages: list[str] = []
        places: list[int] = []
        updates: list[Update] = []
        for entry in batch:
            key = entry.doc, entry.lineage
            before = counts.get(key, 0)
            firsts.append(before + 1)
            counts[key] = before + len(entry.updates)
            docs.extend([entry.doc] * len(entry.updates))
            lineages.extend([entry.lineage] * len(entry.updates))
            places.extend(range(before + 1, counts[key] + 1))
            updates.extend(entry.updates)
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                raw = await self._connection()
                rows = await raw.fetch(
                    COMMIT,
                    docs,
                    lineages,
                    places,
                    [update.author.actor_id for update in updates],
                    [update.author.kind for update in updates],
                    [update.payload for update in updates],
                    now,
                )
        except Exception as error:
            await self.close()
            raise ConnectionError(f"the log's commit failed: {error}") from error
        except asyncio.CancelledError:
            await self.close()
            raise
        bases: dict[tuple[str, str], int] = {(r["id"], r["lineage"]): r["base"] for r in rows}
        return [
            None if (base := bases.get((entry.doc, entry.lineage))) is None else base + first
            for entry, first in zip(batch, firsts, strict=True)
        ]

    async def _connection(self) -> Any:
        """Return asyncpg's own connection: SQLAlchemy would add round trips for a transaction."""
        if self._held is None:
            self._held = await self._engine.connect()
        raw = await self._held.get_raw_connection()
        return raw.driver_connection

    async def close(self) -> None:
        """Let go of the connection, without waiting for an answer that may never come."""
        held, self._held = self._held, None
        if held is not None:
            raw = await held.get_raw_connection()
            driver: Any = raw.driver_connection
            driver.terminate()
            await held.invalidate()
            await held.close()
