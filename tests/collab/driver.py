"""Compacts a document, in a process of its own that is killed at a named step."""

from __future__ import annotations

import asyncio
import os
import signal
from types import SimpleNamespace
from typing import Any

from pycrdt import Map

from vitrail.collab.compactor import Compactor
from vitrail.core.database import Database


def compact(url: str, name: str, fatal: str) -> None:
    asyncio.run(_compact(url, name, fatal))


async def _compact(url: str, name: str, fatal: str) -> None:
    def reached(step: str) -> None:
        if step == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    schema: Any = SimpleNamespace(roots={"nodes": Map})
    async with Database(url) as database:
        await Compactor(database, {"page": schema}, reached).compact(name)
