"""Lineages: a document whose content is replaced gets a new history, and the old one's clients retire.

Our clients compare the id of the history and drop a copy of another. Stock clients cannot, so a
new history shares no client id with those before it, and what names a retired one is refused (4409).
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from vitrail.collab import archive, tables as t
from vitrail.collab.client_ids import Named, new_ids, pack_ids, unpack_ids
from vitrail.collab.codec import Malformed
from vitrail.core.epoch import bump_epoch
from vitrail.core.errors import NotFound
from vitrail.core.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.core.clock import Clock


async def reset(sql: AsyncConnection, clock: Clock, name: str, state: bytes) -> None:
    """Replace a document's content, its history included; whoever has it open is sent away.

    Args:
        sql: A transaction.
        clock: For the new lineage and the date of the first update.
        name: The document.
        state: Yjs update v1 of a whole document.

    Raises:
        NotFound: There is no such document.
        Malformed: The state is not one.
    """
    if await archive.lock(sql, name) is None:
        raise NotFound(f"there is no document {name}")
    named = Named(state)
    await retire(sql, name, {*await clients_of(sql, name), *named.ids})
    for table in (t.update, t.snapshot, t.segment, t.version):
        await sql.execute(delete(table).where(table.c.doc_id == name))
    now = clock.now()
    await sql.execute(
        insert(t.update).values(
            doc_id=name,
            seq=1,
            at=now,
            actor_id=None,
            actor_kind="system",
            payload=named.renumbered(new_ids(named.ids)),
        )
    )
    await sql.execute(
        update(t.doc)
        .where(t.doc.c.id == name)
        .values(lineage=new_id(clock), head_seq=1, snap_seq=0)
    )
    await bump_epoch(sql)


async def retire(sql: AsyncConnection, name: str, clients: Iterable[int]) -> None:
    """Take nothing more of some client ids, nor of those that were retired before."""
    mine = t.retired.c.doc_id == name
    before = (await sql.execute(select(t.retired.c.clients).where(mine))).scalar_one_or_none()
    packed = pack_ids({*unpack_ids(before), *clients})
    if before is None:
        await sql.execute(insert(t.retired).values(doc_id=name, clients=packed))
    else:
        await sql.execute(update(t.retired).where(mine).values(clients=packed))


async def clients_of(sql: AsyncConnection, name: str) -> frozenset[int]:
    """Return the client ids of a document's history, as far as it can be read."""
    s, u = t.snapshot.c, t.update.c
    snapshots = select(s.payload).where(s.doc_id == name).order_by(s.seq.desc()).limit(1)
    found: set[int] = set()
    for payload in (await sql.execute(snapshots)).scalars():
        found |= _readable_ids(payload, is_packed=True)
    for payload in (await sql.execute(select(u.payload).where(u.doc_id == name))).scalars():
        found |= _readable_ids(payload, is_packed=False)
    return frozenset(found)


def _readable_ids(payload: bytes, *, is_packed: bool) -> frozenset[int]:
    try:
        return Named(zlib.decompress(payload) if is_packed else payload).ids
    except (Malformed, zlib.error):  # damage is a reason to restore, and nobody has a copy of it
        return frozenset()
