"""A document that was replaced: nothing of a copy of its old history ever comes back."""

from __future__ import annotations

import random
from typing import Any

import pytest
from pycrdt import Doc, Map, Text

from tests.collab.past import Scribe
from tests.collab.test_log_contract import SOMEBODY, writing
from vitrail.collab.client_ids import (
    Named,
    Replaced,
    new_ids,
    pack_ids,
    refuse_retired,
    unpack_ids,
)
from vitrail.collab.compact import apply_all
from vitrail.collab.entries import Appended, Update
from vitrail.collab.guard import check_state_vector
from vitrail.collab.lineage import reset
from vitrail.collab.log import UpdateLog
from vitrail.core.clock import SystemClock
from vitrail.core.database import Database
from vitrail.core.errors import NotFound


def test_ids_are_packed_and_read_again():
    ids = {1, 2, 300, (1 << 32) - 1, (1 << 53) - 1}
    assert unpack_ids(pack_ids(ids)) == ids
    assert unpack_ids(None) == unpack_ids(pack_ids([])) == frozenset()


def test_what_names_a_retired_id_is_refused():
    refuse_retired(frozenset(), {1: 2})
    refuse_retired(frozenset({3}), {1: 2})
    with pytest.raises(Replaced, match="was replaced") as refused:
        refuse_retired(frozenset({1, 3}), {1: 2})
    assert refused.value.close_code == 4409
    assert "empty" in str(refused.value.hint)


def content(doc: Doc[Any]) -> Any:
    return doc.get("nodes", type=Map).to_py(), str(doc.get("text", type=Text))


def crowd(chance: random.Random) -> list[bytes]:
    """Return the updates of several who write at the same places without seeing each other."""
    updates: list[bytes] = []
    for _ in range(6):
        copies: list[Doc[Any]] = []
        for _ in range(3):
            doc: Doc[Any] = Doc(client_id=chance.randrange(1, 1 << 32))
            apply_all(doc, updates)
            copies.append(doc)
        for doc in copies:
            before = doc.get_state()
            text, nodes = doc.get("text", type=Text), doc.get("nodes", type=Map)
            text.insert(chance.randint(0, len(text)), "é" + str(chance.random()))
            del text[0 : chance.randint(0, 3)]
            nodes[str(chance.randint(0, 3))] = chance.random()
            updates.append(doc.get_update(before))
    return updates


@pytest.mark.parametrize("seed", range(20))
def test_a_history_with_other_client_ids_has_the_same_content(seed: int):
    updates = crowd(random.Random(seed))
    named = [Named(update) for update in updates]
    ids = new_ids(frozenset().union(*(each.ids for each in named)))
    assert ids.keys().isdisjoint(ids.values())
    doc: Doc[Any] = Doc()
    apply_all(doc, updates)
    again: Doc[Any] = Doc()
    apply_all(again, [each.renumbered(ids) for each in named])
    assert content(again) == content(doc)
    assert check_state_vector(again.get_state()).keys() == set(ids.values())
    whole: Doc[Any] = Doc()
    whole.apply_update(Named(doc.get_update()).renumbered(ids))
    assert content(whole) == content(doc)
    assert check_state_vector(whole.get_state()) == check_state_vector(again.get_state())


def test_nested_types_keep_their_content():
    scribe = Scribe()
    for number in range(40):
        scribe.edit(("ada", "bob", "eve")[number % 3], number % 4, str(number % 5), number)
    doc: Doc[Any] = Doc()
    apply_all(doc, [entry.payload for entry in scribe.entries])
    named = Named(doc.get_update())
    again: Doc[Any] = Doc()
    again.apply_update(named.renumbered(new_ids(named.ids)))
    assert content(again) == content(doc)


async def test_a_reset_document_has_another_lineage_and_only_the_new_content(
    log_database: Database,
):
    log = UpdateLog(log_database, SystemClock())
    old: Doc[Any] = Doc()
    old.get("nodes", type=Map)["old"] = 1
    async with log_database.write() as sql:
        await log.create(sql, "doc:a", SOMEBODY, old.get_update())
    before = await log.load("doc:a")
    assert before.retired == frozenset()
    new: Doc[Any] = Doc()
    new.get("nodes", type=Map)["new"] = 2
    async with log_database.write() as sql:
        await reset(sql, SystemClock(), "doc:a", new.get_update())
    after = await log.load("doc:a")
    assert after.lineage != before.lineage
    assert await log.lineage("doc:a") == after.lineage
    assert (after.head_seq, len(after.updates)) == (1, 1)
    assert after.retired == {old.client_id, new.client_id}
    found: Doc[Any] = Doc()
    found.apply_update(after.updates[0])
    assert content(found) == ({"new": 2.0}, "")
    [client] = check_state_vector(found.get_state())
    async with log_database.write() as sql:  # once more: what is retired stays so
        await reset(sql, SystemClock(), "doc:a", new.get_update())
    assert (await log.load("doc:a")).retired == {old.client_id, new.client_id, client}
    with pytest.raises(NotFound):
        async with log_database.write() as sql:
            await reset(sql, SystemClock(), "doc:none", new.get_update())


async def test_what_was_accepted_for_a_replaced_history_is_not_stored(log_database: Database):
    doc: Doc[Any] = Doc()
    doc.get("nodes", type=Map)["key"] = 1
    async with writing(log_database) as [writer]:
        await writer.log.ensure("doc:a", SOMEBODY)
        told: list[int | None] = []
        old = (await writer.log.load("doc:a")).lineage
        async with log_database.write() as sql:
            await reset(sql, SystemClock(), "doc:a", doc.get_update())
        new = (await writer.log.load("doc:a")).lineage
        for lineage in (old, new, old):
            entry = [Update(b"\x00\x00", SOMEBODY)]
            writer.log.append(Appended("doc:a", entry, told.append, lineage, 2))
        await writer.log.flushed()
        assert told == [None, 2, None]
        assert (await writer.log.load("doc:a")).head_seq == 2
