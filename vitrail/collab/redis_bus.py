"""The bus over Redis pub/sub. Without Redis everything still converges, by reading the log."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import TYPE_CHECKING, Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

if TYPE_CHECKING:
    from collections.abc import Callable

LOG = logging.getLogger(__name__)
CHANNEL = "vitrail"
MAX_QUEUED = 1000
MAX_PIPELINE = 100
TIMEOUT_SECONDS = 2.0
# A node hears its own heartbeat every 5 s: silence means that the line is dead.
SILENCE_SECONDS = 12.0
FIRST_RETRY_SECONDS, LAST_RETRY_SECONDS = 0.05, 1.0


class RedisBus:
    """One connection that publishes and one that listens, each opened again when it breaks.

    The queue holds `MAX_QUEUED` messages; when it is full the oldest is dropped: its readers find
    the gap in the log.

    Attributes:
        published: Messages that Redis took.
        dropped: Messages that it did not.
    """

    is_shared = True

    def __init__(self, url: str) -> None:
        self._url = url
        self._queue: deque[bytes] = deque(maxlen=MAX_QUEUED)
        self._woken = asyncio.Event()
        self._is_down = False
        self.published = 0
        self.dropped = 0

    @property
    def is_up(self) -> bool:
        """Whether Redis answered when it was last asked."""
        return not self._is_down

    def publish(self, data: bytes) -> None:
        """Send a message soon, or drop it. Never waits, never raises."""
        if len(self._queue) == MAX_QUEUED:
            self.dropped += 1
        self._queue.append(data)
        self._woken.set()

    async def run(self, receive: Callable[[bytes], None], connected: Callable[[], None]) -> None:
        """Carry messages until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._send())
            tasks.create_task(self._listen(receive, connected))

    def _client(self) -> Any:
        """Return a client, untyped as the library's methods are."""
        return Redis.from_url(  # pyright: ignore[reportUnknownMemberType]
            self._url,
            retry=Retry(NoBackoff(), 0),
            socket_connect_timeout=TIMEOUT_SECONDS,
            socket_timeout=TIMEOUT_SECONDS,
            single_connection_client=True,
        )

    async def _send(self) -> None:
        async with self._client() as client:
            while True:
                if not self._queue:
                    self._woken.clear()
                    await self._woken.wait()
                count = min(len(self._queue), MAX_PIPELINE)
                batch = [self._queue.popleft() for _ in range(count)]
                try:
                    await self._deliver(client, batch)
                except (RedisError, OSError, TimeoutError) as error:
                    self.dropped += count
                    self._went_down(error)
                else:
                    self.published += count
                    self._came_up()

    @staticmethod
    async def _deliver(client: Any, batch: list[bytes]) -> None:
        if len(batch) == 1:
            await client.publish(CHANNEL, batch[0])
            return
        async with client.pipeline(transaction=False) as pipeline:
            for data in batch:
                pipeline.publish(CHANNEL, data)
            await pipeline.execute()

    async def _listen(
        self, receive: Callable[[bytes], None], connected: Callable[[], None]
    ) -> None:
        wait = FIRST_RETRY_SECONDS
        while True:
            try:
                async with self._client() as client, client.pubsub() as line:
                    await line.subscribe(CHANNEL)
                    while True:
                        message: dict[str, Any] | None = await line.get_message(
                            timeout=SILENCE_SECONDS
                        )
                        if message is None:
                            raise TimeoutError("nothing was heard")  # noqa: TRY301
                        if message["type"] == "subscribe":
                            wait = FIRST_RETRY_SECONDS
                            connected()
                        elif message["type"] == "message":
                            receive(message["data"])
            except (RedisError, OSError, TimeoutError) as error:
                self._went_down(error)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LAST_RETRY_SECONDS)

    def _went_down(self, error: Exception) -> None:
        if not self._is_down:
            self._is_down = True
            LOG.warning("Redis does not answer; nodes read the log instead: %s", error)

    def _came_up(self) -> None:
        if self._is_down:
            self._is_down = False
            LOG.info("Redis answers again")
