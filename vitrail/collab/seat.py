"""A seat: a member's place in a room, and what it sends about the document there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from vitrail.collab import wire
from vitrail.collab.client_ids import Replaced
from vitrail.collab.codec import Malformed
from vitrail.collab.drawing import draw
from vitrail.collab.member import Member
from vitrail.collab.outline import OutlineNeeded
from vitrail.collab.pieces import CutNeeded
from vitrail.collab.walker import BIG_UPDATE_BYTES, walk
from vitrail.collab.wire import Dialect
from vitrail.core.errors import VitrailError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from vitrail.collab.checked import Checked
    from vitrail.collab.codec import Reader
    from vitrail.collab.line import Line
    from vitrail.collab.ports import Scope
    from vitrail.collab.room import Room
    from vitrail.collab.rooms import Rooms
    from vitrail.core.access import Actor

    Todo = Coroutine[None, None, None] | None
    """What must be waited for before the next message is dealt with, if anything."""

TARPIT_SECONDS = 2.0  # stock providers come back at once after a refusal


class Seat(Member):
    """A member that knows its room.

    Args:
        rooms: Where the room is read anew when it must be.
        room: The room.
    """

    __slots__ = ("_rooms", "room")

    def __init__(
        self,
        line: Line,
        dialect: Dialect,
        actor: Actor,
        scope: Scope,
        address: bytes,
        rooms: Rooms,
        room: Room,
    ) -> None:
        super().__init__(line, dialect, actor, scope, address)
        self._rooms = rooms
        self.room = room

    def sync(self, reader: Reader) -> Todo:
        """Deal with a message of the sync protocol.

        Raises:
            VitrailError: It ends the connection.
        """
        return self._heal_and_sync(reader) if self.room.tainted else self._sync(reader)

    def update(self, payload: bytes, *, is_answer: bool = False) -> Todo:
        """Take in an update; the room must not be tainted.

        Args:
            payload: Yjs update v1.
            is_answer: Whether it is what the server has asked for.
        """
        if len(payload) > BIG_UPDATE_BYTES and not self.refused:
            return self._walked(payload, is_answer=is_answer)
        return self._receive(payload, is_answer=is_answer)

    async def _heal_and_sync(self, reader: Reader) -> None:
        await self._rooms.heal(self.room)
        todo = self._sync(reader)
        if todo is not None:
            await todo

    def _sync(self, reader: Reader) -> Todo:
        room, step, payload = self.room, reader.uint(), reader.bytes()
        if step == wire.STEP1:
            room.take_in()  # who asks after an edit is answered after it
            if room.tainted or room.inbox:
                return self._answer_later(payload)
            try:
                self._answer(payload)
            except Replaced as error:
                return turn_away(error)
            return None
        if step not in {wire.STEP2, wire.UPDATE}:
            raise Malformed("unknown sync message")
        return self.update(payload, is_answer=step == wire.STEP2)

    def _answer(self, state_vector: bytes) -> None:
        self.room.audience.answer(self, state_vector)
        if self.dialect is Dialect.HOCUSPOCUS:
            self.send(wire.step1(self.room.doc.get_state()))

    async def _answer_later(self, state_vector: bytes) -> None:
        room = self.room
        while room.tainted or room.inbox:
            await self._rooms.heal(room)
            room.take_in()
            await asyncio.sleep(0)  # it has taken what a turn may take
        self._answer(state_vector)

    async def _walked(self, payload: bytes, *, is_answer: bool) -> None:
        room, replica = self.room, self.room.replica
        clocks = replica.clocks
        walked = await walk(payload, replica, room.inbox.size)
        if self not in room.audience.members:
            return
        if room.tainted:
            await self._rooms.heal(room)
        result = walked.result if replica.clocks is clocks else None  # else it was read anew
        todo = self._receive(payload, is_answer=is_answer, walked=result)
        if todo is not None:
            await todo

    async def _outlined(self, payload: bytes, *, is_answer: bool) -> None:
        """Take in an update of which nobody knows where it is before the document has an outline."""
        await draw(self.room)
        if self not in self.room.audience.members:
            return
        if self.room.tainted:
            await self._rooms.heal(self.room)
        todo = self.update(payload, is_answer=is_answer)
        if todo is not None:
            await todo

    def _receive(
        self, payload: bytes, *, is_answer: bool, walked: Callable[[], Checked] | None = None
    ) -> Todo:
        room = self.room
        try:
            room.receive(self, payload, is_answer=is_answer, walked=walked)
        except OutlineNeeded:
            return self._outlined(payload, is_answer=is_answer)
        except CutNeeded:
            return self._walked(payload, is_answer=is_answer)
        except Replaced as error:
            return turn_away(error)
        except VitrailError as error:
            room.refuse(self, error)
            return self._rooms.heal(room)
        return None


async def turn_away(error: VitrailError) -> None:
    """End a connection, not at once: a stock provider comes back with the same."""
    await asyncio.sleep(TARPIT_SECONDS)
    raise error
