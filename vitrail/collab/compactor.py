"""Keeps documents quick to load and their history small, without ever standing in an edit's way.

1. A worker process folds what follows a document's snapshot into a new one, verifies it, and packs
   the oldest updates into a segment.
2. One transaction puts both into the place of what they stand for, only if nobody else did so
   meanwhile. Whenever a process dies, either all of it happened or nothing.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from vitrail.collab import archive, tables as t
from vitrail.collab.compact import Fold, Folded
from vitrail.collab.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.collab.ports import Schema
    from vitrail.core.database import Database

LOG = logging.getLogger(__name__)
# Updates that stay as they came, for nodes that are a little behind.
MARGIN = 200
# Folded at once: a transaction over more would hold up the log for longer than is felt.
MAX_ROWS = 10_000
MAX_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is about to be folded."""

    work: Fold
    seq: int
    head: int
    lineage: str


class Compactor:
    """Folds documents one after another, those that were asked for.

    Args:
        database: Where the log lives.
        schemas: Rules by kind of document: what their root maps are.
        reached: Called at each step of storing; tests end the process there.
    """

    def __init__(
        self,
        database: Database,
        schemas: Mapping[str, Schema],
        reached: Callable[[str], None] = lambda _step: None,
    ) -> None:
        self._database = database
        self._schemas = schemas
        self._reached = reached
        self._worker = Worker()
        self._wanted: dict[str, None] = {}
        self._woken = asyncio.Event()

    def ask(self, name: str) -> None:
        """Have a document folded soon."""
        self._wanted[name] = None
        self._woken.set()

    async def run(self) -> None:
        """Fold what is asked for, until cancelled."""
        try:
            while True:
                await self._woken.wait()
                self._woken.clear()
                while self._wanted:
                    name = next(iter(self._wanted))
                    del self._wanted[name]
                    await self._fold_quietly(name)
        finally:
            await self._worker.close()

    async def _fold_quietly(self, name: str) -> None:
        try:
            await self.compact(name)
        except Exception:
            LOG.exception("compaction failed; the log is untouched", extra={"doc": name})

    async def compact(self, name: str) -> None:
        """Fold all of a document's updates, in as many steps as it takes.

        Raises:
            WorkFailed: The worker could not; what was stored until then is sound.
        """
        while True:
            async with self._database.read_at_once() as sql:
                plan = await self._plan(sql, name)
            if plan is None:
                return
            self._reached("read")
            folded = await self._worker.fold(plan.work)
            if folded is None:
                LOG.error("snapshot could not be verified and was not used", extra={"doc": name})
                return
            self._reached("folded")
            async with self._database.write() as sql:
                is_stored = await self._store(sql, name, plan, folded)
            self._reached("committed")
            if not is_stored or plan.seq >= plan.head:
                return

    async def _plan(self, sql: AsyncConnection, name: str) -> _Plan | None:
        d, u, s = t.doc.c, t.update.c, t.snapshot.c
        doc = (
            await sql.execute(select(d.head_seq, d.snap_seq, d.lineage).where(d.id == name))
        ).first()
        if doc is None or doc.head_seq <= doc.snap_seq:
            return None
        sizes = await sql.execute(
            select(u.seq, func.length(u.payload).label("size"))
            .where(u.doc_id == name, u.seq <= doc.head_seq)
            .order_by(u.seq)
            .limit(MAX_ROWS)
        )
        seq = total = 0
        for row in sizes.all():
            total += row.size
            if seq > doc.snap_seq and total > MAX_BYTES:
                break
            seq = row.seq
        entries = await archive.read_entries(sql, name, 0, seq)
        packed, open_segment = await archive.read_open_segment(sql, name)
        if [entry.seq for entry in entries] != list(range(packed + 1, seq + 1)):
            LOG.error("the log has a hole and is left as it is", extra={"doc": name})
            return None
        snapshot = (
            await sql.execute(
                select(s.payload, s.touched).where(s.doc_id == name, s.seq == doc.snap_seq)
            )
        ).first()
        work = Fold(
            snapshot.payload if snapshot else None,
            doc.snap_seq,
            snapshot.touched if snapshot else None,
            list(self._schemas[name.partition(":")[0]].roots),
            entries,
            min(seq, doc.head_seq - MARGIN),
            open_segment,
        )
        return _Plan(work, seq, doc.head_seq, doc.lineage)

    async def _store(self, sql: AsyncConnection, name: str, plan: _Plan, folded: Folded) -> bool:
        work = plan.work
        if await archive.lock(sql, name) != plan.lineage:
            return False
        if not await archive.put_snapshot(sql, name, work.snap_seq, plan.seq, folded):
            return False
        self._reached("snapshot")
        if folded.segment is not None:
            await archive.put_segment(sql, name, folded.segment)
            self._reached("segment")
            dropped = await archive.drop_rows(sql, name, folded.segment.last)
            if dropped != sum(entry.seq <= work.pack_to for entry in work.entries):
                raise AssertionError("a segment holds just the updates that go")
            self._reached("dropped")
        return True
