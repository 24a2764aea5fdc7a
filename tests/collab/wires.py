"""A bus in memory that loses, repeats, delays and reorders, and people who do not need a socket."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from vitrail.collab.bus import decode
from vitrail.collab.member import Member
from vitrail.collab.ports import Scope
from vitrail.collab.rooms import Rooms
from vitrail.collab.wire import Dialect
from vitrail.core.access import Actor
from vitrail.server.schemas import schemas

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from random import Random

    from vitrail.collab.line import Batch
    from vitrail.collab.room import Room
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database


class Wires:
    """What carries messages between the buses of some nodes, by hand.

    Attributes:
        sent: Every message that any node published.
        waiting: Those that were not delivered yet.
    """

    def __init__(self, chance: Random | None = None) -> None:
        self.chance = chance
        self.buses: list[Bus] = []
        self.sent: list[Any] = []
        self.waiting: list[bytes] = []

    def bus(self) -> Bus:
        self.buses.append(Bus(self))
        return self.buses[-1]

    def deliver(self) -> None:
        """Hand out what waits; with chance at play not all of it, not once, not in order."""
        waiting, self.waiting = self.waiting, []
        if self.chance is not None:
            kept = [data for data in waiting for _ in range(self.chance.choice([0, 1, 1, 1, 2]))]
            self.chance.shuffle(kept)
            late = self.chance.randrange(len(kept) + 1)
            waiting, self.waiting = kept[late:], kept[:late]
        for data in waiting:
            for bus in self.buses:
                bus.receive(data)

    def drop(self) -> None:
        self.waiting = []


class Bus:
    is_shared = True
    is_up = True
    published = dropped = 0

    def __init__(self, wires: Wires) -> None:
        self.wires = wires
        self.receive: Callable[[bytes], None] = lambda _: None

    def publish(self, data: bytes) -> None:
        self.wires.sent.append(decode(data))
        self.wires.waiting.append(data)

    async def run(self, receive: Callable[[bytes], None], connected: Callable[[], None]) -> None:
        self.receive = receive
        connected()
        await asyncio.Event().wait()


@asynccontextmanager
async def node(database: Database, clock: Clock, bus: Bus) -> AsyncGenerator[Rooms]:
    async with Rooms(database, clock, schemas(), bus).running() as rooms:
        yield rooms


class Screen:
    """A member's line, with what was sent on it."""

    def __init__(self) -> None:
        self.is_full = False
        self.sent_bytes = 0
        self.messages: list[bytes] = []
        self.closed: tuple[int, str] | None = None

    def send(self, batch: Batch) -> None:
        self.messages += batch.messages

    def pause(self) -> None:
        pass

    def resume(self) -> None:
        pass

    def close(self, code: int, reason: str) -> None:
        self.closed = (code, reason)


def person(name: str, room: Room) -> Member:
    actor = Actor(user_id=name, name=name, color="#2f4fe0")
    member = Member(Screen(), Dialect.HOCUSPOCUS, actor, Scope.WRITE, b"")
    room.audience.join(member)
    return member
