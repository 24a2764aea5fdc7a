"""Whether the database takes writes, found out without writing."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

if TYPE_CHECKING:
    from vitrail.core.database import Database

PATIENCE_SECONDS = 1.0  # for a lock that another writer holds


async def can_write(database: Database) -> bool:
    """Tell whether a transaction that writes could begin now; takes `PATIENCE_SECONDS` at most.

    On SQLite the write lock is taken and given back; on PostgreSQL the server is asked.
    """
    if database.is_sqlite:
        return await asyncio.to_thread(_can_lock, make_url(database.url).database or "/")
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), database.read() as sql:
            found = await sql.execute(text("SHOW transaction_read_only"))
            return found.scalar_one() == "off"
    except (SQLAlchemyError, OSError, TimeoutError):
        return False


def _can_lock(path: str) -> bool:
    try:
        # Of its own: the pool's connections would go on with a file that was deleted.
        sql = sqlite3.connect(f"{Path(path).as_uri()}?mode=rw", uri=True, isolation_level=None)
    except sqlite3.Error:
        return False
    try:
        sql.execute(f"PRAGMA busy_timeout={int(PATIENCE_SECONDS * 1000)}")
        sql.execute("BEGIN IMMEDIATE")
        sql.execute("SELECT count(*) FROM alembic_version")
        sql.execute("ROLLBACK")
    except sqlite3.Error:
        return False
    else:
        return True
    finally:
        sql.close()
