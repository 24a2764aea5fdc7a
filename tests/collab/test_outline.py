"""Where everything in a document is: what may not be too deep, and keys that nobody names."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings, strategies as st
from pycrdt import Array, Doc, Map, Text, XmlElement, XmlFragment, XmlText

from tests.collab.client import Client
from tests.collab.wires import person
from vitrail.collab.codec import Malformed, uint
from vitrail.collab.drawing import draw
from vitrail.collab.entries import Author
from vitrail.collab.guard import Walk, check_state_vector, check_update
from vitrail.collab.outline import KEY, MAX_LEVELS, Outline, OutlineNeeded
from vitrail.collab.pieces import CutNeeded, Segments
from vitrail.collab.rooms import Rooms
from vitrail.collab.shortcut import short_cut
from vitrail.collab.walker import walk
from vitrail.core.clock import SystemClock
from vitrail.core.database import Database
from vitrail.core.errors import TooLarge
from vitrail.core.migrate import migrate
from vitrail.server.schemas import schemas

if TYPE_CHECKING:
    from tests.servers import Vitrail
    from vitrail.collab.member import Member
    from vitrail.collab.room import Room

SOMEBODY = Author(None, "system")


@pytest.fixture
async def rooms(tmp_path):
    async with Database(f"sqlite+aiosqlite:///{tmp_path / 'outline.db'}") as database:
        await migrate(database)
        async with Rooms(database, SystemClock(), schemas()).running() as rooms:
            yield rooms


@pytest.fixture
async def room(rooms: Rooms):
    async with rooms.open("doc:outlined", create_for=SOMEBODY) as room:
        yield room


async def receive(room: Room, member: Member, update: bytes) -> None:
    """Take in an update as a seat does."""
    try:
        room.receive(member, update)
    except OutlineNeeded:
        await draw(room)
        await receive(room, member, update)
    except CutNeeded:
        walked = await walk(update, room.replica, room.inbox.size)
        room.receive(member, update, walked=walked.result)


def outline_of(update: bytes) -> Outline:
    outline = Outline()
    outline.add(check_update(update, {}, outline=outline).runs or (), {})
    return outline


def update(*blocks: tuple[int, int, list[bytes]]) -> bytes:
    """Return an update: for each client its id, first clock and structs."""
    heads = [uint(len(structs)) + uint(client) + uint(clock) for client, clock, structs in blocks]
    bodies = [b"".join(structs) for _, _, structs in blocks]
    whole = [head + body for head, body in zip(heads, bodies, strict=True)]
    return uint(len(blocks)) + b"".join(whole) + b"\0"


def of(client: int, clock: int) -> bytes:
    return uint(client) + uint(clock)


# ---- what it tells --------------------------------------------------------------------------

EDITS = st.lists(
    st.tuples(
        st.integers(0, 2),  # who
        st.sampled_from(["type", "set", "nest", "list", "tree", "cut", "meet"]),
        st.integers(0, 99),
    ),
    max_size=40,
)


def edit(doc: Doc[Any], how: str, number: int) -> None:
    values, text = doc.get("m", type=Map), doc.get("t", type=Text)
    items, tree = doc.get("a", type=Array), doc.get("x", type=XmlFragment)
    match how:
        case "type":
            text.insert(number % (len(text) + 1), ("a", "word", "words")[number % 3])
        case "set":
            inner = values.get("n")
            (inner if isinstance(inner, Map) else values)["kl"[number % 2]] = number
        case "nest":
            values["n"] = Map({"k": Text("words"), "n": Map({"l": number})})
        case "list":
            items.insert(number % (len(items) + 1), [1, 2, "three"])
        case "tree":
            tree.children.append(XmlElement("p", {"class": "x"}, [XmlText("words")]))
        case _ if len(text) > 2:
            del text[1:2]
        case _:
            pass


@given(EDITS)
@settings(max_examples=80, deadline=None)
def test_an_outline_that_is_kept_up_is_that_of_the_whole_document(
    edits: list[tuple[int, str, int]],
) -> None:
    """Nothing is let go of here: what is gone from a document cannot be told from it."""
    docs: list[Doc[Any]] = [Doc(client_id=300 + n, skip_gc=True) for n in range(3)]
    server: Doc[Any] = Doc(skip_gc=True)
    outline, clocks = Outline(), dict[int, int]()
    for who, how, number in edits:
        doc = docs[who]
        if how == "meet":
            doc.apply_update(server.get_update(doc.get_state()))
            continue
        edit(doc, how, number)
        made = doc.get_update(server.get_state())
        checked = check_update(made, clocks, outline=outline, is_sent=True)
        assert checked.runs is not None
        outline.add(checked.runs, clocks)
        server.apply_update(made)
        clocks = check_state_vector(server.get_state())
    assert outline.runs() == outline_of(server.get_update()).runs()


@given(EDITS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_clients_in_an_update_changes_nothing(
    edits: list[tuple[int, str, int]], chance: Any
) -> None:
    docs: list[Doc[Any]] = [Doc(client_id=300 + n) for n in range(3)]
    for who, how, number in edits:
        edit(docs[who], how, number)
        docs[(who + 1) % 3].apply_update(docs[who].get_update())
    whole = docs[0].get_update()
    segments = Segments({})
    Walk(whole, {}, segments=segments).run()
    starts = [block[0] for block, _, _ in segments._blocks]
    ends = [end for _, end, _ in segments._blocks]
    counts = [count for _, _, count in segments._blocks]
    blocks = [
        uint(count) + of(first.client, first.clock) + whole[first.at : end]
        for first, end, count in zip(starts, ends, counts, strict=True)
    ]
    chance.shuffle(blocks)
    tail = whole[segments.deletes_at :]
    shuffled = uint(len(blocks)) + b"".join(blocks) + tail
    assert outline_of(shuffled).runs() == outline_of(whole).runs()


def test_what_one_person_types_is_one_run() -> None:
    doc: Doc[Any] = Doc(client_id=7)
    text = doc.get("t", type=Text)
    for _ in range(50):
        text += "words "
    assert outline_of(doc.get_update()).runs() == {7: [(0, 0)]}


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_the_short_cut_and_the_walk_find_the_same_places(data: st.DataObject) -> None:
    doc: Doc[Any] = Doc(client_id=300, skip_gc=True)
    outline, clocks = Outline(), dict[int, int]()
    hows = ["type", "type", "set", "set", "nest", "list", "cut"]
    for how in data.draw(st.lists(st.sampled_from(hows), max_size=20)):
        before = doc.get_state()
        edit(doc, how, data.draw(st.integers(0, 99)))
        made = doc.get_update(before)
        walked = Walk(made, clocks, outline=outline, is_sent=True).run()
        short = short_cut(made, clocks, outline=outline)
        if short is not None:
            ours, theirs = Outline(), Outline()
            ours.add(short.runs or (), {})
            theirs.add(walked.runs or (), {})
            assert ours.runs() == theirs.runs()
        outline.add(walked.runs or (), clocks)
        clocks = check_state_vector(doc.get_state())


# ---- types in types -------------------------------------------------------------------------


def nested(count: int, client: int = 1) -> list[bytes]:
    """Return updates each of which puts a type into the one before."""
    first = update((client, 0, [b"\x07\x01\x01a\x01"]))
    return [
        first,
        *(
            update((client, n, [b"\x07\x00" + of(client, n - 1) + b"\x01"]))
            for n in range(1, count)
        ),
    ]


def test_types_that_are_nested_over_many_updates_are_refused_and_the_document_goes_on(
    shared_vitrail: Vitrail, owner_token: str
) -> None:
    with Client(shared_vitrail.base, owner_token, "doc:nested-slowly") as client:
        client.sync()
        updates = nested(300)
        for made in updates[: MAX_LEVELS + 1]:  # the first of which is in none
            client.push(made)
        client.settle()
        assert (client.acknowledged, client.refused) == (client.sent, 0)
        for made in updates[MAX_LEVELS + 1 :]:
            client.push(made)
        while not client.refused:
            client.receive()
        with Client(shared_vitrail.base, owner_token, "doc:nested-slowly") as other:
            other.sync()
            other.edit("still", 1)
            other.settle()
            assert (other.acknowledged, other.refused) == (other.sent, 0)


async def test_a_document_that_is_read_anew_is_as_deep_as_before(rooms: Rooms, room: Room) -> None:
    ada, eve = person("ada", room), person("eve", room)
    updates = nested(MAX_LEVELS + 2)
    for made in updates[:-1]:
        await receive(room, ada, made)
    room.take_in()
    room.replica.tainted = True
    await rooms.heal(room)
    assert room.replica.outline is None
    with pytest.raises(TooLarge, match="256 levels"):
        await receive(room, eve, updates[-1])
    # Also beside one, and by another client; another type at the level of the last is fine.
    inside = update((2, 0, [b"\x07\x00" + of(1, MAX_LEVELS) + b"\x01"]))
    with pytest.raises(TooLarge, match="256 levels"):
        await receive(room, eve, inside)
    await receive(room, ada, update((3, 0, [b"\x07\x00" + of(1, MAX_LEVELS - 1) + b"\x01"])))
    below = update((4, 0, [b"\xa7" + of(3, 0) + b"\x01", b"\x07\x00" + of(4, 0) + b"\x01"]))
    with pytest.raises(TooLarge, match="256 levels"):
        await receive(room, eve, below)


async def test_a_document_that_is_deeper_already_stays_readable(room: Room) -> None:
    """One of before there was a limit: it is read, typed in and cut, and nothing deeper is added."""
    ada, eve = person("ada", room), person("eve", room)
    stored = Doc[Any]()
    for made in nested(600):
        stored.apply_update(made)
    room.load([stored.get_update()], "", 1)
    deeper = update((2, 0, [b"\x07\x00" + of(1, 599) + b"\x01"]))
    with pytest.raises(TooLarge, match="256 levels"):
        await receive(room, eve, deeper)
    room.receive_remote(2, [deeper])  # by a node that is older than the limit
    await receive(room, ada, update((3, 0, [b"\x28\x00" + of(2, 0) + b"\x01k\x01\x7f"])))
    await receive(room, ada, b"\x00\x01\x01\x01" + uint(500) + b"\x01")
    room.take_in()
    assert not room.tainted
    assert check_state_vector(room.replica.state()) == {1: 600, 2: 1, 3: 1}


def test_children_that_come_before_their_parents_are_counted_too() -> None:
    def deep(levels: int) -> bytes:
        blocks = [(1, 0, [b"\x07\x01\x01a\x01"])]
        blocks += [(n, 0, [b"\x07\x00" + of(n - 1, 0) + b"\x01"]) for n in range(2, levels + 2)]
        return update(*reversed(blocks))

    check_update(deep(MAX_LEVELS), {}, is_sent=True)
    with pytest.raises(TooLarge, match="256 levels"):
        check_update(deep(MAX_LEVELS + 1), {}, is_sent=True)


def test_structs_that_build_on_each_other_in_a_circle_are_refused() -> None:
    circle = update(
        (1, 0, [b"\x07\x00" + of(2, 0) + b"\x01"]), (2, 0, [b"\x07\x00" + of(1, 0) + b"\x01"])
    )
    with pytest.raises(Malformed, match="circle"):
        check_update(circle, {}, is_sent=True)


async def test_paragraphs_that_are_written_one_by_one_are_never_refused(room: Room) -> None:
    """As an editor of rich text writes them: elements in elements, each with a text."""
    ada = person("ada", room)
    doc: Doc[Any] = Doc()
    tree = doc.get("prosemirror", type=XmlFragment)
    body = tree.children.append(XmlElement("body"))
    made: list[bytes] = [doc.get_update()]
    subscription = doc.observe(lambda event: made.append(event.update))
    for number in range(2_000):
        words = XmlText("words")
        body.children.insert(number // 2, XmlElement("paragraph", {}, [words]))
        if number % 10 == 0:
            words.insert(2, "pasted")
    doc.unobserve(subscription)
    for number, one in enumerate(made):
        await receive(room, ada, one)
        if number == 1_000:
            room.take_in()
    room.take_in()
    assert not ada.refused
    assert room.replica.state() == doc.get_state()
    assert room.replica.outline is not None
    assert room.replica.outline.runs() == outline_of(room.doc.get_update()).runs()


async def test_what_other_nodes_and_the_server_write_is_in_the_outline(room: Room) -> None:
    """An update that was told by another node, a part of one, and an edit of the server."""
    ada = person("ada", room)
    first, second, third = nested(3)
    await receive(room, ada, first)
    await receive(room, ada, second)
    assert room.replica.outline is not None
    outline = room.replica.outline
    room.take_in()
    room.receive_remote(1, [third])
    merged = update((1, 2, [b"\x07\x00" + of(1, 1) + b"\x01", b"\x07\x00" + of(1, 2) + b"\x01"]))
    await receive(room, ada, merged)  # of which the first half is there
    room.take_in()
    room.edit(SOMEBODY, lambda doc: doc.get("m", type=Map).update({"k": Map()}), lambda _: None)
    assert room.replica.outline is outline
    assert outline.runs() == outline_of(room.doc.get_update()).runs()
    assert [outline.place((1, n)) >> 1 for n in range(4)] == [0, 1, 2, 3]


# ---- keys that are inherited ----------------------------------------------------------------

VALUE = b"\x28\x01\x01m\x01k\x01\x7d\x01"  # of the key k
LETTER = b"\x04\x01\x01t\x01a"


@pytest.mark.parametrize(
    ("structs", "is_refused"),
    [
        ([b"\x84" + of(1, 0) + b"\x02xy"], True),  # after a value of a key
        ([b"\x44" + of(1, 0) + b"\x02xy"], True),  # before it
        ([b"\x84" + of(1, 0) + b"\x01x"], False),  # one value
        ([b"\x84" + of(1, 0) + b"\x01x", b"\x84" + of(3, 0) + b"\x02yz"], True),  # after such a one
        ([b"\x88" + of(1, 0) + b"\x02\x7f\x7f"], True),
        ([b"\xc4" + of(1, 1) + of(1, 0) + b"\x02xy"], True),  # between both
        ([b"\x84" + of(1, 1) + b"\x02xy"], False),  # in the text
        ([b"\x84" + of(1, 1) + b"\x01x", b"\x84" + of(3, 0) + b"\x02yz"], False),
    ],
)
async def test_a_key_that_is_inherited_holds_one_value_too(
    room: Room, structs: list[bytes], is_refused: bool
) -> None:
    ada, eve = person("ada", room), person("eve", room)
    await receive(room, ada, update((1, 0, [VALUE, LETTER])))
    room.take_in()
    if is_refused:
        with pytest.raises(Malformed, match="more than one value"):
            await receive(room, eve, update((3, 0, structs)))
        # Also in one update with what it inherits from.
        both = update((3, 0, structs), (1, 0, [VALUE, LETTER]))
        with pytest.raises(Malformed, match="more than one value"):
            check_update(both, {}, is_sent=True)
    else:
        await receive(room, eve, update((3, 0, structs)))
    room.take_in()
    assert not room.tainted


async def test_an_outline_that_comes_late_knows_what_came_meanwhile(room: Room) -> None:
    ada = person("ada", room)
    await receive(room, ada, update((1, 0, [VALUE, LETTER])))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(draw(room))
        await asyncio.sleep(0)  # the document is being walked now
        room.receive(ada, update((1, 2, [b"\x84" + of(1, 0) + b"\x01x"])))
    assert room.replica.outline is not None
    assert room.replica.outline.place((1, 2)) == KEY


def test_runs_that_are_there_already_are_not_added_again() -> None:
    outline = Outline()
    outline.add([(1, 0, 5, 0), (1, 5, 9, 1)], {})
    outline.add([(1, 3, 5, 0), (1, 5, 12, 1), (1, 12, 13, 4)], {1: 9})
    assert outline.runs() == {1: [(0, 0), (5, 1), (12, 4)]}
    assert [outline.place((1, clock)) for clock in (4, 5, 11, 12)] == [0, 1, 1, 4]
    assert outline.place((2, 0)) == 0
