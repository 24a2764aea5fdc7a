"""The servers of the benchmark: Vitrail as people start it, and peers that read the same database."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2

from tests.servers import Vitrail, free_port
from vitrail.commerce.inputs import MerchantInput, ProductInput, ReviewInput, VariantInput
from vitrail.commerce.model import Price, ProductStatus, ReviewStatus
from vitrail.core.access import SYSTEM
from vitrail.core.settings import Settings
from vitrail.server.application import open_services

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PEERS = Path(__file__).parent / "peers"
CACHE = Path(__file__).parent / ".cache"
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
TOKENS = 60  # a token may spend so much a second, and no more
APPS = {
    "strawberry": "strawberry_app:app",
    "strawberry, naive": "strawberry_app:app",
    "ariadne": "ariadne_app:app",
    "graphene": "graphene_app:app",
}


@dataclass(frozen=True)
class Data:
    """What there is to ask for.

    Attributes:
        site: The site's id, as GraphQL writes it.
        products: Their ids.
        variant: The id of a variant of the first.
        tokens: API tokens of the owner.
    """

    site: str
    products: list[str]
    variant: str
    tokens: list[str]


@dataclass(frozen=True)
class Server:
    """A server that runs.

    Attributes:
        name: As the table shows it.
        base: Its address.
        pid: Its process.
    """

    name: str
    base: str
    pid: int

    def cpu(self) -> float:
        """Return the processor's time that its process has taken, in seconds."""
        parts = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / TICKS_A_SECOND


async def fill(folder: Path) -> Data:
    """Make a shop: 200 products of 5 merchants, with 6 reviews and 4 tags each."""
    async with open_services(Settings(data=str(folder))) as services:
        [site] = await services.catalogue.list(SYSTEM)
        key, commerce = site["id"], services.commerce
        merchants = [
            await commerce.merchants.create(key, SYSTEM, MerchantInput(name=f"Atelier {n}"))
            for n in range(5)
        ]
        ids: list[str] = []
        for n in range(200):
            product = ProductInput(
                name={"fr": f"Lampe {n}"},
                description={"fr": "Une lampe en verre soufflé, faite à la main. " * 3},
                merchant_id=merchants[n % 5],
                status=ProductStatus.ACTIVE,
                tags=["lampe", f"forme-{n % 7}", f"verre-{n % 11}", f"salon-{n % 13}"],
            )
            variant = VariantInput(sku=f"L{n}", prices=[Price(1000 + n, "EUR")], available=5)
            ids.append(await commerce.products.create(key, SYSTEM, product, [variant]))
            for said in range(6):
                words = ReviewInput(
                    author="Ana", rating=1 + said % 5, body="Très belle lumière." * 3
                )
                await commerce.reviews.create(
                    key, SYSTEM, ids[-1], words, status=ReviewStatus.APPROVED
                )
        reads = commerce.reading([key])
        [variant] = (await reads.variants_of(ids[:1]))[ids[0]]
        owner = (await services.identity.accounts.by_email("owner@localhost"))["id"]
        tokens = [
            (await services.identity.secrets.create_token(owner, f"b{n}", ["read", "write"]))[1]
            for n in range(TOKENS)
        ]
    return Data(f"site:{key}", [f"product:{i}" for i in ids], f"variant:{variant.id}", tokens)


@contextlib.contextmanager
def vitrail(folder: Path) -> Iterator[Server]:
    """Run Vitrail on a data folder, once it has made the sizes of the demo's images."""
    server = Vitrail(folder)
    server.start()
    try:
        assert server.process is not None
        _await_jobs(folder / "vitrail.db")
        yield Server("vitrail", server.base, server.process.pid)
    finally:
        server.stop()


def _await_jobs(database: Path) -> None:
    """Wait until a new server is at rest: what it computes besides is none of a request's cost."""
    left = "SELECT count(*) FROM job WHERE state != 'failed'"
    with contextlib.closing(sqlite3.connect(database)) as sql:
        for _ in range(600):
            if sql.execute(left).fetchone() == (0,):
                return
            time.sleep(0.5)
    raise TimeoutError("the images of the demo were not made within five minutes")


@contextlib.contextmanager
def peer(name: str, database: Path) -> Iterator[Server]:
    """Run a peer on Vitrail's database."""
    port = free_port()
    python = sys.executable if name.startswith("strawberry") else str(_python())
    command = [
        python, "-m", "uvicorn", APPS[name], "--port", str(port), "--log-level", "warning",
        "--loop", "uvloop", "--http", "httptools",
    ]  # fmt: skip
    naive = {"BENCH_NAIVE": "1"} if "naive" in name else {}
    variables = {**os.environ, **naive, "BENCH_DATABASE": str(database)}
    process = subprocess.Popen(command, cwd=PEERS, env=variables)
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(base, process)
        yield Server(name, base, process.pid)
    finally:
        process.terminate()
        process.wait()


def _wait(base: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        try:
            httpx2.get(base, timeout=1)
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("a peer did not start")


def _python() -> Path:
    """Return the Python of Ariadne and graphene, in an environment of its own."""
    lock = ROOT / "locks" / "bench-graphql.txt"
    home = CACHE / hashlib.sha256(lock.read_bytes()).hexdigest()[:12]
    python = home / "bin" / "python"
    if not python.exists():
        print("installing the peers …", file=sys.stderr)
        uv = [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "--quiet", "--clear", str(home)], check=True)
        install = [*uv, "pip", "install", "--quiet", "--python", str(python)]
        subprocess.run([*install, "--require-hashes", "--requirement", str(lock)], check=True)
    return python
