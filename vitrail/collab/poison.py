"""Updates that have ended or stopped a process: which they are, so that they are never applied again.

Their author still has them and sends them again at every reconnect, merged with later work. So an
update is known by the structs that it brings, and by its digest when it only deletes.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from vitrail.collab.guard import check_update

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vitrail.collab.checked import Checked


class Dose(msgspec.Struct, array_like=True, frozen=True):
    """One such update.

    Attributes:
        digest: SHA-256 of the update.
        actor_id: Who sent it.
        ranges: For each client id, the first clock that it brings and the one after the last.
        at: When it was found, in milliseconds since 1970; 0 if that was not noted.
    """

    digest: bytes
    actor_id: str | None
    ranges: dict[int, tuple[int, int]]
    at: int = 0

    def is_in(self, update: bytes, checked: Checked) -> bool:
        """Tell whether an update brings it."""
        if not self.ranges:
            return sha256(update).digest() == self.digest
        return any(
            start < end_here and start_here < end
            for client, (start, end) in self.ranges.items()
            if (here := checked.ranges.get(client)) is not None
            for start_here, end_here in (here,)
        )


def dose(update: bytes, actor_id: str | None, clocks: Mapping[int, int], at: int) -> Dose:
    """Return what an update is known by.

    Args:
        update: Yjs update v1, which the guard has let pass.
        actor_id: Who sent it.
        clocks: The next clock of every client id of the document, without it.
        at: When it was found, in milliseconds since 1970.
    """
    return Dose(sha256(update).digest(), actor_id, check_update(update, clocks).ranges, at)


def encode(doses: list[Dose]) -> bytes:
    """Write doses for the database."""
    return msgspec.msgpack.encode(doses)


def decode(data: bytes | None) -> list[Dose]:
    """Read what `encode` wrote; nothing when there is nothing."""
    return msgspec.msgpack.decode(data, type=list[Dose]) if data else []
