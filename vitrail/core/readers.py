"""Threads in which the database is looked at: one does it all while it keeps up, since its caches are warm.

A pool of threads gives each call to the one that has rested longest: a small query costs a tenth more so.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Readers:
    """Some threads; each is begun when it is first needed."""

    def __init__(self, count: int) -> None:
        self._threads = [ThreadPoolExecutor(1, "reader") for _ in range(count)]
        self._due = [0] * count  # calls that each has not done

    async def run(self, call: Callable[[], T]) -> T:
        """Run a call in the first of the threads that have the least to do."""
        place = self._due.index(min(self._due))
        self._due[place] += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads[place], call)
        finally:
            self._due[place] -= 1

    def close(self) -> None:
        """End the threads, once they have done what they were given."""
        for thread in self._threads:
            thread.shutdown()
