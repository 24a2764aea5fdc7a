"""Work that goes on beside the requests, whatever happens in one round of it."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LOG = logging.getLogger(__name__)
FIRST_PAUSE_SECONDS, LAST_PAUSE_SECONDS = 1.0, 60.0  # before what has failed begins again


async def keep_on(run: Callable[[], Awaitable[None]]) -> None:
    """Run something until it ends or is cancelled; if it raises, that is told, and it begins again.

    What it raises would else end the server's other work with it.
    """
    pause = FIRST_PAUSE_SECONDS
    while True:
        try:
            return await run()
        except Exception:
            LOG.exception("what goes on beside the requests has failed; it begins again")
        await asyncio.sleep(pause)
        pause = min(pause * 2, LAST_PAUSE_SECONDS)
