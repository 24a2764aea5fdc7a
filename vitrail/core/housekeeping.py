"""What is kept for a time only is dropped once an hour, by whoever keeps it."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LOG = logging.getLogger(__name__)
ROUND_SECONDS = 3600.0


async def keep_house(*chores: Callable[[], Awaitable[None]]) -> None:
    """Do some chores again and again, until cancelled; several nodes may do the same one at once."""
    while True:
        for chore in chores:
            try:
                await chore()
            except Exception:
                LOG.exception("what is old could not be dropped; tried again")
        await asyncio.sleep(ROUND_SECONDS)
