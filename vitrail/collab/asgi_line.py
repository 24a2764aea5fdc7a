"""A line through ASGI, for servers that do not hand their transport over."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import TYPE_CHECKING

from starlette.websockets import WebSocketDisconnect, WebSocketState

from vitrail.collab.line import (
    HIGH_WATER_BYTES,
    LOW_WATER_BYTES,
    MAX_BUFFERED_BYTES,
    MAX_FULL_SECONDS,
    close_reason,
)

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from vitrail.collab.line import Batch, Receiver


class AsgiLine:
    """A `Line` over a Starlette WebSocket; `run` serves it until it closes."""

    def __init__(self, socket: WebSocket) -> None:
        self.is_full = False
        self.sent_bytes = 0
        self._socket = socket
        self._queue: deque[bytes] = deque()
        self._buffered = 0
        self._woken = asyncio.Event()
        self._readable = asyncio.Event()
        self._readable.set()
        self._closing: tuple[int, str] | None = None
        self._full_timer: asyncio.TimerHandle | None = None

    def send(self, batch: Batch) -> None:
        """Queue messages."""
        self._queue.extend(batch.messages)
        size = sum(map(len, batch.messages))
        self._buffered += size
        self.sent_bytes += size
        if self._buffered > HIGH_WATER_BYTES and not self.is_full:
            self.is_full = True
            loop = asyncio.get_running_loop()
            self._full_timer = loop.call_later(MAX_FULL_SECONDS, self._give_up)
        if self._buffered > MAX_BUFFERED_BYTES:
            self._give_up()
        self._woken.set()

    def pause(self) -> None:
        """Read no more for now."""
        self._readable.clear()

    def resume(self) -> None:
        """Read on."""
        self._readable.set()

    def close(self, code: int, reason: str) -> None:
        """Close once what is queued was sent."""
        if self._closing is None:
            self._closing = (code, close_reason(reason))
        self._woken.set()

    def _give_up(self) -> None:
        self._queue.clear()
        self.close(1013, "this connection reads too slowly")

    async def run(self, receiver: Receiver) -> None:
        """Serve until either side closes."""
        async with asyncio.TaskGroup() as tasks:
            reader = tasks.create_task(self._read(receiver))
            try:
                await self._write(receiver, reader)
            finally:
                reader.cancel()
                if self._full_timer is not None:
                    self._full_timer.cancel()
                receiver.lost()

    async def _read(self, receiver: Receiver) -> None:
        with contextlib.suppress(WebSocketDisconnect):
            while True:
                await self._readable.wait()
                message = await self._socket.receive()
                if message["type"] == "websocket.disconnect":
                    break
                receiver.receive(message.get("bytes"))
        self.close(1000, "")

    async def _write(self, receiver: Receiver, reader: asyncio.Task[None]) -> None:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError, OSError):
            while True:
                while self._queue:
                    message = self._queue.popleft()
                    await self._socket.send_bytes(message)
                    self._buffered -= len(message)
                    if self.is_full and self._buffered < LOW_WATER_BYTES:
                        self.is_full = False
                        if self._full_timer is not None:
                            self._full_timer.cancel()
                        receiver.drained()
                if self._closing is not None:
                    break
                self._woken.clear()
                await self._woken.wait()
            code, reason = self._closing
            if self._socket.application_state is WebSocketState.CONNECTED and not reader.done():
                await self._socket.close(code, reason)
