"""Bytes that broke pycrdt, and honest ones, at the guard and at a real server."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings, strategies as st
from pycrdt import Doc, Map, Text
from websockets.exceptions import ConnectionClosed

from tests.collab.client import Client, awareness
from vitrail.collab.checked import Checked, covers
from vitrail.collab.codec import Malformed, uint
from vitrail.collab.contents import MAX_PARTS
from vitrail.collab.guard import (
    MAX_CLIENTS,
    MAX_KNOWN_CLIENTS,
    MAX_STRUCTS,
    Walk,
    check_state_vector,
    check_update,
)
from vitrail.collab.outline import MAX_LEVELS
from vitrail.collab.replica import MAX_UPDATE_BYTES
from vitrail.collab.shortcut import short_cut
from vitrail.core.errors import InvalidInput, TooLarge

if TYPE_CHECKING:
    from tests.servers import Vitrail

Make = Callable[[int], bytes]
CORPUS = json.loads((Path(__file__).parent / "hostile.json").read_text())


@pytest.mark.parametrize("name", sorted(CORPUS))
def test_a_hostile_update_is_refused_before_native_code_sees_it(name: str) -> None:
    with pytest.raises(Malformed):
        check_update(bytes.fromhex(CORPUS[name]), {}, is_sent=True)


STRUCT = b"\x04\x01\x01t\x01a"


def structs(count: int) -> bytes:
    return b"\x01" + uint(count) + b"\x01\x00" + STRUCT * count + b"\x00"


def clients(count: int) -> bytes:
    blocks = b"".join(b"\x01" + uint(1 + client) + b"\x00" + STRUCT for client in range(count))
    return uint(count) + blocks + b"\x00"


def values(count: int) -> bytes:
    return b"\x01\x01\x01\x00\x08\x01\x01a" + uint(count) + b"\x7f" * count + b"\x00"


def nested_values(count: int) -> bytes:
    return (
        b"\x01\x01\x01\x00\x08\x01\x01a\x01\x75" + uint(count - 1) + b"\x7f" * (count - 1) + b"\x00"
    )


def levels(count: int) -> bytes:
    inner = b"".join(b"\x07\x00\x01" + uint(clock) + b"\x00" for clock in range(count))
    return b"\x01" + uint(count + 1) + b"\x01\x00\x07\x01\x01a\x00" + inner + b"\x00"


def deletions(count: int) -> bytes:
    ranges = b"".join(uint(2 * clock) + b"\x01" for clock in range(count - 1))
    length = uint(2 * count)
    return b"\x01\x01\x01\x00\x01\x01\x01t" + length + b"\x01\x01" + uint(count - 1) + ranges


@pytest.mark.parametrize(
    ("make", "limit"),
    [
        (structs, MAX_STRUCTS),
        (clients, MAX_CLIENTS),
        (values, MAX_PARTS),
        (nested_values, MAX_PARTS),
        (deletions, MAX_PARTS),
        (levels, MAX_LEVELS),
    ],
)
def test_an_update_of_a_client_holds_only_so_much(make: Make, limit: int) -> None:
    most, more = make(limit), make(limit + 1)
    assert max(len(most), len(more)) <= MAX_UPDATE_BYTES
    check_update(most, {}, is_sent=True)
    with pytest.raises(TooLarge) as caught:
        check_update(more, {}, is_sent=True)
    assert caught.value.hint
    check_update(more, {})  # of the log and of the server's own edits


def test_a_long_copy_of_a_page_is_within_what_an_update_may_hold() -> None:
    """The bytes end before the structs do."""
    doc: Doc[Any] = Doc()
    nodes = doc.get("nodes", type=Map)
    for number in range(2_500):
        nodes[f"node{number:08}"] = Map(
            {
                "type": "text",
                "parent": "root",
                "pos": f"a{number:06}",
                "text": Text("words of somebody"),
                "style": Map({"color": "token:7", "font-size": "1.25rem", "margin": "auto"}),
            }
        )
    update = doc.get_update()
    assert 0.9 * MAX_UPDATE_BYTES < len(update) * 2 < 1.3 * MAX_UPDATE_BYTES
    walk = Walk(update, {}, is_sent=True)
    walk.run()
    assert walk.structs * MAX_UPDATE_BYTES < MAX_STRUCTS * len(update)


EMOJI = b"\x01\x01\x01\x00\x04\x01\x01t\x06a\xf0\x9f\x8e\x89b\x00"  # "a🎉b": clocks 0 to 3


@pytest.mark.parametrize(
    ("edit", "cuts"),
    [
        (b"\x01\x01\x02\x00\x84\x01\x01\x01x\x00", True),  # after the first half
        (b"\x01\x01\x02\x00\x84\x01\x00\x01x\x00", False),  # after the letter before it
        (b"\x01\x01\x02\x00\x84\x01\x02\x01x\x00", False),  # after the second half
        (b"\x01\x01\x02\x00\x44\x01\x02\x01x\x00", True),  # before the second half
        (b"\x01\x01\x02\x00\x44\x01\x01\x01x\x00", False),  # before the first half
        (b"\x00\x01\x01\x01\x00\x02", True),
        (b"\x00\x01\x01\x01\x02\x01", True),
        (b"\x00\x01\x01\x01\x01\x02", False),
        (b"\x00\x01\x01\x01\x00\x04", False),
    ],
)
def test_an_edit_that_cuts_a_character_in_two_is_refused(edit: bytes, cuts: bool) -> None:
    checked = check_update(EMOJI, {})
    assert checked.halves == {1: {2}}
    doc: Doc[Any] = Doc()
    doc.apply_update(EMOJI)
    clocks = check_state_vector(doc.get_state())
    assert (short_cut(edit, clocks, checked.halves) is None) == cuts
    if cuts:
        with pytest.raises(Malformed, match="in two"):
            check_update(edit, clocks, checked.halves)
    else:
        check_update(edit, clocks, checked.halves)
        doc.apply_update(edit)
        again: Doc[Any] = Doc()
        again.apply_update(doc.get_update())
        assert again.get("t", type=Text).to_py() == doc.get("t", type=Text).to_py()


def test_a_part_that_is_sent_again_cuts_nothing_either() -> None:
    """The document has the first clock of another text: it would take the second half of this one."""
    with pytest.raises(Malformed, match="in two"):
        check_update(b"\x01\x01\x01\x00\x04\x01\x01t\x04\xf0\x9f\x8e\x89\x00", {1: 1})


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


def test_a_state_vector_names_only_so_many_clients() -> None:
    def naming(count: int) -> bytes:
        return uint(count) + b"".join(uint(client) + b"\x01" for client in range(count))

    assert len(check_state_vector(naming(MAX_KNOWN_CLIENTS))) == MAX_KNOWN_CLIENTS
    with pytest.raises(TooLarge):
        check_state_vector(naming(MAX_KNOWN_CLIENTS + 1))


@pytest.mark.parametrize(
    ("theirs", "is_covered"),
    [
        ([], True), ([(0, 2)], True), ([(1, 1), (5, 3)], True), ([(5, 4)], False), ([(2, 1)], False),
        ([(4, 2)], False), ([(9, 1)], False), ([(0, 2), (2, 3)], False),
    ],
)  # fmt: skip
def test_a_reader_may_say_again_what_is_deleted(
    theirs: list[tuple[int, int]], is_covered: bool
) -> None:
    assert covers({1: [(0, 2), (5, 3)]}, {1: theirs}) == is_covered
    assert covers({}, {1: theirs}) == (not theirs)


def test_a_large_document_is_taken_from_one_who_comes_back(
    shared_vitrail: Vitrail, owner_token: str
) -> None:
    doc: Doc[Any] = Doc()
    with doc.transaction():
        for number in range(25_000):
            doc.get("edits", type=Map)[str(number)] = number
    with Client(shared_vitrail.base, owner_token, "doc:returned", doc) as client:
        client.sync()
        client.settle()
        assert not client.refused
        client.edit("later", 1)
        client.settle()
        with Client(shared_vitrail.base, owner_token, "doc:returned") as other:
            other.sync()
            assert other.map.to_py() == client.map.to_py()


def test_a_flood_is_refused_and_what_follows_is_dealt_with_in_order(
    shared_vitrail: Vitrail, owner_token: str
) -> None:
    with Client(shared_vitrail.base, owner_token, "doc:flooded") as client:
        client.push(values(1_000_000))
        client.sync()  # answers that it was refused, before the answer to this
        assert (client.acknowledged, client.refused) == (0, 1)


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
