"""What a webhook tells: all that its query asks for, in order, and nothing that its maker may not know."""

from __future__ import annotations

import pytest

from tests.sites.webhooks.house import EVENTS, PRODUCTS, House
from vitrail.collab.entries import Author
from vitrail.core.access import Actor
from vitrail.core.errors import NotAllowed


async def test_what_happens_is_told_in_order_and_once(house: House):
    await house.product("before")
    hook = await house.hook()
    for name in "abc":
        await house.product(name)
    await house.turn(hook)
    await house.turn(hook)
    assert house.told == ["a", "b", "c"]
    seqs = [received.json["seq"] for received in house.receiver.received]
    assert seqs == sorted(seqs)
    first = house.receiver.received[0].json
    assert first["type"] == "productChanged"
    assert first["timestamp"].startswith("2030-01-01T")
    assert len({received.id for received in house.receiver.received}) == 3
    assert [each.state for each in await house.deliveries(hook)] == ["done"] * 3


async def test_all_that_happens_on_a_site_is_told(house: House):
    hook = await house.hook(EVENTS)
    product = await house.product("Lampe")
    done = await house.services.publishing.publish(
        house.site, Author(house.owner.user_id, "person")
    )
    await house.turn(hook)
    told = [received.json["data"]["siteEvents"] for received in house.receiver.received]
    assert [event["__typename"] for event in told] == ["ProductEvent", "DeploymentEvent"]
    assert told[0]["product"] == {"slug": "lampe"}
    assert told[0]["entityId"] == f"product:{product}"
    assert told[1]["entityId"] == f"deployment:{done['deployment']}"
    assert told[1]["deployment"] == {"pages": done["pages"]}


async def test_a_page_that_is_edited_is_told_of_now_and_then(house: House):
    [page, *_] = await house.services.pages.list(house.site)
    query = (
        f'subscription {{ pageChanged(pageId: "page:{page["id"]}") {{ seq page {{ title }} }} }}'
    )
    own, all_ = await house.hook(query), await house.hook(EVENTS)

    async def edit() -> None:
        await house.services.editing.run(
            house.owner,
            Author(house.owner.user_id, "person"),
            await house.services.catalogue.subject_of_page(page["id"]),
            page["id"],
            b'{"version": 1, "ops": [{"op": "insert", "block": "hero"}]}',
        )

    async def deliver() -> list[str]:
        """Deliver what is due; return of which kinds it was."""
        before = len(house.receiver.received)
        for webhook_id in sorted((await house.services.deliveries._due())[0]):
            await house.services.deliveries.turn(webhook_id)
        return sorted(each.json["type"] for each in house.receiver.received[before:])

    house.clock.move(seconds=10)
    await edit()
    assert await deliver() == ["pageChanged", "siteEvents"]
    await edit()
    assert await deliver() == []  # so soon after the other
    house.clock.move(seconds=10)
    assert await deliver() == ["pageChanged", "siteEvents"]
    house.clock.move(seconds=10)
    assert await deliver() == []
    assert {own.id, all_.id} == {
        each.id for each in (await house.services.webhooks.list([house.site]))[house.site]
    }


async def test_what_a_maker_may_not_know_is_not_told(house: House):
    token = await house.scoped(["read", "webhooks"])
    lesser = Actor(
        user_id=token.user_id,
        roles=token.roles,
        scopes=frozenset({"webhooks"}),
        secret_id=token.secret_id,
    )
    with pytest.raises(NotAllowed, match="scopes do not include"):
        await house.hook(PRODUCTS, lesser)
    hook = await house.hook(PRODUCTS, token)
    await house.product("a")
    await house.turn(hook)
    assert house.told == ["a"]
