"""Orders are facts that can be told twice; ratings follow the reviews that were approved."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from tests.commerce.shop import ANNE, Shop, open_shop
from vitrail.commerce.inputs import OrderFact, RefundFact, ReviewInput
from vitrail.commerce.model import Kind, OrderLine, ReviewStatus
from vitrail.commerce.paging import ProductSort, SortField
from vitrail.commerce.revisions import RevisionConflict
from vitrail.core.errors import Conflict, InvalidInput, NotFound

AT = datetime.fromisoformat("2029-12-31T12:00:00+09:00")


def fact(*lines: OrderLine, **values) -> OrderFact:
    given: dict[str, Any] = {"external_id": "S-1", "currency": "EUR", "placed_at": AT, **values}
    return OrderFact(lines=lines or [OrderLine("Lampe", 2, 1500)], **given)


async def test_an_order_is_recorded_once_however_often_it_is_told(shop: Shop):
    product = await shop.product()
    line = OrderLine("Lampe", 2, 1500, product_id=product)
    told = fact(line, discount=500, shipping=700, tax=60, total=3260, source="webhook")
    orders, site = shop.commerce.orders, shop.site
    answers = await asyncio.gather(*(orders.record_order(site, ANNE, told) for _ in range(5)))
    assert len({answer.id for answer in answers}) == 1
    assert sum(answer.is_new for answer in answers) == 1
    reads = shop.commerce.reading([site])
    (order,) = (await reads.page_of_orders(site)).items
    assert await reads.orders([answers[0].id, "\0"]) == {order.id: order}
    assert (order.total, order.lines, order.refunded) == (3260, (line,), 0)
    assert (order.placed_at, order.recorded_at) == (AT, shop.clock.now())
    assert (await shop.read(product)).units_sold == 2
    with pytest.raises(Conflict):
        await orders.record_order(site, ANNE, fact(line, discount=400))


async def test_an_order_without_its_total_is_the_same_order(shop: Shop):
    orders, site = shop.commerce.orders, shop.site
    first = await orders.record_order(site, ANNE, fact())
    again = await orders.record_order(site, ANNE, fact(total=3000))
    assert (again.id, again.is_new) == (first.id, False)
    elsewhere = await open_shop(shop.database, shop.clock)
    other = await elsewhere.commerce.orders.record_order(elsewhere.site, ANNE, fact())
    assert other.is_new
    reads = shop.commerce.reading([elsewhere.site])
    assert await reads.orders([first.id]) == {}
    reads = shop.commerce.reading([site], public_only=True)
    assert await reads.orders([first.id]) == {}


BAD_ORDERS = [
    fact(total=2999),
    fact(currency="EURO"),
    fact(discount=3001),
    fact(discount=-1),
    fact(OrderLine("x", 0, 1)),
    fact(OrderLine("x", 1, -1)),
    fact(OrderLine("", 1, 1)),
    fact(external_id=" "),
    fact(placed_at=datetime(2030, 1, 1)),  # noqa: DTZ001 - without its zone
    msgspec.structs.replace(fact(), lines=[]),
    fact(OrderLine("x", 10**6, 10**12)),
]


async def test_an_order_that_does_not_add_up_is_refused(shop: Shop):
    for bad in BAD_ORDERS:
        with pytest.raises(InvalidInput):
            await shop.commerce.orders.record_order(shop.site, ANNE, bad)


async def test_best_sellers_come_from_orders(shop: Shop):
    slow, fast = await shop.product("Lente"), await shop.product("Rapide")
    lines = [
        OrderLine("a", 1, 1, product_id=slow),
        OrderLine("b", 9, 1, variant_id=await shop.variant(fast)),
    ]
    await shop.commerce.orders.record_order(shop.site, ANNE, fact(*lines))
    best = ProductSort(SortField.BEST_SELLING)
    assert await shop.names(sort=best) == ["Rapide", "Lente"]
    line = OrderLine("x", 1, 1, product_id=shop.merchant)
    with pytest.raises(NotFound):
        await shop.commerce.orders.record_order(shop.site, ANNE, fact(line, external_id="2"))


async def test_refunds_are_facts_of_their_own(shop: Shop):
    orders, site = shop.commerce.orders, shop.site
    order = await orders.record_order(site, ANNE, fact())
    first = RefundFact("R-1", 1000, AT + timedelta(days=1), "cassé")
    told = await orders.record_refund(site, ANNE, "S-1", first)
    assert told.is_new
    assert not (await orders.record_refund(site, ANNE, "S-1", first)).is_new
    with pytest.raises(Conflict):
        await orders.record_refund(site, ANNE, "S-1", RefundFact("R-1", 999, AT))
    with pytest.raises(Conflict, match="more would go back"):
        await orders.record_refund(site, ANNE, "S-1", RefundFact("R-2", 2001, AT))
    await orders.record_refund(site, ANNE, "S-1", RefundFact("R-2", 2000, AT))
    with pytest.raises(NotFound):
        await orders.record_refund(site, ANNE, "S-9", first)
    reads = shop.commerce.reading([site])
    found = (await reads.orders([order.id]))[order.id]
    assert (found.total, found.refunded) == (3000, 3000)
    assert [refund.external_id for refund in found.refunds] == ["R-2", "R-1"]
    assert found.refunds[1].refunded_at == AT + timedelta(days=1)
    changes = (await shop.commerce.ledger.changes_since(site, 0, [Kind.ORDER])).changes
    assert [change.id for change in changes] == [order.id]


async def test_ratings_follow_the_approved_reviews(shop: Shop):
    product, site, reviews = await shop.product(), shop.site, shop.commerce.reviews
    waiting = await shop.review(product, 2, status=ReviewStatus.PENDING)
    await shop.review(product, 5)
    assert (await shop.read(product)).rating == 5
    await reviews.moderate(site, ANNE, waiting, ReviewStatus.APPROVED, if_revision=1)
    found = await shop.read(product)
    assert (found.rating, found.review_count) == (3.5, 2)
    with pytest.raises(RevisionConflict):
        await reviews.moderate(site, ANNE, waiting, ReviewStatus.REJECTED, if_revision=1)
    await reviews.moderate(site, ANNE, waiting, ReviewStatus.REJECTED)
    assert (await shop.read(product)).review_count == 1
    reads = shop.commerce.reading([site])
    rejected = await reads.page_of_reviews(site, ReviewStatus.REJECTED)
    assert [review.id for review in rejected.items] == [waiting]
    (only,) = (await reads.reviews_of([product]))[product].items
    await reviews.delete(site, ANNE, only.id)
    assert (await shop.read(product)).rating is None
    with pytest.raises(NotFound):
        await reviews.delete(site, ANNE, only.id)


async def test_reviews_are_sorted_and_cut_for_each_product(shop: Shop):
    one, two = await shop.product("A"), await shop.product("B")
    for product, ratings in ((one, (3, 5, 1, 4)), (two, (2,))):
        for rating in ratings:
            shop.clock.move(minutes=1)
            await shop.review(product, rating)
    reads = shop.commerce.reading([shop.site])
    for sort, expected in (
        ("newest", [4, 1, 5, 3]),
        ("oldest", [3, 5, 1, 4]),
        ("highest", [5, 4, 3, 1]),
        ("lowest", [1, 3, 4, 5]),
    ):
        pages = await reads.reviews_of([one, two], first=3, sort=sort)
        assert [review.rating for review in pages[one].items] == expected[:3]
        assert (pages[one].has_next, pages[two].has_next) == (True, False)
        after = pages[one].positions[-1]
        rest = await reads.reviews_of([one], first=3, after=after, sort=sort)
        assert [review.rating for review in rest[one].items] == expected[3:]


BAD_REVIEWS = [
    ReviewInput("Zoé", 0, "x"),
    ReviewInput("Zoé", 6, "x"),
    ReviewInput("", 3, "x"),
    ReviewInput("Zoé", 3, "x" * 5_001),
    ReviewInput("Zoé", 3, "x", "klingon!"),
]


async def test_a_review_that_breaks_a_rule_is_refused(shop: Shop):
    product = await shop.product()
    for bad in BAD_REVIEWS:
        with pytest.raises(InvalidInput):
            await shop.commerce.reviews.create(shop.site, ANNE, product, bad)
