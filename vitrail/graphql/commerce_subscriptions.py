"""What is told of sites and of what they sell, as it happens."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

import strawberry
from strawberry import ID
from strawberry.types import Info

from vitrail.commerce.news import following
from vitrail.core.access import Action
from vitrail.graphql.batching import following as followed
from vitrail.graphql.context import Context
from vitrail.graphql.ids import read_id
from vitrail.graphql.site_events import (
    ProductChanged,
    SiteEvent,
    SiteEventKind,
    Told,
    events_since,
    products_since,
)


@strawberry.type
class CommerceSubscription:
    """Subscriptions to what sites sell, and to all that happens on them."""

    @strawberry.subscription(
        description="Each product of a site that changes; at once those that have since `sinceSeq`."
    )
    @followed
    async def product_changed(
        self, info: Info, site_id: ID, since_seq: int | None = None
    ) -> AsyncGenerator[ProductChanged, None]:
        """Tell of each product of a site that changes."""
        context: Context = info.context
        async for event in _follow(
            context, site_id, since_seq, lambda site, seq: products_since(context, site, seq)
        ):
            yield event

    @strawberry.subscription(
        description="What happens on a site: what was published, edited, sold or written; at once what has since `sinceSeq`."
    )
    @followed
    async def site_events(
        self,
        info: Info,
        site_id: ID,
        only: list[SiteEventKind] | None = None,
        since_seq: int | None = None,
    ) -> AsyncGenerator[SiteEvent, None]:
        """Tell what happens on a site."""
        context: Context = info.context
        async for event in _follow(
            context, site_id, since_seq, lambda site, seq: events_since(context, site, seq, only)
        ):
            yield event


async def _follow(
    context: Context,
    site_id: str,
    since_seq: int | None,
    since: Callable[[str, int], Awaitable[Told]],
) -> AsyncGenerator[Any, None]:
    """Yield what `since` tells of a site, again each time that something is changed there."""
    site = read_id(site_id, "site")
    await context.site(site, Action.SITE_READ)
    ledger = context.house.commerce.ledger
    if since_seq is None:
        await context.house.page_news.gather([site])
    seen = await ledger.head(site) if since_seq is None else since_seq
    with following(ledger, site) as news:
        while True:
            news.look()
            told = await since(site, seen)
            for event in told.events:
                yield event
            seen = told.cursor
            if not told.has_more:
                await news.wait()
