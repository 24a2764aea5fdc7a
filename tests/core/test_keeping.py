"""Work beside the requests goes on though a round of it has failed."""

from __future__ import annotations

import pytest

from vitrail.core import keeping
from vitrail.core.keeping import keep_on


async def test_what_fails_is_told_and_begins_again(monkeypatch: pytest.MonkeyPatch, caplog):
    monkeypatch.setattr(keeping, "FIRST_PAUSE_SECONDS", 0.0)
    rounds = iter((ValueError("one"), KeyError("two"), None))

    async def run() -> None:
        if (error := next(rounds)) is not None:
            raise error

    await keep_on(run)
    assert [str(record.exc_info[1]) for record in caplog.records] == ["one", "'two'"]
    assert next(rounds, "over") == "over"
