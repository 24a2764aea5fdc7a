"""Which products are asked for: filters that nest, as one SQL condition."""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003 - msgspec reads the annotations
from datetime import datetime  # noqa: TC003

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Double,
    Select,
    and_,
    cast,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)

from vitrail.commerce import tables as t
from vitrail.commerce.checks import check_tags
from vitrail.commerce.model import ProductStatus, StockPolicy
from vitrail.commerce.money import check_currency
from vitrail.core.errors import InvalidInput
from vitrail.core.ids import is_id

MAX_PARTS = 50


class PriceRange(Struct, frozen=True):
    """Lowest price of a product in a currency, in minor units, both ends included."""

    currency: str
    minimum: int | None = None
    maximum: int | None = None


class ProductFilter(Struct, frozen=True):
    """Conditions on products, all of which hold; those that are none hold of all.

    Attributes:
        merchant_id: Sold by this merchant.
        collection_id: In this collection.
        category_id: In this category or in one of its branches.
        in_stock: Whether one can be had now.
        price: Has a price in the currency, and it is within the range.
        minimum_rating: The mean of its reviews is at least this, 1 to 5.
        updated_since: Edited at this moment or later.
        tags: Has all of these.
        status: Is this.
        all_of, any_of: All, or at least one, of these hold too; an empty `any_of` never holds.
        none_of: None of these holds.
    """

    merchant_id: str | None = None
    collection_id: str | None = None
    category_id: str | None = None
    in_stock: bool | None = None
    price: PriceRange | None = None
    minimum_rating: float | None = None
    updated_since: datetime | None = None
    tags: Sequence[str] = ()
    status: ProductStatus | None = None
    all_of: Sequence[ProductFilter] = ()
    any_of: Sequence[ProductFilter] | None = None
    none_of: Sequence[ProductFilter] = ()


def condition(wanted: ProductFilter) -> ColumnElement[bool]:
    """Return a filter as a condition on the table of products.

    Raises:
        InvalidInput: It has more than `MAX_PARTS` parts, or a value makes no sense.
    """
    if _parts(wanted) > MAX_PARTS:
        raise InvalidInput(f"a filter has at most {MAX_PARTS} parts")
    return _condition(wanted)


def _parts(wanted: ProductFilter) -> int:
    """Count the filters in a filter without recursion: it may be nested as deep as it likes."""
    count, open_ones = 0, [wanted]
    while open_ones and count <= MAX_PARTS:
        one = open_ones.pop()
        count += 1
        open_ones += [*one.all_of, *(one.any_of or ()), *one.none_of]
    return count


def _condition(wanted: ProductFilter) -> ColumnElement[bool]:
    parts = [true(), *_own(wanted)]
    parts += [_condition(one) for one in wanted.all_of]
    parts += [not_(_condition(one)) for one in wanted.none_of]
    if wanted.any_of is not None:
        parts.append(or_(literal(False), *(_condition(one) for one in wanted.any_of)))
    return and_(*parts)


def _own(wanted: ProductFilter) -> list[ColumnElement[bool]]:
    p = t.product.c
    parts: list[ColumnElement[bool]] = []
    if wanted.status is not None:
        parts.append(p.status == wanted.status)
    if wanted.merchant_id is not None:
        parts.append(p.merchant_id == _known(wanted.merchant_id))
    if wanted.collection_id is not None:
        m = t.collection_product.c
        members = select(m.product_id).where(m.collection_id == _known(wanted.collection_id))
        parts.append(p.id.in_(members))
    if wanted.category_id is not None:
        # None is neither in the category nor unknown: `not` must find it.
        parts.append(func.coalesce(p.category_id, "").in_(_branches(_known(wanted.category_id))))
    if wanted.in_stock is not None:
        v = t.variant.c
        sellable = select(v.id).where(
            v.product_id == p.id, (v.available > 0) | (v.policy != StockPolicy.DENY)
        )
        parts.append(sellable.exists() if wanted.in_stock else ~sellable.exists())
    if wanted.price is not None:
        parts.append(_price(wanted.price))
    if wanted.minimum_rating is not None:
        parts.append(_rated(wanted.minimum_rating))
    if wanted.updated_since is not None:
        if wanted.updated_since.tzinfo is None:
            raise InvalidInput("a time needs its zone", hint="write 2026-11-21T10:00:00Z")
        parts.append(p.updated_at >= wanted.updated_since)
    parts += _tags(wanted.tags)
    return parts


def _known(entity_id: str) -> str:
    """Return an id, or what is nobody's when it has not the shape of one."""
    return entity_id if is_id(entity_id) else ""


def _branches(category_id: str) -> Select[tuple[str]]:
    c = t.category
    tree = select(c.c.id).where(c.c.id == category_id).cte(recursive=True)
    below = c.alias()
    tree = tree.union_all(select(below.c.id).join(tree, below.c.parent_id == tree.c.id))
    return select(tree.c.id)


def lowest_price(currency: str) -> ColumnElement[int]:
    """Return what the cheapest variant of a product costs in a currency, or null."""
    r = t.price.c
    return (
        select(func.min(r.amount))
        .where(r.product_id == t.product.c.id, r.currency == check_currency(currency))
        .correlate(t.product)
        .scalar_subquery()
    )


def _price(wanted: PriceRange) -> ColumnElement[bool]:
    lowest = func.coalesce(lowest_price(wanted.currency), -1)
    return and_(
        lowest >= max(wanted.minimum or 0, 0),
        true() if wanted.maximum is None else lowest <= min(wanted.maximum, 2**62),
    )


def _rated(minimum: float) -> ColumnElement[bool]:
    if not 0 <= minimum <= 5:
        raise InvalidInput("a rating is 1 to 5")
    p = t.product.c
    mean = cast(p.rating_sum, Double) / func.nullif(p.rating_count, 0)
    return and_(p.rating_count > 0, func.coalesce(mean, 0.0) >= cast(minimum, Double))


def _tags(tags: Sequence[str]) -> list[ColumnElement[bool]]:
    g = t.product_tag.c
    return [
        select(g.tag).where(g.product_id == t.product.c.id, g.tag == tag).exists()
        for tag in check_tags(tags)
    ]
