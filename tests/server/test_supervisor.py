"""Workers that die are started again, and a signal ends them all."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from tests.clock import HandClock
from vitrail.server import supervisor as supervisor_module
from vitrail.server.supervisor import Supervisor
from vitrail.server.watch import Watch

FORKS = get_context("forkserver")


class Workers:
    """Starts workers; each ends with its number's code, or lives when that is 0."""

    def __init__(self, *codes: int) -> None:
        self.codes = codes
        self.started: list[BaseProcess] = []
        self.until, self.there = 0, asyncio.Event()
        clock = HandClock()
        self.supervisor = Supervisor(self._start, 2, clock, Watch(Path("/nowhere"), clock))

    def _start(self, number: int) -> BaseProcess:
        code = self.codes[number] if number < len(self.codes) else 0
        target, argument = (sys.exit, code) if code else (time.sleep, 60)
        process = FORKS.Process(target=target, args=(argument,))
        process.start()
        self.started.append(process)
        asyncio.get_running_loop().call_soon(self._look)
        return process

    def _look(self) -> None:
        if len(self.started) >= self.until and len(self.supervisor._running) == 2:
            self.there.set()

    async def run(self, *, until: int) -> int:
        """Send a signal once so many workers were started and two live; return the exit code."""
        self.until = until
        running = asyncio.ensure_future(self.supervisor.run())
        async with asyncio.timeout(30):
            await self.there.wait()
            os.kill(os.getpid(), signal.SIGTERM)
            return await running


async def test_a_signal_reaches_every_worker():
    workers = Workers()
    assert await workers.run(until=2) == 0
    assert [process.exitcode for process in workers.started] == [-signal.SIGTERM] * 2


async def test_those_that_die_are_started_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(supervisor_module, "FIRST_PAUSE_SECONDS", 0.0)
    workers = Workers(3, 3, 0, 3)
    assert await workers.run(until=5) == 0
    assert len(workers.started) == 5
