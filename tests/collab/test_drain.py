"""A node that stops sends its people away: in waves when there is a place to go, else at once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.clock import HandClock
from tests.collab.wires import Wires
from vitrail.collab import service as service_module
from vitrail.collab.bus import Beat, encode
from vitrail.collab.quarantine import Quarantine
from vitrail.collab.rooms import Rooms
from vitrail.collab.service import Collab
from vitrail.core.database import Database
from vitrail.server.schemas import schemas


class Socket:
    """An open connection, as the service closes it."""

    def __init__(self, collab: Collab, closed: list[int]) -> None:
        self._collab, self._closed = collab, closed

    def close(self, code: int, _reason: str) -> None:
        assert code == 1012
        self._closed.append(len(self._collab.connections))
        self._collab.connections.discard(self)
        if not self._collab.connections:
            self._collab._emptied.set()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the drain wanted to wait between its waves."""
    found: list[float] = []
    sleep = asyncio.sleep

    async def noted(seconds: float) -> None:
        if seconds:
            found.append(seconds)
        await sleep(0)

    monkeypatch.setattr(service_module.asyncio, "sleep", noted)
    return found


async def drained(tmp_path: Any, *, people: int, others: bool) -> Collab:
    async with Database(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}") as database:
        wires = Wires()
        rooms = Rooms(database, HandClock(), schemas(), wires.bus())
        collab = Collab(rooms, None, HandClock(), Quarantine(database, HandClock()))  # type: ignore[arg-type]
        if others:
            rooms.nodes.receive(encode(Beat("another", [])))
        closed: list[int] = []
        collab.connections.update(Socket(collab, closed) for _ in range(people))  # type: ignore[misc]
        assert not collab.is_draining
        await collab.drain(2.0)
        assert len(closed) == people
        assert collab.is_draining
        assert wires.sent[-1].is_leaving
        return collab


async def test_with_another_node_people_go_in_waves_over_the_time_that_was_set(tmp_path, waits):
    await drained(tmp_path, people=100, others=True)
    assert len(waits) == 7
    assert sum(waits) == pytest.approx(1.75)


async def test_alone_everybody_goes_at_once(tmp_path, waits):
    await drained(tmp_path, people=100, others=False)
    assert not waits


async def test_nobody_is_waited_for_when_nobody_is_there(tmp_path, waits):
    await drained(tmp_path, people=0, others=True)
    assert not waits
