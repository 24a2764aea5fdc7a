"""Strawberry as its documentation begins: its ASGI application, dataclasses, its data loaders."""

from __future__ import annotations

import os
from typing import Any

import store
import strawberry
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader
from strawberry.types import Info

NAIVE = os.environ.get("BENCH_NAIVE") == "1"


@strawberry.type
class Price:
    amount: int
    currency: str


@strawberry.type
class Merchant:
    name: str
    country: str


@strawberry.type
class Review:
    author: str
    rating: int
    body: str


@strawberry.type
class Reviews:
    nodes: list[Review]


def _prices(rows: list[Any]) -> list[Price]:
    return [Price(amount=row["amount"], currency=row["currency"]) for row in rows]


@strawberry.type
class Variant:
    id: strawberry.ID
    sku: str

    @strawberry.field
    async def prices(self, info: Info) -> list[Price]:
        return _prices(await info.context["load"](store.variant_prices, self.id))


@strawberry.type
class Product:
    id: strawberry.ID
    name: str
    description: str
    merchant_id: strawberry.Private[str]

    @strawberry.field
    async def prices(self, info: Info) -> list[Price]:
        return _prices(await info.context["load"](store.prices, self.id))

    @strawberry.field
    async def merchant(self, info: Info) -> Merchant:
        row = await info.context["load"](store.merchants, self.merchant_id)
        return Merchant(name=row["name"], country=row["country"])

    @strawberry.field
    async def variants(self, info: Info) -> list[Variant]:
        rows = await info.context["load"](store.variants, self.id)
        return [Variant(id=row["id"], sku=row["sku"]) for row in rows]

    @strawberry.field
    async def reviews(self, info: Info, first: int = 5) -> Reviews:
        load = info.context["load"]
        rows = await load(store.reviews(first), self.id, ("reviews", first))
        kept = [Review(author=r["author"], rating=r["rating"], body=r["body"]) for r in rows]
        return Reviews(nodes=kept)

    @strawberry.field
    async def similar(self, info: Info, first: int = 3) -> list[Product]:
        load = info.context["load"]
        return [_product(r) for r in await load(store.similar(first), self.id, ("similar", first))]


def _product(row: Any) -> Product:
    return Product(
        id=row["id"],
        name=row["name"],
        description=row["description"],
        merchant_id=row["merchant_id"],
    )


@strawberry.type
class Products:
    nodes: list[Product]


@strawberry.type
class Query:
    @strawberry.field
    async def product(self, info: Info, id: strawberry.ID) -> Product | None:
        row = await info.context["load"](store.products, id.partition(":")[2])
        return _product(row) if row else None

    @strawberry.field
    async def products(self, info: Info, site_id: strawberry.ID, first: int = 20) -> Products:
        return Products(nodes=[_product(row) for row in await store.listed(site_id, first)])


class Application(GraphQL):
    async def get_context(self, request: Any, response: Any) -> Any:
        return {"load": store.Loaders(DataLoader, naive=NAIVE).load}


app = Application(strawberry.Schema(Query))
