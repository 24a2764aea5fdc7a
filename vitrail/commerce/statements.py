"""The statements of the reads: made once, since to build one takes as long as to execute it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, select, true

from vitrail.commerce import rows, tables as t
from vitrail.commerce.model import ProductStatus, ReviewStatus
from vitrail.commerce.paging import Order
from vitrail.commerce.similar import alike
from vitrail.commerce.site_reads import FIRST, IDS, SITES, first_of_each
from vitrail.core.errors import InvalidInput

if TYPE_CHECKING:
    from sqlalchemy import Select

REVIEW_SORTS = ("newest", "oldest", "highest", "lowest")


def visible(*, public_only: bool) -> list[ColumnElement[bool]]:
    """Return the conditions on a product that it may be seen."""
    p = t.product.c
    active = [p.status == ProductStatus.ACTIVE] if public_only else []
    return [p.site_id.in_(SITES), *active]


def seen(part: Any, *, public_only: bool) -> ColumnElement[bool]:
    """Return that the product of a part may be seen."""
    if not public_only:
        return true()
    p = t.product.c
    return part.product_id.in_(select(p.id).where(p.status == ProductStatus.ACTIVE))


def reviews(status: ReviewStatus | None, *, public_only: bool) -> Select[Any]:
    """Return reviews of a status, or of all."""
    r = t.review.c
    if public_only:
        status = ReviewStatus.APPROVED
    query = select(t.review).where(r.site_id.in_(SITES), seen(r, public_only=public_only))
    return query if status is None else query.where(r.status == status)


@cache
def products(*, is_sqlite: bool, public_only: bool) -> Select[Any]:
    """Return products with their merchants."""
    return (
        select(*rows.product_columns(is_sqlite=is_sqlite))
        .select_from(t.product)
        .join(t.merchant, t.merchant.c.id == t.product.c.merchant_id)
        .where(*visible(public_only=public_only))
    )


@cache
def products_by_id(*, is_sqlite: bool, public_only: bool) -> Select[Any]:
    """Return the products `IDS`."""
    query = products(is_sqlite=is_sqlite, public_only=public_only)
    return query.where(t.product.c.id.in_(IDS))


@cache
def variants(*, is_sqlite: bool, public_only: bool) -> Select[Any]:
    """Return variants with their prices."""
    v = t.variant.c
    columns = rows.variant_columns(is_sqlite=is_sqlite)
    return select(*columns).where(v.site_id.in_(SITES), seen(v, public_only=public_only))


@cache
def variants_of(*, is_sqlite: bool, public_only: bool) -> Select[Any]:
    """Return the variants of the products `IDS`, in order."""
    v = t.variant.c
    query = variants(is_sqlite=is_sqlite, public_only=public_only)
    return query.where(v.product_id.in_(IDS)).order_by(v.position, v.id)


@cache
def reviews_of(sort: str, *, public_only: bool) -> Select[Any]:
    """Return the first approved reviews of each of the products `IDS`."""
    r = t.review.c
    query = reviews(ReviewStatus.APPROVED, public_only=public_only)
    return first_of_each(query.where(r.product_id.in_(IDS)), r.product_id, review_order(sort))


@cache
def similar(*, is_sqlite: bool, public_only: bool) -> Select[Any]:
    """Return what is most like each of the products `IDS` (`source`), `first` of each."""
    ranked = alike(is_sqlite=is_sqlite)
    return (
        products(is_sqlite=is_sqlite, public_only=public_only)
        .add_columns(ranked.c.source)
        .join(ranked, ranked.c.id == t.product.c.id)
        .where(ranked.c.place <= FIRST)
        .order_by(ranked.c.source, ranked.c.place)
    )


def review_order(sort: str) -> Order:
    """Return an order of reviews.

    Raises:
        InvalidInput: It is none of `REVIEW_SORTS`.
    """
    r = t.review.c
    match sort:
        case "newest" | "oldest":
            return Order(sort, r.created_at, r.id, falls=sort == "newest", is_moment=True)
        case "highest" | "lowest":
            return Order(sort, r.rating, r.id, falls=sort == "highest")
        case _:
            raise InvalidInput(
                f"reviews are not sorted by {sort[:20]!r}", hint=f"use {', '.join(REVIEW_SORTS)}"
            )
