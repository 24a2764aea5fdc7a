"""Words are found in French and English, with and without accents, the same on both databases."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st
from sqlalchemy import text

from tests.commerce.shop import ANNE, Shop
from vitrail.commerce.inputs import MerchantInput, ProductInput, VariantInput
from vitrail.commerce.paging import ProductSort, SortField
from vitrail.commerce.search import POSTGRES_VECTOR, asked, indexed
from vitrail.core.errors import InvalidInput

LIGHT = "Chaussures légères"
QUESTIONS = [
    ("chaussure", [LIGHT]),
    ("CHAUSSURES", [LIGHT]),
    ("chaussure légère", [LIGHT]),
    ("chaussures legeres", [LIGHT]),
    ("chaussure leger", [LIGHT]),
    ("shoe", [LIGHT]),
    ("running", ["Tapis de course"]),
    ("runs", ["Tapis de course"]),
    ("œufs", ["Coquetier"]),
    ("oeuf", ["Coquetier"]),
    ("l'œuf", []),  # no word of it begins with an l alone
    ("été", ["Robe d’été"]),
    ("ete", ["Robe d’été"]),
    ("robe été", ["Robe d’été"]),
    ("lam", ["Lampe", "Lampion"]),
    ("lam bois", []),  # only the last word is a beginning
    ("bois lam", ["Lampe"]),
    ("bois", ["Lampe"]),  # by its tag
    ("LMP-7", ["Lampe"]),  # by its SKU
    ("atelier marin lampe", ["Lampe"]),  # with its merchant
    ("rien de tel", []),
    ("!!!", []),
    ("", []),
    ('" OR * NEAR( AND NOT \\', []),
    ("title:lampe", []),  # a word like any other
]


@pytest.fixture
async def searched(shop: Shop) -> Shop:
    await shop.product(LIGHT, en="Light shoes")
    await shop.product("Tapis de course", en="Treadmill", description={"en": "For running at home"})
    await shop.product("Coquetier", en="Egg cup", description={"fr": "Pour vos œufs, à la coque"})
    await shop.product("Robe d’été", en="Summer dress")
    await shop.product("Lampe", en="Lamp", tags=["bois"], sku="LMP-7")
    await shop.product("Lampion", en="Lantern")
    return shop


async def test_questions_find_the_same_on_both(searched: Shop):
    found = {asked: sorted(await searched.names(search=asked)) for asked, _ in QUESTIONS}
    assert found == {asked: sorted(names) for asked, names in QUESTIONS}


async def test_a_name_is_more_relevant_than_a_description(shop: Shop):
    await shop.product("Table", description={"fr": "Pour poser une lampe, une lampe, une lampe."})
    await shop.product("Lampe")
    assert await shop.names(search="lampe") == ["Lampe", "Table"]
    up = ProductSort(SortField.RELEVANCE, descending=False)
    assert await shop.names(search="lampe", sort=up) == ["Table", "Lampe"]
    with pytest.raises(InvalidInput):
        await shop.names(sort=up)


async def test_the_index_follows_what_is_edited(shop: Shop):
    product = await shop.product("Lampe")
    products = shop.commerce.products
    await products.update(shop.site, ANNE, product, ProductInput(name={"fr": "Chaise"}))
    assert await shop.names(search="lampe") == []
    assert await shop.names(search="chaises") == ["Chaise"]
    await products.add_variant(shop.site, ANNE, product, VariantInput(sku="CH-12"))
    assert await shop.names(search="CH-12") == ["Chaise"]
    named = MerchantInput(name="Forge du Nord")
    await shop.commerce.merchants.update(shop.site, ANNE, shop.merchant, named)
    assert await shop.names(search="marin") == []
    assert await shop.names(search="forges") == ["Chaise"]
    await products.delete(shop.site, ANNE, product)
    assert await shop.names(search="chaise") == []
    if shop.database.is_sqlite:
        async with shop.database.write() as sql:  # raises when index and words differ
            check = "INSERT INTO commerce_product_fts (commerce_product_fts) VALUES"
            await sql.execute(text(f"{check} ('integrity-check')"))


async def test_hits_are_counted_and_cut_into_pages(shop: Shop):
    for n in range(7):
        await shop.product(f"Lampe {n}")
    await shop.product("Table")
    names: list[str] = []
    after = None
    reads = shop.commerce.reading([shop.site])
    assert await reads.count_of_products(shop.site, search="lampe") == 7
    assert await reads.count_of_products(shop.site, search="?") == 0
    while True:
        page = await reads.page_of_products(shop.site, search="lampe", first=3, after=after)
        names += [product.name["fr"] for product in page.items]
        if not page.has_next:
            break
        after = page.positions[-1]
    assert sorted(names) == [f"Lampe {n}" for n in range(7)]


async def test_too_long_a_question_is_refused(shop: Shop):
    with pytest.raises(InvalidInput):
        await shop.names(search="x" * 201)


async def test_postgresql_searches_by_its_index(shop: Shop):
    if shop.database.is_sqlite:
        return
    async with shop.database.read() as sql:
        await sql.execute(text("SET LOCAL enable_seqscan = off"))
        plan = await sql.execute(
            text(
                f"EXPLAIN SELECT * FROM commerce_product_search WHERE {POSTGRES_VECTOR}"
                " @@ to_tsquery('simple', 'lampe')"
            )
        )
        assert "ix_commerce_product_search_words" in str(plan.all())


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_text_finds_itself(words: str):
    there = set(indexed({"fr": words}).split()) | set(indexed({"en": words}).split())
    for forms in asked(words):
        assert there & set(forms)


@given(st.text(max_size=30))
@settings(max_examples=60, deadline=None)
def test_no_question_breaks_the_language_of_a_search(words: str):
    for forms in asked(words):
        for form in forms:
            assert form.isalnum() or not form.isascii()
            assert not set(form) & set("\"'()*:&|!\\ ")
