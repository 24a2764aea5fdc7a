from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from pycrdt import Map, Text

from tests import servers
from tests.collab.client import Client

if TYPE_CHECKING:
    from tests.servers import Vitrail


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
