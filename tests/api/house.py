"""The services of a server in this process, and the GraphQL engine before them, on either database."""

from __future__ import annotations

import asyncio
import itertools
import json
import secrets
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.core.test_migrations import new_postgres
from vitrail.core.access import SYSTEM, Actor
from vitrail.core.database import Database
from vitrail.core.migrate import migrate
from vitrail.core.settings import Settings
from vitrail.graphql.asked import Asked
from vitrail.graphql.engine import Engine
from vitrail.server.application import open_services


@dataclass
class House:
    """Asks an engine; each time from another address, as points are counted by address."""

    runner: asyncio.Runner
    engine: Engine
    site: str
    addresses: Iterator[int] = field(default_factory=itertools.count)

    def answer(self, query: str, actor: Actor = SYSTEM, **variables: Any) -> dict[str, Any]:
        asked = Asked(query=query, variables=variables)
        work = self.engine.answer(asked, actor, f"address {next(self.addresses)}")
        return json.loads(self.runner.run(work).body)

    def __call__(self, query: str, **variables: Any) -> dict[str, Any]:
        """Ask for what must succeed."""
        answer = self.answer(query, **variables)
        assert "errors" not in answer, answer["errors"]
        for payload in answer["data"].values():
            assert not (isinstance(payload, dict) and payload.get("errors")), payload
        return answer["data"]


@contextmanager
def opened(folder: Path, cluster: str | None) -> Generator[House]:
    """Open a house with its first site, on a database of its own in a cluster or on SQLite."""
    with asyncio.Runner() as runner:
        url = runner.run(_database(cluster)) if cluster else ""
        services = open_services(Settings(data=str(folder), database_url=url))
        opening = runner.run(services.__aenter__())
        try:
            [site] = runner.run(opening.catalogue.list(SYSTEM))
            yield House(runner, Engine(opening), f"site:{site['id']}")
        finally:
            runner.run(services.__aexit__(None, None, None))


async def _database(cluster: str) -> str:
    url = await new_postgres(cluster, f"api_{secrets.token_hex(4)}")
    async with Database(url) as database:
        await migrate(database)
    return url
