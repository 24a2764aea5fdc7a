"""Webhooks: whom a site tells what happens, and what became of it."""

from datetime import datetime
from enum import Enum

import strawberry
from strawberry import ID

from vitrail.graphql.batching import Batched, batched
from vitrail.graphql.context import Context
from vitrail.graphql.node import Node
from vitrail.graphql.paging import Connection, page_of
from vitrail.sites import webhooks as kept


@strawberry.enum(description="Why a webhook delivers no more.")
class WebhookReason(Enum):
    """Why a webhook delivers no more."""

    BY_PERSON = strawberry.enum_value("by_person", description="Somebody has disabled it.")
    ACCESS = strawberry.enum_value(
        "access", description="Who made it may not be told any more, or it follows what is gone."
    )
    QUERY = strawberry.enum_value("query", description="Its query is none of the schema any more.")
    GONE = strawberry.enum_value("gone", description="The receiver answered 410.")
    FAILING = strawberry.enum_value("failing", description="For days nothing could be delivered.")


@strawberry.enum(description="What became of a delivery.")
class DeliveryState(Enum):
    """What became of a delivery."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


@strawberry.type(description="A message of a webhook, and what became of it.")
class WebhookDelivery(Node):
    """A message of a webhook."""

    seq: int = strawberry.field(description="The number of the event; 0 for a test.")
    state: DeliveryState
    type: str
    body: str = strawberry.field(description="The message, as JSON.")
    created_at: datetime
    attempts: int
    attempted_at: datetime | None
    status: int | None = strawberry.field(
        description="What was answered last; none if nothing was."
    )
    milliseconds: int | None = strawberry.field(description="How long that took.")
    answer: str | None = strawberry.field(
        description="The beginning of the answer, or why there is none."
    )


@strawberry.type(description="A program on another server that is told what happens on a site.")
class Webhook(Batched, Node):
    """A webhook."""

    url: str
    query: str = strawberry.field(description="The subscription that makes its messages.")
    enabled: bool
    reason: WebhookReason | None = strawberry.field(description="Why it is not enabled.")
    failing_since: datetime | None
    next_attempt_at: datetime | None
    created_at: datetime
    user_id: ID = strawberry.field(description="Who made it; it tells what they may know.")
    key: strawberry.Private[str]

    @batched
    @staticmethod
    async def deliveries(
        webhooks: list["Webhook"], context: Context, first: int = 20, after: str | None = None
    ) -> list[Connection[WebhookDelivery]]:
        """Its messages, the newest first; those that are over are kept for a while."""
        found = await context.house.webhooks.deliveries([webhook.key for webhook in webhooks])
        return [
            page_of([(each.id, delivery_of(each)) for each in found[webhook.key]], first, after)
            for webhook in webhooks
        ]


def webhook_of(webhook: kept.Webhook) -> Webhook:
    """Return a webhook as the sites have it, without its secret."""
    return Webhook(
        id=ID(f"webhook:{webhook.id}"),
        key=webhook.id,
        url=webhook.url,
        query=webhook.query,
        enabled=webhook.enabled,
        reason=WebhookReason(webhook.reason) if webhook.reason else None,
        failing_since=webhook.failing_since,
        next_attempt_at=webhook.next_at,
        created_at=webhook.created_at,
        user_id=ID(f"user:{webhook.user_id}"),
    )


def delivery_of(delivery: kept.Delivery) -> WebhookDelivery:
    """Return a delivery as the sites have it."""
    return WebhookDelivery(
        id=ID(f"delivery:{delivery.id}"),
        seq=delivery.seq,
        state=DeliveryState(delivery.state),
        type=delivery.type,
        body=delivery.body,
        created_at=delivery.created_at,
        attempts=delivery.attempts,
        attempted_at=delivery.last_at,
        status=delivery.status,
        milliseconds=delivery.milliseconds,
        answer=delivery.answer,
    )
