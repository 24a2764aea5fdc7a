"""Work that goes on beside the requests, whatever happens in one round of it."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

LOG = logging.getLogger(__name__)
FIRST_PAUSE_SECONDS, LAST_PAUSE_SECONDS = 1.0, 60.0  # before what has failed begins again
ASK_AGAIN_SECONDS = 5.0


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


async def end(tasks: Collection[asyncio.Task[None]]) -> None:
    """Cancel tasks until they have ended.

    One that is in the middle of a statement may get an error of the driver's instead, and go on.
    """
    while going := [task for task in tasks if not task.done()]:
        for task in going:
            task.cancel()
        await asyncio.wait(going, timeout=ASK_AGAIN_SECONDS)
