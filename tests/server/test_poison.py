"""An update that kills or stops native code: its author is refused, the others go on."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import Any

import pytest
from pycrdt import Doc
from websockets.exceptions import ConnectionClosed, WebSocketException

from tests.collab.client import Client
from tests.servers import Vitrail
from vitrail.collab.flight import Recorder, left_behind, watch

HERE = Path(__file__).parent
DEATHS = ["this update crashes", "this update hangs"]


@pytest.fixture
def supervised(tmp_path: Path):
    path = os.pathsep.join(filter(None, (str(HERE / "poisoned"), os.environ.get("PYTHONPATH"))))
    server = Vitrail(
        tmp_path / "data", environment={"PYTHONPATH": path}, arguments=("--workers", "1")
    )
    server.start()
    yield server
    server.stop()


def come_back(server: Vitrail, token: str, name: str, doc: Doc[Any] | None = None) -> Client:
    """Open a document as soon as the server is there again."""
    give_up = time.monotonic() + 40  # twenty times what is promised: a fast machine asks often
    while time.monotonic() < give_up:
        with contextlib.suppress(OSError, EOFError, WebSocketException):
            return Client(server.base, token, name, doc)
    raise AssertionError("the server did not come back")


def die(record: Recorder) -> None:
    """Let go of a record as a process does that is killed."""
    record._map.close()
    record._file.close()


@pytest.mark.parametrize("death", DEATHS)
def test_poison_is_kept_out_and_the_others_go_on(supervised: Vitrail, death: str):
    token = supervised.run("token", "create")
    bad = Client(supervised.base, token, "doc:bad")
    good = Client(supervised.base, token, "doc:good")
    for client in (bad, good):
        client.sync()
        client.edit("kept", 1)
        client.settle()
    bad.map["poison"] = death
    bad.push(bad.doc.get_update(b"\x00"))
    with pytest.raises(ConnectionClosed):
        good.socket.recv(timeout=30)
    with come_back(supervised, token, "doc:good", good.doc) as again:
        again.sync()
        again.edit("later", 2)
        again.settle()
        assert again.refused == 0
    with come_back(supervised, token, "doc:bad", bad.doc) as author:
        author.sync()  # what the server asks for brings the poison
        assert (author.refused, author.acknowledged) == (1, 0)
    with come_back(supervised, token, "doc:bad") as reader:
        reader.sync()
        assert reader.map.to_py() == {"kept": 1}
    [saved] = (supervised.data / "flights").glob("*.poison")
    assert death.encode() in saved.read_bytes()
    assert supervised.process is not None
    assert supervised.process.poll() is None


def test_a_server_that_was_killed_from_outside_keeps_nothing_out(supervised: Vitrail):
    token = supervised.run("token", "create")
    folder = supervised.data / "flights"
    supervised.stop()
    record = Recorder(folder / "1.flight")
    record.begin("doc:innocent", [("somebody", b"\x00\x00")])
    die(record)
    supervised.start()
    with come_back(supervised, token, "doc:innocent") as client:
        client.sync()
        client.edit("a", 1)
        client.settle()
        assert client.acknowledged
    assert not list(folder.glob("*.poison"))


def test_a_record_tells_what_is_in_flight(tmp_path: Path):
    path = tmp_path / "1.flight"
    record = Recorder(path)
    assert watch(path) == (False, 0, 0, 0)
    record.begin("doc:a", [("ada", b"x" * 1000)])
    record.beat()
    assert watch(path) == (True, 1, 0.302, 1)
    assert list(left_behind(tmp_path)) == []  # whoever made it lives
    die(record)
    [flight] = left_behind(tmp_path)
    assert (flight.doc, [(p.actor_id, p.payload) for p in flight.updates]) == (
        "doc:a",
        [("ada", b"x" * 1000)],
    )
    assert list(left_behind(tmp_path)) == []
    assert watch(path) is None


def test_more_to_read_may_take_longer(tmp_path: Path):
    path = tmp_path / "1.flight"
    record = Recorder(path)
    record.begin("doc:a", size=10_000_000)
    pulse = watch(path)
    assert pulse is not None
    assert pulse.patience == 20.3
    record.end()
    die(record)


def test_what_has_landed_is_not_in_flight(tmp_path: Path):
    record = Recorder(tmp_path / "1.flight")
    record.begin("doc:a", [("ada", b"x")])
    record.end()
    die(record)
    assert list(left_behind(tmp_path)) == []
    assert not list(tmp_path.iterdir())
