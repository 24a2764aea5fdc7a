"""PostgreSQL and Redis die, stand still and come back under two nodes: what was acknowledged stays."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from pycrdt import Doc
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests import servers
from tests.collab.client import Client
from tests.collab.cluster import Cluster, cluster_of
from vitrail.collab.guard import check_state_vector
from vitrail.core.database import Database
from vitrail.core.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from tests.servers import Postgres, Redis

pytestmark = [pytest.mark.postgres, pytest.mark.redis]
PATIENCE = 20  # seconds: ten times what is promised
EVERY = bool(os.environ.get("EVERY_FAULT"))
OUTAGES = ["PostgreSQL killed", "a backend killed", "PostgreSQL stopped", "Redis killed"]


@pytest.fixture(scope="module")
def database() -> Iterator[Postgres]:
    """A PostgreSQL of these tests alone: they kill it."""
    with servers.postgres() as server:
        yield server


@pytest.fixture(scope="module")
def redis() -> Iterator[Redis]:
    with servers.redis() as server:
        yield server


@pytest.fixture(scope="module")
def cluster(
    database: Postgres, redis: Redis, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cluster]:
    asyncio.run(_migrate(database.url))
    folder = tmp_path_factory.mktemp("databases")
    with cluster_of(folder, database.url, redis.url, {"a": {}, "b": {}}) as running:
        yield running


async def _migrate(url: str) -> None:
    async with Database(url) as database:
        await migrate(database)


class Writer:
    """An honest client that comes back with its copy when its socket is closed."""

    def __init__(self, cluster: Cluster, node: str, name: str) -> None:
        self._open = lambda: Client(cluster.nodes[node].base, cluster.token, name, self.doc)
        self.doc: Doc[Any] = Doc()
        self.client = self._open()
        self.client.sync()

    def edit(self, key: str) -> None:
        with contextlib.suppress(ConnectionClosed):
            self.client.edit(key, 1)

    def settle(self) -> None:
        """Wait until all of its edits are acknowledged."""
        while True:
            try:
                self.client.settle()
                return
            except ConnectionClosed:
                self.client = self._open()
                self.client.sync()

    def sees(self, key: str) -> None:
        while key not in self.client.map.to_py():
            try:
                self.client.receive(PATIENCE)
            except ConnectionClosed:
                self.client = self._open()
                self.client.sync()

    def acknowledges_nothing(self, seconds: float) -> None:
        before = self.client.acknowledged
        with contextlib.suppress(TimeoutError, ConnectionClosed):
            while True:
                self.client.receive(seconds)
        assert self.client.acknowledged == before


@contextlib.contextmanager
def outage(kind: str, database: Postgres, redis: Redis | None) -> Generator[None]:
    """Something is broken, and mended in the end."""
    match kind:
        case "PostgreSQL killed":
            database.kill()
            yield
            database.start()
        case "a backend killed":  # which makes PostgreSQL end all others, and recover
            os.kill(database.backends()[-1], signal.SIGKILL)
            yield
            database.start()
        case "PostgreSQL stopped":
            stopped = database.backends()
            for pid in stopped:
                os.kill(pid, signal.SIGSTOP)
            yield
            for pid in stopped:
                os.kill(pid, signal.SIGCONT)
        case _:
            assert redis is not None
            redis.kill()
            yield
            redis.start()


@pytest.mark.parametrize("kind", OUTAGES if EVERY else OUTAGES[:1])
def test_nothing_acknowledged_is_lost_when(
    kind: str, cluster: Cluster, database: Postgres, redis: Redis
) -> None:
    name = f"doc:{kind.replace(' ', '-')}"
    one, two = Writer(cluster, "a", name), Writer(cluster, "b", name)
    for writer in (one, two):
        writer.edit(f"before {id(writer)}")
        writer.settle()
    with outage(kind, database, redis):
        for number in range(20):
            one.edit(f"during {number}")
        if kind in {"PostgreSQL killed", "PostgreSQL stopped"}:
            one.acknowledges_nothing(0.5)
        for node in cluster.nodes.values():
            assert httpx2.get(f"{node.base}/healthz").is_success
    one.settle()
    two.sees("during 19")
    two.edit("after")
    two.settle()
    one.sees("after")
    assert check_state_vector(one.doc.get_state()) == check_state_vector(two.doc.get_state())
    if EVERY:
        for node in cluster.nodes.values():
            node.kill()
            node.start()
    new = Writer(cluster, "b", name)
    assert new.client.map.to_py() == one.client.map.to_py()


def test_whoever_asks_while_postgresql_is_gone_is_told_so_and_the_numbers_go_on(
    cluster: Cluster, database: Postgres
) -> None:
    node = cluster.nodes["a"]
    afar = {"X-Forwarded-For": "10.0.0.1"}  # by a proxy: such a reader of numbers needs a token
    known, strange = ({"Authorization": f"Bearer {t}", **afar} for t in (cluster.token, "strange"))
    with httpx2.Client(base_url=node.base, timeout=PATIENCE) as client:
        assert client.get("/metrics", headers=known).is_success
        assert client.get("/healthz", headers=strange).is_success
        with outage("PostgreSQL killed", database, None):
            assert client.get("/healthz", headers=known).status_code == 200
            assert client.get("/readyz", headers=known).json()["status"] == "failing"
            for path in ("/api/sites", "/api/tokens", "/api/sites"):  # by one connection
                refused = client.get(path, headers=known)
                assert refused.status_code == 503
                assert refused.json()["error"]["message"] == "the database does not answer"
            for headers in ({}, known):
                numbers = client.get("/metrics", headers=headers)
                assert (numbers.status_code, "vitrail_build_info{" in numbers.text) == (200, True)
            for headers in (strange, {**afar, "Cookie": "vitrail_session=strange"}):
                assert client.get("/metrics", headers=headers).status_code == 503
            assert client.get("/metrics", headers=afar).status_code == 401
            with pytest.raises(InvalidStatus) as unavailable:
                connect(
                    node.base.replace("http", "ws") + "/collab/hp",
                    additional_headers=strange,
                    legacy=True,
                )
            assert unavailable.value.response.status_code == 503
        while client.get("/readyz").status_code != 200:
            pass
        assert client.get("/api/sites", headers=known).is_success
        assert client.get("/metrics", headers=strange).status_code == 401
