"""Bring a database to the newest revision. Alembic is slow to import, so only when one is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from vitrail.core.errors import Unavailable

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from vitrail.core.database import Database

FOLDER = Path(__file__).parent / "migrations"
# Any number will do, as long as every process of ours takes the same one.
LOCK = 7_461_028_113


def newest_revision() -> str:
    """Return the last revision: the files are numbered."""
    return max(p.stem for p in (FOLDER / "versions").glob("[0-9]*.py")).split("_")[0]


async def is_current(database: Database) -> bool:
    """Tell whether a database is at the newest revision.

    Raises:
        Unavailable: It is at one that this version does not know.
    """

    def read(connection: Connection) -> str:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(found or "")

    async with database.read() as connection:
        found = await connection.run_sync(read)
    if found > newest_revision():
        raise Unavailable(
            "the database is of a newer version of Vitrail",
            hint="start that version, or restore a backup that this one made",
        )
    return found == newest_revision()


async def migrate(database: Database) -> None:
    """Bring a database to the newest revision; on PostgreSQL one process at a time does.

    Raises:
        Unavailable: It is at one that this version does not know.
    """
    if await is_current(database):
        return
    async with database.engine.connect() as connection:
        await connection.execution_options(vitrail_write=True)
        async with connection.begin():
            if not database.is_sqlite:
                await connection.execute(
                    text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK}
                )
            await connection.run_sync(_upgrade)


async def require_current(database: Database) -> None:
    """Raise unless the database is at the newest revision.

    Raises:
        Unavailable: It is not, or at one that this version does not know.
    """
    if not await is_current(database):
        raise Unavailable("the database is not at this version", hint="run `vitrail migrate`")


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - half a second of CPU, rarely needed
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
