"""What happens in a shop beside its products: orders, refunds, reviews, collections."""

from datetime import datetime

import strawberry
from strawberry import ID
from strawberry.types import Info

from vitrail.commerce import inputs, model
from vitrail.commerce.feeds import FeedSetting
from vitrail.core.access import Action
from vitrail.core.errors import NotFound
from vitrail.graphql.batching import fetching
from vitrail.graphql.commerce_queries import find_product
from vitrail.graphql.commerce_types import Review, review_of
from vitrail.graphql.context import Context
from vitrail.graphql.errors import UserError, attempt
from vitrail.graphql.ids import read_id
from vitrail.graphql.once import once
from vitrail.graphql.site_mutations import Deleted, SiteChange
from vitrail.graphql.site_queries import find_site
from vitrail.graphql.site_types import Site


@strawberry.input(description="What was bought; the price is that of one, in the order's currency.")
class OrderLineInput:
    """A line of an order."""

    name: str
    quantity: int
    unit_amount: int
    product_id: ID | None = None
    variant_id: ID | None = None

    def read(self) -> model.OrderLine:
        """Return it as commerce takes it."""
        return model.OrderLine(
            name=self.name,
            quantity=self.quantity,
            unit_amount=self.unit_amount,
            product_id=read_id(self.product_id, "product") if self.product_id else None,
            variant_id=read_id(self.variant_id, "variant") if self.variant_id else None,
        )


@strawberry.input(description="An order as a shop tells it; amounts in minor units.")
class OrderInput:
    """An order."""

    external_id: str = strawberry.field(
        description="The shop's name for it: told twice, it counts once."
    )
    currency: str
    lines: list[OrderLineInput]
    placed_at: datetime
    source: str = ""
    discount: int = 0
    shipping: int = 0
    tax: int = 0
    total: int | None = strawberry.field(
        default=None, description="What the shop came to; it must be what we come to."
    )

    def read(self) -> inputs.OrderFact:
        """Return it as commerce takes it."""
        given = {name: value for name, value in vars(self).items() if name != "lines"}
        return inputs.OrderFact(**given, lines=[line.read() for line in self.lines])


@strawberry.input(description="Money that a shop gave back for an order.")
class RefundInput:
    """A refund."""

    external_id: str
    amount: int
    refunded_at: datetime
    reason: str = ""


@strawberry.type(description="What became of something that a shop told.")
class Recorded:
    """What became of something that a shop told."""

    id: ID | None
    is_new: bool = strawberry.field(description="False if it was told before.")
    errors: list[UserError]


@strawberry.type(description="What became of a review.")
class ReviewChange:
    """What became of a review."""

    review: Review | None
    errors: list[UserError]


@strawberry.type
class ShopMutation:
    """Mutations of what happens in a shop."""

    @strawberry.mutation(
        description="Let shops of others fetch the active products of a published site, or no more. `link` is where a product is shown, below the site or as an https address, with {slug}, {id}, {sku} or {locale}."
    )
    @fetching
    async def product_feed_set(
        self,
        info: Info,
        site_id: ID,
        enabled: bool,
        link: str | None = None,
        currency: str | None = None,
    ) -> SiteChange:
        """Set how a site has its feeds."""
        context: Context = info.context

        async def change() -> Site:
            key = read_id(site_id, "site")
            await context.site(key, Action.SITE_PUBLISH)
            feeds = context.house.commerce.feeds
            now = await feeds.setting(key)
            wanted = FeedSetting(enabled, link or now.link, currency or now.currency)
            await feeds.change(key, wanted)
            return await find_site(context, key)

        site, errors = await attempt(change())
        return SiteChange(site=site, errors=errors)

    @strawberry.mutation(description="Record an order that was made; told twice, it counts once.")
    async def order_record(self, info: Info, site_id: ID, order: OrderInput) -> Recorded:
        """Record an order."""
        context: Context = info.context

        async def record() -> tuple[str, bool]:
            key = read_id(site_id, "site")
            await context.site(key, Action.SHOP_WRITE)
            made = await context.house.commerce.orders.record_order(
                key, context.actor, order.read()
            )
            return f"order:{made.id}", made.is_new

        return _recorded(*await attempt(record()))

    @strawberry.mutation(description="Record money that was given back for an order.")
    async def refund_record(
        self, info: Info, site_id: ID, order_external_id: str, refund: RefundInput
    ) -> Recorded:
        """Record a refund."""
        context: Context = info.context

        async def record() -> tuple[str, bool]:
            key = read_id(site_id, "site")
            await context.site(key, Action.SHOP_WRITE)
            made = await context.house.commerce.orders.record_refund(
                key, context.actor, order_external_id, inputs.RefundFact(**vars(refund))
            )
            return f"refund:{made.id}", made.is_new

        return _recorded(*await attempt(record()))

    @strawberry.mutation(
        description="Add what somebody says of a product; it waits for the moderator."
    )
    @fetching
    @once
    async def review_create(
        self,
        info: Info,
        product_id: ID,
        author: str,
        rating: int,
        body: str,
        locale: str = "",
        verified: bool = False,
    ) -> ReviewChange:
        """Add a review."""
        context: Context = info.context

        async def create() -> Review:
            product = await find_product(context, read_id(product_id, "product"))
            await context.site(product.site_key, Action.SHOP_WRITE)
            said = inputs.ReviewInput(author, rating, body, locale, verified)
            made = await context.house.commerce.reviews.create(
                product.site_key, context.actor, product.key, said
            )
            return review_of(await _review(context, made))

        review, errors = await attempt(create())
        return ReviewChange(review=review, errors=errors)

    @strawberry.mutation(description="Say whether visitors see a review.")
    @fetching
    async def review_moderate(self, info: Info, id: ID, status: model.ReviewStatus) -> ReviewChange:
        """Say whether visitors see a review."""
        context: Context = info.context

        async def moderate() -> Review:
            key = read_id(id, "review")
            site = (await _review(context, key)).site_id
            await context.site(site, Action.SHOP_WRITE)
            await context.house.commerce.reviews.moderate(site, context.actor, key, status)
            return review_of(await _review(context, key))

        review, errors = await attempt(moderate())
        return ReviewChange(review=review, errors=errors)

    @strawberry.mutation(description="Delete a review, for good.")
    async def review_delete(self, info: Info, id: ID) -> Deleted:
        """Delete a review."""
        context: Context = info.context

        async def delete() -> ID:
            key = read_id(id, "review")
            site = (await _review(context, key)).site_id
            await context.site(site, Action.SHOP_WRITE)
            await context.house.commerce.reviews.delete(site, context.actor, key)
            return id

        found, errors = await attempt(delete())
        return Deleted(deleted_id=found, errors=errors)


def _recorded(found: tuple[str, bool] | None, errors: list[UserError]) -> Recorded:
    key, is_new = found or (None, False)
    return Recorded(id=ID(key) if key else None, is_new=is_new, errors=errors)


async def _review(context: Context, key: str) -> model.Review:
    found = (await (await context.shop()).reviews([key])).get(key)
    if found is None:
        raise NotFound("there is no such review")
    return found
