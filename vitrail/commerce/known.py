"""What a site has of what a file names: read at once, to compare with."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from vitrail.commerce import tables as t
from vitrail.commerce.checks import is_slug
from vitrail.commerce.ledger import in_parts
from vitrail.commerce.model import Price
from vitrail.core.database import record

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Table
    from sqlalchemy.ext.asyncio import AsyncConnection


class Known:
    """Rows of a site.

    Attributes:
        merchants, categories, collections, products: Rows by slug; of products only those asked for.
        variants: Rows by SKU, of the products asked for.
        members: Slugs of the products of a collection in order, by its slug.
        held: How many variants a product has, by its id.
        owners: Id of the product of each SKU that was asked for.
        prices: Prices by currency, by variant's id.
    """

    def __init__(self) -> None:
        self.merchants: dict[str, dict[str, Any]] = {}
        self.categories: dict[str, dict[str, Any]] = {}
        self.collections: dict[str, dict[str, Any]] = {}
        self.products: dict[str, dict[str, Any]] = {}
        self.variants: dict[str, dict[str, Any]] = {}
        self.held: Counter[str] = Counter()
        self.members: dict[str, list[str]] = {}
        self.owners: dict[str, str] = {}
        self.prices: dict[str, list[Price]] = {}


async def read_known(
    sql: AsyncConnection,
    site_id: str,
    slugs: Collection[str] | None = None,
    skus: Collection[str] = (),
) -> Known:
    """Read what a site has.

    Args:
        sql: A connection.
        site_id: The site.
        slugs: Of which products, or none for all.
        skus: Whose owners are wanted beside.
    """
    known = Known()
    known.merchants = await _by_slug(sql, t.merchant, site_id)
    known.categories = await _by_slug(sql, t.category, site_id)
    known.collections = await _by_slug(sql, t.collection, site_id)
    known.products = await _by_slug(sql, t.product, site_id, slugs)
    await _read_members(sql, site_id, known)
    v, p = t.variant.c, t.price.c
    for some in in_parts([row["id"] for row in known.products.values()]):
        query = select(t.variant).where(v.product_id.in_(some)).order_by(v.position, v.id)
        known.variants |= {row.sku: record(row) for row in (await sql.execute(query)).all()}
        query = select(p.variant_id, p.amount, p.currency, p.compare_at)
        query = query.where(p.product_id.in_(some)).order_by(p.currency)
        for variant_id, *price in (await sql.execute(query)).all():
            known.prices.setdefault(variant_id, []).append(Price(*price))
    known.held.update(row["product_id"] for row in known.variants.values())
    for some in in_parts(sorted(skus)):
        query = select(v.sku, v.product_id).where(v.site_id == site_id, v.sku.in_(some))
        known.owners |= dict(tuple(row) for row in (await sql.execute(query)).all())
    return known


async def _by_slug(
    sql: AsyncConnection, table: Table, site_id: str, slugs: Collection[str] | None = None
) -> dict[str, dict[str, Any]]:
    query = select(table).where(table.c.site_id == site_id)
    if slugs is None:
        rows = sorted((await sql.execute(query)).all(), key=lambda row: row.slug)
        return {row.slug: record(row) for row in rows}
    found: dict[str, dict[str, Any]] = {}
    wanted: Sequence[str] = sorted(slug for slug in slugs if is_slug(slug))
    for some in in_parts(wanted):
        rows = (await sql.execute(query.where(table.c.slug.in_(some)))).all()
        found |= {row.slug: record(row) for row in rows}
    return found


async def _read_members(sql: AsyncConnection, site_id: str, known: Known) -> None:
    m, c, p = t.collection_product.c, t.collection.c, t.product.c
    query = (
        select(c.slug, p.slug.label("product"))
        .join(t.collection_product, m.collection_id == c.id)
        .join(t.product, p.id == m.product_id)
        .where(c.site_id == site_id)
        .order_by(c.slug, m.position, p.id)
    )
    for slug, product in (await sql.execute(query)).all():
        known.members.setdefault(slug, []).append(product)
