"""The SQL engine: SQLite with a write-ahead log, or PostgreSQL; one interface for both."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import MetaData, event, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from vitrail.core.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from sqlalchemy import Row

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Database:
    """A pool of connections. Whoever opens it closes it, through `async with`.

    Args:
        url: SQLAlchemy URL.
        looks_only: Whether nothing may be changed by it, the way the file is written included.
    """

    def __init__(self, url: str, *, looks_only: bool = False) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        if self.is_sqlite:
            self.engine = create_async_engine(url, pool_size=4, connect_args={"timeout": 30})
            prepare = _prepare_to_look if looks_only else _prepare_sqlite
            event.listen(self.engine.sync_engine, "connect", prepare)
            event.listen(self.engine.sync_engine, "begin", _begin_sqlite)
        else:
            try:
                self.engine = create_async_engine(url, pool_size=8, pool_pre_ping=True)
            except ModuleNotFoundError as error:
                raise Unavailable(
                    "VITRAIL_DATABASE_URL names PostgreSQL, and the package asyncpg is not installed",
                    hint="pip install 'vitrail[scale]'",
                ) from error

    async def __aenter__(self) -> Database:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.engine.dispose()

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncConnection]:
        """Give a connection for reading; nothing that it writes is kept."""
        async with self.engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def read_at_once(self) -> AsyncGenerator[AsyncConnection]:
        """Give a connection for reading, on which all queries see the same moment."""
        async with self.engine.connect() as connection:
            if not self.is_sqlite:  # where a transaction is of one moment anyway
                await connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[AsyncConnection]:
        """Give a connection in a transaction that commits at the end, unless it raises.

        On SQLite the write lock is taken at once, so that two writers queue instead of failing.
        """
        async with self.engine.connect() as connection:
            await connection.execution_options(vitrail_write=True)
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def alone(self, lock: int) -> AsyncGenerator[None]:
        """Let one process of a deployment at a time do something; the others wait.

        On SQLite, where a deployment has one process, it does nothing.
        """
        if self.is_sqlite:
            yield
            return
        async with self.engine.connect() as connection, connection.begin():
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})
            yield


def record(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    """Return a row as a dictionary by column name."""
    return dict(row._asdict())  # pyright: ignore[reportPrivateUsage]  - its public name


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an acknowledged edit survives a power failure
        "foreign_keys=ON",
        "busy_timeout=30000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare_to_look(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    write = connection.get_execution_options().get("vitrail_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
