"""An update that may take long is applied in pieces, with time to give up between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings, strategies as st
from pycrdt import Doc, Map, Text

from tests.collab.test_outline import EDITS, LETTER, edit, of, receive, update
from tests.collab.wires import person
from vitrail.collab import pieces as pieces_module
from vitrail.collab.entries import Author
from vitrail.collab.guard import Walk, check_state_vector, check_update
from vitrail.collab.outline import Outline
from vitrail.collab.pieces import Segments
from vitrail.collab.rooms import Rooms
from vitrail.core.clock import SystemClock
from vitrail.core.database import Database
from vitrail.core.migrate import migrate
from vitrail.server.schemas import schemas

if TYPE_CHECKING:
    from vitrail.collab.room import Room

SOMEBODY = Author(None, "system")


@pytest.fixture
async def room(tmp_path):
    async with Database(f"sqlite+aiosqlite:///{tmp_path / 'pieces.db'}") as database:
        await migrate(database)
        async with (
            Rooms(database, SystemClock(), schemas()).running() as rooms,
            rooms.open("doc:cut", create_for=SOMEBODY) as room,
        ):
            yield room


def divided(made: bytes, clocks: dict[int, int] | None = None) -> Segments:
    segments = Segments(clocks or {})
    Walk(made, clocks or {}, outline=Outline(), is_sent=True, segments=segments).run()
    return segments


@given(EDITS, EDITS, st.integers(1, 3))
@settings(max_examples=100, deadline=None)
def test_pieces_are_together_what_was_cut(
    before: list[tuple[int, str, int]], after: list[tuple[int, str, int]], most: int
) -> None:
    """Each of them can be applied when those before it were."""
    docs: list[Doc[Any]] = [Doc(client_id=300 + n) for n in range(3)]

    def make(edits: list[tuple[int, str, int]]) -> None:
        for who, how, number in edits:
            if how == "meet":
                docs[who].apply_update(docs[(who + 1) % 3].get_update())
            else:
                edit(docs[who], how, number)

    def meet() -> Doc[Any]:
        both: Doc[Any] = Doc()
        for doc in docs:
            both.apply_update(doc.get_update())
        return both

    make(before)
    server = meet()
    make(after)
    made = meet().get_update(server.get_state())
    whole, cut = Doc[Any](), Doc[Any]()
    for doc in (whole, cut):
        doc.apply_update(server.get_update())
    whole.apply_update(made)
    clocks = check_state_vector(cut.get_state())
    segments = divided(made, clocks)
    parts = list(segments._pieces(made, most))
    assert len(parts) * most >= segments.searches
    for piece in parts:
        check_update(piece, check_state_vector(cut.get_state()))
        cut.apply_update(piece)
    assert cut.get_state() == whole.get_state()
    assert cut.get_update() == whole.get_update()


def test_what_is_written_new_does_not_search() -> None:
    """A page, and a text with formats: its writer knows all of it."""
    doc: Doc[Any] = Doc()
    nodes, text = doc.get("nodes", type=Map), doc.get("t", type=Text)
    for number in range(10):
        nodes[str(number)] = Map({"type": "text", "text": Text("words"), "style": Map({"a": 1})})
        text.insert(len(text), "bold", {"bold": True})
    assert divided(doc.get_update()).searches <= 2


# ---- much at one place ----------------------------------------------------------------------

COUNT = 4_000


def taking_turns(count: int) -> bytes:
    """Return the letters of two who write one after the other."""
    first = [LETTER, *(b"\x84" + of(2, n - 1) + b"\x01a" for n in range(1, count // 2))]
    return update((2, 0, [b"\x84" + of(1, n) + b"\x01b" for n in range(count // 2)]), (1, 0, first))


def stale(count: int, client: int = 3, clock: int = 0) -> bytes:
    """Return letters each of which claims to have been written when there was only the first."""
    return update((client, clock, [b"\x84" + of(1, 0) + b"\x01z"] * count))


@pytest.mark.parametrize("by", ["one update", "many updates"])
async def test_a_flood_at_one_place_is_given_up_before_its_end(room: Room, by: str) -> None:
    ada, eve = person("ada", room), person("eve", room)
    await receive(room, ada, taking_turns(COUNT))
    room.take_in()
    if by == "one update":
        await receive(room, eve, stale(COUNT))
    else:
        for number in range(60):
            room.receive(eve, stale(30, clock=30 * number))
    room.take_in()
    done = check_state_vector(room.replica.state()).get(3, 0)
    assert 0 < done < (COUNT if by == "one update" else 60 * 30)
    assert room.replica.tainted
    assert not ada.refused
    assert eve.refused == (by == "one update")
    while room.inbox:  # each of many is tried once more, by itself
        room.inbox.take()


async def test_honest_edits_that_are_cut_reach_others_as_they_came(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a document in which every search would be long."""
    monkeypatch.setattr(pieces_module, "SEARCH_SECONDS_A_BYTE", 1)
    ada = person("ada", room)
    doc: Doc[Any] = Doc()
    values, text = doc.get("m", type=Map), doc.get("t", type=Text)
    made: list[bytes] = []
    for number in range(3):
        before = doc.get_state()
        for key in range(200):
            values[str(key)] = number
            text.insert(len(text) // 2 if key % 2 else 0, "x")
        made.append(doc.get_update(before))
        await receive(room, ada, made[-1])
        if number == 1:
            await receive(room, ada, made[0])  # all of which is there
    room.take_in()
    assert not ada.refused
    assert room.replica.state() == doc.get_state()
    assert room.doc.get("m", type=Map).to_py() == values.to_py()
    assert str(room.doc.get("t", type=Text)) == str(text)
