"""Orders and refunds as facts that shops tell: written once, never changed."""

from __future__ import annotations

import hashlib
from datetime import UTC
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import func, select, update

from vitrail.commerce import checks, tables as t
from vitrail.commerce.ledger import in_parts
from vitrail.commerce.model import Kind, OrderLine
from vitrail.commerce.money import check_amount, check_currency
from vitrail.core.errors import Conflict, InvalidInput, NotFound

if TYPE_CHECKING:
    from datetime import datetime

    from vitrail.commerce.inputs import OrderFact, RefundFact
    from vitrail.commerce.ledger import Ledger, Work
    from vitrail.core.access import Actor

MAX_LINES, MAX_EXTERNAL = 500, 100


class Recorded(msgspec.Struct, frozen=True):
    """What became of a fact: its id, and whether it is new."""

    id: str
    is_new: bool


class Orders:
    """Records of orders. The door authorises; each needs the site in which it was allowed."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def record_order(self, site_id: str, actor: Actor, fact: OrderFact) -> Recorded:
        """Record an order; told again, it is the one that is there.

        Raises:
            InvalidInput: A value is out of bounds, or the total is not that of the lines.
            NotFound: The site has no such product or variant.
            Conflict: Another order was told by this external id.
        """
        fact, total = _checked(fact)
        digest = hashlib.sha256(msgspec.json.encode(fact)).hexdigest()
        async with self._ledger.changing(site_id, actor) as work:
            o = t.order.c
            query = select(o.id, o.digest).where(
                o.site_id == site_id, o.external_id == fact.external_id
            )
            if known := (await work.sql.execute(query)).first():
                if known.digest != digest:
                    raise Conflict(
                        f"another order is on record as {fact.external_id!r}",
                        code="order",
                        hint="an order is a fact: record refunds apart",
                    )
                return Recorded(known.id, is_new=False)
            await _require_known(work, fact)
            row: dict[str, Any] = {
                **msgspec.structs.asdict(fact),
                "id": work.new_id(),
                "site_id": site_id,
                "digest": digest,
                "lines": msgspec.to_builtins(fact.lines),
                "total": total,
                "recorded_at": work.now,
            }
            await work.add(t.order, [row])
            work.note(Kind.ORDER, row["id"])
            await _count_sold(work, fact)
            return Recorded(row["id"], is_new=True)

    async def record_refund(
        self, site_id: str, actor: Actor, order_external_id: str, fact: RefundFact
    ) -> Recorded:
        """Record that money went back; told again, it is the one that is there.

        Raises:
            NotFound: The site has no such order.
            InvalidInput: A value is out of bounds.
            Conflict: Another refund was told by this external id, or more would go back than was paid.
        """
        order_external_id = checks.check_line(order_external_id, "an external id", MAX_EXTERNAL)
        values = {
            "external_id": checks.check_line(fact.external_id, "an external id", MAX_EXTERNAL),
            "amount": check_amount(fact.amount),
            "reason": checks.check_line(fact.reason, "a reason", 500, may_be_empty=True),
            "refunded_at": _in_utc(fact.refunded_at),
        }
        async with self._ledger.changing(site_id, actor) as work:
            o, r = t.order.c, t.refund.c
            query = select(o.id, o.total).where(
                o.site_id == site_id, o.external_id == order_external_id
            )
            order = (await work.sql.execute(query)).first()
            if order is None:
                raise NotFound("there is no such order")
            told = (r.order_id == order.id) & (r.external_id == values["external_id"])
            known = (await work.sql.execute(select(r.id, r.amount).where(told))).first()
            if known is not None and known.amount == fact.amount:
                return Recorded(known.id, is_new=False)
            if known is not None:
                raise Conflict("another refund is on record by this id", code="refund")
            query = select(func.coalesce(func.sum(r.amount), 0)).where(r.order_id == order.id)
            if (await work.sql.execute(query)).scalar_one() + fact.amount > order.total:
                raise Conflict("more would go back than was paid", code="refund")
            refund_id = work.new_id()
            await work.add(t.refund, [{**values, "id": refund_id, "order_id": order.id}])
            work.note(Kind.ORDER, order.id)
            return Recorded(refund_id, is_new=True)


def _checked(fact: OrderFact) -> tuple[OrderFact, int]:
    """Return an order with its values in bounds, and its total."""
    check_currency(fact.currency)
    if not 0 < len(fact.lines) <= MAX_LINES:
        raise InvalidInput(f"an order has 1 to {MAX_LINES} lines")
    lines: list[OrderLine] = []
    for line in fact.lines:
        check_amount(line.unit_amount)
        if not 0 < line.quantity <= 10**6:
            raise InvalidInput("a quantity is 1 to 1000000")
        name = checks.check_line(line.name, "a line")
        lines.append(msgspec.structs.replace(line, name=name))
    for amount in (fact.discount, fact.shipping, fact.tax):
        check_amount(amount)
    paid = sum(line.quantity * line.unit_amount for line in lines)
    total = paid - fact.discount + fact.shipping + fact.tax
    if fact.total is not None and fact.total != total:
        raise InvalidInput(
            f"the total is {fact.total}, and the lines come to {total}",
            hint="amounts are in minor units; discount, shipping and tax have fields of their own",
        )
    fact = msgspec.structs.replace(
        fact,
        external_id=checks.check_line(fact.external_id, "an external id", MAX_EXTERNAL),
        source=checks.check_line(fact.source, "a source", 60, may_be_empty=True),
        placed_at=_in_utc(fact.placed_at),
        lines=lines,
        total=check_amount(total),
    )
    return fact, total


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise InvalidInput("a time needs its zone", hint="write 2026-11-21T10:00:00Z")
    return moment.astimezone(UTC)


async def _require_known(work: Work, fact: OrderFact) -> None:
    products = {line.product_id for line in fact.lines if line.product_id is not None}
    variants = {line.variant_id for line in fact.lines if line.variant_id is not None}
    await work.require(t.product, products, "product")
    await work.require(t.variant, variants, "variant")


async def _count_sold(work: Work, fact: OrderFact) -> None:
    """Add what was bought to what products have sold; a line may name only its variant."""
    v, p = t.variant.c, t.product.c
    named = [line.variant_id for line in fact.lines if line.variant_id is not None]
    of: dict[str, str] = {}
    for some in in_parts(named):
        query = select(v.id, v.product_id).where(v.id.in_(some))
        of.update((row.id, row.product_id) for row in (await work.sql.execute(query)).all())
    sold: dict[str, int] = {}
    for line in fact.lines:
        product_id = line.product_id or of.get(line.variant_id or "")
        if product_id:
            sold[product_id] = sold.get(product_id, 0) + line.quantity
    for product_id, count in sold.items():
        values: dict[str, Any] = {"units_sold": p.units_sold + count}
        await work.sql.execute(update(t.product).where(p.id == product_id).values(values))
        work.note(Kind.PRODUCT, product_id)
