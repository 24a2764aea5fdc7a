"""SQLAlchemy's engine for asyncio, without its ORM.

The package `sqlalchemy.ext.asyncio` imports sessions beside the engine, and with them the whole ORM: 6 MiB
of each process that nothing here uses (measured, SQLAlchemy 2.1). While it is imported, the two modules that
are of sessions are left out; a program that has the ORM already keeps both.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Generator

OF_SESSIONS = ("sqlalchemy.ext.asyncio.session", "sqlalchemy.ext.asyncio.scoping")


class _LeftOut(ModuleType):
    """Has every name that may be imported from it, and nothing behind them."""

    @override
    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


@contextmanager
def _without_sessions() -> Generator[None]:
    if "sqlalchemy.orm" in sys.modules:
        yield
        return
    sys.modules.update({name: _LeftOut(name) for name in OF_SESSIONS})
    try:
        yield
    finally:
        for name in OF_SESSIONS:
            del sys.modules[name]


with _without_sessions():
    from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

__all__ = ["AsyncConnection", "create_async_engine"]
