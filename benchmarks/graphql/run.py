"""What a GraphQL request costs: Vitrail beside Strawberry, Ariadne and graphene on the same data.

The processor's time that a server's process takes for a request, over HTTP on loopback, in rounds that
go around the servers; medians, and ratios of medians. Then what Vitrail alone has to hold: latency at
100 requests a second, a tick of a subscription, an answer that has not changed, and what attacks take.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.graphql import alone, asking, servers

GOALS = (
    ("detail", "strawberry", 1 / 3),
    ("detail", "ariadne", 1.0),
    ("detail", "graphene", 1.0),
    ("list of 100", "strawberry, naive", 1 / 2),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=100, help="of the detail kind, each round")
    parser.add_argument("--only", choices=("peers", "alone"), help="one half of it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, ExitStack() as running:
        folder = Path(home) / "data"
        print("filling a shop …", file=sys.stderr, flush=True)
        data = asyncio.run(servers.fill(folder))
        ours = running.enter_context(servers.vitrail(folder))
        fine = True
        if options.only != "alone":
            names = servers.APPS
            peers = [running.enter_context(servers.peer(n, folder / "vitrail.db")) for n in names]
            fine &= compare([ours, *peers], data, options.rounds, options.requests)
        if options.only != "peers":
            fine &= alone.examine(ours, data, options.rounds)
    return 0 if fine else 1


def compare(all_: list[servers.Server], data: servers.Data, rounds: int, requests: int) -> bool:
    """Print what each server takes for each kind of request; tell whether the goals are met."""
    kinds = {
        "detail": (asking.DETAIL, lambda n: {"id": data.products[n % 200]}, requests),
        "list of 100": (
            asking.LIST,
            lambda _: {"site": data.site, "n": 100},
            max(requests // 20, 3),
        ),
    }
    taken: dict[tuple[str, str], list[float]] = {}
    for turn in range(rounds + 1):
        for kind, (query, variables, count) in kinds.items():
            for server in all_:
                cost = asking.cost(server, data, query, variables, count)
                if turn:  # the first round is for caches
                    taken.setdefault((kind, server.name), []).append(cost)
        print(f"round {turn} of {rounds}", file=sys.stderr, flush=True)
    middle = {key: statistics.median(costs) for key, costs in taken.items()}
    print(f"{'ms of processor for a request':30} " + " ".join(f"{kind:>12}" for kind in kinds))
    for server in all_:
        cells = " ".join(f"{middle[kind, server.name] * 1e3:12.2f}" for kind in kinds)
        print(f"{server.name:30} {cells}")
    fine = True
    for kind, name, goal in GOALS:
        ratio = middle[kind, "vitrail"] / middle[kind, name]
        fine &= ratio <= goal
        verdict = "met" if ratio <= goal else "NOT MET"
        print(f"{kind}: {ratio:.2f} of {name}, at most {goal:.2f}: {verdict}")
    return fine


if __name__ == "__main__":
    sys.exit(main())
