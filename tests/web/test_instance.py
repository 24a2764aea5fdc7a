"""The server's owner closes a document's connections, sets it apart, and releases it."""

from __future__ import annotations

import pytest
from pycrdt import Map

from tests.collab.line import DIALECTS, Line
from vitrail.collab.log import UpdateLog
from vitrail.collab.poison import Dose
from vitrail.core.clock import SystemClock
from vitrail.core.database import Database

PAGE_TEXT = {"version": 1, "ops": [{"op": "set_text", "target": {"type": "heading"}, "text": "A"}]}


@pytest.fixture(scope="module")
def page(askers) -> str:
    owner = askers["owner"]
    site = owner.ask("POST", "/api/sites", json={"name": "Isolement"}).json()["id"]
    made = owner.ask("POST", f"/api/sites/{site}/pages", json={"title": "Carte"}).json()["id"]
    hero = {"version": 1, "ops": [{"op": "insert", "block": "hero"}]}
    owner.ask("POST", f"/api/pages/{made}/commands", json=hero).raise_for_status()
    return made


def address(name: str) -> str:
    return f"/api/instance/documents/{name}"


def test_what_is_open_is_told_with_who_and_how_large(askers, page):
    name = f"page:{page}"
    askers["owner"].ask("GET", f"/api/pages/{page}").raise_for_status()  # reads the site's document
    with Line(askers["designer"], "v", name).open(), Line(askers["editor"], "v", name).open():
        told = askers["instance"].ask("GET", "/api/instance").json()
    [node] = told["nodes"]
    assert node["connections"] >= 2
    assert node["memory_bytes"] > 20 << 20
    assert "documents" not in node
    [found] = [d for d in told["documents"] if d["name"] == name]
    assert (found["connections"], found["state"], found["unsaved"]) == (2, "occupied", 0)
    assert [name.lower() for name in found["people"]] == ["designer", "editor"]
    assert (found["site"]["name"], found["title"]) == ("Isolement", "Carte")
    assert found["stored_bytes"] > 100
    assert found["updates"] == found["tail"] >= 2


@pytest.mark.parametrize("dialect", DIALECTS)
def test_closing_sends_everybody_off_to_come_back(askers, dialect):
    with Line(askers["owner"], dialect, "doc:closing").open() as line:
        asked = askers["owner"].ask("POST", address("doc:closing") + "/close")
        assert asked.status_code == 204
        assert line.closed() == (1012, "the connections of this document were closed")
    with Line(askers["owner"], dialect, "doc:closing").open() as line:
        assert not line.denied


def test_a_document_set_apart_opens_to_nobody_until_it_is_released(askers, page):
    owner, name, reason = askers["owner"], f"page:{page}", "Un modèle le casse 🎉" + " é" * 60
    with Line(owner, "v", name).open() as line:
        assert line.write("Avant") == ""
        apart = owner.ask("POST", address(name) + "/quarantine", json={"reason": reason})
        assert apart.status_code == 204
        code, said = line.closed()
        assert code == 4423
        assert "is in quarantine" in said
    for dialect in DIALECTS:
        with Line(owner, dialect, name).open() as line:
            assert reason in line.denied
            if dialect == "y":
                assert line.closed()[0] == 4423
    answer = owner.ask("POST", f"/api/pages/{page}/commands", json=PAGE_TEXT)
    assert (answer.status_code, answer.json()["error"]["code"]) == (423, "locked")
    told = owner.ask("GET", "/api/instance").json()
    [apart] = [q for q in told["quarantined"] if q["name"] == name]
    assert (apart["reason"], apart["site"]["name"]) == (reason, "Isolement")
    assert apart["by"].lower() == "owner"  # other tests rename people
    assert owner.ask("GET", f"/api/pages/{page}").json()["set_apart"] == reason
    assert name not in [d["name"] for d in told["documents"]]

    assert owner.ask("DELETE", address(name) + "/quarantine").status_code == 204
    assert owner.ask("DELETE", address(name) + "/quarantine").status_code == 404
    assert owner.ask("GET", f"/api/pages/{page}").json()["set_apart"] is None
    with Line(owner, "v", name).open() as line:
        assert "Avant" in str(line.doc.get("nodes", type=Map).to_py())


def test_an_unknown_document_cannot_be_set_apart(askers):
    asked = askers["owner"].ask("POST", address("doc:nobody") + "/quarantine", json={})
    assert asked.status_code == 404
    assert askers["owner"].ask("POST", address("x" * 65) + "/close").status_code == 404


async def test_what_is_kept_out_is_told_with_its_author_and_time(askers, shared_vitrail, page):
    designer, name = askers["designer"], f"page:{page}"
    url = f"sqlite+aiosqlite:///{shared_vitrail.data / 'vitrail.db'}"
    async with Database(url) as database:
        doses = [Dose(b"d" * 32, designer.id, {}, 1_900_000_000_000), Dose(b"e" * 32, None, {})]
        await UpdateLog(database, SystemClock()).add_poison(name, doses)
    told = askers["instance"].ask("GET", "/api/instance").json()
    [found] = [k for k in told["kept_out"] if k["name"] == name]
    assert found["site"]["name"] == "Isolement"
    one, other = found["updates"]
    assert one.pop("by").lower() == "designer"
    assert one == {"id": "64" * 8, "at": "2030-03-17T17:46:40Z"}
    assert other == {"id": "65" * 8, "at": None, "by": None}
