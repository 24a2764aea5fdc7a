"""Nodes on one PostgreSQL with Redis between them: real processes, sockets and documents."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from pycrdt import Doc
from typing_extensions import override
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests import servers
from tests.api.test_socket import PROTOCOL, subscribe
from tests.collab.client import Client, awareness
from tests.collab.cluster import Cluster, cluster_of
from tests.collab.line import Line
from tests.collab.test_access_changes import Site
from tests.people import Asker
from vitrail.collab.codec import Reader

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from tests.servers import Redis

pytestmark = [pytest.mark.postgres, pytest.mark.redis]
PATIENCE = 20  # seconds: ten times what is promised


@pytest.fixture(scope="module")
def redis() -> Iterator[Redis]:
    """A Redis of these tests alone: they kill it."""
    with servers.redis() as server:
        yield server


@pytest.fixture(scope="module")
def cluster(module_database, redis, tmp_path_factory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("nodes")
    nodes = {"a": {}, "b": {}, "deaf": {"VITRAIL_REDIS_URL": ""}}
    with cluster_of(folder, module_database, redis.url, nodes) as running:
        yield running


def join(cluster: Cluster, node: str, name: str, doc: Doc[Any] | None = None) -> Client:
    client = Client(cluster.nodes[node].base, cluster.token, name, doc)
    client.sync()
    return client


def sees(client: Client, key: str) -> None:
    while key not in client.map.to_py():
        client.receive(PATIENCE)


def both_ways(one: Client, two: Client, word: str) -> None:
    for writer, reader in ((one, two), (two, one)):
        key = f"{word} of {id(writer)}"
        writer.edit(key, 1)
        sees(reader, key)


@pytest.mark.parametrize("other", ["b", "deaf"], ids=["through Redis", "through the database"])
def test_an_edit_on_one_node_reaches_colleagues_on_the_other(cluster, other):
    name = f"doc:crossing-{other}"
    with join(cluster, "a", name) as one, join(cluster, other, name) as two:
        for number in range(3):
            both_ways(one, two, str(number))
        one.settle()
        two.settle()
        assert one.map.to_py() == two.map.to_py()


def test_one_owner_and_one_demo_site_were_made_by_nodes_that_started_together(cluster):
    headers = {"Authorization": f"Bearer {cluster.token}"}
    for node in cluster.nodes.values():
        sites = httpx2.get(f"{node.base}/api/sites", headers=headers).json()
        assert len(sites) == 1


def test_a_document_is_closed_and_set_apart_on_every_node(cluster):
    """Through Redis at once, and without it within a glance at the database."""
    name = "doc:apart"
    address = f"{cluster.nodes['a'].base}/api/instance"
    headers = {"Authorization": f"Bearer {cluster.token}"}
    with join(cluster, "a", name) as here, join(cluster, "b", name) as there:
        both_ways(here, there, "before")
        told = httpx2.get(address, headers=headers).json()
        assert (len(told["nodes"]), told["silent_nodes"]) == (2, 0)
        [document] = [d for d in told["documents"] if d["name"] == name]
        assert (document["connections"], len(document["nodes"])) == (2, 2)
        httpx2.post(f"{address}/documents/{name}/close", headers=headers).raise_for_status()
        assert [code_of(client) for client in (here, there)] == [1012, 1012]
    with join(cluster, "b", name) as there, join(cluster, "deaf", name) as deaf:
        apart = f"{address}/documents/{name}/quarantine"
        httpx2.post(apart, headers=headers, json={"reason": "why"}).raise_for_status()
        assert [code_of(client) for client in (there, deaf)] == [4423, 4423]
    for node in cluster.nodes.values():
        with Client(node.base, cluster.token, name) as refused:
            assert "why" in refused.denied
    httpx2.delete(apart, headers=headers).raise_for_status()
    with join(cluster, "deaf", name) as again:
        assert len(again.map.to_py()) == 2


def test_neither_a_command_nor_a_node_that_was_stopped_is_a_node_that_keeps_silent(cluster):
    headers = {"Authorization": f"Bearer {cluster.token}"}
    address = f"{cluster.nodes['a'].base}/api/instance"
    cluster.nodes["b"].run("token", "create")
    told = httpx2.get(address, headers=headers).json()
    assert (len(told["nodes"]), told["silent_nodes"]) == (2, 0)
    third = cluster.add("third")
    third.start()
    while len(httpx2.get(address, headers=headers).json()["nodes"]) < 3:
        pass
    third.stop()
    del cluster.nodes["third"]
    told = httpx2.get(address, headers=headers, timeout=PATIENCE).json()
    assert (len(told["nodes"]), told["silent_nodes"]) == (2, 0)


def code_of(client: Client) -> int:
    """Read until the server closes the socket; return its code."""
    with pytest.raises(ConnectionClosed) as ended:
        sees(client, "nothing more")
    assert ended.value.rcvd is not None
    return ended.value.rcvd.code


@pytest.mark.parametrize("fault", ["killed", "paused"])
def test_editing_goes_on_while_redis_is(cluster, redis, fault):
    name = f"doc:redis-{fault}"
    with join(cluster, "a", name) as one, join(cluster, "b", name) as two:
        both_ways(one, two, "before")
        if fault == "killed":
            redis.kill()
        else:
            redis.send(signal.SIGSTOP)
        try:
            for number in range(2):
                both_ways(one, two, f"during {number}")
            one.settle()
            two.settle()
        finally:
            if fault == "killed":
                redis.start()
            else:
                redis.send(signal.SIGCONT)
        both_ways(one, two, "after")


def test_presence_comes_back_with_redis_and_goes_with_the_socket(cluster, redis):
    name = "doc:presence"
    with join(cluster, "b", name) as two:
        with join(cluster, "a", name) as one:
            one.send(awareness(7, 1, b'{"at":1}'))
            assert b'"at":1' in presence(two, 7)
            redis.kill()
            redis.start()
            while True:  # until the nodes hear each other again
                one.send(awareness(7, 2, b'{"at":2}'))
                if b'"at":2' in presence(two, 7):
                    break
        assert presence(two, 7) == b"null"


def presence(client: Client, wanted: int) -> bytes:
    """Return the next state of somebody else."""
    while True:
        frame = client.socket.recv(timeout=PATIENCE)
        assert isinstance(frame, bytes)
        reader = Reader(frame)
        reader.bytes()
        if reader.uint() == 1:
            message = Reader(reader.bytes())
            for _ in range(message.uint()):
                who, _, state = message.uint(), message.uint(), message.bytes()
                if who == wanted:
                    return state


def test_presence_and_a_shop_are_told_on_another_node(cluster):
    """Programs and editors that are on one node follow what is done on the other."""
    a, b = cluster.nodes["a"].base, cluster.nodes["b"].base
    bearer = {"Authorization": f"Bearer {cluster.token}"}
    with httpx2.Client(base_url=a, headers=bearer, timeout=PATIENCE) as http:
        site = http.get("/api/sites").json()[0]["id"]
        page = http.get(f"/api/sites/{site}/pages").json()[0]["id"]
        away = b.replace("http", "ws", 1)
        with (
            connect(f"{away}/graphql", subprotocols=[PROTOCOL]) as graph,
            connect(f"{away}/api/sites/{site}/shop/live", additional_headers=bearer) as shop,
        ):

            def present() -> list[str]:
                event = json.loads(graph.recv(timeout=PATIENCE))["payload"]["data"]
                return [each["nodeId"] for each in event["presence"]]

            init = {"type": "connection_init", "payload": {"token": cluster.token}}
            graph.send(json.dumps(init))
            graph.recv(timeout=PATIENCE)
            query = "subscription($p: ID!) { presence(pageId: $p) { nodeId } }"
            graph.send(subscribe("1", query, p=f"page:{page}"))
            assert present() == []
            with join(cluster, "a", f"page:{page}") as editor:
                editor.send(awareness(7, 1, b'{"selection": ["b2"]}'))
                assert present() == ["b2"]
            assert present() == []
            make = (
                'mutation($s: ID!) { merchantCreate(siteId: $s, name: "Loin") { errors { code } } }'
            )
            body = {"query": make, "variables": {"s": f"site:{site}"}}
            made = http.post("/graphql", json=body).json()["data"]["merchantCreate"]
            assert made["errors"] == []
            assert json.loads(shop.recv(timeout=PATIENCE))["seq"] > 0


def test_revoked_access_closes_a_socket_on_another_node(cluster):
    a, b = cluster.nodes["a"].base, cluster.nodes["b"].base
    headers = {"Authorization": f"Bearer {cluster.token}", "Origin": a}
    with httpx2.Client(base_url=a, timeout=PATIENCE) as http:
        site = Site(Asker("owner", http, headers))
        guest = site.come(site.link("designer"))
        line = Line(
            guest, "v", f"page:{site.page}", base=b.replace("http", "ws"),
            headers={**guest.headers, "Origin": b},
        )  # fmt: skip
        with line.open():
            assert line.write("Avant") == ""
            gone = site.owner.ask("DELETE", f"{site.url}/members/{guest.id}")
            assert gone.is_success
            assert line.closed() == (4403, "access was revoked")


class Designer(threading.Thread):
    """Edits without pause, on whichever node is there, and knows what was acknowledged."""

    def __init__(self, cluster: Cluster, name: str, who: str) -> None:
        super().__init__()
        self._cluster, self._name, self._who = cluster, name, who
        self.doc: Doc[Any] = Doc()
        self.enough = threading.Event()
        self.acknowledged = 0
        self.keys: list[str] = []
        self.codes: list[int | None] = []
        self.nodes: set[str] = set()

    @override
    def run(self) -> None:
        while not self.enough.is_set():
            for node in ("a", "b"):
                with contextlib.suppress(ConnectionClosed, TimeoutError, OSError, EOFError):
                    self._edit_on(node)

    def _edit_on(self, node: str) -> None:
        with join(self._cluster, node, self._name, self.doc) as client:
            # A sync brought what was not acknowledged before, and was acknowledged itself.
            client.settle()
            self.acknowledged = len(self.keys)
            self.nodes.add(node)
            try:
                while not self.enough.is_set():
                    key = f"{self._who}{len(self.keys)}"
                    self.keys.append(key)
                    client.edit(key, 1)
                    client.settle()
                    self.acknowledged = len(self.keys)
                    self.enough.wait(0.005)  # leaves the processor to those who start
            except ConnectionClosed as ended:
                self.codes.append(ended.rcvd.code if ended.rcvd else None)
                raise

    def promised_more(self, than: int) -> bool:
        return self.acknowledged > than


@contextlib.contextmanager
def designers(cluster: Cluster, name: str) -> Generator[list[Designer]]:
    people = [Designer(cluster, name, who) for who in "xy"]
    for designer in people:
        designer.start()
    try:
        yield people
    finally:
        for designer in people:
            designer.enough.set()
        for designer in people:
            designer.join(60)


def wait_for_edits(people: list[Designer]) -> None:
    """Wait until everybody had an edit acknowledged that was made after this moment."""
    marks = [len(designer.keys) for designer in people]
    pause = threading.Event()
    for designer, mark in zip(people, marks, strict=True):
        while not designer.promised_more(mark):
            assert designer.is_alive()
            pause.wait(0.01)


def test_nodes_that_restart_one_after_another_lose_nothing(cluster):
    name = "doc:rolling"
    with designers(cluster, name) as people:
        wait_for_edits(people)
        for node in (cluster.nodes["a"], cluster.nodes["b"]):
            assert node.process is not None
            node.process.terminate()
            assert node.process.wait(30) == 0
            wait_for_edits(people)  # on the other node, before this one is back
            node.start()
            wait_for_edits(people)
    assert {code for designer in people for code in designer.codes} == {1012}
    all_kept(cluster, ["a", "b", "deaf"], name, people)


def all_kept(cluster: Cluster, nodes: list[str], name: str, people: list[Designer]) -> None:
    for node in nodes:
        with join(cluster, node, name) as reader:
            kept = reader.map.to_py()
            for designer in people:
                assert kept.keys() >= set(designer.keys[: designer.acknowledged])


# ---- workers -------------------------------------------------------------------------------


def workers_of(process: subprocess.Popen[str]) -> list[int]:
    """Return the processes that were forked for a supervisor."""
    return [pid for forker in _children(process.pid) for pid in _children(forker)]


def _children(pid: int) -> list[int]:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def told_by_workers(base: str) -> set[str]:
    """Return which workers a scrape tells of, whichever of them answers it."""
    text = httpx2.get(f"{base}/metrics").text
    return set(re.findall(r'^vitrail_build_info\{worker="(\d+)"', text, re.MULTILINE))


def test_workers_are_nodes_and_one_that_dies_comes_back(cluster):
    node = cluster.add("workers", {}, "--workers", "2")
    node.start()
    assert node.process is not None
    pause = threading.Event()
    while len(before := workers_of(node.process)) < 2:
        pause.wait(0.01)
    name = "doc:workers"
    with join(cluster, "a", name) as outside, join(cluster, "workers", name) as inside:
        both_ways(outside, inside, "first")
    os.kill(before[0], signal.SIGKILL)
    while before[0] in (now := workers_of(node.process)) or len(now) < 2:
        pause.wait(0.01)
    while len(told := told_by_workers(node.base)) < 2:
        pause.wait(0.01)
    assert "2" in told  # the one that died is left out, its successor tells of itself
    with join(cluster, "a", name) as outside, join(cluster, "workers", name) as inside:
        both_ways(outside, inside, "again")
        node.kill()  # without their supervisor the workers stop as they do upon a signal
        with pytest.raises(ConnectionClosed) as ended:
            sees(inside, "nothing more")
        assert ended.value.rcvd is not None
        assert ended.value.rcvd.code == 1012
    while any(Path(f"/proc/{pid}").exists() for pid in now):
        pause.wait(0.01)


def test_a_killed_node_takes_nothing_acknowledged_with_it(cluster):
    """The last one: the node stays dead."""
    name = "doc:killed"
    with designers(cluster, name) as people:
        wait_for_edits(people)
        cluster.nodes["a"].kill()
        wait_for_edits(people)
    all_kept(cluster, ["b", "deaf"], name, people)
