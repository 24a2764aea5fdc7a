"""Filters and sorts give what a plain model gives; pages joined give the whole list."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.commerce.shop import ANNE, Shop
from vitrail.commerce.filters import PriceRange, ProductFilter
from vitrail.commerce.inputs import (
    CategoryInput,
    CollectionInput,
    MerchantInput,
    OrderFact,
    ProductInput,
    VariantInput,
)
from vitrail.commerce.model import OrderLine, Price, Product, ProductStatus, StockPolicy
from vitrail.commerce.paging import ProductSort, SortField
from vitrail.core.errors import InvalidInput

TAGS = ("bois", "fer", "lin")
CURRENCIES = ("EUR", "JPY")
BEGINNING = datetime.fromisoformat("2030-01-01T00:00:00+00:00")


class Model:
    """What is in the shop, as plain values, and what filters and sorts mean."""

    def __init__(self) -> None:
        self.products: list[Product] = []
        self.members: dict[str, set[str]] = {}
        self.parents: dict[str, str | None] = {}

    def holds(self, product: Product, wanted: ProductFilter) -> bool:
        price = product.prices.get(wanted.price.currency) if wanted.price else None
        return all(
            (
                wanted.merchant_id in {None, product.merchant.id},
                wanted.status in {None, product.status},
                wanted.collection_id is None
                or product.id in self.members.get(wanted.collection_id, ()),
                wanted.category_id is None or wanted.category_id in self._above(product),
                wanted.in_stock in {None, product.in_stock},
                wanted.price is None
                or (
                    price is not None
                    and (wanted.price.minimum or 0) <= price.amount
                    and (wanted.price.maximum is None or price.amount <= wanted.price.maximum)
                ),
                wanted.minimum_rating is None
                or (product.rating is not None and product.rating >= wanted.minimum_rating),
                wanted.updated_since is None or product.updated_at >= wanted.updated_since,
                set(wanted.tags) <= set(product.tags),
                all(self.holds(product, one) for one in wanted.all_of),
                wanted.any_of is None or any(self.holds(product, one) for one in wanted.any_of),
                not any(self.holds(product, one) for one in wanted.none_of),
            )
        )

    def _above(self, product: Product) -> list[str]:
        way: list[str] = []
        at = product.category_id
        while at is not None:
            way.append(at)
            at = self.parents[at]
        return way

    def list(self, wanted: ProductFilter, sort: ProductSort) -> list[str]:
        found = [product for product in self.products if self.holds(product, wanted)]

        def key(product: Product):
            price = product.prices.get(sort.currency)
            missing = -1 if sort.falls else 2**62
            return {
                SortField.PRICE: price.amount if price else missing,
                SortField.NAME: product.name[sort.locale].lower(),
                SortField.RATING: product.rating or 0,
                SortField.CREATED: product.created_at,
                SortField.UPDATED: product.updated_at,
                SortField.BEST_SELLING: product.units_sold,
            }[sort.field]

        found.sort(key=lambda product: (key(product), product.id), reverse=sort.falls)
        return [product.id for product in found]


async def stocked(shop: Shop) -> Model:
    """Fill a shop with forty products that differ in everything that is filtered by."""
    site, commerce, model = shop.site, shop.commerce, Model()
    other = await commerce.merchants.create(site, ANNE, MerchantInput(name="Autre"))
    for name, parent in (("root", None), ("branch", 0), ("leaf", 1), ("apart", None)):
        above = None if parent is None else list(model.parents)[parent]
        new = CategoryInput(name={"en": name}, parent_id=above)
        model.parents[await commerce.categories.create(site, ANNE, new)] = above
    categories = [*model.parents, None]
    ids: list[str] = []
    for n in range(40):
        shop.clock.move(hours=n % 3)
        variants = [
            VariantInput(
                sku=f"{n}-{k}",
                prices=[Price((n * 7 + k * 3) % 20, c) for c in CURRENCIES[: (n + k) % 3]],
                available=(n + k) % 3 and n % 5,
                policy=list(StockPolicy)[n % 7 // 5],
            )
            for k in range(n % 3)
        ]
        product = ProductInput(
            name={"fr": f"Nom {n * 13 % 40:02}", "en": f"Name {n * 29 % 40:02}"},
            merchant_id=(shop.merchant, other)[n % 2],
            category_id=categories[n % 5],
            status=list(ProductStatus)[n % 4 % 3],
            tags=[tag for place, tag in enumerate(TAGS) if n >> place & 1],
        )
        ids.append(await commerce.products.create(site, ANNE, product, variants))
        for k in range(n % 4):
            await shop.review(ids[-1], 1 + (n + k * 2) % 5)
    for name, members in (("a", ids[::2]), ("b", ids[5:9])):
        new = CollectionInput(name={"en": name}, product_ids=members)
        group = await commerce.collections.create(site, ANNE, new)
        model.members[group] = set(members)
    lines = [OrderLine("x", 1 + n % 3, 100, product_id=ids[n]) for n in range(0, 40, 3)]
    fact = OrderFact("1", "EUR", lines, placed_at=shop.clock.now())
    await commerce.orders.record_order(site, ANNE, fact)
    reads = commerce.reading([site])
    model.products = list((await reads.products(ids)).values())
    return model


def filters(model: Model) -> st.SearchStrategy[ProductFilter]:
    merchants = sorted({product.merchant.id for product in model.products})
    amounts = st.none() | st.integers(-1, 21)
    own: dict[str, st.SearchStrategy[Any]] = {
        "merchant_id": st.sampled_from([*merchants, "nobody"]),
        "collection_id": st.sampled_from([*model.members, "\0"]),
        "category_id": st.sampled_from([*model.parents, "nothing"]),
        "in_stock": st.booleans(),
        "price": st.builds(PriceRange, st.sampled_from([*CURRENCIES, "CHF"]), amounts, amounts),
        "minimum_rating": st.sampled_from([0, 1, 2.5, 3, 11 / 3, 5]),
        "updated_since": st.integers(-1, 40).map(lambda h: BEGINNING + timedelta(hours=h)),
        "tags": st.lists(st.sampled_from([*TAGS, "rien"]), max_size=2),
        "status": st.sampled_from(ProductStatus),
    }
    plain = st.fixed_dictionaries({}, optional=own).map(lambda v: ProductFilter(**v))
    return st.recursive(
        plain,
        lambda inner: st.builds(
            ProductFilter,
            all_of=st.lists(inner, max_size=2),
            any_of=st.none() | st.lists(inner, max_size=2),
            none_of=st.lists(inner, max_size=2),
            in_stock=st.none() | st.booleans(),
        ),
        max_leaves=5,
    )


sorts = st.builds(
    ProductSort,
    st.sampled_from([field for field in SortField if field is not SortField.RELEVANCE]),
    st.none() | st.booleans(),
    st.sampled_from([*CURRENCIES, "CHF"]),
    st.sampled_from(["fr", "en"]),
)


async def test_filters_and_sorts_are_those_of_a_plain_model(shop: Shop):
    model = await stocked(shop)
    loop = asyncio.get_running_loop()

    async def compare(wanted: ProductFilter, sort: ProductSort, first: int) -> None:
        expected = model.list(wanted, sort)
        found: list[str] = []
        after = None
        reads = shop.commerce.reading([shop.site])
        assert await reads.count_of_products(shop.site, wanted) == len(expected)
        while True:
            page = await reads.page_of_products(
                shop.site, wanted, sort=sort, first=first, after=after
            )
            found += [product.id for product in page.items]
            if not page.has_next:
                break
            after = page.positions[-1]
        assert found == expected

    @given(filters(model), sorts, st.sampled_from([7, 50]))
    @settings(
        max_examples=40 if shop.database.is_sqlite else 25,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    def check(wanted: ProductFilter, sort: ProductSort, first: int) -> None:
        asyncio.run_coroutine_threadsafe(compare(wanted, sort, first), loop).result()

    await asyncio.to_thread(check)


async def test_a_filter_beyond_its_bounds_is_refused(shop: Shop):
    deep = ProductFilter()
    for _ in range(5_000):
        deep = ProductFilter(none_of=[deep])
    wide = ProductFilter(any_of=[ProductFilter()] * 51)
    for bad in (
        deep,
        wide,
        ProductFilter(price=PriceRange("EURO")),
        ProductFilter(minimum_rating=6),
        ProductFilter(tags=["x"] * 30 + [f"t{n}" for n in range(60)]),
        ProductFilter(updated_since=datetime(2030, 1, 1)),  # noqa: DTZ001 - without its zone
    ):
        reads = shop.commerce.reading([shop.site])
        with pytest.raises(InvalidInput):
            await reads.page_of_products(shop.site, bad)
