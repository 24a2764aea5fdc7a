"""How long the people of other documents wait when an update crashes or hangs the CRDT library.

A watched server (`--workers 1`), two documents, and native code that is made to die of one update. From
the moment when that is sent until somebody of the other document is connected again and an edit of
theirs is acknowledged: median of some runs, in seconds. The exit status is 1 when one is over the limit.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from websockets.exceptions import ConnectionClosed, WebSocketException  # noqa: E402

from tests.collab.client import Client  # noqa: E402
from tests.servers import Vitrail  # noqa: E402

LIMIT_SECONDS = 2.0
POISONED = ROOT / "tests" / "server" / "poisoned"
GIVE_UP_SECONDS = 60


def come_back(server: Vitrail, token: str, good: Client) -> None:
    """Connect again and edit, as soon as the server lets one."""
    end = time.monotonic() + GIVE_UP_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError, EOFError, WebSocketException):
            with Client(server.base, token, "doc:good", good.doc) as again:
                again.sync()
                again.edit("later", 1)
                again.settle()
            return
        time.sleep(0.02)
    raise SystemExit("the server did not come back")


def once(death: str) -> float:
    path = os.pathsep.join(filter(None, (str(POISONED), os.environ.get("PYTHONPATH"))))
    with tempfile.TemporaryDirectory() as home:
        server = Vitrail(
            Path(home) / "data", environment={"PYTHONPATH": path}, arguments=("--workers", "1")
        )
        server.start()
        try:
            token = server.run("token", "create")
            bad = Client(server.base, token, "doc:bad")
            good = Client(server.base, token, "doc:good")
            for client in (bad, good):
                client.sync()
                client.edit("kept", 1)
                client.settle()
            bad.map["poison"] = f"this update {death}"
            began = time.monotonic()
            bad.push(bad.doc.get_update(b"\x00"))
            with contextlib.suppress(ConnectionClosed):
                while True:
                    good.socket.recv(timeout=GIVE_UP_SECONDS)
            come_back(server, token, good)
            return time.monotonic() - began
        finally:
            server.stop()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    worst = 0.0
    for death in ("crashes", "hangs"):
        seconds = sorted(once(death) for _ in range(runs))
        middle = statistics.median(seconds)
        worst = max(worst, middle)
        print(
            f"native code {death}: {middle:.2f} s  ({seconds[0]:.2f} to {seconds[-1]:.2f}, n={runs})"
        )
    return int(worst > LIMIT_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
