"""Products over GraphQL: read, changed, told of, and kept in step by clients that were away."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.api.conftest import Api, Place
from tests.api.test_socket import bare, hear, subscribe

CREATE = """mutation($site: ID!, $product: ProductInput!, $variants: [VariantInput!]!) {
  productCreate(siteId: $site, product: $product, variants: $variants) {
    product { id revision variants { id sku prices { amount currency } stock { available } } }
    errors { code message }
  }
}"""
UPDATE = """mutation($id: ID!, $product: ProductInput!, $if: Int) {
  productUpdate(id: $id, product: $product, ifRevision: $if) {
    product { id name(locale: "en") revision tags } errors { code hint }
  }
}"""
PRICE = """mutation($variant: ID!, $price: PriceInput!) {
  priceSet(variantId: $variant, price: $price) {
    product { id prices { amount currency compareAt } } errors { code message }
  }
}"""
SYNC = """query($site: ID!, $since: String, $first: Int!) {
  sync(siteId: $site, since: $since, first: $first) {
    changed { id ... on Product { revision name } } deleted cursor hasMore reset
  }
}"""
CHANGES = """subscription($site: ID!, $since: Int) {
  productChanged(siteId: $site, sinceSeq: $since) {
    seq deletedId product { id prices { amount } merchant { name } }
  }
}"""


@pytest.fixture(scope="session")
def merchant(apis: dict[str, Api], place: Place) -> str:
    made = apis["owner"](
        'mutation($s: ID!) { merchantCreate(siteId: $s, name: "Atelier") { merchant { id } errors { code } } }',
        s=place.site,
    )["merchantCreate"]
    assert made["errors"] == []
    return made["merchant"]["id"]


def lamp(merchant: str, name: str = "Lampe", **more: Any) -> dict[str, Any]:
    return {"names": {"fr": name, "en": "Lamp"}, "merchantId": merchant, "status": "ACTIVE", **more}


def create(api: Api, site: str, merchant: str, name: str, amount: int = 4900) -> dict[str, Any]:
    variant = {
        "sku": f"{name}-1",
        "prices": [{"amount": amount, "currency": "EUR"}],
        "available": 3,
    }
    product = lamp(merchant, name)
    done = api(CREATE, site=site, product=product, variants=[variant])["productCreate"]
    assert done["errors"] == []
    return done["product"]


def test_a_product_is_made_changed_and_found(api: Api, place: Place, merchant: str):
    made = create(api, place.site, merchant, "Suspension")
    [variant] = made["variants"]
    assert variant["prices"] == [{"amount": 4900, "currency": "EUR"}]
    price = {"amount": 3900, "currency": "EUR", "compareAt": 4900}
    done = api(PRICE, variant=variant["id"], price=price)["priceSet"]
    assert done["product"]["prices"] == [price]
    found = api(
        """query($s: ID!, $m: ID!) {
             products(siteId: $s, search: "suspensions", filter: {merchantId: $m, inStock: true},
                      sort: {field: PRICE}) {
               nodes { name inStock merchant { name products(first: 100) { nodes { id } } } }
             }
           }""",
        s=place.site,
        m=merchant,
    )["products"]["nodes"]
    assert [product["name"] for product in found] == ["Suspension"]
    assert found[0]["merchant"]["name"] == "Atelier"
    assert made["id"] in [p["id"] for p in found[0]["merchant"]["products"]["nodes"]]
    node = api(
        'query($i: ID!) { node(id: $i) { ... on Product { name(locale: "en") } } }', i=made["id"]
    )
    assert node["node"] == {"name": "Lamp"}


def test_a_change_for_a_revision_that_has_passed_is_a_conflict(
    api: Api, place: Place, merchant: str
):
    made = create(api, place.site, merchant, "Applique")
    variables: dict[str, Any] = {"id": made["id"], "if": made["revision"]}
    first = api(UPDATE, **variables, product={"tags": ["laiton"]})["productUpdate"]
    assert first["product"]["tags"] == ["laiton"]
    late = api(UPDATE, **variables, product={"tags": ["verre"]})["productUpdate"]
    assert [error["code"] for error in late["errors"]] == ["revision"]
    assert late["product"] is None


@pytest.mark.parametrize(
    "product",
    [
        {"names": {}},
        {"names": ["fr"]},
        {"names": None},
        {"slug": "Not A Slug!"},
        {"merchantId": "merchant:" + "0" * 26},
        {"tags": ["x" * 1_000]},
    ],
)
def test_what_is_no_product_is_refused(
    api: Api, place: Place, merchant: str, product: dict[str, Any]
):
    done = api(CREATE, site=place.site, product=lamp(merchant) | product, variants=[])
    assert len(done["productCreate"]["errors"]) == 1
    assert done["productCreate"]["product"] is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("editor", None),
        ("viewer", "not_allowed"),
        ("stranger", "not_found"),
        ("read", "not_allowed"),
    ],
)
def test_who_may_change_a_product(
    apis: dict[str, Api], place: Place, merchant: str, name: str, code: str | None
):
    made = create(apis["owner"], place.site, merchant, f"De {name}")
    done = apis[name](UPDATE, id=made["id"], product={"tags": ["lu"]})["productUpdate"]
    assert [error["code"] for error in done["errors"]] == ([code] if code else [])
    listed = apis["stranger"].errors(
        "query($s: ID!) { products(siteId: $s) { nodes { id } } }", s=place.site
    )
    assert listed[0]["extensions"]["code"] == "not_found"


def test_who_was_away_ends_with_what_a_full_fetch_gives(api: Api, place: Place, merchant: str):
    kept: dict[str, Any] = {}
    cursor: str | None = None

    def catch_up(first: int) -> None:
        nonlocal cursor
        while True:
            page = api(SYNC, site=place.site, since=cursor, first=first)["sync"]
            assert not page["reset"]
            kept.update((node["id"], node) for node in page["changed"])
            for gone in page["deleted"]:
                kept.pop(gone, None)
            cursor = page["cursor"]
            if not page["hasMore"]:
                return

    catch_up(2)
    first = create(api, place.site, merchant, "Synchro un")
    second = create(api, place.site, merchant, "Synchro deux")
    api(UPDATE, id=second["id"], product={"names": {"fr": "Synchro trois"}})
    catch_up(1)
    api("mutation($i: ID!) { productDelete(id: $i) { deletedId errors { code } } }", i=first["id"])
    catch_up(100)
    assert first["id"] not in kept
    assert kept[second["id"]]["name"] == "Synchro trois"
    whole = api(
        "query($s: ID!) { products(siteId: $s, first: 100) { nodes { id revision name } } }",
        s=place.site,
    )["products"]["nodes"]
    assert sorted(kept.values(), key=lambda n: n["id"]) == sorted(whole, key=lambda n: n["id"])


def test_an_order_that_is_told_twice_counts_once(api: Api, place: Place, merchant: str):
    made = create(api, place.site, merchant, "Commandé")
    record = """mutation($s: ID!, $o: OrderInput!) {
      orderRecord(siteId: $s, order: $o) { id isNew errors { code message } }
    }"""
    line = {"name": "Commandé", "quantity": 2, "unitAmount": 4900, "productId": made["id"]}
    order = {
        "externalId": "n° 17",
        "currency": "EUR",
        "lines": [line],
        "placedAt": "2026-11-01T10:00:00Z",
        "shipping": 500,
        "total": 10_300,
    }
    first = api(record, s=place.site, o=order)["orderRecord"]
    again = api(record, s=place.site, o=order)["orderRecord"]
    assert (first["isNew"], again["isNew"], again["id"]) == (True, False, first["id"])
    wrong = api(record, s=place.site, o=order | {"externalId": "18", "total": 1})["orderRecord"]
    assert [error["code"] for error in wrong["errors"]] == ["invalid_input"]
    refund = """mutation($s: ID!, $r: RefundInput!) {
      refundRecord(siteId: $s, orderExternalId: "n° 17", refund: $r) { isNew errors { code } }
    }"""
    back = {"externalId": "r1", "amount": 4900, "refundedAt": "2026-11-02T10:00:00Z"}
    assert api(refund, s=place.site, r=back)["refundRecord"] == {"isNew": True, "errors": []}


def test_a_review_is_seen_once_it_was_let_pass(api: Api, place: Place, merchant: str):
    made = create(api, place.site, merchant, "Commenté")
    reviews = "query($i: ID!) { product(id: $i) { rating reviews { nodes { body } } } }"
    add = """mutation($p: ID!) {
      reviewCreate(productId: $p, author: "Ana", rating: 4, body: "Bien.") {
        review { id } errors { code }
      }
    }"""
    review = api(add, p=made["id"])["reviewCreate"]["review"]["id"]
    assert api(reviews, i=made["id"])["product"] == {"rating": None, "reviews": {"nodes": []}}
    say = "mutation($r: ID!) { reviewModerate(id: $r, status: APPROVED) { errors { code } } }"
    assert api(say, r=review)["reviewModerate"]["errors"] == []
    assert api(reviews, i=made["id"])["product"] == {
        "rating": 4,
        "reviews": {"nodes": [{"body": "Bien."}]},
    }


def test_a_collection_keeps_its_order(api: Api, place: Place, merchant: str):
    ids = [create(api, place.site, merchant, f"Rangé {n}")["id"] for n in (3, 1, 2)]
    put = """mutation($s: ID!, $p: [ID!]!) {
      collectionCreate(siteId: $s, names: {fr: "Rangés"}, productIds: $p) {
        collection { id names products { nodes { id } } } errors { code message }
      }
    }"""
    made = api(put, s=place.site, p=ids)["collectionCreate"]
    assert made["errors"] == []
    assert [node["id"] for node in made["collection"]["products"]["nodes"]] == ids


async def test_a_change_of_price_is_told_as_it_is_made(api: Api, place: Place, merchant: str):
    made = await asyncio.to_thread(create, api, place.site, merchant, "En direct")
    async with bare(api) as socket:
        await hear(socket)
        await socket.send(subscribe("1", CHANGES, site=place.site, since=0))
        told = await hear(socket)
        while (told["payload"]["data"]["productChanged"]["product"] or {}).get("id") != made["id"]:
            told = await hear(socket)
        variant = made["variants"][0]["id"]
        await asyncio.to_thread(api, PRICE, variant=variant, price={"amount": 1, "currency": "EUR"})
        told = (await hear(socket))["payload"]["data"]["productChanged"]
        assert (told["product"]["id"], told["product"]["prices"]) == (made["id"], [{"amount": 1}])
        delete = "mutation($i: ID!) { productDelete(id: $i) { errors { code } } }"
        await asyncio.to_thread(api, delete, i=made["id"])
        told = (await hear(socket))["payload"]["data"]["productChanged"]
        assert (told["deletedId"], told["product"]) == (made["id"], None)


def test_products_are_counted_when_asked(api: Api):
    site = "site:" + api.asker.ask("POST", "/api/sites", json={"name": "Comptée"}).json()["id"]
    made = api(
        'mutation($s: ID!) { merchantCreate(siteId: $s, name: "A") { merchant { id } } }', s=site
    )["merchantCreate"]["merchant"]["id"]
    for number in range(3):
        create(api, site, made, f"Compte {number}")
    for selected in ("totalCount", "... on ProductConnection { ...T }"):
        more = "fragment T on ProductConnection { totalCount }" if "T }" in selected else ""
        query = f"query($s: ID!) {{ products(siteId: $s, first: 1) {{ nodes {{ id }} {selected} }} }} {more}"
        found = api(query, s=site)["products"]
        assert (len(found["nodes"]), found["totalCount"]) == (1, 3)
