"""Changes are numbered without gaps, told after commit, and enough to keep a copy by."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from sqlalchemy import func, select
from typing_extensions import override

from tests.clock import HandClock
from tests.commerce.shop import ANNE, Shop, new_site, open_shop
from vitrail.commerce import tables as t
from vitrail.commerce.inputs import (
    CategoryInput,
    CollectionInput,
    MerchantInput,
    ProductInput,
)
from vitrail.commerce.ledger import KEPT_DAYS
from vitrail.commerce.model import Change, Kind, Price, ReviewStatus
from vitrail.core.access import NOBODY, SYSTEM
from vitrail.core.database import Database
from vitrail.core.errors import Conflict, NotFound

KINDS = (Kind.MERCHANT, Kind.PRODUCT, Kind.COLLECTION, Kind.CATEGORY, Kind.REVIEW)


class Heard:
    def __init__(self) -> None:
        self.changes: list[Change] = []

    def changed(self, site_id: str, changes: Sequence[Change]) -> None:
        self.changes += changes


async def everything(shop: Shop) -> dict[tuple[Kind, str], object]:
    """Return what a full fetch gives."""
    site, found = shop.site, {}
    reads = shop.commerce.reading([site])
    for product in (await reads.page_of_products(site, first=250)).items:
        found[Kind.PRODUCT, product.id] = product
    for merchant in (await reads.page_of_merchants(site, first=250)).items:
        found[Kind.MERCHANT, merchant.id] = merchant
    for collection in (await reads.page_of_collections(site, first=250)).items:
        members = await reads.products_of_collections([collection.id], first=250)
        ids = [p.id for p in members[collection.id].items] if members else []
        found[Kind.COLLECTION, collection.id] = (collection, ids)
    for category in (await reads.categories_of([site])).get(site, ()):
        found[Kind.CATEGORY, category.id] = category
    for review in (await reads.page_of_reviews(site, first=250)).items:
        found[Kind.REVIEW, review.id] = review
    return found


class Client:
    """An offline copy that is brought up to date by pages of changes."""

    def __init__(self) -> None:
        self.has: dict[tuple[Kind, str], object] = {}
        self.cursor = 0
        self.began: int | None = None

    async def sync(self, shop: Shop, limit: int) -> int:
        """Take in what has changed, and return how often that was begun anew.

        Nobody changes anything meanwhile, so one fetch tells all.
        """
        now, resets = await everything(shop), 0
        while True:
            page = await shop.commerce.ledger.changes_since(
                shop.site, self.cursor, KINDS, limit, began=self.began
            )
            if page.is_reset:
                self.has, self.cursor, self.began = {}, 0, None
                resets += 1
                continue
            for change in page.changes:
                if change.deleted:
                    self.has.pop((change.kind, change.id), None)
                else:
                    self.has[change.kind, change.id] = now[change.kind, change.id]
            self.cursor, self.began = page.cursor, page.began
            if not page.has_more:
                break
        assert self.has == now
        return resets


class Copies(RuleBasedStateMachine):
    """Edits of every kind, and clients that come by now and then."""

    database: ClassVar[Database]
    loop: ClassVar[asyncio.AbstractEventLoop]

    def __init__(self) -> None:
        super().__init__()
        self.clients = [Client(), Client()]
        clock = HandClock()
        self.shop = self.run(open_shop(self.database, clock))

    def run(self, work):
        return asyncio.run_coroutine_threadsafe(work, type(self).loop).result()

    def ids(self, table) -> list[str]:
        async def read() -> list[str]:
            query = select(table.c.id).where(table.c.site_id == self.shop.site)
            async with self.shop.database.read() as sql:
                return list((await sql.execute(query.order_by(table.c.id))).scalars())

        return self.run(read())

    def one(self, table, place: int) -> str | None:
        found = self.ids(table)
        return found[place % len(found)] if found else None

    place = st.integers(0, 9)

    @rule(name=st.sampled_from("abc"), place=place)
    def make_a_product(self, name: str, place: int) -> None:
        merchant = self.one(t.merchant, place)
        category = self.one(t.category, place)
        if merchant:
            self.run(self.shop.product(name, merchant_id=merchant, category_id=category))

    @rule(place=place, amount=st.integers(0, 99))
    def set_a_price(self, place: int, amount: int) -> None:
        if variant := self.one(t.variant, place):
            price = Price(amount, "EUR")
            work = self.shop.commerce.products.set_price(self.shop.site, ANNE, variant, price)
            self.run(work)

    @rule(place=place)
    def rename_a_product(self, place: int) -> None:
        if product := self.one(t.product, place):
            new = ProductInput(name={"en": f"Name {place}"})
            self.run(self.shop.commerce.products.update(self.shop.site, ANNE, product, new))

    @rule(place=place)
    def delete_a_product(self, place: int) -> None:
        if product := self.one(t.product, place):
            self.run(self.shop.commerce.products.delete(self.shop.site, ANNE, product))

    @rule(place=place, rating=st.integers(1, 5), status=st.sampled_from(ReviewStatus))
    def review_a_product(self, place: int, rating: int, status: ReviewStatus) -> None:
        if product := self.one(t.product, place):
            self.run(self.shop.review(product, rating, status=status))

    @rule(place=place, status=st.sampled_from(ReviewStatus))
    def moderate_a_review(self, place: int, status: ReviewStatus) -> None:
        if review := self.one(t.review, place):
            self.run(self.shop.commerce.reviews.moderate(self.shop.site, ANNE, review, status))

    @rule(place=place)
    def delete_a_review(self, place: int) -> None:
        if review := self.one(t.review, place):
            self.run(self.shop.commerce.reviews.delete(self.shop.site, ANNE, review))

    @rule(place=place)
    def set_a_variant_aside(self, place: int) -> None:
        if variant := self.one(t.variant, place):
            try:
                self.run(self.shop.commerce.stocks.reserve(self.shop.site, ANNE, {variant: 1}))
            except Conflict:
                return

    @rule(minutes=st.integers(1, 20))
    def wait_for_what_was_set_aside(self, minutes: int) -> None:
        self.shop.clock.move(minutes=minutes)
        self.run(self.shop.commerce.stocks.expire(self.shop.site, SYSTEM))

    @rule()
    def make_a_collection(self) -> None:
        new = CollectionInput(name={"en": "All"}, product_ids=self.ids(t.product)[:3])
        self.run(self.shop.commerce.collections.create(self.shop.site, ANNE, new))

    @rule(place=place)
    def change_or_delete_a_collection(self, place: int) -> None:
        if group := self.one(t.collection, place):
            groups = self.shop.commerce.collections
            if place % 2:
                self.run(groups.delete(self.shop.site, ANNE, group))
            else:
                new = CollectionInput(product_ids=self.ids(t.product)[::-1])
                self.run(groups.update(self.shop.site, ANNE, group, new))

    @rule(place=place)
    def make_a_merchant_or_a_category(self, place: int) -> None:
        commerce = self.shop.commerce
        new = MerchantInput(name=f"M {place}")
        self.run(commerce.merchants.create(self.shop.site, ANNE, new))
        self.run(
            commerce.categories.create(self.shop.site, ANNE, CategoryInput(name={"en": "Here"}))
        )

    @rule(place=place)
    def delete_a_merchant_and_a_category(self, place: int) -> None:
        for table, service in (
            (t.merchant, self.shop.commerce.merchants),
            (t.category, self.shop.commerce.categories),
        ):
            if found := self.one(table, place):
                try:
                    self.run(service.delete(self.shop.site, ANNE, found))
                except Conflict:
                    continue

    @rule(days=st.integers(0, KEPT_DAYS + 1))
    def forget_the_past(self, days: int) -> None:
        self.shop.clock.move(days=days)
        self.run(self.shop.commerce.ledger.forget())

    @rule(who=st.integers(0, 1), limit=st.integers(1, 4))
    def come_by(self, who: int, limit: int) -> None:
        assert self.run(self.clients[who].sync(self.shop, limit)) <= 1

    @override
    def teardown(self) -> None:
        for client in self.clients:
            assert self.run(client.sync(self.shop, 3)) <= 1
        assert self.run(Client().sync(self.shop, 3)) == 0  # who has nothing has nothing to drop


async def test_a_copy_kept_by_changes_equals_a_full_fetch(shop: Shop):
    machine = type(
        "TheseCopies", (Copies,), {"database": shop.database, "loop": asyncio.get_running_loop()}
    )
    is_sqlite = shop.database.is_sqlite
    bounds = settings(
        max_examples=8 if is_sqlite else 4,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    await asyncio.to_thread(run_state_machine_as_test, machine, settings=bounds)


async def test_numbers_have_no_gaps_whoever_writes_at_once(shop: Shop):
    heard = Heard()
    shop.commerce.listen(heard)

    async def work(n: int) -> None:
        product = await shop.product(f"P{n}")
        if n % 3 == 0:
            new = ProductInput(merchant_id="nobody")
            with pytest.raises(NotFound):
                await shop.commerce.products.update(shop.site, ANNE, product, new)

    await asyncio.gather(*(work(n) for n in range(12)))
    async with shop.database.read() as sql:
        query = select(t.change.c.seq).where(t.change.c.site_id == shop.site)
        numbers = list((await sql.execute(query.order_by(t.change.c.seq))).scalars())
    assert numbers == list(range(1, 14))
    assert sorted(change.seq for change in heard.changes) == list(range(2, 14))
    assert await shop.commerce.ledger.head(shop.site) == 13


async def test_a_change_tells_who_made_it(shop: Shop):
    heard = Heard()
    shop.commerce.listen(heard)
    product = await shop.product()
    await shop.commerce.products.delete(shop.site, NOBODY, product)
    page = await shop.commerce.ledger.changes_since(shop.site, 1)
    assert [(c.kind, c.id, c.deleted, c.actor_id) for c in page.changes] == [
        (Kind.PRODUCT, product, True, None)
    ]
    made = heard.changes[0]
    assert (made.seq, made.actor_id, made.actor_kind, made.deleted) == (
        2,
        ANNE.user_id,
        "person",
        False,
    )
    assert made.at == shop.clock.now()


async def test_a_listener_that_fails_breaks_nothing(shop: Shop, caplog):
    class Deaf:
        def changed(self, site_id: str, changes: Sequence[Change]) -> None:
            raise RuntimeError("no")

    heard = Heard()
    shop.commerce.listen(Deaf())
    shop.commerce.listen(heard)
    product = await shop.product()
    assert heard.changes[0].id == product
    assert "a listener of changes failed" in caplog.text


async def test_a_cursor_of_another_life_begins_anew(shop: Shop):
    await shop.product()
    ledger = shop.commerce.ledger
    assert (await ledger.changes_since(shop.site, 99)).is_reset
    empty = await new_site(shop.database, shop.clock)
    assert not (await ledger.changes_since(empty, 0)).is_reset
    assert (await ledger.changes_since(empty, 5)).is_reset
    assert await ledger.head(empty) == 0


async def test_a_copy_that_is_too_old_begins_anew_once_and_goes_on(shop: Shop):
    ledger, products = shop.commerce.ledger, shop.commerce.products
    kept = [await shop.product(f"P{n}") for n in range(5)]
    early, late = Client(), Client()
    await early.sync(shop, 2)
    await products.delete(shop.site, ANNE, kept.pop())
    await late.sync(shop, 2)
    await products.update(shop.site, ANNE, kept[0], ProductInput(tags=["neuf"]))
    shop.clock.move(days=KEPT_DAYS)
    await ledger.forget()
    assert await early.sync(shop, 2) == 0  # to the day nothing is forgotten
    early.cursor = early.began = 5
    shop.clock.move(seconds=1)
    await ledger.forget()
    assert [await client.sync(shop, 2) for client in (early, late, Client())] == [1, 0, 0]
    await products.delete(shop.site, ANNE, kept.pop())
    assert [await client.sync(shop, 2) for client in (early, late)] == [0, 0]
    async with shop.database.read() as sql:
        count = select(func.count()).select_from(t.change).where(t.change.c.site_id == shop.site)
        assert (await sql.execute(count)).scalar_one() == len(kept) + 3  # merchant, two deletions


async def test_a_full_fetch_goes_on_while_old_deletions_are_forgotten(shop: Shop):
    ledger, client = shop.commerce.ledger, Client()
    made = [await shop.product(f"P{n}") for n in range(4)]
    await shop.commerce.products.delete(shop.site, ANNE, made[0])
    shop.clock.move(days=KEPT_DAYS + 1)
    first = await ledger.changes_since(shop.site, 0, KINDS, 1)
    await ledger.forget()
    client.cursor, client.began = first.cursor, first.began
    now = await everything(shop)
    client.has = {(change.kind, change.id): now[change.kind, change.id] for change in first.changes}
    assert await client.sync(shop, 1) == 0


async def test_sites_that_are_not_there_take_nothing(shop: Shop):
    for site in ("01Q3DCBD00X0SC43HS075Y7RJA", "nothing", "\0"):
        with pytest.raises(NotFound):
            await shop.commerce.merchants.create(site, ANNE, MerchantInput(name="X"))


async def test_a_site_goes_with_all_it_sells(shop: Shop):
    product = await shop.product(tags=["a"])
    await shop.review(product, 4)
    async with shop.database.write() as sql:
        from sqlalchemy import delete

        from vitrail.sites import tables as sites

        await sql.execute(delete(sites.site).where(sites.site.c.id == shop.site))
    reads = shop.commerce.reading([shop.site])
    assert await reads.products([product]) == {}
    assert (await shop.commerce.ledger.changes_since(shop.site, 0)).changes == ()
