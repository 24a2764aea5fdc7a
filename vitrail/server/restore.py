"""`vitrail restore`: a backup takes the place of what is there, wholly or not at all.

Files are written first: their names tell their content, so they harm nothing if it ends there. Then
all rows are exchanged in one transaction. Every document gets a new lineage, and its whole history
other client ids, so that no copy of what was there, nor of what was backed up, merges into it.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import delete, func, insert, select, text

from vitrail.collab import lineage, tables as t
from vitrail.collab.client_ids import Named, new_ids, pack_ids, unpack_ids
from vitrail.collab.codec import Malformed
from vitrail.collab.compact import expand, shrink
from vitrail.collab.segments import pack, unpack
from vitrail.core import tables as core
from vitrail.core.blobs import Blobs
from vitrail.core.database import METADATA, Database, record
from vitrail.core.epoch import bump_epoch
from vitrail.core.errors import Conflict, InvalidInput
from vitrail.core.ids import new_id
from vitrail.core.migrate import migrate, newest_revision, require_current
from vitrail.server.archive_file import ArchiveReader, read_archive
from vitrail.server.backup import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from sqlalchemy import Table
    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.core.clock import Clock
    from vitrail.core.settings import Settings

Row = dict[str, Any]
BATCH = 200  # rows written at once
HISTORY = (t.update, t.snapshot, t.segment)


async def restore(
    settings: Settings, path: Path, clock: Clock, tell: Callable[[str], None], *, replace: bool
) -> None:
    """Restore a backup.

    Args:
        settings: Of the server; it may run meanwhile.
        path: The file.
        clock: For new lineages.
        tell: Shows how far it has got.
        replace: Whether data that is there may go.

    Raises:
        InvalidInput: The file is not a whole backup, or one of another version.
        Conflict: There is data, and `replace` is not set.
        Unavailable: The database is not at this version.
    """
    tell("looking at every part of the backup")
    with read_archive(path) as archive:
        manifest = archive.manifest
        if manifest.revision != newest_revision():
            raise InvalidInput(
                f"the backup was made by Vitrail {manifest.vitrail}, whose tables differ",
                hint="restore it with that version; then start this one, which migrates it",
            )
        settings.make_folder()
        async with Database(settings.sql_url) as database:
            if database.is_sqlite:
                await migrate(database)
            else:
                await require_current(database)
            if not replace:
                await _require_empty(database)
            blobs = Blobs(settings.folder / "blobs")
            for name in archive.blobs:
                await blobs.put(name, archive.blob(name))
            tell(f"files: {len(archive.blobs)}")
            async with database.write() as sql:
                if not database.is_sqlite:  # readers go on; whoever writes waits for the end
                    names = ", ".join(sorted(table.name for table in METADATA.sorted_tables))
                    await sql.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))
                await _exchange(sql, archive, clock, tell)
    tell(f"restored what was backed up at {manifest.made_at:%Y-%m-%d %H:%M} UTC")


async def _require_empty(database: Database) -> None:
    async with database.read() as sql:
        for table in (core.organisation, t.doc):
            if (await sql.execute(select(func.count()).select_from(table))).scalar_one():
                raise Conflict(
                    f"there is data in {database.engine.url.render_as_string()}",
                    hint="back it up first; with --replace the backup takes its place",
                )


async def _exchange(
    sql: AsyncConnection, archive: ArchiveReader, clock: Clock, tell: Callable[[str], None]
) -> None:
    retired = await _clients_that_go(sql)
    sessions = [record(row) for row in (await sql.execute(select(core.session))).all()]
    for table in reversed(METADATA.sorted_tables):
        if table is not core.access_epoch:
            await sql.execute(delete(table))
    for table in tables():
        if table is t.doc:
            await _put_documents(sql, archive, retired, clock, tell)
        elif table not in HISTORY and table is not t.retired:
            await _put(sql, table, archive.rows(table))
    accounts = set((await sql.execute(select(core.user.c.id))).scalars())
    await _put(sql, core.session, (row for row in sessions if row["user_id"] in accounts))
    await bump_epoch(sql)


async def _clients_that_go(sql: AsyncConnection) -> dict[str, frozenset[int]]:
    """Return by document the client ids of what is there, and of what was there before it."""
    found: dict[str, frozenset[int]] = {}
    query = select(t.doc.c.id, t.retired.c.clients).outerjoin(t.retired)
    for row in (await sql.execute(query)).all():
        found[row.id] = unpack_ids(row.clients) | await lineage.clients_of(sql, row.id)
    return found


async def _put(sql: AsyncConnection, table: Table, rows: Iterator[Row]) -> int:
    count = 0
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            await sql.execute(insert(table), batch)
            count += len(batch)
            batch = []
    if batch:
        await sql.execute(insert(table), batch)
    return count + len(batch)


async def _put_documents(
    sql: AsyncConnection,
    archive: ArchiveReader,
    gone: Mapping[str, frozenset[int]],
    clock: Clock,
    tell: Callable[[str], None],
) -> None:
    """Restore documents one after another, each with its history."""
    parts = {table: _Ordered(archive.rows(table)) for table in HISTORY}
    before = {row["doc_id"]: unpack_ids(row["clients"]) for row in archive.rows(t.retired)}
    count = unread = 0
    for doc in archive.rows(t.doc):
        name = doc["id"]
        rows = {table: part.of(name) for table, part in parts.items()}
        try:
            old = _renumber(rows)
        except (Malformed, zlib.error, msgspec.DecodeError):
            old, unread = frozenset[int](), unread + 1
        await sql.execute(insert(t.doc), [{**doc, "lineage": new_id(clock)}])
        for table in HISTORY:
            await _put(sql, table, iter(rows[table]))
        retired = old | before.get(name, frozenset()) | gone.get(name, frozenset())
        await sql.execute(insert(t.retired).values(doc_id=name, clients=pack_ids(retired)))
        count += 1
    tell(f"documents: {count}")
    if unread:
        tell(f"{unread} of them were damaged when they were backed up, and are as they were")


class _Ordered:
    """Rows that are in the order of their documents."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def of(self, name: str) -> list[Row]:
        """Return those of a document."""
        found: list[Row] = []
        while self._next is not None and self._next["doc_id"] == name:
            found.append(self._next)
            self._next = next(self._rows, None)
        return found


def _renumber(rows: Mapping[Table, list[Row]]) -> frozenset[int]:
    """Give a history other client ids, in place; return those that it had.

    Raises:
        Malformed: It is damaged; nothing was changed.
        zlib.error: Likewise.
    """
    updates = [Named(row["payload"]) for row in rows[t.update]]
    snapshots: list[Named] = []
    for row in rows[t.snapshot]:
        content = expand(row["payload"], row["digest"])
        if content is None:
            raise Malformed("the snapshot is damaged")
        snapshots.append(Named(content))
    segments = [unpack(row["payload"]) for row in rows[t.segment]]
    packed = [[Named(entry.payload) for entry in entries] for entries in segments]
    named = [*updates, *snapshots, *(each for entries in packed for each in entries)]
    old = frozenset[int]().union(*(each.ids for each in named))
    ids = new_ids(old)
    for row, each in zip(rows[t.update], updates, strict=True):
        row["payload"] = each.renumbered(ids)
    for row, each in zip(rows[t.snapshot], snapshots, strict=True):
        row["payload"], row["digest"] = shrink(each.renumbered(ids))
    for row, entries, names in zip(rows[t.segment], segments, packed, strict=True):
        renumbered = [
            msgspec.structs.replace(entry, payload=each.renumbered(ids))
            for entry, each in zip(entries, names, strict=True)
        ]
        row["payload"] = pack(renumbered)
        row["size"] = len(row["payload"])
    return old
