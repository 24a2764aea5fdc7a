"""Comments and notifications on both databases: many at once lose nothing, and nothing is said twice."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select, text

from tests.clock import HandClock
from vitrail.core import tables as core
from vitrail.core.access import Actor, Role, Subject
from vitrail.core.database import Database
from vitrail.core.grants import put_grant
from vitrail.core.migrate import migrate
from vitrail.core.settings import Settings
from vitrail.server.application import open_services
from vitrail.sites import tables as t
from vitrail.sites.comment import Said
from vitrail.sites.notifications import KEPT_DAYS, Kind
from vitrail.web.services import Services

MANY = 8


@dataclass
class House:
    """A server's services, a page of its demo site, its owner, and a colleague who may comment."""

    services: Services
    clock: HandClock
    subject: Subject
    page: str
    owner: Actor
    colleague: Actor

    async def say(self, body: str) -> str:
        mentions = [str(self.owner.user_id)] if "@" in body else []
        said = Said(body, mentions)
        return await self.services.comments.add(self.colleague, self.subject, self.page, said)

    async def told(self, actor: Actor) -> list[tuple[int, Kind]]:
        sites = await self.services.catalogue.visible(actor)
        found = await self.services.notifications.list(actor, sites, 50)
        return [(each.seq, each.kind) for each in reversed(found)]

    async def grant(self, role: Role) -> Actor:
        services, user = self.services, str(self.colleague.user_id)
        async with services.database.write() as sql:
            await put_grant(sql, self.clock, user, ("site", str(self.subject.site_id)), role)
        return await services.identity.actor_of_absent(user, None)


@pytest_asyncio.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    settings = Settings(data=str(tmp_path))
    if request.param == "postgres":
        url = await _new_database(request.getfixturevalue("postgres"))
        settings = Settings(data=str(tmp_path), database_url=url)
    clock = HandClock()
    async with open_services(settings, clock) as services:
        async with services.database.write() as sql:
            site = (await sql.execute(select(t.site))).one()
            page = (await sql.execute(select(t.page.c.id).limit(1))).scalar_one()
            user = (await sql.execute(select(core.user.c.id))).scalar_one()
            bo = await services.identity.accounts.insert(sql, "Bo", "bo@example.org", None, "fr")
        owner = await services.identity.actor_of_absent(user, None)
        subject = Subject(site.organisation_id, site.id)
        made = House(services, clock, subject, page, owner, Actor(user_id=bo))
        made.colleague = await made.grant(Role.COMMENTER)
        yield made


async def _new_database(cluster: str) -> str:
    name = f"comments_{secrets.token_hex(4)}"
    async with Database(cluster) as database, database.engine.connect() as sql:
        await sql.execution_options(isolation_level="AUTOCOMMIT")
        await sql.execute(text(f"CREATE DATABASE {name}"))
    url = cluster.replace("/postgres?", f"/{name}?")
    async with Database(url) as database:
        await migrate(database)
    return url


async def test_many_at_once_are_told_in_numbers_without_gaps(house: House):
    ledger, site = house.services.commerce.ledger, str(house.subject.site_id)
    head = await ledger.head(site)
    made = await asyncio.gather(*(house.say(f"@Owner {number}") for number in range(MANY)))
    assert await house.told(house.owner) == [(at, Kind.MENTION) for at in range(1, MANY + 1)]
    assert await ledger.head(site) == head + MANY
    found = await house.services.comments.threads([house.page])
    assert {each.id for each in found[house.page]} == set(made)


async def test_what_one_may_not_see_any_more_is_not_shown_and_the_old_is_dropped(house: House):
    owner_says = Said("@Bo", [str(house.colleague.user_id)])
    await house.services.comments.add(house.owner, house.subject, house.page, owner_says)
    assert await house.told(house.colleague) == [(1, Kind.MENTION)]
    async with house.services.database.write() as sql:
        await sql.execute(
            core.grant.delete().where(core.grant.c.user_id == house.colleague.user_id)
        )
    gone = await house.services.identity.actor_of_absent(str(house.colleague.user_id), None)
    assert await house.told(gone) == []
    assert await house.told(await house.grant(Role.VIEWER)) == [(1, Kind.MENTION)]
    house.clock.move(days=KEPT_DAYS)
    await house.services.notifications.forget()
    async with house.services.database.read() as sql:
        assert (await sql.execute(select(t.notification.c.id))).all() == []
