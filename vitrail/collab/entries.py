"""What goes into the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Author:
    """Who stands behind an update."""

    actor_id: str | None
    kind: Literal["person", "token", "agent", "system"]


class Update(NamedTuple):
    """One update of the log.

    Attributes:
        payload: Yjs update v1, already applied and validated.
        author: Who made it.
    """

    payload: bytes
    author: Author


class Appended(NamedTuple):
    """Updates of one document on their way to the disk: they are committed together, in this order.

    Attributes:
        doc: Name of the document.
        updates: At least one.
        on_durable: Called after the commit with the sequence number of the first, which those of the
            others follow; with None if the document was deleted or replaced before.
        lineage: The history that they belong to: they are not stored in another.
        size: Bytes of all payloads.
    """

    doc: str
    updates: Sequence[Update]
    on_durable: Callable[[int | None], None]
    lineage: str
    size: int
