"""A document's past in the database: snapshots, segments, and the updates that are in none yet.

The segments of a document follow each other without a gap, and its rows of `collab_update` follow
the last segment. A snapshot may lie anywhere.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import delete, func, insert, select, update

from vitrail.collab import tables as t
from vitrail.collab.compact import Folded, Replay, Segment, expand
from vitrail.collab.segments import Entry, Session, milliseconds, moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection


LOG = logging.getLogger(__name__)
# Of snapshots that are damaged; after that a document is read from its first update.
TRIED_SNAPSHOTS = 2
# A segment that is smaller takes more entries in: together they pack better.
OPEN_SEGMENT_BYTES = 64 << 10


async def read_entries(sql: AsyncConnection, name: str, after: int, until: int) -> list[Entry]:
    """Read the updates of a document from the rows of `collab_update`, in order."""
    u = t.update.c
    rows = await sql.execute(
        select(u.seq, u.at, u.actor_id, u.actor_kind, u.payload)
        .where(u.doc_id == name, u.seq > after, u.seq <= until)
        .order_by(u.seq)
    )
    entries: list[Entry] = []
    moment: datetime | None = None
    at = 0
    # There may be many thousands, and people wait meanwhile: those of one commit have one moment.
    for seq, made, actor_id, kind, payload in rows.all():
        if made != moment:
            moment, at = made, milliseconds(made)
        entries.append(Entry(seq, at, actor_id, kind, payload))
    return entries


def read_sessions(stored: object) -> list[Session]:
    """Read the sessions of a segment."""
    return msgspec.convert(stored, list[Session])


async def read_path(
    sql: AsyncConnection, name: str, until: int, roots: Sequence[str] = ()
) -> Replay:
    """Read what brings a document to a moment: the nearest sound snapshot, and what follows it.

    Args:
        sql: A connection on which all queries see the same moment.
        name: The document.
        until: Number of the last update wanted.
        roots: Root maps whose keys are of interest.
    """
    path = Replay(None, None, [], [], 0, until, list(roots))
    s = t.snapshot.c
    nearest = (
        select(s.seq, s.digest, s.payload, s.touched)
        .where(s.doc_id == name, s.seq <= until)
        .order_by(s.seq.desc())
        .limit(TRIED_SNAPSHOTS)
    )
    for row in await sql.execute(nearest):
        if expand(row.payload, row.digest) is not None:
            path.snapshot, path.touched, path.after = row.payload, row.touched, row.seq
            break
        LOG.error("a snapshot is damaged; an older one serves", extra={"doc": name})
    g = t.segment.c
    segments = await sql.execute(
        select(g.last_seq, g.payload)
        .where(g.doc_id == name, g.last_seq > path.after, g.first_seq <= until)
        .order_by(g.last_seq)
    )
    packed = path.after
    for row in segments:
        path.segments.append(row.payload)
        packed = row.last_seq
    path.entries = await read_entries(sql, name, packed, until)
    return path


async def lock(sql: AsyncConnection, name: str) -> str | None:
    """Hold a document as it is until the transaction ends; return which history it has, if any."""
    query = select(t.doc.c.lineage).where(t.doc.c.id == name).with_for_update()
    return (await sql.execute(query)).scalar_one_or_none()


async def read_open_segment(sql: AsyncConnection, name: str) -> tuple[int, bytes | None]:
    """Return how far a document's segments reach, and the last one if it may take more in."""
    g = t.segment.c
    query = select(g.last_seq, g.is_thin, g.size, g.payload).where(g.doc_id == name)
    row = (await sql.execute(query.order_by(g.last_seq.desc()).limit(1))).first()
    if row is None:
        return 0, None
    is_open = row.size < OPEN_SEGMENT_BYTES and not row.is_thin
    return row.last_seq, row.payload if is_open else None


async def put_snapshot(
    sql: AsyncConnection, name: str, before: int, seq: int, folded: Folded
) -> bool:
    """Replace the snapshot from which a document is loaded.

    The old one is kept for reading the past if the segments since the last one that was kept weigh
    as much as it: so a moment costs about the same to read however long the history, and the
    snapshots that are kept never weigh more than the segments.

    Args:
        sql: A transaction.
        name: The document.
        before: Number of the old snapshot, 0 for none.
        seq: Number of the last update in the new one.
        folded: The new one.

    Returns:
        False if the document is gone, or another node was faster; nothing was changed then.
    """
    d = t.doc.c
    changed = await sql.execute(
        update(t.doc)
        .where(d.id == name, d.snap_seq == before, d.head_seq >= seq)
        .values(snap_seq=seq)
    )
    if not changed.rowcount:
        return False
    if before and not await _is_worth_keeping(sql, name, before):
        s = t.snapshot.c
        await sql.execute(delete(t.snapshot).where(s.doc_id == name, s.seq == before))
    await sql.execute(
        insert(t.snapshot).values(
            doc_id=name,
            seq=seq,
            digest=folded.digest,
            payload=folded.snapshot,
            touched=folded.touched,
        )
    )
    return True


async def _is_worth_keeping(sql: AsyncConnection, name: str, seq: int) -> bool:
    s, g = t.snapshot.c, t.segment.c
    weight = select(func.length(s.payload)).where(s.doc_id == name, s.seq == seq)
    kept = select(func.coalesce(func.max(s.seq), 0)).where(s.doc_id == name, s.seq < seq)
    since = select(func.coalesce(func.sum(g.size), 0)).where(
        g.doc_id == name, g.last_seq <= seq, g.last_seq > kept.scalar_subquery()
    )
    size = (await sql.execute(weight)).scalar_one_or_none() or 0
    return (await sql.execute(since)).scalar_one() >= size


async def put_segment(
    sql: AsyncConnection, name: str, segment: Segment, *, is_thin: bool = False
) -> None:
    """Store a segment in the place of those that it holds."""
    g = t.segment.c
    await sql.execute(
        delete(t.segment).where(
            g.doc_id == name, g.first_seq >= segment.first, g.last_seq <= segment.last
        )
    )
    await sql.execute(
        insert(t.segment).values(
            doc_id=name,
            first_seq=segment.first,
            last_seq=segment.last,
            ended_at=moment(segment.ended),
            is_thin=is_thin,
            sessions=msgspec.to_builtins(segment.sessions),
            size=len(segment.payload),
            payload=segment.payload,
        )
    )


async def drop_rows(sql: AsyncConnection, name: str, up_to: int) -> int:
    """Delete the updates that a segment holds now; return how many they were."""
    u = t.update.c
    done = await sql.execute(delete(t.update).where(u.doc_id == name, u.seq <= up_to))
    return done.rowcount
