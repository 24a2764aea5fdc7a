"""How messages are delivered: signed, at least once, in order, by whoever is free, for as long as they may be."""

from __future__ import annotations

import asyncio
import json
import subprocess
from typing import Any

import pytest
from sqlalchemy import update

from tests import servers
from tests.receiver import receiving
from tests.sites.webhooks.house import PRODUCTS, House
from vitrail.core.access import Role
from vitrail.core.grants import put_grant
from vitrail.sites import deliveries, tables as t, webhooks as kept

# ---- by itself ------------------------------------------------------------------------------


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
    token = await house.scoped(["read", "webhooks"])
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
            await asyncio.wait([work])  # its connection goes back to a pool that is still there
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
