"""Bytes that broke pycrdt, and honest ones, at the guard and at a real server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings, strategies as st
from pycrdt import Doc, Map, Text
from websockets.exceptions import ConnectionClosed

from tests.collab.client import Client, awareness
from vitrail.collab.codec import Malformed
from vitrail.collab.guard import check_state_vector, check_update
from vitrail.core.errors import InvalidInput

if TYPE_CHECKING:
    from tests.servers import Vitrail

CORPUS = json.loads((Path(__file__).parent / "hostile.json").read_text())


@pytest.mark.parametrize("name", sorted(CORPUS))
def test_a_hostile_update_is_refused_before_native_code_sees_it(name: str) -> None:
    with pytest.raises(Malformed):
        check_update(bytes.fromhex(CORPUS[name]), {})


@given(st.lists(st.tuples(st.sampled_from("abc"), st.text(max_size=8)), max_size=20))
@settings(max_examples=60, deadline=None)
def test_what_an_honest_client_makes_passes(edits: list[tuple[str, str]]) -> None:
    doc: Doc[Any] = Doc()
    values, text = doc.get("m", type=Map), doc.get("t", type=Text)
    clocks: dict[int, int] = {}
    for key, words in edits:
        before = doc.get_state()
        values[key] = words
        text += words
        update = doc.get_update(before)
        for client, (_, end) in check_update(update, clocks).ranges.items():
            clocks[client] = end
    assert clocks == check_state_vector(doc.get_state())


@pytest.mark.parametrize("data", [b"\xff" * 200_000, b"\x80\x80\x80\x80\x01", b"\x05\x01", b""])
def test_a_hostile_state_vector_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        check_state_vector(data)


def test_the_server_outlives_the_corpus_and_other_documents_go_on(
    shared_vitrail: Vitrail, owner_token: str
) -> None:
    other = Client(shared_vitrail.base, owner_token, "doc:bystander")
    other.sync()
    for update in CORPUS.values():
        client = Client(shared_vitrail.base, owner_token, "doc:attacked")
        try:
            client.push(bytes.fromhex(update))
            client.send(b"\x00\x00" + bytes.fromhex("ffffffff07"))
            client.send(awareness(1, 1 << 60, b'{"user":{"name":"forged"}}'))
            client.receive(timeout=2)
        except (ConnectionClosed, TimeoutError):
            pass
        client.close()
    other.edit("still", 1)
    other.settle()
    assert other.acknowledged == other.sent
    other.close()


def test_nobody_can_take_the_name_or_the_presence_of_another(
    shared_vitrail: Vitrail, owner_token: str
) -> None:
    from vitrail.collab.presence import Presence

    presence = Presence()
    ada, eve = (
        {"id": "1", "name": "Ada", "color": "#000"},
        {"id": "2", "name": "Eve", "color": "#fff"},
    )
    presence.receive("ada", ada, awareness(7, 1, b'{"user":{"name":"Queen"}}')[2:])
    presence.receive("eve", eve, awareness(7, 9, b'{"user":{"name":"Ada"}}')[2:])
    presence.receive("eve", eve, awareness(7, 10, b"null")[2:])
    sent = presence.snapshot()
    assert sent is not None
    assert b'"Ada"' in sent
    assert b"Queen" not in sent
    with pytest.raises(InvalidInput):
        presence.receive("eve", eve, awareness(8, 1, b'"' + b"x" * 5000 + b'"')[2:])
