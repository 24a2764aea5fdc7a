"""Orders as shops have told them: for whoever may see a site's figures."""

from collections.abc import Sequence
from datetime import datetime

import strawberry
from strawberry import ID
from strawberry.types import Info

from vitrail.commerce import model
from vitrail.core.access import Action
from vitrail.core.errors import NotFound
from vitrail.graphql.batching import fetching
from vitrail.graphql.commerce_types import Money, connection
from vitrail.graphql.context import Context
from vitrail.graphql.ids import read_id
from vitrail.graphql.node import Node
from vitrail.graphql.paging import Connection, check_first
from vitrail.graphql.site_queries import FINDERS

MAY_READ = Action.SITE_METRICS


@strawberry.type(description="What was bought in an order.")
class OrderLine:
    """What was bought in an order."""

    name: str
    quantity: int
    unit_price: Money
    product_id: ID | None = strawberry.field(description="It may be deleted since.")
    variant_id: ID | None


@strawberry.type(description="Money that went back for an order.")
class RefundFact:
    """Money that went back for an order."""

    external_id: str
    amount: Money
    reason: str
    refunded_at: datetime


@strawberry.type(description="An order as a shop told it.")
class OrderFact(Node):
    """An order."""

    external_id: str
    source: str
    total: Money
    refunded: Money
    units: int = strawberry.field(description="How many things were bought.")
    lines: list[OrderLine]
    refunds: list[RefundFact]
    placed_at: datetime


@strawberry.type
class OrderQuery:
    """What may be read of orders."""

    @strawberry.field(
        description="The orders of a site, those placed last first. Told to whoever may see its figures."
    )
    @fetching
    async def orders(
        self, info: Info, site_id: ID, first: int = 20, after: str | None = None
    ) -> Connection[OrderFact]:
        """Return the orders of a site."""
        key = read_id(site_id, "site")
        reads = await info.context.shop_of(key, MAY_READ)
        part = await reads.page_of_orders(key, first=check_first(first), after=after)
        return connection(part, order_of, after)


async def read_orders(context: Context, ids: Sequence[str]) -> dict[str, OrderFact]:
    """Return orders by id."""
    found = await (await context.shop()).orders(ids)
    return {key: order_of(order) for key, order in found.items()}


async def _find(context: Context, key: str) -> OrderFact:
    found = (await (await context.shop()).orders([key])).get(key)
    if found is None:
        raise NotFound("there is no such order")
    await context.site(found.site_id, MAY_READ)
    return order_of(found)


FINDERS["order"] = _find


def order_of(order: model.Order) -> OrderFact:
    """Return an order as GraphQL tells it."""

    def money(amount: int) -> Money:
        return Money(amount=amount, currency=order.currency)

    return OrderFact(
        id=ID(f"order:{order.id}"),
        external_id=order.external_id,
        source=order.source,
        total=money(order.total),
        refunded=money(order.refunded),
        units=sum(line.quantity for line in order.lines),
        lines=[
            OrderLine(
                name=line.name,
                quantity=line.quantity,
                unit_price=money(line.unit_amount),
                product_id=_id("product", line.product_id),
                variant_id=_id("variant", line.variant_id),
            )
            for line in order.lines
        ],
        refunds=[
            RefundFact(
                external_id=refund.external_id,
                amount=money(refund.amount),
                reason=refund.reason,
                refunded_at=refund.refunded_at,
            )
            for refund in order.refunds
        ],
        placed_at=order.placed_at,
    )


def _id(kind: str, key: str | None) -> ID | None:
    return ID(f"{kind}:{key}") if key else None
