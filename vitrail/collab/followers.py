"""Who waits for a document to change: subscribers that need no copy of it, only when and how far."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Generator, Iterable


class Followers:
    """The followers of all documents of this process."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = {}

    def tell(self, names: Iterable[str]) -> None:
        """Wake those who follow documents that have changed."""
        if not self._waiting:
            return
        for name in names:
            for event in self._waiting.get(name, ()):
                event.set()

    async def follow(
        self, name: str, head: Callable[[], int], since: int | None = None
    ) -> AsyncGenerator[int]:
        """Yield how far a document has got, each time that it has got further.

        Those who are slow skip what came meanwhile: the newest number stands for all before it.

        Args:
            name: The document.
            head: Returns the number of its newest update on disk.
            since: What the follower knows; None for what there is now. A number that is yet to come is of
                another life of the document, before a backup was restored: it has changed since.
        """
        seen = head() if since is None else since
        if seen > head():
            seen = -1
        with self._waiter(name) as news:
            while True:
                news.clear()
                if (now := head()) > seen:
                    seen = now
                    yield now
                else:
                    await news.wait()

    @contextmanager
    def _waiter(self, name: str) -> Generator[asyncio.Event]:
        event = asyncio.Event()
        self._waiting.setdefault(name, set()).add(event)
        try:
            yield event
        finally:
            waiting = self._waiting[name]
            waiting.discard(event)
            if not waiting:
                del self._waiting[name]
