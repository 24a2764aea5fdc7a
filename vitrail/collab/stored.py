"""A document as the log has it: a snapshot and the updates after it, read as of one moment."""

from __future__ import annotations

import logging
import zlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from vitrail.collab import archive, compact, poison, tables as t
from vitrail.collab.client_ids import unpack_ids
from vitrail.collab.quarantine import locked
from vitrail.collab.segments import unpack
from vitrail.core.errors import NotFound, Unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection
    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.collab.poison import Dose
    from vitrail.core.database import Database

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stored:
    """A document as the log has it: a snapshot and the updates after it; and see `lineage`."""

    lineage: str
    head_seq: int
    updates: Sequence[bytes]
    snap_seq: int
    retired: frozenset[int]
    poison: Sequence[Dose] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """What there is of a document.

    Attributes:
        row: Its own, with the client ids that are retired.
        base: The snapshot as the only update, none if there is none, None if it is damaged.
        tail: The updates after it.
    """

    row: Any
    base: Sequence[bytes] | None
    tail: Sequence[bytes]


async def read(database: Database, name: str) -> Stored:
    """Read a document: the newest snapshot and every update after it.

    Raises:
        NotFound: There is no such document.
        Locked: It is in quarantine.
        Unavailable: The database does not answer, or the log has a hole.
    """
    try:
        found = await database.look(partial(_parts, name))
        if found.base is None:
            LOG.error("the snapshot is damaged; the past serves", extra={"doc": name})
            async with database.read_at_once() as sql:
                return await _load_past(sql, name, found.row)
    except (SQLAlchemyError, OSError) as error:
        raise Unavailable(
            f"document {name} cannot be read from the database",
            hint="`vitrail doctor` tells what is wrong; nothing was lost",
        ) from error
    row = found.row
    if len(found.tail) != row.head_seq - row.snap_seq:
        raise _hole(name, row.snap_seq, row.head_seq)
    doses, retired = poison.decode(row.poison), unpack_ids(row.clients)
    updates = [*found.base, *found.tail]
    return Stored(row.lineage, row.head_seq, updates, row.snap_seq, retired, doses)


async def _load_past(sql: AsyncConnection, name: str, row: Any) -> Stored:
    """Load a document without its newest snapshot."""
    path = await archive.read_path(sql, name, row.head_seq)
    entries = [e for packed in path.segments for e in unpack(packed)] + path.entries
    entries = [entry for entry in entries if entry.seq > path.after]
    if sum(entry.edits for entry in entries) != row.head_seq - path.after:
        raise _hole(name, path.after, row.head_seq)
    base = [] if path.snapshot is None else [zlib.decompress(path.snapshot)]
    updates = [*base, *(entry.payload for entry in entries)]
    doses, retired = poison.decode(row.poison), unpack_ids(row.clients)
    return Stored(row.lineage, row.head_seq, updates, path.after, retired, doses)


def _parts(name: str, sql: Connection) -> _Found:
    """Read the parts of a document, as they are at one moment."""
    known = select(t.doc, t.retired.c.clients).outerjoin(t.retired)
    row = sql.execute(known.where(t.doc.c.id == name)).first()
    if row is None:
        raise NotFound(f"there is no document {name}")
    if row.quarantined_at is not None:
        raise locked(name, row.quarantine_reason)
    u = t.update.c
    after = (u.doc_id == name) & (u.seq > row.snap_seq) & (u.seq <= row.head_seq)
    tail = sql.execute(select(u.payload).where(after).order_by(u.seq)).scalars().all()
    if not row.snap_seq:
        return _Found(row, [], tail)
    s = t.snapshot.c
    query = select(s.payload, s.digest).where(s.doc_id == name, s.seq == row.snap_seq)
    snapshot = sql.execute(query).first()
    whole = None if snapshot is None else compact.expand(snapshot.payload, snapshot.digest)
    return _Found(row, None if whole is None else [whole], tail)


def _hole(name: str, after: int, head: int) -> Unavailable:
    return Unavailable(
        f"the log of {name} has a hole between {after} and {head}",
        hint="restore this document from a backup; it was not touched",
    )
