"""Subscriptions that are the same are executed and encoded once, however many listen."""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vitrail.core.errors import Overloaded, VitrailError
from vitrail.graphql.engine import encode, refusal

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Hashable

    from graphql import ExecutionResult

LOG = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Listener:
    """One who listens: takes an event, and returns whether it keeps up."""

    hear: Callable[[bytes], bool]
    over: asyncio.Event = field(default_factory=asyncio.Event)
    is_too_slow: bool = False


@dataclass(slots=True, eq=False)
class _Stream:
    """One execution, and those who listen."""

    listeners: set[_Listener] = field(default_factory=set[_Listener])
    task: asyncio.Task[None] | None = None


class Streams:
    """The subscriptions that go on in this process.

    Args:
        tasks: Where their executions run.
    """

    def __init__(self, tasks: asyncio.TaskGroup) -> None:
        self._tasks = tasks
        self._streams: dict[Hashable, _Stream] = {}

    def close(self) -> None:
        """End all of them."""
        for stream in self._streams.values():
            if stream.task is not None:
                stream.task.cancel()

    async def listen(
        self,
        key: Hashable,
        begin: Callable[[], AsyncGenerator[ExecutionResult, None]],
        hear: Callable[[bytes], bool],
    ) -> None:
        """Hand the events of a subscription over, from now on and until it ends.

        Args:
            key: What is the same for all who get the same events.
            begin: Executes it, if nobody listens yet.
            hear: Takes an event as JSON, at once; returns False if it cannot keep up.

        Raises:
            Overloaded: Events were not taken.
        """
        stream = self._streams.get(key)
        if stream is None:
            stream = self._streams[key] = _Stream()
            stream.task = self._tasks.create_task(self._run(stream, begin))
        listener = _Listener(hear)
        stream.listeners.add(listener)
        try:
            await listener.over.wait()
            if listener.is_too_slow:
                raise Overloaded(
                    "events came faster than they were taken",
                    hint="subscribe again, with sinceSeq of the last one",
                )
        finally:
            stream.listeners.discard(listener)
            if not stream.listeners and self._streams.get(key) is stream:
                del self._streams[key]
                if stream.task is not None:
                    stream.task.cancel()

    async def _run(
        self, stream: _Stream, begin: Callable[[], AsyncGenerator[ExecutionResult, None]]
    ) -> None:
        try:
            async with aclosing(begin()) as events:
                async for event in events:
                    _tell(stream, encode(event))
        except VitrailError as error:
            _tell(stream, refusal(error).body)
        except Exception:
            LOG.exception("a subscription ended")
        for listener in stream.listeners:
            listener.over.set()


def _tell(stream: _Stream, event: bytes) -> None:
    for listener in list(stream.listeners):
        if not listener.is_too_slow and not listener.hear(event):
            listener.is_too_slow = True
            listener.over.set()
