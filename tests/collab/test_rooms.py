"""Rooms on a real database: what may be let go, what must be kept, what must not block."""

from __future__ import annotations

import asyncio
import gc
import secrets
import weakref
from contextlib import asynccontextmanager
from typing import Any

import pytest
from pycrdt import Doc, Map
from sqlalchemy import delete, select, text, update

from vitrail.collab import rooms as rooms_module, tables as t
from vitrail.collab.entries import Author
from vitrail.collab.rooms import Rooms
from vitrail.collab.server_edits import edit_documents
from vitrail.collab.walker import halves_of
from vitrail.core.clock import SystemClock
from vitrail.core.database import Database
from vitrail.core.errors import NotFound, Unavailable
from vitrail.core.migrate import migrate
from vitrail.server.schemas import schemas

SOMEBODY = Author(None, "system")
NAME = "doc:rooms"


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request, tmp_path):
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'rooms.db'}"
        return
    cluster: str = request.getfixturevalue("postgres")
    name = f"rooms_{secrets.token_hex(4)}"
    async with Database(cluster) as database, database.engine.connect() as sql:
        await sql.execution_options(isolation_level="AUTOCOMMIT")
        await sql.execute(text(f"CREATE DATABASE {name}"))
    yield cluster.replace("/postgres?", f"/{name}?")


@asynccontextmanager
async def running(url: str):
    async with Database(url) as database:
        await migrate(database)
        async with Rooms(database, SystemClock(), schemas()).running() as rooms:
            yield rooms


def write(key: str, value: Any = 1):
    def change(docs: list[Doc[Any]]) -> None:
        docs[0].get("m", type=Map)[key] = value

    return change


async def until(check) -> None:
    """Let the loop run until something is so."""
    async with asyncio.timeout(20):
        while not check():  # noqa: ASYNC110 - nothing tells when a room goes
            await asyncio.sleep(0)


async def test_a_document_deleted_under_an_edit_does_not_stop_the_log(url):
    async with running(url) as rooms:
        for name in (NAME, "doc:other"):
            async with rooms.open(name, create_for=SOMEBODY):
                pass
        async with rooms.open(NAME):
            async with rooms.log._database.write() as sql:
                await rooms.log.drop(sql, [NAME])
            with pytest.raises(NotFound):
                await edit_documents(rooms, [NAME], SOMEBODY, write("lost"))
            _, seq = await edit_documents(rooms, ["doc:other"], SOMEBODY, write("kept"))
        assert seq == 1
        assert rooms.log.healthy


async def test_a_room_is_not_let_go_while_its_edits_wait_for_the_disk(url, monkeypatch):
    monkeypatch.setattr(rooms_module, "LINGER_SECONDS", -1.0)
    monkeypatch.setattr(rooms_module, "SWEEP_SECONDS", 0.0)
    async with running(url) as rooms:
        async with rooms.open(NAME, create_for=SOMEBODY):
            pass
        await until(lambda: NAME not in rooms.live)
        async with Database(url) as other, other.write() as sql:
            if not other.is_sqlite:  # where a writer does not hold the others up
                await sql.execute(text("LOCK TABLE collab_doc IN EXCLUSIVE MODE"))
            editing = asyncio.ensure_future(edit_documents(rooms, [NAME], SOMEBODY, write("slow")))
            await until(lambda: NAME in rooms.live and rooms.live[NAME].is_dirty)
            for _ in range(100):
                await asyncio.sleep(0)
            assert NAME in rooms.live
            assert not editing.done()
        await editing
        await until(lambda: NAME not in rooms.live)
        assert (await rooms.read(NAME)).get("m", type=Map)["slow"] == 1


async def test_a_document_that_was_let_go_leaves_the_memory(url, monkeypatch):
    monkeypatch.setattr(rooms_module, "LINGER_SECONDS", -1.0)
    monkeypatch.setattr(rooms_module, "SWEEP_SECONDS", 0.0)
    async with running(url) as rooms:
        async with rooms.open(NAME, create_for=SOMEBODY):
            room = weakref.ref(rooms.live[NAME])
        await edit_documents(rooms, [NAME], SOMEBODY, write("a"))
        await until(lambda: NAME not in rooms.live)
        gc.collect()
        assert room() is None


async def test_a_refused_edit_leaves_nothing_behind(url):
    def half(docs: list[Doc[Any]]) -> None:
        write("half")(docs)
        raise NotFound("what the second half needed")

    async with running(url) as rooms, rooms.open(NAME, create_for=SOMEBODY):
        await edit_documents(rooms, [NAME], SOMEBODY, write("a"))
        with pytest.raises(NotFound, match="second half"):
            await edit_documents(rooms, [NAME], SOMEBODY, half)
        assert (await rooms.read(NAME)).get("m", type=Map).to_py() == {"a": 1}
    async with running(url) as rooms:
        assert (await rooms.read(NAME)).get("m", type=Map).to_py() == {"a": 1}


async def test_those_who_come_at_once_share_one_load(url, monkeypatch):
    async with running(url) as rooms:
        loads = []
        load = rooms.log.load

        async def counted(name):
            loads.extend([name] * bool(name))  # what is warmed up has none
            return await load(name)

        monkeypatch.setattr(rooms.log, "load", counted)

        async def visit():
            async with rooms.open(NAME, create_for=SOMEBODY) as room:
                return room

        found = await asyncio.gather(*(visit() for _ in range(50)))
        assert len(set(found)) == len(loads) == 1


async def everything(database: Database) -> list[Any]:
    async with database.read() as sql:
        rows = [await sql.execute(select(table)) for table in (t.doc, t.snapshot, t.update)]
        return [row for found in rows for row in found]


@pytest.mark.parametrize(
    "damage",
    [
        delete(t.update).where(t.update.c.seq == 2),
        update(t.update).where(t.update.c.seq == 2).values(payload=b"\xff\x01\x02"),
    ],
    ids=["a hole", "a damaged update"],
)
async def test_a_damaged_log_refuses_and_is_not_touched(url, damage):
    async with running(url) as rooms, rooms.open(NAME, create_for=SOMEBODY):
        for key in "abc":
            await edit_documents(rooms, [NAME], SOMEBODY, write(key))
    async with Database(url) as database:
        async with database.write() as sql:
            assert (await sql.execute(damage)).rowcount == 1
        before = await everything(database)
    async with running(url) as rooms:
        with pytest.raises(Unavailable, match="doc:rooms"):
            await rooms.read(NAME)
        with pytest.raises(Unavailable):
            await edit_documents(rooms, [NAME], SOMEBODY, write("d"))
    async with Database(url) as database:
        assert await everything(database) == before


async def test_a_document_counts_as_loading_until_it_is_live(url, monkeypatch):
    """Whoever sets it apart meanwhile must find it."""

    async with running(url) as rooms, rooms.open(NAME, create_for=SOMEBODY):
        await edit_documents(rooms, [NAME], SOMEBODY, write("party", "\U0001f389"))
    seen = []

    async def looking(document):
        seen.append(list(again.loading))
        return await halves_of(document)

    monkeypatch.setattr(rooms_module, "halves_of", looking)
    async with running(url) as again, again.open(NAME) as room:
        assert seen == [[NAME]]
        assert not again.loading
        assert again.live[NAME] is room
