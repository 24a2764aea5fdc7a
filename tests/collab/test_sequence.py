"""Own commits and those of others, in any order, lost, twice: the head is always contiguous."""

from __future__ import annotations

from itertools import permutations, product
from random import Random

import pytest

from vitrail.collab import sequence
from vitrail.collab.sequence import Heads


class Follower:
    """A document that follows a log, with everything that must always hold."""

    def __init__(self, log: dict[int, str]) -> None:
        self.log = log  # number → which node made it
        self.heads = Heads(0)
        self.applied: list[int] = []
        self.own: set[int] = set()
        self.heard = 0

    def row(self, seq: int) -> bytes:
        return f"{seq}".encode()

    def tell(self, first: int, last: int) -> None:
        if self.log[first] == "me":
            for seq in range(first, last + 1):
                self.own.add(seq)
                self.take(self.heads.own(seq))
        else:
            rows = [self.row(seq) for seq in range(first, last + 1)]
            self.take(self.heads.others(first, rows))
        self.heard = max(self.heard, last)
        self.check()

    def take(self, due: list[bytes]) -> None:
        self.applied.extend(int(row) for row in due)

    def check(self) -> None:
        held = set(self.applied) | self.own
        assert len(set(self.applied)) == len(self.applied), "an update was handed out twice"
        assert self.applied == sorted(self.applied), "updates were handed out of order"
        assert all(seq in held for seq in range(1, self.heads.head + 1)), "the head has a hole"
        assert self.heads.has_gap == (self.heads.head < self.heard)

    def read_log(self) -> None:
        """Fill the gap as a room does."""
        after = self.heads.head
        rows = [self.row(seq) for seq in sorted(self.log) if seq > after]
        self.heard = max(self.log)
        self.take(self.heads.others(after + 1, rows))
        self.check()


@pytest.mark.parametrize("makers", list(product(("me", "other"), repeat=5)), ids="".join)
def test_every_order_with_every_loss_and_a_repetition_converges(makers):
    log = dict(enumerate(makers, 1))
    for order in permutations(log):
        for lost in (None, *log):
            follower = Follower(log)
            told = [seq for seq in order if seq != lost]
            for seq in (*told, told[0]):
                follower.tell(seq, seq)
            if lost is None:
                assert follower.heads.head == len(log)
                assert not follower.heads.has_gap
            follower.read_log()
            assert follower.heads.head == len(log)


@pytest.mark.parametrize("seed", range(300))
def test_a_long_log_in_batches_converges_with_little_kept(seed, monkeypatch):
    monkeypatch.setattr(sequence, "MAX_PARKED_BYTES", 30)
    chance = Random(seed)
    log: dict[int, str] = {}
    batches: list[tuple[int, int]] = []
    while len(log) < 60:
        first, maker = len(log) + 1, chance.choice(["me", "b", "c"])
        last = first + chance.randrange(5)
        log.update(dict.fromkeys(range(first, last + 1), maker))
        batches.append((first, last))
    follower = Follower(log)
    # Messages come a little late, now and then twice or never; own commits are always told.
    late = sorted(batches, key=lambda batch: batch[0] + chance.uniform(0, 12))
    for first, last in late:
        fate = chance.random()
        if fate > 0.2 or log[first] == "me":
            follower.tell(first, last)
        if fate > 0.8:
            follower.tell(first, last)
        if fate > 0.95 and follower.heads.has_gap:
            follower.read_log()
    follower.read_log()
    assert follower.heads.head == max(log)
    assert not follower.heads.has_gap
    assert not follower.heads._parked
    assert not follower.heads._own
    assert follower.heads._parked_bytes == 0


def test_a_number_that_is_only_known_is_a_gap():
    heads = Heads(7)
    heads.saw(7)
    assert not heads.has_gap
    heads.saw(9)
    assert heads.has_gap
    assert heads.others(8, [b"8", b"9"]) == [b"8", b"9"]
    assert not heads.has_gap
