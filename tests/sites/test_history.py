"""A page's past over HTTP: who, when, what; and back again while others type."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from pycrdt import Map, Text

from tests.collab.client import Client
from tests.sites.test_page_commands import preview, run


@pytest.fixture
def page(owner: httpx2.Client) -> str:
    site = owner.post("/api/sites", json={"name": "Temps"}).json()
    return owner.get(f"/api/sites/{site['id']}/pages").json()[0]["id"]


def write(owner: httpx2.Client, page: str, text: str) -> dict[str, Any]:
    hero = {"op": "insert", "block": "hero", "props": {"title": {"fr": text}}}
    return run(owner, page, hero).raise_for_status().json()


def test_the_timeline_names_people_and_shows_what_there_was(owner, page):
    first, second = write(owner, page, "Une vieille phrase"), write(owner, page, "Une neuve")
    found = owner.get(f"/api/pages/{page}/history").json()
    assert found["next"] is None
    latest = found["sessions"][0]
    assert (latest["to"], latest["actor"]["kind"]) == (second["seq"], "token")
    assert latest["actor"]["name"] == "Owner"
    assert latest["began_at"] <= latest["ended_at"]
    assert sum(session["edits"] for session in found["sessions"]) == second["seq"]
    then = owner.get(f"/api/pages/{page}/history/{first['seq']}")
    assert "Une vieille phrase" in then.text
    assert "Une neuve" not in then.text
    assert then.headers["content-security-policy"].startswith("sandbox allow-popups;")
    assert then.text.startswith("<!doctype html>")
    english = owner.get(f"/api/pages/{page}/history/{first['seq']}?locale=en")
    assert 'lang="en"' in english.text


def test_two_moments_are_compared_and_each_node_has_somebody_who_changed_it(owner, page):
    first = write(owner, page, "A")
    [hero] = first["results"][0]["created"]
    styled = {"op": "style", "target": {"id": hero}, "set": {"padding": "9px"}}
    second = run(owner, page, styled).json()
    third = run(owner, page, {"op": "remove", "target": {"id": hero}}).json()
    compare = f"/api/pages/{page}/compare?from={first['seq']}"
    found = owner.get(f"{compare}&to={second['seq']}").json()
    assert (found["from"], found["to"]) == (first["seq"], second["seq"])
    assert [(c["id"], c["properties"]) for c in found["changed"]] == [(hero, ["s:_::padding"])]
    assert found["added"] == found["removed"] == []
    assert hero in {node["id"] for node in owner.get(compare).json()["removed"]}
    blame = owner.get(f"/api/pages/{page}/blame").json()
    assert blame[hero]["seq"] == third["seq"]
    assert blame[hero]["actor"]["name"] == "Owner"


def test_a_named_moment_is_restored_while_others_type_and_the_restoring_undone(
    owner, owner_token, shared_vitrail, page
):
    before = write(owner, page, "Avant")
    named = owner.post(f"/api/pages/{page}/versions", json={"label": " Maquette "}).json()
    assert (named["label"], named["kind"], named["seq"]) == ("Maquette", "named", before["seq"])
    write(owner, page, "Après")
    with Client(shared_vitrail.base, owner_token, f"page:{page}") as client:
        client.sync()
        text = next(iter(text for text in texts(client) if str(text) == "Avant"))
        state = client.doc.get_state()
        text.insert(5, " et pendant")
        client.push(client.doc.get_update(state))  # on its way while the page is restored
        done = owner.post(f"/api/pages/{page}/restore", json={"version": named["id"]}).json()
        client.settle()
        assert done["results"][0]["status"] == "ok"
        assert done["results"][0]["changed"] > 0
        client.sync()
    html = preview(owner, page)
    assert "Après" not in html
    assert "Avant" in html
    versions = owner.get(f"/api/pages/{page}/versions").json()
    assert {version["kind"] for version in versions} == {"named", "restore"}
    run(owner, page, {"op": "undo", "run": done["run"]}).raise_for_status()
    assert "Après" in preview(owner, page)
    assert "Avant et pendant" in preview(owner, page)


def texts(client: Client) -> list[Any]:
    nodes = client.doc.get("nodes", type=Map)
    return [v for node in nodes.values() for v in node.values() if isinstance(v, Text)]


def test_publishing_keeps_a_version_of_every_page(owner, page):
    site = owner.get(f"/api/pages/{page}").json()["site"]["id"]
    write(owner, page, "Publié")
    for _ in range(2):
        owner.post(f"/api/sites/{site}/publish").raise_for_status()
    [version] = owner.get(f"/api/pages/{page}/versions").json()
    assert version["kind"] == "publish"
    assert "Publié" in owner.get(f"/api/pages/{page}/history/{version['seq']}").text


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "history/99999", None, 404),
        ("GET", "history/x", None, 400),
        ("GET", "history?before=-1", None, 400),
        ("GET", "history/1?locale=xx", None, 404),
        ("GET", "compare", None, 400),
        ("GET", "compare?from=1&to=99999", None, 404),
        ("POST", "versions", {"label": "  "}, 400),
        ("POST", "versions", {"label": "x" * 201}, 400),
        ("POST", "versions", {"label": "x", "seq": 99999}, 404),
        ("POST", "restore", {}, 400),
        ("POST", "restore", {"seq": 1, "version": "x"}, 400),
        ("POST", "restore", {"version": "unknown"}, 404),
    ],
)
def test_what_is_no_moment_is_refused(owner, page, method, path, body, status):
    found = owner.request(method, f"/api/pages/{page}/{path}", json=body)
    assert found.status_code == status
    assert found.json()["error"]["message"]
