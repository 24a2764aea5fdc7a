"""Any moment read back from what was packed, folded and thinned out is the moment that it was."""

from __future__ import annotations

from hypothesis import given, settings, strategies as st

from tests.collab.past import PEOPLE, ROOTS, Scribe, content, some_history
from vitrail.collab.compact import Fold, Replay, Thin, fold, replay, thin
from vitrail.collab.segments import SEVERAL, pack, sessions_of, unpack

EDIT = st.tuples(
    st.sampled_from(PEOPLE),
    st.integers(0, 3),
    st.sampled_from(["a", "b", "c"]),
    st.integers(0, 30),
    st.sampled_from([0, 900, 119_000, 130_000, 50_000_000]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(EDIT, min_size=1, max_size=60), st.data())
def test_every_moment_of_a_compacted_history_is_that_of_the_raw_updates(edits, data):
    scribe = Scribe()
    for name, kind, key, value, after in edits:
        scribe.edit(name, kind, key, value, after=after)
    entries, total = scribe.entries, len(edits)
    cuts = sorted({*data.draw(st.lists(st.integers(1, total), max_size=3)), total})
    snapshot = touched = segment = None
    done = 0
    for cut in cuts:  # some rounds of compaction, each of which leaves some updates as they came
        margin = data.draw(st.integers(0, cut - 1))
        packed_to = 0 if segment is None else unpack(segment)[-1].seq
        rows = entries[packed_to:cut]
        folded = fold(Fold(snapshot, done, touched, ROOTS, rows, cut - margin, segment))
        assert folded is not None
        snapshot, touched, done = folded.snapshot, folded.touched, cut
        segment = folded.segment.payload if folded.segment else segment
    packed = unpack(segment) if segment else []
    assert packed == entries[: len(packed)]
    payloads = [entry.payload for entry in entries]
    for seq in range(total + 1):
        path = Replay(None, None, [segment] if segment else [], entries[len(packed) :], 0, seq)
        assert content(replay(path).state) == content(*payloads[:seq])
    last = {key: seq for seq, (_, _, key, _, _) in enumerate(edits, 1)}
    whole = replay(Replay(snapshot, touched, [], [], total, total, ROOTS))
    assert content(whole.state) == content(*payloads)
    found = whole.touched["nodes"]
    assert {key: actor for key, (_, _, actor, _) in found.items()} == {
        key: edits[seq - 1][0] for key, seq in last.items()
    }


def test_sessions_end_with_a_pause_and_are_each_somebodys():
    scribe = Scribe()
    for name, after in (("ada", 0), ("bob", 1000), ("ada", 1000), ("ada", 120_001), ("bob", 0)):
        scribe.edit(name, 3, "a", 1, after=after)
    found = [(s.actor_id, s.first, s.last, s.edits) for s in sessions_of(scribe.entries)]
    assert found == [("ada", 1, 3, 2), ("bob", 2, 2, 1), ("ada", 4, 4, 1), ("bob", 5, 5, 1)]


def test_thinned_out_history_keeps_the_last_moment_of_each_day_and_what_was_named():
    entries = some_history(600)
    payloads = [entry.payload for entry in entries]
    base = Replay(None, None, [], entries[:100], 0, 100)
    thinned = thin(Thin(base, pack(entries[100:]), [250]))
    kept = unpack(thinned.payload)
    days = {entry.at // 86_400_000: entry.seq for entry in entries[100:]}
    assert [entry.seq for entry in kept] == sorted({*days.values(), 250})
    assert sum(entry.edits for entry in kept) == 500
    assert (thinned.first, thinned.last) == (101, 600)
    for entry in kept:
        path = Replay(None, None, [thinned.payload], [], 0, entry.seq)
        path.entries, path.segments = [], [pack(entries[:100]), thinned.payload]
        assert content(replay(path).state) == content(*payloads[: entry.seq])
    assert {entry.kind for entry in kept} <= {"person", SEVERAL}
    assert len(thinned.payload) < len(pack(entries[100:])) / 2


def test_updates_that_wait_for_another_are_never_folded_away():
    entries = some_history(40)
    late = [entry for entry in entries if entry.seq != 20]
    assert fold(Fold(None, 0, None, ROOTS, entries, 0, None)) is not None
    assert fold(Fold(None, 0, None, ROOTS, late, 0, None)) is None
