"""A document whose log is damaged opens for nobody, and nobody gets an empty one instead."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from pycrdt import Map

from tests.collab.line import DIALECTS, Line
from tests.servers import Vitrail

WHOLE, COPY = "doc:whole", "doc:damaged"
DAMAGE = {
    "a hole": ("DELETE FROM collab_update WHERE doc_id = ? AND seq = 2", "has a hole"),
    "a lost end": ("DELETE FROM collab_update WHERE doc_id = ? AND seq = 3", "has a hole"),
    "a corrupt update": (
        "UPDATE collab_update SET payload = x'ff0102' WHERE doc_id = ? AND seq = 2",
        "cannot be read",
    ),
}


@pytest.fixture(scope="module", autouse=True)
def whole(askers) -> None:
    with Line(askers["owner"], "hp", WHOLE).open() as line:
        for key in "abc":
            before = line.doc.get_state()
            line.doc.get("m", type=Map)[key] = 1
            assert line.push(line.doc.get_update(before)) == ""


@pytest.fixture
def sql(shared_vitrail: Vitrail) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(shared_vitrail.data / "vitrail.db", timeout=30)
    yield connection
    connection.close()


def copied(sql: sqlite3.Connection, name: str) -> None:
    """Copy the whole document under a name that the server has never loaded."""
    for table in ("collab_doc", "collab_update"):
        key = "id" if table == "collab_doc" else "doc_id"
        columns = [r[1] for r in sql.execute(f"PRAGMA table_info({table})") if r[1] != key]
        rest = ", ".join(columns)
        insert = f"INSERT INTO {table} ({key}, {rest}) SELECT ?, {rest} FROM {table}"
        sql.execute(f"{insert} WHERE {key} = ?", (name, WHOLE))
    free = "INSERT INTO free_document SELECT ?, organisation_id, created_at FROM free_document"
    sql.execute(f"{free} WHERE name = 'whole'", (name.removeprefix("doc:"),))
    sql.commit()


def test_a_copy_that_is_whole_opens(sql, askers):
    copied(sql, "doc:copy")
    with Line(askers["owner"], "v", "doc:copy").open() as line:
        assert line.doc.get("m", type=Map).to_py() == {"a": 1, "b": 1, "c": 1}


@pytest.mark.parametrize("case", DAMAGE)
def test_a_damaged_document_refuses_joins_and_says_why(sql, askers, case):
    name = f"{COPY}-{list(DAMAGE).index(case)}"
    statement, wanted = DAMAGE[case]
    copied(sql, name)
    assert sql.execute(statement, (name,)).rowcount == 1
    sql.commit()
    rows = "SELECT * FROM collab_update WHERE doc_id = ? ORDER BY seq"
    before = sql.execute(rows, (name,)).fetchall()
    for dialect in DIALECTS:
        with Line(askers["owner"], dialect, name).open() as line:
            assert wanted in line.denied
            assert name in line.denied
            assert not list(line.doc.keys())
    assert sql.execute(rows, (name,)).fetchall() == before


def test_y_websocket_is_closed_with_a_code_that_tells_to_come_again(sql, askers):
    copied(sql, f"{COPY}-y")
    sql.execute(DAMAGE["a hole"][0], (f"{COPY}-y",))
    sql.commit()
    with Line(askers["owner"], "y", f"{COPY}-y").open() as line:
        code, reason = line.closed()
    assert code == 1013
    assert "has a hole" in reason
