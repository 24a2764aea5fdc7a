from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pycrdt import Map, Text

from tests import servers
from tests.collab.client import Client

if TYPE_CHECKING:
    from tests.servers import Vitrail

KILLS = 3


def test_both_stock_providers_and_pycrdt_end_equal(
    shared_vitrail: Vitrail, owner_token: str
) -> None:
    name = "doc:peers"
    script = Path(__file__).parent / "converge.mjs"
    done = subprocess.run(
        [servers.node(), script, shared_vitrail.base.replace("http", "ws"), owner_token, name],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    values, text = json.loads(done.stdout.strip().splitlines()[-1])
    client = Client(shared_vitrail.base, owner_token, name)
    client.sync()
    found = {
        k: int(v) if isinstance(v, float) else v for k, v in client.doc.get("m", type=Map).items()
    }
    assert found == values
    assert str(client.doc.get("t", type=Text)) == text
    client.close()


def test_stock_providers_carry_on_when_the_server_is_killed(vitrail: Vitrail) -> None:
    token, name = vitrail.run("token", "create"), "doc:survive"
    script = Path(__file__).parent / "survive.mjs"
    command = [servers.node(), script, vitrail.base.replace("http", "ws"), token, name]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(KILLS):
            wait_until_on(process.stdout)
            vitrail.kill()
            vitrail.start()
        wait_until_on(process.stdout)
        process.stdin.write("stop\n")
        process.stdin.flush()
        end = next(line for line in process.stdout if line.startswith("{"))
    last = json.loads(end)
    assert last["seen"] == [2 * last["rounds"], last["rounds"]]
    client = Client(vitrail.base, token, name)
    client.sync()
    assert len(client.doc.get("m", type=Map)) == 2 * last["rounds"]
    assert len(str(client.doc.get("t", type=Text))) == last["rounds"]
    client.close()


def wait_until_on(lines: IO[str]) -> None:
    """Read until both providers are connected and have written some more."""
    assert any(line.endswith(" on\n") for line in lines)
    assert any(line.endswith(" on\n") for line in lines)
