"""Trusted documents: asked by their id, and the only ones there are where the server says so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from click.testing import CliRunner

from tests.servers import Vitrail
from vitrail.server.command import cli

ME = "query Me { me { name } }"
CODEGEN = {"me-1": ME, "sites": "{ sites { nodes { name } } }"}
APOLLO = {
    "format": "apollo-persisted-query-manifest",
    "version": 1,
    "operations": [{"id": "me-1", "name": "Me", "type": "query", "body": ME}],
}


def code(answer: httpx2.Response) -> str:
    return answer.json()["errors"][0]["extensions"]["code"]


def test_a_server_that_takes_trusted_documents_only(vitrail: Vitrail, tmp_path: Path):
    file = tmp_path / "documents.json"
    file.write_text(json.dumps(CODEGEN))
    vitrail.environment |= {
        "VITRAIL_GRAPHQL_DOCUMENTS": str(file),
        "VITRAIL_GRAPHQL_ACCEPTS": "trusted",
    }
    vitrail.stop()
    vitrail.start()
    with httpx2.Client(base_url=vitrail.base, headers={"Origin": vitrail.base}) as http:
        ask = lambda body: http.post("/graphql", json=body)  # noqa: E731
        assert ask({"documentId": "me-1"}).json()["data"] == {"me": None}
        persisted = {"persistedQuery": {"version": 1, "sha256Hash": "me-1"}}
        assert ask({"extensions": persisted}).json()["data"] == {"me": None}
        assert http.get("/graphql", params={"documentId": "me-1"}).json()["data"] == {"me": None}
        # Who sends the text of one is let in too; any other text is not, however it is sent.
        assert ask({"query": ME}).json()["data"] == {"me": None}
        assert code(ask({"query": ME + " "})) == "untrusted"
        assert code(ask({"query": "{ __schema { types { name } } }"})) == "untrusted"
        assert code(ask({"documentId": "other"})) == "not_found"


@pytest.mark.parametrize(
    ("content", "words", "fine"),
    [
        (json.dumps(CODEGEN), "2 documents, 0 of them", True),
        (json.dumps(APOLLO), "1 documents, 0 of them", True),
        ('{"old": "{ shop { name } }"}', "old: Cannot query field 'shop'", False),
        ('{"deep": "' + "{ a" * 3000 + '"}', "deep: ", False),
        ('{"format": "relay", "operations": []}', "has the format 'relay'", False),
        ('{"a": 1}', "is not a file of documents", False),
        ("[" * 5000, "is not a file of documents", False),
    ],
)
def test_the_command_line_checks_a_file_of_documents(
    tmp_path: Path, content: str, words: str, fine: bool
):
    file = tmp_path / "documents.json"
    file.write_text(content)
    ended = CliRunner().invoke(cli, ["schema", "--check", str(file)])
    assert words in ended.output
    assert (ended.exit_code == 0) is fine


@pytest.mark.parametrize("content", [None, "{"])
def test_a_server_does_not_start_without_what_it_is_to_trust(
    vitrail: Vitrail, tmp_path: Path, content: Any
):
    file = tmp_path / "documents.json"
    if content is not None:
        file.write_text(content)
    vitrail.environment |= {"VITRAIL_GRAPHQL_DOCUMENTS": str(file)}
    vitrail.stop()
    with pytest.raises(RuntimeError, match="documents"):
        vitrail.start()
