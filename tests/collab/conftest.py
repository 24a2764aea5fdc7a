from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text

import vitrail.server.application  # noqa: F401 - declares every table
from vitrail.core.database import Database
from vitrail.core.migrate import migrate


async def new_database(cluster: str) -> str:
    """Make a database at this version; return its address."""
    name = f"collab_{secrets.token_hex(4)}"
    async with Database(cluster) as database, database.engine.connect() as sql:
        await sql.execution_options(isolation_level="AUTOCOMMIT")
        await sql.execute(text(f"CREATE DATABASE {name}"))
    url = cluster.replace("/postgres?", f"/{name}?")
    async with Database(url) as database:
        await migrate(database)
    return url


@pytest_asyncio.fixture
async def postgres_url(postgres: str) -> str:
    return await new_database(postgres)


@pytest_asyncio.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def log_database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database of each kind."""
    if request.param == "postgres":
        url = await new_database(request.getfixturevalue("postgres"))
    else:
        url = f"sqlite+aiosqlite:///{tmp_path / 'log.db'}"
    async with Database(url) as database:
        await migrate(database)
        yield database
