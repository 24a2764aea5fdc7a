"""What pages show of a shop: active products, in the order that was asked for, in few statements."""

from __future__ import annotations

import pytest

from tests.commerce.shop import ANNE, Shop, open_shop, statements
from vitrail.commerce.inputs import CategoryInput, CollectionInput, ProductInput
from vitrail.commerce.model import Kind, Price, ProductStatus
from vitrail.commerce.showcase import Showcase
from vitrail.core.errors import InvalidInput


def names(answer: list[dict]) -> list[str]:
    return [item["name"]["fr"] for item in answer]


async def test_each_source_answers_with_active_products_in_its_order(shop: Shop):
    category = await shop.commerce.categories.create(
        shop.site, ANNE, CategoryInput(name={"fr": "Maison"})
    )
    a = await shop.product("A", tags=["bois", "lampe"], category_id=category)
    shop.clock.move(seconds=1)
    b = await shop.product("B", tags=["bois"], status=ProductStatus.DRAFT)
    shop.clock.move(seconds=1)
    c = await shop.product("C", tags=["bois", "lampe"])
    await shop.review(a, 5)
    shop.clock.move(seconds=1)
    await shop.review(a, 4, body="Assez bien.")
    collection = await shop.commerce.collections.create(
        shop.site, ANNE, CollectionInput(name={"fr": "Choix"}, product_ids=[c, b, a])
    )
    wants = {
        "newest::2": ["C", "A"],
        "newest::1": ["C"],
        f"collection:{collection}:8": ["C", "A"],
        f"category:{category}:8": ["A"],
        "tag:bois:8": ["C", "A"],
        "tag:fer:8": [],
        f"picked:{a} {b} {c}:3": ["A", "C"],
        f"product:{b}:1": [],
        f"similar:{a}:4": ["C"],
        "similar:nobody:4": [],
    }
    answers = await Showcase(shop.commerce.ledger).answer(shop.site, [*wants, f"reviews:{a}:1"])
    said = answers.pop(f"reviews:{a}:1")
    assert {want: names(found) for want, found in answers.items()} == wants
    assert [review["body"] for review in said] == ["Assez bien."]
    [first, *_] = answers[f"picked:{a} {b} {c}:3"]
    assert (first["rating"], first["reviews"], first["stock"]) == (45, 2, "in")


async def test_the_statements_are_as_many_for_one_product_as_for_many(shop: Shop):
    products = [await shop.product(f"P{n}", tags=["t"]) for n in range(3)]
    counts = []
    for some in (products[:1], products):
        ids = " ".join(some)
        wants = ["newest::9", "tag:t:9", f"picked:{ids}:{len(some)}"]
        wants += [f"similar:{p}:4" for p in some] + [f"reviews:{p}:4" for p in some]
        with statements() as seen:
            await Showcase(shop.commerce.ledger).answer(shop.site, wants)
        counts.append(len(seen))
    assert counts == [4, 4]


async def test_a_price_says_how_it_is_written_and_whether_it_varies(shop: Shop):
    lamp = await shop.product("Lampe", eur=1990, jpy=3000)
    variant = await shop.variant(lamp)
    price = Price(1500, "EUR", compare_at=2000)
    await shop.commerce.products.set_price(shop.site, ANNE, variant, price)
    answers = await Showcase(shop.commerce.ledger).answer(shop.site, [f"product:{lamp}:1"])
    assert answers[f"product:{lamp}:1"][0]["prices"] == [
        {"amount": 1500, "currency": "EUR", "digits": 2, "compareAt": 2000, "varies": False},
        {"amount": 3000, "currency": "JPY", "digits": 0, "compareAt": None, "varies": False},
    ]


async def test_nothing_of_another_site_is_shown(shop: Shop):
    other = await open_shop(shop.database, shop.clock)
    foreign = await other.product("Ailleurs", tags=["t"])
    wants = ["newest::9", "tag:t:9", f"product:{foreign}:1", f"reviews:{foreign}:9"]
    answers = await Showcase(shop.commerce.ledger).answer(shop.site, wants)
    assert answers == {want: [] for want in wants}


@pytest.mark.parametrize("want", ["", "newest", "newest::0", "newest::49", "all::3", "tag:x:y"])
async def test_what_is_no_want_is_refused(shop: Shop, want: str):
    with pytest.raises(InvalidInput):
        await Showcase(shop.commerce.ledger).answer(shop.site, [want])


async def test_orders_are_no_news_for_pages(shop: Shop):
    lamp = await shop.product()
    showcase = Showcase(shop.commerce.ledger)
    [head] = (await showcase.heads([shop.site])).values()
    assert await showcase.has_news(shop.site, head - 1)
    async with shop.commerce.ledger.changing(shop.site, ANNE) as work:
        work.note(Kind.ORDER, lamp)
    assert await showcase.heads([shop.site]) == {shop.site: head + 1}
    assert not await showcase.has_news(shop.site, head)
    named = ProductInput(name={"fr": "Autre"})
    await shop.commerce.products.update(shop.site, ANNE, lamp, named)
    assert await showcase.has_news(shop.site, head)
