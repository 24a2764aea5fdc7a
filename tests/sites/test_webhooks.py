"""Webhooks: what happens is told in order, at least once, by whoever is free, for as long as it may be told."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from tests import servers
from tests.clock import HandClock
from tests.receiver import Receiver, receiving
from vitrail.collab.entries import Author
from vitrail.commerce.inputs import MerchantInput, ProductInput, VariantInput
from vitrail.commerce.model import Price
from vitrail.core import tables as core
from vitrail.core.access import Actor, Role
from vitrail.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from vitrail.core.grants import put_grant
from vitrail.core.settings import Settings
from vitrail.server.application import open_services
from vitrail.sites import deliveries, tables as t, webhooks as kept
from vitrail.sites.webhook import Delivery, Webhook
from vitrail.web.services import Services

PRODUCTS = "subscription($siteId: ID!) { productChanged(siteId: $siteId) { seq product { name } } }"
EVENTS = """subscription($siteId: ID!) {
  siteEvents(siteId: $siteId) {
    __typename seq entityId
    ... on DeploymentEvent { deployment { pages } }
    ... on MessageEvent { message { fields } }
    ... on ProductEvent { product { slug } }
    ... on PageEvent { page { title } }
  }
}"""


@dataclass
class House:
    """A server's services, a site, its owner, and who receives."""

    services: Services
    clock: HandClock
    site: str
    owner: Actor
    receiver: Receiver
    merchant: str = ""

    async def hook(self, query: str = PRODUCTS, actor: Actor | None = None) -> Webhook:
        made, _ = await self.services.webhooks.create(
            self.site, actor or self.owner, self.receiver.url, query
        )
        return made

    async def product(self, name: str) -> str:
        if not self.merchant:
            merchants = self.services.commerce.merchants
            self.merchant = await merchants.create(
                self.site, self.owner, MerchantInput(name="Atelier", country="FR")
            )
        return await self.services.commerce.products.create(
            self.site,
            self.owner,
            ProductInput(merchant_id=self.merchant, name={"fr": name}),
            [VariantInput(sku=name, prices=[Price(100, "EUR")])],
        )

    async def turn(self, webhook: Webhook) -> None:
        await self.services.deliveries.turn(webhook.id)

    async def now(self, webhook: Webhook) -> Webhook:
        return await self.services.webhooks.find(self.site, webhook.id)

    async def deliveries(self, webhook: Webhook) -> list[Delivery]:
        return (await self.services.webhooks.deliveries([webhook.id]))[webhook.id]

    @property
    def told(self) -> list[str]:
        return [
            each.json["data"]["productChanged"]["product"]["name"]
            for each in self.receiver.received
        ]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared") / "data"

    async def prepare() -> None:
        async with open_services(Settings(data=str(folder)), HandClock()):
            pass

    asyncio.run(prepare())
    return folder


@pytest_asyncio.fixture
async def house(prepared: Path, tmp_path: Path) -> AsyncIterator[House]:
    folder = tmp_path / "data"
    shutil.copytree(prepared, folder)
    settings, clock = Settings(data=str(folder), outgoing="loopback"), HandClock()
    async with AsyncExitStack() as stack:
        services = await stack.enter_async_context(open_services(settings, clock))
        receiver = await stack.enter_async_context(receiving())
        async with services.database.read() as sql:
            site = (await sql.execute(select(t.site.c.id))).scalar_one()
            user = (await sql.execute(select(core.user.c.id))).scalar_one()
        owner = await services.identity.actor_of_absent(user, None)
        yield House(services, clock, site, owner, receiver)


# ---- what is told ---------------------------------------------------------------------------


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
    token = await scoped(house, ["read", "webhooks"])
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


async def scoped(house: House, scopes: list[str]) -> Actor:
    """Return the owner as they come by an API token."""
    assert house.owner.user_id
    _, secret = await house.services.identity.secrets.create_token(house.owner.user_id, "t", scopes)
    return await house.services.identity.actor_of_token(secret)


# ---- how it is delivered --------------------------------------------------------------------


async def test_what_fails_is_sent_again_later_each_time_and_holds_up_what_follows(house: House):
    hook = await house.hook()
    house.receiver.answers = [500, 503, 200]
    await house.product("a")
    await house.product("b")
    waits: list[float] = []
    for _ in range(2):
        await house.turn(hook)
        found = await house.now(hook)
        assert found.next_at is not None
        waits.append((found.next_at - house.clock.now()).total_seconds())
        assert (await house.services.deliveries._due())[0] == []
        house.clock.move(seconds=waits[-1])
    assert 2.5 <= waits[0] <= 5 <= waits[1] <= 10
    await house.turn(hook)
    assert house.told == ["a", "a", "a", "b"]
    assert len({received.id for received in house.receiver.received}) == 2
    first = (await house.deliveries(hook))[-1]
    assert (first.attempts, first.status, first.answer) == (3, 200, "ok")
    assert (await house.now(hook)).failing_since is None


async def test_a_receiver_says_when_to_come_again(house: House):
    hook = await house.hook()
    house.receiver.answers = [429]
    house.receiver.headers = {"Retry-After": "120"}
    await house.product("a")
    await house.turn(hook)
    found = await house.now(hook)
    assert found.next_at is not None
    assert (found.next_at - house.clock.now()).total_seconds() == 120


async def test_a_message_is_given_up_after_a_day_and_a_webhook_after_days(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    assert house.services.deliveries._delay(100) <= deliveries.LAST_DELAY == 3_600
    monkeypatch.setattr(deliveries, "LAST_DELAY", 8 * 3_600)  # not to wait a hundred times
    hook = await house.hook()
    house.receiver.answers = [500]
    names = list("abcdefgh")
    for name in names:
        await house.product(name)
    began = house.clock.now()
    while (found := await house.now(hook)).enabled:
        if found.next_at is not None:
            house.clock.seconds += (found.next_at - house.clock.now()).total_seconds()
        await house.turn(hook)
    days = (house.clock.now() - began).total_seconds() / 86_400
    assert deliveries.DISABLE_DAYS <= days < deliveries.DISABLE_DAYS + 1
    assert found.reason == "failing"
    states = {each.seq: each.state for each in await house.deliveries(hook)}
    failed = list(states.values()).count("failed")
    assert 3 <= failed <= 4
    assert list(states.values()).count("waiting") == len(names) - failed

    house.receiver.answers = [200]
    house.receiver.received.clear()
    await house.services.webhooks.enable(house.site, hook.id, from_now=False)
    await house.turn(hook)
    assert house.told == names[failed:]


async def test_what_happened_while_it_was_off_is_told_or_left_out(house: House):
    hook, other = await house.hook(), await house.hook()
    for each in (hook, other):
        await house.services.webhooks.disable(house.site, each.id)
    assert (await house.now(hook)).reason == "by_person"
    await house.product("meanwhile")
    await house.turn(hook)
    assert house.receiver.received == []
    await house.services.webhooks.enable(house.site, hook.id, from_now=False)
    await house.services.webhooks.enable(house.site, other.id, from_now=True)
    await house.turn(hook)
    await house.turn(other)
    assert house.told == ["meanwhile"]


async def test_gone_disables(house: House):
    hook = await house.hook()
    house.receiver.answers = [410]
    await house.product("a")
    await house.turn(hook)
    found = await house.now(hook)
    assert (found.enabled, found.reason) == (False, "gone")


async def test_access_is_looked_at_before_each_attempt(house: House):
    token = await scoped(house, ["read", "webhooks"])
    by_token, by_person = await house.hook(PRODUCTS, token), await house.hook()
    await house.product("a")
    house.receiver.answers = [500]
    await house.turn(by_token)  # which waits to be sent again
    assert token.user_id
    assert token.secret_id
    await house.services.identity.secrets.delete_token(token.user_id, token.secret_id)
    house.clock.move(minutes=1)
    await house.turn(by_token)
    assert (await house.now(by_token)).reason == "access"
    async with house.services.database.write() as sql:
        organisation = (await house.services.catalogue.subject(house.site)).organisation_id
        where = ("organisation", organisation)
        await put_grant(sql, house.clock, token.user_id, where, Role.DESIGNER)
    await house.turn(by_person)
    assert (await house.now(by_person)).reason == "access"
    assert len(house.receiver.received) == 1


async def test_a_query_that_is_none_any_more_disables(house: House):
    hook = await house.hook()
    async with house.services.database.write() as sql:
        older = "subscription { thingChanged { seq } }"
        await sql.execute(update(t.webhook).values(query=older))
    await house.product("a")
    await house.turn(hook)
    assert (await house.now(hook)).reason == "query"


async def test_a_node_that_dies_at_it_is_taken_over_and_nothing_is_lost(house: House):
    hook = await house.hook()
    await house.product("a")
    await house.product("b")
    dying = house.services.deliveries
    claimed = await dying._claim(hook.id)
    assert claimed is not None
    await dying._fetch(claimed)  # messages are stored, and then it is killed
    await house.turn(hook)
    assert house.told == []
    house.clock.move(seconds=deliveries.LEASE_SECONDS)
    await house.turn(hook)
    assert house.told == ["a", "b"]


async def test_two_nodes_never_have_the_same_turn(house: House):
    hook = await house.hook()
    for name in "abc":
        await house.product(name)
    await asyncio.gather(*(house.turn(hook) for _ in range(4)))
    assert house.told == ["a", "b", "c"]


async def test_a_slow_receiver_holds_nobody_else_up(house: House):
    async with receiving() as other:
        slow = await house.hook()
        quick, _ = await house.services.webhooks.create(
            house.site, house.owner, other.url, PRODUCTS
        )
        house.receiver.open.clear()
        work = asyncio.create_task(house.services.deliveries.run())
        try:
            await house.product("a")
            house.services.deliveries.wake()
            await house.receiver.until(1)
            await house.product("b")
            house.services.deliveries.wake()
            await other.until(2)
            assert len(house.receiver.received) == 1
            house.receiver.open.set()
            await house.receiver.until(2)
        finally:
            work.cancel()
        assert {slow.id, quick.id} == {
            each.id for each in (await house.services.webhooks.list([house.site]))[house.site]
        }


async def test_only_so_many_deliveries_are_kept(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kept, "KEPT_DELIVERIES", 3)
    hook = await house.hook()
    for name in "abcdefg":
        await house.product(name)
        await house.turn(hook)
        house.clock.move(seconds=1)
    assert len(await house.deliveries(hook)) == 4  # and the one that was added last
    assert house.told == list("abcdefg")


# ---- by hand --------------------------------------------------------------------------------


async def test_a_test_and_a_message_again_are_sent_at_once(house: House):
    hook = await house.hook()
    tried = await house.services.deliveries.test(house.site, hook.id)
    assert (tried.state, tried.status, tried.type) == ("done", 200, "test")
    assert house.receiver.received[0].json["type"] == "test"
    await house.product("a")
    await house.turn(hook)
    sent = (await house.deliveries(hook))[0]
    again = await house.services.deliveries.redeliver(house.site, sent.id)
    assert again.attempts == 2
    assert house.receiver.received[2].body == house.receiver.received[1].body
    assert house.receiver.received[2].id == house.receiver.received[1].id


async def test_what_nobody_hears_is_told_why(house: House):
    async with receiving() as gone:
        pass
    hook, _ = await house.services.webhooks.create(house.site, house.owner, gone.url, PRODUCTS)
    tried = await house.services.deliveries.test(house.site, hook.id)
    assert (tried.state, tried.status) == ("failed", None)
    assert "no connection" in str(tried.answer)


# ---- what a webhook may be ------------------------------------------------------------------


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


# ---- who it is from -------------------------------------------------------------------------

VERIFY = """
const { createHmac, timingSafeEqual } = require("node:crypto");
const { headers, body, secret } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
const wanted = createHmac("sha256", key).update(signed).digest();
const good = headers["webhook-signature"].split(" ").some((each) => {
  const given = Buffer.from(each.replace(/^v1,/, ""), "base64");
  return each.startsWith("v1,") && given.length === wanted.length && timingSafeEqual(given, wanted);
});
console.log(good);
"""


async def is_from(secret: str, received: Any) -> bool:
    """Ask Node.js whether a message was signed with a secret."""
    asked = {"headers": received.headers, "body": received.body.decode(), "secret": secret}
    done = await asyncio.to_thread(
        subprocess.run,
        [servers.node(), "-e", VERIFY],
        input=json.dumps(asked),
        text=True,
        capture_output=True,
        check=True,
    )
    return done.stdout.strip() == "true"


async def test_messages_are_signed_and_for_a_day_with_the_old_secret_too(house: House):
    webhooks = house.services.webhooks
    made, old = await webhooks.create(house.site, house.owner, house.receiver.url, PRODUCTS)
    assert old.startswith("whsec_")
    await house.product("a")
    await house.turn(made)
    new = await webhooks.rotate_secret(house.site, made.id)
    await house.product("b")
    await house.turn(made)
    house.clock.move(hours=kept.OLD_SECRET_HOURS)
    await house.product("c")
    await house.turn(made)
    signed = house.receiver.received
    found = [[await is_from(secret, each) for secret in (old, new)] for each in signed]
    assert found == [[True, False], [True, True], [False, True]]
    assert not await is_from("whsec_" + "A" * 43 + "=", signed[0])
    assert signed[0].headers["webhook-timestamp"] == str(1_893_456_000)
