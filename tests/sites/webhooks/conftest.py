"""A house for each test, from one that was set up once."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select

from tests.clock import HandClock
from tests.receiver import receiving
from tests.sites.webhooks.house import House
from vitrail.core import tables as core
from vitrail.core.settings import Settings
from vitrail.server.application import open_services
from vitrail.sites import tables as t


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared") / "data"

    async def prepare() -> None:
        async with open_services(Settings(data=str(folder)), HandClock()):
            pass

    asyncio.run(prepare())
    return folder


@pytest_asyncio.fixture
async def house(prepared: Path, tmp_path: Path) -> AsyncIterator[House]:
    folder = tmp_path / "data"
    shutil.copytree(prepared, folder)
    settings, clock = Settings(data=str(folder), outgoing="loopback"), HandClock()
    async with AsyncExitStack() as stack:
        services = await stack.enter_async_context(open_services(settings, clock))
        receiver = await stack.enter_async_context(receiving())
        async with services.database.read() as sql:
            site = (await sql.execute(select(t.site.c.id))).scalar_one()
            user = (await sql.execute(select(core.user.c.id))).scalar_one()
        owner = await services.identity.actor_of_absent(user, None)
        yield House(services, clock, site, owner, receiver)
