"""A server without what is behind its requests would refuse everything for ever: it ends, to be started anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from tests.collab.client import Client
from tests.servers import Vitrail


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[Vitrail]:
    folder = str(Path(__file__).parent / "poisoned")
    server = Vitrail(tmp_path / "data", environment={"PYTHONPATH": folder})
    server.start()
    yield server
    server.stop()


def test_a_server_whose_log_has_failed_ends_and_says_why(broken: Vitrail):
    assert broken.process is not None
    client = Client(broken.base, broken.run("token", "create"), "doc:broken")
    client.sync()
    before = client.acknowledged
    client.edit("a", "this update breaks the log")
    with suppress(ConnectionClosed):
        while True:
            client.receive()
    assert client.acknowledged == before
    assert broken.process.wait(60) == 1
    assert any("the log is broken" in fault for fault in broken.faults())
