"""Stock is set aside for whoever asks first, comes back in time, and is never below zero."""

from __future__ import annotations

import asyncio
import random

import pytest

from tests.commerce.shop import ANNE, Shop
from vitrail.commerce.stock import OutOfStock
from vitrail.core.access import SYSTEM
from vitrail.core.errors import Conflict, InvalidInput, NotFound


async def counts(shop: Shop, product: str) -> tuple[int, int]:
    stock = (await shop.read(product)).stock
    return stock.available, stock.reserved


async def test_the_last_ones_go_to_as_many_as_there_are(shop: Shop):
    product = await shop.product(available=5)
    variant = await shop.variant(product)

    async def want() -> bool:
        try:
            await shop.commerce.stocks.reserve(shop.site, ANNE, {variant: 1})
        except OutOfStock:
            return False
        return True

    got = await asyncio.gather(*(want() for _ in range(20)))
    assert sum(got) == 5
    assert await counts(shop, product) == (0, 5)
    with pytest.raises(OutOfStock) as out:
        await shop.commerce.stocks.reserve(shop.site, ANNE, {variant: 1})
    assert (out.value.variant_id, out.value.available) == (variant, 0)


async def test_everything_at_once_loses_and_makes_nothing(shop: Shop):
    stocks = shop.commerce.stocks
    products = [await shop.product(f"P{n}", available=4) for n in range(2)]
    variants = [await shop.variant(product) for product in products]
    sold: list[int] = []

    async def buy(chance: random.Random) -> None:
        wanted = {variant: chance.randint(1, 2) for variant in variants[: chance.randint(1, 2)]}
        try:
            held = await stocks.reserve(shop.site, ANNE, wanted)
        except OutOfStock:
            return
        if chance.random() < 0.5:
            await stocks.commit(shop.site, ANNE, held.id)
            sold.append(sum(wanted.values()))
        else:
            await stocks.release(shop.site, ANNE, held.id)

    await asyncio.gather(*(buy(random.Random(n)) for n in range(16)))
    left = [await counts(shop, product) for product in products]
    assert all(available >= 0 and reserved == 0 for available, reserved in left)
    assert sum(available for available, _ in left) + sum(sold) == 8


async def test_what_is_not_bought_comes_back(shop: Shop):
    product = await shop.product(available=3)
    variant = await shop.variant(product)
    stocks, site = shop.commerce.stocks, shop.site
    held = await stocks.reserve(site, ANNE, {variant: 2}, minutes=10)
    shop.clock.move(minutes=10)
    with pytest.raises(Conflict, match="expired"):
        await stocks.commit(site, ANNE, held.id)
    assert await counts(shop, product) == (1, 2)
    other = await stocks.reserve(site, ANNE, {variant: 3})  # takes what is due back
    assert await counts(shop, product) == (0, 3)
    with pytest.raises(Conflict, match="expired"):
        await stocks.commit(site, ANNE, held.id)
    shop.clock.move(minutes=16)
    assert await stocks.expire(site, SYSTEM) == 1
    assert await stocks.expire(site, SYSTEM) == 0
    assert await counts(shop, product) == (3, 0)
    with pytest.raises(Conflict):
        await stocks.release(site, ANNE, other.id)


async def test_what_is_not_bought_comes_back_though_nobody_asks_for_more(shop: Shop):
    product, other = await shop.product(available=1), await shop.product(available=1)
    stocks, site = shop.commerce.stocks, shop.site
    held = await stocks.reserve(site, ANNE, {await shop.variant(product): 1}, reference="cart-1")
    await stocks.reserve(site, ANNE, {await shop.variant(other): 1}, minutes=30)
    await stocks.look()
    assert not (await shop.read(product)).in_stock
    shop.clock.move(minutes=15)
    await stocks.look()
    assert (await shop.read(product)).in_stock
    assert await counts(shop, product) == (1, 0)
    assert await counts(shop, other) == (0, 1)
    again = await stocks.reserve(site, ANNE, {await shop.variant(product): 1}, reference="cart-1")
    assert (again.id, again.state) == (held.id, "expired")


async def test_a_reference_is_of_one_reservation(shop: Shop):
    variant = await shop.variant(await shop.product(available=3))
    stocks, site = shop.commerce.stocks, shop.site
    await stocks.reserve(site, ANNE, {variant: 1}, reference="cart-1")
    with pytest.raises(Conflict, match="something else was set aside as 'cart-1'"):
        await stocks.reserve(site, ANNE, {variant: 2}, reference="cart-1")


async def test_a_reservation_that_is_asked_for_twice_is_one(shop: Shop):
    product = await shop.product(available=3)
    variant = await shop.variant(product)
    stocks, site = shop.commerce.stocks, shop.site
    once = await stocks.reserve(site, ANNE, {variant: 2}, reference="cart-1")
    assert await stocks.reserve(site, ANNE, {variant: 2}, reference="cart-1") == once
    assert await counts(shop, product) == (1, 2)
    for _ in range(2):
        assert (await stocks.commit(site, ANNE, once.id)).state == "committed"
    assert await counts(shop, product) == (1, 0)
    with pytest.raises(Conflict, match="committed"):
        await stocks.release(site, ANNE, once.id)


async def test_all_that_is_wanted_or_nothing(shop: Shop):
    one, two = await shop.product("A", available=1), await shop.product("B", available=0)
    variants = {await shop.variant(one): 1, await shop.variant(two): 1}
    with pytest.raises(OutOfStock):
        await shop.commerce.stocks.reserve(shop.site, ANNE, variants)
    assert await counts(shop, one) == (1, 0)


async def test_a_preorder_takes_what_is_there_and_gives_no_more_back(shop: Shop):
    product = await shop.product(available=2, policy="preorder")
    variant = await shop.variant(product)
    stocks, site = shop.commerce.stocks, shop.site
    held = await stocks.reserve(site, ANNE, {variant: 5})
    assert held.lines[0].taken == 2
    assert await counts(shop, product) == (0, 5)
    assert (await shop.read(product)).in_stock
    await stocks.release(site, ANNE, held.id)
    assert await counts(shop, product) == (2, 0)


async def test_stock_is_counted_up_and_down(shop: Shop):
    product = await shop.product(available=2)
    variant = await shop.variant(product)
    stocks, site = shop.commerce.stocks, shop.site
    assert await stocks.adjust(site, ANNE, variant, 3) == 5
    assert await stocks.adjust(site, ANNE, variant, -5) == 0
    with pytest.raises(OutOfStock):
        await stocks.adjust(site, ANNE, variant, -1)
    with pytest.raises(InvalidInput):
        await stocks.adjust(site, ANNE, variant, 2 * 10**9)
    for wanted, minutes in (({}, 5), ({variant: 0}, 5), ({variant: 1}, 0), ({variant: 1}, 1441)):
        with pytest.raises(InvalidInput):
            await stocks.reserve(site, ANNE, wanted, minutes=minutes)
    with pytest.raises(NotFound):
        await stocks.release(site, ANNE, "nothing")


async def test_a_variant_that_is_gone_takes_its_reservations_along(shop: Shop):
    product = await shop.product(available=2)
    variant = await shop.variant(product)
    held = await shop.commerce.stocks.reserve(shop.site, ANNE, {variant: 1})
    await shop.commerce.products.delete(shop.site, ANNE, product)
    assert (await shop.commerce.stocks.release(shop.site, ANNE, held.id)).state == "released"
