"""Reads come in batches, see only the sites they may, and take one statement each."""

from __future__ import annotations

import pytest

from tests.commerce.shop import ANNE, Shop, open_shop, statements
from vitrail.commerce.filters import ProductFilter
from vitrail.commerce.inputs import CollectionInput, VariantInput
from vitrail.commerce.model import Price, ProductStatus, ReviewStatus, StockPolicy
from vitrail.core.errors import InvalidInput


async def test_a_product_comes_with_its_merchant_prices_and_stock(shop: Shop):
    product = await shop.product("Lampe", en="Lamp", eur=2500, jpy=4000)
    dearer = VariantInput(
        sku="B", prices=[Price(1900, "EUR", 2900)], available=2, policy=StockPolicy.PREORDER
    )
    await shop.commerce.products.add_variant(shop.site, ANNE, product, dearer)

    found = await shop.read(product)

    assert found.merchant.name == "Atelier Marin"
    assert found.prices == {"EUR": Price(1900, "EUR", 2900), "JPY": Price(4000, "JPY")}
    assert (found.stock.available, found.stock.reserved) == (7, 0)
    assert found.stock.policy is StockPolicy.PREORDER
    assert found.in_stock
    assert found.slug == "lamp"
    assert found.rating is None
    assert found.revision == 2


async def test_the_page_of_a_product_takes_four_statements(shop: Shop):
    ids = [await shop.product(f"Lampe {n}", tags=["lampe"]) for n in range(6)]
    for rating in (5, 4, 3, 2, 1, 5, 4):
        await shop.review(ids[0], rating)
    with statements() as seen:
        reads = shop.commerce.reading([shop.site])
        product = (await reads.products([ids[0]]))[ids[0]]
        variants = (await reads.variants_of([ids[0]]))[ids[0]]
        reviews = (await reads.reviews_of([ids[0]], first=5))[ids[0]]
        similar = (await reads.similar_of([ids[0]], first=3))[ids[0]]
    assert len(seen) == 4
    assert product.review_count == 7
    assert variants[0].prices == {"EUR": Price(1000, "EUR")}
    assert len(reviews.items) == 5
    assert reviews.has_next
    assert len(similar) == 3
    assert all(one.prices and one.merchant.name for one in similar)


@pytest.mark.parametrize("count", [1, 40])
async def test_each_read_takes_one_statement_whatever_the_number(shop: Shop, count: int):
    ids = [await shop.product(f"P{n}", tags=["a", "b"]) for n in range(count)]
    collection = CollectionInput(name={"en": "All"}, product_ids=ids)
    group = await shop.commerce.collections.create(shop.site, ANNE, collection)
    for id_ in ids[:5]:
        await shop.review(id_, 4)
    variants = [await shop.variant(id_) for id_ in ids[:3]]
    reads = shop.commerce.reading([shop.site])
    for read in (
        lambda: reads.products(ids),
        lambda: reads.products_by_slug(shop.site, ["p1"]),
        lambda: reads.variants_of(ids),
        lambda: reads.variants(variants),
        lambda: reads.prices_of(variants),
        lambda: reads.merchants([shop.merchant]),
        lambda: reads.figures_of_merchants([shop.merchant]),
        lambda: reads.reviews_of(ids),
        lambda: reads.similar_of(ids),
        lambda: reads.collections_of(ids),
        lambda: reads.products_of_sites([shop.site]),
        lambda: reads.products_of_merchants([shop.merchant]),
        lambda: reads.products_of_collections([group]),
        lambda: reads.categories_of([shop.site]),
        lambda: reads.page_of_products(shop.site, search="p1"),
        lambda: reads.page_of_merchants(shop.site),
        lambda: reads.page_of_collections(shop.site),
        lambda: reads.page_of_reviews(shop.site),
        lambda: reads.page_of_orders(shop.site),
    ):
        with statements() as seen:
            await read()
        assert len(seen) == 1, seen


async def test_the_first_of_each_are_pages_of_their_own(shop: Shop):
    ids = [await shop.product(f"P{n}") for n in range(3)]
    groups = [
        await shop.commerce.collections.create(
            shop.site, ANNE, CollectionInput(name={"en": name}, product_ids=members)
        )
        for name, members in (("Up", ids), ("Down", ids[::-1]))
    ]
    reads = shop.commerce.reading([shop.site])
    pages = await reads.products_of_collections(groups, first=2)
    assert [[p.id for p in pages[g].items] for g in groups] == [ids[:2], [ids[2], ids[1]]]
    assert all(page.has_next for page in pages.values())
    after = pages[groups[0]].positions[-1]
    rest = await reads.products_of_collections([groups[0]], first=2, after=after)
    assert [p.id for p in rest[groups[0]].items] == [ids[2]]
    assert not rest[groups[0]].has_next
    of = await reads.collections_of([ids[0]])
    assert [c.slug for c in of[ids[0]]] == ["down", "up"]


async def test_similar_products_share_rare_tags(shop: Shop):
    lamp = await shop.product("Lampe", tags=["bois", "lampe", "japon"])
    for n in range(4):
        await shop.product(f"Table {n}", tags=["bois"])
    tea = await shop.product("Thé", tags=["japon", "bois"])
    draft = await shop.product("Brouillon", tags=["lampe"], status=ProductStatus.DRAFT)
    other = await shop.product("Autre", tags=["autre"])
    reads = shop.commerce.reading([shop.site])
    similar = (await reads.similar_of([lamp], first=10))[lamp]
    assert similar[0].id == tea
    assert len(similar) == 5
    assert await reads.similar_of([other]) == {}
    # Whoever looks at lamps looks at the other thing, too.
    await shop.commerce.products.set_affinities(
        shop.site, ANNE, [(lamp, other, 1_000_000), (lamp, draft, 9), ("x", lamp, 1)]
    )
    reads = shop.commerce.reading([shop.site])
    similar = (await reads.similar_of([lamp], first=2))[lamp]
    assert {one.id for one in similar} == {tea, other}


async def test_another_site_is_never_seen(shop: Shop):
    product = await shop.product("Secret", tags=["a"])
    await shop.product("Autre", tags=["a"])
    review = await shop.review(product, 5)
    variant = await shop.variant(product)
    collection = CollectionInput(name={"en": "All"}, product_ids=[product])
    group = await shop.commerce.collections.create(shop.site, ANNE, collection)
    theirs = await open_shop(shop.database, shop.clock)
    own = await theirs.product("Le leur")

    reads = theirs.commerce.reading([theirs.site])
    assert await reads.products([product]) == {}
    assert await reads.products_by_slug(shop.site, ["secret"]) == {}
    assert await reads.variants_of([product]) == {}
    assert await reads.variants([variant]) == {}
    assert await reads.prices_of([variant]) == {}
    assert await reads.merchants([shop.merchant]) == {}
    assert (await reads.figures_of_merchants([shop.merchant]))[shop.merchant].product_count == 0
    assert await reads.reviews([review]) == {}
    assert await reads.reviews_of([product]) == {}
    assert await reads.similar_of([product]) == {}
    assert await reads.collections([group]) == {}
    assert await reads.collections_of([product]) == {}
    assert await reads.products_of_sites([shop.site]) == {}
    assert await reads.products_of_merchants([shop.merchant]) == {}
    assert await reads.products_of_collections([group]) == {}
    assert await reads.categories_of([shop.site]) == {}
    assert await reads.count_of_products(shop.site) == 0
    for page in (
        await reads.page_of_products(shop.site),
        await reads.page_of_products(shop.site, search="secret"),
        await reads.page_of_products(theirs.site, ProductFilter(collection_id=group)),
        await reads.page_of_merchants(shop.site),
        await reads.page_of_collections(shop.site),
        await reads.page_of_reviews(shop.site),
        await reads.page_of_orders(shop.site),
    ):
        assert page.items == ()
    reads = theirs.commerce.reading([shop.site, theirs.site])
    assert set(await reads.products([product, own])) == {product, own}


async def test_the_public_sees_active_products_and_approved_reviews(shop: Shop):
    shown = await shop.product("Vue")
    hidden = await shop.product("Cachée", status=ProductStatus.DRAFT)
    await shop.review(shown, 5)
    waiting = await shop.review(shown, 1, status=ReviewStatus.PENDING)
    variant = await shop.variant(hidden)
    reads = shop.commerce.reading([shop.site], public_only=True)
    assert set(await reads.products([shown, hidden])) == {shown}
    assert set(await reads.variants_of([shown, hidden])) == {shown}
    assert await reads.prices_of([variant]) == {}
    assert await reads.reviews([waiting]) == {}
    assert len((await reads.page_of_reviews(shop.site, ReviewStatus.PENDING)).items) == 1
    assert (await reads.products([shown]))[shown].rating == 5
    assert await reads.count_of_products(shop.site) == 1


async def test_positions_of_other_lists_are_refused(shop: Shop):
    await shop.product()
    reads = shop.commerce.reading([shop.site])
    page = await reads.page_of_products(shop.site)
    for bad in (page.positions[0][:-4], "", "é", "AAAA", "W10", page.positions[0] * 2):
        with pytest.raises(InvalidInput):
            await reads.page_of_products(shop.site, after=bad)
    with pytest.raises(InvalidInput):
        await reads.page_of_merchants(shop.site, after=page.positions[0])
    with pytest.raises(InvalidInput):
        await reads.page_of_products(shop.site, first=251)
    with pytest.raises(InvalidInput):
        await reads.reviews_of([], sort="loudest")


async def test_figures_of_a_merchant_follow_its_active_products(shop: Shop):
    one, two = await shop.product("Un"), await shop.product("Deux")
    await shop.product("Trois", status=ProductStatus.ARCHIVED)
    for product, rating in ((one, 5), (one, 4), (two, 3)):
        await shop.review(product, rating)
    reads = shop.commerce.reading([shop.site])
    figures = (await reads.figures_of_merchants([shop.merchant]))[shop.merchant]
    assert (figures.product_count, figures.rating, figures.review_count) == (2, 4.0, 3)
