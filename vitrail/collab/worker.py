"""A worker process for what holds the GIL for long. It ends when whoever started it ends.

Started with the first work, ended after a while without any. Messages are msgpack after their
length in four bytes, over its standard input and output: when the server is killed, its pipes
close, and so the worker ends too.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from vitrail.collab import compact
from vitrail.core.errors import Unavailable

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Callable

T = TypeVar("T")
LENGTH_BYTES = 4
IDLE_SECONDS = 60.0
TIMEOUT_SECONDS = 120.0
NICENESS = 10  # edits come first

_DUTIES: dict[str, tuple[Callable[[Any], Any], type[Any]]] = {
    "fold": (compact.fold, compact.Fold),
    "replay": (compact.replay, compact.Replay),
    "thin": (compact.thin, compact.Thin),
}


class WorkFailed(Unavailable):
    """The worker could not do it, or died of it."""


class Worker:
    """One worker process; those who come meanwhile wait."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self._free = asyncio.Lock()
        self._idle: asyncio.TimerHandle | None = None

    async def fold(self, work: compact.Fold) -> compact.Folded | None:
        """See `compact.fold`."""
        return await self._do("fold", work, compact.Folded | None)

    async def replay(self, work: compact.Replay) -> compact.Replayed:
        """See `compact.replay`."""
        return await self._do("replay", work, compact.Replayed)

    async def thin(self, work: compact.Thin) -> compact.Segment:
        """See `compact.thin`."""
        return await self._do("thin", work, compact.Segment)

    async def _do(self, duty: str, work: msgspec.Struct, shape: Any) -> Any:
        """Have the worker do something.

        Raises:
            WorkFailed: It raised, died, or took longer than `TIMEOUT_SECONDS`.
        """
        async with self._free:
            if self._idle is not None:
                self._idle.cancel()
            try:
                async with asyncio.timeout(TIMEOUT_SECONDS):
                    answer = await self._ask(_message([duty.encode(), _encode(work)]))
            except BaseException as error:
                await self._end()
                if isinstance(error, OSError | EOFError | TimeoutError):
                    raise WorkFailed(f"the worker died while it did {duty}") from error
                raise
            self._idle = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._kill)
        error, result = msgspec.msgpack.decode(answer, type=tuple[str, bytes])
        if error:
            raise WorkFailed(f"{duty} failed: {error}")
        return msgspec.msgpack.decode(result, type=shape)

    async def _ask(self, message: bytes) -> bytes:
        if self._process is None or self._process.returncode is not None:
            pipe = asyncio.subprocess.PIPE
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", __name__, stdin=pipe, stdout=pipe
            )
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise AssertionError("a worker has pipes")
        stdin.write(message)
        await stdin.drain()
        length = int.from_bytes(await stdout.readexactly(LENGTH_BYTES), "big")
        return await stdout.readexactly(length)

    async def close(self) -> None:
        """End the process, whatever it does."""
        if self._idle is not None:
            self._idle.cancel()
        await self._end()

    async def _end(self) -> None:
        self._kill()
        process, self._process = self._process, None
        if process is not None:
            await process.wait()

    def _kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()


def _encode(value: Any) -> bytes:
    return msgspec.msgpack.encode(value)


def _message(value: Any) -> bytes:
    body = _encode(value)
    return len(body).to_bytes(LENGTH_BYTES, "big") + body


def main() -> None:
    """Do what is asked until nobody is there to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this
    with contextlib.suppress(OSError):
        os.nice(NICENESS)
    while len(header := sys.stdin.buffer.read(LENGTH_BYTES)) == LENGTH_BYTES:
        length = int.from_bytes(header, "big")
        body = sys.stdin.buffer.read(length)
        if len(body) < length:
            return
        with contextlib.suppress(BrokenPipeError):
            sys.stdout.buffer.write(_message(_perform(body)))
            sys.stdout.buffer.flush()


def _perform(body: bytes) -> tuple[str, bytes]:
    duty, work = msgspec.msgpack.decode(body, type=tuple[bytes, bytes])
    call, shape = _DUTIES[duty.decode()]
    try:
        return "", _encode(call(msgspec.msgpack.decode(work, type=shape)))
    except BaseException as error:  # noqa: BLE001 - a panic of native code is one; the next work starts anew
        return f"{type(error).__name__}: {error}", b""


if __name__ == "__main__":
    main()
