"""The same people and the same place, on a server with PostgreSQL.

A fixture that is kept for the session is kept by its definition: those that stand on the server are defined anew here.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator

import httpx2
import pytest

from tests.api.conftest import Api, Place, open_place
from tests.core.test_migrations import new_postgres
from tests.people import Asker, gather
from tests.servers import Vitrail


@pytest.fixture(scope="session")
def shared_vitrail(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vitrail]:
    url = asyncio.run(new_postgres(postgres, f"graphql_{secrets.token_hex(4)}"))
    environment = {"VITRAIL_OUTGOING": "loopback", "VITRAIL_DATABASE_URL": url}
    server = Vitrail(tmp_path_factory.mktemp("postgres") / "data", environment=environment)
    server.run("migrate")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def http(shared_vitrail: Vitrail) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=shared_vitrail.base, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def askers(shared_vitrail: Vitrail, http: httpx2.Client) -> dict[str, Asker]:
    return gather(shared_vitrail, http)


@pytest.fixture(scope="session")
def apis(askers: dict[str, Asker]) -> dict[str, Api]:
    return {name: Api(asker) for name, asker in askers.items()}


@pytest.fixture(scope="session")
def place(askers: dict[str, Asker]) -> Place:
    return open_place(askers["owner"])
