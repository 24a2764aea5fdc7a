"""Waiting for changes of a site's shop, whoever makes them: this process, another node, the command line."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from vitrail.commerce.ledger import Ledger
    from vitrail.commerce.model import Change

LOOK_SECONDS = 0.5  # for what other processes have changed


class News:
    """Wakes one who follows a site, and looks by itself at times."""

    def __init__(self, site_id: str) -> None:
        self._event = asyncio.Event()
        self._site_id = site_id

    def changed(self, site_id: str, changes: Sequence[Change]) -> None:
        """Take note of the changes of one mutation."""
        if site_id == self._site_id and changes:
            self._event.set()

    def look(self) -> None:
        """Begin to look: what is changed from here on ends the next wait."""
        self._event.clear()

    async def wait(self) -> None:
        """Return when something was changed here, or it is time to look."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_SECONDS):
                await self._event.wait()


@contextmanager
def following(ledger: Ledger, site_id: str) -> Generator[News]:
    """Follow a site for as long as the block lasts."""
    news = News(site_id)
    ledger.listeners.append(news)
    try:
        yield news
    finally:
        ledger.listeners.remove(news)
