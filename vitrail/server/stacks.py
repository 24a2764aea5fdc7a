"""What a process is at, written to its log upon SIGUSR1: for a server that does not answer.

The threads are told at once, whatever they do; the tasks when the event loop comes round, and if it does
not, that is told too: by their absence.
"""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import signal
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator

LOG = logging.getLogger(__name__)


def tell_upon_signal() -> None:
    """Listen for the signal, where there is one; called in the event loop."""
    if not hasattr(signal, "SIGUSR1"):
        return
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, _tell_tasks)
    faulthandler.register(signal.SIGUSR1, sys.stderr, all_threads=True, chain=True)


def _tell_tasks() -> None:
    tasks = {task.get_name(): list(_places(task.get_coro())) for task in asyncio.all_tasks()}
    LOG.warning("what the event loop is at was asked for", extra={"tasks": tasks})


def _places(waiting: Any) -> Generator[str]:
    """Yield where a coroutine waits, from the outside in."""
    while waiting is not None:
        for kind in ("cr", "gi", "ag"):
            frame = getattr(waiting, f"{kind}_frame", None)
            if frame is not None:
                yield f"{frame.f_code.co_filename}:{frame.f_lineno} {frame.f_code.co_name}"
        waiting = getattr(waiting, "cr_await", None) or getattr(waiting, "gi_yieldfrom", None)
