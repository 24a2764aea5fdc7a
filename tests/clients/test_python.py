"""The Python client at a real server."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from vitrail_client import Client, Refused, RequestFailed, Unreachable, steps
from vitrail_client.operations import (
    Product,
    SyncPageChanged,
    me,
    page,
    page_blocks,
    page_changed,
    page_edit,
    price_set,
    product,
    product_changed,
    product_delete,
    product_update,
    products,
    site_events,
)
from vitrail_client.schema import (
    PriceInput,
    ProductFilterInput,
    ProductInput,
    ProductStatus,
    SiteEventKind,
)
from vitrail_client.sync import apply

from tests import servers
from tests.clients.conftest import Shop
from tests.faults.proxy import Proxy


async def price(client: Client, key: str, amount: int) -> None:
    found = (await client.run(product(id=key))).product
    assert found is not None
    variant = found.variants[0].id
    await client.change(
        price_set(variant_id=variant, price=PriceInput(amount=amount, currency="EUR"))
    )


def headline(text: str) -> list[Any]:
    return [{"op": "set_text", "target": {"type": "heading"}, "text": text}]


async def test_products_are_listed_and_a_price_is_changed(shop: Shop):
    async with shop.client() as client:
        asked = products(site_id=shop.site, first=2, filter=ProductFilterInput(in_stock=False))
        part = (await client.run(asked)).products
        assert len(part.nodes) == 2
        assert part.page_info.has_next_page
        await price(client, part.nodes[0].id, 1_234)
        found = (await client.run(product(id=part.nodes[0].id))).product
        assert found is not None
        assert [(each.amount, each.currency) for each in found.prices] == [(1_234, "EUR")]
        assert found.status is ProductStatus.ACTIVE
        assert found.created_at.tzinfo is not None


async def test_a_headline_is_changed(shop: Shop):
    async with shop.client() as client:
        done = (
            await client.change(page_edit(page_id=shop.page, ops=headline("Bonjour")))
        ).page_edit
        assert done.run is not None
        blocks = (await client.run(page_blocks(id=shop.page))).page
        assert blocks is not None
        assert "Bonjour" in str([block.texts for block in blocks.blocks])


@pytest.mark.parametrize("documents", ["hash", "text"])
async def test_a_document_is_named_as_one_wants(shop: Shop, documents: Any):
    async with Client(shop.vitrail.base, shop.token, documents=documents) as client:
        assert (await client.run(me())).me is not None


async def test_what_is_followed_goes_on_over_a_lost_connection(shop: Shop):
    key = shop.products[1]
    with Proxy(shop.vitrail.port) as proxy:
        async with shop.client() as client, shop.client(proxy.base) as far, asyncio.timeout(60):
            before = (await client.run(page(id=shop.page))).page
            assert before is not None
            shown = far.follow(page_changed(page_id=shop.page, since_seq=before.revision))
            sold = far.follow(product_changed(site_id=shop.site, since_seq=0))
            only = [SiteEventKind.PRODUCT]
            told = far.follow(site_events(site_id=shop.site, since_seq=0, only=only))
            seqs: list[int] = []
            for amount in (2_000, 3_000):
                await client.change(page_edit(page_id=shop.page, ops=headline(f"À {amount}")))
                assert (await anext(shown)).page_changed.page.revision > before.revision
                await price(client, key, amount)
                async for event in sold:
                    seqs.append(event.product_changed.seq)
                    changed = event.product_changed.product
                    if changed and changed.id == key and changed.prices[0].amount == amount:
                        break
                assert (await anext(told)).site_events.entity_id.startswith("product:")
                proxy.cut()
            assert seqs == sorted(set(seqs))
            for each in (shown, sold, told):
                await each.aclose()


@pytest.mark.parametrize("first", [1, 100])
async def test_who_syncs_from_any_cursor_has_what_a_full_fetch_gives(shop: Shop, first: int):
    async with shop.client() as client:
        copies: list[tuple[str | None, dict[str, SyncPageChanged]]] = [(None, {})]
        things: dict[str, SyncPageChanged] = {}
        async for step in steps(client, shop.site, first=first):
            apply(step, things)
            copies.append((step.cursor, dict(things)))
        tags = [f"lot-{first}"]
        for key in shop.products[2:4]:
            await client.change(product_update(id=key, product=ProductInput(tags=tags)))
        gone = (await client.run(products(site_id=shop.site, search="Lampe 4"))).products.nodes
        for each in gone:
            await client.change(product_delete(id=each.id))
        whole = (await client.run(products(site_id=shop.site, first=100))).products.nodes
        for cursor, had in copies:
            async for step in steps(client, shop.site, since=cursor):
                apply(step, had)
            assert had == {each.id: each for each in whole}
        assert all(isinstance(each, Product) for each in copies[0][1].values())


async def test_errors_are_typed(shop: Shop):
    async with shop.client() as client:
        with pytest.raises(Refused) as refused:
            await client.change(product_update(id="product:" + "0" * 26, product=ProductInput()))
        assert refused.value.code == "not_found"
        with pytest.raises(RequestFailed) as failed:
            await client.run(products(site_id=shop.site, first=1_000))
        assert failed.value.code == "too_large"
        with pytest.raises(RequestFailed) as unseen:
            await anext(client.follow(page_changed(page_id="page:" + "0" * 26)))
        assert unseen.value.code == "not_found"
    async with Client(shop.vitrail.base, "nonsense") as client:
        with pytest.raises(RequestFailed) as unknown:
            await client.run(me())
        assert unknown.value.code == "not_signed_in"
        with pytest.raises(RequestFailed) as closed:
            await anext(client.follow(page_changed(page_id=shop.page)))
        assert closed.value.code == "not_signed_in"
    async with Client(f"http://127.0.0.1:{servers.free_port()}") as client:
        with pytest.raises(Unreachable):
            await client.run(me())


def test_a_value_that_a_later_server_has_is_itself():
    later = ProductStatus("SOLD_OUT")
    assert (later, str(later)) == ("SOLD_OUT", "SOLD_OUT")
