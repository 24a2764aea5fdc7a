"""Heavy work that nobody waits for: in one thread, and only when nothing else wants the processor."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import threading
from concurrent.futures import Future
from functools import cache
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")
NICENESS = 15


def _step_back() -> None:
    """Lower the priority of this thread alone, which only Linux can."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


_DUE: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()


def _work() -> None:
    _step_back()
    while True:
        future, call = _DUE.get()
        if not future.set_running_or_notify_cancel():
            continue
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001 - whoever waits is told
            future.set_exception(error)
        else:
            future.set_result(result)


@cache
def _begin() -> None:
    """Start the thread; it is a daemon, since on a busy machine its work may end long after the server."""
    threading.Thread(target=_work, name="background", daemon=True).start()


async def in_background(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a function that may take seconds, without slowing edits down.

    When the process ends it is left where it is.
    """
    _begin()
    future: Future[R] = Future()
    _DUE.put((future, lambda: function(*args, **kwargs)))
    return await asyncio.wrap_future(future)
