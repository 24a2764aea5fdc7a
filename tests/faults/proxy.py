"""A TCP proxy between a client and a server that does what networks do."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from types import TracebackType

T = TypeVar("T")
CHUNK = 1 << 14


class Proxy:
    """Carries bytes to a port and back, in a thread of its own, until told otherwise.

    Attributes:
        delay: Seconds by which each chunk is late. Chunks of one connection stay in order, those of
            two connections need not: every second connection is twice as late.
        drops: After so many chunks a connection is cut, without a word to the other side.
        silent: Nothing is carried any more while connections stay open: half-open lines.
    """

    def __init__(self, port: int) -> None:
        self._server_port = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._lines: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._reading = asyncio.Event()
        self._reading.set()
        self._count = 0
        self._server: asyncio.Server | None = None
        self.delay = 0.0
        self.drops: int | None = None
        self.port = 0

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Proxy:
        self._thread.start()
        self._server = self._wait(asyncio.start_server(self._carry, "127.0.0.1", 0))
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._wait(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def cut(self) -> None:
        """Reset every connection."""
        self._loop.call_soon_threadsafe(self._cut)

    def fall_silent(self) -> None:
        """Carry nothing more, and say nothing of it."""
        self._loop.call_soon_threadsafe(self._flowing.clear)

    def stop_reading(self) -> None:
        """Take no more from the server, as a client that does not read."""
        self._loop.call_soon_threadsafe(self._reading.clear)

    def go_on(self) -> None:
        """Carry again, what was held up too."""
        self._loop.call_soon_threadsafe(self._flowing.set)
        self._loop.call_soon_threadsafe(self._reading.set)

    def _wait(self, work: Coroutine[None, None, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def _cut(self) -> None:
        for line in list(self._lines):
            line.transport.abort()

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
        self._cut()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _carry(self, here: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        self._count += 1
        late = 1 + self._count % 2
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        there, forth = await asyncio.open_connection("127.0.0.1", self._server_port)
        self._lines |= {back, forth}
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._one_way(here, forth, late, self._flowing))
                both.create_task(self._one_way(there, back, late, self._reading))
        except* OSError:
            pass
        finally:
            for line in (back, forth):
                self._lines.discard(line)
                line.transport.abort()
                with contextlib.suppress(OSError):
                    await line.wait_closed()
            self._tasks.discard(task)

    async def _one_way(
        self,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        late: int,
        may_go_on: asyncio.Event,
    ) -> None:
        carried = 0
        while data := await source.read(CHUNK):
            await self._flowing.wait()
            await may_go_on.wait()
            if self.delay:
                await asyncio.sleep(self.delay * late)
            carried += 1
            if self.drops is not None and carried > self.drops:
                raise ConnectionResetError
            sink.write(data)
            await sink.drain()
        raise ConnectionResetError
