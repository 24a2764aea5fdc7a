"""What is remembered of who may do what, and when it is not."""

from __future__ import annotations

import pytest

from tests.clock import HandClock
from vitrail.core.remembered import GOOD_SECONDS, KEEP_SECONDS, Remembered


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
