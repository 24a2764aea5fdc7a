"""Several nodes on one PostgreSQL and perhaps one Redis, as they run on several machines."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.collab.conftest import new_database
from tests.servers import Vitrail

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


class Cluster:
    """Nodes `a` and `b`, and a token that opens documents on both."""

    def __init__(self, folder: Path, database: str, redis: str) -> None:
        self.environment = {"VITRAIL_DATABASE_URL": database, "VITRAIL_DRAIN_SECONDS": "0.3"}
        if redis:
            self.environment["VITRAIL_REDIS_URL"] = redis
        self._folder = folder
        self.nodes: list[Vitrail] = []
        self.a, self.b = self.node(), self.node()
        self.token = self.a.run("token", "create")

    def node(self, *arguments: str) -> Vitrail:
        """Start one more node."""
        data = self._folder / f"node{len(self.nodes)}" / "data"
        data.parent.mkdir()
        node = Vitrail(data, environment=self.environment, arguments=arguments)
        self.nodes.append(node)
        node.start()
        return node


@contextmanager
def running(folder: Path, postgres: str, redis: str = "") -> Generator[Cluster]:
    url = asyncio.run(new_database(postgres))
    cluster = Cluster(folder, url, redis)
    try:
        yield cluster
    finally:
        for node in cluster.nodes:
            node.stop()
