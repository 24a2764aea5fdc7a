"""What came between two flushes is applied together; a bad update among them harms only its author."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from pycrdt import Doc, Map, Text, merge_updates

from tests.collab.wires import Screen, person
from vitrail.builder import tree
from vitrail.collab import aftercare, applying, room as room_module, wire
from vitrail.collab.codec import Malformed, Reader, uint
from vitrail.collab.entries import Author
from vitrail.collab.rooms import Rooms
from vitrail.collab.walker import halves_of
from vitrail.core.clock import SystemClock
from vitrail.core.database import Database
from vitrail.core.migrate import migrate
from vitrail.server.schemas import schemas

if TYPE_CHECKING:
    from vitrail.collab.member import Member
    from vitrail.collab.room import Room

SOMEBODY = Author(None, "system")
NAME = "page:01M7Z9B28BQY3V9YGKMBME3MXE"
BAD = "no such key"
A, B, C = (f"description@{locale}" for locale in ("fr", "en", "de"))


@pytest.fixture
async def rooms(tmp_path):
    async with Database(f"sqlite+aiosqlite:///{tmp_path / 'inbox.db'}") as database:
        await migrate(database)
        async with Rooms(database, SystemClock(), schemas()).running() as rooms:
            yield rooms


@pytest.fixture
async def room(rooms: Rooms):
    async with rooms.open(NAME, create_for=SOMEBODY) as room:
        yield room


def edits(*keys: str) -> list[bytes]:
    """Return the updates of one client that sets some keys of a page."""
    doc: Doc = Doc()
    updates: list[bytes] = []
    meta = doc.get("meta", type=Map)
    subscription = doc.observe(lambda event: updates.append(event.update))
    for key in keys:
        meta[key] = "text"
    doc.unobserve(subscription)
    return updates


def deletion(update: bytes) -> bytes:
    """Return an update that deletes what another one has set."""
    doc: Doc = Doc()
    doc.apply_update(update)
    updates: list[bytes] = []
    subscription = doc.observe(lambda event: updates.append(event.update))
    doc.get("meta", type=Map).clear()
    doc.unobserve(subscription)
    return updates[0]


def screen(member: Member) -> Screen:
    assert isinstance(member.line, Screen)
    return member.line


def got(member: Member) -> list[bytes]:
    """Return the updates that a member was sent."""
    readers = [Reader(message, 2) for message in screen(member).messages if message[:2] == b"\0\2"]
    return [reader.bytes() for reader in readers]


def answers(member: Member) -> list[bool]:
    """Return for each answer to an update whether it was saved."""
    statuses = [wire.sync_status(saved=False), wire.sync_status(saved=True)]
    return [bool(statuses.index(m)) for m in screen(member).messages if m in statuses]


async def until(check) -> None:
    async with asyncio.timeout(20):
        while not check():  # noqa: ASYNC110 - a room tells its members only
            await asyncio.sleep(0)


async def stored(rooms: Rooms) -> list[bytes]:
    return list((await rooms.log.load(NAME)).updates)


async def test_updates_are_applied_together_and_forwarded_as_they_came(rooms: Rooms, room: Room):
    ada, ben, eve = (person(name, room) for name in ("ada", "ben", "eve"))
    transactions: list[object] = []
    subscription = room.doc.observe(lambda _: transactions.append(1))
    of_ada, of_ben = edits(A, B), edits(C)
    room.receive(ada, of_ada[0])
    room.receive(ben, of_ben[0])
    room.receive(ada, of_ada[1])
    assert room.is_dirty
    await until(lambda: not room.is_dirty and answers(ben))
    room.doc.unobserve(subscription)
    assert len(transactions) == 1
    assert got(eve) == [of_ada[0], of_ben[0], of_ada[1]] == await stored(rooms)
    assert (got(ada), got(ben)) == (of_ben, of_ada)
    assert (answers(ada), answers(ben), answers(eve)) == ([True, True], [True], [])


async def test_who_brings_nothing_new_leaves_the_document_as_it_was_encoded(room: Room):
    ada, ben = person("ada", room), person("ben", room)
    first, second = edits(A, B)
    room.receive(ada, first)
    await until(lambda: answers(ada))
    whole = room.replica.difference(b"\0")
    for known in (first, merge_updates(first), b"\0\0"):
        room.receive(ben, known, is_answer=True)
    await until(lambda: len(answers(ben)) == 3)
    assert room.replica.difference(b"\0") is whole
    room.receive(ada, second)
    await until(lambda: len(answers(ada)) == 2)
    assert room.replica.difference(b"\0") != whole


async def test_a_bad_update_among_good_ones_harms_only_its_author(rooms: Rooms, room: Room):
    ada, bad, eve = (person(name, room) for name in ("ada", "bad", "eve"))
    first, second = edits(A, B)
    wrong, wrong_too = edits(BAD, A)
    for member, update in ((ada, first), (bad, wrong), (bad, wrong_too), (ada, second)):
        room.receive(member, update)
    await until(lambda: not room.is_dirty and len(answers(ada)) == 2)
    assert (answers(ada), answers(bad), bad.refused) == ([True, True], [False], True)
    # A document that is read anew may be told again.
    assert list(dict.fromkeys(got(eve))) == [first, second] == await stored(rooms)
    assert room.doc.get("meta", type=Map).to_py() == {A: "text", B: "text"}


async def test_a_character_of_a_stored_document_is_not_cut_either(rooms: Rooms):
    """What is loaded, what comes after it, and what another node has stored."""
    doc: Doc = Doc()
    words = doc.get("t", type=Text)
    words += "a🎉"
    for known in ("stored", "sent", "told by another node"):
        async with rooms.open(f"doc:{known[:4]}", create_for=SOMEBODY) as room:
            ada, eve = person("ada", room), person("eve", room)
            if known == "stored":
                room.load([doc.get_update()], "", 1)
                assert room.replica.may_have_halves
                room.replica.know_halves(await halves_of(room.doc.get_update()))
            elif known == "sent":
                room.receive(ada, doc.get_update())
            else:
                room.receive_remote(1, [doc.get_update()])
            half = b"\x00\x01" + uint(doc.client_id) + b"\x01\x02\x01"
            with pytest.raises(Malformed, match="in two"):
                room.receive(eve, half)
            room.take_in()


async def test_what_takes_too_long_is_neither_kept_nor_stored(
    rooms: Rooms, room: Room, monkeypatch: pytest.MonkeyPatch
):
    ada, eve = person("ada", room), person("eve", room)
    first, second = edits(A, B)
    room.receive(ada, first)
    await until(lambda: answers(ada))
    monkeypatch.setattr(applying, "MAX_SECONDS", -1)
    room.receive(ada, second)
    await until(lambda: len(answers(ada)) == 2)
    monkeypatch.undo()
    assert (answers(ada), ada.refused) == ([True, False], True)
    await rooms.heal(room)
    assert got(eve) == [first] == await stored(rooms)
    assert room.doc.get("meta", type=Map).to_py() == {A: "text"}


async def test_what_a_turn_leaves_is_taken_in_at_the_next(
    rooms: Rooms, room: Room, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(room_module, "TURN_SECONDS", -1)
    members = [person(str(number), room) for number in range(3)]
    updates = [edits(key)[0] for key in (A, B, C)]
    for member, update in zip(members, updates, strict=True):
        room.receive(member, update)
    room.inbox.be_careful()
    room.take_in()
    assert room.doc.get("meta", type=Map).to_py() == {A: "text"}
    await until(lambda: all(answers(member) for member in members))
    assert await stored(rooms) == updates


async def test_several_bad_authors_are_each_refused(rooms: Rooms, room: Room):
    members = [person(str(number), room) for number in range(5)]
    updates = [edits(key)[0] for key in (A, BAD, B, BAD, C)]
    for member, update in zip(members, updates, strict=True):
        room.receive(member, update)
    await until(lambda: all(answers(member) for member in members))
    assert [answers(member) for member in members] == [[True], [False], [True], [False], [True]]
    assert await stored(rooms) == updates[::2]


async def test_what_misses_something_is_not_acknowledged_with_what_came_before(
    rooms: Rooms, room: Room
):
    ada, ben = person("ada", room), person("ben", room)
    updates = edits(A, B, C)
    room.receive(ada, updates[0])
    room.receive(ada, updates[2])  # the second is missing
    await until(lambda: not room.is_dirty and answers(ada))
    assert answers(ada) == [True]
    room.receive(ada, deletion(updates[0]))  # which misses nothing, and may not overtake
    await until(lambda: not room.is_dirty and len(got(ben)) == 2)
    assert answers(ada) == [True]
    room.receive(ada, merge_updates(*updates), is_answer=True)
    await until(lambda: len(answers(ada)) == 4)
    assert answers(ada) == [True] * 4
    assert room.doc.get("meta", type=Map).to_py() == {B: "text", C: "text"}


async def test_what_is_known_already_is_not_stored_again(rooms: Rooms, room: Room):
    ada, ben = person("ada", room), person("ben", room)
    updates = edits(A, B)
    for member in (ada, ben):
        for update in updates:
            room.receive(member, update)
    await until(lambda: len(answers(ben)) == 2)
    assert await stored(rooms) == updates
    assert answers(ada) == answers(ben) == [True, True]


async def test_two_moves_that_make_a_circle_are_repaired_by_the_server(
    rooms: Rooms, room: Room, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(aftercare, "REPAIR_SECONDS", 0)
    ada, eve = person("ada", room), person("eve", room)
    doc: Doc = Doc()
    nodes = doc.get("nodes", type=Map)
    for key in ("a", "b"):
        at = tree.Position("root", "a0", 1, "root").register()
        nodes[key] = Map({"type": "box", "pos": at})
    room.receive(ada, doc.get_update())
    for member, (node, parent) in ((ada, "ab"), (eve, "ba")):
        mine: Doc = Doc()
        mine.apply_update(doc.get_update())
        before = mine.get_state()
        at = tree.Position(parent, "a0", 2, "root").register()
        mine.get("nodes", type=Map)[node]["pos"] = at
        room.receive(member, mine.get_update(before))
    await until(lambda: len(got(eve)) > 2 and room.head_seq > 3)
    assert (await stored(rooms))[3:] == got(eve)[2:] == got(ada)[1:]
    assert not tree.repair(room.doc), "something is left to be repaired"
