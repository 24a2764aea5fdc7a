"""Several workers on one machine: each is a node like any other, and one that dies comes back.

The workers open the port themselves and share it, so the kernel spreads connections over those
that live. The supervisor holds the port without listening on it, so that nobody else takes it.
Workers are forked from a process that has done nothing but import: that takes most of a start.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import os
import signal
import socket
import sys
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from vitrail.core.clock import SystemClock
from vitrail.core.logs import set_up_logs
from vitrail.server.application import flight_folder
from vitrail.server.serving import check_database, listen, serve
from vitrail.server.watch import Watch
from vitrail.server.workers import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.process import BaseProcess

    from vitrail.core.clock import Clock
    from vitrail.core.settings import Settings

LOG = logging.getLogger(__name__)
# A worker that lived this long starts anew at once; one that dies again and again waits longer.
STEADY_SECONDS = 30.0
LOOK_SECONDS = 0.1
FIRST_PAUSE_SECONDS, LAST_PAUSE_SECONDS = 0.1, 10.0
PRELOAD = ["vitrail.server.supervisor", "vitrail.collab.redis_bus", "asyncpg", "uvloop"]


def supervise(settings: Settings, host: str, port: int, workers: int) -> int:
    """Run workers until a signal; return the exit code.

    Raises:
        Unavailable: The port is taken, or the database cannot be used as it is.
    """
    check_database(settings)
    context = get_context("forkserver")
    context.set_forkserver_preload(PRELOAD)
    with _reserve(host, port) as held, TemporaryDirectory(prefix="vitrail-") as folder:
        opened = held.getsockname()[1]

        def start(number: int) -> BaseProcess:
            process = context.Process(
                target=_work, args=(settings, host, opened, Place(number, Path(folder)))
            )
            process.start()
            return process

        clock = SystemClock()
        watch = Watch(flight_folder(settings), clock)
        return asyncio.run(Supervisor(start, workers, clock, watch).run())


def _work(settings: Settings, host: str, port: int, place: Place) -> None:
    os.setsid()  # Ctrl-C reaches workers through the supervisor, once
    set_up_logs()
    sys.exit(serve(settings, host, port, place=place))


def _reserve(host: str, port: int) -> socket.socket:
    """Bind a port that the workers can share, without listening."""
    with listen(host, port) as alone:  # sharing would not notice that another server has it
        family, address = alone.family, alone.getsockname()
    held = socket.socket(family)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    held.bind(address)
    return held


class Supervisor:
    """Keeps workers running.

    Args:
        start: Starts a worker. Its number is never used twice: only the very first worker says
            where the server is.
        workers: How many run at a time.
        clock: For how long they lived.
        watch: Tells which of them do not move any more.
    """

    def __init__(
        self, start: Callable[[int], BaseProcess], workers: int, clock: Clock, watch: Watch
    ) -> None:
        self._start = start
        self._watch = watch
        self._workers = workers
        self._clock = clock
        self._numbers = itertools.count()
        self._running: set[BaseProcess] = set()
        self._stopping = asyncio.Event()
        self._signals = 0

    async def run(self) -> int:
        """Run until a signal; return 0 if every worker then ended well, else 1."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop, number)
        async with asyncio.TaskGroup() as tasks:
            slots = [tasks.create_task(self._keep_one()) for _ in range(self._workers)]
            tasks.create_task(self._look_after(slots))
        # A worker that had only begun to start is ended by the signal itself: nothing is unsaved.
        well = {0, -signal.SIGTERM, -signal.SIGINT} if self._signals == 1 else {0}
        return 0 if all(slot.result() in well for slot in slots) else 1

    async def _look_after(self, slots: Sequence[asyncio.Task[int | None]]) -> None:
        """Kill workers that do not move any more, until all have ended."""
        while not all(slot.done() for slot in slots):
            for process in self._running:
                if process.pid is not None and (why := self._watch.what_is_wrong(process.pid)):
                    LOG.error("a worker is killed: %s", why, extra={"pid": process.pid})
                    process.kill()
            await asyncio.wait(slots, timeout=LOOK_SECONDS, return_when=asyncio.ALL_COMPLETED)

    def _stop(self, number: signal.Signals) -> None:
        """Pass a signal on; the workers end at once when they get a second one."""
        self._signals += 1
        self._stopping.set()
        for process in self._running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid or 0, number)

    async def _keep_one(self) -> int | None:
        """Keep one worker running; return how the last one ended."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            began = self._clock.monotonic()
            code = await self._run_one()
            if self._stopping.is_set():
                return code
            lived = self._clock.monotonic() - began
            pause = FIRST_PAUSE_SECONDS if lived > STEADY_SECONDS else pause
            LOG.error("a worker died and is started again", extra={"code": code, "pause": pause})
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._stopping.wait()
                    return 0
            pause = min(pause * 2, LAST_PAUSE_SECONDS)

    async def _run_one(self) -> int | None:
        process = self._start(next(self._numbers))
        self._running.add(process)
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(process.sentinel)
            self._running.discard(process)
        process.join()
        return process.exitcode
