"""What is measured: each scenario runs one load against one fresh server and returns its figures."""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.collab import servers, tools
from benchmarks.collab.driving import Figures, Held, checked, flatten, load

if TYPE_CHECKING:
    from collections.abc import Callable

PEERS = ("vitrail", "hocuspocus")
EVERYBODY = (
    "vitrail",
    "vitrail-hp",
    "hocuspocus",
    "hocuspocus-10",
    "y-websocket",
    "pycrdt-websocket",
)
# Enough edits of each writer for every rate that is tried, yet a file of a few MB.
FEW, MANY = 4_000, 40_000
STORE_SECONDS = 12  # Hocuspocus stores 10 s after the first edit that is not stored, at the latest
# Where the search for the highest rate begins: low enough for each to hold it.
FIRST_RATES = {"pycrdt-websocket": 20.0, "y-websocket": 100.0}


@dataclass(frozen=True)
class Context:
    """What the command line chose.

    Attributes:
        short: Whether short windows are enough.
        history: The file of the long editing history.
    """

    short: bool
    history: Path

    @property
    def seconds(self) -> int:
        return 2 if self.short else 4


@dataclass(frozen=True)
class Scenario:
    """A load, and what of its figures is shown.

    Attributes:
        main: Key of the figure that servers are compared by.
        unit: Unit of that figure.
        shown: Further keys for the table, with their headings.
        is_less_better: Whether a smaller main figure is the better one.
        short_servers: Who takes part in the short form.
    """

    title: str
    run: Callable[[str, Context], Figures]
    main: str
    unit: str
    shown: tuple[tuple[str, str], ...] = ()
    is_less_better: bool = False
    servers: tuple[str, ...] = EVERYBODY
    short_servers: tuple[str, ...] = PEERS
    short_runs: int = 1


def _edits(clients: int, rate: float, **options: object) -> Callable[[str, Context], Figures]:
    def run(name: str, context: Context) -> Figures:
        script = tools.edits(10, FEW)
        given = {"seconds": context.seconds, **options}
        with servers.running(name) as server, tempfile.TemporaryDirectory() as dump:
            found = load(
                server, "edits", edits=script, clients=clients, rate=rate, dump=dump, **given
            )
            return checked(found, script, Path(dump))

    return run


def _saturation(name: str, context: Context) -> Figures:
    del context
    script = tools.edits(10, MANY)
    with servers.running(name) as server:
        first = FIRST_RATES.get(name, 200.0)
        found = load(server, "steps", edits=script, clients=100, rate=first, factor=1.3, seconds=1)
        if not found["held"]:
            found["failure"] = f"p99 is over 100 ms at {first:.0f} edits/s already"
        return checked(found)


def _presence(name: str, context: Context) -> Figures:
    with servers.running(name) as server:
        return checked(load(server, "presence", clients=50, rate=50 * 20, seconds=context.seconds))


def _ceiling(name: str, context: Context) -> Figures:
    """What the generator itself can take: a server that does nothing else but relay."""
    script = tools.edits(10, MANY)
    with servers.running(name) as server:
        found = load(
            server, "edits", edits=script, clients=100, in_flight=64, seconds=context.seconds
        )
        return flatten(found)


def _acknowledged(rate: int) -> Callable[[str, Context], Figures]:
    def run(name: str, context: Context) -> Figures:
        with servers.running(name) as server:
            found = load(
                server,
                "edits",
                edits=tools.edits(10, FEW),
                docs=100,
                clients=1,
                rate=rate,
                seconds=context.seconds,
            )
            found["held"] = float(
                found["acknowledged_per_second"] > 0.97 * rate
                and found["acknowledged_after"] < 1
                and not found["never_acknowledged"]
            )
            return checked(found)

    return run


# ---- connections ------------------------------------------------------------------------------


def _connections(docs: int, clients: int) -> Callable[[str, Context], Figures]:
    def run(name: str, context: Context) -> Figures:
        del context
        with servers.running(name) as server:
            servers.await_quiet(server.pid)
            base, before = servers.resident_mib(server.pid), servers.memory_kib(server.pid)
            with Held(server, "connect", docs=docs, clients=clients) as held:
                servers.await_quiet(server.pid)
                grown = servers.memory_kib(server.pid) - before
            kib = grown / (docs * clients)
            return flatten({**held.figures, "base_mib": base, "kib_per_connection": kib})

    return run


# ---- the long history -------------------------------------------------------------------------


def _history(name: str, context: Context) -> Figures:
    with servers.running(name) as server:
        # Its client stays: some servers store a document when the last one leaves.
        with Held(server, "ingest", edits=context.history) as held:
            figures = held.figures
            time.sleep(1)
            server.kill()
        figures["durable"] = float(_survives(server, context.history))
        if not figures["durable"]:
            if context.short:
                return figures
            with Held(server, "ingest", edits=context.history):
                time.sleep(STORE_SECONDS)
            server.kill()
            if not _survives(server, context.history):
                figures["failure"] = "what was stored is not the history"
                return figures
        cold: list[float] = []
        for _ in range(3):
            servers.await_quiet(server.pid)
            server.kill()
            server.restart()
            servers.await_quiet(server.pid)
            cold += load(server, "load")["ms"]
        with Held(server, "connect"):
            warm = load(server, "load", times=60)["ms"]
        figures["from_disk_ms"] = statistics.median(cold)
        figures["from_memory_ms"] = statistics.median(warm)
        return figures


def _survives(server: servers.Running, history: Path) -> bool:
    """Tell whether a server that was killed has everything when it is back."""
    server.restart()
    with tempfile.TemporaryDirectory() as dump:
        load(server, "load", dump=dump)
        compared, bad = tools.verify(history, Path(dump))
    return compared == 1 and not bad


# ---- all of them ------------------------------------------------------------------------------

LATENCY = (("p50", "p50 ms"), ("p99", "p99 ms"))
ACK = (("ack_p50", "ack p50 ms"), ("ack_p99", "ack p99 ms"), ("held", "held"))
PER_CPU = "delivered_per_cpu_second"
SCENARIOS: dict[str, Scenario] = {
    "ceiling": Scenario(
        "the load generator itself: closed loop, a bare broadcast server",
        _ceiling,
        "delivered_per_second",
        "delivered/s",
        (("own_share", "own core"),),
        servers=("broadcast",),
        short_servers=("broadcast",),
    ),
    "fan-100": Scenario(
        "1 document, 100 clients, 500 edits/s",
        _edits(100, 500),
        PER_CPU,
        "delivered/CPU-s",
        LATENCY,
        short_servers=EVERYBODY,
        short_runs=2,
    ),
    "fan-1000": Scenario(
        "1 document, 1,000 clients, 20 edits/s",
        _edits(1000, 20),
        PER_CPU,
        "delivered/CPU-s",
        LATENCY,
        servers=("vitrail", "vitrail-hp", "hocuspocus", "hocuspocus-10", "y-websocket"),
        short_runs=2,
    ),
    "many": Scenario(
        "300 documents of 3 clients, 1,500 edits/s",
        _edits(3, 1500, docs=300, dumped_docs=3),
        PER_CPU,
        "delivered/CPU-s",
        LATENCY,
    ),
    "many-saturated": Scenario(
        "300 documents of 3 clients, each as fast as it goes",
        _edits(3, 1, docs=300, dumped_docs=3, in_flight=1),
        PER_CPU,
        "delivered/CPU-s",
        (("delivered_per_second", "delivered/s"), *LATENCY),
    ),
    "saturation": Scenario(
        "1 document, 100 clients, highest rate with p99 under 100 ms",
        _saturation,
        PER_CPU,
        "delivered/CPU-s",
        (("delivered_per_second", "delivered/s"), ("own_share", "own core"), *LATENCY),
    ),
    "presence": Scenario(
        "presence of 50 clients at 20 Hz",
        _presence,
        PER_CPU,
        "delivered/CPU-s",
        LATENCY,
    ),
    "idle-room": Scenario(
        "single edits in an idle room of 3",
        _edits(3, 25, seconds=6),
        "p50",
        "ms p50",
        LATENCY[1:],
        is_less_better=True,
    ),
    "acks-1000": Scenario(
        "acknowledged edits, 1,000/s in 100 documents",
        _acknowledged(1000),
        "ack_p50",
        "ms p50",
        ACK[1:],
        is_less_better=True,
        servers=("vitrail-hp", "hocuspocus"),
        short_servers=("vitrail-hp", "hocuspocus"),
    ),
    "acks-3000": Scenario(
        "acknowledged edits, 3,000/s in 100 documents",
        _acknowledged(3000),
        "acknowledged_per_second",
        "acks/s",
        ACK,
        servers=("vitrail-hp", "hocuspocus"),
        short_servers=("vitrail-hp", "hocuspocus"),
    ),
    "idle": Scenario(
        "1,000 idle connections, each with its own document",
        _connections(1000, 1),
        "kib_per_connection",
        "KiB each",
        (("base_mib", "base MiB"), ("connected_per_second", "connects/s")),
        is_less_better=True,
    ),
    "idle-10000": Scenario(
        "10,000 idle connections, each with its own document",
        _connections(10_000, 1),
        "kib_per_connection",
        "KiB each",
        (("base_mib", "base MiB"), ("connected_per_second", "connects/s")),
        is_less_better=True,
        servers=("vitrail",),
        short_servers=(),
    ),
    "storm": Scenario(
        "connect storm: 1,000 clients to 10 documents",
        _connections(10, 100),
        "connected_per_second",
        "connects/s",
        LATENCY,
    ),
    "history": Scenario(
        "a history of 260,000 edits: one message each, then opened",
        _history,
        "edits_per_second",
        "edits/s",
        (
            ("durable", "durable after 1 s"),
            ("from_memory_ms", "from memory ms"),
            ("from_disk_ms", "from disk ms"),
        ),
        servers=("vitrail", "vitrail-hp", "hocuspocus", "y-websocket", "pycrdt-websocket"),
        short_servers=("vitrail-hp", "hocuspocus"),
    ),
}
