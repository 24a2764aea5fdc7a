"""The load generator counts what reached somebody: merged updates fully, echoes and losses not."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from pycrdt import Doc, Text, merge_updates
from websockets.sync.server import ServerConnection, serve

from benchmarks.collab import tools
from vitrail.collab.codec import Reader, prefixed

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from tests.servers import Vitrail

FIRST_ID = 3_000_000_000
STEP2 = b"\x00\x01\x02\x00\x00"

pytestmark = pytest.mark.skipif(
    shutil.which("cc") is None, reason="no C compiler, and 100 MB for one is too much for a test"
)


@pytest.fixture(scope="module")
def ylg() -> str:
    return str(tools.compiled("load"))


@pytest.fixture
def edits(tmp_path: Path) -> str:
    """A file of two writers with 200 edits each, on top of a document with one word."""
    base = Doc[Any](client_id=FIRST_ID - 1)
    base.get("text", type=Text).insert(0, "page")
    page = base.get_update()
    parts = [struct.pack("<IIII", FIRST_ID, 2, 4, len(page)), page]
    for writer in range(2):
        doc = Doc[Any](client_id=FIRST_ID + writer)
        doc.apply_update(page)
        parts.append(struct.pack("<I", 200))
        for number in range(200):
            before = doc.get_state()
            doc.get("text", type=Text).insert(0, "é🎉"[number % 2])
            update = doc.get_update(before)
            clock = sum(1 + n % 2 for n in range(number + 1))  # in UTF-16 units
            parts += [struct.pack("<II", clock, len(update)), update]
    path = tmp_path / "edits"
    path.write_bytes(b"".join(parts))
    return str(path)


def run(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


class Relay:
    """Speaks y-websocket; hands each batch of updates to `change`, and its result to everybody."""

    def __init__(self, change: Callable[[list[bytes]], list[bytes]]) -> None:
        self.change = change
        self.peers: set[ServerConnection] = set()
        self.page = b""
        self.batch: list[bytes] = []
        self.all: list[bytes] = []
        self.lock = threading.Lock()

    def serve(self, socket: ServerConnection) -> None:
        self.peers.add(socket)
        for frame in socket:
            assert isinstance(frame, bytes)
            with self.lock:
                self.receive(socket, frame)

    def receive(self, socket: ServerConnection, frame: bytes) -> None:
        if frame[:2] == b"\x00\x00":
            state = merge_updates(*self.all) if len(self.all) > 1 else b"".join(self.all)
            socket.send(b"\x00\x01" + prefixed(state) if state else STEP2)
            return
        update = Reader(frame, 2).bytes()
        self.all.append(update)
        if len(self.all) == 1:
            return
        self.batch.append(update)
        if len(self.batch) == 10:
            batch, self.batch = self.batch, []
            for one in self.change(batch):
                for peer in self.peers:  # its writer too, as some servers do
                    peer.send(b"\x00\x02" + prefixed(one))


@contextmanager
def relay(change: Callable[[list[bytes]], list[bytes]]) -> Generator[str]:
    with serve(Relay(change).serve, "127.0.0.1", 0, compression=None, max_size=None) as server:
        threading.Thread(target=server.serve_forever).start()
        yield str(server.socket.getsockname()[1])
        server.shutdown()


def load(ylg: str, port: str, edits: str) -> dict[str, Any]:
    pace = ["--rate", "200", "--warm", "0", "--seconds", "0.5", "--patience", "1"]
    return run([ylg, "edits", "--port", port, "--edits", edits, "--clients", "3", *pace])


def test_a_merged_update_counts_for_all_that_it_holds_and_an_echo_for_nothing(ylg, edits):
    with relay(lambda batch: [merge_updates(*batch)]) as port:
        found = load(ylg, port, edits)
    assert found["edits"] == 100
    assert found["latency"]["count"] == 200
    assert (found["undelivered"], found["gaps"], found["has_all"]) == (0, 0, True)


def test_a_lost_update_is_missed(ylg, edits):
    with relay(lambda batch: batch[:3] + batch[5:]) as port:
        found = load(ylg, port, edits)
    assert found["gaps"] > 0
    assert found["undelivered"] > 0
    assert not found["drained"]


def test_a_short_run_against_vitrail_converges(ylg, edits, shared_vitrail: Vitrail, owner_token):
    command = [ylg, "edits", "--port", str(shared_vitrail.port), "--edits", edits, "--clients", "5"]
    command += ["--path", f"/collab/y/%s?token={owner_token}", "--document", "doc:load"]
    found = run([*command, "--rate", "100", "--warm", "0", "--seconds", "2"])
    assert found["edits"] == 200
    assert (found["drained"], found["has_all"], found["gaps"]) == (True, True, 0)
