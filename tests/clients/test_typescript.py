"""The TypeScript client, built as it is published, at a real server."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from clients.generator.__main__ import CLIENTS
from tests import servers
from tests.clients.conftest import Shop
from tests.faults.proxy import Proxy

PACKAGE = CLIENTS / "typescript"


@pytest.fixture(scope="module")
def built() -> Path:
    compiler = PACKAGE / "node_modules" / "typescript" / "bin" / "tsc"
    done = subprocess.run(
        [servers.node(), compiler, "--project", PACKAGE],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout
    return PACKAGE


def test_the_package_has_what_it_says(built: Path):
    for entry in json.loads((built / "package.json").read_text())["exports"].values():
        assert (built / entry).exists(), entry


@pytest.fixture(scope="module")
def told(built: Path, shop: Shop) -> dict[str, Any]:
    script = Path(__file__).parent / "everything.mjs"
    found: dict[str, Any] = {}
    with Proxy(shop.vitrail.port) as proxy:
        nowhere = f"http://127.0.0.1:{servers.free_port()}"
        arguments = [shop.vitrail.base, proxy.base, nowhere, shop.token, shop.site, shop.page]
        with subprocess.Popen(
            [servers.node(), script, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            for line in process.stdout:
                found |= json.loads(line)
                if "cut" in json.loads(line):
                    proxy.cut()
                    process.stdin.write("done\n")
                    process.stdin.flush()
        assert process.returncode == 0
    return found


def test_a_price_and_a_headline_are_changed(told: dict[str, Any]):
    assert told["priced"] == [{"amount": 1_234, "currency": "EUR", "compareAt": None}]
    assert "À 3000" in told["headline"]


def test_what_is_followed_goes_on_over_a_lost_connection(told: dict[str, Any]):
    assert told["seqs"] == sorted(set(told["seqs"]))
    assert told["cut"] == 3_000


def test_who_syncs_from_any_cursor_has_what_a_full_fetch_gives(told: dict[str, Any]):
    equal, copies = told["synced"]
    assert equal == copies > 2


def test_errors_are_typed(told: dict[str, Any]):
    refused = ["not_found", "too_large", "not_found", "not_signed_in", "not_signed_in"]
    assert told["codes"] == [*refused, "unreachable"]


def test_a_document_is_named_as_one_wants(told: dict[str, Any]):
    assert told["text"] == "nothing"  # went wrong
    assert told["trusted"] == "not_found"  # this server was given no documents
