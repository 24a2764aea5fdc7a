"""Which products are like which: those that share tags, or that other rooms say belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import CTE, Integer, cast, func, select, union_all

from vitrail.commerce import tables as t
from vitrail.commerce.model import ProductStatus
from vitrail.commerce.site_reads import FIRST, IDS, SITES

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

# What a tag is worth to the only two that share it.
_UNIQUE = 1_000_000
# When so many for each that is wanted have rarer tags, those that have more common ones are not looked at:
# what is on sale in all of a shop would make each look at all of it.
_ENOUGH = 20


def alike(*, is_sqlite: bool) -> CTE:
    """Return for each product (`source`) the active ones that are like it (`id`), placed from 1."""

    def mostly(condition: ColumnElement[bool]) -> Any:
        # SQLite, which has no statistics, would begin with all products of the site.
        return func.likely(condition) if is_sqlite else condition

    g, p = t.product_tag.c, t.product.c
    same = t.product_tag.alias("same")
    # With the one that asks: so many products have the tag.
    count = (
        select(func.count())
        .select_from(same)
        .where(same.c.site_id == g.site_id, same.c.tag == g.tag)
        .correlate(t.product_tag)
        .scalar_subquery()
    )
    # Materialised: a planner without statistics would count it all anew for each product it joins.
    counted = (
        select(g.product_id, g.site_id, g.tag, count.label("holders"))
        .where(g.product_id.in_(IDS), mostly(g.site_id.in_(SITES)))
        .cte("counted")
        .prefix_with("MATERIALIZED")
    )
    so_far = func.sum(counted.c.holders).over(
        partition_by=counted.c.product_id, order_by=(counted.c.holders, counted.c.tag)
    )
    wanted = (
        select(counted, (so_far - counted.c.holders).label("rarer"))
        .cte("wanted")
        .prefix_with("MATERIALIZED")
    )
    shared = (
        select(
            wanted.c.product_id.label("source"),
            g.product_id.label("id"),
            cast(2 * _UNIQUE // wanted.c.holders, Integer).label("score"),
        )
        .select_from(wanted)
        .join(t.product_tag, (g.site_id == wanted.c.site_id) & (g.tag == wanted.c.tag))
        .where(g.product_id != wanted.c.product_id, wanted.c.rarer < _ENOUGH * FIRST)
    )
    a = t.affinity.c
    told = select(a.product_id, a.other_id, a.score).where(a.product_id.in_(IDS))
    both = union_all(shared, told).cte("shared").prefix_with("MATERIALIZED", dialect="postgresql")
    total = func.sum(both.c.score)
    scored = (
        select(both.c.source, both.c.id, total.label("score"))
        .join(t.product, p.id == both.c.id)
        .where(mostly(p.status == ProductStatus.ACTIVE), mostly(p.site_id.in_(SITES)))
        .group_by(both.c.source, both.c.id)
        .subquery()
    )
    place = func.row_number().over(
        partition_by=scored.c.source, order_by=(scored.c.score.desc(), scored.c.id)
    )
    return (
        select(scored.c.source, scored.c.id, place.label("place"))
        .cte("alike")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
