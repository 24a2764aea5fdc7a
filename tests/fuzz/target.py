"""The server under attack, and those who watch it: an honest pair of clients and a probe."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import socket
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import httpx2
from typing_extensions import override

from tests.collab.client import Client
from tests.fuzz.attack import How
from vitrail.collab.codec import string
from vitrail.collab.guard import check_state_vector
from vitrail.core.clock import SystemClock
from vitrail.core.database import Database
from vitrail.core.identity import Identity

if TYPE_CHECKING:
    from tests.fuzz.attack import Attack
    from tests.servers import Vitrail

PATIENCE = 30  # seconds until a server that does not answer counts as hung
BINARY, PING, PONG, CLOSE = 2, 9, 10, 8
HELLO = b"\x09"  # the application's own ping, answered by the loop that deals with messages
ALL_OF_IT = b"\x00\x00\x01\x00"  # step 1 of an empty document: what came before is applied first


def frame(opcode: int, payload: bytes) -> bytes:
    """Return a client's frame, with a mask that changes nothing and so costs nothing."""
    size = len(payload)
    if size < 126:
        length = bytes((0x80 | size,))
    elif size < 1 << 16:
        length = b"\xfe" + size.to_bytes(2, "big")
    else:
        length = b"\xff" + size.to_bytes(8, "big")
    return bytes((0x80 | opcode,)) + length + b"\0\0\0\0" + payload


class Wire:
    """A WebSocket without any rule for what is sent."""

    def __init__(self, port: int, path: str, token: str = "") -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self._rest = b""
        lines = (
            f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket",
            "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
            *([f"Authorization: Bearer {token}"] if token else []), "", "",
        )  # fmt: skip
        self.send("\r\n".join(lines).encode())
        while b"\r\n\r\n" not in self._rest:
            self._fill()
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101"), head

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def receive(self) -> tuple[int, bytes]:
        """Return the opcode and payload of the next frame.

        Raises:
            EOFError: The server closed the stream.
            TimeoutError: It is silent.
        """
        first, size = self._read(2)
        if size > 125:
            size = int.from_bytes(self._read(2 if size == 126 else 8), "big")
        return first & 15, self._read(size)

    def _read(self, size: int) -> bytes:
        while len(self._rest) < size:
            self._fill()
        data, self._rest = self._rest[:size], self._rest[size:]
        return data

    def _fill(self) -> None:
        more = self._socket.recv(1 << 16)
        if not more:
            raise EOFError
        self._rest += more


class Target:
    """A running server with the documents and tokens that attacks name."""

    def __init__(self, server: Vitrail) -> None:
        self.server = server
        self.tokens = asyncio.run(self._make_tokens())
        self.free = "doc:fuzz-0"
        headers = {"Authorization": f"Bearer {self.tokens['write']}"}
        with httpx2.Client(base_url=server.base, headers=headers, timeout=PATIENCE) as http:
            site = http.get("/api/sites").json()[0]["id"]
            page = http.get(f"/api/sites/{site}/pages").json()[0]["id"]
        self._names = {
            "page": f"page:{page}",
            "site": f"site:{site}",
        }
        self.processes = self._serving()
        assert self.processes

    async def _make_tokens(self) -> dict[str, str]:
        async with Database(f"sqlite+aiosqlite:///{self.server.data / 'vitrail.db'}") as database:
            identity = Identity(database, SystemClock())
            owner = (await identity.accounts.by_email(None))["id"]
            scopes = {"write": ["read", "write", "collab:create"], "read": ["read"]}
            return {
                k: (await identity.secrets.create_token(owner, k, v))[1] for k, v in scopes.items()
            }

    def play(self, attack: Attack) -> None:
        """Send an attack and wait until the server has dealt with all of it.

        Raises:
            TimeoutError: It neither answers nor closes the socket.
            OSError: It does not take connections.
        """
        name = self._names.get(attack.document, self.free)
        token = self.tokens[attack.scope]
        path, address = f"/collab/{attack.dialect}", string(name)
        if attack.dialect == "y":
            path, address = f"{path}/{quote(name)}?token={token}", b""
        with (
            Wire(self.server.port, path, token) as wire,
            contextlib.suppress(EOFError, ConnectionError),
        ):
            if address:
                wire.send(frame(BINARY, address + b"\x02\x00" + string(token)))
            for how, data in attack.steps:
                if how is How.RAW:
                    wire.send(data)
                else:
                    wire.send(frame(BINARY, address + data if how is How.BODY else data))
            if any(how is How.RAW for how, _ in attack.steps):
                wire._socket.shutdown(socket.SHUT_WR)  # it may wait for the end of a frame for ever
            else:
                wire.send(frame(BINARY, address + ALL_OF_IT) + frame(PING, b"last"))
            opcode, payload = 0, b""
            while opcode != CLOSE and (opcode, payload) != (PONG, b"last"):
                opcode, payload = wire.receive()

    def is_alive(self) -> bool:
        """Tell whether the processes that served at first still do."""
        return self._serving() == self.processes

    def memory(self) -> int:
        """Return the resident bytes of the processes that serve."""
        pages = sum(
            int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self.processes
        )
        return pages * os.sysconf("SC_PAGE_SIZE")

    def computed(self) -> float:
        """Return the seconds of processor that the event loops, each its process's main thread, have used."""
        loops = (Path(f"/proc/{pid}/task/{pid}/schedstat") for pid in self.processes)
        return sum(int(loop.read_text().split()[0]) for loop in loops) / 1e9

    def _serving(self) -> set[int]:
        """Return the processes that hold the server's port: a supervisor, workers."""
        port = f":{self.server.port:04X} "
        listening = {
            f"socket:[{line.split()[9]}]"
            for line in Path("/proc/net/tcp").read_text().splitlines()
            if port in line and re.search(r" 00000000:0000 0A ", line)
        }
        assert self.server.process is not None
        return {pid for pid in _family(self.server.process.pid) if _holds(pid, listening)}


def _family(pid: int) -> list[int]:
    found = [pid]
    with contextlib.suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            found += _family(int(child))
    return found


def _holds(pid: int, links: set[str]) -> bool:
    for descriptor in Path(f"/proc/{pid}/fd").glob("*"):
        with contextlib.suppress(OSError):
            if str(descriptor.readlink()) in links:
                return True
    return False


class Stall(NamedTuple):
    """How long an event loop did not answer, in seconds.

    Attributes:
        waited: By the clock.
        computed: Of that, what the loop computed: the rest it waited for a processor, or for a disk.
    """

    waited: float = 0.0
    computed: float = 0.0


class Probe(threading.Thread):
    """Asks the server again and again how long its event loop takes to answer."""

    def __init__(self, target: Target) -> None:
        super().__init__(daemon=True)
        self._target = target
        self._wire = Wire(target.server.port, "/collab/hp")
        self._enough = threading.Event()
        self._longest = Stall()
        self.rounds = 0

    @override
    def run(self) -> None:
        with self._wire, contextlib.suppress(OSError, EOFError):
            while not self._enough.wait(0.005):
                computed, begun = self._target.computed(), time.monotonic()
                self._wire.send(frame(BINARY, HELLO))
                while self._wire.receive() != (BINARY, b"\x0a"):
                    pass
                waited, computed = time.monotonic() - begun, self._target.computed() - computed
                worst = self._longest
                self._longest = Stall(max(worst.waited, waited), max(worst.computed, computed))
                self.rounds += 1

    def take(self) -> Stall:
        """Return the longest answers since the last call, once one more has come."""
        before = self.rounds
        end = time.monotonic() + PATIENCE
        while self.rounds == before and self.is_alive() and time.monotonic() < end:
            time.sleep(0.001)
        longest, self._longest = self._longest, Stall()
        return longest

    def stop(self) -> None:
        self._enough.set()
        self.join(PATIENCE)


class Editor(threading.Thread):
    """An honest client beside the attackers, on the document that they attack."""

    def __init__(self, target: Target) -> None:
        super().__init__(daemon=True)
        self._target = target
        self._client = Client(target.server.base, target.tokens["write"], target.free)
        self._enough = threading.Event()

    @override
    def run(self) -> None:
        client = self._client
        client.sync()
        number = 0
        while not self._enough.wait(0.005):
            client.edit(str(number), 1)
            client.settle()
            number += 1

    def finish(self) -> str:
        """Stop; return what is not as it should be, or an empty text."""
        self._enough.set()
        self.join(PATIENCE)
        with self._client as mine:
            if self.is_alive() or mine.refused:
                return "an honest edit was refused, or never acknowledged"
            mine.sync()
            with Client(
                self._target.server.base, self._target.tokens["write"], self._target.free
            ) as new:
                try:
                    new.sync()
                except RuntimeError as error:
                    return f"a newcomer cannot read the document: {error}"
                # Whether it can be seen does not count: others may lawfully delete it.
                me = mine.doc.client_id
                if _clock(new.server_state, me) < _clock(mine.doc.get_state(), me):
                    return "an acknowledged edit was lost"
                if _clock(new.doc.get_state(), me) < _clock(mine.doc.get_state(), me):
                    return "a newcomer does not get an acknowledged edit"
                if mine.map.to_py() != new.map.to_py():
                    return "the client that was there differs from one that came later"
        return ""


def _clock(state: bytes, client: int) -> int:
    return check_state_vector(state).get(client, 0)
