"""Mutations: they reach those who edit at that moment, and say why they did nothing."""

from __future__ import annotations

from typing import Any

import pytest
from pycrdt import Map

from tests.api.conftest import Api, Place
from tests.collab.line import Line

EDIT = """mutation($page: ID!, $ops: [JSON!]!, $if: Int, $key: String) {
  pageEdit(pageId: $page, ops: $ops, ifRevision: $if, clientMutationId: $key) {
    seq run results page { revision blocks { type texts } } errors { code message hint path }
  }
}"""
UNDO = """mutation($page: ID!, $run: ID!) {
  pageUndo(pageId: $page, run: $run) { page { blocks { type texts } } errors { code } }
}"""


def headline(text: str) -> list[dict[str, Any]]:
    return [{"op": "set_text", "target": {"type": "heading"}, "text": text}]


def texts(answer: dict[str, Any]) -> str:
    return str([block["texts"] for block in answer["page"]["blocks"]])


def test_an_edit_is_seen_by_those_who_have_the_page_open_and_can_be_undone(
    api: Api, apis: dict[str, Api], place: Place
):
    page = place.pages[0]
    with Line(apis["designer"].asker, "v", page).open() as line:
        done = api(EDIT, page=page, ops=headline("Depuis le téléphone"))["pageEdit"]
        assert done["errors"] == []
        assert done["results"] == [{"op": "set_text", "status": "ok"}]
        assert "Depuis le téléphone" in texts(done)
        assert done["page"]["revision"] == done["seq"]
        while "Depuis le téléphone" not in str(line.doc.get("nodes", type=Map).to_py()):
            line.pull()
    undone = api(UNDO, page=page, run=done["run"])["pageUndo"]
    assert undone["errors"] == []
    assert "Depuis le téléphone" not in texts(undone)


def test_an_edit_for_a_revision_that_has_passed_does_nothing(api: Api, place: Place):
    page = place.pages[1]
    first = api(EDIT, page=page, ops=headline("Un"))["pageEdit"]
    assert api(EDIT, page=page, ops=headline("Deux"), **{"if": first["seq"]})["pageEdit"]["run"]
    late = api(EDIT, page=page, ops=headline("Trop tard"), **{"if": first["seq"]})["pageEdit"]
    [error] = late["errors"]
    assert error["code"] == "stale_revision"
    assert str(first["seq"] + 1) in error["message"]
    assert late["page"] is None
    assert "Trop tard" not in str(
        api("query($p: ID!) { page(id: $p) { blocks { texts } } }", p=page)
    )


def test_an_edit_that_is_sent_twice_is_made_once(api: Api, place: Place):
    page, key = place.pages[2], "retry-1"
    ops = [{"op": "insert", "block": "hero"}]
    first = api(EDIT, page=page, ops=ops, key=key)["pageEdit"]
    again = api(EDIT, page=page, ops=ops, key=key)["pageEdit"]
    assert (again["run"], again["seq"]) == (first["run"], first["seq"])
    assert len(again["page"]["blocks"]) == len(first["page"]["blocks"])


def test_the_key_of_an_edit_is_of_no_other(api: Api, place: Place):
    page, key = place.pages[2], "retry-2"
    first = api(EDIT, page=page, ops=headline("Une fois"), key=key)["pageEdit"]
    other = api(EDIT, page=page, ops=headline("Autre chose"), key=key)["pageEdit"]
    assert [error["code"] for error in other["errors"]] == ["idempotency_key"]
    assert other["run"] is None
    same = {"text": "Une fois", "op": "set_text", "target": {"type": "heading"}}
    assert api(EDIT, page=page, ops=[same], key=key)["pageEdit"]["run"] == first["run"]


def test_an_edit_for_a_revision_is_answered_again_though_it_has_made_another(
    api: Api, place: Place
):
    page = place.pages[1]
    at = api("query($p: ID!) { page(id: $p) { revision } }", p=page)["page"]["revision"]
    asked = {"page": page, "ops": headline("Répété"), "key": "retry-3", "if": at}
    first, again = api(EDIT, **asked)["pageEdit"], api(EDIT, **asked)["pageEdit"]
    assert (again["errors"], again["run"]) == ([], first["run"])


def test_an_edit_that_did_nothing_says_so_among_the_errors(api: Api, place: Place):
    page = place.pages[1]
    ops = [*headline("Jamais"), {"op": "remove", "target": {"id": "nothing-here"}}]
    done = api(EDIT, page=page, ops=ops)["pageEdit"]
    assert [result["status"] for result in done["results"]] == ["skipped", "error"]
    [error] = done["errors"]
    assert (error["path"], error["code"]) == (["ops", "1"], done["results"][1]["error"]["code"])
    assert "Jamais" not in texts(done)
    partial = EDIT.replace("ops: $ops,", "ops: $ops, partial: true,")
    done = api(partial, page=page, ops=ops)["pageEdit"]
    assert ([result["status"] for result in done["results"]], done["errors"]) == (
        ["ok", "error"],
        [],
    )


@pytest.mark.parametrize(
    ("ops", "code"),
    [([], "invalid_input"), ([{"op": "explode"}], "invalid_input"), ([7], "invalid_input")],
)
def test_what_is_no_edit_is_told_beside_the_result(api: Api, place: Place, ops: Any, code: str):
    done = api(EDIT, page=place.pages[0], ops=ops)["pageEdit"]
    assert [error["code"] for error in done["errors"]] == [code]
    assert (done["page"], done["run"]) == (None, None)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("editor", None),  # content is theirs to change
        ("commenter", "not_allowed"),
        ("viewer", "not_allowed"),
        ("read", "not_allowed"),
        ("stranger", "not_found"),
        ("nobody", "not_signed_in"),
    ],
)
def test_who_may_edit(apis: dict[str, Api], place: Place, name: str, code: str | None):
    done = apis[name](EDIT, page=place.pages[0], ops=headline(f"Par {name}"))["pageEdit"]
    assert [error["code"] for error in done["errors"]] == ([code] if code else [])


def test_structure_is_not_for_editors(apis: dict[str, Api], place: Place):
    ops = [{"op": "insert", "block": "hero"}]
    done = apis["editor"](EDIT, page=place.pages[0], ops=ops)["pageEdit"]
    assert [error["code"] for error in done["errors"]] == ["not_allowed"]


def test_a_page_is_added_and_the_site_renamed_and_published(api: Api):
    made = api.asker.ask("POST", "/api/sites", json={"name": "Éphémère"}).json()["id"]
    site = f"site:{made}"
    page = api(
        'mutation($s: ID!) { pageCreate(siteId: $s, title: "Neuve") { page { id path } errors { code } } }',
        s=site,
    )["pageCreate"]
    assert (page["page"]["path"], page["errors"]) == ("/neuve/", [])
    done = api(
        """mutation($s: ID!) {
             siteRename(siteId: $s, name: "Durable") { site { name url } errors { code } }
             sitePublish(siteId: $s) { site { name url deployments { live pages } } errors { code } }
           }""",
        s=site,
    )
    assert done["siteRename"]["site"] == {"name": "Durable", "url": None}
    published = done["sitePublish"]["site"]
    assert published["url"].startswith("/s/")
    assert published["deployments"][0]["live"]


@pytest.mark.parametrize("locales", [["fr", "../en"], ["\x1b"], [], ["fr", "fr"]])
def test_a_site_is_made_in_languages_only(api: Api, locales: list[str]):
    made = api(
        """mutation($l: [String!]!) {
          siteCreate(name: "Langues", locales: $l) { site { id } errors { code } }
        }""",
        l=locales,
    )["siteCreate"]
    assert made == {"site": None, "errors": [{"code": "invalid_input"}]}
