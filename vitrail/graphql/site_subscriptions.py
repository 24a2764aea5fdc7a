"""What is told as it happens."""

from collections.abc import AsyncGenerator

import strawberry
from strawberry import ID
from strawberry.types import Info

from vitrail.core.access import Action
from vitrail.graphql.batching import following
from vitrail.graphql.context import Context
from vitrail.graphql.ids import read_id
from vitrail.graphql.site_queries import find_page
from vitrail.graphql.site_types import Page


@strawberry.type(description="A page has changed.")
class PageChanged:
    """A page has changed."""

    seq: int = strawberry.field(description="Its revision; `sinceSeq` of a later subscription.")
    page: Page


@strawberry.type
class SiteSubscription:
    """Subscriptions to pages."""

    @strawberry.subscription(
        description="Each time that a page has changed; at once if it has since `sinceSeq`. Changes that come quickly are told as one."
    )
    @following
    async def page_changed(
        self, info: Info, page_id: ID, since_seq: int | None = None
    ) -> AsyncGenerator[PageChanged, None]:
        """Tell each time that a page has changed."""
        context: Context = info.context
        key = read_id(page_id, "page")
        await context.page(key, Action.PAGE_READ)
        async for seq in context.house.collab.rooms.follow(f"page:{key}", since_seq):
            yield PageChanged(seq=seq, page=await find_page(context, key))
