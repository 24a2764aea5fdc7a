"""What goes into the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Author:
    """Who stands behind an update."""

    actor_id: str | None
    kind: Literal["person", "token", "agent", "system"]


class Appended(NamedTuple):
    """An update on its way to the disk.

    Attributes:
        doc: Name of the document.
        payload: Yjs update v1, already applied and validated.
        author: Who made it.
        on_durable: Called with its sequence number after the commit; with None if the document was
            deleted before.
    """

    doc: str
    payload: bytes
    author: Author
    on_durable: Callable[[int | None], None]
