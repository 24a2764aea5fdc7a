"""Two nodes on one PostgreSQL, with Redis between them: real processes, sockets and documents."""

from __future__ import annotations

import pytest

from tests.collab import cluster as clusters
from tests.collab.client import Client
from tests.collab.cluster import Cluster


@pytest.fixture(scope="module")
def cluster(postgres, redis, tmp_path_factory):
    with clusters.running(tmp_path_factory.mktemp("nodes"), postgres, redis.url) as running:
        yield running


def join(cluster: Cluster, node, name: str) -> Client:
    client = Client(node.base, cluster.token, name)
    client.sync()
    return client


def test_an_edit_on_one_node_reaches_a_colleague_on_the_other(cluster):
    one, two = (join(cluster, node, "doc:crossing") for node in (cluster.a, cluster.b))
    one.edit("from-a", 1)
    while two.map.to_py() != {"from-a": 1}:
        two.receive(20)
    two.edit("from-b", 2)
    while one.map.to_py() != {"from-a": 1, "from-b": 2}:
        one.receive(20)
    one.close()
    two.close()
