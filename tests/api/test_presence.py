"""Who is on a page: told to programs that do not open it."""

from __future__ import annotations

import json
from typing import Any

from tests.api.conftest import Api, Place
from tests.api.test_socket import bare, hear, subscribe
from tests.collab.client import awareness
from tests.collab.line import Line

FOLLOW = "subscription($page: ID!) { presence(pageId: $page) { user { name color } nodeId } }"
ASK = "query($page: ID!) { page(id: $page) { presence { user { name } nodeId } } }"


def at(number: int, **where: Any) -> bytes:
    return awareness(number, where.pop("clock", 1), json.dumps(where).encode())


async def test_who_comes_moves_and_goes_is_told(apis: dict[str, Api], place: Place):
    page, viewer = place.pages[2], apis["viewer"]
    async with bare(viewer) as socket:
        await hear(socket)
        await socket.send(subscribe("1", FOLLOW, page=page))

        async def told() -> list[tuple[str, str | None]]:
            event = (await hear(socket))["payload"]["data"]["presence"]
            assert all(each["user"]["color"].startswith("#") for each in event)
            return [(each["user"]["name"], each["nodeId"]) for each in event]

        assert await told() == []
        with Line(apis["editor"].asker, "v", page).open() as editor:
            editor.send(at(7, selection=["a1", "b2"], user={"name": "Somebody else"}))
            assert await told() == [("Editor", "b2")]
            with Line(apis["designer"].asker, "v", page).open() as designer:
                designer.send(at(8, caret={"node": "c3"}, selection=["a1"]))
                assert await told() == [("Designer", "c3"), ("Editor", "b2")]
                editor.send(at(9))  # another tab of the same person
                editor.send(at(7, clock=2, selection="nonsense", caret=[]))
                assert await told() == [("Designer", "c3"), ("Editor", None)]
                asked = viewer(ASK, page=page)["page"]["presence"]
                assert [each["user"]["name"] for each in asked] == ["Designer", "Editor"]
            assert await told() == [("Editor", None)]
        assert await told() == []


def test_strangers_are_not_told(apis: dict[str, Api], place: Place):
    assert apis["stranger"](ASK, page=place.pages[0])["page"] is None
