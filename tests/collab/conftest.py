from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text

import vitrail.server.application  # noqa: F401 - declares every table
from vitrail.core.database import Database
from vitrail.core.migrate import migrate


async def new_database(cluster: str, template: str = "template0") -> str:
    """Make a database at this version; return its address."""
    name = f"collab_{secrets.token_hex(4)}"
    async with Database(cluster) as database, database.engine.connect() as sql:
        await sql.execution_options(isolation_level="AUTOCOMMIT")
        await sql.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    return cluster.replace("/postgres?", f"/{name}?")


async def _migrated(cluster: str) -> str:
    url = await new_database(cluster)
    async with Database(url) as database:
        await migrate(database)
    return url.partition("?")[0].rpartition("/")[2]


@pytest.fixture(scope="session")
def postgres_template(postgres: str) -> str:
    """The name of a database at this version, to be copied."""
    with ThreadPoolExecutor(1) as thread:  # a test's own loop may be running
        return thread.submit(lambda: asyncio.run(_migrated(postgres))).result()


@pytest.fixture(scope="module")
def module_database(postgres: str, postgres_template: str) -> str:
    """The address of a database that the tests of a file share."""
    return asyncio.run(new_database(postgres, postgres_template))


@pytest_asyncio.fixture
async def postgres_url(postgres: str, postgres_template: str) -> str:
    return await new_database(postgres, postgres_template)


@pytest_asyncio.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def log_database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database of each kind."""
    if request.param == "postgres":
        template = request.getfixturevalue("postgres_template")
        url = await new_database(request.getfixturevalue("postgres"), template)
    else:
        url = f"sqlite+aiosqlite:///{tmp_path / 'log.db'}"
    async with Database(url) as database:
        await migrate(database)
        yield database
