"""Asking a server over HTTP, with little work of one's own."""

from __future__ import annotations

import http.client
import itertools
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.graphql.servers import Data, Server

DETAIL = """query Detail($id: ID!) {
  product(id: $id) {
    name description prices { amount currency } merchant { name country }
    reviews(first: 5) { nodes { author rating body } }
    similar(first: 3) { name prices { amount currency } merchant { name } }
  }
}"""
LIST = """query List($site: ID!, $n: Int!) {
  products(siteId: $site, first: $n) {
    nodes {
      name prices { amount currency } merchant { name }
      variants { sku prices { amount } } reviews(first: 2) { nodes { rating } }
    }
  }
}"""

_LINES = itertools.count()


class Line:
    """One connection to a server, with a token of its own."""

    def __init__(self, server: Server, data: Data) -> None:
        self._http = http.client.HTTPConnection(urlsplit(server.base).netloc, timeout=60)
        self._token = data.tokens[next(_LINES) % len(data.tokens)]

    def ask(
        self, method: str, path: str, body: Any = None, token: str = "", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body of an answer."""
        sent = {"Authorization": f"Bearer {token or self._token}", **headers}
        content = None
        if body is not None:
            content, sent["Content-Type"] = json.dumps(body), "application/json"
        self._http.request(method, path, content, sent)
        answer = self._http.getresponse()
        return answer.status, dict(answer.headers.items()), answer.read()

    def query(self, query: str, variables: dict[str, Any]) -> Any:
        """Return what a query finds."""
        status, _, body = self.ask("POST", "/graphql", {"query": query, "variables": variables})
        told = json.loads(body)
        if status != 200 or "errors" in told:
            raise SystemExit(f"an error in place of an answer: {body[:500]!r}")
        return told["data"]


def cost(
    server: Server,
    data: Data,
    query: str,
    variables: Callable[[int], dict[str, Any]],
    count: int,
) -> float:
    """Return the processor's time of a request, in seconds: the mean of some."""
    line = Line(server, data)
    found = line.query(query, variables(0))
    _check(found)
    before = server.cpu()
    for number in range(count):
        line.query(query, variables(number))
    return (server.cpu() - before) / count


def _check(found: Any) -> None:
    """See that the server did the work: the reviews and similar products are there."""
    if "product" in found:
        product = found["product"]
        full = len(product["reviews"]["nodes"]) == 5 and len(product["similar"]) == 3
        full &= bool(product["prices"] and product["similar"][0]["merchant"]["name"])
    else:
        nodes = found["products"]["nodes"]
        full = len(nodes) == 100 and all(
            len(node["reviews"]["nodes"]) == 2 and node["variants"][0]["prices"] for node in nodes
        )
    if not full:
        raise SystemExit(f"an answer is not whole: {str(found)[:500]}")
