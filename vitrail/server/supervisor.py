"""Several workers on one machine: each is a node like any other, and one that dies comes back.

The workers open the port themselves and share it, so the kernel spreads connections over those
that live. The supervisor holds the port without listening on it, so that nobody else takes it.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import signal
import socket
import sys
from typing import TYPE_CHECKING

from vitrail.core.clock import SystemClock
from vitrail.server.serving import check_database, listen

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Sequence

    from vitrail.core.clock import Clock
    from vitrail.core.settings import Settings

LOG = logging.getLogger(__name__)
# A worker that lived this long starts anew at once; one that dies again and again waits longer.
STEADY_SECONDS = 30.0
FIRST_PAUSE_SECONDS, LAST_PAUSE_SECONDS = 0.1, 10.0


def supervise(settings: Settings, host: str, port: int, workers: int) -> int:
    """Run workers until a signal; return the exit code.

    Raises:
        Unavailable: The port is taken, or the database cannot be used as it is.
    """
    check_database(settings)
    with _reserve(host, port) as held:
        command = [sys.executable, "-m", "vitrail", "serve", "--data", settings.data]
        command += ["--host", host, "--port", str(held.getsockname()[1])]
        return asyncio.run(Supervisor(command, workers, SystemClock()).run())


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
        command: Starts a worker, once its number was added. Numbers are never used twice: only
            the very first worker says where the server is.
        workers: How many run at a time.
        clock: For how long they lived.
    """

    def __init__(self, command: Sequence[str], workers: int, clock: Clock) -> None:
        self._command = command
        self._workers = workers
        self._clock = clock
        self._numbers = itertools.count()
        self._processes: set[Process] = set()
        self._stopping = asyncio.Event()

    async def run(self) -> int:
        """Run until a signal; return 0 if every worker then ended well, else 1."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop, number)
        async with asyncio.TaskGroup() as tasks:
            slots = [tasks.create_task(self._keep_one()) for _ in range(self._workers)]
        return 1 if any(slot.result() for slot in slots) else 0

    def _stop(self, number: signal.Signals) -> None:
        """Pass a signal on; the workers end at once when they get a second one."""
        self._stopping.set()
        for process in self._processes:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(number)

    async def _keep_one(self) -> int:
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

    async def _run_one(self) -> int:
        process = await asyncio.create_subprocess_exec(
            *self._command,
            "--worker",
            str(next(self._numbers)),
            stdin=asyncio.subprocess.PIPE,  # held open: when it ends, this supervisor is gone
            start_new_session=True,  # Ctrl-C reaches workers through us, once
        )
        self._processes.add(process)
        try:
            return await process.wait()
        finally:
            self._processes.discard(process)
