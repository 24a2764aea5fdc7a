"""graphql-transport-ws, with the clients that people use and with bare messages."""

from __future__ import annotations

import asyncio
import json
import socket
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import uvicorn
import websockets
from gql import Client, GraphQLRequest
from gql.transport.websockets import WebsocketsTransport

from tests.api.conftest import Api, Place
from tests.api.test_mutations import EDIT, headline
from vitrail.core.settings import Settings
from vitrail.server.application import create_app, open_services

PROTOCOL = websockets.Subprotocol("graphql-transport-ws")
CHANGES = """subscription($page: ID!, $since: Int) {
  pageChanged(pageId: $page, sinceSeq: $since) { seq page { revision blocks { texts } } }
}"""


def address(api: Api) -> str:
    return str(api.asker.http.base_url).replace("http", "ws").rstrip("/") + "/graphql"


@asynccontextmanager
async def bare(api: Api, *, init: Any = None, headers: Any = None):
    chosen = dict(api.asker.headers if headers is None else headers)
    async with websockets.connect(
        address(api), additional_headers=chosen, subprotocols=[PROTOCOL]
    ) as socket:
        await socket.send(json.dumps(init or {"type": "connection_init"}))
        yield socket


async def hear(socket: Any) -> dict[str, Any]:
    async with asyncio.timeout(20):
        return json.loads(await socket.recv())


async def ended(socket: Any) -> int:
    async with asyncio.timeout(20):
        with suppress(websockets.ConnectionClosed):
            async for _ in socket:
                pass
    return socket.close_code


def subscribe(key: str, query: str, **variables: Any) -> str:
    payload = {"query": query, "variables": variables}
    return json.dumps({"type": "subscribe", "id": key, "payload": payload})


async def test_a_common_client_sees_edits_as_they_are_made(api: Api, place: Place):
    transport = WebsocketsTransport(
        address(api), headers=dict(api.asker.headers), subprotocols=[PROTOCOL]
    )
    page = place.pages[0]
    revision = "query($p: ID!) { page(id: $p) { revision } }"
    since = api(revision, p=page)["page"]["revision"]
    async with Client(transport=transport) as session:
        request = GraphQLRequest(CHANGES, variable_values={"page": page, "since": since})
        events = session.subscribe(request)
        for text in ("Un", "Deux"):
            done = await asyncio.to_thread(api, EDIT, page=page, ops=headline(text))
            async with asyncio.timeout(20):
                told = (await anext(events))["pageChanged"]
            assert told["seq"] == told["page"]["revision"] == done["pageEdit"]["seq"]
            assert text in str(told["page"]["blocks"])
        await events.aclose()


async def test_who_comes_back_is_told_at_once_what_was_missed(api: Api, place: Place):
    page = place.pages[1]
    first = api(EDIT, page=page, ops=headline("Avant"))["pageEdit"]["seq"]
    last = api(EDIT, page=page, ops=headline("Après"))["pageEdit"]["seq"]
    async with bare(api) as socket:
        assert (await hear(socket))["type"] == "connection_ack"
        await socket.send(subscribe("1", CHANGES, page=page, since=first))
        told = await hear(socket)
        assert (told["type"], told["id"]) == ("next", "1")
        assert told["payload"]["data"]["pageChanged"]["seq"] == last


async def test_who_knows_of_more_than_there_is_hears_what_there_is(api: Api, place: Place):
    """As after a backup was restored."""
    page = place.pages[1]
    last = api(EDIT, page=page, ops=headline("Restaurée"))["pageEdit"]["seq"]
    async with bare(api) as socket:
        assert (await hear(socket))["type"] == "connection_ack"
        await socket.send(subscribe("1", CHANGES, page=page, since=last + 1_000))
        assert (await hear(socket))["payload"]["data"]["pageChanged"]["seq"] == last
        await asyncio.to_thread(api, EDIT, page=page, ops=headline("Et après"))
        assert (await hear(socket))["payload"]["data"]["pageChanged"]["seq"] == last + 1


async def test_queries_and_pings_are_answered_too(api: Api, place: Place):
    async with bare(api) as socket:
        await hear(socket)
        await socket.send(
            subscribe("q", "query($id: ID!) { site(id: $id) { name } }", id=place.site)
        )
        assert (await hear(socket))["payload"]["data"] == {"site": {"name": "Boutique"}}
        assert await hear(socket) == {"id": "q", "type": "complete"}
        await socket.send(json.dumps({"type": "ping"}))
        assert await hear(socket) == {"type": "pong"}
        await socket.send(subscribe("bad", "{ nope }"))
        told = await hear(socket)
        assert (told["id"], told["type"]) == ("bad", "error")
        assert "nope" in told["payload"][0]["message"]


async def test_a_token_may_come_with_the_first_message(apis: dict[str, Api]):
    read = apis["read"]
    token = read.asker.headers["Authorization"].removeprefix("Bearer ")
    init = {"type": "connection_init", "payload": {"token": token}}
    async with bare(read, init=init, headers={}) as socket:
        assert (await hear(socket))["type"] == "connection_ack"
        await socket.send(subscribe("1", "{ me { name } }"))
        assert (await hear(socket))["payload"]["data"]["me"]["name"]


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        (["what"], 4400),
        ([b"\x00"], 4400),
        ([json.dumps({"type": "explode"})], 4400),
        ([json.dumps({"type": "connection_init"})], 4429),
        ([subscribe("1", CHANGES, page="x"), subscribe("", "{ me { id } }")], 4400),
        ([json.dumps({"type": "subscribe", "id": "1", "payload": 7})], 4400),
        ([json.dumps([])], 4400),
    ],
)
async def test_what_is_no_message_of_the_protocol_ends_the_socket(
    api: Api, messages: list[str], code: int
):
    async with bare(api) as socket:
        await hear(socket)
        for message in messages:
            await socket.send(message)
        assert await ended(socket) == code


async def test_two_operations_of_one_name_end_the_socket(api: Api, place: Place):
    async with bare(api) as socket:
        await hear(socket)
        for _ in range(2):
            await socket.send(subscribe("1", CHANGES, page=place.pages[0]))
        assert await ended(socket) == 4409


async def test_nobody_is_let_in_without_saying_who(apis: dict[str, Api]):
    async with bare(apis["nobody"], headers={}) as socket:
        assert await ended(socket) == 4401
    early = {"type": "subscribe", "id": "1", "payload": {}}
    async with bare(apis["owner"], init=early) as socket:
        assert await ended(socket) == 4401


async def test_who_is_told_nothing_is_sent_away_too_when_the_key_is_revoked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("vitrail.graphql.socket.LOOK_SECONDS", 0.05)
    async with open_services(settings := Settings(data=str(tmp_path))) as services:
        owner = await services.identity.accounts.by_email("owner@localhost")
        key, secret = await services.identity.secrets.create_token(
            owner["id"], "Téléphone", ["read"]
        )
    server = uvicorn.Server(uvicorn.Config(create_app(settings), log_config=None))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        serving = asyncio.create_task(server.serve([listening]))
        url = f"ws://127.0.0.1:{listening.getsockname()[1]}/graphql"
        greeting = {"type": "connection_init", "payload": {"token": secret}}
        async with websockets.connect(url, subprotocols=[PROTOCOL]) as line:
            await line.send(json.dumps(greeting))
            assert (await hear(line))["type"] == "connection_ack"
            async with open_services(settings) as services:
                await services.identity.secrets.delete_token(owner["id"], key)
            assert await ended(line) == 4401
        server.should_exit = True
        await serving


async def test_a_stranger_is_not_told_of_changes(apis: dict[str, Api], place: Place):
    async with bare(apis["stranger"]) as socket:
        await hear(socket)
        await socket.send(subscribe("1", CHANGES, page=place.pages[0]))
        told = await hear(socket)
        assert told["payload"]["errors"][0]["extensions"]["code"] == "not_found"


async def test_those_who_follow_the_same_are_told_the_same_and_nothing_of_before(
    api: Api, place: Place
):
    page = place.pages[2]
    query = "subscription($page: ID!) { pageChanged(pageId: $page) { seq page { title } } }"
    async with bare(api) as one, bare(api) as other:
        for socket in (one, other):
            assert (await hear(socket))["type"] == "connection_ack"
        await one.send(subscribe("1", query, page=page))
        before = await edit_until_told(api, page, one)
        await other.send(subscribe("1", query, page=page))
        told = await edit_until_told(api, page, other)
        assert seq(told) > seq(before)
        heard = before
        while seq(heard) < seq(told):
            heard = await hear(one)
        assert heard == told


def seq(message: dict[str, Any]) -> int:
    return message["payload"]["data"]["pageChanged"]["seq"]


async def edit_until_told(api: Api, page: str, socket: Any) -> dict[str, Any]:
    """Edit until the socket tells of it: nobody knows when a subscription has begun."""
    told = asyncio.ensure_future(hear(socket))
    for number in range(100):
        await asyncio.to_thread(api, EDIT, page=page, ops=headline(f"Fois {number}"))
        done, _ = await asyncio.wait([told], timeout=0.1)
        if done:
            return told.result()
    raise AssertionError("nobody was told")
