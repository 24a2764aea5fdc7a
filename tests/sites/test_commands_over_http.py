"""Commands over HTTP: once per key, undone as one, all or nothing, within limits."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.collab.test_access_changes import Site
from tests.people import contents
from vitrail.sites.editing import MAX_OPS
from vitrail.web.calls import MAX_BODY_BYTES


@pytest.fixture
def site(askers) -> Site:
    return Site(askers["owner"])


def run(site: Site, *ops: dict[str, Any], by=None, **fields: Any) -> httpx2.Response:
    body = {"version": 1, "ops": ops, **fields}
    return (by or site.owner).ask("POST", site.commands, json=body)


def write(text: str) -> dict[str, Any]:
    return {"op": "set_text", "target": {"type": "heading"}, "text": text, "locale": "fr"}


def test_a_run_is_answered_once_it_is_on_disk(shared_vitrail, site):
    done = run(site, write("Sur le disque")).json()
    assert done["results"] == [{"op": "set_text", "status": "ok"}]
    heads = {row[0]: row for row in contents(shared_vitrail)["collab_doc"]}
    assert done["seq"] in heads[f"page:{site.page}"]
    assert len(done["run"]) == 26
    assert "Sur le disque" in site.title()


def test_the_same_key_runs_once_per_person(site, askers):
    first = run(site, {"op": "insert", "block": "hero"}, idempotency_key="k")
    before = site.title()
    again = run(site, {"op": "insert", "block": "hero"}, idempotency_key="k")
    assert again.json() == first.json()
    assert site.title() == before
    other = run(site, write("Un autre"), by=askers["designer"], idempotency_key="k")
    assert other.json()["run"] != first.json()["run"]


def test_a_key_whose_run_failed_may_be_used_again(site):
    bad = {"op": "remove", "target": {"id": "nowhere00000"}}
    run(site, bad, idempotency_key="again")
    assert run(site, {"op": "nonsense"}, idempotency_key="again2").status_code == 400
    assert run(site, write("Enfin"), idempotency_key="again2").is_success
    assert "Enfin" in site.title()


def test_a_run_of_many_is_undone_as_one_and_redone(site):
    before = site.title()
    style = {"op": "style", "target": {"type": "heading"}, "set": {"color": "#abcdef"}}
    done = run(site, write("Défait"), style, {"op": "insert", "block": "cta"}).json()
    changed = site.title()
    assert all(text in changed for text in ("Défait", "#abcdef"))
    undone = run(site, {"op": "undo", "run": done["run"]}).json()
    assert undone["results"][0]["status"] == "ok"
    assert site.title() == before
    run(site, {"op": "undo", "run": undone["run"]})
    assert site.title() == changed


def test_what_somebody_changed_since_is_left_and_reported(site, askers):
    def paint(color: str) -> dict[str, Any]:
        return {"op": "style", "target": {"type": "heading"}, "set": {"color": color}}

    done = run(site, paint("#111111")).json()
    run(site, paint("#222222"), by=askers["designer"])
    [result] = run(site, {"op": "undo", "run": done["run"]}).json()["results"]
    assert result["error"]["code"] == "changed_since"
    assert "#222222" in site.title()


def test_a_run_of_another_page_is_not_undone_here(site):
    other = Site(site.owner)
    done = run(other, write("Ailleurs")).json()
    assert run(site, {"op": "undo", "run": done["run"]}).status_code == 404
    assert "Ailleurs" in other.title()


def test_all_or_nothing_unless_partial(site):
    missing = {"op": "remove", "target": {"id": "nowhere00000"}}
    before = site.title()
    whole = run(site, write("À moitié"), missing)
    assert site.title() == before
    assert [r["status"] for r in whole.json().get("results", [])] in ([], ["skipped", "error"])
    part = run(site, write("À moitié"), missing, partial=True).json()
    assert [result["status"] for result in part["results"]] == ["ok", "error"]
    assert part["results"][1]["error"].keys() >= {"code", "message"}
    assert "À moitié" in site.title()


BAD: dict[str, Any] = {
    "no JSON": b"{",
    "a list": [],
    "no operations": {"version": 1, "ops": []},
    "another version": {"version": 2, "ops": [write("x")]},
    "an unknown field": {"version": 1, "ops": [write("x")], "extra": 1},
    "an unknown operation": {"version": 1, "ops": [{"op": "explode"}]},
    "an operation with an unknown field": {"version": 1, "ops": [{**write("x"), "extra": 1}]},
    "an operation without its field": {"version": 1, "ops": [{"op": "set_text"}]},
    "a target of nothing": {"version": 1, "ops": [{**write("x"), "target": {}}]},
    "a text that is a number": {"version": 1, "ops": [{**write("x"), "text": 5}]},
    "an empty key": {"version": 1, "ops": [write("x")], "idempotency_key": ""},
    "an endless key": {"version": 1, "ops": [write("x")], "idempotency_key": "k" * 101},
    "too many operations": {"version": 1, "ops": [write("x")] * (MAX_OPS + 1)},
    "an undo among others": {"version": 1, "ops": [write("x"), {"op": "undo", "run": "x"}]},
    "an unknown block": {"version": 1, "ops": [{"op": "insert", "block": "no-such"}]},
    "a style that is not one": {
        "version": 1,
        "ops": [
            {"op": "style", "target": {"type": "heading"}, "set": {"color": "url(javascript:1)"}}
        ],
    },
    "an address of a script": {
        "version": 1,
        "ops": [
            {"op": "update", "target": {"type": "button"}, "set": {"href": "javascript:alert(1)"}}
        ],
    },
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_request_says_why_and_does_nothing(shared_vitrail, site, case):
    body = BAD[case]
    before = contents(shared_vitrail)["collab_doc"]
    sent = {"content": body} if isinstance(body, bytes) else {"json": body}
    answer = site.owner.ask("POST", site.commands, **sent)
    if answer.is_success:  # understood, and refused by the page
        [result] = answer.json()["results"]
        assert result["status"] == "error"
        error = result["error"]
    else:
        assert answer.status_code in {400, 404}, answer.text
        error = answer.json()["error"]
    assert error["message"]
    assert contents(shared_vitrail)["collab_doc"] == before


def test_a_body_beyond_the_limit_is_not_read(site):
    refused = run(site, write("x" * MAX_BODY_BYTES))
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("op", "may"),
    [
        (write("Texte"), {"owner", "designer", "editor"}),
        ({"op": "style", "target": {"type": "heading"}, "set": {"color": "#010203"}}, {"owner", "designer"}),
        ({"op": "insert", "block": "hero"}, {"owner", "designer"}),
        ({"op": "remove", "target": {"type": "hero"}}, {"owner", "designer"}),
        ({"op": "theme", "set": {"color-accent": "#112233"}}, {"owner", "designer"}),
        ({"op": "add_page", "title": "Neuve"}, {"owner", "designer"}),
    ],
    ids=lambda value: value["op"] if isinstance(value, dict) else "",
)  # fmt: skip
def test_each_operation_asks_for_its_own_right(site, askers, op, may):
    for name in ("viewer", "commenter", "editor", "designer", "owner"):
        answer = run(site, op, by=askers[name])
        assert answer.is_success is (name in may), (name, answer.text)
        if name not in may:
            assert answer.status_code == 403
