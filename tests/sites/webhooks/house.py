"""A server in this process with one site, and a receiver that its webhooks tell what happens."""

from __future__ import annotations

from dataclasses import dataclass

from tests.clock import HandClock
from tests.receiver import Receiver
from vitrail.commerce.inputs import MerchantInput, ProductInput, VariantInput
from vitrail.commerce.model import Price
from vitrail.core.access import Actor
from vitrail.sites.webhook import Delivery, Webhook
from vitrail.web.services import Services

PRODUCTS = "subscription($siteId: ID!) { productChanged(siteId: $siteId) { seq product { name } } }"
EVENTS = """subscription($siteId: ID!) {
  siteEvents(siteId: $siteId) {
    __typename seq entityId
    ... on DeploymentEvent { deployment { pages } }
    ... on MessageEvent { message { fields } }
    ... on ProductEvent { product { slug } }
    ... on PageEvent { page { title } }
  }
}"""


@dataclass
class House:
    """A server's services, a site, its owner, and who receives."""

    services: Services
    clock: HandClock
    site: str
    owner: Actor
    receiver: Receiver
    merchant: str = ""

    async def hook(self, query: str = PRODUCTS, actor: Actor | None = None) -> Webhook:
        made, _ = await self.services.webhooks.create(
            self.site, actor or self.owner, self.receiver.url, query
        )
        return made

    async def scoped(self, scopes: list[str]) -> Actor:
        """Return the owner as they come by an API token."""
        assert self.owner.user_id
        _, secret = await self.services.identity.secrets.create_token(
            self.owner.user_id, "t", scopes
        )
        return await self.services.identity.actor_of_token(secret)

    async def product(self, name: str) -> str:
        if not self.merchant:
            merchants = self.services.commerce.merchants
            self.merchant = await merchants.create(
                self.site, self.owner, MerchantInput(name="Atelier", country="FR")
            )
        return await self.services.commerce.products.create(
            self.site,
            self.owner,
            ProductInput(merchant_id=self.merchant, name={"fr": name}),
            [VariantInput(sku=name, prices=[Price(100, "EUR")])],
        )

    async def turn(self, webhook: Webhook) -> None:
        await self.services.deliveries.turn(webhook.id)

    async def now(self, webhook: Webhook) -> Webhook:
        return await self.services.webhooks.find(self.site, webhook.id)

    async def deliveries(self, webhook: Webhook) -> list[Delivery]:
        return (await self.services.webhooks.deliveries([webhook.id]))[webhook.id]

    @property
    def told(self) -> list[str]:
        return [
            each.json["data"]["productChanged"]["product"]["name"]
            for each in self.receiver.received
        ]
