from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
from vitrail_client import Client
from vitrail_client.operations import (
    merchant_create,
    page_edit,
    product_create,
    site_create,
    site_pages,
)
from vitrail_client.schema import PriceInput, ProductInput, ProductStatus, VariantInput

from tests.servers import Vitrail


@dataclass(frozen=True)
class Shop:
    """A site with a page that has a headline, and products, at a server."""

    vitrail: Vitrail
    token: str
    site: str
    page: str
    products: list[str]

    def client(self, base: str | None = None) -> Client:
        return Client(base or self.vitrail.base, self.token)


@pytest.fixture(scope="module")
def shop(shared_vitrail: Vitrail, owner_token: str) -> Shop:
    return asyncio.run(_open(shared_vitrail, owner_token))


async def _open(server: Vitrail, token: str) -> Shop:
    async with Client(server.base, token) as client:
        made = (await client.change(site_create(name="Atelier"))).site_create.site
        assert made is not None
        pages = (await client.run(site_pages(id=made.id))).site
        assert pages is not None
        page = pages.pages.nodes[0].id
        hero = {"op": "insert", "block": "hero"}
        await client.change(page_edit(page_id=page, ops=[hero]))
        answer = await client.change(merchant_create(site_id=made.id, name="Verre & Cie"))
        merchant = answer.merchant_create.merchant
        assert merchant is not None
        products: list[str] = []
        for number in range(5):
            added = await client.change(
                product_create(
                    site_id=made.id,
                    product=ProductInput(
                        names={"fr": f"Lampe {number}"},
                        merchant_id=merchant.id,
                        status=ProductStatus.ACTIVE,
                    ),
                    variants=[
                        VariantInput(
                            sku=f"L-{number}", prices=[PriceInput(amount=1_000, currency="EUR")]
                        )
                    ],
                )
            )
            assert added.product_create.product is not None
            products.append(added.product_create.product.id)
        return Shop(server, token, made.id, page, products)
