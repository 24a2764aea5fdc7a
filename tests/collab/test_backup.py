"""A backup brings back all that was there, in either database, beside a server that runs."""

from __future__ import annotations

import hashlib
import json
import threading
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from pycrdt import Doc, Map
from sqlalchemy import select
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.collab.client import Client
from tests.collab.conftest import new_database
from tests.servers import Vitrail
from vitrail.collab import tables as t
from vitrail.collab.codec import prefixed
from vitrail.collab.log import UpdateLog
from vitrail.commerce import tables as commerce
from vitrail.commerce.inputs import CategoryInput, MerchantInput, ProductInput, VariantInput
from vitrail.commerce.model import Price
from vitrail.core import tables as core
from vitrail.core.access import SYSTEM
from vitrail.core.clock import SystemClock
from vitrail.core.database import Database
from vitrail.core.errors import Conflict, InvalidInput
from vitrail.core.settings import Settings
from vitrail.server.application import open_services
from vitrail.server.backup import back_up
from vitrail.server.restore import restore
from vitrail.server.schemas import schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vitrail.web.services import Services

SOLD = (commerce.category, commerce.product, commerce.variant, commerce.change)
CLOCK = SystemClock()


def silent(_words: str) -> None:
    return


async def contents(settings: Settings) -> dict[str, str]:
    """Return the digest of each document's content."""
    found: dict[str, str] = {}
    async with Database(settings.sql_url) as database:
        log = UpdateLog(database, CLOCK)
        async with database.read() as sql:
            names = list((await sql.execute(select(t.doc.c.id))).scalars())
        for name in names:
            doc: Doc[Any] = Doc()
            for update in (await log.load(name)).updates:
                doc.apply_update(update)
            roots = schemas()[name.partition(":")[0]].roots or {"edits": Map}
            shown = {root: doc.get(root, type=kind).to_py() for root, kind in roots.items()}
            content = json.dumps(shown, sort_keys=True, default=str)
            found[name] = hashlib.sha256(content.encode()).hexdigest()
    return found


async def lineages(settings: Settings) -> set[str]:
    async with Database(settings.sql_url) as database, database.read() as sql:
        return set((await sql.execute(select(t.doc.c.lineage))).scalars())


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vitrail]:
    server = Vitrail(tmp_path_factory.mktemp("backup") / "data")
    server.start()
    yield server
    server.stop()


async def _sell(services: Services) -> None:
    [site] = await services.catalogue.list(SYSTEM)
    shop, key = services.commerce, site["id"]
    branch = await shop.categories.create(key, SYSTEM, CategoryInput(name={"fr": "Bols"}))
    trunk = await shop.categories.create(key, SYSTEM, CategoryInput(name={"fr": "Table"}))
    await shop.categories.update(key, SYSTEM, branch, CategoryInput(parent_id=trunk))
    merchant = await shop.merchants.create(key, SYSTEM, MerchantInput(name="Atelier"))
    bowl = ProductInput(name={"fr": "Bol"}, merchant_id=merchant, category_id=branch)
    variant = VariantInput(sku="BOL", prices=[Price(1250, "EUR")])
    await shop.products.create(key, SYSTEM, bowl, [variant])


async def a_server(settings: Settings) -> None:
    """Make what the first start makes, fold one document, store a file, and sell something."""
    async with open_services(settings, CLOCK) as services:
        await _sell(services)
        async with services.database.read() as sql:
            name = (await sql.execute(select(t.doc.c.id).order_by(t.doc.c.id))).scalars().first()
        await services.collab.rooms._compactor.compact(str(name))


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("source", "target"), [("sqlite", "sqlite"), ("postgres", "postgres"), ("sqlite", "postgres")]
)
async def test_documents_are_equal_after_backup_and_restore(
    source: str, target: str, postgres: str, postgres_template: str, tmp_path: Path
):
    async def settings(kind: str, folder: str) -> Settings:
        is_postgres = kind == "postgres"
        url = await new_database(postgres, postgres_template) if is_postgres else ""
        return Settings(data=str(tmp_path / folder), database_url=url)

    one, other = await settings(source, "one"), await settings(target, "other")
    await a_server(one)
    before = await contents(one)
    assert len(before) > 3
    await back_up(one, tmp_path / "a.zip", CLOCK, silent)
    await restore(other, tmp_path / "a.zip", CLOCK, silent, replace=False)
    assert await contents(other) == before
    assert (await lineages(other)).isdisjoint(await lineages(one))
    async with Database(other.sql_url) as there, Database(one.sql_url) as here:
        for table in (core.user, core.grant, t.version, *SOLD):
            async with there.read() as sql, here.read() as old:
                query = select(table).order_by(*table.primary_key.columns)
                restored, known = (await sql.execute(query)).all(), (await old.execute(query)).all()
            assert [row[0] for row in restored] == [row[0] for row in known]
    async with open_services(other, CLOCK) as services:
        [site] = await services.catalogue.list(SYSTEM)
        reads = services.commerce.reading([site["id"]])
        found = await reads.page_of_products(site["id"], search="bols")
    assert [product.name for product in found.items] == [{"fr": "Bol"}]
    with pytest.raises(Conflict, match="there is data") as refused:
        await restore(other, tmp_path / "a.zip", CLOCK, silent, replace=False)
    assert "--replace" in str(refused.value.hint)
    first = await lineages(other)
    await restore(other, tmp_path / "a.zip", CLOCK, silent, replace=True)
    assert await contents(other) == before
    assert (await lineages(other)).isdisjoint(first)


def code_of(socket: ClientConnection | Client) -> int:
    """Read until a socket is closed; return the code."""
    read = socket.receive if isinstance(socket, Client) else socket.recv
    try:
        while True:
            read(timeout=20)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else 0


def test_editors_of_a_live_server_get_the_restored_state_and_old_copies_are_refused(
    live: Vitrail, tmp_path: Path
):
    token = live.run("token", "create")
    name = "doc:restored"
    acknowledged: list[int] = []
    done = threading.Event()

    def edit_on() -> None:
        with Client(live.base, token, "doc:busy") as busy:
            while not done.is_set():
                busy.edit(str(busy.sent), busy.sent)
                busy.settle()
                acknowledged.append(busy.acknowledged)

    editor = threading.Thread(target=edit_on)
    with Client(live.base, token, name) as client:
        client.sync()
        client.edit("kept", 1)
        client.settle()
        editor.start()
        while not acknowledged:
            assert editor.is_alive()
            done.wait(0.01)
        promised = acknowledged[-1]
        live.run("backup", str(tmp_path / "live.zip"))
        done.set()
        editor.join()
        client.edit("later", 2)
        client.settle()
        live.run("restore", str(tmp_path / "live.zip"), "--replace")
        assert code_of(client) == 1012
    with Client(live.base, token, name) as again:
        again.sync()
        assert again.map.to_py() == {"kept": 1.0}
        again.edit("new", 3)
        again.settle()
    with Client(live.base, token, "doc:busy") as busy:
        busy.sync()
        assert len(busy.map.to_py()) >= promised

    address = f"{live.base.replace('http', 'ws')}/collab/y/{name}?token={token}"
    old = client.doc
    step1 = b"\x00\x00" + prefixed(old.get_state())
    client.map["offline"] = 4
    whole = b"\x00\x01" + prefixed(old.get_update())
    with (
        connect(address, legacy=True) as one,
        connect(address, legacy=True) as other,
        Client(live.base, token, name, old) as stock,
    ):
        one.send(step1)
        other.send(whole)
        stock.send(step1)
        assert [code_of(socket) for socket in (one, other, stock)] == [4409] * 3
    with Client(live.base, token, name) as last:
        last.sync()
        assert last.map.to_py() == {"kept": 1.0, "new": 3.0}


@pytest_asyncio.fixture
async def backed_up(tmp_path: Path) -> tuple[Settings, Path]:
    settings = Settings(data=str(tmp_path / "data"))
    await a_server(settings)
    await back_up(settings, tmp_path / "whole.zip", CLOCK, silent)
    return settings, tmp_path / "whole.zip"


def altered(whole: Path, bad: Path, damage: str) -> None:
    if damage == "cut":
        content = whole.read_bytes()
        bad.write_bytes(content[: len(content) // 2])
        return
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(bad, "w") as copy:
        for name in good.namelist():
            content = good.read(name)
            if damage == "a row" and name == "tables/account.jsonl":
                content = content.replace(b'"active":true', b'"active":false')
            if damage == "format" and name == "manifest.json":
                content = content.replace(b'"format":1', b'"format":2')
            if damage == "revision" and name == "manifest.json":
                content = content.replace(b'"revision":"', b'"revision":"9')
            if damage != "a part" or name != "tables/site.jsonl":
                copy.writestr(name, content)
        if damage == "a stranger":
            copy.writestr("blobs/../../evil", b"")


async def test_a_backup_that_is_not_whole_changes_nothing(backed_up: tuple[Settings, Path]):
    settings, whole = backed_up
    before, histories = await contents(settings), await lineages(settings)
    for damage in ("cut", "a row", "a part", "a stranger", "format", "revision"):
        bad = whole.with_name(f"{damage}.zip")
        altered(whole, bad, damage)
        with pytest.raises(InvalidInput) as refused:
            await restore(settings, bad, CLOCK, silent, replace=True)
        assert refused.value.hint
        assert (await contents(settings), await lineages(settings)) == (before, histories)
    with pytest.raises(InvalidInput, match="not a whole backup"):
        await restore(settings, whole.with_name("missing.zip"), CLOCK, silent, replace=True)
    with pytest.raises(Conflict, match="there already"):
        await back_up(settings, whole, CLOCK, silent)
