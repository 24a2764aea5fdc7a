"""Keys of requests that may come twice, and transactions around all that a task does, on both databases."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import insert, select

from tests.clock import HandClock
from vitrail.core import tables as t
from vitrail.core.database import Database
from vitrail.core.errors import Conflict
from vitrail.core.idempotency import KEPT_HOURS, IdempotencyKeys, Request
from vitrail.core.identity import Identity
from vitrail.core.ids import new_id

MANY = 6


@pytest.fixture
def keys(database: Database, clock: HandClock) -> IdempotencyKeys:
    return IdempotencyKeys(database, clock)


@pytest.fixture
async def request_(identity: Identity) -> Request:
    user = await identity.accounts.create("Ana", None)
    return Request(user, "siteCreate", "1", "0" * 64)


class Maker:
    """Makes organisations."""

    def __init__(self, database: Database, clock: HandClock) -> None:
        self._database = database
        self._clock = clock
        self.name = new_id(clock)

    async def make(self) -> str:
        made = new_id(self._clock)
        async with self._database.write() as sql:
            row = {"id": made, "name": self.name, "created_at": self._clock.now()}
            await sql.execute(insert(t.organisation).values(row))
        return made

    async def made(self) -> list[str]:
        query = select(t.organisation.c.id).where(t.organisation.c.name == self.name)
        return [row.id for row in await self._database.fetch(query)]


@pytest.fixture
def maker(database: Database, clock: HandClock) -> Maker:
    return Maker(database, clock)


async def test_who_come_at_once_get_what_the_first_made(
    keys: IdempotencyKeys, request_: Request, maker: Maker
):
    async def ask() -> str:
        async with keys.together(request_) as known:
            if known is None:
                known = await maker.make()
                await keys.end(request_, known)
            return known

    told = await asyncio.gather(*(ask() for _ in range(MANY)))
    assert await maker.made() == list(set(told))


async def test_together_is_whole_or_nothing(
    database: Database, keys: IdempotencyKeys, request_: Request, maker: Maker
):
    told: list[str] = []

    async def fail_in_the_end() -> None:
        async with keys.together(request_):
            await maker.make()
            assert len(await maker.made()) == 1  # seen from inside
            assert await asyncio.create_task(maker.made()) == []  # and by nobody else
            database.after_commit(lambda: told.append("never"))
            raise ZeroDivisionError

    async def fail_by_itself() -> None:
        async with database.write() as sql:
            await sql.execute(t.organisation.delete())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_in_the_end()
    assert (await maker.made(), told) == ([], [])
    async with keys.together(request_) as known:
        assert known is None
        made = await maker.make()
        with pytest.raises(ZeroDivisionError):
            await fail_by_itself()
        await keys.end(request_, made)
        database.after_commit(lambda: told.append("then"))
        assert told == []
    assert (await maker.made(), told) == ([made], ["then"])


async def test_what_is_made_apart_is_told_when_it_has_ended(
    keys: IdempotencyKeys, request_: Request
):
    with pytest.raises(ZeroDivisionError):
        async with keys.apart(request_):
            raise ZeroDivisionError
    async with keys.apart(request_) as known:
        assert known is None
        with pytest.raises(Conflict) as refused:
            async with keys.apart(request_):
                raise AssertionError("it has not ended")
        assert refused.value.code == "idempotency_pending"
        await keys.end(request_, "page:1")
    async with keys.apart(request_) as known:
        assert known == "page:1"


async def test_a_key_is_forgotten_after_a_day(
    keys: IdempotencyKeys, request_: Request, clock: HandClock
):
    async def known() -> str | None:
        async with keys.together(request_) as made:
            if made is None:
                await keys.end(request_, "page:1")
            return made

    assert await known() is None
    clock.move(hours=KEPT_HOURS, seconds=-1)
    await keys.forget()
    assert await known() == "page:1"
    clock.move(seconds=1)
    await keys.forget()
    assert await known() is None
