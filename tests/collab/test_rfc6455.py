"""Every rule of RFC 6455 for what a client sends, on both ways that sockets are served.

The application's own ping (one byte, answered by its pong) tells whether a message was taken in.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import os
import socket
import struct
import threading
import zlib
from typing import TYPE_CHECKING

import pytest
import uvicorn

from vitrail.collab.line import MAX_MESSAGE_BYTES
from vitrail.core.settings import Settings
from vitrail.server.application import create_app
from vitrail.server.serving import MAX_SOCKET_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.servers import Vitrail

CONT, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
HELLO, ANSWER = b"\x09", b"\x0a"  # of the application, as messages
MASK = b"\x12\x34\x56\x78"


def masked(payload: bytes, mask: bytes = MASK) -> bytes:
    return bytes(a ^ b for a, b in zip(payload, itertools.cycle(mask), strict=False))


def frame(
    opcode: int,
    payload: bytes = b"",
    *,
    fin: bool = True,
    rsv: int = 0,
    width: int | None = None,
    mask: bytes = MASK,
) -> bytes:
    """Return a client's frame; `width` forces the size of the length field, in bytes."""
    size = len(payload)
    if width is None:
        width = 0 if size < 126 else 2 if size < 1 << 16 else 8
    length = {0: size, 2: 126, 8: 127}[width]
    extended = size.to_bytes(width, "big") if width else b""
    head = bytes((fin << 7 | rsv << 4 | opcode, 0x80 | length))
    return head + extended + mask + masked(payload, mask)


def close(code: int | None = None, reason: bytes = b"") -> bytes:
    return frame(CLOSE, b"" if code is None else struct.pack("!H", code) + reason)


class Socket:
    """A client that sends whatever bytes it is told to."""

    def __init__(self, port: int, extensions: str = "") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.rest = b""
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            "GET /collab/hp HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
            *([f"Sec-WebSocket-Extensions: {extensions}"] if extensions else []),
        ]
        self.send("\r\n".join([*lines, "", ""]).encode())
        while b"\r\n\r\n" not in self.rest:
            self.rest += self.socket.recv(65536)
        self.handshake, _, self.rest = self.rest.partition(b"\r\n\r\n")

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def _read(self, size: int) -> bytes:
        while len(self.rest) < size:
            try:
                more = self.socket.recv(65536)
            except ConnectionResetError:
                more = b""
            if not more:
                raise EOFError
            self.rest += more
        data, self.rest = self.rest[:size], self.rest[size:]
        return data

    def receive(self) -> tuple[int, bytes]:
        """Return the opcode and payload of the next frame, which must be as servers send them."""
        first, second = self._read(2)
        assert first & 0x70 == 0, "reserved bits"
        assert second < 128, "servers do not mask"
        size = second
        if size == 126:
            size = int.from_bytes(self._read(2), "big")
        elif size == 127:
            size = int.from_bytes(self._read(8), "big")
        return first & 15, self._read(size)

    def closed(self) -> int | None:
        """Read to the end of the connection; return the code of the server's close frame."""
        code: int | None = None
        try:
            while True:
                opcode, payload = self.receive()
                if opcode == CLOSE:
                    code = int.from_bytes(payload[:2], "big") if payload else 0
                    with contextlib.suppress(OSError):  # it may not have waited for our answer
                        self.send(frame(CLOSE, payload))
        except EOFError:
            return code

    def is_alive(self) -> bool:
        self.send(frame(BINARY, HELLO))
        while True:
            opcode, payload = self.receive()
            if opcode != PONG:
                return (opcode, payload) == (BINARY, ANSWER)


@pytest.fixture(scope="module")
def portable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The same application on a server that keeps its transports to itself."""
    app = create_app(Settings(data=str(tmp_path_factory.mktemp("portable"))))
    config = uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_max_size=MAX_SOCKET_BYTES,
        ws_per_message_deflate=False,
        log_config=None,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join()


@pytest.fixture(params=["raw", "portable"])
def port(request: pytest.FixtureRequest, shared_vitrail: Vitrail) -> int:
    if request.param == "raw":
        return shared_vitrail.port
    return request.getfixturevalue("portable")


@pytest.fixture
def line(port: int) -> Iterator[Socket]:
    client = Socket(port)
    yield client
    client.socket.close()


GOOD = {
    "whole": frame(BINARY, HELLO),
    "two-pieces": frame(BINARY, fin=False) + frame(CONT, HELLO),
    "three-pieces": frame(BINARY, fin=False) + frame(CONT, HELLO, fin=False) + frame(CONT),
    "many-empty-pieces": frame(BINARY, fin=False)
    + frame(CONT, fin=False) * 500
    + frame(CONT, HELLO),
    "ping-between": frame(BINARY, fin=False) + frame(PING, b"now") + frame(CONT, HELLO),
    "pong-between": frame(BINARY, fin=False) + frame(PONG, b"now") + frame(CONT, HELLO),
    "length-of-two-bytes": frame(BINARY, HELLO, width=2),
    "length-of-eight-bytes": frame(BINARY, HELLO, width=8),
    "mask-of-zeros": frame(BINARY, HELLO, mask=bytes(4)),
    "pong-nobody-asked-for": frame(PONG, b"x") + frame(BINARY, HELLO),
    "empty-pong": frame(PONG) + frame(BINARY, HELLO),
    "longest-pong": frame(PONG, bytes(125)) + frame(BINARY, HELLO),
}


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("cut", ["at-once", "byte-by-byte"])
def test_a_message_arrives_however_it_is_cut(line: Socket, name: str, cut: str) -> None:
    data = GOOD[name]
    if cut == "byte-by-byte":
        line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for at in range(len(data)):
            line.send(data[at : at + 1])
    else:
        line.send(data)
    opcode, payload = line.receive()
    if opcode == PONG:
        opcode, payload = line.receive()
    assert (opcode, payload) == (BINARY, ANSWER)
    assert line.is_alive()


def test_many_messages_in_one_segment_are_answered_in_order(line: Socket) -> None:
    line.send(frame(BINARY, HELLO) * 300 + frame(PING, b"last"))
    answers = [line.receive() for _ in range(301)]
    assert answers.count((BINARY, ANSWER)) == 300
    assert answers.count((PONG, b"last")) == 1


@pytest.mark.parametrize("size", [0, 1, 124, 125])
def test_a_ping_gets_its_payload_back(line: Socket, size: int) -> None:
    line.send(frame(PING, bytes(range(size))))
    assert line.receive() == (PONG, bytes(range(size)))
    assert line.is_alive()


BAD = {
    **{f"rsv{bit}-on-{name}": (frame(op, HELLO, rsv=1 << bit), 1002)
       for bit in range(3) for name, op in (("data", BINARY), ("ping", PING), ("close", CLOSE))},
    **{f"opcode-{op}": (frame(op, HELLO), 1002) for op in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)},
    "no-mask": (b"\x82\x01\x09", 1002),
    "no-mask-empty": (b"\x82\x00", 1002),
    "no-mask-ping": (b"\x89\x00", 1002),
    "no-mask-long": (b"\x82\x7e\x01\x00" + bytes(256), 1002),
    "continuation-of-nothing": (frame(CONT, HELLO), 1002),
    "continuation-of-nothing-open": (frame(CONT, HELLO, fin=False), 1002),
    "message-inside-a-message": (frame(BINARY, fin=False) + frame(BINARY, HELLO), 1002),
    "text-inside-a-message": (frame(BINARY, fin=False) + frame(TEXT, b"x"), 1002),
    "ping-of-126": (frame(PING, bytes(126)), 1002),
    "pong-of-126": (frame(PONG, bytes(126)), 1002),
    "close-of-126": (frame(CLOSE, b"\x03\xe8" + bytes(124)), 1002),
    "ping-in-pieces": (frame(PING, fin=False), 1002),
    "pong-in-pieces": (frame(PONG, fin=False), 1002),
    "close-in-pieces": (frame(CLOSE, fin=False), 1002),
    "beyond-the-limit": (b"\x82\xff" + (MAX_SOCKET_BYTES + 1).to_bytes(8, "big") + MASK, 1009),
    "beyond-all-limits": (b"\x82\xff" + (2**62).to_bytes(8, "big") + MASK, 1009),
    "sign-bit-of-the-length": (b"\x82\xff" + (2**63).to_bytes(8, "big") + MASK, 1009),
    "beyond-the-limit-in-pieces": (
        (frame(BINARY, bytes(1 << 19), fin=False))
        + frame(CONT, bytes(1 << 19), fin=False) * 3
        + frame(CONT, HELLO), 1009),
    "beyond-what-we-take": (frame(BINARY, bytes(MAX_MESSAGE_BYTES + 1)), 4413),
    "text": (frame(TEXT, "é🎉".encode()), 4400),
    "empty-text": (frame(TEXT), 4400),
    "text-cut-inside-a-character": (
        frame(TEXT, "é".encode()[:1], fin=False) + frame(CONT, "é".encode()[1:]), 4400),
    "text-is-not-utf-8": (frame(TEXT, b"\xff\xfe"), 1007),
    "text-is-a-surrogate": (frame(TEXT, b"\xed\xa0\x80"), 1007),
    "text-is-overlong": (frame(TEXT, b"\xc0\xaf"), 1007),
    "text-is-beyond-unicode": (frame(TEXT, b"\xf4\x90\x80\x80"), 1007),
    "text-ends-too-early": (frame(TEXT, "é".encode()[:1]), 1007),
    "text-is-not-utf-8-in-pieces": (frame(TEXT, b"a", fin=False) + frame(CONT, b"\xff"), 1007),
    "close-of-one-byte": (frame(CLOSE, b"\x03"), 1002),
    "close-reason-is-not-utf-8": (close(1000, b"\xff"), 1007),
    **{f"close-{code}": (close(code), 1002)
       for code in (0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535)},
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_breaks_a_rule_closes_the_socket(line: Socket, name: str) -> None:
    data, code = BAD[name]
    line.send(data)
    assert line.closed() == code


@pytest.mark.parametrize("name", [name for name, (data, _) in BAD.items() if data[0] & 15 > BINARY])
def test_control_frames_are_held_to_it_inside_a_message_too(line: Socket, name: str) -> None:
    data, code = BAD[name]
    line.send(frame(BINARY, HELLO, fin=False) + data)
    assert line.closed() == code


GOOD_CODES = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999]


@pytest.mark.parametrize("code", [None, *GOOD_CODES])
def test_a_close_is_answered_in_kind(line: Socket, code: int | None) -> None:
    line.send(close(code, b"" if code is None else "à bientôt".encode()))
    assert line.closed() == (code or 0)


def test_the_longest_reason_of_a_close(line: Socket) -> None:
    line.send(close(1000, b"r" * 123))
    assert line.closed() == 1000


@pytest.mark.parametrize("after", [frame(BINARY, HELLO), frame(PING), frame(3), b"\x00" * 50])
def test_nothing_counts_after_a_close(line: Socket, after: bytes) -> None:
    line.send(close(1000) + after)
    opcode, payload = line.receive()
    assert (opcode, payload[:2]) == (CLOSE, b"\x03\xe8")
    with pytest.raises(EOFError):
        line.receive()


@pytest.mark.parametrize(
    "offer",
    ["permessage-deflate", "permessage-deflate; client_max_window_bits", "x-webkit-deflate-frame"],
)
def test_compression_is_not_agreed_to_and_a_bomb_is_not_opened(port: int, offer: str) -> None:
    line = Socket(port, offer)
    assert b"sec-websocket-extensions" not in line.handshake.lower()
    bomb = zlib.compressobj(wbits=-15)
    packed = bomb.compress(bytes(10 << 20)) + bomb.flush(zlib.Z_SYNC_FLUSH)
    line.send(frame(BINARY, packed[:-4], rsv=4))
    assert line.closed() == 1002
    line.socket.close()


def test_a_connection_that_ends_inside_a_frame_is_just_gone(port: int) -> None:
    for size in range(1, len(GOOD["length-of-eight-bytes"])):
        client = Socket(port)
        client.send(GOOD["length-of-eight-bytes"][:size])
        client.socket.close()
    last = Socket(port)
    assert last.is_alive()
    last.socket.close()


@pytest.mark.parametrize("size", [125, 126, 65535, 65536, 1 << 20])
def test_sizes_at_the_edges_of_the_length_field(line: Socket, size: int) -> None:
    # An unknown document of a long name: nothing is said of it, and what follows is read.
    name = bytes(size - 6)
    prefix = bytearray()
    left = len(name)
    while left > 127:
        prefix.append(128 | left & 127)
        left >>= 7
    prefix.append(left)
    body = bytes(prefix) + name + b"\x03"
    line.send(frame(BINARY, body))
    assert line.is_alive()
