"""What people are told: read, marked as read, and told as it happens. Each asks for their own."""

from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry
from strawberry import ID
from strawberry.types import Info

from vitrail.core.access import Action, authorize
from vitrail.core.errors import InvalidInput
from vitrail.graphql.batching import fetching, following
from vitrail.graphql.context import Context
from vitrail.graphql.cost import MAX_PAGE
from vitrail.graphql.errors import UserError, attempt
from vitrail.graphql.ids import read_id
from vitrail.graphql.notification_types import (
    Notification,
    NotificationConnection,
    connection_of,
    notification_of,
)
from vitrail.graphql.paging import check_first, read_cursor


@strawberry.type(description="What became of notifications that were read.")
class NotificationsRead:
    """What became of notifications that were read."""

    unread: int | None = strawberry.field(description="How many are left.")
    errors: list[UserError]


@strawberry.type
class NotificationQuery:
    """Queries of one's own notifications."""

    @strawberry.field(description="What you were told in the last 90 days, the newest first.")
    @fetching
    async def notifications(
        self, info: Info, first: int = 20, after: str | None = None
    ) -> NotificationConnection:
        """List one's own notifications."""
        context: Context = info.context
        authorize(context.actor, Action.SIGNED_IN)
        before = None if after is None else _read_seq(after)
        sites = await context.house.catalogue.visible(context.actor)
        kept = context.house.notifications
        told = await kept.list(context.actor, sites, check_first(first) + 1, before)
        return connection_of(told, first, after, await kept.unread(context.actor, sites))


@strawberry.type
class NotificationMutation:
    """Mutations of one's own notifications."""

    @strawberry.mutation(
        description="Mark notifications of yours as read: those of `ids`, or all of them."
    )
    async def notifications_read(
        self,
        info: Info,
        ids: list[ID] | None = None,
        everything: Annotated[bool, strawberry.argument(name="all")] = False,
    ) -> NotificationsRead:
        """Mark notifications as read."""
        context: Context = info.context

        async def read() -> int:
            user = _require_person(context)
            if (ids is None) is not everything:
                raise InvalidInput("send ids, or all: true")
            if ids is not None and len(ids) > MAX_PAGE:
                raise InvalidInput(f"send at most {MAX_PAGE} ids at once, or all: true")
            keys = None if ids is None else [read_id(each, "notification") for each in ids]
            await context.house.notifications.read(user, keys)
            sites = await context.house.catalogue.visible(context.actor)
            return await context.house.notifications.unread(context.actor, sites)

        unread, errors = await attempt(read())
        return NotificationsRead(unread=unread, errors=errors)


@strawberry.type
class NotificationSubscription:
    """Subscriptions to one's own notifications."""

    @strawberry.subscription(
        description="Each thing that you are told; at once what you were since `sinceSeq`."
    )
    @following
    async def notifications(
        self, info: Info, since_seq: int | None = None
    ) -> AsyncGenerator[Notification, None]:
        """Tell each thing that a person is told."""
        context: Context = info.context
        user, kept = _require_person(context), context.house.notifications
        head = await kept.head(user)
        # A number that is yet to come is of before a backup was restored.
        seen = head if since_seq is None else min(since_seq, head)
        async for head in kept.follow(user, seen):
            while seen < head:
                sites = await context.house.catalogue.visible(context.actor)
                told = await kept.since(context.actor, sites, seen)
                for each in told:
                    yield notification_of(each)
                seen = told[-1].seq if told else head


def _require_person(context: Context) -> str:
    authorize(context.actor, Action.SIGNED_IN)
    return str(context.actor.user_id)


def _read_seq(cursor: str) -> int:
    try:
        return int(read_cursor(cursor))
    except ValueError as error:
        raise InvalidInput("this is not a cursor", hint="take it from pageInfo") from error
