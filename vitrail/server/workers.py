"""Workers of one machine share a port, so whoever answers a scrape asks the others first.

Each listens on a Unix socket in a folder that only this user may open, and writes its metrics to
whoever connects. Nothing of it goes through Redis: monitoring must work when Redis does not.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from vitrail.server.exposition import Family, gauge, merge

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from pathlib import Path

LOG = logging.getLogger(__name__)
ANSWER_SECONDS = 2.0  # a worker whose loop stands still for longer is told as silent
DECODER = msgspec.msgpack.Decoder(list[Family])


@dataclass(frozen=True, slots=True)
class Place:
    """Which worker this is, and where all of them listen."""

    number: int
    folder: Path

    @property
    def socket(self) -> Path:
        """Where this one listens."""
        return self.folder / f"{self.number}.sock"


class Workers:
    """This worker among those of its machine.

    Args:
        place: Which one it is.
        collect: Returns its own metrics.
    """

    def __init__(self, place: Place, collect: Callable[[], list[Family]]) -> None:
        self._place = place
        self._collect = collect

    @asynccontextmanager
    async def listening(self) -> AsyncGenerator[None]:
        """Answer the others for as long as the context lasts."""
        server = await asyncio.start_unix_server(self._answer, self._place.socket)
        async with server:
            try:
                yield
            finally:
                self._place.socket.unlink(missing_ok=True)

    async def _answer(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            writer.write(msgspec.msgpack.encode(self._collect()))
            await writer.drain()
            writer.close()
            await writer.wait_closed()

    async def gather(self) -> list[Family]:
        """Return the metrics of all workers, each line labelled with the worker's number."""
        others = [path for path in self._place.folder.glob("*.sock") if path != self._place.socket]
        found = {str(self._place.number): self._collect()}
        silent = 0
        answers = await asyncio.gather(*map(_ask, others))
        for path, answer in zip(others, answers, strict=True):
            if answer:
                found[path.stem] = answer
            elif answer is None:
                silent += 1
        text = "Workers of this machine that did not answer in time."
        return [*merge(found, "worker"), gauge("vitrail_workers_silent", text, silent)]


async def _ask(path: Path) -> list[Family] | None:
    """Return a worker's metrics; nothing for one that is gone, None for one that does not answer."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            reader, writer = await asyncio.open_unix_connection(path)
            try:
                return DECODER.decode(await reader.read())
            finally:
                writer.close()
    except (ConnectionRefusedError, FileNotFoundError):
        return []  # it died: its successor listens elsewhere
    except (OSError, TimeoutError, msgspec.DecodeError) as error:
        LOG.warning("a worker does not tell its metrics: %r", error, extra={"worker": path.stem})
        return None
