"""What all peers read with: SQLAlchemy's own asynchronous engine, a statement for each batch."""

from __future__ import annotations

import json
import os
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import create_async_engine

ENGINE = create_async_engine(f"sqlite+aiosqlite:///{os.environ['BENCH_DATABASE']}")


def _statement(sql: str) -> Any:
    return text(sql).bindparams(bindparam("ids", expanding=True))


PRODUCTS = _statement(
    "SELECT id, name, description, merchant_id FROM commerce_product WHERE id IN :ids"
)
MERCHANTS = _statement("SELECT id, name, country FROM commerce_merchant WHERE id IN :ids")
PRICES = _statement(
    "SELECT product_id, currency, MIN(amount) AS amount FROM commerce_price"
    " WHERE product_id IN :ids GROUP BY product_id, currency"
)
VARIANTS = _statement(
    "SELECT id, product_id, sku FROM commerce_variant WHERE product_id IN :ids ORDER BY position"
)
VARIANT_PRICES = _statement(
    "SELECT variant_id, currency, amount FROM commerce_price WHERE variant_id IN :ids"
)
REVIEWS = _statement(
    "SELECT * FROM (SELECT product_id, author, rating, body, ROW_NUMBER() OVER"
    " (PARTITION BY product_id ORDER BY created_at DESC) AS place FROM commerce_review"
    " WHERE status = 'approved' AND product_id IN :ids) WHERE place <= :first"
)
SIMILAR = _statement(
    "SELECT source, p.id, p.name, p.description, p.merchant_id FROM (SELECT a.product_id AS source,"
    " b.product_id AS other, ROW_NUMBER() OVER (PARTITION BY a.product_id ORDER BY COUNT(*) DESC,"
    " b.product_id) AS place FROM commerce_product_tag a JOIN commerce_product_tag b"
    " ON b.site_id = a.site_id AND b.tag = a.tag AND b.product_id <> a.product_id"
    " WHERE a.product_id IN :ids GROUP BY a.product_id, b.product_id)"
    " JOIN commerce_product p ON p.id = other WHERE place <= :first"
)
LISTED = text(
    "SELECT id, name, description, merchant_id FROM commerce_product"
    " WHERE site_id = :site ORDER BY created_at DESC LIMIT :first"
)


async def _rows(statement: Any, **values: Any) -> list[dict[str, Any]]:
    async with ENGINE.connect() as sql:
        found = [dict(row._mapping) for row in await sql.execute(statement, values)]
    for row in found:
        for name in row.keys() & {"name", "description"}:
            if row[name].startswith("{"):
                row[name] = next(iter(json.loads(row[name]).values()), "")
    return found


def _one(rows: list[dict[str, Any]], ids: list[str]) -> list[Any]:
    by = {row["id"]: row for row in rows}
    return [by.get(key) for key in ids]


def _many(rows: list[dict[str, Any]], column: str, ids: list[str]) -> list[list[Any]]:
    by: dict[str, list[Any]] = {}
    for row in rows:
        by.setdefault(row[column], []).append(row)
    return [by.get(key, []) for key in ids]


async def products(ids: list[str]) -> list[Any]:
    return _one(await _rows(PRODUCTS, ids=ids), ids)


async def merchants(ids: list[str]) -> list[Any]:
    return _one(await _rows(MERCHANTS, ids=ids), ids)


async def prices(ids: list[str]) -> list[Any]:
    return _many(await _rows(PRICES, ids=ids), "product_id", ids)


async def variants(ids: list[str]) -> list[Any]:
    return _many(await _rows(VARIANTS, ids=ids), "product_id", ids)


async def variant_prices(ids: list[str]) -> list[Any]:
    return _many(await _rows(VARIANT_PRICES, ids=ids), "variant_id", ids)


def reviews(first: int) -> Any:
    async def load(ids: list[str]) -> list[Any]:
        return _many(await _rows(REVIEWS, ids=ids, first=first), "product_id", ids)

    return load


def similar(first: int) -> Any:
    async def load(ids: list[str]) -> list[Any]:
        return _many(await _rows(SIMILAR, ids=ids, first=first), "source", ids)

    return load


async def listed(site: str, first: int) -> list[Any]:
    return await _rows(LISTED, site=site.partition(":")[2], first=first)


class Loaders:
    """The loaders of one request; `naive` ones ask for each thing by itself.

    Args:
        loader: The class of the library's own loaders.
        naive: Whether nothing is gathered.
    """

    def __init__(self, loader: Any, *, naive: bool = False) -> None:
        self._loader, self._naive = loader, naive
        self._made: dict[Any, Any] = {}

    async def load(self, function: Any, key: str, name: Any = None) -> Any:
        if self._naive:
            return (await function([key]))[0]
        name = name or function
        if name not in self._made:
            self._made[name] = self._loader(function)
        return await self._made[name].load(key)
