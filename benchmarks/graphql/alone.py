"""What Vitrail has to hold by itself."""

from __future__ import annotations

import asyncio
import hashlib
import json
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from websockets.asyncio.client import connect

from benchmarks.graphql import asking
from tests.api.test_limits import CORPUS
from vitrail.graphql.socket import Telling, message_head

if TYPE_CHECKING:
    from benchmarks.graphql.servers import Data, Server

P95_LIMIT, RATE, SECONDS = 0.050, 100, 10
TICK_LIMIT, LISTENERS, TICKS = 10e-6, 200, 100
UNCHANGED_LIMIT = 2.0
ATTACK_LIMIT = 0.050
FOLLOW = """subscription($site: ID!) {
  productChanged(siteId: $site) { seq product { name prices { amount currency } merchant { name } } }
}"""
SET = """mutation($id: ID!, $amount: Int!) {
  priceSet(variantId: $id, price: {amount: $amount, currency: "EUR"}) { errors { code } }
}"""


def examine(server: Server, data: Data, rounds: int) -> bool:
    """Print the figures; tell whether all are met."""
    asking.cost(server, data, asking.DETAIL, lambda n: {"id": data.products[n]}, 100)  # for caches
    late = statistics.median(asyncio.run(_p95(server, data)) for _ in range(rounds))
    fine = _tell("p95 of detail at 100/s", late * 1e3, P95_LIMIT * 1e3, "ms")
    ratios = [_unchanged(server, data) for _ in range(rounds)]
    fine &= _tell("304 / empty handler", statistics.median(ratios), UNCHANGED_LIMIT, "times")
    asyncio.run(_tick(server, data, 1))  # for caches
    alone = statistics.median(asyncio.run(_tick(server, data, 1)) for _ in range(rounds))
    many = statistics.median(asyncio.run(_tick(server, data, LISTENERS)) for _ in range(rounds))
    each = max(many - alone, 0) / (LISTENERS - 1)
    print(f"a tick for one more, with the kernel's write: {each * 1e6:.1f} us")
    hearing = statistics.median(_hearing() for _ in range(rounds))
    fine &= _tell("a tick for one more, in the process", hearing * 1e6, TICK_LIMIT * 1e6, "us")
    slowest, family = _attacks(server, data)
    fine &= _tell(f"slowest attack ({family})", slowest * 1e3, ATTACK_LIMIT * 1e3, "ms")
    return fine


def _tell(what: str, found: float, limit: float, unit: str) -> bool:
    verdict = "met" if found <= limit else "NOT MET"
    print(f"{what}: {found:.2f} {unit}, at most {limit:g}: {verdict}", flush=True)
    return found <= limit


async def _p95(server: Server, data: Data) -> float:
    """Ask so many times a second, whatever the answers take; the 95th percentile from when each was due."""
    loop = asyncio.get_running_loop()
    lines = [asking.Line(server, data) for _ in range(16)]
    free: asyncio.Queue[asking.Line] = asyncio.Queue()
    for line in lines:
        free.put_nowait(line)
    late: list[float] = []

    async def one(number: int, due: float) -> None:
        line = await free.get()
        variables = {"id": data.products[number % len(data.products)]}
        await asyncio.to_thread(line.query, asking.DETAIL, variables)
        late.append(loop.time() - due)
        free.put_nowait(line)

    begun = loop.time()
    async with asyncio.TaskGroup() as tasks:
        for number in range(RATE * SECONDS):
            due = begun + number / RATE
            await asyncio.sleep(max(due - loop.time(), 0))
            tasks.create_task(one(number, due))
    return statistics.quantiles(late, n=100)[94]


def _unchanged(server: Server, data: Data, count: int = 400) -> float:
    """Return what a persisted GET that has not changed costs, in empty handlers of the same door."""
    line, token = asking.Line(server, data), data.tokens[0]
    digest = _persist(line)
    extensions = json.dumps({"persistedQuery": {"version": 1, "sha256Hash": digest}})
    variables = json.dumps({"id": data.products[0]})
    path = "/graphql?" + urlencode({"extensions": extensions, "variables": variables})
    _, headers, _ = line.ask("GET", path, token=token)
    tag = next(value for name, value in headers.items() if name.lower() == "etag")
    taken: list[float] = []
    for method, address, sent, status in (
        ("OPTIONS", "/graphql", {}, 204),
        ("GET", path, {"If-None-Match": tag}, 304),
    ):
        before = server.cpu()
        for _ in range(count):
            assert line.ask(method, address, token=token, **sent)[0] == status
        taken.append(server.cpu() - before)
    return taken[1] / taken[0]


def _persist(line: asking.Line) -> str:
    digest = hashlib.sha256(asking.DETAIL.encode()).hexdigest()
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": digest}}
    line.ask("POST", "/graphql", {"query": asking.DETAIL, "variables": {"id": "product:0"}, "extensions": extensions})  # fmt: skip
    return digest


async def _tick(server: Server, data: Data, listeners: int) -> float:
    """Return the processor's time of a change of price that so many are told of, in seconds."""
    sockets = [await _listen(server, data, n) for n in range(listeners)]
    line = asking.Line(server, data)
    told = [0] * listeners

    async def read(number: int) -> None:
        while True:
            message = json.loads(await sockets[number].recv())
            assert message["type"] == "next", message
            told[number] += 1

    async def change(number: int) -> None:
        amount = int(time.time() * 1000) % 10**6 * 100 + number
        await asyncio.to_thread(line.query, SET, {"id": data.variant, "amount": amount})

    readers = [asyncio.create_task(read(number)) for number in range(listeners)]
    async with asyncio.timeout(30):
        while min(told) == 0:  # until all have begun to listen
            await change(0)
            await asyncio.sleep(0.05)
    begun, before = list(told), server.cpu()
    for number in range(1, TICKS + 1):
        await change(number)
        async with asyncio.timeout(30):  # one at a time: what comes quickly may be told as one
            while any(now - then < number for now, then in zip(told, begun, strict=True)):  # noqa: ASYNC110
                await asyncio.sleep(0.001)
    taken = server.cpu() - before
    for reader in readers:
        reader.cancel()
    for socket in sockets:
        await socket.close()
    return taken / TICKS


def _hearing(count: int = 10_000) -> float:
    """Return what one more listener costs until the kernel is called, in seconds."""
    telling = Telling(_Nowhere(), lambda: 0, message_head("1"))
    event = b'{"data":{"productChanged":{"seq":1,"product":{"name":"Lampe"}}}}' * 4
    begun = time.process_time()
    for _ in range(count):
        telling.hear(event)
    return (time.process_time() - begun) / count


class _Nowhere:
    """A line that drops what it is told."""

    def tell(self, frames: bytes) -> bool:
        return bool(frames)


async def _listen(server: Server, data: Data, number: int) -> Any:
    address = server.base.replace("http", "ws") + "/graphql"
    socket = await connect(address, subprotocols=["graphql-transport-ws"])  # type: ignore[list-item]
    token = data.tokens[number % len(data.tokens)]
    await socket.send(json.dumps({"type": "connection_init", "payload": {"token": token}}))
    assert json.loads(await socket.recv())["type"] == "connection_ack"
    ask = {"query": FOLLOW, "variables": {"site": data.site}}
    await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": ask}))
    await socket.send(json.dumps({"type": "ping"}))
    assert json.loads(await socket.recv())["type"] == "pong"
    return socket


def _attacks(server: Server, data: Data) -> tuple[float, str]:
    """Return how long the slowest attack takes to be refused, of the best of three each."""
    slowest = (0.0, "")
    for family, body, _ in CORPUS:
        best = min(_once(asking.Line(server, data), body) for _ in range(3))
        slowest = max(slowest, (best, family))
    print(f"{len(CORPUS)} attacks", file=sys.stderr)
    return slowest


def _once(line: asking.Line, body: Any) -> float:
    begun = time.perf_counter()
    line.ask("POST", "/graphql", body)
    return time.perf_counter() - begun
