from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

import vitrail.server.application  # noqa: F401 - declares every table
from tests.clock import HandClock
from vitrail.core import passwords
from vitrail.core.database import Database
from vitrail.core.identity import Identity
from vitrail.core.migrate import migrate


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash quickly here; `test_passwords` holds the true cost."""
    monkeypatch.setattr(passwords, "COST", 2**8)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("core") / "empty.db"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def migrated_postgres(postgres: str) -> str:
    asyncio.run(_migrate(postgres))
    return postgres


async def _migrate(url: str) -> None:
    async with Database(url) as database:
        await migrate(database)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database of each kind; the PostgreSQL one is shared by the tests of a run."""
    if request.param == "postgres":
        return request.getfixturevalue("migrated_postgres")
    file = tmp_path / "vitrail.db"
    shutil.copy(request.getfixturevalue("empty_sqlite"), file)
    return f"sqlite+aiosqlite:///{file}"


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url) as opened:
        yield opened


@pytest.fixture
def identity(database: Database, clock: HandClock) -> Identity:
    return Identity(database, clock)
