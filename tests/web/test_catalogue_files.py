"""Catalogues that programs send and fetch: what is told of each line, and that a refused file changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.people import Asker
from vitrail.commerce.sheets import MAX_BYTES

SHEET = (
    "slug,merchant,name:fr,status,sku,price:EUR\n"
    "lampe,atelier,Lampe,active,L1,12.50\n"
    "table,atelier,Table,active,T1,{price}\n"
)
GOOD, BAD = SHEET.format(price="80.00"), SHEET.format(price="cher")


@pytest.fixture
def path(askers: dict[str, Asker]) -> str:
    made = askers["owner"].ask("POST", "/api/sites", json={"name": "Fichiers"}).json()
    return f"/api/sites/{made['id']}/catalogue"


def send(asker: Asker, path: str, content: str, status: int = 200, **asked: str) -> Any:
    answer = asker.ask("POST", path, content=content, params=asked)
    assert answer.status_code == status, answer.text
    return answer.json()


def slugs(asker: Asker, path: str) -> list[str]:
    return sorted(p["slug"] for p in asker.ask("GET", f"{path}.json").json()["products"])


def test_a_file_is_looked_at_then_taken_in_and_comes_out_again(askers: dict[str, Asker], path: str):
    program = askers["write"]
    planned = send(program, f"{path}.csv", GOOD, dryRun="true")
    assert (planned["is_applied"], planned["counts"]["created"]) == (False, 3)
    assert slugs(askers["owner"], path) == []
    assert send(program, f"{path}.csv", GOOD)["is_applied"]
    assert slugs(askers["owner"], path) == ["lampe", "table"]
    for form in ("csv", "json"):
        out = askers["read"].ask("GET", f"{path}.{form}")
        assert out.headers["content-disposition"].endswith(f'"catalogue.{form}"')
        again = send(program, f"{path}.{form}", out.text)
        assert again["counts"]["created"] == again["counts"]["updated"] == 0


def test_a_refused_line_refuses_the_file_unless_it_is_to_be_skipped(
    askers: dict[str, Asker], path: str
):
    owner = askers["owner"]
    report = send(owner, f"{path}.csv", BAD, 422)
    [refused] = [line for line in report["lines"] if line["outcome"] == "refused"]
    assert (refused["line"], refused["slug"]) == (3, "table")
    assert "cher" in refused["reason"]
    assert slugs(owner, path) == []
    assert send(owner, f"{path}.csv", BAD, skipRefused="true")["is_applied"]
    assert slugs(owner, path) == ["lampe"]


def test_what_is_no_catalogue_is_told(askers: dict[str, Asker], path: str):
    owner = askers["owner"]
    assert owner.ask("GET", f"{path}.xml").status_code == 404
    assert send(owner, f"{path}.csv", GOOD, 400, dryRun="perhaps")["error"]["message"]
    assert send(owner, f"{path}.json", "{", 400)["error"]["hint"]
    too_large = send(owner, f"{path}.csv", "x" * (MAX_BYTES + 1), 413)
    assert too_large["error"]["code"] == "too_large"
    assert send(askers["viewer"], f"{path}.csv", GOOD, 403)["error"]["code"] == "not_allowed"
