"""The servers under test: each started fresh on loopback, each ended by its process id."""

from __future__ import annotations

import contextlib
import resource
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.collab import tools
from tests.servers import Vitrail, free_port, node

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

START_SECONDS = 30
QUIET_SECONDS, QUIET_SHARE = 2.0, 0.05


@dataclass
class Running:
    """A server that runs: how the load generator finds it, and where its data is."""

    pid: int
    port: int
    dialect: str
    path: str
    token: str
    document: str
    folder: Path
    kill: Callable[[], None]
    restart: Callable[[], None]

    @property
    def arguments(self) -> list[str]:
        """The options of `ylg`."""
        named = {
            "port": self.port,
            "dialect": self.dialect,
            "path": self.path,
            "token": self.token,
            "document": self.document,
            "pid": self.pid,
        }
        return [word for key, value in named.items() for word in (f"--{key}", str(value))]


# Which connects with what: the first is the dialect that `ylg` speaks.
VITRAIL = ("vitrail", "vitrail-hp")
HOCUSPOCUS = ("hocuspocus", "hocuspocus-10")
ALL = (*VITRAIL, *HOCUSPOCUS, "y-websocket", "pycrdt-websocket", "broadcast")


def _command(name: str, port: int, folder: Path) -> tuple[list[str], Path]:
    """Return how to start a peer, and in which folder."""
    database = str(folder / "data.db")
    match name:
        case "hocuspocus":
            return [node(), "hocuspocus.mjs", str(port), database], tools.peers()
        case "hocuspocus-10":
            return [node(), "hocuspocus.mjs", str(port), database, "10"], tools.peers()
        case "y-websocket":
            return [node(), "y-websocket.mjs", str(port), str(folder / "level")], tools.peers()
        case "pycrdt-websocket":
            script = str(tools.PEERS / "pycrdt_websocket.py")
            return [str(tools.pycrdt_python()), script, str(port), database], folder
        case "broadcast":
            return [str(tools.compiled("broadcast")), str(port)], folder
        case _:
            raise SystemExit(f"unknown server {name!r}; there are {', '.join(ALL)}")


def prepare(names: list[str]) -> None:
    """Install and build what the servers need, before anything is measured."""
    for name in names:
        if name in VITRAIL:
            _vitrail_template()
        else:
            _command(name, 0, tools.CACHE)


@contextmanager
def running(name: str) -> Generator[Running]:
    """Start a server with empty data; end it and delete its data at the end."""
    folder = Path(tempfile.mkdtemp(prefix=f"bench-{name}-"))
    try:
        with _vitrail(name, folder) if name in VITRAIL else _peer(name, folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# ---- peers ------------------------------------------------------------------------------------


@contextmanager
def _peer(name: str, folder: Path) -> Generator[Running]:
    port = free_port()
    command, where = _command(name, port, folder)
    log = folder / "server.log"
    process: subprocess.Popen[bytes] | None = None

    def start() -> None:
        nonlocal process
        with log.open("ab") as output:
            process = subprocess.Popen(command, cwd=where, stdout=output, stderr=output)
        _await_port(port, process, command, log)

    def kill() -> None:
        assert process is not None
        process.kill()
        process.wait()

    def restart() -> None:
        start()
        assert process is not None
        server.pid = process.pid

    try:
        start()
        assert process is not None
        server = Running(
            pid=process.pid,
            port=port,
            dialect="hp" if name in HOCUSPOCUS else "y",
            path="/" if name in HOCUSPOCUS else "/%s",
            token="none",
            document="bench",
            folder=folder,
            kill=kill,
            restart=restart,
        )
        yield server
    finally:
        kill()


def _await_port(port: int, process: subprocess.Popen[bytes], command: list[str], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"{' '.join(map(str, command))} did not start:\n{log.read_text()[-2000:]}")


# ---- Vitrail ----------------------------------------------------------------------------------


@cache
def _vitrail_template() -> tuple[TemporaryDirectory[str], str]:
    """Return a data folder to copy, and its token: the demo's images are made in it already."""
    tools.say("preparing Vitrail's data folder: the demo's images are made once …")
    home = TemporaryDirectory(prefix="bench-vitrail-")
    vitrail = Vitrail(Path(home.name) / "data")
    vitrail.start()
    try:
        assert vitrail.process is not None
        await_quiet(vitrail.process.pid)
        token = vitrail.run("token", "create")
    finally:
        vitrail.stop()
    return home, token


def await_quiet(pid: int) -> None:
    """Wait until a process has next to nothing to do."""
    end = time.monotonic() + 300
    before = cpu_seconds(pid)
    while time.monotonic() < end:
        time.sleep(QUIET_SECONDS)
        used = cpu_seconds(pid)
        if used - before < QUIET_SHARE * QUIET_SECONDS:
            return
        before = used
    raise SystemExit(f"process {pid} did not come to rest within five minutes")


@contextmanager
def _vitrail(name: str, folder: Path) -> Generator[Running]:
    template, token = _vitrail_template()
    shutil.copytree(Path(template.name) / "data", folder / "data")
    vitrail = Vitrail(folder / "data")

    def pid() -> int:
        assert vitrail.process is not None
        return vitrail.process.pid

    def restart() -> None:
        vitrail.start()
        server.pid = pid()

    vitrail.start()
    is_y = name == "vitrail"
    server = Running(
        pid=pid(),
        port=vitrail.port,
        dialect="y" if is_y else "hp",
        path=f"/collab/y/%s?token={token}" if is_y else "/collab/hp",
        token=token,
        document="doc:bench",
        folder=folder,
        kill=vitrail.kill,
        restart=restart,
    )
    try:
        yield server
    finally:
        vitrail.stop()


# ---- what a process uses ----------------------------------------------------------------------


def tree(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    found = [pid]
    for each in found:
        for task in Path(f"/proc/{each}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found += [int(child) for child in task.read_text().split()]
    return found


def cpu_seconds(pid: int) -> float:
    """Return the seconds of CPU that a process and its descendants have used."""
    total = 0
    for each in tree(pid):
        for task in Path(f"/proc/{each}/task").glob("*/schedstat"):
            with contextlib.suppress(OSError):
                total += int(task.read_text().split()[0])
    return total / 1e9


def resident_mib(pid: int) -> float:
    """Return the resident memory of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / (1 << 20)


def memory_kib(pid: int) -> int:
    """Return the memory of a process and its descendants: shared pages count by their share."""
    total = 0
    for each in tree(pid):
        for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total
