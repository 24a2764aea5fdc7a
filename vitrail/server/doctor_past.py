"""Examines what is packed away: the segments of each document's past, and its snapshots.

A document opens without its segments, and without its newest snapshot too: damage here is not seen
until somebody looks back, or until the snapshot and a segment are both lost.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import func, select

from vitrail.collab import tables as t
from vitrail.collab.compact import expand
from vitrail.collab.guard import Gap, check_update
from vitrail.collab.segments import unpack
from vitrail.core.errors import InvalidInput
from vitrail.core.finding import broken, odd, well

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.core.database import Database
    from vitrail.core.finding import Finding

LOST_PAST = "what the document is today is not touched; restore a backup if its past is needed"
LOST_SNAPSHOT = "nothing is lost: it is read from its past until it is folded anew"


async def examine_past(database: Database) -> AsyncIterator[Finding]:
    """Yield what is wrong with segments and snapshots, and at the end how many are whole."""
    whole = 0
    async with database.read() as sql:
        firsts = await _first_rows(sql)
        async for name, words in _segments(sql, firsts):
            if words:
                yield broken("past", f"{name}: {words}", LOST_PAST)
            else:
                whole += 1
        async for name, words in _snapshots(sql):
            if words:
                yield odd("past", f"{name}: {words}", LOST_SNAPSHOT)
            else:
                whole += 1
        async for name, words in _rows(sql):
            yield broken("past", f"{name}: {words}", LOST_PAST)
    yield well("past", f"{whole} segments and snapshots are whole")


async def _first_rows(sql: AsyncConnection) -> dict[str, int]:
    """Return the number of each document's first update that is in no segment."""
    u = t.update.c
    query = select(u.doc_id, func.min(u.seq).label("first")).group_by(u.doc_id)
    return {row.doc_id: row.first for row in await sql.execute(query)}


async def _segments(sql: AsyncConnection, firsts: dict[str, int]) -> AsyncIterator[tuple[str, str]]:
    """Yield, for each segment, its document and what is wrong, if anything."""
    g = t.segment.c
    keys = (await sql.execute(select(g.doc_id, g.last_seq).order_by(g.doc_id, g.last_seq))).all()
    packed: defaultdict[str, int] = defaultdict(int)
    for name, last in keys:  # one at a time: they may be large
        query = select(t.segment).where(g.doc_id == name, g.last_seq == last)
        row = (await sql.execute(query)).one()
        words = "" if row.first_seq == packed[name] + 1 else _gap(packed[name], row.first_seq)
        yield name, words or _inside(row)
        packed[name] = last
    for name, first in firsts.items():
        if first > packed[name] + 1:
            yield name, _gap(packed[name], first)


def _gap(before: int, after: int) -> str:
    return f"its updates {before + 1} to {after - 1} are in no segment"


def _inside(row: Any) -> str:
    """Return what is wrong within a segment; nothing if it holds what it says."""
    where = f"the segment of its updates {row.first_seq} to {row.last_seq}"
    try:
        entries = unpack(row.payload)
    except (zlib.error, msgspec.DecodeError, ValueError):
        return f"{where} cannot be unpacked"
    held = sum(entry.edits for entry in entries)
    if not entries or entries[-1].seq != row.last_seq or held != row.last_seq - row.first_seq + 1:
        return f"{where} holds {held}"
    return ""


async def _rows(sql: AsyncConnection) -> AsyncIterator[tuple[str, str]]:
    """Yield what is wrong with updates that wait to be packed and that no document is read from any more."""
    d, g, u = t.doc.c, t.segment.c, t.update.c
    packed = select(func.max(g.last_seq)).where(g.doc_id == d.id).scalar_subquery()
    query = select(d.id, d.snap_seq, func.coalesce(packed, 0).label("packed")).order_by(d.id)
    for doc in (await sql.execute(query.where(d.snap_seq > 0))).all():
        is_waiting = (u.doc_id == doc.id, u.seq > doc.packed, u.seq <= doc.snap_seq)
        rows = await sql.execute(select(u.seq, u.payload).where(*is_waiting).order_by(u.seq))
        last = None  # what lies before the first is told with the segments
        for row in rows:
            if last is not None and row.seq > last + 1:
                yield doc.id, f"its updates {last + 1} to {row.seq - 1} are lost"
            if not _is_update(row.payload):
                yield doc.id, f"its update {row.seq} cannot be read"
            last = row.seq
        last = doc.packed if last is None else last
        if last < doc.snap_seq:
            yield doc.id, f"its updates {last + 1} to {doc.snap_seq} are lost"


def _is_update(payload: bytes) -> bool:
    """Tell whether our own code can walk an update; what it builds on may be elsewhere."""
    try:
        check_update(payload, {})
    except Gap:
        return True
    except InvalidInput:
        return False
    return True


async def _snapshots(sql: AsyncConnection) -> AsyncIterator[tuple[str, str]]:
    """Yield, for each snapshot there should be, its document and what is wrong, if anything."""
    d, s = t.doc.c, t.snapshot.c
    newest = (await sql.execute(select(d.id, d.snap_seq).where(d.snap_seq > 0))).all()
    kept = (await sql.execute(select(s.doc_id, s.seq))).all()
    for name, seq in sorted({(name, seq) for name, seq in (*newest, *kept)}):
        query = select(s.payload, s.digest).where(s.doc_id == name, s.seq == seq)
        row = (await sql.execute(query)).first()
        if row is None:
            yield name, f"the snapshot of its first {seq} updates is lost"
        elif expand(row.payload, row.digest) is None:
            yield name, f"the snapshot of its first {seq} updates is damaged"
        else:
            yield name, ""
