"""Ids sort by time and cannot be guessed; buckets fill as the clock goes."""

from __future__ import annotations

import pytest

from tests.clock import HandClock
from vitrail.core.errors import Overloaded
from vitrail.core.ids import BASE62, is_id, new_id, new_secret
from vitrail.core.limits import MAX_KEYS, Buckets


def test_ids_are_unique_and_sort_by_the_millisecond():
    clock = HandClock()
    ids = []
    for _ in range(1000):
        ids.append(new_id(clock))
        clock.move(milliseconds=1)
    assert ids == sorted(set(ids))
    assert all(is_id(i) for i in ids)
    assert len({new_id(clock) for _ in range(10_000)}) == 10_000


@pytest.mark.parametrize(
    "text",
    ["", "x" * 26, "01ARZ3NDEKTSV4RRFFQ69G5FA", "01arz3ndektsv4rrffq69g5fav", "0" * 25 + "U"],
)
def test_what_is_not_an_id(text):
    assert not is_id(text)


def test_secrets_have_190_bits():
    secrets = {new_secret() for _ in range(1000)}
    assert len(secrets) == 1000
    assert all(len(s) == 32 and set(s) <= set(BASE62) for s in secrets)


def test_a_bucket_gives_its_burst_then_what_time_brings():
    clock = HandClock()
    buckets = Buckets(3, 0.5, clock)
    for _ in range(3):
        buckets.take("ana")
    with pytest.raises(Overloaded) as refused:
        buckets.take("ana")
    assert refused.value.hint == "wait 2 s and try again"
    assert refused.value.headers == {"Retry-After": "2"}
    buckets.take("bo")  # another's bucket is full
    clock.move(seconds=2)
    buckets.take("ana")
    with pytest.raises(Overloaded):
        buckets.take("ana")
    clock.move(days=1)
    for _ in range(3):
        buckets.take("ana")  # never more than the burst
    with pytest.raises(Overloaded):
        buckets.take("ana")


def test_refused_tries_do_not_make_the_wait_longer():
    clock = HandClock()
    buckets = Buckets(1, 1, clock)
    buckets.take("a")
    for _ in range(50):
        with pytest.raises(Overloaded):
            buckets.take("a")
    clock.move(seconds=1)
    buckets.take("a")


def test_buckets_do_not_fill_the_memory():
    buckets = Buckets(1, 1, HandClock())
    for number in range(MAX_KEYS + 100):
        buckets.take(str(number))
    assert len(buckets._levels) == MAX_KEYS
