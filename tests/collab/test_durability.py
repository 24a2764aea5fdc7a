"""An acknowledged edit is never lost, whenever the server dies."""

from __future__ import annotations

import random
import threading
from typing import TYPE_CHECKING, Any

import pytest
from pycrdt import Doc
from websockets.exceptions import ConnectionClosed

from tests.collab.client import Client

if TYPE_CHECKING:
    from tests.servers import Vitrail

KILLS = 50


@pytest.mark.timeout(300)
def test_every_acknowledged_edit_survives_fifty_kills(vitrail: Vitrail) -> None:
    token = vitrail.run("token", "create")
    chance = random.Random(20261121)
    doc: Doc[Any] = Doc()
    promised: dict[str, int] = {}
    for kill in range(KILLS):
        client = Client(vitrail.base, token, "doc:durable", doc)
        client.sync()
        found = {key: int(value) for key, value in client.map.to_py().items()}
        assert {k: found.get(k) for k in promised} == promised, f"lost before kill {kill}"
        keys: list[str] = []
        timer = threading.Timer(chance.uniform(0.01, 0.15), vitrail.kill)
        timer.start()
        start = client.acknowledged
        try:
            for number in range(10_000):
                key = f"{kill}-{number}"
                client.edit(key, number)
                keys.append(key)
                while client.sent - client.acknowledged > 20:
                    client.receive()
        except (ConnectionClosed, TimeoutError, OSError):
            pass
        timer.join()
        try:  # acknowledgements that had arrived count as well
            while True:
                client.receive(timeout=0.01)
        except (ConnectionClosed, TimeoutError, OSError, EOFError):
            pass
        acknowledged = client.acknowledged - start
        promised |= {key: int(key.partition("-")[2]) for key in keys[:acknowledged]}
        doc = Doc()  # the browser is gone too: only the log can bring the edits back
        vitrail.start()
    assert len(promised) > KILLS
    final = Client(vitrail.base, token, "doc:durable")
    final.sync()
    assert promised.keys() <= final.map.to_py().keys()
    final.close()
