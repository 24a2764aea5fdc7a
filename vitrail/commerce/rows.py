"""How rows become values: the columns that are read, and what is made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import JSON, Integer, case, cast, func, select, type_coerce

from vitrail.commerce import tables as t
from vitrail.commerce.model import (
    AffiliateLink,
    Category,
    Collection,
    Image,
    Merchant,
    Option,
    Price,
    Product,
    ProductStatus,
    Review,
    ReviewStatus,
    Stock,
    StockPolicy,
    Variant,
)
from vitrail.core.clock import aware

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement

# The most generous policy of a product's variants is that of the product.
_POLICIES: tuple[StockPolicy, ...] = (StockPolicy.DENY, StockPolicy.PREORDER, StockPolicy.CONTINUE)


def _prices(column: ColumnElement[str], of: ColumnElement[str], *, is_sqlite: bool) -> Any:
    """Return all prices of a row as one JSON list of [currency, amount, compare_at]."""
    p = t.price.c
    one = (p.currency, p.amount, p.compare_at)
    if is_sqlite:
        found = func.json_group_array(func.json_array(*one))
    else:
        found = func.json_agg(func.json_build_array(*one))
    return type_coerce(select(found).where(column == of).scalar_subquery(), JSON)


def product_columns(*, is_sqlite: bool) -> list[ColumnElement[Any]]:
    """Return the columns of a product joined with its merchant."""
    p, m, v = t.product.c, t.merchant.c, t.variant.c
    policy = case((v.policy == "continue", 2), (v.policy == "preorder", 1), else_=0)
    sellable = case(((v.available > 0) | (v.policy != StockPolicy.DENY), 1), else_=0)

    def of_variants(value: Any) -> Any:
        whole = cast(func.coalesce(value, 0), Integer)
        return select(whole).where(v.product_id == p.id).correlate(t.product).scalar_subquery()

    return [
        *(c for c in p if c.name not in {"sort_fr", "sort_en", "rating"}),
        *(column.label(f"merchant_{column.name}") for column in m if column.name != "id"),
        _prices(t.price.c.product_id, p.id, is_sqlite=is_sqlite).label("prices"),
        of_variants(func.sum(v.available)).label("available"),
        of_variants(func.sum(v.reserved)).label("reserved"),
        of_variants(func.max(policy)).label("policy"),
        select(func.min(v.available_on))
        .where(v.product_id == p.id)
        .correlate(t.product)
        .scalar_subquery()
        .label("available_on"),
        of_variants(func.max(sellable)).label("sellable"),
    ]


def product_of(row: Any) -> Product:
    """Return a product from a row of `product_columns`."""
    merchant = Merchant(
        row.merchant_id,
        row.site_id,
        row.merchant_slug,
        row.merchant_name,
        row.merchant_country,
        row.merchant_url,
        aware(row.merchant_created_at),
        aware(row.merchant_updated_at),
        row.merchant_revision,
    )
    lowest: dict[str, Price] = {}
    highest: dict[str, int] = {}
    for currency, amount, compare_at in sorted(_listed(row.prices), key=_cheapest):
        lowest.setdefault(currency, Price(amount, currency, compare_at))
        highest[currency] = amount
    return Product(
        id=row.id,
        site_id=row.site_id,
        merchant=merchant,
        category_id=row.category_id,
        slug=row.slug,
        status=ProductStatus(row.status),
        name=row.name,
        description=row.description,
        tags=tuple(row.tags),
        options=tuple(Option(o["name"], tuple(o["values"])) for o in row.options),
        images=tuple(msgspec.convert(image, Image) for image in row.images),
        affiliate_links=tuple(msgspec.convert(link, AffiliateLink) for link in row.affiliate_links),
        prices=lowest,
        highest=highest,
        stock=Stock(row.available, row.reserved, _POLICIES[int(row.policy)], row.available_on),
        in_stock=bool(row.sellable),
        rating=row.rating_sum / row.rating_count if row.rating_count else None,
        review_count=row.rating_count,
        units_sold=row.units_sold,
        created_at=aware(row.created_at),
        updated_at=aware(row.updated_at),
        revision=row.revision,
    )


def variant_columns(*, is_sqlite: bool) -> list[ColumnElement[Any]]:
    """Return the columns of a variant with its prices."""
    prices = _prices(t.price.c.variant_id, t.variant.c.id, is_sqlite=is_sqlite)
    return [*t.variant.c, prices.label("prices")]


def variant_of(row: Any) -> Variant:
    """Return a variant from a row of `variant_columns`."""
    return Variant(
        row.id,
        row.site_id,
        row.product_id,
        row.sku,
        row.options,
        Stock(row.available, row.reserved, StockPolicy(row.policy), row.available_on),
        {c: Price(amount, c, compare_at) for c, amount, compare_at in sorted(_listed(row.prices))},
        row.position,
        row.revision,
    )


def price_of(row: Any) -> Price:
    """Return a price from its row."""
    return Price(row.amount, row.currency, row.compare_at)


def merchant_of(row: Any) -> Merchant:
    """Return a merchant from its row."""
    return Merchant(
        row.id,
        row.site_id,
        row.slug,
        row.name,
        row.country,
        row.url,
        aware(row.created_at),
        aware(row.updated_at),
        row.revision,
    )


def collection_of(row: Any) -> Collection:
    """Return a collection from its row."""
    return Collection(
        row.id,
        row.site_id,
        row.slug,
        row.name,
        row.description,
        aware(row.created_at),
        aware(row.updated_at),
        row.revision,
    )


def category_of(row: Any) -> Category:
    """Return a category from its row."""
    return Category(
        row.id,
        row.site_id,
        row.parent_id,
        row.slug,
        row.name,
        row.position,
        aware(row.created_at),
        aware(row.updated_at),
        row.revision,
    )


def review_of(row: Any) -> Review:
    """Return a review from its row."""
    return Review(
        row.id,
        row.site_id,
        row.product_id,
        row.author,
        row.rating,
        row.body,
        row.locale,
        row.verified,
        ReviewStatus(row.status),
        aware(row.created_at),
        aware(row.updated_at),
        row.revision,
    )


def _listed(prices: Any) -> list[tuple[str, int, int | None]]:
    """Return the prices of a row; PostgreSQL says null where there are none."""
    return [tuple(price) for price in prices or ()]


def _cheapest(price: tuple[str, int, int | None]) -> tuple[str, int, int]:
    currency, amount, compare_at = price
    return currency, amount, compare_at or 0


def by(rows: Sequence[Any], key: str, make: Any) -> dict[str, list[Any]]:
    """Return rows made into values, by a column, in their order."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, key), []).append(make(row))
    return found
