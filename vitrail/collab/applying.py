"""Applies updates and looks again and again how much of a processor they take."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from vitrail.collab.compact import MAX_IN_TRANSACTION
from vitrail.collab.contents import PIECES
from vitrail.collab.native import apply_updates
from vitrail.core.errors import TooLarge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pycrdt import Doc

# Of honest updates a small one takes microseconds, and a megabyte 0.1 s.
MAX_SECONDS = 0.1
MAX_SECONDS_A_BYTE = 0.3e-6


def apply_in_time(doc: Doc[Any], updates: Sequence[bytes], *, is_observed: bool) -> None:
    """Apply updates, in one transaction unless there are many; what was applied stays when it fails.

    Args:
        doc: The document.
        updates: Yjs updates v1, in an order in which each can be applied.
        is_observed: Whether shared types of it are observed.

    Raises:
        TooLarge: That took too long; nobody shall be made to do it again by loading the document.
    """
    left = _Allowance(sum(map(len, updates)))
    for first in range(0, len(updates), MAX_IN_TRANSACTION):
        some = updates[first : first + MAX_IN_TRANSACTION]
        if is_observed:
            with doc.transaction():
                for update in some:
                    doc.apply_update(update)
                    left.check()
        else:
            apply_updates(doc, some, left.check)
    left.check()


class _Allowance:
    """What updates of a size may take."""

    __slots__ = ("_begun", "_end", "_seconds")

    def __init__(self, size: int) -> None:
        self._seconds = MAX_SECONDS + size * MAX_SECONDS_A_BYTE
        self._begun = time.thread_time()
        self._end = time.perf_counter() + self._seconds

    def check(self) -> None:
        # The clock is read in a tenth of the time, and is never behind the processor's.
        if time.perf_counter() > self._end and time.thread_time() - self._begun > self._seconds:
            raise TooLarge("these edits take too long", hint=PIECES)
