"""Graphene, which has no ASGI application of its own: its schema behind a Starlette route."""

from __future__ import annotations

from typing import Any

import graphene
import store
from aiodataloader import DataLoader
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


class Price(graphene.ObjectType):
    amount = graphene.Int(required=True)
    currency = graphene.String(required=True)


class Merchant(graphene.ObjectType):
    name = graphene.String(required=True)
    country = graphene.String(required=True)


class Review(graphene.ObjectType):
    author = graphene.String(required=True)
    rating = graphene.Int(required=True)
    body = graphene.String(required=True)


class Reviews(graphene.ObjectType):
    nodes = graphene.List(graphene.NonNull(Review), required=True)


class Variant(graphene.ObjectType):
    id = graphene.ID(required=True)
    sku = graphene.String(required=True)
    prices = graphene.List(graphene.NonNull(Price), required=True)

    async def resolve_prices(row, info: Any) -> Any:
        return await info.context["load"](store.variant_prices, row["id"])


class Product(graphene.ObjectType):
    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    description = graphene.String(required=True)
    prices = graphene.List(graphene.NonNull(Price), required=True)
    merchant = graphene.Field(Merchant, required=True)
    variants = graphene.List(graphene.NonNull(Variant), required=True)
    reviews = graphene.Field(Reviews, first=graphene.Int(default_value=5), required=True)
    similar = graphene.List(
        graphene.NonNull(lambda: Product), first=graphene.Int(default_value=3), required=True
    )

    async def resolve_prices(row, info: Any) -> Any:
        return await info.context["load"](store.prices, row["id"])

    async def resolve_merchant(row, info: Any) -> Any:
        return await info.context["load"](store.merchants, row["merchant_id"])

    async def resolve_variants(row, info: Any) -> Any:
        return await info.context["load"](store.variants, row["id"])

    async def resolve_reviews(row, info: Any, first: int) -> Any:
        load = info.context["load"]
        return {"nodes": await load(store.reviews(first), row["id"], ("reviews", first))}

    async def resolve_similar(row, info: Any, first: int) -> Any:
        return await info.context["load"](store.similar(first), row["id"], ("similar", first))


class Products(graphene.ObjectType):
    nodes = graphene.List(graphene.NonNull(Product), required=True)


class Query(graphene.ObjectType):
    product = graphene.Field(Product, id=graphene.ID(required=True))
    products = graphene.Field(
        Products,
        site_id=graphene.ID(required=True),
        first=graphene.Int(default_value=20),
        required=True,
    )

    async def resolve_product(_, info: Any, id: str) -> Any:
        return await info.context["load"](store.products, id.partition(":")[2])

    async def resolve_products(_, _info: Any, site_id: str, first: int) -> Any:
        return {"nodes": await store.listed(site_id, first)}


schema = graphene.Schema(query=Query)


async def answer(request: Request) -> JSONResponse:
    asked = await request.json()
    result = await schema.execute_async(
        asked["query"],
        variable_values=asked.get("variables"),
        context_value={"load": store.Loaders(DataLoader).load},
    )
    errors = [error.formatted for error in result.errors or ()]
    return JSONResponse({"data": result.data, **({"errors": errors} if errors else {})})


app = Starlette(routes=[Route("/graphql", answer, methods=["POST"])])
