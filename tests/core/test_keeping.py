"""Work beside the requests goes on though a round of it has failed."""

from __future__ import annotations

import asyncio

import pytest

from vitrail.core import keeping
from vitrail.core.keeping import end, keep_on


async def test_what_fails_is_told_and_begins_again(monkeypatch: pytest.MonkeyPatch, caplog):
    monkeypatch.setattr(keeping, "FIRST_PAUSE_SECONDS", 0.0)
    rounds = iter((ValueError("one"), KeyError("two"), None))

    async def run() -> None:
        if (error := next(rounds)) is not None:
            raise error

    await keep_on(run)
    assert [str(record.exc_info[1]) for record in caplog.records] == ["one", "'two'"]
    assert next(rounds, "over") == "over"


async def test_who_loses_a_cancellation_is_cancelled_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keeping, "ASK_AGAIN_SECONDS", 0.01)
    asked = 0

    async def run() -> None:
        nonlocal asked
        while asked < 3:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                asked += 1

    stubborn, ended = asyncio.create_task(run()), asyncio.create_task(asyncio.sleep(0))
    await asyncio.wait([ended])
    await end([stubborn, ended])
    assert stubborn.done()
    assert asked == 3
