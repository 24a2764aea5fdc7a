"""A site with something to sell, and short words for what the tests do in it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event, insert

from tests.clock import HandClock
from vitrail.commerce.inputs import MerchantInput, ProductInput, ReviewInput, VariantInput
from vitrail.commerce.model import Price, Product, ProductStatus, ReviewStatus
from vitrail.commerce.service import Commerce
from vitrail.core import tables as core
from vitrail.core.access import Actor
from vitrail.core.database import Database
from vitrail.core.ids import new_id
from vitrail.sites import tables as sites

ANNE = Actor(user_id="01J0000000000000000000ANNE", name="Anne")


@dataclass
class Shop:
    database: Database
    clock: HandClock
    commerce: Commerce
    site: str
    merchant: str
    made: int = 0
    kinds: list[str] = field(default_factory=list)

    async def product(self, called: str = "Lampe", **values: Any) -> str:
        """Make an active product with one variant; prices as `eur=1990`."""
        self.made += 1
        prices = [
            Price(values.pop(code.lower()), code)
            for code in ("EUR", "USD", "JPY")
            if code.lower() in values
        ]
        variant = VariantInput(
            sku=values.pop("sku", f"SKU-{self.made}"),
            prices=prices or [Price(1000, "EUR")],
            available=values.pop("available", 5),
            policy=values.pop("policy", "deny"),
        )
        given: dict[str, Any] = {
            "name": {"fr": called, "en": values.pop("en", called)},
            "merchant_id": self.merchant,
            "status": ProductStatus.ACTIVE,
            **values,
        }
        product = ProductInput(**given)
        return await self.commerce.products.create(self.site, ANNE, product, [variant])

    async def read(self, product_id: str) -> Product:
        reads = self.commerce.reading([self.site])
        return (await reads.products([product_id]))[product_id]

    async def variant(self, product_id: str) -> str:
        reads = self.commerce.reading([self.site])
        return (await reads.variants_of([product_id]))[product_id][0].id

    async def review(self, product_id: str, rating: int, **values: Any) -> str:
        review = ReviewInput(author="Zoé", rating=rating, body=values.pop("body", "Bien."))
        status = values.pop("status", ReviewStatus.APPROVED)
        return await self.commerce.reviews.create(
            self.site, ANNE, product_id, review, status=status
        )

    async def names(self, **asked: Any) -> list[str]:
        """Return the French names of the products that a question finds, in order."""
        reads = self.commerce.reading([self.site])
        page = await reads.page_of_products(self.site, first=100, **asked)
        return [product.name["fr"] for product in page.items]


async def new_site(database: Database, clock: HandClock) -> str:
    organisation, site = new_id(clock), new_id(clock)
    now = clock.now()
    async with database.write() as sql:
        row = {"id": organisation, "name": "Studio", "created_at": now}
        await sql.execute(insert(core.organisation).values(row))
        await sql.execute(
            insert(sites.site).values(
                id=site,
                organisation_id=organisation,
                slug=site.lower(),
                name="Boutique",
                created_at=now,
                updated_at=now,
            )
        )
    return site


async def open_shop(database: Database, clock: HandClock) -> Shop:
    site = await new_site(database, clock)
    commerce = Commerce(database, clock)
    merchant = await commerce.merchants.create(site, ANNE, MerchantInput(name="Atelier Marin"))
    return Shop(database, clock, commerce, site, merchant)


@contextmanager
def statements() -> Generator[list[str]]:
    """Gather the statements that are executed, without those that begin and end transactions."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)
