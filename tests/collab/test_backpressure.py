"""A reader that stalls costs the server little, holds nobody up, and catches up when it reads."""

from __future__ import annotations

import socket

from tests.collab import client as clients
from tests.collab.client import Client
from tests.servers import Vitrail

VALUE = "x" * 100_000
ROUNDS = 120  # 12 MB, beyond what the two sockets and the high-water mark hold


def test_a_stalled_reader_gets_what_it_missed_in_one_piece(vitrail: Vitrail, monkeypatch) -> None:
    token = vitrail.run("token", "create")
    writer = Client(vitrail.base, token, "doc:slow")
    writer.sync()

    def small(*args, **kwargs):
        address = ("127.0.0.1", vitrail.port)
        sock = socket.create_connection(address)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
        return connect(*args, **kwargs, sock=sock, max_queue=1)

    connect = clients.connect
    monkeypatch.setattr(clients, "connect", small)
    reader = Client(vitrail.base, token, "doc:slow")
    reader.sync()
    for number in range(ROUNDS):
        before = writer.doc.get_state()
        writer.map["value"] = f"{number}{VALUE}"
        writer.push(writer.doc.get_update(before))
        writer.settle()  # the stalled one holds nobody up
    received = 0
    while reader.map.get("value") != writer.map["value"]:
        reader.receive()
        received += 1
    assert received < ROUNDS
    assert reader.map.to_py() == writer.map.to_py()
    writer.close()
    reader.close()
