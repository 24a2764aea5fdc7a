"""Migrations from nothing end where the tables in the code say, on both databases."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import JSON, text

from vitrail.core.database import METADATA, Database
from vitrail.core.errors import Unavailable
from vitrail.core.migrate import is_current, migrate, require_current

# What searches, which SQLAlchemy has no words for: on SQLite tables of FTS5, on PostgreSQL an index.
SEARCH = ("commerce_product_fts", "ix_commerce_product_search_words")


async def differences(database: Database) -> list[object]:
    def has_other_default(_context, _inspected, column, *_defaults) -> bool | None:
        return False if isinstance(column.type, JSON) else None  # PostgreSQL cannot compare JSON

    def is_ours(name, _kind, _parents) -> bool:
        return name is None or not name.startswith(SEARCH)

    def compare(connection) -> list[object]:
        options = {
            "compare_type": True,
            "compare_server_default": has_other_default,
            "include_name": is_ours,
        }
        return compare_metadata(MigrationContext.configure(connection, opts=options), METADATA)

    async with database.read() as sql:
        return await sql.run_sync(compare)


async def new_postgres(url: str, name: str) -> str:
    async with Database(url) as database:
        automatic = database.engine.execution_options(isolation_level="AUTOCOMMIT")
        async with automatic.connect() as sql:
            await sql.execute(text(f"CREATE DATABASE {name}"))
    return url.replace("/postgres?", f"/{name}?")


async def test_sqlite_from_nothing_equals_the_tables(tmp_path):
    async with Database(f"sqlite+aiosqlite:///{tmp_path / 'new.db'}") as database:
        await check_from_nothing(database)


@pytest.mark.postgres
async def test_postgresql_from_nothing_equals_the_tables(postgres):
    async with Database(await new_postgres(postgres, "fresh")) as database:
        await check_from_nothing(database)


async def check_from_nothing(database: Database) -> None:
    with pytest.raises(Unavailable, match="not at this version") as refused:
        await require_current(database)
    assert "vitrail migrate" in str(refused.value.hint)
    assert await differences(database)
    await migrate(database)
    assert await is_current(database)
    assert await differences(database) == []
    await migrate(database)  # again, and nothing happens
    await require_current(database)


@pytest.mark.postgres
async def test_processes_that_migrate_at_once_queue(postgres):
    url = await new_postgres(postgres, "contested")
    async with AsyncExitStack() as stack:
        databases = [await stack.enter_async_context(Database(url)) for _ in range(4)]
        await asyncio.gather(*(migrate(database) for database in databases))
        assert await differences(databases[0]) == []
