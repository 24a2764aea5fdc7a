"""Commands that reach beyond one page: adding, removing and copying, each undone in one go."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest


def run(owner: httpx2.Client, page: str, *ops: dict[str, Any], **fields: Any) -> httpx2.Response:
    return owner.post(f"/api/pages/{page}/commands", json={"version": 1, "ops": ops, **fields})


@pytest.fixture
def site(owner: httpx2.Client) -> dict[str, Any]:
    return owner.post("/api/sites", json={"name": "Pages"}).json()


@pytest.fixture
def pages(owner: httpx2.Client, site: dict[str, Any]):
    def titles() -> dict[str, str]:
        return {p["title"]: p["id"] for p in owner.get(f"/api/sites/{site['id']}/pages").json()}

    return titles


def preview(owner: httpx2.Client, page: str) -> str:
    return owner.get(f"/preview/{page}").text


def test_pages_come_and_go_and_undo_brings_them_back(owner, pages):
    [(home_title, home)] = pages().items()
    added = run(owner, home, {"op": "add_page", "title": "Carte"}, {"op": "add_page", "title": "B"})
    assert list(pages()) == [home_title, "Carte", "B"]
    assert added.json()["results"][0]["created"] == [pages()["Carte"]]
    removed = run(owner, home, {"op": "remove_page", "page": pages()["Carte"]})
    assert list(pages()) == [home_title, "B"]
    run(owner, home, {"op": "undo", "run": removed.json()["run"]})
    assert list(pages()) == [home_title, "Carte", "B"]
    run(owner, home, {"op": "undo", "run": added.json()["run"]})
    assert list(pages()) == [home_title]


def test_a_new_page_has_the_navigation_and_footer_of_the_first(owner, pages):
    home = next(iter(pages().values()))
    run(owner, home, {"op": "add_page", "title": "Carte"})
    html = preview(owner, pages()["Carte"])
    assert "<header" in html
    assert "<footer" in html


def test_a_block_is_copied_to_another_page_and_undone_there(owner, pages):
    home = next(iter(pages().values()))
    run(owner, home, {"op": "add_page", "title": "Carte"})
    other = pages()["Carte"]
    hero = {"title": {"fr": "Une phrase à copier"}}
    run(owner, home, {"op": "insert", "block": "hero", "props": hero}).raise_for_status()
    target = {"type": "hero", "nth": -1}
    copied = run(owner, home, {"op": "duplicate", "target": target, "to_page": other})
    [result] = copied.json()["results"]
    assert "Une phrase à copier" in preview(owner, other)
    run(owner, other, {"op": "undo", "run": result["run"]})
    assert "Une phrase à copier" not in preview(owner, other)
    assert "Une phrase à copier" in preview(owner, home)


def test_pages_do_not_mix_with_edits_and_nothing_is_done_by_half(owner, pages):
    home = next(iter(pages().values()))
    mixed = run(owner, home, {"op": "add_page", "title": "X"}, {"op": "insert", "block": "hero"})
    assert mixed.status_code == 400
    assert "X" not in pages()
    last = run(owner, home, {"op": "remove_page", "page": home})
    assert last.status_code == 409


def test_the_same_key_runs_once(owner, pages):
    home = next(iter(pages().values()))
    ask = ({"op": "add_page", "title": "Une fois"},)
    first = run(owner, home, *ask, idempotency_key="k1")
    again = run(owner, home, *ask, idempotency_key="k1")
    assert again.json() == first.json()
    assert len(pages()) == 2
