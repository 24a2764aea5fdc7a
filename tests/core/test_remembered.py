"""What is remembered of who may do what, and when it is not."""

from __future__ import annotations

import asyncio

import pytest

from tests.clock import HandClock
from vitrail.collab import service as service_module
from vitrail.collab.quarantine import Quarantine
from vitrail.collab.rooms import Rooms
from vitrail.collab.service import Collab
from vitrail.core.database import Database
from vitrail.core.migrate import migrate
from vitrail.core.remembered import GOOD_SECONDS, KEEP_SECONDS, Remembered
from vitrail.server.schemas import schemas


class Desk:
    """Answers a question, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self) -> int:
        self.asked += 1
        return self.asked


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


async def test_nothing_is_taken_from_memory_before_access_was_looked_at(clock):
    remembered, desk = Remembered(clock), Desk()
    assert [await remembered.ask("who", desk) for _ in range(2)] == [1, 2]
    remembered.looked()
    assert [await remembered.ask("who", desk) for _ in range(2)] == [2, 2]
    assert await remembered.ask("another", desk) == 3


async def test_who_asks_when_the_last_look_is_too_old_wants_another(clock):
    remembered, desk, wanted = Remembered(clock), Desk(), list[bool]()
    remembered.wanted = lambda: wanted.append(True)
    await remembered.ask("who", desk)
    remembered.looked()
    for _ in range(2):
        await remembered.ask("who", desk)
    assert (desk.asked, len(wanted)) == (1, 1)
    clock.move(seconds=GOOD_SECONDS)
    await remembered.ask("who", desk)
    assert (desk.asked, len(wanted)) == (2, 2)


async def test_an_answer_is_good_while_access_is_looked_at_and_for_a_while(clock):
    remembered, desk = Remembered(clock), Desk()
    remembered.looked()
    assert await remembered.ask("who", desk) == 1
    clock.move(seconds=GOOD_SECONDS)
    assert await remembered.ask("who", desk) == 2
    remembered.looked()
    assert await remembered.ask("who", desk) == 2
    clock.move(seconds=KEEP_SECONDS + 1)
    remembered.looked()
    assert await remembered.ask("who", desk) == 3


async def test_a_change_of_access_ends_what_is_known_and_what_is_being_asked(clock):
    remembered, desk = Remembered(clock), Desk()
    remembered.looked()
    await remembered.ask("who", desk)

    async def slow() -> str:
        remembered.forget()  # access changes while the database is read
        return "of before"

    assert await remembered.ask("other", slow) == "of before"
    assert await remembered.ask("other", desk) == 2
    assert await remembered.ask("who", desk) == 3


async def test_a_refusal_is_not_remembered(clock):
    remembered, desk = Remembered(clock), Desk()
    remembered.looked()

    async def refuse() -> int:
        raise PermissionError

    with pytest.raises(PermissionError):
        await remembered.ask("who", refuse)
    assert await remembered.ask("who", desk) == 1


async def test_the_first_who_comes_makes_a_server_look_and_the_next_are_remembered(
    tmp_path, clock, monkeypatch
):
    monkeypatch.setattr(service_module, "WATCH_SECONDS", 3600)  # nothing but the question wakes it
    desk, before = Desk(), -1
    async with Database(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}") as database:
        await migrate(database)
        rooms = Rooms(database, clock, schemas())
        collab = Collab(rooms, None, clock, Quarantine(database, clock))  # type: ignore[arg-type]
        async with collab.running(), asyncio.timeout(20):
            while desk.asked != before:
                before = desk.asked
                await collab.remembered.ask("who", desk)
                await asyncio.sleep(0)
