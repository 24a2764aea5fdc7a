"""What shops do with stock: set it aside for a buyer, sell it, give it back."""

from collections.abc import Awaitable
from datetime import datetime

import strawberry
from strawberry import ID
from strawberry.types import Info

from vitrail.commerce import model
from vitrail.core.access import Action
from vitrail.core.errors import InvalidInput
from vitrail.graphql.batching import fetching
from vitrail.graphql.commerce_mutations import ProductChange, writable_variant
from vitrail.graphql.commerce_queries import find_product
from vitrail.graphql.commerce_types import Product
from vitrail.graphql.context import Context
from vitrail.graphql.errors import UserError, attempt
from vitrail.graphql.ids import read_id
from vitrail.graphql.once import once


@strawberry.input(description="How many of a variant.")
class StockLineInput:
    """How many of a variant."""

    variant_id: ID
    quantity: int


@strawberry.type(description="How many of a variant are set aside.")
class ReservedLine:
    """How many of a variant are set aside."""

    variant_id: ID
    quantity: int


@strawberry.type(description="Stock that is set aside for somebody until a moment.")
class Reservation:
    """Stock that is set aside."""

    id: ID
    state: str = strawberry.field(description="held, then committed, released or expired.")
    lines: list[ReservedLine]
    expires_at: datetime


@strawberry.type(description="What became of stock that is set aside.")
class ReservationChange:
    """What became of stock that is set aside."""

    reservation: Reservation | None
    errors: list[UserError]


@strawberry.type
class StockMutation:
    """Mutations of stock."""

    @strawberry.mutation(
        description="Set stock aside, all of it or nothing, for so many minutes; asked again with the same reference, it is the same."
    )
    async def stock_reserve(
        self,
        info: Info,
        site_id: ID,
        lines: list[StockLineInput],
        minutes: int = 15,
        reference: str | None = None,
    ) -> ReservationChange:
        """Set stock aside."""
        context: Context = info.context

        async def reserve() -> model.Reservation:
            key = read_id(site_id, "site")
            await context.site(key, Action.SHOP_WRITE)
            wanted = {read_id(line.variant_id, "variant"): line.quantity for line in lines}
            if len(wanted) < len(lines):
                raise InvalidInput("a reservation names each variant once")
            return await context.house.commerce.stocks.reserve(
                key, context.actor, wanted, minutes=minutes, reference=reference
            )

        return await _reserved(reserve())

    @strawberry.mutation(description="Sell what was set aside.")
    async def stock_commit(self, info: Info, site_id: ID, reservation_id: ID) -> ReservationChange:
        """Sell what was set aside."""
        context: Context = info.context

        async def commit() -> model.Reservation:
            key = read_id(site_id, "site")
            await context.site(key, Action.SHOP_WRITE)
            wanted = read_id(reservation_id, "reservation")
            return await context.house.commerce.stocks.commit(key, context.actor, wanted)

        return await _reserved(commit())

    @strawberry.mutation(description="Give back what was set aside.")
    async def stock_release(self, info: Info, site_id: ID, reservation_id: ID) -> ReservationChange:
        """Give back what was set aside."""
        context: Context = info.context

        async def release() -> model.Reservation:
            key = read_id(site_id, "site")
            await context.site(key, Action.SHOP_WRITE)
            wanted = read_id(reservation_id, "reservation")
            return await context.house.commerce.stocks.release(key, context.actor, wanted)

        return await _reserved(release())

    @strawberry.mutation(description="Add to what is available of a variant, or take away.")
    @fetching
    @once
    async def stock_adjust(self, info: Info, variant_id: ID, by: int) -> ProductChange:
        """Add to what is available of a variant."""
        context: Context = info.context

        async def adjust() -> Product:
            variant = await writable_variant(context, variant_id)
            await context.house.commerce.stocks.adjust(
                variant.site_id, context.actor, variant.id, by
            )
            return await find_product(context, variant.product_id)

        found, errors = await attempt(adjust())
        return ProductChange(product=found, errors=errors)


async def _reserved(work: Awaitable[model.Reservation]) -> ReservationChange:
    found, errors = await attempt(work)
    if found is None:
        return ReservationChange(reservation=None, errors=errors)
    lines = [
        ReservedLine(variant_id=ID(f"variant:{line.variant_id}"), quantity=line.quantity)
        for line in found.lines
    ]
    made = Reservation(
        id=ID(f"reservation:{found.id}"),
        state=found.state,
        lines=lines,
        expires_at=found.expires_at,
    )
    return ReservationChange(reservation=made, errors=[])
