"""Pages with products: what visitors get of a shop, and how published pages follow it."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from tests.people import NOBODY, Asker, database_url
from tests.servers import Vitrail
from vitrail.commerce.inputs import MerchantInput, ProductInput, ReviewInput, VariantInput
from vitrail.commerce.model import AffiliateLink, Price, ProductStatus, ReviewStatus, StockPolicy
from vitrail.commerce.service import Commerce
from vitrail.core.access import SYSTEM
from vitrail.core.clock import SystemClock
from vitrail.core.database import Database

HOSTILE = "</script><script>alert(1)</script>"
SEEN_WITHIN = 20  # seconds: a look or two, and a job


class ShopSite:
    """A site with one product, whose shop another process changes."""

    def __init__(self, askers: Mapping[str, Asker], vitrail: Vitrail) -> None:
        self.owner, self.visitor = askers["owner"], askers[NOBODY]
        self._url = database_url(vitrail)
        made = self.owner.ask("POST", "/api/sites", json={"name": "Boutique"}).json()
        self.id, self.root = made["id"], f"/s/{made['slug']}/"
        self.page = self.owner.ask("GET", f"/api/sites/{self.id}/pages").json()[0]["id"]
        self.product, self.variant = self.shop(self._stock)

    def shop(self, change: Any) -> Any:
        async def run() -> Any:
            async with Database(self._url) as database:
                return await change(Commerce(database, SystemClock()))

        return asyncio.run(run())

    async def _stock(self, commerce: Commerce) -> tuple[str, str]:
        merchant = await commerce.merchants.create(self.id, SYSTEM, MerchantInput(name="Atelier"))
        bowl = ProductInput(
            name={"fr": "Bol", "en": "Bowl"},
            description={"fr": HOSTILE},
            merchant_id=merchant,
            status=ProductStatus.ACTIVE,
            affiliate_links=[AffiliateLink("x", "https://shop.example/bowl")],
        )
        variant = VariantInput(sku="BOL", prices=[Price(1250, "EUR")], available=4)
        product = await commerce.products.create(self.id, SYSTEM, bowl, [variant])
        review = ReviewInput(author="Zoé", rating=4, body=HOSTILE)
        await commerce.reviews.create(
            self.id, SYSTEM, product, review, status=ReviewStatus.APPROVED
        )
        variants = await commerce.reading([self.id]).variants_of([product])
        return product, variants[product][0].id

    def price(self, amount: int) -> None:
        self.shop(
            lambda commerce: commerce.products.set_price(
                self.id, SYSTEM, self.variant, Price(amount, "EUR")
            )
        )

    def status(self, status: ProductStatus) -> None:
        changed = ProductInput(status=status)
        self.shop(lambda c: c.products.update(self.id, SYSTEM, self.product, changed))

    def run(self, *ops: dict[str, Any]) -> None:
        url = f"/api/pages/{self.page}/commands"
        done = self.owner.ask("POST", url, json={"version": 1, "ops": ops})
        assert done.is_success, done.text

    def insert(self, block: str, **props: Any) -> None:
        self.run({"op": "insert", "block": block, "props": props})

    def publish(self) -> str:
        done = self.owner.ask("POST", f"/api/sites/{self.id}/publish")
        assert done.is_success, done.text
        return done.json()["deployment"]

    def deployments(self) -> list[str]:
        found = self.owner.ask("GET", f"/api/sites/{self.id}/deployments").json()
        return [deployment["id"] for deployment in found]

    def html(self) -> str:
        return self.visitor.ask("GET", self.root).text

    def await_html(self, wanted: str) -> str:
        return self.await_page(lambda html: wanted in html)

    def await_page(self, check: Callable[[str], bool]) -> str:
        end = time.monotonic() + SEEN_WITHIN
        while not check(html := self.html()):
            assert time.monotonic() < end, "the page did not follow its shop"
            time.sleep(0.05)
        return html


@pytest.fixture
def site(askers: dict[str, Asker], shared_vitrail: Vitrail) -> ShopSite:
    return ShopSite(askers, shared_vitrail)


def linked_data(html: str) -> list[Any]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    return [json.loads(text) for text in found]


def test_search_engines_are_told_of_products_and_nothing_breaks_out(site: ShopSite):
    site.insert("product-detail", product=site.product)
    site.insert("product-reviews")
    site.insert("product-grid")
    site.publish()
    html = site.html()
    assert html.count("<script") == 2
    assert "alert(1)</script>" not in html.replace("&lt;", "<!")
    product, listed = linked_data(html)
    assert product["@type"] == "Product"
    assert product["name"] == "Bol"
    assert product["description"] == HOSTILE
    assert product["review"][0]["reviewBody"] == HOSTILE
    assert product["aggregateRating"]["ratingValue"] == "4.0"
    offer = product["offers"]
    assert (offer["price"], offer["priceCurrency"]) == ("12.50", "EUR")
    assert offer["availability"] == "https://schema.org/InStock"
    assert product["url"].endswith(site.root)  # this is the page that is about it
    assert listed["@type"] == "ItemList"
    assert listed["itemListElement"][0]["item"]["name"] == "Bol"
    later = VariantInput(available=0, policy=StockPolicy.PREORDER, available_on=date(2031, 3, 1))
    site.shop(lambda c: c.products.update_variant(site.id, SYSTEM, site.variant, later))
    offer = linked_data(site.await_html("schema.org/PreOrder"))[0]["offers"]
    assert offer["availabilityStarts"] == "2031-03-01"


def test_published_pages_follow_the_shop_and_not_the_draft(site: ShopSite):
    site.insert("product-grid")
    first = site.publish()
    assert "12,50\u00a0€" in site.html()
    site.insert("product-grid", title="Pas encore publié")
    site.price(990)
    html = site.await_html("9,90\u00a0€")
    assert "Pas encore publié" not in html
    assert "12,50" not in html
    assert site.deployments() == [first]

    second = site.publish()
    assert "Pas encore publié" in site.html()
    site.price(1100)
    site.await_html("11,00\u00a0€")
    body = {"deployment": first}
    assert site.owner.ask("POST", f"/api/sites/{site.id}/rollback", json=body).is_success
    html = site.await_html("11,00\u00a0€")
    assert "Pas encore publié" not in html
    assert site.deployments() == [second, first]


def test_what_is_not_active_leaves_no_trace(site: ShopSite):
    site.insert("hero")
    site.insert("product-detail", product=site.product)
    site.insert("product-related", title="Semblables")
    site.insert("product-grid", title="Nos produits")
    site.publish()
    assert "Nos produits" in site.html()
    site.status(ProductStatus.DRAFT)
    html = site.await_page(lambda html: "Bol" not in html)
    assert "Nos produits" not in html
    assert "Semblables" not in html
    assert "ld+json" not in html
    assert "<h1" in html


def test_a_preview_shows_the_shop_as_it_is(site: ShopSite):
    site.insert("product-detail", product=site.product)
    preview = site.owner.ask("GET", f"/preview/{site.page}?locale=en")
    assert "€12.50" in preview.text
    assert "ld+json" not in preview.text


def test_the_editors_door_answers_members_only(site: ShopSite, askers: dict[str, Asker]):
    url, body = f"/api/sites/{site.id}/shop", {"wants": ["newest::4"]}
    [item] = site.owner.ask("POST", url, json=body).json()["newest::4"]
    assert item["name"]["en"] == "Bowl"
    assert askers["stranger"].ask("POST", url, json=body).status_code == 404
    assert site.owner.ask("POST", url, json={"wants": ["all"]}).status_code == 400
    assert site.owner.ask("POST", url, json={"wants": ["newest::1"] * 101}).status_code == 400
    choices = site.owner.ask("GET", f"{url}/choices?kind=product&search=bols").json()
    assert [choice["id"] for choice in choices] == [site.product]
    assert site.owner.ask("GET", f"{url}/choices?kind=order").status_code == 400
