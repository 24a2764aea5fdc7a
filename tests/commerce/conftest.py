from __future__ import annotations

import asyncio
import secrets
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text

import vitrail.server.application  # noqa: F401 - declares every table
from tests.clock import HandClock
from tests.commerce.shop import Shop, open_shop
from vitrail.core.database import Database
from vitrail.core.migrate import migrate


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("commerce") / "empty.db"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def migrated_postgres(postgres: str) -> str:
    """A database of this room's tests, which share it: each has its own sites."""
    url = asyncio.run(_new_database(postgres))
    asyncio.run(_migrate(url))
    return url


async def _new_database(cluster: str) -> str:
    name = f"commerce_{secrets.token_hex(4)}"
    async with Database(cluster) as database, database.engine.connect() as sql:
        await sql.execution_options(isolation_level="AUTOCOMMIT")
        await sql.execute(text(f"CREATE DATABASE {name}"))
    return cluster.replace("/postgres?", f"/{name}?")


async def _migrate(url: str) -> None:
    async with Database(url) as database:
        await migrate(database)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgres":
        return request.getfixturevalue("migrated_postgres")
    file = tmp_path / "vitrail.db"
    shutil.copy(request.getfixturevalue("empty_sqlite"), file)
    return f"sqlite+aiosqlite:///{file}"


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url) as opened:
        yield opened


@pytest_asyncio.fixture
async def shop(database: Database, clock: HandClock) -> Shop:
    return await open_shop(database, clock)
