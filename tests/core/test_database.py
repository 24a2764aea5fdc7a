"""Queries by themselves, on both databases."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from sqlalchemy import bindparam, insert, select, text
from sqlalchemy.exc import DBAPIError

from vitrail.core import tables
from vitrail.core.clock import SystemClock
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
