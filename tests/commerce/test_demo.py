"""The demo catalogue is whole, reads well, and comes by the command line."""

from __future__ import annotations

import json

from tests.commerce.shop import ANNE, Shop
from tests.servers import Vitrail
from vitrail.commerce import demo
from vitrail.commerce.cards import CollectionCard, ProductCard
from vitrail.commerce.filters import ProductFilter
from vitrail.commerce.model import ReviewStatus
from vitrail.commerce.planning import Outcome


def test_it_is_the_same_each_time_and_every_name_is_its_own():
    made = demo.catalogue()
    assert made == demo.catalogue()
    products = [card for card in made["products"] if isinstance(card, ProductCard)]
    assert len({card.slug for card in products}) == 500
    for locale in ("fr", "en"):
        assert len({(card.name or {})[locale] for card in products}) == 500
    assert len(made["merchants"]) == 12
    assert len({card.merchant for card in products}) == 12
    reviews = sum(len(demo.reviews_of(card.slug)) for card in products)
    assert 1_350 < reviews < 1_650
    for card in made["collections"]:
        assert isinstance(card, CollectionCard)
        assert len(card.products or ()) >= 10, card.slug


async def test_it_fills_a_site_once(shop: Shop):
    report = await demo.fill(shop.commerce, shop.site, ANNE)
    assert report.counts[Outcome.REFUSED] == 0
    again = await demo.fill(shop.commerce, shop.site, ANNE)
    assert again.counts[Outcome.CREATED] == again.counts[Outcome.UPDATED] == 0
    reads = shop.commerce.reading([shop.site])
    assert await reads.count_of_products(shop.site) == 500
    page = await reads.page_of_products(shop.site, search="lampe chene", first=50)
    english = await reads.page_of_products(shop.site, search="oak lamps", first=50)
    assert {p.id for p in page.items} == {p.id for p in english.items}
    assert len(page.items) == 5
    similar = await reads.similar_of([product.id for product in page.items])
    assert all(len(found) == 3 for found in similar.values())
    home = next(c for c in (await reads.categories_of([shop.site]))[shop.site] if c.slug == "home")
    below = ProductFilter(category_id=home.id)
    assert await reads.count_of_products(shop.site, below) == 400
    reviews = await reads.page_of_reviews(shop.site, ReviewStatus.APPROVED, first=250)
    assert reviews.has_next


def test_the_command_line_fills_exports_and_imports(shared_vitrail: Vitrail, tmp_path):
    def run(*words: str) -> str:
        return shared_vitrail.run("catalogue", *words, "--site", "maison-sakura")

    file = tmp_path / "all.json"
    assert run("demo").startswith("526 created")
    run("export", str(file))
    content = json.loads(file.read_text())
    content["products"][0]["name"]["fr"] = "Autre nom"
    file.write_text(json.dumps(content))
    for options in (["--dry-run"], []):
        assert run("import", str(file), *options).startswith("0 created, 1 updated")
