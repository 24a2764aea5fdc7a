"""A small Hocuspocus client on a real socket, which knows which of its edits were acknowledged."""

from __future__ import annotations

from typing import Any

from pycrdt import Doc, Map
from websockets.sync.client import connect

from vitrail.collab.codec import Reader, prefixed, string, uint


class Client:
    def __init__(self, base: str, token: str, name: str, doc: Doc[Any] | None = None) -> None:
        self.socket = connect(base.replace("http", "ws") + "/collab/hp", max_size=None, legacy=True)
        self.address = string(name)
        self.doc = doc or Doc()
        self.map = self.doc.get("edits", type=Map)
        self.sent = self.acknowledged = self.refused = 0
        self.scope = self.denied = ""
        self.server_state = b"\x00"  # the state vector that the server sent last
        self.send(b"\x02\x00" + string(token))
        while not self.scope and not self.denied:
            self.receive()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send(self, body: bytes) -> None:
        self.socket.send(self.address + body)

    def receive(self, timeout: float | None = 10) -> int:
        """Take in one message and return its kind."""
        frame = self.socket.recv(timeout=timeout)
        assert isinstance(frame, bytes)
        reader = Reader(frame)
        reader.bytes()
        kind = reader.uint()
        if kind == 2:
            verdict, words = reader.uint(), reader.string()
            self.scope, self.denied = (words, "") if verdict == 2 else ("", words)
        elif kind == 0:
            step, payload = reader.uint(), reader.bytes()
            if step == 0:
                self.server_state = payload
                self.send(b"\x00\x01" + prefixed(self.doc.get_update(payload)))
                self.sent += 1
            else:
                self.doc.apply_update(payload)
        elif kind == 8:
            if reader.uint():
                self.acknowledged += 1
            else:
                self.refused += 1
        return kind

    def sync(self) -> None:
        """Bring both sides to the same state."""
        self.send(b"\x00\x00" + prefixed(self.doc.get_state()))
        while self.receive() != 8:
            pass

    def edit(self, key: str, value: int | str) -> None:
        before = self.doc.get_state()
        self.map[key] = value
        self.push(self.doc.get_update(before))

    def push(self, update: bytes) -> None:
        self.send(b"\x00\x02" + prefixed(update))
        self.sent += 1

    def settle(self) -> None:
        while self.acknowledged + self.refused < self.sent:
            self.receive()

    def close(self) -> None:
        self.socket.close()


def awareness(client: int, clock: int, state: bytes) -> bytes:
    return b"\x01" + prefixed(uint(1) + uint(client) + uint(clock) + prefixed(state))
