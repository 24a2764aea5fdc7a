"""GET with the ETag of what one has: told that it still is so, and never when it is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from tests.api.conftest import HERO, Api, Place

PAGE = "query($id: ID!) { page(id: $id) { title revision blocks { texts } site: __typename } }"
SITE = """query($id: ID!) {
  site(id: $id) { name theme pages { nodes { title } } images { nodes { name } } }
}"""
PRODUCTS = "query($id: ID!) { products(siteId: $id) { nodes { names prices { amount } } } }"


@pytest.fixture(name="place")
def place_(api: Api) -> Place:
    """A site of one's own: it is changed here."""
    site = api.asker.ask("POST", "/api/sites", json={"name": "Atelier"}).json()["id"]
    pages = [page["id"] for page in api.asker.ask("GET", f"/api/sites/{site}/pages").json()]
    return Place(f"site:{site}", [f"page:{page}" for page in pages])


def get(api: Api, query: str, tag: str = "", **variables: Any) -> httpx2.Response:
    parts = {"query": query, "variables": json.dumps(variables)}
    return api.asker.ask(
        "GET", "/graphql", params=parts, headers={**api.asker.headers, "If-None-Match": tag}
    )


def first(api: Api, query: str, **variables: Any) -> str:
    answer = get(api, query, **variables)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-cache"
    return answer.headers["ETag"]


def test_what_has_not_changed_is_not_told_again(api: Api, place: Place):
    tag = first(api, SITE, id=place.site)
    again = get(api, SITE, tag, id=place.site)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert get(api, SITE, f'"other", {tag}', id=place.site).status_code == 304
    assert get(api, SITE, '"other"', id=place.site).status_code == 200
    assert first(api, SITE, id=place.site) == tag


def rename(api: Api, place: Place) -> None:
    api('mutation($id: ID!) { siteRename(siteId: $id, name: "Autre") { errors { code } } }', id=place.site)  # fmt: skip


def edit(api: Api, place: Place) -> None:
    api.asker.ask("POST", f"/api/pages/{place.pages[0][5:]}/commands", json=HERO).raise_for_status()


def add_page(api: Api, place: Place) -> None:
    api('mutation($id: ID!) { pageCreate(siteId: $id, title: "Neuf") { errors { code } } }', id=place.site)  # fmt: skip


def sell(api: Api, place: Place) -> None:
    made = api(
        'mutation($id: ID!) { merchantCreate(siteId: $id, name: "M") { merchant { id } } }',
        id=place.site,
    )
    api(
        """mutation($id: ID!, $merchant: ID!) {
          productCreate(siteId: $id, product: {names: {fr: "Thé"}, merchantId: $merchant},
            variants: [{sku: "T", prices: [{amount: 500, currency: "EUR"}]}]) { errors { code } }
        }""",
        id=place.site,
        merchant=made["merchantCreate"]["merchant"]["id"],
    )


@pytest.mark.parametrize(
    ("query", "change"),
    [(SITE, rename), (SITE, add_page), (PAGE, edit), (PRODUCTS, sell), (SITE, edit)],
)
def test_what_has_changed_is_told(
    api: Api, place: Place, query: str, change: Callable[[Api, Place], None]
):
    of = place.pages[0] if query == PAGE else place.site
    tag = first(api, query, id=of)
    change(api, place)
    # What came by another door than this one is seen within half a second.
    while (answer := get(api, query, tag, id=of)).status_code == 304:
        pass
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag
    assert get(api, query, answer.headers["ETag"], id=of).status_code == 304


def test_a_tag_is_good_for_who_got_it_and_what_was_asked(
    api: Api, apis: dict[str, Api], place: Place
):
    tag = first(api, SITE, id=place.site)
    assert get(apis["viewer"], SITE, tag, id=place.site).status_code == 200
    assert get(api, PAGE, tag, id=place.pages[0]).status_code == 200
    told = get(apis["stranger"], SITE, tag, id=place.site)
    assert told.status_code == 200
    assert told.json()["data"]["site"] is None
    assert "ETag" not in told.headers


@pytest.mark.parametrize(
    "query",
    [
        "{ me { name } }",
        "query($id: ID!) { site(id: $id) { members { role } } }",
        "query($id: ID!) { site(id: $id) { deployments { id } } }",
        "query($id: ID!) { node(id: $id) { id } }",
        "query($page: ID!) { page(id: $page) { html } }",
        'query { product(id: "product:00000000000000000000000000") { id } }',
        "query($id: ID!, $no: String) { site(id: $id) { pages(after: $no) { totalCount } } }",
    ],
)
def test_what_moves_by_itself_has_no_tag(api: Api, place: Place, query: str):
    answer = get(api, query, id=place.site, page=place.pages[0], no="nonsense")
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_mutations_do_not_come_by_get(api: Api, place: Place):
    answer = get(api, "mutation($id: ID!) { siteDelete(siteId: $id) { deletedId } }", id=place.site)
    assert answer.json()["errors"][0]["extensions"]["code"] == "method"
