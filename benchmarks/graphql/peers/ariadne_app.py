"""Ariadne as its documentation begins: its ASGI application, bindables, aiodataloader."""

from __future__ import annotations

from typing import Any

import store
from aiodataloader import DataLoader
from ariadne import ObjectType, QueryType, make_executable_schema
from ariadne.asgi import GraphQL

SDL = """
type Price { amount: Int! currency: String! }
type Merchant { name: String! country: String! }
type Review { author: String! rating: Int! body: String! }
type Reviews { nodes: [Review!]! }
type Variant { id: ID! sku: String! prices: [Price!]! }
type Product {
  id: ID! name: String! description: String! prices: [Price!]! merchant: Merchant!
  variants: [Variant!]! reviews(first: Int! = 5): Reviews! similar(first: Int! = 3): [Product!]!
}
type Products { nodes: [Product!]! }
type Query { product(id: ID!): Product products(siteId: ID!, first: Int! = 20): Products! }
"""
query, product, variant = QueryType(), ObjectType("Product"), ObjectType("Variant")


@query.field("product")
async def resolve_product(_: Any, info: Any, id: str) -> Any:
    return await info.context["load"](store.products, id.partition(":")[2])


@query.field("products")
async def resolve_products(_: Any, _info: Any, siteId: str, first: int) -> Any:
    return {"nodes": await store.listed(siteId, first)}


@product.field("prices")
async def resolve_prices(row: Any, info: Any) -> Any:
    return await info.context["load"](store.prices, row["id"])


@product.field("merchant")
async def resolve_merchant(row: Any, info: Any) -> Any:
    return await info.context["load"](store.merchants, row["merchant_id"])


@product.field("variants")
async def resolve_variants(row: Any, info: Any) -> Any:
    return await info.context["load"](store.variants, row["id"])


@product.field("reviews")
async def resolve_reviews(row: Any, info: Any, first: int) -> Any:
    load = info.context["load"]
    return {"nodes": await load(store.reviews(first), row["id"], ("reviews", first))}


@product.field("similar")
async def resolve_similar(row: Any, info: Any, first: int) -> Any:
    return await info.context["load"](store.similar(first), row["id"], ("similar", first))


@variant.field("prices")
async def resolve_variant_prices(row: Any, info: Any) -> Any:
    return await info.context["load"](store.variant_prices, row["id"])


def context(_request: Any, _data: Any) -> Any:
    return {"load": store.Loaders(DataLoader).load}


app = GraphQL(make_executable_schema(SDL, query, product, variant), context_value=context)
