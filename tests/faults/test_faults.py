"""What happens around a server: nothing acknowledged is lost, and all are equal again soon after."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import sqlite3
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from pycrdt import Doc
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.collab.client import Client
from tests.faults.conftest import copy
from tests.faults.proxy import Proxy
from vitrail.collab.codec import prefixed, string

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.conftest import Start
    from tests.servers import Vitrail

NAME = "doc:faults"
PATIENCE = 20  # seconds: ten times what is promised
EVERY = bool(os.environ.get("EVERY_FAULT"))
RETURNING = 500 if EVERY else 100
LOCKED_SECONDS = 30 if EVERY else 1
BYTES_PER_CLIENT = 100_000  # that may stay when those who came back have left again


@pytest.fixture(scope="module")
def server(
    template: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Vitrail]:
    """A server that lives through the faults of this file, with a clock that can be set."""
    folder = tmp_path_factory.mktemp("faults")
    (folder / "clock").write_text("0")
    server = copy(template[0], folder, FAULT_CLOCK=str(folder / "clock"))
    server.start()
    yield server
    server.stop()


def sees(client: Client, key: str) -> None:
    while key not in client.map.to_py():
        client.receive(PATIENCE)


def equal(server: Vitrail, token: str, mine: Client, key: str) -> None:
    """Make an edit on both sides and hold both against each other, and a newcomer against both."""
    with Client(server.base, token, NAME) as new:
        new.sync()
        mine.edit(f"{key} mine", 1)
        mine.settle()
        sees(new, f"{key} mine")
        new.edit(f"{key} new", 1)
        new.settle()
        sees(mine, f"{key} new")
        assert new.map.to_py() == mine.map.to_py()


def test_a_bad_line_loses_nothing(server: Vitrail, token: str) -> None:
    """Late, cut, cut again and again, and silent: the same client carries on each time."""
    doc: Doc[Any] = Doc()
    promised: list[str] = []

    def edit(client: Client, key: str) -> None:
        client.edit(key, 1)
        client.settle()
        promised.append(key)

    with Proxy(server.port) as proxy:
        proxy.delay = 0.02
        with Client(proxy.base, token, NAME, doc) as late, Client(proxy.base, token, NAME) as later:
            late.sync()
            edit(late, "late")
            sees(later, "late")
            proxy.delay = 0
            proxy.cut()
            with contextlib.suppress(ConnectionClosed):
                for number in range(1_000):
                    edit(late, f"cut {number}")
        for drops in (3, 6, 9):
            proxy.drops = drops
            with (
                contextlib.suppress(ConnectionClosed, EOFError, OSError),
                Client(proxy.base, token, NAME, doc) as client,
            ):
                client.sync()
                for number in range(1_000):
                    edit(client, f"{drops} {number}")
        proxy.drops = None
        with Client(proxy.base, token, NAME, doc) as silent:
            silent.sync()
            proxy.fall_silent()
            silent.edit("said into silence", 1)
            with Client(server.base, token, NAME, doc) as back:  # the old line is still open
                back.sync()
                back.settle()
                equal(server, token, back, "while silent")
            proxy.go_on()
            silent.settle()
        with Client(server.base, token, NAME) as new:
            new.sync()
            assert {*promised, "said into silence"} <= new.map.to_py().keys()
            assert new.map.to_py() == doc.get("edits", type=type(new.map)).to_py()


def test_a_locked_database_holds_up_acknowledgements_and_nothing_else(
    server: Vitrail, token: str
) -> None:
    with Client(server.base, token, NAME) as one, Client(server.base, token, NAME) as two:
        one.sync()
        two.sync()
        lock = sqlite3.connect(server.data / "vitrail.db", isolation_level=None)
        with contextlib.closing(lock):
            lock.execute("BEGIN IMMEDIATE")
            before = one.acknowledged
            for number in range(20):
                one.edit(f"locked {number}", 1)
            sees(two, "locked 19")  # colleagues see it, and the loop goes on
            assert httpx2.get(f"{server.base}/healthz").is_success
            while one.acknowledged == before:
                if lock.in_transaction:
                    with pytest.raises(TimeoutError):
                        one.receive(LOCKED_SECONDS)
                    lock.execute("ROLLBACK")
                one.receive(PATIENCE)
        one.settle()
        equal(server, token, two, "unlocked")


def test_a_clock_that_jumps_changes_nothing(server: Vitrail, token: str) -> None:
    clock = server.data.parent / "clock"
    headers = {"Authorization": f"Bearer {token}"}
    with Client(server.base, token, NAME) as client:
        client.sync()
        for seconds in (3600, -3600):
            clock.write_text(str(seconds))
            equal(server, token, client, f"clock {seconds}")
            assert httpx2.get(f"{server.base}/api/sites", headers=headers).is_success
    clock.write_text("0")


def test_a_full_disk_acknowledges_nothing_and_loses_nothing(prepare: Start, token: str) -> None:
    server = prepare()
    server.start()
    assert server.process is not None
    doc: Doc[Any] = Doc()
    keys: list[str] = []
    with Client(server.base, token, NAME, doc) as client:
        client.sync()
        start = client.acknowledged
        # Room for the log to grow a little beyond what opening and the first edits need.
        largest = max(path.stat().st_size for path in server.data.glob("vitrail.db*"))
        limit_files(server.process.pid, largest + (256 << 10))
        with contextlib.suppress(TimeoutError):
            for number in range(1_000):
                keys.append(f"{number} {'x' * 20_000}")
                client.edit(keys[-1], 1)
                while client.acknowledged + client.refused < client.sent:
                    client.receive(2)
        promised = keys[: client.acknowledged - start]
        assert 0 < len(promised) < len(keys)
        assert not client.refused
        assert httpx2.get(f"{server.base}/healthz").is_success
        assert not httpx2.get(f"{server.base}/readyz").is_success
        limit_files(server.process.pid, resource.RLIM_INFINITY)
        client.settle()  # without a restart: what waited is stored, and acknowledged
    server.kill()
    server.start()
    with Client(server.base, token, NAME) as new:
        new.sync()
        assert set(keys) == new.map.to_py().keys()


def limit_files(pid: int, size: int) -> None:
    """Let files of a running server, and of those that it started, grow so far only."""
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        limit_files(int(child), size)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


async def _return(server: Vitrail, token: str, key: bytes) -> None:
    """Be one client of many: come, get the document, and wait for an edit that is made then."""
    address = string(NAME)
    base = server.base.replace("http", "ws")
    async with connect(f"{base}/collab/hp", max_size=None, open_timeout=60) as line:
        await line.send(address + b"\x02\x00" + string(token))
        await line.send(address + b"\x00\x00" + prefixed(b"\x00"))
        async for message in line:
            if isinstance(message, bytes) and key in message:
                return


def test_all_come_back_at_once(server: Vitrail, token: str) -> None:
    """A reconnect of everybody, as after a restart, and edits meanwhile; what they took is given back."""
    once = storm(server, token, "the last word")
    again = storm(server, token, "really the last")
    assert again - once < RETURNING * BYTES_PER_CLIENT


def storm(server: Vitrail, token: str, last: str) -> int:
    """Have everybody come back and stay until they see a word; return what the server takes then."""
    with Client(server.base, token, NAME) as client:
        client.sync()
        enough = threading.Event()
        editing = threading.Thread(target=_keep_editing, args=(client, enough))
        editing.start()

        async def everybody() -> None:
            async with asyncio.TaskGroup() as tasks:
                for _ in range(RETURNING):
                    tasks.create_task(_return(server, token, last.encode()))
                await asyncio.sleep(0)
                await asyncio.get_running_loop().run_in_executor(None, _come, server, token)
                enough.set()
                await asyncio.get_running_loop().run_in_executor(None, editing.join)
                await asyncio.get_running_loop().run_in_executor(None, _say, client, last)

        asyncio.run(everybody())
        assert client.acknowledged == client.sent
        equal(server, token, client, "after the storm")
    return memory(server)


def memory(server: Vitrail) -> int:
    """Return the resident bytes of a server."""
    assert server.process is not None
    pages = int(Path(f"/proc/{server.process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not EVERY, reason="runs with `make faults`; see test_backpressure")
def test_a_reader_that_stalls_costs_little_and_holds_nobody_up(server: Vitrail, token: str) -> None:
    value = "x" * 100_000

    def write_much(writer: Client) -> int:
        for number in range(300):
            state = writer.doc.get_state()
            writer.map["value"] = f"{number}{value}"
            writer.push(writer.doc.get_update(state))
            writer.settle()
        return memory(server)

    with Proxy(server.port) as proxy, Client(server.base, token, "doc:stalled") as writer:
        writer.sync()
        usual = max(write_much(writer) for _ in range(6))  # the log and its folding take their part
        with Client(proxy.base, token, "doc:stalled") as reader:
            reader.sync()
            proxy.stop_reading()
            assert write_much(writer) - usual < 20 << 20  # of the 30 MB that it does not read
            proxy.go_on()
            received = 0
            while reader.map.get("value") != writer.map["value"]:
                reader.receive(PATIENCE)
                received += 1
            assert received < 300
            assert reader.map.to_py() == writer.map.to_py()


def _keep_editing(client: Client, enough: threading.Event) -> None:
    number = 0
    while not enough.wait(0.01):
        client.edit(f"storm {number}", 1)
        client.settle()
        number += 1


def _come(server: Vitrail, token: str) -> None:
    """Come last, and get in all the same."""
    with Client(server.base, token, NAME) as last:
        last.sync()


def _say(client: Client, word: str) -> None:
    client.edit(word, 1)
    client.settle()
