"""What a webhook may be: a query that can be followed, an address outside, and as long as its site is there."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.sites.webhooks.house import PRODUCTS, House
from vitrail.core.errors import Conflict, InvalidInput, NotFound
from vitrail.sites import tables as t, webhooks as kept

REFUSED = {
        ("{ me { id } }", "is a subscription"),
        ("mutation { webhookDelete(id: 1) { errors { code } } }", "is a subscription"),
        ("subscription { nothing }", "Cannot query field"),
        ("subscription {", "Syntax Error"),
        ("", "Syntax Error"),
        ("subscription A { a: __typename } subscription B { b: __typename }", "introspection"),
        ("subscription { ...F } fragment F on Subscription { siteEvents(siteId: 1) { seq } }", "cannot follow"),
        ("subscription($siteId: ID!) { siteEvents(siteId: $siteId, sinceSeq: 1) { seq } }", "by itself"),
        ("subscription($x: ID!) { siteEvents(siteId: $x) { seq } }", "no variable"),
        (f'subscription {{ siteEvents(siteId: "site:{"0" * 26}") {{ seq }} }}', "its own site"),
        ('subscription { siteEvents(siteId: "x") { seq } }', "not the id of a site"),
        (f'subscription {{ pageChanged(pageId: "page:{"0" * 26}") {{ seq }} }}', "no such page"),
        ("subscription($siteId: ID!) { siteEvents(siteId: $siteId, only: [NOPE]) { seq } }", "NOPE"),
        ("subscription($siteId: Int!) { siteEvents(siteId: $siteId) { seq } }", "siteId"),
}  # fmt: skip


async def test_what_cannot_be_followed_is_refused(house: House):
    for query, why in REFUSED:
        with pytest.raises((InvalidInput, NotFound), match=why):
            await house.hook(query)


async def test_an_address_inside_is_refused_and_a_site_has_only_so_many(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    with pytest.raises(InvalidInput):
        await house.services.webhooks.create(house.site, house.owner, "https://10.0.0.1/", PRODUCTS)
    monkeypatch.setattr(kept, "MAX_PER_SITE", 1)
    await house.hook()
    with pytest.raises(Conflict, match="at most 1"):
        await house.hook()


async def test_webhooks_go_with_their_site(house: House):
    hook = await house.hook()
    await house.product("a")
    await house.turn(hook)
    await house.services.catalogue.remove(house.site)
    async with house.services.database.read() as sql:
        for table in (t.webhook, t.delivery):
            assert (await sql.execute(select(table))).first() is None
