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
from vitrail.collab.checked import Checked
from vitrail.collab.codec import Malformed
from vitrail.collab.guard import Walk, check_state_vector, check_update
from vitrail.collab.shortcut import short_cut
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


def _walked(data: bytes, clocks: dict[int, int]) -> Checked | str:
    try:
        return Walk(data, clocks).run()
    except Malformed as error:
        return error.code


@given(st.data())
@settings(max_examples=400, deadline=None)
def test_the_short_cut_says_what_the_walk_says(data: st.DataObject) -> None:
    """Of honest updates, and of such with bytes changed, cut off or put in."""
    doc: Doc[Any] = Doc(client_id=data.draw(st.sampled_from([1, 300, 2**32 - 1, 2**52])))
    values, text = doc.get("m", type=Map), doc.get("t", type=Text)
    clocks: dict[int, int] = {}
    plain = st.one_of(st.text(max_size=6), st.integers(-(2**53), 2**53), st.booleans(), st.floats())
    for _ in range(data.draw(st.integers(1, 6))):
        before = doc.get_state()
        match data.draw(st.sampled_from(["type", "set", "cut", "nest"])):
            case "type":
                text.insert(0, data.draw(st.text(min_size=1, max_size=6)))
            case "set":
                values[data.draw(st.sampled_from("ab"))] = data.draw(plain)
            case "cut" if len(str(text)) > 1 and str(text).isascii():
                del text[0:1]
            case _:
                values["n"] = Map({"k": Text("x")})
        update = doc.get_update(before)
        hurt = bytearray(update)
        for _ in range(data.draw(st.integers(0, 2))):
            at = data.draw(st.integers(0, len(hurt) - 1))
            how = data.draw(st.sampled_from(["change", "remove", "insert"]))
            byte = data.draw(
                st.one_of(st.integers(0, 255), st.sampled_from([0, 1, 4, 8, 127, 128]))
            )
            if how == "change":
                hurt[at] = byte
            elif how == "remove" and len(hurt) > 1:
                del hurt[at]
            else:
                hurt.insert(at, byte)
        for candidate in (update, bytes(hurt)):
            walked = _walked(candidate, clocks)
            try:
                short = short_cut(candidate, clocks)
            except (IndexError, UnicodeDecodeError):
                short = None
            assert short is None or short == walked
        for client, (_, end) in check_update(update, clocks).ranges.items():
            clocks[client] = end


def test_typing_and_property_edits_take_the_short_cut() -> None:
    doc: Doc[Any] = Doc()
    values, text = doc.get("m", type=Map), doc.get("t", type=Text)
    updates: list[bytes] = []
    subscription = doc.observe(lambda event: updates.append(event.update))
    for number in range(20):
        text.insert(len(str(text)) // 2, "a")
        values["width"] = number * 1.5
        values["color"] = f"token:{number}"
        del text[0:1]
        text.insert(0, "é")
        del text[0:2]
    clocks: dict[int, int] = {}
    for update in updates:
        found = short_cut(update, clocks)
        assert found is not None, update.hex()
        for client, (_, end) in found.ranges.items():
            clocks[client] = end
    doc.unobserve(subscription)


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
