"""Reads many sockets in one go: at once while little comes, on a tick when much does.

To wake up for each message costs several times what the message itself does: after a pause of 3 ms the
caches hold other things, and the guard alone takes 58 µs for an update instead of 7 (measured). So
sockets that were taken over are not watched one by one: the kernel keeps the set of those that are
ready (epoll), and all of them are read together. Network cards do the same and call it interrupt
moderation.
"""

from __future__ import annotations

import asyncio
import logging
import os
import select
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from asyncio import TimerHandle, Transport
    from collections.abc import Callable

LOG = logging.getLogger(__name__)
# So many wake-ups a second, and so many at once, are answered without delay.
WAKES_PER_SECOND, BURST = 200, 20
# A tick is no shorter, so that there is something to read, and no longer, so that nobody feels it.
LEAST_TICK_SECONDS, MOST_TICK_SECONDS = 0.003, 0.020
READ_BYTES = 64 << 10
MAX_READY = 1024


class Source(Protocol):
    """What is read: the protocol of a socket; its transport only writes."""

    transport: Transport

    def data_received(self, data: bytes) -> None:
        """Take in what came."""
        ...


class Intake:
    """The sockets of one event loop that are read together; made while it runs.

    Attributes:
        rhythm: Returns how often something is sent, in seconds: to read more often is in vain.
    """

    def __init__(self) -> None:
        self.rhythm: Callable[[], float] = lambda: 0.0
        self._timer: TimerHandle | None = None  # of the next tick, while much comes
        self._loop = asyncio.get_running_loop()
        self._epoll = select.epoll()
        self._sources: dict[int, Source] = {}
        self._fds: dict[Source, int] = {}
        self._credit = float(BURST)
        self._seen = self._loop.time()
        self._loop.add_reader(self._epoll.fileno(), self._wake)

    def add(self, source: Source) -> None:
        """Read a source from now on; one that is paused stays so."""
        events = select.EPOLLIN if source.transport.is_reading() else 0
        source.transport.pause_reading()
        fd = source.transport.get_extra_info("socket").fileno()
        self._sources[fd], self._fds[source] = source, fd
        self._epoll.register(fd, events)

    def pause(self, source: Source) -> None:
        """Leave what comes in the socket."""
        self._watch(source, 0)

    def resume(self, source: Source) -> None:
        """Read on."""
        self._watch(source, select.EPOLLIN)

    def _watch(self, source: Source, events: int) -> None:
        if (fd := self._fds.get(source)) is not None and not source.transport.is_closing():
            self._epoll.modify(fd, events)

    def remove(self, source: Source) -> None:
        """Read a source no more."""
        fd = self._fds.pop(source, -1)
        if self._sources.get(fd) is source:
            del self._sources[fd]
            with suppress(OSError):  # it was closed already
                self._epoll.unregister(fd)

    def gather(self) -> None:
        """Read what has come, since something is about to be sent; the next tick is put off."""
        if self._timer is not None:
            self._timer.cancel()
            self._read()
            self._plan()

    def _plan(self) -> None:
        seconds = min(max(self.rhythm(), LEAST_TICK_SECONDS), MOST_TICK_SECONDS)
        self._timer = self._loop.call_later(seconds, self._tick)

    def _wake(self) -> None:
        now = self._loop.time()
        self._credit = min(self._credit + (now - self._seen) * WAKES_PER_SECOND, BURST) - 1
        self._seen = now
        self._read()
        if self._credit < 0:
            self._loop.remove_reader(self._epoll.fileno())
            self._plan()

    def _tick(self) -> None:
        if self._read():
            self._plan()
        else:
            self._timer = None
            self._seen = self._loop.time()
            self._loop.add_reader(self._epoll.fileno(), self._wake)

    def _read(self) -> bool:
        """Read once what is ready; tell whether something was."""
        ready = self._epoll.poll(0, MAX_READY)
        for fd, _ in ready:
            source = self._sources.get(fd)
            if source is None:
                continue
            if source.transport.is_closing():  # the number may belong to another file by now
                self.remove(source)
                continue
            try:
                data = os.read(fd, READ_BYTES)
            except BlockingIOError:
                continue
            except OSError:
                source.transport.abort()
                continue
            if not data:
                source.transport.close()
                continue
            try:
                source.data_received(data)
            except Exception:  # of one socket; the others are read on
                LOG.exception("a socket could not be read")
                source.transport.abort()
        return bool(ready)
