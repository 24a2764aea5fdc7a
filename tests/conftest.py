from __future__ import annotations

from typing import TYPE_CHECKING

import httpx2
import pytest

from tests import servers
from tests.forks import Fork
from tests.people import Asker, gather
from tests.servers import Vitrail

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

Vitrail.launch = Fork
# Seconds: longer than a server waits for its database, so that its own answer is seen.
PATIENCE = 90


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to a failure what its servers wrote, and what they are at."""
    report = yield
    if report.failed:
        found: dict[str, object] = getattr(item, "funcargs", {})
        its = [server for server in Vitrail.running if server in found.values()]
        for server in its or Vitrail.running:
            report.sections.append((f"the server at {server.base}", server.tell()))
    return report


@pytest.fixture
def vitrail(tmp_path: Path) -> Iterator[Vitrail]:
    server = Vitrail(tmp_path / "data")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def shared_vitrail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vitrail]:
    """One server for the tests that only look, or make their own sites."""
    server = Vitrail(
        tmp_path_factory.mktemp("vitrail") / "data", environment={"VITRAIL_OUTGOING": "loopback"}
    )
    server.start()
    yield server
    server.stop()
    assert server.faults() == []


@pytest.fixture(scope="session")
def owner_token(shared_vitrail: Vitrail) -> str:
    return shared_vitrail.run("token", "create")


@pytest.fixture
def owner(shared_vitrail: Vitrail, owner_token: str) -> Iterator[httpx2.Client]:
    headers = {"Authorization": f"Bearer {owner_token}"}
    with httpx2.Client(base_url=shared_vitrail.base, headers=headers, timeout=PATIENCE) as client:
        yield client


@pytest.fixture(scope="module")  # its loop must not run while other tests want one
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    path, env = servers.chromium()
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=path, env=env, args=servers.CHROMIUM_ARGUMENTS
        )
        yield found
        found.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with servers.postgres() as server:
        yield server.url


@pytest.fixture(scope="session")
def redis() -> Iterator[servers.Redis]:
    with servers.redis() as server:
        yield server


@pytest.fixture(scope="session")
def http(shared_vitrail: Vitrail) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=shared_vitrail.base, timeout=PATIENCE) as client:
        yield client


@pytest.fixture(scope="session")
def askers(shared_vitrail: Vitrail, http: httpx2.Client) -> dict[str, Asker]:
    """One person of each role, a stranger, nobody, and a token of the owner for each scope."""
    return gather(shared_vitrail, http)
