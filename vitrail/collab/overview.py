"""What a node is doing, for whoever runs the server: which documents are open, and how it fares."""

from __future__ import annotations

import asyncio
from heapq import nlargest
from typing import TYPE_CHECKING, Literal

import msgspec

from vitrail.core.process import usage

if TYPE_CHECKING:
    from vitrail.collab.room import Room
    from vitrail.collab.service import Collab

MAX_DOCUMENTS = 200  # of one node; those with the most people are told
MAX_PEOPLE = 8


class OpenDocument(msgspec.Struct, array_like=True, frozen=True):
    """A document in a node's memory.

    Attributes:
        name: Its name.
        state: Whether people are here, it is kept for a while, or it waits to be read anew.
        connections: How many have it open.
        lagging: Of these, those that read too slowly.
        unsaved: Edits that are not on disk yet.
        people: The names of some who have it open.
    """

    name: str
    state: Literal["occupied", "lingering", "tainted"]
    connections: int
    lagging: int
    unsaved: int
    people: list[str]


class NodeReport(msgspec.Struct, array_like=True, frozen=True):
    """A node at one moment.

    Attributes:
        node: Its name, made anew at each start.
        is_draining: Whether it is about to stop.
        connections: Open sockets.
        rooms: Documents in memory, of which `documents` tells at most `MAX_DOCUMENTS`.
        memory_bytes: Memory in use.
        cpu_seconds: Processor time since it started.
        backlog: Edits that are not on disk.
        unacknowledged_seconds: How long the oldest of them waits.
        log_is_up: Whether the last commit succeeded.
        last_commit_seconds: How long ago that was; None before the first.
        bus_is_up: Whether other nodes can be told.
        documents: The documents.
    """

    node: str
    is_draining: bool
    connections: int
    rooms: int
    memory_bytes: int
    cpu_seconds: float
    backlog: int
    unacknowledged_seconds: float
    log_is_up: bool
    last_commit_seconds: float | None
    bus_is_up: bool
    documents: list[OpenDocument]


DECODER = msgspec.msgpack.Decoder(NodeReport)


def answer_surveys(collab: Collab) -> None:
    """Let this node tell others how it is, whenever one asks."""
    collab.rooms.nodes.describe = lambda: msgspec.msgpack.encode(describe(collab))


def describe(collab: Collab) -> NodeReport:
    """Return how this node is now."""
    rooms = collab.rooms
    log, taken = rooms.log, usage()
    fullest = nlargest(
        MAX_DOCUMENTS, rooms.live.values(), key=lambda room: len(room.audience.members)
    )
    committed = log.committed_at
    return NodeReport(
        rooms.nodes.id,
        collab.is_draining,
        len(collab.connections),
        len(rooms.live),
        taken.memory_bytes,
        taken.cpu_seconds,
        log.backlog,
        log.unacknowledged_seconds,
        log.healthy,
        asyncio.get_running_loop().time() - committed if committed else None,
        rooms.nodes.bus.is_up,
        [_describe(room) for room in fullest],
    )


def _describe(room: Room) -> OpenDocument:
    members = room.audience.members
    names = {member.actor.name for member in members if member.actor.name}
    people = sorted(names, key=str.casefold)
    return OpenDocument(
        room.name,
        "tainted" if room.tainted else "occupied" if members else "lingering",
        len(members),
        sum(member.lag is not None for member in members),
        room.receipts.produced - room.receipts.committed,
        people[:MAX_PEOPLE],
    )


async def survey(collab: Collab) -> tuple[list[NodeReport], int]:
    """Return how this node and all others are, and how many of those did not answer in time."""
    nodes = collab.rooms.nodes
    answers, silent = await nodes.survey()
    return [describe(collab), *map(DECODER.decode, answers)], silent
