"""Queries by themselves, on both databases."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import suppress

import pytest
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
