"""Several nodes on one PostgreSQL and perhaps one Redis, as they run on several machines."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.servers import Vitrail
from vitrail.core.access import SCOPES
from vitrail.core.clock import SystemClock
from vitrail.core.database import Database
from vitrail.core.identity import Identity

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from pathlib import Path


class Cluster:
    """Nodes by name, all started at once, and a token that opens documents on each."""

    def __init__(self, folder: Path, database: str, redis: str) -> None:
        self._folder = folder
        self.environment = {
            "VITRAIL_DATABASE_URL": database,
            "VITRAIL_REDIS_URL": redis,
            "VITRAIL_DRAIN_SECONDS": "0.3",
        }
        self.nodes: dict[str, Vitrail] = {}
        self.token = ""

    def start(self, nodes: Mapping[str, Mapping[str, str]]) -> None:
        """Start nodes on an empty database, with what differs in each one's environment."""
        for name, environment in nodes.items():
            self.add(name, environment)
        with ThreadPoolExecutor() as starters:
            for started in [starters.submit(node.start) for node in self.nodes.values()]:
                started.result()
        self.token = asyncio.run(_owner_token(self.environment["VITRAIL_DATABASE_URL"]))

    def add(
        self, name: str, environment: Mapping[str, str] | None = None, *arguments: str
    ) -> Vitrail:
        """Return one more node, not started yet."""
        data = self._folder / name / "data"
        data.parent.mkdir()
        merged = {**self.environment, **(environment or {})}
        node = self.nodes[name] = Vitrail(data, environment=merged, arguments=arguments)
        return node


async def _owner_token(url: str) -> str:
    async with Database(url) as database:
        identity = Identity(database, SystemClock())
        owner = await identity.accounts.by_email(None)
        return (await identity.secrets.create_token(owner["id"], "tests", list(SCOPES)))[1]


@contextmanager
def cluster_of(
    folder: Path, database: str, redis: str, nodes: Mapping[str, Mapping[str, str]]
) -> Generator[Cluster]:
    cluster = Cluster(folder, database, redis)
    try:
        cluster.start(nodes)
        yield cluster
    finally:
        for node in cluster.nodes.values():
            node.stop()
