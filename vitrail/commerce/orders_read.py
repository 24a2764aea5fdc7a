"""Reading orders, with their refunds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import JSON, false, func, select, true, type_coerce

from vitrail.commerce import tables as t
from vitrail.commerce.model import Order as RecordedOrder, OrderLine, Refund
from vitrail.commerce.paging import Order, Page
from vitrail.commerce.site_reads import SITES, SiteReads
from vitrail.core.clock import aware
from vitrail.core.ids import is_id

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Select


class OrderReads(SiteReads):
    """Reads of orders; visitors see none."""

    async def orders(self, ids: Collection[str]) -> dict[str, RecordedOrder]:
        """Return orders by id."""
        query = self._orders().where(t.order.c.id.in_([id_ for id_ in ids if is_id(id_)]))
        return {order.id: order for order in map(_order_of, await self._all(query))}

    async def page_of_orders(
        self, site_id: str, *, first: int = 20, after: str | None = None
    ) -> Page[RecordedOrder]:
        """Return a page of a site's orders, those placed last first."""
        o = t.order.c
        order = Order("placed", o.placed_at, o.id, falls=True, is_moment=True)
        query = self._orders().where(o.site_id == site_id)
        return await self._page(query, order, first, after, _order_of)

    def _orders(self) -> Select[Any]:
        r, o = t.refund.c, t.order.c
        one = (r.id, r.external_id, r.amount, r.reason, r.refunded_at)
        if self._is_sqlite:
            found = func.json_group_array(func.json_array(*one))
        else:
            found = func.json_agg(func.json_build_array(*one))
        refunds = select(found).where(r.order_id == o.id).correlate(t.order).scalar_subquery()
        return select(t.order, type_coerce(refunds, JSON).label("refunds")).where(
            o.site_id.in_(SITES), false() if self._public_only else true()
        )


def _order_of(row: Any) -> RecordedOrder:
    refunds = sorted(
        (
            Refund(id_, row.id, external_id, amount, reason, _moment(at))
            for id_, external_id, amount, reason, at in row.refunds or ()
        ),
        key=lambda refund: (refund.refunded_at, refund.id),
    )
    return RecordedOrder(
        id=row.id,
        site_id=row.site_id,
        external_id=row.external_id,
        source=row.source,
        currency=row.currency,
        lines=msgspec.convert(row.lines, tuple[OrderLine, ...]),
        discount=row.discount,
        shipping=row.shipping,
        tax=row.tax,
        total=row.total,
        refunded=sum(refund.amount for refund in refunds),
        refunds=tuple(refunds),
        placed_at=aware(row.placed_at),
        recorded_at=aware(row.recorded_at),
    )


def _moment(text: str) -> datetime:
    return aware(datetime.fromisoformat(text)).astimezone(UTC)
