"""Stretches of a document's history, packed: who changed what when, and the updates themselves.

A segment holds entries column by column, deflated. Those of a drag differ in a few bytes, so a
thousand of them pack into little.
"""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# A person who does nothing for so long has begun another session when they go on.
PAUSE_MS = 120_000
LEVEL = 6
SEVERAL = "several"
"""Actor kind of an entry that stands for the edits of several actors."""


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """What brings a document from the entry before to `seq`.

    Attributes:
        seq: Number of the last update that it holds.
        at: When that was made, in milliseconds since 1970.
        actor_id: Who made it.
        kind: Kind of the actor, or `SEVERAL`.
        payload: Yjs update v1.
        edits: How many updates it stands for.
    """

    seq: int
    at: int
    actor_id: str | None
    kind: str
    payload: bytes
    edits: int = 1


class Session(msgspec.Struct, frozen=True, array_like=True):
    """What one actor did without a pause; sessions of several actors may overlap.

    Attributes:
        first: Number of its first update.
        last: Number of its last update.
        began: Milliseconds since 1970.
        ended: Milliseconds since 1970.
        actor_id: Who.
        kind: Kind of the actor, or `SEVERAL`.
        edits: How many updates.
    """

    first: int
    last: int
    began: int
    ended: int
    actor_id: str | None
    kind: str
    edits: int


class _Columns(msgspec.Struct, array_like=True):
    seqs: list[int]  # the first, then the steps
    times: list[int]  # the first, then the steps
    actors: list[tuple[str | None, str]]
    who: list[int]
    edits: list[int]
    payloads: list[bytes]


def milliseconds(moment: datetime) -> int:
    """Return a moment as milliseconds since 1970; SQLite gives moments without their zone."""
    return round((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)


def moment(at: int) -> datetime:
    """Return the moment of so many milliseconds since 1970."""
    return datetime.fromtimestamp(at / 1000, UTC)


def _steps(values: Sequence[int]) -> list[int]:
    return [*values[:1], *(after - before for before, after in pairwise(values))]


def _sums(steps: Iterable[int]) -> Iterable[int]:
    total = 0
    for step in steps:
        total += step
        yield total


def pack(entries: Sequence[Entry]) -> bytes:
    """Write entries as the payload of a segment."""
    actors: dict[tuple[str | None, str], int] = {}
    who = [actors.setdefault((e.actor_id, e.kind), len(actors)) for e in entries]
    columns = _Columns(
        _steps([e.seq for e in entries]),
        _steps([e.at for e in entries]),
        list(actors),
        who,
        [e.edits for e in entries],
        [e.payload for e in entries],
    )
    return zlib.compress(msgspec.msgpack.encode(columns), LEVEL)


def unpack(payload: bytes) -> list[Entry]:
    """Read the payload of a segment.

    Raises:
        zlib.error: It is damaged.
    """
    columns = msgspec.msgpack.decode(zlib.decompress(payload), type=_Columns)
    return [
        Entry(seq, at, *columns.actors[who], update, edits)
        for seq, at, who, edits, update in zip(
            _sums(columns.seqs),
            _sums(columns.times),
            columns.who,
            columns.edits,
            columns.payloads,
            strict=True,
        )
    ]


def sessions_of(entries: Iterable[Entry]) -> list[Session]:
    """Group entries by actor and pause, the earliest beginning first."""
    return join_sessions(
        Session(e.seq - e.edits + 1, e.seq, e.at, e.at, e.actor_id, e.kind, e.edits)
        for e in entries
    )


def join_sessions(parts: Iterable[Session]) -> list[Session]:
    """Join sessions that follow each other without a pause; `parts` by their first number."""
    done: list[Session] = []
    current: dict[tuple[str | None, str], Session] = {}
    for part in parts:
        key = (part.actor_id, part.kind)
        before = current.get(key)
        if before is not None and part.began - before.ended <= PAUSE_MS and part.kind != SEVERAL:
            current[key] = msgspec.structs.replace(
                before, last=part.last, ended=part.ended, edits=before.edits + part.edits
            )
            continue
        if before is not None:
            done.append(before)
        current[key] = part
    return sorted([*done, *current.values()], key=lambda session: session.first)
