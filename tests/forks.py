"""Our own program in a process that is forked from one that has read all modules and done nothing else.

Reading them is nine tenths of a start, and the tests start hundreds. What follows is the same: a
process with its own data, signals and death. Benchmarks, whoever forks workers itself, and
`test_command` start the program as people do.
"""

from __future__ import annotations

import os
import signal
import sys
from multiprocessing import get_context
from subprocess import TimeoutExpired
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(
    ["vitrail.server.command", "vitrail.server.serving", "asyncpg", "redis.asyncio", "uvloop"]
)


class Fork:
    """A process that runs `vitrail` with arguments; the part of `subprocess.Popen` that tests use.

    Args:
        arguments: What would follow `vitrail` on the command line.
        environment: What differs from this process's environment.
        errors: The file to which its errors are added.
    """

    def __init__(
        self, arguments: Sequence[str], environment: Mapping[str, str], errors: Path
    ) -> None:
        receiver, sender = FORKS.Pipe(duplex=False)
        self._arguments = list(arguments)
        environment = {**os.environ, **environment}
        self._process = FORKS.Process(
            target=_begin, args=(self._arguments, environment, sender, errors)
        )
        self._process.start()
        sender.close()
        self.stdout: TextIO = os.fdopen(os.dup(receiver.fileno()))
        receiver.close()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise TimeoutExpired(self._arguments, timeout or 0)
        return self._process.exitcode

    def send_signal(self, number: signal.Signals) -> None:
        if self._process.exitcode is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _begin(
    arguments: list[str], environment: dict[str, str], output: Connection, errors: Path
) -> None:
    from vitrail.server.command import main

    os.environ.clear()
    os.environ.update(environment)
    os.dup2(output.fileno(), sys.stdout.fileno())
    output.close()
    with errors.open("a") as file:
        os.dup2(file.fileno(), sys.stderr.fileno())
    sys.argv = ["vitrail", *arguments]
    main()
