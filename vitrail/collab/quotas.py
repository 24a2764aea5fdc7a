"""How fast all connections of one person, and of one organisation, may send together.

A connection has a pace of its own. These stop one account from taking a node for itself with a thousand
connections; honest work stays far below them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from vitrail.core.limits import Bucket

if TYPE_CHECKING:
    from vitrail.core.access import Actor
    from vitrail.core.clock import Clock

# Bytes, of which a message costs as many as it has and some more: see `connection.MESSAGE_COST`.
USER_BURST, USER_PER_SECOND = 128 << 20, 64 << 20
TENANT_BURST, TENANT_PER_SECOND = 512 << 20, 256 << 20


class Quotas:
    """The buckets that connections share; one is forgotten with its last connection.

    Args:
        clock: For how fast they fill.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: WeakValueDictionary[str, Bucket] = WeakValueDictionary()

    def of(self, actor: Actor) -> list[Bucket]:
        """Return the buckets that an actor's messages are paid from."""
        found: list[Bucket] = []
        if actor.user_id is not None:
            found.append(self._bucket(f"user:{actor.user_id}", USER_BURST, USER_PER_SECOND))
        tenants = sorted({key for kind, key in actor.roles if kind == "organisation"})
        found.extend(
            self._bucket(f"tenant:{key}", TENANT_BURST, TENANT_PER_SECOND) for key in tenants
        )
        return found

    def _bucket(self, key: str, burst: float, per_second: float) -> Bucket:
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = Bucket(burst, per_second, self._clock)
        return bucket
