"""Who is on a page, told as it changes."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING

import strawberry
from strawberry import ID
from strawberry.types import Info

from vitrail.collab.onlookers import follow_presence
from vitrail.core.access import Action
from vitrail.graphql.batching import following
from vitrail.graphql.ids import read_id
from vitrail.graphql.presence_types import Presence, presence_of

if TYPE_CHECKING:
    from vitrail.graphql.context import Context


@strawberry.type
class PresenceSubscription:
    """Subscriptions to who is on a page."""

    @strawberry.subscription(
        description="Who has a page open, on all nodes: at once, and each time that it changes, at most a few times a second."
    )
    @following
    async def presence(self, info: Info, page_id: ID) -> AsyncGenerator[list[Presence], None]:
        """Tell who has a page open."""
        context: Context = info.context
        key = read_id(page_id, "page")
        await context.page(key, Action.PAGE_READ)
        told: list[Presence] | None = None
        states = follow_presence(context.house.collab.rooms, f"page:{key}")
        async with aclosing(states) as changes:
            async for change in changes:
                if (now := presence_of(change)) != told:
                    told = now
                    yield now
