"""Webhooks over GraphQL, on a real server that tells a real receiver."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from typing import Any

from tests.api.conftest import Api, Place
from tests.receiver import receiving

FIELDS = (
    "id url enabled reason deliveries(first: 5) { nodes { id state status attempts type body } }"
)
CREATE = f"""mutation($site: ID!, $url: String!, $text: String!) {{
  webhookCreate(siteId: $site, url: $url, query: $text) {{
    secret webhook {{ {FIELDS} }} errors {{ code message }}
  }}
}}"""
EVENTS = """subscription($siteId: ID!) {
  siteEvents(siteId: $siteId, only: [DEPLOYMENT]) { seq entityId }
}"""
LIST = f"query($s: ID!) {{ site(id: $s) {{ webhooks {{ {FIELDS} }} }} }}"


def changed(
    api: Api, name: str, arguments: str, what: str = "webhook { id enabled reason }"
) -> Any:
    done = api(f"mutation {{ it: {name}({arguments}) {{ {what} errors {{ code }} }} }}")["it"]
    assert done.pop("errors") == []
    return done


async def test_a_webhook_from_its_making_to_its_end(api: Api, apis: dict[str, Api], place: Place):
    async with receiving() as receiver:
        made = api(CREATE, site=place.site, url=receiver.url, text=EVENTS)["webhookCreate"]
        assert made["errors"] == []
        secret, hook = made["secret"], made["webhook"]["id"]
        publish = "mutation($s: ID!) { sitePublish(siteId: $s) { errors { code } } }"
        await asyncio.to_thread(api, publish, s=place.site)
        [told] = await receiver.until(1)
        assert told.json["data"]["siteEvents"]["entityId"].startswith("deployment:")
        signed = f"{told.id}.{told.headers['webhook-timestamp']}.".encode() + told.body
        key = base64.b64decode(secret.removeprefix("whsec_"))
        wanted = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
        assert told.headers["webhook-signature"] == f"v1,{wanted}"

        what = "delivery { id state status milliseconds answer type }"
        tried = await asyncio.to_thread(changed, api, "webhookTest", f'id: "{hook}"', what)
        assert tried["delivery"]["type"] == "test"
        assert (tried["delivery"]["status"], tried["delivery"]["answer"]) == (200, "ok")
        first = f'deliveryId: "delivery:{told.id.removeprefix("msg_")}"'
        await asyncio.to_thread(changed, api, "webhookRedeliver", first, what)
        assert receiver.received[2].body == told.body

        new = changed(api, "webhookRotateSecret", f'id: "{hook}"', "secret")["secret"]
        assert new != secret
        off = changed(api, "webhookUpdate", f'id: "{hook}", enabled: false')["webhook"]
        assert off == {"id": hook, "enabled": False, "reason": "BY_PERSON"}
        on = changed(api, "webhookUpdate", f'id: "{hook}", enabled: true, fromNow: true')
        assert on["webhook"]["enabled"]
        [listed] = api(LIST, s=place.site)["site"]["webhooks"]
        assert listed["id"] == hook
        assert {each["state"] for each in listed["deliveries"]["nodes"]} == {"DONE"}
        assert "secret" not in str(listed)
        assert changed(api, "webhookDelete", f'id: "{hook}"', "deletedId")["deletedId"] == hook
        assert api(LIST, s=place.site)["site"]["webhooks"] == []


def test_webhooks_are_listed_for_those_who_may(apis: dict[str, Api], place: Place):
    for name in ("owner", "admin"):
        assert apis[name](LIST, s=place.site)["site"]["webhooks"] == []
    for name in ("designer", "viewer", "read"):
        [error] = apis[name].errors(LIST, s=place.site)
        assert error["extensions"]["code"] == "not_allowed"


def test_what_is_wrong_with_a_webhook_is_told(api: Api, place: Place):
    for url, query, told in (
        ("https://169.254.169.254/", EVENTS, "not a public address"),
        ("https://example.com/", "{ me { id } }", "is a subscription"),
        ("https://example.com/", "subscription { nope }", "Cannot query field"),
        ("https://example.com/", "#" * 20_000, "at most 10000"),
    ):
        done = api(CREATE, site=place.site, url=url, text=query)["webhookCreate"]
        assert (done["webhook"], done["secret"]) == (None, None)
        assert told in done["errors"][0]["message"]
