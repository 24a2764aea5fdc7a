"""Comments: threads on blocks that everybody of the site sees, and that only some may write."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.api.conftest import Api, Place
from tests.api.test_mutations import EDIT
from tests.api.test_socket import bare, hear, subscribe

FIELDS = """id body quote nodeId nodeRemoved resolvedAt deletedAt editedAt author { name }
  mentions { name } resolvedBy { name }
  replies(first: 10) { totalCount nodes { id threadId body author { name } } }"""
ADD = f"""mutation($page: ID!, $body: String!, $node: ID, $mentions: [ID!]! = []) {{
  it: commentAdd(
    pageId: $page, body: $body, nodeId: $node, mentions: $mentions
  ) {{ comment {{ {FIELDS} }} errors {{ code message }} }}
}}"""
LIST = f"""query($page: ID!, $resolved: Boolean, $after: String) {{
  page(id: $page) {{ comments(resolved: $resolved, first: 2, after: $after) {{
    totalCount pageInfo {{ hasNextPage endCursor }} nodes {{ {FIELDS} }}
  }} }}
}}"""
EVENTS = """subscription($site: ID!, $since: Int) {
  siteEvents(siteId: $site, only: [COMMENT], sinceSeq: $since) {
    seq entityId ... on CommentEvent { comment { body resolvedAt } }
  }
}"""


def changed(api: Api, name: str, arguments: str) -> Any:
    what = "deletedId" if name == "commentDelete" else f"comment {{ {FIELDS} }}"
    return api(f"mutation {{ it: {name}({arguments}) {{ {what} errors {{ code }} }} }}")["it"]


def codes(told: Any) -> list[str]:
    return [error["code"] for error in told["errors"]]


@pytest.fixture
def page(api: Api, place: Place) -> str:
    """A page of its own, with a heading."""
    make = 'mutation($s: ID!) { pageCreate(siteId: $s, title: "Avis") { page { id } } }'
    made: str = api(make, s=place.site)["pageCreate"]["page"]["id"]
    hero = [{"op": "insert", "block": "hero", "props": {"title": "Bienvenue"}}]
    assert api(EDIT, page=made, ops=hero)["pageEdit"]["errors"] == []
    return made


@pytest.fixture
def heading(api: Api, page: str) -> str:
    query = "query($p: ID!) { page(id: $p) { blocks { id tag } } }"
    blocks = api(query, p=page)["page"]["blocks"]
    return next(block["id"] for block in blocks if block["tag"] == "h1")


def test_a_thread_from_its_beginning_to_its_end(
    api: Api, apis: dict[str, Api], page: str, heading: str
):
    commenter, viewer = apis["commenter"], apis["viewer"]
    named = f"user:{apis['designer'].asker.id}"
    body = "Plus court ?\r\n@Designer\0"
    made = commenter(ADD, page=page, body=body, node=heading, mentions=[named])["it"]["comment"]
    assert made["body"] == "Plus court ?\n@Designer"
    assert made["quote"] == "Bienvenue"
    assert (made["author"], made["mentions"]) == ({"name": "Commenter"}, [{"name": "Designer"}])
    thread = f'id: "{made["id"]}"'

    answer = changed(apis["designer"], "commentReply", f'{thread}, body: "Oui"')["comment"]
    later = changed(commenter, "commentReply", f'id: "{answer["id"]}", body: "Merci"')["comment"]
    [seen] = viewer(LIST, page=page)["page"]["comments"]["nodes"]
    assert [each["body"] for each in seen["replies"]["nodes"]] == ["Oui", "Merci"]
    assert {each["threadId"] for each in seen["replies"]["nodes"]} == {made["id"]}

    done = changed(apis["editor"], "commentResolve", f'id: "{later["id"]}"')["comment"]
    assert (done["id"], done["resolvedBy"]) == (made["id"], {"name": "Editor"})
    assert viewer(LIST, page=page, resolved=False)["page"]["comments"]["nodes"] == []
    assert viewer(LIST, page=page, resolved=True)["page"]["comments"]["totalCount"] == 1
    open_ = changed(commenter, "commentResolve", f"{thread}, resolved: false")["comment"]
    assert (open_["resolvedAt"], open_["resolvedBy"]) == (None, None)

    assert changed(commenter, "commentDelete", thread)["errors"] == []
    [left] = viewer(LIST, page=page)["page"]["comments"]["nodes"]
    assert (left["body"], left["replies"]["totalCount"]) == ("", 2)
    assert left["deletedAt"]
    for each, who in ((answer, "designer"), (later, "commenter")):
        assert changed(apis[who], "commentDelete", f'id: "{each["id"]}"')["errors"] == []
    assert viewer(LIST, page=page)["page"]["comments"]["totalCount"] == 0


def test_a_comment_is_its_authors_and_the_managers(api: Api, apis: dict[str, Api], page: str):
    made = apis["commenter"](ADD, page=page, body="À moi")["it"]["comment"]
    what = f'id: "{made["id"]}", body: "À toi"'
    for name in ("owner", "editor"):
        assert codes(changed(apis[name], "commentChange", what)) == ["not_allowed"]
    edited = changed(apis["commenter"], "commentChange", what)["comment"]
    assert edited["body"] == "À toi"
    assert edited["editedAt"]
    for name in ("designer", "editor", "viewer", "stranger"):
        refused = "not_found" if name == "stranger" else "not_allowed"
        assert codes(changed(apis[name], "commentDelete", f'id: "{made["id"]}"')) == [refused]
    assert changed(apis["admin"], "commentDelete", f'id: "{made["id"]}"')["errors"] == []
    query = "query($id: ID!) { node(id: $id) { id } }"
    assert api(query, id=made["id"])["node"] is None


def test_a_thread_outlives_its_block(api: Api, page: str, heading: str):
    api(ADD, page=page, body="Ici", node=heading)
    remove = [{"op": "remove", "target": {"id": heading}}]
    assert api(EDIT, page=page, ops=remove)["pageEdit"]["errors"] == []
    [seen] = api(LIST, page=page)["page"]["comments"]["nodes"]
    assert (seen["nodeId"], seen["nodeRemoved"], seen["quote"]) == (heading, True, "Bienvenue")
    assert codes(api(ADD, page=page, body="Là", node=heading)["it"]) == ["not_found"]


def test_threads_are_listed_in_parts(api: Api, page: str):
    for body in ("Un", "Deux", "Trois"):
        api(ADD, page=page, body=body)
    first = api(LIST, page=page)["page"]["comments"]
    assert [each["body"] for each in first["nodes"]] == ["Trois", "Deux"]
    rest = api(LIST, page=page, after=first["pageInfo"]["endCursor"])["page"]["comments"]
    assert [each["body"] for each in rest["nodes"]] == ["Un"]
    assert (rest["totalCount"], rest["pageInfo"]["hasNextPage"]) == (3, False)


def test_what_is_wrong_with_a_comment_is_told(api: Api, apis: dict[str, Api], page: str):
    stranger = f"user:{apis['stranger'].asker.id}"
    for wrong, code in (
        ({"body": " \n\0"}, "invalid_input"),
        ({"body": "a" * 5_001}, "too_large"),
        ({"body": "@Stranger", "mentions": [stranger]}, "mention"),
        ({"body": "A", "mentions": ["user:1"]}, "invalid_input"),
        ({"body": "A", "node": "nowhere"}, "not_found"),
    ):
        told = api(ADD, page=page, **wrong)["it"]
        assert (told["comment"], codes(told)) == (None, [code]), wrong
    assert api(LIST, page=page)["page"]["comments"]["totalCount"] == 0


async def test_whoever_follows_the_site_is_told(apis: dict[str, Api], place: Place, page: str):
    commenter = apis["commenter"]
    async with bare(apis["viewer"]) as socket:
        await hear(socket)
        await socket.send(subscribe("1", EVENTS, site=place.site, since=0))
        made = await asyncio.to_thread(commenter, ADD, page=page, body="Direct")
        thread = made["it"]["comment"]["id"]

        async def told() -> Any:
            while True:
                message = await hear(socket)
                event = message["payload"]["data"]["siteEvents"]
                if event["entityId"] == thread:
                    return event["comment"]

        assert (await told())["body"] == "Direct"
        await asyncio.to_thread(changed, commenter, "commentResolve", f'id: "{thread}"')
        assert (await told())["resolvedAt"]
        await asyncio.to_thread(changed, commenter, "commentDelete", f'id: "{thread}"')
        assert await told() is None
