"""Workers that share a port tell of all of them, whichever is asked."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from vitrail.server import workers as workers_module
from vitrail.server.exposition import Family, gauge
from vitrail.server.workers import Place, Workers


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="vitrail-") as name:  # a socket's path must be short
        yield Path(name)


def worker(folder: Path, number: int) -> Workers:
    return Workers(Place(number, folder), lambda: [gauge("x", "X.", number * 10)])


def values(families: list[Family]) -> dict[str, dict[str, float]]:
    return {f.name: {s.labels.get("worker", ""): s.value for s in f.samples} for f in families}


async def test_each_worker_gathers_all(folder):
    several = [worker(folder, number) for number in range(3)]
    async with AsyncExitStack() as stack:
        for one in several:
            await stack.enter_async_context(one.listening())
        for one in several:
            found = values(await one.gather())
            assert found == {"x": {"0": 0, "1": 10, "2": 20}, "vitrail_workers_silent": {"": 0}}
    assert not list(folder.iterdir())


async def test_one_that_died_is_left_out_and_one_that_hangs_is_told(folder, monkeypatch):
    monkeypatch.setattr(workers_module, "ANSWER_SECONDS", 0.05)
    ended = asyncio.Event()

    async def hang(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await ended.wait()
        writer.close()

    dead = await asyncio.start_unix_server(hang, folder / "1.sock")
    dead.close()
    async with (
        await asyncio.start_unix_server(hang, folder / "2.sock"),
        worker(folder, 0).listening(),
    ):
        found = values(await worker(folder, 0).gather())
        ended.set()
    assert found == {"x": {"0": 0}, "vitrail_workers_silent": {"": 1}}
