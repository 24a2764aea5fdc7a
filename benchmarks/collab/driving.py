"""Runs the load generator against a server, and reads what it says."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

from benchmarks.collab import tools

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from benchmarks.collab import servers

Figures = dict[str, Any]
LOAD_SECONDS = 600  # the longest that one call of the load generator may take
LATE_SECONDS = 1.0  # after the end of a run; a server that needs longer was overloaded


class FailedError(Exception):
    """A run that has no figures; says why."""


def _command(server: servers.Running, mode: str, options: Mapping[str, object]) -> list[str]:
    named = [w for k, v in options.items() for w in (f"--{k.replace('_', '-')}", str(v))]
    return [str(tools.compiled("load")), mode, *server.arguments, *named]


def load(server: servers.Running, mode: str, **options: object) -> Figures:
    """Run the load generator once."""
    command = _command(server, mode, options)
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=LOAD_SECONDS, check=False
    )
    return _figures(done.stdout, done.stderr)


def _figures(said: str, wrong: str) -> Figures:
    try:
        figures: Figures = json.loads(said.strip().splitlines()[-1])
    except (IndexError, ValueError) as error:
        raise FailedError(wrong.strip() or "the load generator said nothing") from error
    if "error" in figures:
        raise FailedError(f"{figures['error']} {wrong.strip()}".strip())
    if wrong.strip():
        figures["said"] = wrong.strip()
    return figures


def flatten(figures: Figures) -> Figures:
    """Lift the latencies out: `p50` and `p99` of the deliveries, `ack_p50` of the replies."""
    for name, prefix in (("latency", ""), ("acknowledged", "ack_")):
        for key, value in figures.pop(name, {}).items():
            figures[f"{prefix}{key}"] = value
    return figures


def checked(figures: Figures, script: Path | None = None, dump: Path | None = None) -> Figures:
    """Add whether everybody ended with the same document."""
    if not figures["drained"]:
        figures["failure"] = f"{figures['undelivered']:,} deliveries were missing after a minute"
    elif not figures["has_all"]:
        figures["failure"] = "a fresh client lacks edits"
    elif figures.get("gaps") or figures.get("refused") or figures["closed"]:
        figures["failure"] = "updates were lost or refused, or connections closed"
    elif script is not None and dump is not None:
        compared, bad = tools.verify(script, dump)
        figures["compared"] = compared
        if bad or not compared:
            figures["failure"] = f"differs from Yjs: {', '.join(bad)}"
    if figures.get("drained_after", 0) > LATE_SECONDS:
        figures["overloaded"] = figures["drained_after"]
    return flatten(figures)


class Held:
    """A load generator whose connections stay open while something else is looked at."""

    def __init__(self, server: servers.Running, mode: str, **options: object) -> None:
        command = _command(server, mode, options)
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.figures: Figures = {}

    def __enter__(self) -> Held:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        wrong = "" if line or self._process.stderr is None else self._process.stderr.read()
        self.figures = _figures(line, wrong)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()
