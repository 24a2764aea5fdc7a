"""Aftercare: what each flush of a room leaves to be done, at once or a moment later.

Followers and other nodes are told, a tainted document is read anew, a gap is filled from the log, and what
concurrent moves have made necessary is written.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from typing import TYPE_CHECKING, Any

from vitrail.collab.entries import Author
from vitrail.core.errors import VitrailError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from vitrail.collab.catching_up import CatchUp
    from vitrail.collab.followers import Followers
    from vitrail.collab.nodes import Nodes
    from vitrail.collab.room import Room

LOG = logging.getLogger(__name__)
CHANCE = secrets.SystemRandom()
REPAIR_SECONDS = 0.2


class Aftercare:
    """Sees to what the flushes of this process leave.

    Args:
        live: The rooms that are loaded, by document.
        followers: Who waits for documents to change.
        nodes: The other nodes.
        catch_up: Fills gaps.
        heal: Reads a tainted room anew.
        start: Runs a task of the rooms.
    """

    def __init__(
        self,
        live: Mapping[str, Room],
        followers: Followers,
        nodes: Nodes,
        catch_up: CatchUp,
        heal: Callable[[Room], Coroutine[Any, Any, None]],
        start: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        self._live = live
        self._followers = followers
        self._nodes = nodes
        self._catch_up = catch_up
        self._heal = heal
        self._start = start

    def flushed(self, room: Room) -> None:
        """See to what a flush has left."""
        self._followers.tell((room.name,))  # of what other nodes have logged
        replica = room.replica
        if room.presence.untold:
            self._nodes.tell_presence(room)
        if replica.tainted:
            self._start(self._heal_quietly(room))
        elif room.heads.has_gap:
            self._catch_up.soon(room)
        if replica.repair_due:
            # Nodes that see the same conflict should not all repair it at once.
            share = CHANCE.random() if self._nodes.others else 0
            loop = asyncio.get_running_loop()
            loop.call_later(REPAIR_SECONDS * (1 + 5 * share), self._repair, room)

    async def _heal_quietly(self, room: Room) -> None:
        """Heal a room that nobody asks for at this moment; whoever asks next is told why it fails."""
        if self._live.get(room.name) is room:
            with contextlib.suppress(VitrailError):
                await self._heal(room)

    def _repair(self, room: Room) -> None:
        """Write what concurrent moves made necessary."""
        if room.tainted or self._live.get(room.name) is not room:
            return
        replica = room.replica
        due, replica.repair_due = replica.repair_due, []
        if not due:
            return
        author = Author(None, "system")
        try:
            room.edit(author, lambda doc: replica.schema.repair(doc, due), lambda _: None)
            replica.repair_due = []
        except VitrailError:
            LOG.exception("repair was refused", extra={"doc": room.name})
