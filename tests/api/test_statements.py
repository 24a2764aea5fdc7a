"""How many statements a query takes: few, and as many for a hundred rows as for one."""

from __future__ import annotations

import json
from contextvars import ContextVar
from typing import Any

import pytest
from sqlalchemy import Engine as Sql, event

from vitrail.commerce.inputs import MerchantInput, ProductInput, ReviewInput, VariantInput
from vitrail.commerce.model import Price, ProductStatus, ReviewStatus
from vitrail.core.access import SYSTEM
from vitrail.core.settings import Settings
from vitrail.graphql.asked import Asked
from vitrail.graphql.engine import Engine
from vitrail.server.application import open_services

DETAIL = """query($id: ID!) {
  product(id: $id) {
    name description prices { amount currency } merchant { name country }
    reviews(first: 5) { nodes { author rating body } }
    similar(first: 3) { name prices { amount } merchant { name } }
  }
}"""
LIST = """query($site: ID!, $n: Int!) {
  products(siteId: $site, first: $n) {
    nodes {
      name merchant { name } variants { sku prices { amount } }
      reviews(first: 2) { nodes { rating } }
    }
  }
}"""

COUNTING = ContextVar("COUNTING", default=False)


@pytest.fixture
async def shop(tmp_path):
    async with open_services(Settings(data=str(tmp_path))) as services:
        [site] = await services.catalogue.list(SYSTEM)
        commerce, key = services.commerce, site["id"]
        merchant = await commerce.merchants.create(key, SYSTEM, MerchantInput(name="Atelier"))
        ids = []
        for number in range(40):
            product = ProductInput(
                name={"fr": f"Lampe {number}"},
                merchant_id=merchant,
                status=ProductStatus.ACTIVE,
                tags=["lampe", f"t{number % 5}"],
            )
            variant = VariantInput(sku=f"L{number}", prices=[Price(100 + number, "EUR")])
            ids.append(await commerce.products.create(key, SYSTEM, product, [variant]))
            said = ReviewInput(author="Ana", rating=1 + number % 5, body="Bien.")
            await commerce.reviews.create(key, SYSTEM, ids[-1], said, status=ReviewStatus.APPROVED)
        yield services, key, ids


async def count(services, query: str, **variables: Any) -> tuple[int, dict[str, Any]]:
    engine, statements = Engine(services), list[str]()
    asked = Asked(query=query, variables=variables)

    def listener(*args: Any) -> None:
        if COUNTING.get():  # the server has work of its own meanwhile
            statements.append(args[2])

    event.listen(Sql, "before_cursor_execute", listener)
    token = COUNTING.set(True)
    try:
        answer = await engine.answer(asked, SYSTEM, "here")
    finally:
        COUNTING.reset(token)
        event.remove(Sql, "before_cursor_execute", listener)
    body = json.loads(answer.body)
    assert "errors" not in body, body
    assert statements
    return len([s for s in statements if not s.startswith("BEGIN")]), body["data"]


async def test_a_product_with_all_that_a_page_of_it_shows(shop):
    services, _, ids = shop
    number, data = await count(services, DETAIL, id=f"product:{ids[3]}")
    assert len(data["product"]["similar"]) == 3
    assert data["product"]["reviews"]["nodes"][0]["author"] == "Ana"
    assert number <= 4


async def test_a_list_takes_as_many_however_long_it_is(shop):
    services, site, _ = shop
    one, _ = await count(services, LIST, site=f"site:{site}", n=1)
    many, data = await count(services, LIST, site=f"site:{site}", n=40)
    assert len(data["products"]["nodes"]) == 40
    assert all(node["variants"] and node["reviews"]["nodes"] for node in data["products"]["nodes"])
    assert one == many <= 4


async def test_a_node_may_be_asked_otherwise_on_its_edge(shop):
    services, site, _ = shop
    query = """query($site: ID!) { products(siteId: $site, first: 3) {
      edges { node { __typename said: name(locale: "en") reviews(first: 1) { nodes { rating } } } }
      nodes { id said: slug reviews(first: 2, sort: "oldest") { pageInfo { hasNextPage } } }
      edges { cursor node { id } }
    } }"""
    _, data = await count(services, query, site=f"site:{site}")
    for edge, node in zip(data["products"]["edges"], data["products"]["nodes"], strict=True):
        assert list(edge["node"]) == ["__typename", "said", "reviews", "id"]
        assert edge["node"]["id"] == node["id"]
        assert edge["node"]["said"].lower().replace(" ", "-") == node["said"]
        assert edge["node"]["reviews"] == {"nodes": [{"rating": 1 + int(node["said"][-1]) % 5}]}
        assert node["reviews"] == {"pageInfo": {"hasNextPage": False}}
