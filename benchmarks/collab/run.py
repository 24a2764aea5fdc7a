"""Vitrail beside its peers: how much each does with a second of CPU, and how soon.

Every server runs alone on loopback, fresh for every run, in turns (A B C A B C); the load comes from
`load/`. Prints one table of medians and what became of the goals; the exit status is 1 when a goal
was missed or a run of Vitrail did not converge.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.collab import chart, report, servers, tools  # noqa: E402
from benchmarks.collab.driving import FailedError  # noqa: E402
from benchmarks.collab.scenarios import SCENARIOS, Context, Figures  # noqa: E402

LONG_RUNS = 3
FILES = 20_000  # open at once: ten thousand connections, and what else there is


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--short", action="store_true", help="fewer servers, runs and seconds")
    parser.add_argument("--only", help="scenarios, with commas: " + ", ".join(SCENARIOS))
    parser.add_argument("--servers", help="servers, with commas: " + ", ".join(servers.ALL))
    parser.add_argument("--runs", type=int, help=f"runs of each (default: {LONG_RUNS})")
    parser.add_argument("--history", type=Path, metavar="TRACE", help=(
        "automerge-paper.json.gz of github.com/josephg/editing-traces,\n"
        "for the long history (default: one that is made up to have its shape)"))  # fmt: skip
    parser.add_argument("--chart", type=Path, metavar="SVG", help="write the chart")
    parser.add_argument("--json", type=Path, metavar="PATH", help="write all raw results")
    parser.add_argument(
        "--from-json", type=Path, metavar="PATH", help="measure nothing, read these"
    )
    return parser.parse_args()


def chosen(given: str | None, known: tuple[str, ...], what: str) -> list[str]:
    names = [name.strip() for name in given.split(",")] if given else list(known)
    for name in names:
        if name not in known:
            raise SystemExit(f"unknown {what} {name!r}; there are {', '.join(known)}")
    return names


def plan(options: argparse.Namespace) -> list[tuple[str, list[str], int]]:
    """Return which scenarios run, with which servers, how often."""
    wanted = chosen(options.only, tuple(SCENARIOS), "scenario")
    picked = chosen(options.servers, servers.ALL, "server")
    found: list[tuple[str, list[str], int]] = []
    for name in wanted:
        scenario = SCENARIOS[name]
        few = options.short and not options.servers
        taking_part = scenario.short_servers if few else scenario.servers
        who = [server for server in taking_part if server in picked]
        runs = options.runs or (scenario.short_runs if options.short else LONG_RUNS)
        if who:
            found.append((name, who, runs))
    return found


def one_run(name: str, server: str, context: Context) -> Figures:
    """Run a scenario once; a failure is a result too."""
    try:
        return SCENARIOS[name].run(server, context)
    except FailedError as error:
        return {"failure": str(error)}
    except subprocess.TimeoutExpired:
        return {"failure": "not done after ten minutes"}


def measure(options: argparse.Namespace) -> dict[str, dict[str, list[Figures]]]:
    todo = plan(options)
    servers.prepare(sorted({server for _, who, _ in todo for server in who}))
    context = Context(short=options.short, history=tools.history(options.history))
    results: dict[str, dict[str, list[Figures]]] = {}
    for name, who, runs in todo:
        scenario = SCENARIOS[name]
        tools.say(f"{name}: {scenario.title}")
        results[name] = {server: [] for server in who}
        for _ in range(runs):
            for server in who:
                begun = time.monotonic()
                figures = one_run(name, server, context)
                results[name][server].append(figures)
                fate = figures.get("failure") or (
                    f"{report.number(figures.get(scenario.main))} {scenario.unit}"
                )
                tools.say(f"  {server:18}{fate}  ({time.monotonic() - begun:.0f} s)")
    return results


def about() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load": os.getloadavg(),
    }


def main() -> int:
    options = arguments()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, hard), hard))
    if options.from_json:
        results = json.loads(options.from_json.read_text())["results"]
    else:
        machine = about()
        results = measure(options)
        if options.json:
            options.json.write_text(json.dumps({"about": machine, "results": results}, indent=1))
    for line in report.table(results):
        print(line)
    print(report.disturbance(results))
    print("goals")
    verdicts = list(report.judged(results))
    for line, _ in verdicts:
        print(line)
    if options.chart:
        options.chart.write_text(chart.drawn(results))
    own = [
        run
        for by in results.values()
        for s, runs in by.items()
        if s in servers.VITRAIL
        for run in runs
    ]
    return int(not all(reached for _, reached in verdicts) or any("failure" in run for run in own))


if __name__ == "__main__":
    sys.exit(main())
