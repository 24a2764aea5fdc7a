"""How fast a connection may send: so fast that no person and no import is slowed down, but no flood."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from vitrail.core.limits import Bucket

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vitrail.core.clock import Clock

# A message costs as much as its bytes and this many more; credit is drawn from the buckets in portions.
MESSAGE_COST = 256
COST_BURST, COST_PER_SECOND = 32 << 20, 16 << 20
CREDIT = 1 << 20


class Pace:
    """What the messages of a connection are paid from.

    Args:
        clock: For the bucket of its own.
    """

    __slots__ = ("_buckets", "_credit")

    def __init__(self, clock: Clock) -> None:
        self._buckets = [Bucket(COST_BURST, COST_PER_SECOND, clock)]
        self._credit = CREDIT

    def share(self, buckets: Iterable[Bucket]) -> None:
        """Pay from these too, which are shared with other connections."""
        self._buckets = [self._buckets[0], *buckets]

    def pay(self, size: int) -> bool:
        """Pay for a message of so many bytes; return whether it may be dealt with at once."""
        self._credit -= size + MESSAGE_COST
        return self._credit >= 0

    async def wait(self) -> None:
        """Wait until what was sent is paid for: not reading is what slows a client down."""
        while self._credit < 0:
            pause = max(bucket.take(CREDIT) for bucket in self._buckets)
            if not pause:
                self._credit += CREDIT
            else:
                await asyncio.sleep(pause)
