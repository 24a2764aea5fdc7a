"""Sites are made, on both databases."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select

from tests.core.test_migrations import new_postgres
from vitrail.collab.entries import Author
from vitrail.core import tables as core
from vitrail.core.database import Database
from vitrail.core.migrate import migrate
from vitrail.core.settings import Settings
from vitrail.server.application import open_services
from vitrail.sites import tables as t
from vitrail.web.services import Services


@pytest_asyncio.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def services(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Services]:
    settings = Settings(data=str(tmp_path))
    if request.param == "postgres":
        cluster = request.getfixturevalue("postgres")
        url = await new_postgres(cluster, f"sites_{secrets.token_hex(4)}")
        async with Database(url) as database:
            await migrate(database)
        settings = Settings(data=str(tmp_path), database_url=url)
    async with open_services(settings) as opened:
        yield opened


async def test_people_who_make_sites_of_one_name_at_once_all_get_one(services: Services):
    [ours] = await services.database.fetch(select(core.organisation.c.id))
    create, author = services.catalogue.create, Author(None, "system")
    names = ["Même", *["Même nom"] * 8]
    made = await asyncio.gather(*(create(ours.id, name, author=author) for name in names))
    found = await services.database.fetch(select(t.site.c.slug).where(t.site.c.id.in_(made)))
    assert {row.slug for row in found} == {
        *("meme", "meme-nom"),
        *(f"meme-nom-{number}" for number in range(2, 9)),
    }
