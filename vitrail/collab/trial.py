"""Applies an update to a document in a process of its own, which may die of it.

`python -m vitrail.collab.trial` reads from its input; see `Trial`. It ends with 0 when all went well.
"""

from __future__ import annotations

import asyncio
import resource
import sys
from collections.abc import Sequence  # noqa: TC003 - msgspec reads the annotations
from typing import Any

import msgspec
from pycrdt import Doc

from vitrail.collab.compact import apply_all
from vitrail.collab.native import apply_updates

# Of a processor, which a busy machine does not shorten; the limit holds even if whoever asked is gone.
SECONDS, UPDATES_PER_SECOND = 2, 20_000
PATIENCE = 10  # times as long, by the clock
MEMORY_BYTES = 2 << 30


class Trial(msgspec.Struct, array_like=True, frozen=True):
    """What is tried.

    Attributes:
        stored: The document, as updates of its log.
        tried: Updates that are applied to it in one transaction.
    """

    stored: Sequence[bytes]
    tried: Sequence[bytes]


async def is_harmless(stored: Sequence[bytes], tried: Sequence[bytes]) -> bool:
    """Tell whether a process lives through applying some updates in one transaction."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "vitrail.collab.trial",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(PATIENCE * _seconds(stored)):
            await process.communicate(msgspec.msgpack.encode(Trial(stored, tried)))
    except TimeoutError:
        process.kill()
        await process.wait()
    return process.returncode == 0


async def find_poison(stored: Sequence[bytes], batch: Sequence[bytes]) -> list[int]:
    """Return which updates of a batch kill a process, by halving; all of a part that kills only together."""
    if await is_harmless(stored, batch):
        return []
    if len(batch) == 1:
        return [0]
    middle = len(batch) // 2
    first = await find_poison(stored, batch[:middle])
    good = [update for place, update in enumerate(batch[:middle]) if place not in first]
    second = await find_poison([*stored, *good], batch[middle:])
    found = [*first, *(middle + place for place in second)]
    return found or list(range(len(batch)))


def _seconds(stored: Sequence[bytes]) -> int:
    return SECONDS + len(stored) // UPDATES_PER_SECOND


def main() -> None:
    """Try what comes in."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    trial = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Trial)
    seconds = _seconds(trial.stored)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    doc: Doc[Any] = Doc()
    apply_all(doc, trial.stored)
    apply_updates(doc, trial.tried)


if __name__ == "__main__":
    main()
