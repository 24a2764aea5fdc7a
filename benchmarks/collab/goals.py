"""What Vitrail promises itself: each goal is judged on medians of one session."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Results = Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]
PER_CPU = "delivered_per_cpu_second"
# "At equal p99": two medians that differ less than this are equal on a shared machine.
EQUAL = 1.15


def median(results: Results, scenario: str, server: str, key: str) -> float | None:
    """Return the median of a figure over the runs that converged."""
    runs = results.get(scenario, {}).get(server, ())
    found = [run[key] for run in runs if key in run and "failure" not in run]
    return statistics.median(found) if found else None


@dataclass(frozen=True)
class Goal:
    """A bound on a figure, or on its ratio to a peer's.

    Attributes:
        than: The peer, or empty for the figure itself.
        at_least: The bound, or None; `at_most` likewise.
    """

    text: str
    scenario: str
    key: str
    at_least: float | None = None
    at_most: float | None = None
    than: str = ""
    server: str = "vitrail"

    def value(self, results: Results) -> float | None:
        """Return what was reached, or None when it was not measured."""
        own = median(results, self.scenario, self.server, self.key)
        if not self.than or own is None:
            return own
        other = median(results, self.scenario, self.than, self.key)
        return own / other if other else None

    def is_reached(self, value: float) -> bool:
        """Tell whether a value is within the bounds."""
        return not (
            (self.at_least is not None and value < self.at_least)
            or (self.at_most is not None and value > self.at_most)
        )


def _times(text: str, scenario: str, factor: float, than: str = "hocuspocus", **more: str) -> Goal:
    key = more.pop("key", PER_CPU)
    return Goal(text, scenario, key, at_least=factor, than=than, **more)


GOALS = (
    _times("1 x 100, 500/s: x Hocuspocus", "fan-100", 3),
    Goal("1 x 100, 500/s: p99 ms", "fan-100", "p99", at_most=25),
    _times("1 x 100, 500/s: x Hocuspocus flushDelay 10", "fan-100", 1.5, "hocuspocus-10"),
    Goal("  … its p99 as a share of theirs", "fan-100", "p99", at_most=EQUAL, than="hocuspocus-10"),
    _times("1 x 100, 500/s: x pycrdt-websocket", "fan-100", 10, "pycrdt-websocket"),
    _times("saturation, per CPU-s: x Hocuspocus", "saturation", 5),
    _times("saturation, per s: x Hocuspocus", "saturation", 5, key="delivered_per_second"),
    _times("300 x 3, 1,500/s: x Hocuspocus", "many", 2.3),
    _times("300 x 3, saturated: x Hocuspocus", "many-saturated", 3),
    _times("presence 50 x 20 Hz: x Hocuspocus", "presence", 5),
    _times("1 x 1,000, 20/s: x Hocuspocus", "fan-1000", 1.2),
    Goal("single edit in an idle room: p50 ms", "idle-room", "p50", at_most=1),
    Goal("single edit in an idle room: p99 ms", "idle-room", "p99", at_most=8),
    Goal("idle connection, own document: KiB", "idle", "kib_per_connection", at_most=30),
    Goal("process base: MiB", "idle", "base_mib", at_most=70),
    Goal("idle connections on one process", "idle-10000", "connections", at_least=10_000),
    Goal("260,000 edits, from memory: ms", "history", "from_memory_ms", at_most=5, server="vitrail-hp"),
    Goal("260,000 edits, from SQLite: ms", "history", "from_disk_ms", at_most=40, server="vitrail-hp"),
    Goal("ingest: edits/s", "history", "edits_per_second", at_least=20_000, server="vitrail-hp"),
    _times("ingest: x Hocuspocus", "history", 2.5, key="edits_per_second", server="vitrail-hp"),
    Goal("ingest: durable after 1 s", "history", "durable", at_least=1, server="vitrail-hp"),
    Goal("durable ack at 1,000/s: p50 ms", "acks-1000", "ack_p50", at_most=5, server="vitrail-hp"),
    Goal("durable ack at 1,000/s: p99 ms", "acks-1000", "ack_p99", at_most=50, server="vitrail-hp"),
    Goal("3,000 acknowledged edits/s held", "acks-3000", "held", at_least=1, server="vitrail-hp"),
)  # fmt: skip
