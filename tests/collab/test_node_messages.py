"""Two nodes in one process on a real PostgreSQL, with a bus that does its worst."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from random import Random
from typing import Any

import pytest
from pycrdt import Doc, Map

from tests.clock import HandClock
from tests.collab.wires import Screen, Wires, node, person
from vitrail.collab import catching_up
from vitrail.collab.bus import Ask, Beat, Committed, Present
from vitrail.collab.codec import Reader, prefixed, uint
from vitrail.collab.entries import Author
from vitrail.collab.nodes import DEAD_SECONDS
from vitrail.collab.room import Room
from vitrail.collab.rooms import Rooms
from vitrail.collab.server_edits import edit_documents
from vitrail.core.database import Database

pytestmark = pytest.mark.postgres
SOMEBODY = Author(None, "system")
NAME = "doc:shared"


def write(key: str, value: Any = 1):
    def change(docs: list[Doc[Any]]) -> None:
        docs[0].get("m", type=Map)[key] = value

    return change


def content(room: Room) -> dict[str, Any]:
    return room.doc.get("m", type=Map).to_py()


async def until(check, *, each=lambda: None) -> None:
    async with asyncio.timeout(20):
        while not check():
            each()
            await asyncio.sleep(0)


class Pair:
    """Two nodes with one document open on each."""

    def __init__(self, wires: Wires, clock: HandClock, nodes: list[Rooms], rooms: list[Room]):
        self.wires, self.clock = wires, clock
        (self.a, self.b), (self.room_a, self.room_b) = nodes, rooms

    async def converge(self) -> None:
        """Let both look at the database as they do twice a second, until they are equal."""

        def equal() -> bool:
            states = [room.doc.get_update() for room in (self.room_a, self.room_b)]
            heads = [room.head_seq for room in (self.room_a, self.room_b)]
            return states[0] == states[1] and heads[0] == heads[1]

        await self.a.log.flushed()
        await self.b.log.flushed()
        await asyncio.gather(self.a.glance(), self.b.glance())
        await until(equal)

    async def hand_over(self, check) -> None:
        """Deliver messages until something is so, without a look at the database."""
        await until(check, each=self.wires.deliver)


@asynccontextmanager
async def pair(url: str, chance: Random | None = None):
    wires, clock = Wires(chance), HandClock()
    async with AsyncExitStack() as stack:
        nodes: list[Rooms] = []
        rooms: list[Room] = []
        for _ in "ab":
            database = await stack.enter_async_context(Database(url))
            nodes.append(await stack.enter_async_context(node(database, clock, wires.bus())))
            opened = nodes[-1].open(NAME, create_for=SOMEBODY)
            rooms.append(await stack.enter_async_context(opened))
        yield Pair(wires, clock, nodes, rooms)


def forbid_reading(monkeypatch: pytest.MonkeyPatch, *nodes: Rooms) -> None:
    async def tail(name: str, after: int) -> list[bytes]:
        raise AssertionError(f"{name} was read after {after}")

    for rooms in nodes:
        monkeypatch.setattr(rooms.log, "tail", tail)


async def test_edits_cross_without_reading_the_log(postgres_url, monkeypatch):
    async with pair(postgres_url) as both:
        forbid_reading(monkeypatch, both.a, both.b)
        reader = person("reader", both.room_b)
        await edit_documents(both.a, [NAME], SOMEBODY, write("a"))
        await both.hand_over(lambda: content(both.room_b) == {"a": 1})
        await edit_documents(both.b, [NAME], SOMEBODY, write("b"))
        await both.hand_over(lambda: content(both.room_a) == {"a": 1, "b": 1})
        assert both.room_a.head_seq == both.room_b.head_seq == 2
        assert isinstance(reader.line, Screen)
        assert len(reader.line.messages) == 2  # each edit once
        await both.converge()
        stored = await both.a.log.load(NAME)
        assert (stored.head_seq, len(stored.updates)) == (2, 2)  # none was logged twice


async def test_a_commit_is_published_at_most_once_for_all_documents(postgres_url):
    async with pair(postgres_url) as both, AsyncExitStack() as stack:
        names = [NAME, *(f"doc:{number}" for number in range(5))]
        for name in names[1:]:
            await stack.enter_async_context(both.a.open(name, create_for=SOMEBODY))
        commits = []
        told = both.a.log._on_commit

        def counted(batch, numbers):
            commits.append(sum(len(entry.updates) for entry in batch))
            told(batch, numbers)

        both.a.log._on_commit = counted
        edits = [
            edit_documents(both.a, [name], SOMEBODY, write(f"{n}"))
            for n in range(20)
            for name in names
        ]
        await asyncio.gather(*edits)
        published = [m for m in both.wires.sent if isinstance(m, Committed)]
        assert sum(commits) == len(edits)
        assert len(published) == len(commits) < len(edits) / 10
        await both.hand_over(lambda: both.room_b.head_seq == 20)


async def test_a_large_commit_travels_as_numbers_and_is_read(postgres_url):
    async with pair(postgres_url) as both:
        await edit_documents(both.a, [NAME], SOMEBODY, write("large", "x" * 100_000))
        [message] = [m for m in both.wires.sent if isinstance(m, Committed)]
        assert message.entries[0].updates is None
        await both.hand_over(lambda: "large" in content(both.room_b))


@pytest.mark.parametrize("seed", range(4))
async def test_lost_repeated_and_reordered_messages_converge(postgres_url, seed, monkeypatch):
    monkeypatch.setattr(catching_up, "GAP_SECONDS", 0.0)
    chance = Random(seed)
    async with pair(postgres_url, chance) as both:
        promised: dict[str, int] = {}

        async def work(rooms: Rooms, who: str) -> None:
            for number in range(40):
                key = f"{who}{chance.randrange(200)}"
                await edit_documents(rooms, [NAME], SOMEBODY, write(key, number))
                promised[key] = number
                both.wires.deliver()
                if chance.random() < 0.1:
                    await rooms.glance()

        await asyncio.gather(work(both.a, "a"), work(both.b, "b"), work(both.b, "c"))
        both.wires.drop()  # and the last are always lost
        await both.converge()
        assert content(both.room_a) == promised
        stored = await both.a.log.load(NAME)
        assert stored.head_seq == both.room_a.head_seq == 120


async def test_without_a_bus_a_look_at_the_database_is_enough(postgres_url):
    async with pair(postgres_url) as both:
        both.wires.buses.clear()
        edits = [write(str(number)) for number in range(1200)]  # more than is read at once
        await asyncio.gather(*(edit_documents(both.a, [NAME], SOMEBODY, edit) for edit in edits))
        await both.converge()
        assert len(content(both.room_b)) == 1200


async def test_what_is_told_while_a_document_loads_is_not_missed(postgres_url, monkeypatch):
    async with pair(postgres_url) as both:
        name = "doc:late"
        load = both.b.log.load
        async with both.a.open(name, create_for=SOMEBODY):

            async def slow(wanted):
                stored = await load(wanted)
                await edit_documents(both.a, [name], SOMEBODY, write("meanwhile"))
                both.wires.deliver()
                return stored

            monkeypatch.setattr(both.b.log, "load", slow)
            async with both.b.open(name) as room:
                await until(lambda: content(room) == {"meanwhile": 1})


async def test_an_update_that_cannot_be_applied_taints_and_is_read_anew(postgres_url):
    async with pair(postgres_url) as both:
        await edit_documents(both.a, [NAME], SOMEBODY, write("good"))
        both.wires.drop()
        both.room_b.receive_remote(1, [b"\xff\x01\x02"])
        assert both.room_b.tainted
        await until(lambda: not both.room_b.tainted)
        assert content(both.room_b) == {"good": 1}
        assert both.room_b.head_seq == 1


async def test_members_see_what_came_while_their_room_was_read_anew(postgres_url):
    async with pair(postgres_url) as both:
        reader = person("reader", both.room_b)
        await edit_documents(both.a, [NAME], SOMEBODY, write("missed"))
        both.wires.drop()
        both.room_b.replica.tainted = True
        await both.b.heal(both.room_b)
        seen: Doc[Any] = Doc()
        assert isinstance(reader.line, Screen)
        for message in reader.line.messages:
            body = Reader(message)
            if body.uint() == 0 and body.uint() == 2:
                seen.apply_update(body.bytes())
        assert seen.get("m", type=Map).to_py() == {"missed": 1}


async def test_another_deployment_on_the_same_bus_is_not_heard(postgres_url):
    async with pair(postgres_url) as both:
        await edit_documents(both.a, [NAME], SOMEBODY, write("a"))
        both.wires.drop()
        foreign: Doc[Any] = Doc()
        foreign.get("m", type=Map)["foreign"] = 1
        from vitrail.collab.bus import Entry, encode

        entry = Entry(NAME, "another-lineage", 1, 1, [foreign.get_update()])
        both.b.nodes.receive(encode(Committed("elsewhere", [entry])))
        await both.converge()
        assert content(both.room_b) == {"a": 1}


async def test_a_document_that_another_node_deleted_closes(postgres_url):
    async with pair(postgres_url) as both:
        reader = person("reader", both.room_b)
        async with both.a.log._database.write() as sql:
            await both.a.log.drop(sql, [NAME])
        await both.b.glance()
        assert isinstance(reader.line, Screen)
        assert reader.line.closed == (4403, "access was revoked")
        assert NAME not in both.b.live


async def test_a_message_of_another_version_is_passed_over(postgres_url):
    async with pair(postgres_url) as both:
        for data in (b"", b"\xff", b"\x92\xa1z\x01", b"\x80"):
            both.b.nodes.receive(data)
        await edit_documents(both.a, [NAME], SOMEBODY, write("a"))
        await both.hand_over(lambda: content(both.room_b) == {"a": 1})


# ---- presence ------------------------------------------------------------------------------


def awareness(client: int, clock: int, state: bytes) -> bytes:
    return uint(1) + uint(client) + uint(clock) + prefixed(state)


def states(room: Room) -> dict[int, bytes]:
    return {client: entry.state for client, entry in room.presence._entries.items()}


async def test_presence_crosses_with_the_identity_of_its_node_and_goes_with_the_socket(
    postgres_url,
):
    async with pair(postgres_url) as both:
        ada = person("ada", both.room_a)
        both.room_a.receive_presence(ada, awareness(1, 1, b'{"user":{"name":"root"},"x":3}'))
        await both.hand_over(lambda: 1 in states(both.room_b))
        assert b'"name":"ada"' in states(both.room_b)[1]
        assert b'"x":3' in states(both.room_b)[1]
        eve = person("eve", both.room_b)
        both.room_b.receive_presence(eve, awareness(1, 9, b"null"))  # not hers to remove
        assert 1 in states(both.room_b)
        both.room_a.leave(ada)
        await both.hand_over(lambda: 1 not in states(both.room_b))


async def test_presence_that_nobody_heard_is_told_again_once_the_bus_is_back(postgres_url):
    async with pair(postgres_url) as both:
        ada = person("ada", both.room_a)
        both.room_a.receive_presence(ada, awareness(1, 1, b'{"x":1}'))
        await both.hand_over(lambda: 1 in states(both.room_b))
        both.wires.sent.clear()
        both.room_a.receive_presence(ada, awareness(1, 2, b'{"x":2}'))
        await until(lambda: any(isinstance(sent, Present) for sent in both.wires.sent))
        both.b.nodes._connected()
        both.wires.drop()  # what was told, and the question of the first to be back
        both.a.nodes._connected()
        await both.hand_over(lambda: b'"x":2' in states(both.room_b)[1])


async def test_presence_of_one_tick_is_one_message(postgres_url):
    async with pair(postgres_url) as both, both.a.open("doc:two", create_for=SOMEBODY) as second:
        places = [both.room_a, second] * 10
        people = [person(f"p{n // 2}", room) for n, room in enumerate(places)]
        both.wires.drop()
        both.wires.sent.clear()
        for client, (member, room) in enumerate(zip(people, places, strict=True)):
            for clock in range(3):
                room.receive_presence(member, awareness(client, clock, b"{}"))
        await both.hand_over(lambda: len(states(both.room_b)) == 10)
        [message] = [m for m in both.wires.sent if isinstance(m, Present)]
        assert {where.doc: len(where.states) for where in message.rooms} == {
            NAME: 10,
            "doc:two": 10,
        }


async def test_a_room_that_opens_asks_who_is_there(postgres_url):
    async with pair(postgres_url) as both, both.a.open("doc:two", create_for=SOMEBODY) as there:
        ada = person("ada", there)
        there.receive_presence(ada, awareness(1, 1, b"{}"))
        await asyncio.sleep(0)
        both.wires.drop()
        async with both.b.open("doc:two") as room:
            await both.hand_over(lambda: 1 in states(room))


async def test_a_person_who_comes_back_on_another_node_is_there_once(postgres_url):
    async with pair(postgres_url) as both:
        here = person("ada", both.room_a)
        both.room_a.receive_presence(here, awareness(1, 1, b"{}"))
        await both.hand_over(lambda: 1 in states(both.room_b))
        again = person("ada", both.room_b)
        both.room_b.receive_presence(again, awareness(1, 2, b'{"again":1}'))
        await both.hand_over(lambda: b"again" in states(both.room_a)[1])
        both.room_a.leave(here)  # the old socket dies late
        for _ in range(100):
            both.wires.deliver()
            await asyncio.sleep(0)
        assert b"again" in states(both.room_a)[1]
        assert b"again" in states(both.room_b)[1]


async def test_people_of_a_node_that_is_not_heard_of_go(postgres_url):
    async with pair(postgres_url) as both:
        ada, bob = person("ada", both.room_a), person("bob", both.room_b)
        both.room_a.receive_presence(ada, awareness(1, 1, b"{}"))
        both.room_b.receive_presence(bob, awareness(2, 1, b"{}"))
        await both.hand_over(
            lambda: {1, 2} == states(both.room_b).keys() == states(both.room_a).keys()
        )
        both.clock.move(seconds=DEAD_SECONDS)
        both.b.nodes.bury()
        assert states(both.room_b).keys() == {1, 2}
        both.clock.move(seconds=0.1)
        both.b.nodes.bury()
        assert states(both.room_b).keys() == {2}
        assert not both.b.nodes.others
        both.a.nodes._connected()  # it was only cut off
        await both.hand_over(lambda: states(both.room_b).keys() == {1, 2})


async def test_a_heartbeat_mends_presence_whose_message_was_lost(postgres_url):
    async with pair(postgres_url) as both:
        ada = person("ada", both.room_a)
        both.room_a.receive_presence(ada, awareness(1, 1, b"{}"))
        await until(lambda: any(isinstance(m, Present) for m in both.wires.sent))
        both.wires.drop()
        both.a.nodes._say(both.a.nodes._here())
        await both.hand_over(lambda: 1 in states(both.room_b))
        before = len(both.wires.sent)
        both.room_a.leave(ada)
        await until(lambda: any(isinstance(m, Present) for m in both.wires.sent[before:]))
        both.wires.drop()
        assert 1 in states(both.room_b)
        both.a.nodes._say(both.a.nodes._here())
        await both.hand_over(lambda: 1 not in states(both.room_b))
        beats = [m for m in both.wires.sent if isinstance(m, Beat | Ask)]
        assert beats


async def test_a_node_that_leaves_is_no_place_to_send_people_to(postgres_url):
    async with pair(postgres_url) as both:
        await both.hand_over(lambda: bool(both.a.nodes.others and both.b.nodes.others))
        both.a.nodes.leave()
        await both.hand_over(lambda: not both.b.nodes.others)
        assert both.a.nodes.others
