from __future__ import annotations

import asyncio
from collections.abc import Iterator
from threading import Barrier, get_ident

import pytest

from vitrail.core.readers import Readers


@pytest.fixture
def readers() -> Iterator[Readers]:
    readers = Readers(2)
    yield readers
    readers.close()


async def test_one_thread_does_all_that_comes_one_by_one(readers: Readers):
    assert len({await readers.run(get_ident) for _ in range(20)}) == 1


async def test_another_helps_when_the_first_is_busy(readers: Readers):
    both = Barrier(2)
    together = [readers.run(lambda: both.wait(20) + 1) for _ in range(2)]
    assert sorted(await asyncio.gather(*together)) == [1, 2]


async def test_what_fails_is_told_and_the_thread_goes_on(readers: Readers):
    with pytest.raises(ZeroDivisionError):
        await readers.run(lambda: 1 // 0)
    assert len({await readers.run(get_ident) for _ in range(2)}) == 1
