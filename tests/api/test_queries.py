"""Queries over HTTP: what is found, in which shape, and by whom."""

from __future__ import annotations

import hashlib
import json

import pytest

from tests.api.conftest import Api, Place, open_place
from tests.people import Asker


@pytest.fixture(scope="module")
def own_place(askers: dict[str, Asker]) -> Place:
    """A site to which nobody else adds pages."""
    return open_place(askers["owner"])


def test_a_site_with_its_pages_and_what_is_on_them(api: Api, own_place: Place):
    found = api(
        """query($id: ID!) {
             site(id: $id) {
               name role
               pages(first: 2) { totalCount nodes { id title blocks { type texts parent } } }
             }
           }""",
        id=own_place.site,
    )["site"]
    assert (found["name"], found["role"]) == ("Boutique", "owner")
    assert found["pages"]["totalCount"] == len(own_place.pages)
    first = found["pages"]["nodes"][0]
    assert first["id"] == own_place.pages[0]
    assert {"section", "stack", "button"} <= {block["type"] for block in first["blocks"]}
    assert first["blocks"][0]["parent"] is None


def test_a_field_may_be_asked_for_twice_with_other_arguments(api: Api, own_place: Place):
    query = """query($id: ID!, $no: Boolean!) {
      site(id: $id) {
        one: pages(first: 1) { nodes { id } }
        ...Others
        gone: pages @skip(if: $no) { totalCount }
        never: pages @include(if: false) { totalCount }
      }
    }
    fragment Others on Site { all: pages(first: 100) { nodes { ...Id } } }
    fragment Id on Node { id ... on Page { path } }"""
    found = api(query, id=own_place.site, no=True)["site"]
    assert [page["id"] for page in found["one"]["nodes"]] == own_place.pages[:1]
    assert [page["id"] for page in found["all"]["nodes"]] == own_place.pages
    assert found["all"]["nodes"][0]["path"] == "/"
    assert found.keys() == {"one", "all"}


def test_pages_of_a_list_follow_each_other(api: Api, own_place: Place):
    query = """query($id: ID!, $after: String) {
      site(id: $id) { pages(first: 2, after: $after) {
        edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } }
    }"""
    seen: list[str] = []
    after = None
    while True:
        found = api(query, id=own_place.site, after=after)["site"]["pages"]
        seen += [edge["node"]["id"] for edge in found["edges"]]
        assert found["pageInfo"]["hasPreviousPage"] == (after is not None)
        after = found["pageInfo"]["endCursor"]
        if not found["pageInfo"]["hasNextPage"]:
            break
    assert seen == own_place.pages
    [error] = api.errors(query, id=own_place.site, after="nonsense")
    assert error["extensions"]["code"] == "invalid_input"


def test_nodes_are_told_in_order_and_null_where_nothing_is(api: Api, own_place: Place):
    nobody = "page:" + "0" * 26
    found = api(
        "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Page { title } } }",
        ids=[own_place.pages[1], nobody, own_place.site],
    )["nodes"]
    assert [node and node["__typename"] for node in found] == ["Page", None, "Site"]
    [error] = api.errors('{ node(id: "what is this") { id } }')
    assert "ids look like" in error["extensions"]["hint"]


@pytest.mark.parametrize("name", ["stranger", "nobody"])
def test_others_do_not_learn_that_it_exists(apis: dict[str, Api], own_place: Place, name: str):
    query = "query($s: ID!, $p: ID!) { site(id: $s) { id } page(id: $p) { id } }"
    answer = apis[name].post(
        {"query": query, "variables": {"s": own_place.site, "p": own_place.pages[0]}}
    )
    assert answer.json()["data"] == {"site": None, "page": None}
    if name == "nobody":
        assert {e["extensions"]["code"] for e in answer.json()["errors"]} == {"not_signed_in"}


def test_a_persisted_query_is_sent_once(api: Api):
    query = "query Sites { sites { totalCount } }"
    sha256 = hashlib.sha256(query.encode()).hexdigest()
    persisted = {"persistedQuery": {"version": 1, "sha256Hash": sha256}}
    answer = api.post({"extensions": persisted})
    assert answer.status_code == 200  # or Apollo's clients would not look at why
    [unknown] = answer.json()["errors"]
    assert unknown["message"] == "PersistedQueryNotFound"
    assert unknown["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
    sent = api.post({"query": query, "extensions": persisted}).json()
    parts = {"extensions": json.dumps(persisted), "operationName": "Sites"}
    got = api.asker.ask("GET", "/graphql", params=parts).json()
    assert got["data"] == sent["data"]
    wrong = api.post({"query": query + " ", "extensions": persisted}).json()
    assert "not that of the query" in wrong["errors"][0]["message"]


def test_nothing_is_changed_by_get(api: Api, own_place: Place):
    query = f'mutation {{ siteRename(siteId: "{own_place.site}", name: "Non") {{ errors {{ code }} }} }}'
    answer = api.asker.ask("GET", "/graphql", params={"query": query})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "method"


def test_what_a_request_costs_is_told(api: Api, own_place: Place):
    query = "query($n: Int!) { sites(first: $n) { nodes { pages(first: $n) { nodes { id } } } } }"
    answer = api.post({"query": query, "variables": {"n": 5}})
    cost = answer.json()["extensions"]["cost"]
    assert cost["requested"] == 1 + 5 * (1 + 1 + 5 * 1) == int(answer.headers["X-Cost"])
    assert cost["available"] <= cost["limit"] - cost["requested"] + cost["restorePerSecond"]


def test_the_past_of_a_page_is_told(api: Api, apis: dict[str, Api], own_place: Place):
    page = own_place.pages[2]
    query = """query($p: ID!) {
      pageHistory(pageId: $p) { next sessions { first last edits beganAt kind user { name } } }
      pageBlame(pageId: $p)
    }"""
    found = api(query, p=page)
    [latest, *_] = found["pageHistory"]["sessions"]
    assert latest["edits"] >= 1
    assert latest["user"] is not None
    assert found["pageBlame"]
    past = api(
        """query($p: ID!, $seq: Int!) {
          was: pageAt(pageId: $p, seq: $seq) pageCompare(pageId: $p, earlier: 1, later: $seq)
        }""",
        p=page,
        seq=latest["last"],
    )
    assert past["was"].startswith("<!doctype html>")
    assert past["pageCompare"]["added"]
    [error, *_] = apis["viewer"].errors(query, p=page)
    assert error["extensions"]["code"] == "not_allowed"
