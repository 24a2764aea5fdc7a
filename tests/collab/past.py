"""Histories for tests: what several people did to one document, each update with its date."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from pycrdt import Doc, Map, Text
from sqlalchemy import insert

from vitrail.collab import tables as t
from vitrail.collab.compact import apply_all
from vitrail.collab.guard import check_state_vector
from vitrail.collab.segments import Entry, moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitrail.core.database import Database

PEOPLE = ("ada", "bob", "eve")
ROOTS = ["nodes"]
START = 1_900_000_000_000  # milliseconds since 1970


class Scribe:
    """People with a copy each, who see each other's edits at once."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.at = START
        self._docs = {name: Doc[Any](client_id=100 + n) for n, name in enumerate(PEOPLE)}

    def edit(self, name: str, kind: int, key: str, value: int, *, after: int = 1000) -> None:
        """Have somebody change something, so many milliseconds after the last edit."""
        self.at += after
        doc = self._docs[name]
        before = doc.get_state()
        nodes = doc.get("nodes", type=Map)
        with doc.transaction():
            if key not in nodes:
                nodes[key] = Map({"type": "box", "text": Text("")})
            elif kind == 0:
                nodes[key]["pos"] = {"p": "root", "i": f"a{value}", "c": float(value)}
            elif kind == 1:
                nodes[key]["text"].insert(0, f"{value} ")
            elif kind == 2 and len(nodes[key]["text"]) > 3:
                del nodes[key]["text"][1:3]
            else:
                nodes[key][f"s:{value % 5}"] = f"{value}px"
        update = doc.get_update(before)
        for other in self._docs.values():
            if other is not doc:
                other.apply_update(update)
        self.entries.append(Entry(len(self.entries) + 1, self.at, name, "person", update))


def some_history(edits: int, seed: int = 1) -> list[Entry]:
    """Return so many edits, always the same; now and then there is a pause, or a night."""
    chance = random.Random(seed)
    scribe = Scribe()
    for number in range(edits):
        after = chance.choice([10, 500, 2000]) if chance.random() < 0.98 else 40_000_000
        name = PEOPLE[number // 40 % 3] if chance.random() < 0.9 else chance.choice(PEOPLE)
        scribe.edit(name, chance.randrange(4), f"node{chance.randrange(12)}", number, after=after)
    return scribe.entries


def content(*updates: bytes) -> tuple[Any, dict[int, int]]:
    """Return what a document holds after updates, and its state vector."""
    doc: Doc[Any] = Doc()
    apply_all(doc, updates)
    return doc.get("nodes", type=Map).to_py(), check_state_vector(doc.get_state())


async def store(database: Database, name: str, entries: Sequence[Entry]) -> None:
    """Write a document whose log has just these entries."""
    rows = [
        {
            "doc_id": name,
            "seq": entry.seq,
            "at": moment(entry.at),
            "actor_id": entry.actor_id,
            "actor_kind": entry.kind,
            "payload": entry.payload,
        }
        for entry in entries
    ]
    async with database.write() as sql:
        await sql.execute(
            insert(t.doc).values(
                id=name,
                lineage="lineage",
                head_seq=len(rows),
                snap_seq=0,
                created_at=moment(START),
            )
        )
        await sql.execute(insert(t.update), rows)
