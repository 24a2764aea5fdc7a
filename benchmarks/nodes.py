"""What an edit costs on one node and on two: processor time per delivered edit, through Redis.

python benchmarks/nodes.py [people] [edits per second] [seconds]
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pycrdt import Doc, Map
from websockets.asyncio.client import connect

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests import servers
from tests.collab.cluster import cluster_of
from tests.collab.conftest import _migrated
from vitrail.collab.codec import Reader, prefixed, string

if TYPE_CHECKING:
    from tests.servers import Vitrail

NAME = "doc:bench"
END = b"the last edit"  # one node joins what came from the other: frames are not edits


class Person:
    """Counts the edits that reach them."""

    def __init__(self) -> None:
        self.seen = 0
        self.doc: Doc = Doc()
        self.done = asyncio.Event()

    async def live(self, base: str, token: str, ready: asyncio.Semaphore) -> None:
        url = base.replace("http", "ws") + "/collab/hp"
        async with connect(url, compression=None, max_size=None) as self.socket:
            await self.send(b"\x02\x00" + string(token))
            async for frame in self.socket:
                reader = Reader(frame)
                reader.bytes()
                kind = reader.uint()
                if kind == 2:
                    ready.release()
                elif kind == 0 and reader.uint() == 2:
                    self.seen += 1
                    if END in frame:
                        self.done.set()

    async def send(self, body: bytes) -> None:
        await self.socket.send(string(NAME) + body)

    async def edit(self, key: str, value: int) -> None:
        before = self.doc.get_state()
        self.doc.get("edits", type=Map)[key] = value
        await self.send(b"\x00\x02" + prefixed(self.doc.get_update(before)))


def cpu_seconds(node: Vitrail) -> float:
    assert node.process is not None
    fields = Path(f"/proc/{node.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


async def measure(bases: list[str], token: str, nodes: list[Vitrail], load: list[int]) -> float:
    people, pace, seconds = load
    ready = asyncio.Semaphore(0)
    crowd = [Person() for _ in range(people)]
    async with asyncio.TaskGroup() as tasks:
        lives = [
            tasks.create_task(person.live(bases[n % len(bases)], token, ready))
            for n, person in enumerate(crowd)
        ]
        for _ in crowd:
            await ready.acquire()
        used = sum(cpu_seconds(node) for node in nodes)
        writers = crowd[:8]
        began = time.monotonic()
        for number in range(pace * seconds):
            await writers[number % len(writers)].edit(str(number % 50), number)
            await asyncio.sleep(max(0.0, began + number / pace - time.monotonic()))
        await writers[0].edit(END.decode(), 1)
        for person in crowd[1:]:
            await person.done.wait()
        used = sum(cpu_seconds(node) for node in nodes) - used
        frames = sum(person.seen for person in crowd)
        for life in lives:
            life.cancel()
    due = pace * seconds * (people - 1)  # nobody gets their own
    print(f"  {frames} frames for {due} deliveries, {used:.2f} s of processor")
    return used / due * 1e6


def main() -> None:
    load = [int(word) for word in sys.argv[1:]] or [100, 200, 10]
    with servers.postgres() as server, servers.redis() as redis:
        postgres = server.url
        database = asyncio.run(_migrated(postgres))
        url = postgres.replace("/postgres?", f"/{database}?")
        folder = Path(tempfile.mkdtemp(prefix="vitrail-bench-"))
        with cluster_of(folder, url, redis.url, {"a": {}, "b": {}}) as cluster:
            a, b = cluster.nodes["a"], cluster.nodes["b"]
            one = asyncio.run(measure([a.base], cluster.token, [a, b], load))
            two = asyncio.run(measure([a.base, b.base], cluster.token, [a, b], load))
    print(f"one node:  {one:6.1f} µs per delivered edit")
    print(f"two nodes: {two:6.1f} µs per delivered edit, {two / one:.2f} times")


if __name__ == "__main__":
    main()
