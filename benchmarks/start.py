"""How long it takes to install Vitrail, to import it, and until it answers.

Prints a table of medians; the exit status is 1 if a limit is missed.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
IMPORT_RUNS, SERVE_RUNS = 7, 5
LIMITS = {
    "cold install of the core (s)": 30.0,
    "core import (s of CPU)": 1.0,
    "first start until it answers (s)": 2.0,
    "later start until it answers (s)": 2.0,
}


def install(folder: Path) -> tuple[float, Path]:
    """Install the core from a wheel without any cache; return the seconds and the Python."""
    wheels = folder / "wheels"
    build = [sys.executable, "-m", "uv", "build", "--wheel", "--quiet", "--out-dir", str(wheels)]
    subprocess.run([*build, str(ROOT)], check=True)
    [wheel] = wheels.glob("*.whl")
    home = folder / "venv"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    begun = time.perf_counter()
    command = [python, "-m", "pip", "install", "--quiet", "--no-cache-dir", str(wheel)]
    subprocess.run([*command, "--disable-pip-version-check"], check=True)
    return time.perf_counter() - begun, python


def cpu_of_import(python: Path, folder: Path) -> float:
    """Return the seconds of CPU that importing the server takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([python, "-c", "import vitrail.server.application"], check=True, cwd=folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def until_it_answers(python: Path, data: Path) -> float:
    """Return the seconds from the command to the first answer over HTTP."""
    begun = time.perf_counter()
    command = [python, "-m", "vitrail", "serve", "--port", "0", "--data", str(data)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=data.parent
    ) as server:
        assert server.stdout is not None
        address = next(line for line in server.stdout if line.startswith("Vitrail is at")).split()
        with urllib.request.urlopen(f"{address[-1]}/healthz") as answer:
            answer.read()
        taken = time.perf_counter() - begun
        server.terminate()
    return taken


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("installing from a wheel, without a cache …", file=sys.stderr, flush=True)
        seconds, python = install(folder)
        cpu_of_import(python, folder)  # writes the byte code
        imports = [cpu_of_import(python, folder) for _ in range(IMPORT_RUNS)]
        first, later = [], []
        for run in range(SERVE_RUNS):
            data = folder / f"data-{run}"
            first.append(until_it_answers(python, data))
            later.append(until_it_answers(python, data))
    found = dict(zip(LIMITS, [[seconds], imports, first, later], strict=True))
    missed = 0
    print(f"{'':36}{'median':>8}{'least':>8}{'most':>8}{'limit':>8}")
    for what, runs in found.items():
        median = statistics.median(runs)
        missed += median > LIMITS[what]
        row = [median, min(runs), max(runs), LIMITS[what]]
        print(f"{what:36}" + "".join(f"{value:8.2f}" for value in row))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
