"""How much one account may send, and how much a document may hold."""

from __future__ import annotations

import pytest
from pycrdt import Map

from tests.clock import HandClock
from tests.collab import test_taking_in
from tests.collab.test_taking_in import A, B, answers, edits, until
from tests.collab.wires import person
from vitrail.collab import replica
from vitrail.collab.quotas import TENANT_PER_SECOND, USER_BURST, USER_PER_SECOND, Quotas
from vitrail.core.access import Actor, Role
from vitrail.core.errors import TooLarge

rooms, room = test_taking_in.rooms, test_taking_in.room


def actor(name: str, tenant: str) -> Actor:
    return Actor(user_id=name, name=name, roles={("organisation", tenant): Role.DESIGNER})


def test_connections_of_one_person_pay_from_one_bucket():
    clock = HandClock()
    quotas = Quotas(clock)
    first, second = quotas.of(actor("ada", "one")), quotas.of(actor("ada", "one"))
    assert first[0].take(USER_BURST) == 0
    assert second[0].take(USER_PER_SECOND) == 1
    clock.move(seconds=1)
    assert second[0].take(USER_PER_SECOND) == 0
    assert quotas.of(actor("ben", "one"))[0].take(USER_BURST) == 0


def test_people_of_one_organisation_share_a_bucket_and_others_do_not():
    quotas = Quotas(HandClock())
    ada, ben, eve = (
        quotas.of(actor(n, t))[1] for n, t in (("a", "one"), ("b", "one"), ("e", "two"))
    )
    while ada.take(TENANT_PER_SECOND) == 0:
        pass
    assert ben.take(TENANT_PER_SECOND) > 0
    assert eve.take(TENANT_PER_SECOND) == 0


async def test_a_document_takes_no_more_than_its_most(rooms, room, monkeypatch: pytest.MonkeyPatch):
    ada = person("ada", room)
    first, second = edits(A, B)
    monkeypatch.setattr(replica, "MAX_DOCUMENT_BYTES", len(first) + len(second) // 2)
    room.receive(ada, first)
    await until(lambda: answers(ada))
    with pytest.raises(TooLarge, match="the most"):
        room.receive(ada, second)
    assert room.doc.get("meta", type=Map).to_py() == {A: "text"}
    # What was overwritten counts only until the document is weighed.
    room.replica.size = 1 << 40
    monkeypatch.setattr(replica, "MAX_DOCUMENT_BYTES", 1 << 20)
    room.receive(ada, second)
    await until(lambda: len(answers(ada)) == 2)
