"""A server without what is behind its requests would refuse everything for ever: it ends, to be started anew."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from websockets.exceptions import ConnectionClosed

from tests.collab.client import Client
from tests.servers import Vitrail


def test_a_server_whose_log_has_failed_ends_and_says_why(tmp_path: Path):
    broken = {"PYTHONPATH": str(Path(__file__).parent / "broken")}
    server = Vitrail(tmp_path / "data", environment=broken)
    server.start()
    assert server.process is not None
    client = Client(server.base, server.run("token", "create"), "doc:broken")
    client.sync()
    before = client.acknowledged
    client.edit("a", 1)
    with suppress(ConnectionClosed):
        while True:
            client.receive()
    assert client.acknowledged == before
    assert server.process.wait(60) == 1
    server.stop()
    assert any("the log is broken" in fault for fault in server.faults())
