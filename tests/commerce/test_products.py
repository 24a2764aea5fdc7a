"""Products, merchants and groups are made, edited with a look at their revision, and deleted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.commerce.shop import ANNE, Shop, open_shop
from vitrail.commerce.inputs import (
    CategoryInput,
    CollectionInput,
    MerchantInput,
    ProductInput,
    VariantInput,
)
from vitrail.commerce.model import AffiliateLink, Image, Option, Price, ProductStatus
from vitrail.commerce.revisions import RevisionConflict
from vitrail.core.errors import Conflict, InvalidInput, NotFound


async def test_a_product_keeps_all_that_it_is_given(shop: Shop):
    options = (Option("Couleur", ("Bleu", "Vert")),)
    alt = {"fr": "Une théière"}
    images = (Image(url="https://example.org/a.png", alt=alt), Image("01J0000000000000000000PNG0"))
    links = (AffiliateLink("Awin", "https://example.org/?a=1", 550),)
    given = ProductInput(
        name={"fr": "Théière", "en": "Teapot"},
        merchant_id=shop.merchant,
        description={"fr": "Deux\r\nlignes", "en": ""},
        tags=["Thé", "thé", "Grès"],
        options=options,
        images=images,
        affiliate_links=links,
    )
    variant = VariantInput(sku=" T-1 ", options={"Couleur": "Bleu"}, prices=[Price(0, "EUR")])
    id_ = await shop.commerce.products.create(shop.site, ANNE, given, [variant])
    found = await shop.read(id_)
    assert found.name == {"en": "Teapot", "fr": "Théière"}
    assert found.description == {"fr": "Deux\nlignes"}
    assert found.tags == ("grès", "thé")
    assert found.options == options
    assert found.images == images
    assert found.affiliate_links == links
    assert (found.status, found.slug, found.revision) == (ProductStatus.DRAFT, "teapot", 1)
    assert not found.in_stock
    reads = shop.commerce.reading([shop.site])
    (only,) = (await reads.variants_of([id_]))[id_]
    assert (only.sku, only.options, only.prices["EUR"].amount) == ("T-1", {"Couleur": "Bleu"}, 0)


async def test_names_become_slugs_of_their_own(shop: Shop):
    slugs = [
        (await shop.read(await shop.product(name, en=name))).slug
        for name in ("Crème brûlée!", "Crème brûlée", "ランプ", "ランプ")
    ]
    assert slugs == ["creme-brulee", "creme-brulee-2", "product", "product-2"]
    with pytest.raises(Conflict) as taken:
        await shop.product(slug="creme-brulee")
    assert taken.value.code == "slug"


async def test_whoever_edits_what_was_changed_since_is_told_its_revision(shop: Shop):
    product = await shop.product()
    variant = await shop.variant(product)
    products = shop.commerce.products
    shop.clock.move(minutes=1)
    new = ProductInput(name={"fr": "Lampadaire"})
    await products.update(shop.site, ANNE, product, new, if_revision=1)
    found = await shop.read(product)
    assert (found.revision, found.updated_at) == (2, shop.clock.now())
    assert found.name == {"fr": "Lampadaire"}
    assert found.tags == ()
    with pytest.raises(RevisionConflict) as stale:
        await products.update(shop.site, ANNE, product, new, if_revision=1)
    assert (stale.value.revision, stale.value.code) == (2, "revision")
    with pytest.raises(RevisionConflict):
        await products.delete(shop.site, ANNE, product, if_revision=1)
    await products.set_price(shop.site, ANNE, variant, Price(5, "EUR"), if_revision=1)
    with pytest.raises(RevisionConflict):
        await products.set_price(shop.site, ANNE, variant, Price(6, "EUR"), if_revision=1)
    assert (await shop.read(product)).prices["EUR"].amount == 5
    # Stock and reviews are no edits: they clash with nobody's.
    await shop.commerce.stocks.adjust(shop.site, ANNE, variant, 1)
    await shop.review(product, 5)
    assert (await shop.read(product)).revision == 3


async def test_a_price_is_set_beside_the_others(shop: Shop):
    product = await shop.product(eur=1000, usd=1200)
    variant = await shop.variant(product)
    await shop.commerce.products.set_price(shop.site, ANNE, variant, Price(900, "EUR", 1000))
    reads = shop.commerce.reading([shop.site])
    prices = (await reads.prices_of([variant]))[variant]
    assert prices == [Price(900, "EUR", 1000), Price(1200, "USD")]


async def test_variants_come_and_go(shop: Shop):
    product = await shop.product(sku="A")
    products = shop.commerce.products
    other = await products.add_variant(shop.site, ANNE, product, VariantInput(sku="B"))
    with pytest.raises(Conflict):
        await products.add_variant(shop.site, ANNE, product, VariantInput(sku="A"))
    await products.update_variant(shop.site, ANNE, other, VariantInput(sku="C", position=-1))
    reads = shop.commerce.reading([shop.site])
    found = (await reads.variants_of([product]))[product]
    assert [variant.sku for variant in found] == ["C", "A"]
    assert await shop.names(search="c") == ["Lampe"]
    await products.delete_variant(shop.site, ANNE, other)
    assert await shop.names(search="c") == []
    with pytest.raises(NotFound):
        await products.delete_variant(shop.site, ANNE, other)


BAD_PRODUCTS: list[dict[str, Any]] = [
    {"name": {}},
    {"name": {"fr": " "}},
    {"name": {"Français": "x"}},
    {"name": {"fr": "x" * 201}},
    {"slug": "Not A Slug"},
    {"slug": "a--b"},
    {"description": {"fr": "x" * 10_001}},
    {"tags": ["x" * 61]},
    {"tags": [str(n) for n in range(51)]},
    {"tags": [""]},
    {"options": [Option("a", ()), Option("a", ())]},
    {"options": [Option("a", ("x", "x"))]},
    {"images": [Image()]},
    {"images": [Image("A", "https://a.example/")]},
    {"images": [Image(url="javascript:alert(1)")]},
    {"affiliate_links": [AffiliateLink("a", "http://[")]},
    {"affiliate_links": [AffiliateLink("a", "https://a.example/", 10_001)]},
]


async def test_what_breaks_a_rule_is_refused(shop: Shop):
    for bad in BAD_PRODUCTS:
        with pytest.raises(InvalidInput):
            await shop.product(**bad)
    assert await shop.names() == []


BAD_VARIANTS = [
    VariantInput(),
    VariantInput(sku=""),
    VariantInput(sku="A", available=-1),
    VariantInput(sku="A", prices=[Price(1, "EURO")]),
    VariantInput(sku="A", prices=[Price(-1, "EUR")]),
    VariantInput(sku="A", prices=[Price(10**12 + 1, "EUR")]),
    VariantInput(sku="A", prices=[Price(2, "EUR", 2)]),
    VariantInput(sku="A", prices=[Price(1, "EUR"), Price(2, "EUR")]),
]


async def test_a_variant_that_breaks_a_rule_is_refused(shop: Shop):
    product = await shop.product()
    for bad in BAD_VARIANTS:
        with pytest.raises(InvalidInput):
            await shop.commerce.products.add_variant(shop.site, ANNE, product, bad)


async def test_nothing_of_another_site_can_be_named(shop: Shop):
    theirs = await open_shop(shop.database, shop.clock)
    product = await shop.product()
    variant = await shop.variant(product)
    commerce, site = theirs.commerce, theirs.site
    group = CollectionInput(name={"en": "x"}, product_ids=[product])
    for attempt in (
        commerce.products.update(site, ANNE, product, ProductInput()),
        commerce.products.delete(site, ANNE, product),
        commerce.products.add_variant(site, ANNE, product, VariantInput(sku="x")),
        commerce.products.update_variant(site, ANNE, variant, VariantInput(available=0)),
        commerce.products.set_price(site, ANNE, variant, Price(1, "EUR")),
        commerce.products.delete_variant(site, ANNE, variant),
        commerce.products.create(
            site, ANNE, ProductInput(name={"en": "x"}, merchant_id=shop.merchant)
        ),
        commerce.merchants.update(site, ANNE, shop.merchant, MerchantInput()),
        commerce.merchants.delete(site, ANNE, shop.merchant),
        commerce.collections.create(site, ANNE, group),
        commerce.stocks.adjust(site, ANNE, variant, 1),
        commerce.stocks.reserve(site, ANNE, {variant: 1}),
        theirs.review(product, 5),
        commerce.products.update(site, ANNE, "\0", ProductInput()),
    ):
        with pytest.raises(NotFound):
            await attempt
    await commerce.products.set_affinities(site, ANNE, [(product, product, 5)])
    assert (await shop.read(product)).revision == 1


async def test_a_merchant_with_products_stays(shop: Shop):
    product = await shop.product()
    merchants = shop.commerce.merchants
    with pytest.raises(Conflict):
        await merchants.delete(shop.site, ANNE, shop.merchant)
    await shop.commerce.products.delete(shop.site, ANNE, product)
    await merchants.delete(shop.site, ANNE, shop.merchant)
    reads = shop.commerce.reading([shop.site])
    assert await reads.merchants([shop.merchant]) == {}


async def test_a_collection_keeps_its_order(shop: Shop):
    ids = [await shop.product(f"P{n}") for n in range(3)]
    groups = shop.commerce.collections
    new = CollectionInput(name={"fr": "Été", "en": "Summer"}, product_ids=[ids[2], ids[0]])
    group = await groups.create(shop.site, ANNE, new)
    order = [ids[1], ids[2], ids[0]]
    await groups.update(shop.site, ANNE, group, CollectionInput(product_ids=order))
    await groups.update(shop.site, ANNE, group, CollectionInput(name={"fr": "Hiver"}))
    reads = shop.commerce.reading([shop.site])
    page = (await reads.products_of_collections([group]))[group]
    assert [product.id for product in page.items] == order
    found = (await reads.collections([group]))[group]
    assert (found.name, found.slug, found.revision) == ({"fr": "Hiver"}, "summer", 3)
    twice = CollectionInput(product_ids=[ids[0], ids[0]])
    with pytest.raises(InvalidInput):
        await groups.update(shop.site, ANNE, group, twice)
    with pytest.raises(RevisionConflict):
        await groups.delete(shop.site, ANNE, group, if_revision=1)
    await groups.delete(shop.site, ANNE, group)
    assert len(await shop.names()) == 3


async def test_categories_are_a_tree_without_circles(shop: Shop):
    tree, site = shop.commerce.categories, shop.site
    way: list[str] = []
    for n in range(8):
        above = way[-1] if way else None
        way.append(
            await tree.create(site, ANNE, CategoryInput(name={"en": f"C{n}"}, parent_id=above))
        )
    with pytest.raises(Conflict, match="deep"):
        await tree.create(site, ANNE, CategoryInput(name={"en": "too"}, parent_id=way[-1]))
    apart = await tree.create(site, ANNE, CategoryInput(name={"en": "apart"}))
    with pytest.raises(Conflict, match="deep"):
        await tree.update(site, ANNE, way[0], CategoryInput(parent_id=apart))
    with pytest.raises(Conflict, match="branch"):
        await tree.update(site, ANNE, way[0], CategoryInput(parent_id=way[3]))
    with pytest.raises(Conflict, match="branch"):
        await tree.update(site, ANNE, way[0], CategoryInput(parent_id=way[0]))
    with pytest.raises(NotFound):
        await tree.update(site, ANNE, way[0], CategoryInput(parent_id=shop.merchant))
    with pytest.raises(Conflict, match="branches"):
        await tree.delete(site, ANNE, way[0])
    await tree.update(site, ANNE, way[7], CategoryInput(parent_id=None))
    await tree.update(site, ANNE, way[7], CategoryInput(parent_id=apart))
    product = await shop.product(category_id=way[7])
    await tree.delete(site, ANNE, way[7])
    assert (await shop.read(product)).category_id is None
    assert (await shop.read(product)).revision == 2
