"""Queries by themselves, on both databases."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import subprocess
import sys
import threading
from contextlib import suppress

import pytest
from sqlalchemy import Connection, bindparam, insert, make_url, select, text, update
from sqlalchemy.exc import DBAPIError, TimeoutError as PoolTimeout

from vitrail.core import tables
from vitrail.core.clock import SystemClock
from vitrail.core.database import Database
from vitrail.core.ids import new_id

organisation = tables.organisation.c
NAMED = (
    select(organisation.name)
    .where(organisation.id.in_(bindparam("ids", expanding=True)))
    .order_by(organisation.id)
)


async def test_a_query_by_itself_sees_what_was_committed(database):
    now = SystemClock().now()
    ids = sorted(new_id(SystemClock()) for _ in range(3))
    for number, key in enumerate(ids):
        row = {"id": key, "name": f"n{number}", "created_at": now}
        async with database.write() as sql:
            await sql.execute(insert(tables.organisation).values(row))
        found = await asyncio.gather(*(database.fetch(NAMED, {"ids": ids}) for _ in range(8)))
        assert {tuple(row.name for row in rows) for rows in found} == {
            tuple(f"n{n}" for n in range(number + 1))
        }


async def test_a_query_by_itself_changes_nothing(database):
    row = {"id": new_id(SystemClock()), "name": "stays", "created_at": SystemClock().now()}
    async with database.write() as sql:
        await sql.execute(insert(tables.organisation).values(row))
    with suppress(DBAPIError):  # SQLite refuses it, PostgreSQL rolls it back
        await database.fetch(text("DELETE FROM organisation RETURNING id"))
    assert [found.name for found in await database.fetch(NAMED, {"ids": [row["id"]]})] == ["stays"]


WITHOUT_ORM = """
import sys, vitrail.server.application
assert "sqlalchemy.orm" not in sys.modules
import sqlalchemy.ext.asyncio.session as sessions  # whoever wants it gets it
assert sessions.AsyncSession.__mro__
"""
WITH_ORM = """
import sqlalchemy.orm, vitrail.core.database
from sqlalchemy.ext.asyncio import AsyncSession
assert AsyncSession.__mro__
"""


@pytest.mark.parametrize("program", [WITHOUT_ORM, WITH_ORM], ids=["server", "larger program"])
def test_a_process_has_the_orm_only_if_somebody_else_wants_it(program: str):
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # the other locks rows itself
async def test_who_writes_waits_for_its_turn_and_no_longer_than_it_may(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    order: list[int] = []

    async def write(number: int) -> None:
        async with database.write():
            order.append(number)

    async with database.write():
        with monkeypatch.context() as patched:
            patched.setattr("vitrail.core.sqlite.BUSY_SECONDS", 0.05)
            with pytest.raises(PoolTimeout, match="others"):
                await write(0)
        others = [asyncio.create_task(write(number)) for number in range(1, 4)]
        await asyncio.wait([asyncio.create_task(asyncio.sleep(0))])  # until they wait
        others[1].cancel()
    await asyncio.wait(others)
    assert order == [1, 3]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_whoever_is_cancelled_between_two_rows_leaves_no_lock(database: Database):
    loop, begun, may_go_on = asyncio.get_running_loop(), asyncio.Event(), threading.Event()

    def row(number: int) -> int:
        loop.call_soon_threadsafe(begun.set)
        may_go_on.wait(20)
        return number

    async def write() -> None:
        async with database.write() as sql:
            await sql.execute(text("CREATE TABLE half_done (x)"))
            driver = (await sql.get_raw_connection()).driver_connection
            assert driver is not None
            await driver.create_function("row", 1, row)
            await sql.execute(text("SELECT row(1) UNION ALL SELECT row(2)"))

    writing = asyncio.create_task(write())
    await begun.wait()
    writing.cancel()
    may_go_on.set()
    with pytest.raises(asyncio.CancelledError) as cancelled:  # keeps its frames, with their cursor
        await writing
    url = make_url(database.url).database
    assert url is not None
    with contextlib.closing(sqlite3.connect(url, timeout=0, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not other.execute("SELECT * FROM sqlite_master WHERE name = 'half_done'").fetchall()
    assert cancelled.value


async def test_a_function_that_reads_sees_one_moment_and_changes_nothing(database: Database):
    name = "Avant"
    async with database.write() as sql:
        row = {"id": new_id(SystemClock()), "name": name, "created_at": SystemClock().now()}
        await sql.execute(insert(tables.organisation).values(**row))
    mine = update(tables.organisation).where(organisation.id == row["id"])
    loop = asyncio.get_running_loop()

    def look(sql: Connection) -> list[str]:
        query = select(organisation.name).where(organisation.id == row["id"])
        found = [sql.execute(query).scalar_one()]
        if database.is_sqlite:  # in a thread: another may write meanwhile
            asyncio.run_coroutine_threadsafe(rename(), loop).result()
        found.append(sql.execute(query).scalar_one())
        with suppress(DBAPIError):
            sql.execute(mine.values(name="Ailleurs"))
        return found

    async def rename() -> None:
        async with database.write() as sql:
            await sql.execute(mine.values(name="Après"))

    assert await database.look(look) == [name, name]
    found = await database.fetch(select(organisation.name).where(organisation.id == row["id"]))
    assert found[0].name == ("Après" if database.is_sqlite else name)
