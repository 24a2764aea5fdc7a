"""GraphQL clients of others, as they come: gql for Python and graphql-ws for JavaScript."""

from __future__ import annotations

import asyncio
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from gql import Client, GraphQLRequest
from gql.transport.exceptions import TransportConnectionFailed, TransportError, TransportQueryError
from gql.transport.requests import RequestsHTTPTransport
from gql.transport.websockets import WebsocketsTransport

from tests import servers
from tests.faults.proxy import Proxy

if TYPE_CHECKING:
    import httpx2

    from tests.servers import Vitrail

CHANGES = """subscription ($site: ID!, $since: Int) {
  productChanged(siteId: $site, sinceSeq: $since) { seq product { id prices { amount } } }
}"""


@dataclass(frozen=True)
class Shop:
    """A site with one product; asked over plain HTTP."""

    http: httpx2.Client
    site: str
    page: str
    product: str
    variant: str

    def ask(self, query: str, **variables: Any) -> Any:
        answer = self.http.post("/graphql", json={"query": query, "variables": variables}).json()
        assert "errors" not in answer, answer
        return answer["data"]

    def price(self, amount: int) -> None:
        query = """mutation ($v: ID!, $a: Int!) {
          priceSet(variantId: $v, price: {amount: $a, currency: "EUR"}) { errors { code } }
        }"""
        assert self.ask(query, v=self.variant, a=amount)["priceSet"]["errors"] == []

    def headline(self, text: str) -> int:
        query = """mutation ($p: ID!, $ops: [JSON!]!) {
          pageEdit(pageId: $p, ops: $ops) { seq errors { code } }
        }"""
        ops = [{"op": "set_text", "target": {"type": "heading"}, "text": text}]
        return self.ask(query, p=self.page, ops=ops)["pageEdit"]["seq"]


@pytest.fixture
def shop(owner: httpx2.Client) -> Shop:
    shop = Shop(owner, "", "", "", "")
    site = shop.ask('mutation { siteCreate(name: "Pairs") { site { id pages { nodes { id } } } } }')
    site = site["siteCreate"]["site"]
    merchant = shop.ask(
        'mutation ($s: ID!) { merchantCreate(siteId: $s, name: "M") { merchant { id } } }',
        s=site["id"],
    )["merchantCreate"]["merchant"]["id"]
    made = shop.ask(
        """mutation ($s: ID!, $m: ID!) {
          productCreate(siteId: $s, product: {names: {fr: "Vase"}, merchantId: $m},
                        variants: [{sku: "V", prices: [{amount: 1, currency: "EUR"}]}]) {
            product { id variants { id } }
          }
        }""",
        s=site["id"],
        m=merchant,
    )["productCreate"]["product"]
    page = site["pages"]["nodes"][0]["id"]
    shop = Shop(owner, site["id"], page, made["id"], made["variants"][0]["id"])
    hero = [{"op": "insert", "block": "hero"}]
    shop.ask(
        "mutation ($p: ID!, $o: [JSON!]!) { pageEdit(pageId: $p, ops: $o) { seq } }", p=page, o=hero
    )
    return shop


def follower(port: int, token: str) -> WebsocketsTransport:
    return WebsocketsTransport(f"ws://127.0.0.1:{port}/graphql", init_payload={"token": token})


async def test_gql_asks_and_changes(shared_vitrail: Vitrail, owner_token: str, shop: Shop):
    async with Client(transport=follower(shared_vitrail.port, owner_token)) as session:
        query = GraphQLRequest(
            "query ($p: ID!) { product(id: $p) { id revision } }",
            variable_values={"p": shop.product},
        )
        assert (await session.execute(query))["product"]["id"] == shop.product
        with pytest.raises(TransportQueryError) as refused:
            await session.execute(GraphQLRequest("{ nothing }"))
        assert refused.value.errors
        assert refused.value.errors[0]["extensions"]["code"] == "graphql_invalid"


def test_gql_asks_and_changes_over_http(shared_vitrail: Vitrail, owner_token: str, shop: Shop):
    transport = RequestsHTTPTransport(
        f"{shared_vitrail.base}/graphql", headers={"Authorization": f"Bearer {owner_token}"}
    )
    rename = GraphQLRequest(
        """mutation ($p: ID!, $input: ProductInput!) {
          productUpdate(id: $p, product: $input) { product { name } errors { code } }
        }""",
        variable_values={"p": shop.product, "input": {"names": {"fr": "Coupe"}}},
    )
    with Client(transport=transport, fetch_schema_from_transport=True) as session:
        done = session.execute(rename)["productUpdate"]
        assert done == {"product": {"name": "Coupe"}, "errors": []}
        assert session.execute(GraphQLRequest("{ me { name } }"))["me"]["name"]


async def test_gql_validates_against_the_schema_that_it_is_told(
    shared_vitrail: Vitrail, owner_token: str
):
    client = Client(
        transport=follower(shared_vitrail.port, owner_token), fetch_schema_from_transport=True
    )
    async with client as session:
        assert client.schema is not None
        assert "productChanged" in client.schema.subscription_type.fields  # pyright: ignore[reportOptionalMemberAccess]
        with pytest.raises(Exception, match="Cannot query field 'nothing'"):
            await session.execute(GraphQLRequest("{ nothing }"))


async def test_gql_goes_on_where_it_was(shared_vitrail: Vitrail, owner_token: str, shop: Shop):
    since, told = 0, list[int]()
    with Proxy(shared_vitrail.port) as proxy:
        async with asyncio.timeout(60):
            for amount in (100, 200, 300):
                await asyncio.to_thread(shop.price, amount)
                async with Client(transport=follower(proxy.port, owner_token)) as session:
                    asked = GraphQLRequest(
                        CHANGES, variable_values={"site": shop.site, "since": since}
                    )
                    events = session.subscribe(asked)
                    event = (await anext(events))["productChanged"]
                    since = event["seq"]
                    told.append(event["product"]["prices"][0]["amount"])
                    proxy.cut()
                    with pytest.raises((TransportConnectionFailed, TransportError)):
                        await anext(events)
    assert told == [100, 200, 300]


def test_graphql_ws_goes_on_where_it_was(shared_vitrail: Vitrail, owner_token: str, shop: Shop):
    script = Path(__file__).parent / "graphql-ws.mjs"
    since = shop.headline("Avant")
    seqs: dict[str, list[int]] = {"productChanged": [], "pageChanged": []}
    with Proxy(shared_vitrail.port) as proxy:
        url = f"{proxy.base.replace('http', 'ws')}/graphql"
        command = [servers.node(), script, url, owner_token, shop.site, shop.page, str(since)]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            for amount in (100, 200, 300):
                shop.price(amount)
                page_seq = shop.headline(f"À {amount}")
                shown = sold = False
                while not (shown and sold):
                    line = json.loads(next(process.stdout))
                    assert "failed" not in line, line
                    assert not line.get("errors"), line
                    if line["name"] not in seqs:
                        continue
                    seqs[line["name"]].append(line["event"]["seq"])
                    shown |= line["event"]["seq"] == page_seq and line["name"] == "pageChanged"
                    product = line["event"].get("product")
                    sold |= bool(product) and product["prices"] == [{"amount": amount}]
                proxy.cut()
            process.stdin.write("stop\n")
            process.stdin.flush()
            process.stdout.read()
        assert process.returncode == 0
    for each in seqs.values():
        assert each == sorted(set(each))
        assert len(each) >= 3
