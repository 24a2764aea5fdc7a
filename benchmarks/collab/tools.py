"""What the benchmark needs beside Vitrail: made once, kept in `.cache`, made anew when it changed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.servers import node

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PEERS = HERE / "peers"
CACHE = HERE / ".cache"
FLAGS = ["-O2", "-std=gnu11", "-D_GNU_SOURCE", "-Wall", "-Wextra"]


def say(text: str) -> None:
    """Tell whoever waits what is going on."""
    print(text, file=sys.stderr, flush=True)


def _digest(*parts: Path | str) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(part.read_bytes() if isinstance(part, Path) else part.encode())
    return found.hexdigest()[:12]


def _run(command: list[str], what: str, **options: object) -> str:
    """Run a command; when it fails, say what it was for and what it said."""
    # Node.js comes with its wheel: its programs lie beside our Python.
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment, **options
    )  # type: ignore[call-overload]
    if done.returncode:
        raise SystemExit(f"{what} failed:\n  {' '.join(command)}\n{done.stdout}{done.stderr}")
    return str(done.stdout)


# ---- the programs in C ------------------------------------------------------------------------


def _compiler() -> list[str]:
    for name in ("cc", "gcc", "clang"):
        if path := shutil.which(name):
            return [path]
    home = CACHE / "ziglang"
    if not home.exists():
        say("no C compiler: installing the ziglang wheel (100 MB) …")
        command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--target", str(home)]
        lock = ROOT / "locks" / "compiler.txt"
        _run([*command, "--require-hashes", "--requirement", str(lock)], "installing a C compiler")
    return [str(home / "ziglang" / "zig"), "cc"]


def compiled(name: str) -> Path:
    """Return the program of a folder of C sources, built if they changed: `load`, `broadcast`."""
    headers = sorted((HERE / "load").glob("*.h"))
    sources = sorted((HERE / name).glob("*.c"))
    path = CACHE / f"{name}-{_digest(*headers, *sources, ' '.join(FLAGS))}"
    if not path.exists():
        CACHE.mkdir(exist_ok=True)
        say(f"compiling {name} …")
        _run([*_compiler(), *FLAGS, "-o", str(path), *map(str, sources)], f"compiling {name}")
    return path


# ---- edits ------------------------------------------------------------------------------------


def edits(writers: int, count: int) -> Path:
    """Return a file of edits: so many of each of so many writers."""
    script = PEERS / "make-edits.mjs"
    path = CACHE / f"edits-{writers}-{count}-{_digest(script)}"
    return _made(path, [str(script), "OUT", str(writers), str(count)])


def history(trace: Path | None) -> Path:
    """Return a file with a history of some 260,000 edits: a recorded one, or one of that shape."""
    script = PEERS / "make-history.mjs"
    path = CACHE / f"history-{_digest(script, trace or '')}"
    return _made(path, [str(script), "OUT", *([str(trace)] if trace else [])])


def _made(path: Path, command: list[str]) -> Path:
    if not path.exists():
        peers()
        CACHE.mkdir(exist_ok=True)
        say(f"making {path.name} with Yjs …")
        partial = path.with_suffix(".partial")
        command = [str(partial) if word == "OUT" else word for word in command]
        said = _run([node(), *command], f"making {path.name}", cwd=PEERS)
        say(f"  {said.strip()}")
        partial.rename(path)
    return path


def verify(script: Path, dump: Path) -> tuple[int, list[str]]:
    """Compare what servers and clients have with real Yjs: how many states, and which differ."""
    command = [node(), str(PEERS / "verify.mjs"), str(script), str(dump)]
    said = json.loads(_run(command, "comparing with Yjs", cwd=PEERS))
    return said["compared"], said["bad"]


# ---- the peers --------------------------------------------------------------------------------


def peers() -> Path:
    """Return the folder of the peers on Node, with their packages installed."""
    lock = PEERS / "package-lock.json"
    mark = CACHE / f"npm-{_digest(lock)}"
    if not mark.exists() or not (PEERS / "node_modules").exists():
        say("installing the peers for Node …")
        _run(["npm", "ci", "--no-audit", "--no-fund"], "npm ci", cwd=PEERS)
        CACHE.mkdir(exist_ok=True)
        mark.touch()
    return PEERS


def pycrdt_python() -> Path:
    """Return the Python of pycrdt-websocket, in an environment of its own."""
    lock = ROOT / "locks" / "bench.txt"
    home = CACHE / f"pycrdt-{_digest(lock)}"
    python = home / "bin" / "python"
    if not python.exists():
        say("installing pycrdt-websocket …")
        uv = [sys.executable, "-m", "uv"]
        _run([*uv, "venv", "--quiet", "--clear", str(home)], "making an environment")
        command = [*uv, "pip", "install", "--quiet", "--python", str(python)]
        _run(
            [*command, "--require-hashes", "--requirement", str(lock)],
            "installing pycrdt-websocket",
        )
    return python
