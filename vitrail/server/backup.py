"""`vitrail backup`: everything of a server in one file, while it runs.

The rows are read in one transaction that sees one moment, on either database: what was acknowledged
before it began is in it. Blobs never change once they are written; they are read before and after,
so that those of the rows are there, whatever is uploaded or deleted meanwhile.
"""

from __future__ import annotations

import os
import zipfile
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import select

import vitrail.server.application  # noqa: F401 # pyright: ignore[reportUnusedImport] - declares every table
from vitrail import __version__
from vitrail.core.blobs import Blobs
from vitrail.core.clock import aware
from vitrail.core.database import METADATA, Database, record
from vitrail.core.errors import Conflict, NotFound, Unavailable
from vitrail.core.migrate import newest_revision, require_current
from vitrail.server.archive_file import ArchiveWriter, table_part

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Table
    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.core.clock import Clock
    from vitrail.core.settings import Settings

# Who is signed in is no content: a session that has ended must not come back with a backup.
LEFT_OUT = frozenset({"session", "access_epoch"})


def tables() -> list[Table]:
    """Return the tables of a backup, those that others refer to first."""
    return [table for table in METADATA.sorted_tables if table.name not in LEFT_OUT]


async def back_up(settings: Settings, out: Path, clock: Clock, tell: Callable[[str], None]) -> None:
    """Write a backup.

    Args:
        settings: Of the server.
        out: The file; it must not be there yet.
        clock: For the date.
        tell: Shows how far it has got.

    Raises:
        Conflict: The file is there.
        Unavailable: There is no database, or it is not at this version, or `out` cannot be written.
    """
    _require_free(settings, out)
    unfinished = out.with_name(out.name + ".part")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise Unavailable(
            f"{unfinished} cannot be written: {error.strerror}", hint="name another folder"
        ) from error
    try:
        with (
            os.fdopen(descriptor, "wb") as raw,
            zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file,
        ):
            await _write(ArchiveWriter(file), settings, clock, tell)
            file.close()
            raw.flush()
            os.fsync(raw.fileno())
        unfinished.rename(out)
    finally:
        unfinished.unlink(missing_ok=True)


def _require_free(settings: Settings, out: Path) -> None:
    if out.exists():
        raise Conflict(f"{out} is there already", hint="name another file, or move it away")
    if settings.is_sqlite and not settings.database_url and not settings.folder.is_dir():
        raise Unavailable(f"there is no folder {settings.folder}", hint="name it with --data")


async def _write(
    archive: ArchiveWriter, settings: Settings, clock: Clock, tell: Callable[[str], None]
) -> None:
    blobs = Blobs(settings.folder / "blobs")
    async with Database(settings.sql_url) as database:
        await require_current(database)
        await _write_blobs(archive, blobs)
        async with database.read_at_once() as sql:
            made_at = clock.now()
            for table in tables():
                count = await _write_table(archive, sql, table)
                if count:
                    tell(f"{table.name}: {count} rows")
        await _write_blobs(archive, blobs)
    tell(f"files: {sum(name.startswith('blobs/') for name in archive.parts)}")
    archive.finish(__version__, newest_revision(), made_at)


async def _write_table(archive: ArchiveWriter, sql: AsyncConnection, table: Table) -> int:
    count = 0
    rows = await sql.stream(select(table).order_by(*table.primary_key.columns))
    with archive.part(table_part(table)) as write:
        async for row in rows:
            line = {k: aware(v) if hasattr(v, "tzinfo") else v for k, v in record(row).items()}
            write(msgspec.json.encode(line) + b"\n")
            count += 1
    return count


async def _write_blobs(archive: ArchiveWriter, blobs: Blobs) -> None:
    for name in await blobs.names():
        if f"blobs/{name}" in archive.parts:
            continue
        try:
            content = await blobs.get(name)
        except NotFound:  # deleted a moment ago
            continue
        with archive.part(f"blobs/{name}") as write:
            write(content)
