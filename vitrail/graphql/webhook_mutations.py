"""What may be changed of webhooks, by whoever may administer a site."""

import strawberry
from strawberry import ID
from strawberry.types import Info

from vitrail.core.access import Action
from vitrail.core.errors import InvalidInput
from vitrail.graphql.batching import fetching
from vitrail.graphql.context import Context
from vitrail.graphql.errors import UserError, attempt
from vitrail.graphql.ids import read_id
from vitrail.graphql.once import once
from vitrail.graphql.site_mutations import Deleted
from vitrail.graphql.webhook_types import Webhook, WebhookDelivery, delivery_of, webhook_of
from vitrail.sites import webhooks as kept

MAX_QUERY = 10_000


@strawberry.type(description="What became of a change to a webhook.")
class WebhookChange:
    """What became of a change to a webhook."""

    webhook: Webhook | None
    secret: str | None = strawberry.field(
        default=None,
        description="What signs its messages, when it is new: it is not shown again.",
    )
    errors: list[UserError]


@strawberry.type(description="What became of a message that was sent by hand.")
class DeliveryChange:
    """What became of a message that was sent by hand."""

    delivery: WebhookDelivery | None
    errors: list[UserError]


@strawberry.type
class WebhookMutation:
    """Mutations of webhooks."""

    @strawberry.mutation(
        description="Have a program told what happens on a site from now on: by POST to an https address, with what a subscription selects."
    )
    @fetching
    @once
    async def webhook_create(self, info: Info, site_id: ID, url: str, query: str) -> WebhookChange:
        """Make a webhook."""
        context: Context = info.context

        async def create() -> tuple[kept.Webhook, str]:
            key = read_id(site_id, "site")
            await context.site(key, Action.SITE_WEBHOOKS)
            _check_query(query)
            return await context.house.webhooks.create(key, context.actor, url, query)

        made, errors = await attempt(create())
        if made is None:
            return WebhookChange(webhook=None, errors=errors)
        return WebhookChange(webhook=webhook_of(made[0]), secret=made[1], errors=[])

    @strawberry.mutation(
        description="Change a webhook's address or query, or enable or disable it. Enabled again it tells first what has happened meanwhile, unless `fromNow`."
    )
    @fetching
    async def webhook_update(
        self,
        info: Info,
        id: ID,
        url: str | None = None,
        query: str | None = None,
        enabled: bool | None = None,
        from_now: bool = False,
    ) -> WebhookChange:
        """Change a webhook."""
        context: Context = info.context

        async def change() -> kept.Webhook:
            site, key = await _find(context, id)
            webhooks = context.house.webhooks
            if url is not None or query is not None:
                _check_query(query or "")
                await webhooks.change(site, key, context.actor, url=url, query=query)
            if enabled is True:
                await webhooks.enable(site, key, from_now=from_now)
                context.house.deliveries.wake()
            elif enabled is False:
                await webhooks.disable(site, key)
            return await webhooks.find(site, key)

        found, errors = await attempt(change())
        return WebhookChange(webhook=webhook_of(found) if found else None, errors=errors)

    @strawberry.mutation(description="Delete a webhook.")
    async def webhook_delete(self, info: Info, id: ID) -> Deleted:
        """Delete a webhook."""
        context: Context = info.context

        async def delete() -> ID:
            site, key = await _find(context, id)
            await context.house.webhooks.remove(site, key)
            return id

        found, errors = await attempt(delete())
        return Deleted(deleted_id=found, errors=errors)

    @strawberry.mutation(
        description="Sign a webhook's messages with a new secret; for a day the old one signs them too."
    )
    @fetching
    async def webhook_rotate_secret(self, info: Info, id: ID) -> WebhookChange:
        """Give a webhook a new secret."""
        context: Context = info.context

        async def rotate() -> tuple[kept.Webhook, str]:
            site, key = await _find(context, id)
            secret = await context.house.webhooks.rotate_secret(site, key)
            return await context.house.webhooks.find(site, key), secret

        made, errors = await attempt(rotate())
        if made is None:
            return WebhookChange(webhook=None, errors=errors)
        return WebhookChange(webhook=webhook_of(made[0]), secret=made[1], errors=[])

    @strawberry.mutation(description="Send a message that tells of nothing, at once and once.")
    async def webhook_test(self, info: Info, id: ID) -> DeliveryChange:
        """Send a test."""
        context: Context = info.context

        async def send() -> kept.Delivery:
            site, key = await _find(context, id)
            return await context.house.deliveries.test(site, key)

        return _delivered(*await attempt(send()))

    @strawberry.mutation(
        description="Send a message again, at once and once, whatever became of it."
    )
    async def webhook_redeliver(self, info: Info, delivery_id: ID) -> DeliveryChange:
        """Send a message again."""
        context: Context = info.context

        async def send() -> kept.Delivery:
            delivery = read_id(delivery_id, "delivery")
            webhook = await context.house.webhooks.webhook_of(delivery)
            site, _ = await _find(context, f"webhook:{webhook}")
            return await context.house.deliveries.redeliver(site, delivery)

        return _delivered(*await attempt(send()))


async def _find(context: Context, webhook_id: str) -> tuple[str, str]:
    """Return the site and the key of a webhook that the asker may administer."""
    key = read_id(webhook_id, "webhook")
    site = await context.house.webhooks.site_of(key)
    await context.site(site, Action.SITE_WEBHOOKS)
    return site, key


def _check_query(query: str) -> None:
    if len(query) > MAX_QUERY:
        raise InvalidInput(f"the query of a webhook has at most {MAX_QUERY} characters")


def _delivered(found: kept.Delivery | None, errors: list[UserError]) -> DeliveryChange:
    return DeliveryChange(delivery=delivery_of(found) if found else None, errors=errors)
