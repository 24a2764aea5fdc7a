"""Fold a document's updates into one snapshot, in a worker process: pycrdt holds the GIL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pycrdt import Doc

if TYPE_CHECKING:
    from collections.abc import Sequence

# One transaction over more updates than this grows quadratically in yrs.
MAX_IN_TRANSACTION = 64


def apply_all(doc: Doc[Any], updates: Sequence[bytes]) -> None:
    """Apply updates in order, at most `MAX_IN_TRANSACTION` in one transaction."""
    for start in range(0, len(updates), MAX_IN_TRANSACTION):
        with doc.transaction():
            for payload in updates[start : start + MAX_IN_TRANSACTION]:
                doc.apply_update(payload)


def fold(updates: Sequence[bytes]) -> bytes | None:
    """Return one update that stands for all, or None if it could not be verified.

    The snapshot is loaded anew and must give the same state vector and the same bytes.
    """
    doc: Doc[Any] = Doc()
    apply_all(doc, updates)
    snapshot = doc.get_update()
    again: Doc[Any] = Doc()
    again.apply_update(snapshot)
    if again.get_state() != doc.get_state() or again.get_update() != snapshot:
        return None
    return snapshot
