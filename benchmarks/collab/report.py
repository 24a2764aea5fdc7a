"""The table of medians, and what became of the goals."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from benchmarks.collab.goals import GOALS, Results, median
from benchmarks.collab.scenarios import SCENARIOS

if TYPE_CHECKING:
    from collections.abc import Iterator

BASELINE = "hocuspocus"
QUIET_CORES = 0.15


def number(value: float | None) -> str:
    """Write a figure with as many digits as it deserves."""
    if value is None:
        return "-"
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _spread(results: Results, scenario: str, server: str, key: str) -> str:
    runs = results[scenario][server]
    found = [run[key] for run in runs if key in run and "failure" not in run]
    if not found:
        return "-"
    middle = number(statistics.median(found))
    return f"{middle} ({number(min(found))}-{number(max(found))})" if len(found) > 1 else middle


def table(results: Results) -> Iterator[str]:
    """Yield the lines of one table of medians, with the ratio to Hocuspocus."""
    for name, by_server in results.items():
        scenario = SCENARIOS[name]
        base = median(results, name, BASELINE, scenario.main)
        yield ""
        yield f"{name}: {scenario.title}"
        shown = "".join(f"{heading:>18}" for _, heading in scenario.shown)
        yield f"  {'':18}{scenario.unit + ', median (range)':>34}{'ratio':>8}{shown}  n"
        for server, runs in by_server.items():
            own = median(results, name, server, scenario.main)
            ratio = f"{own / base:.2f}x" if own is not None and base else ""
            main = _spread(results, name, server, scenario.main)
            more = "".join(
                f"{number(median(results, name, server, key)):>18}" for key, _ in scenario.shown
            )
            failures = [run["failure"] for run in runs if "failure" in run]
            late = [run["overloaded"] for run in runs if "overloaded" in run]
            fate = f"  overloaded: all there {max(late):.0f} s after the end" if late else ""
            fate += f"  {len(failures)} FAILED: {failures[0]}" if failures else ""
            yield f"  {server:18}{main:>34}{ratio:>8}{more}  {len(runs)}{fate}"


def disturbance(results: Results) -> str:
    """Tell how much of the machine others had, as far as it matters."""
    runs = [run for by_server in results.values() for some in by_server.values() for run in some]
    shares = [run["others_share"] for run in runs if "others_share" in run]
    if not shares or statistics.median(shares) < QUIET_CORES:
        return ""
    return (
        f"\nother programs took {statistics.median(shares):.1f} cores of this machine meanwhile "
        f"(up to {max(shares):.1f}):\nlatencies and rates are worse for it, "
        "figures per CPU-second a little"
    )


def judged(results: Results) -> Iterator[tuple[str, bool]]:
    """Yield a line for each goal that was measured, and whether it was reached."""
    for goal in GOALS:
        measured = results.get(goal.scenario, {})
        if goal.server not in measured or (goal.than and goal.than not in measured):
            continue
        value = goal.value(results)
        sign, bound = (">=", goal.at_least) if goal.at_least is not None else ("<=", goal.at_most)
        reached = value is not None and goal.is_reached(value)
        verdict = "reached" if reached else "MISSED"
        yield f"  {goal.text:46}{number(value):>10}  {sign} {number(bound):>8}  {verdict}", reached
