"""Notifications: who is told what, over the API, and that each is told their own."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.api.conftest import Api, Place
from tests.api.test_comments import ADD, changed
from tests.api.test_products import create, merchant  # noqa: F401 - a fixture
from tests.api.test_socket import bare, hear, subscribe
from tests.api.test_webhooks import CREATE as HOOK, EVENTS
from tests.collab.test_access_changes import Site
from tests.receiver import receiving

FIELDS = "id seq kind readAt actor { name } siteName page { title } comment { body threadId }"
LIST = f"""query($first: Int! = 20, $after: String) {{
  notifications(first: $first, after: $after) {{
    unread nodes {{ {FIELDS} }} pageInfo {{ hasNextPage endCursor }}
  }}
}}"""
NEWS = f"subscription($since: Int) {{ notifications(sinceSeq: $since) {{ {FIELDS} }} }}"
READ = """mutation($ids: [ID!], $all: Boolean! = false) {
  notificationsRead(ids: $ids, all: $all) { unread errors { code } }
}"""


def told(api: Api, **variables: Any) -> Any:
    return api(LIST, **variables)["notifications"]


@pytest.fixture(autouse=True)
def nothing_unread(apis: dict[str, Api]) -> None:
    for name in ("owner", "designer", "editor", "commenter", "viewer"):
        assert apis[name](READ, all=True)["notificationsRead"] == {"unread": 0, "errors": []}


@pytest.fixture
def page(api: Api, place: Place) -> str:
    make = 'mutation($s: ID!) { pageCreate(siteId: $s, title: "Cloche") { page { id } } }'
    made: str = api(make, s=place.site)["pageCreate"]["page"]["id"]
    return made


async def test_who_knows_of_more_than_there_is_is_told_what_comes(apis: dict[str, Api], page: str):
    """As after a backup was restored."""
    designer = apis["designer"]
    mentions = [f"user:{designer.asker.id}"]
    async with bare(designer) as socket:
        assert (await hear(socket))["type"] == "connection_ack"
        await socket.send(subscribe("1", NEWS, since=10**6))
        await socket.send(subscribe("2", "{ me { id } }"))
        assert (await hear(socket))["id"] == "2"
        assert (await hear(socket))["type"] == "complete"
        await asyncio.to_thread(apis["editor"], ADD, page=page, body="@Designer", mentions=mentions)
        told = await hear(socket)
        assert told["payload"]["data"]["notifications"]["comment"]["body"] == "@Designer"


def test_each_is_told_once_why_it_concerns_them(apis: dict[str, Api], page: str):
    commenter, designer, editor = (apis[name] for name in ("commenter", "designer", "editor"))
    mentions = [f"user:{each.asker.id}" for each in (designer, commenter)]
    first = commenter(ADD, page=page, body="@Designer ?", mentions=mentions)["it"]["comment"]
    changed(editor, "commentReply", f'id: "{first["id"]}", body: "Moi aussi"')
    designer(ADD, page=page, body="Autre chose")
    assert [n["kind"] for n in told(designer)["nodes"][:1]] == ["MENTION"]
    assert [n["kind"] for n in told(commenter)["nodes"][:2]] == ["COMMENT", "REPLY"]
    assert [n["kind"] for n in told(editor)["nodes"][:1]] == ["COMMENT"]
    assert told(apis["viewer"])["unread"] == 0
    newest = told(designer)["nodes"][0]
    assert (newest["actor"], newest["page"]) == ({"name": "Commenter"}, {"title": "Cloche"})
    assert newest["comment"] == {"body": "@Designer ?", "threadId": first["id"]}
    assert newest["siteName"] == "Boutique"

    again = f'id: "{first["id"]}", body: "@Designer @Editor", mentions: {mentions}'
    named = again.replace("'", '"').replace(mentions[1], f"user:{editor.asker.id}")
    assert changed(commenter, "commentChange", named)["errors"] == []
    assert told(designer)["unread"] == 1
    assert told(editor)["nodes"][0]["kind"] == "MENTION"
    assert changed(commenter, "commentDelete", f'id: "{first["id"]}"')["errors"] == []
    assert told(designer)["unread"] == 0


def test_they_are_listed_in_parts_and_read_one_by_one(apis: dict[str, Api], page: str):
    designer, editor = apis["designer"], apis["editor"]
    for number in range(3):
        body = {"body": f"@Designer {number}", "mentions": [f"user:{designer.asker.id}"]}
        editor(ADD, page=page, **body)
    first = told(designer, first=2)
    assert first["unread"] == 3
    assert [n["comment"]["body"][-1] for n in first["nodes"]] == ["2", "1"]
    rest = told(designer, first=1, after=first["pageInfo"]["endCursor"])
    assert rest["nodes"][0]["comment"]["body"] == "@Designer 0"
    seqs = [n["seq"] for n in (*first["nodes"], *rest["nodes"])]
    assert seqs == [seqs[0] - at for at in range(3)]
    ids = [first["nodes"][0]["id"]]
    assert designer(READ, ids=ids)["notificationsRead"]["unread"] == 2
    assert editor(READ, ids=[rest["nodes"][0]["id"]])["notificationsRead"]["errors"] == []
    assert told(designer)["unread"] == 2
    assert designer(READ, ids=ids, all=True)["notificationsRead"]["errors"]


async def test_each_is_told_their_own_as_it_happens(apis: dict[str, Api], page: str):
    """Two of the same role subscribe with the same words: what is shared must not be this."""
    designer, editor = apis["designer"], apis["editor"]
    async with bare(designer) as mine, bare(editor) as theirs:
        for socket in (mine, theirs):
            await hear(socket)
        since = {name: told(apis[name], first=1)["nodes"] for name in ("designer", "editor")}
        for socket, name in ((mine, "designer"), (theirs, "editor")):
            seq = since[name][0]["seq"] if since[name] else 0
            await socket.send(subscribe("1", NEWS, since=seq))
        for name, named in (("commenter", editor), ("commenter", designer)):
            body = {"body": f"Pour {named.asker.name}", "mentions": [f"user:{named.asker.id}"]}
            await asyncio.to_thread(apis[name], ADD, page=page, **body)
        for socket, name in ((mine, "designer"), (theirs, "editor")):
            event = (await hear(socket))["payload"]["data"]["notifications"]
            assert event["comment"]["body"] == f"Pour {name}"


async def test_two_of_the_same_role_are_each_told_their_own(api: Api, place: Place):
    site = await asyncio.to_thread(Site, api.asker)
    link = await asyncio.to_thread(site.link, "editor")
    people = [Api(await asyncio.to_thread(site.come, link)) for _ in "12"]
    async with bare(people[0]) as first, bare(people[1]) as second:
        for socket in (first, second):
            await hear(socket)
            await socket.send(subscribe("1", NEWS, since=0))
        for person in reversed(people):
            body = {"body": person.asker.name, "mentions": [f"user:{person.asker.id}"]}
            await asyncio.to_thread(api, ADD, page=f"page:{site.page}", **body)
        for socket, person in ((first, people[0]), (second, people[1])):
            event = (await hear(socket))["payload"]["data"]["notifications"]
            assert event["comment"]["body"] == person.asker.name


def test_reviews_that_wait_are_told_once_to_those_who_moderate(
    api: Api,
    apis: dict[str, Api],
    place: Place,
    merchant: str,  # noqa: F811 - the fixture
):
    say = """mutation($p: ID!) {
      reviewCreate(productId: $p, author: "Ana", rating: 5, body: "Beau") { errors { code } }
    }"""
    product = create(api, place.site, merchant, "À juger")["id"]
    for _ in "12":
        assert api(say, p=product)["reviewCreate"]["errors"] == []
    for name in ("designer", "editor"):
        assert [n["kind"] for n in told(apis[name])["nodes"][:1]] == ["REVIEW"]
        assert told(apis[name])["unread"] == 1
    assert [told(apis[name])["unread"] for name in ("viewer", "commenter", "owner")] == [0, 0, 0]
    apis["editor"](READ, all=True)
    api(say, p=product)
    assert [told(apis[name])["unread"] for name in ("editor", "designer")] == [1, 1]


async def test_a_webhook_that_delivers_no_more_is_told_to_its_administrators(
    apis: dict[str, Api],
):
    owner, admin = apis["owner"], apis["admin"]
    async with receiving() as receiver, bare(admin) as socket:
        receiver.answers[:] = [410]
        await hear(socket)
        since = (await asyncio.to_thread(told, admin, first=1))["nodes"]
        await socket.send(subscribe("1", NEWS, since=since[0]["seq"] if since else 0))
        site = (await asyncio.to_thread(Site, owner.asker)).id
        url = {"site": f"site:{site}", "url": receiver.url, "text": EVENTS}
        made = await asyncio.to_thread(owner, HOOK, **url)
        assert made["webhookCreate"]["errors"] == []
        publish = "mutation($s: ID!) { sitePublish(siteId: $s) { errors { code } } }"
        await asyncio.to_thread(owner, publish, s=f"site:{site}")
        kinds: list[str] = []
        while "WEBHOOK" not in kinds:
            kinds.append((await hear(socket))["payload"]["data"]["notifications"]["kind"])
    assert [n["kind"] for n in told(owner)["nodes"][:1]] == ["WEBHOOK"]
    assert "WEBHOOK" not in [n["kind"] for n in told(apis["designer"])["nodes"]]


def test_publications_and_invitations_are_told(api: Api, apis: dict[str, Api], place: Place):
    publish = "mutation($s: ID!) { sitePublish(siteId: $s) { errors { code } } }"
    assert apis["designer"](publish, s=place.site)["sitePublish"]["errors"] == []
    newest = told(api)["nodes"][0]
    assert (newest["kind"], newest["actor"]) == ("PUBLICATION", {"name": "Designer"})
    assert told(apis["designer"])["unread"] == 0
    assert told(apis["editor"])["unread"] == 0

    site = place.site.removeprefix("site:")
    stranger = apis["stranger"]
    link = {"role": "viewer", "email": stranger.asker.email}
    made = api.asker.ask("POST", f"/api/sites/{site}/links", json=link).json()
    [invited] = told(stranger)["nodes"]
    assert (invited["kind"], invited["siteName"]) == ("INVITATION", "Boutique")
    api.asker.ask("DELETE", f"/api/sites/{site}/links/{made['id']}").raise_for_status()
    assert told(stranger)["nodes"] == []
