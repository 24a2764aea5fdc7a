"""A server that is killed at a named step loses nothing that it acknowledged, and comes back."""

from __future__ import annotations

import contextlib
import itertools
import os
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from pycrdt import Doc
from websockets.exceptions import ConnectionClosed

from tests.collab.client import Client
from vitrail.collab.folding import TAIL_UPDATES

if TYPE_CHECKING:
    from tests.faults.conftest import Start
    from tests.servers import Vitrail

ROOM, LOG = "vitrail.collab.room:Room", "vitrail.collab.log:UpdateLog"
RECEIPTS = "vitrail.collab.receipts:Receipts"
WRITER = "vitrail.collab.sqlite_writer"
# Counted calls let some edits through first. Each is the place where a process would do most harm.
EDITING = [
    f"{ROOM}.receive:before:5",
    f"{ROOM}.take_in:after:5",
    f"{ROOM}.flush:before:3",
    f"{ROOM}.flush:after:3",
    f"{LOG}.append:before:4",
    f"{LOG}.append:after:4",
    f"{WRITER}:_store:before:3",
    f"{WRITER}:_store:after:3",
    f"{WRITER}:SqliteWriter.commit:after:3",
    "vitrail.collab.log:_tell:after:3",
    "vitrail.collab.nodes:Nodes.committed:before:3",
    "vitrail.collab.nodes:Nodes.committed:after:3",
    f"{ROOM}.committed:before:3",
    f"{RECEIPTS}._send:before:3",
    f"{RECEIPTS}._send:after:3",
]
COMPACTOR = "vitrail.collab.compactor:Compactor"
# A document is folded once so many edits have followed its snapshot, and they pause.
FOLDING = [
    f"{COMPACTOR}.compact:before",
    "vitrail.collab.worker:Worker.fold:before",
    "vitrail.collab.worker:Worker.fold:after",
    "vitrail.collab.archive:put_snapshot:after",
    "vitrail.collab.archive:put_segment:after",
    "vitrail.collab.archive:drop_rows:after",
    f"{COMPACTOR}.compact:after",
]
OPENING = [
    f"{LOG}.ensure:after",
    f"{LOG}.load:before:2",
    f"{ROOM}.load:after",
    "vitrail.collab.audience:Audience.join:after",
]
PUBLISHING = [
    "vitrail.core.blobs:Blobs.put:before:2",
    "vitrail.core.blobs:Blobs.put:after:4",
    "vitrail.sites.publishing:Publishing.publish:after",
]
STOPPING = ["vitrail.collab.service:Collab.drain:before", f"{WRITER}:SqliteWriter.close:before"]
QUICK = {EDITING[7], PUBLISHING[1]}
EVERY = bool(os.environ.get("EVERY_FAULT"))


def points(names: list[str]) -> list[str]:
    """Return the names of steps: a few in the suite, all of them for `make faults`."""
    return [name for name in names if EVERY or name in QUICK]


def edit_until_it_dies(server: Vitrail, token: str) -> tuple[Doc[Any], list[str]]:
    """Edit; return what this client has, and the edits that were acknowledged to it."""
    keys: list[str] = []
    doc: Doc[Any] = Doc()
    client = None
    with contextlib.suppress(ConnectionClosed, OSError, EOFError):
        client = Client(server.base, token, "doc:killed", doc)
        client.sync()
        start = client.acknowledged
        for number in itertools.count():
            keys.append(str(number))
            client.edit(str(number), number)
            if number % 3:
                client.settle()
    if client is None or not keys:
        return doc, []
    with contextlib.suppress(ConnectionClosed, OSError, EOFError):
        while True:  # acknowledgements that had arrived count as well
            client.receive(1)
    client.close()
    return doc, keys[: client.acknowledged - start]


def died(server: Vitrail) -> None:
    assert server.process is not None
    assert server.process.wait(30) == -9
    server.environment.pop("FAULT_KILL")
    server.start()


def is_whole(server: Vitrail, token: str, doc: Doc[Any], promised: list[str]) -> None:
    with Client(server.base, token, "doc:killed") as new:
        new.sync()
        assert set(promised) <= new.map.to_py().keys()
        with Client(server.base, token, "doc:killed", doc) as back:
            back.sync()
            back.settle()
            back.edit("again", 1)
            back.settle()
            while "again" not in new.map:
                new.receive(20)
            assert new.map.to_py() == back.map.to_py()


@pytest.mark.parametrize("step", points(EDITING + OPENING))
def test_nothing_acknowledged_is_lost(prepare: Start, token: str, step: str) -> None:
    server = prepare(FAULT_KILL=step)
    server.start()
    doc, promised = edit_until_it_dies(server, token)
    died(server)
    is_whole(server, token, doc, promised)


@pytest.mark.skipif(not EVERY, reason="runs with `make faults`; see test_compaction")
@pytest.mark.parametrize("step", FOLDING)
def test_folding_that_is_cut_short_loses_nothing(prepare: Start, token: str, step: str) -> None:
    server = prepare(FAULT_KILL=step)
    server.start()
    doc: Doc[Any] = Doc()
    with Client(server.base, token, "doc:killed", doc) as client:
        client.sync()
        start = client.acknowledged
        with contextlib.suppress(ConnectionClosed, OSError, EOFError):
            for number in range(2 * TAIL_UPDATES):
                client.edit(str(number), number)
            client.settle()
            while True:  # it is folded once nobody edits any more
                client.receive(30)
    died(server)
    is_whole(server, token, doc, [str(number) for number in range(client.acknowledged - start)])


@pytest.mark.parametrize("step", points(PUBLISHING))
def test_a_publication_happens_wholly_or_not_at_all(prepare: Start, token: str, step: str) -> None:
    server = prepare(FAULT_KILL=step)
    server.start()
    headers = {"Authorization": f"Bearer {token}"}
    with httpx2.Client(headers=headers, timeout=30) as http:
        site = http.get(f"{server.base}/api/sites").json()[0]
        address = f"{server.base}/s/{site['slug']}/"
        with contextlib.suppress(httpx2.HTTPError):
            http.post(f"{server.base}/api/sites/{site['id']}/publish")
        died(server)
        is_there = http.get(address).status_code == 200
        assert is_there == step.endswith("publish:after")
        assert http.post(f"{server.base}/api/sites/{site['id']}/publish").is_success
        assert http.get(address).status_code == 200


@pytest.mark.skipif(not EVERY, reason="runs with `make faults`")
@pytest.mark.parametrize("step", STOPPING)
def test_a_stop_that_is_cut_short_loses_nothing(prepare: Start, token: str, step: str) -> None:
    server = prepare(FAULT_KILL=step)
    server.start()
    with Client(server.base, token, "doc:killed") as client:
        client.edit("one", 1)
        client.settle()
        doc = client.doc
        assert server.process is not None
        server.process.terminate()
        died(server)
    is_whole(server, token, doc, ["one"])


@pytest.mark.skipif(not EVERY, reason="runs with `make faults`")
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_first_start_that_is_cut_short_is_done_again(
    tmp_path: Any, prepare: Start, when: str
) -> None:
    server = prepare(FAULT_KILL=f"vitrail.core.migrate:_upgrade:{when}")
    server.data = tmp_path / "empty" / "data"
    server.data.parent.mkdir()
    with pytest.raises(RuntimeError):
        server.start()
    died(server)
    assert httpx2.get(f"{server.base}/readyz").is_success
