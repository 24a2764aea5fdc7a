"""The SQL engine: SQLite with a write-ahead log, or PostgreSQL; one interface for both."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from sqlalchemy import Engine, MetaData, create_engine, event, make_url, text
from sqlalchemy.exc import (
    DBAPIError,
    InterfaceError,
    OperationalError,
    TimeoutError as PoolTimeout,
)

from vitrail.core import sqlite
from vitrail.core.async_engine import AsyncConnection, create_async_engine
from vitrail.core.errors import Unavailable
from vitrail.core.readers import Readers

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping, Sequence

    from sqlalchemy import Connection, Executable, Row

T = TypeVar("T")
READERS = 2  # threads for queries by themselves
METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


@dataclass(slots=True)
class _Whole:
    """A transaction around all that a task does."""

    sql: AsyncConnection
    after: list[Callable[[], None]] = field(default_factory=list["Callable[[], None]"])


class Database:
    """A pool of connections. Whoever opens it closes it, through `async with`.

    Args:
        url: SQLAlchemy URL.
        looks_only: Whether nothing may be changed by it, the way the file is written included.
    """

    def __init__(self, url: str, *, looks_only: bool = False) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self._wholes: dict[asyncio.Task[Any] | None, _Whole] = {}
        self._writing = asyncio.Lock()
        if self.is_sqlite:
            self.engine = create_async_engine(
                url,
                pool_size=4,
                connect_args={"timeout": sqlite.BUSY_SECONDS, "factory": sqlite.Ending},
            )
            prepare = sqlite.prepare_to_look if looks_only else sqlite.prepare
            event.listen(self.engine.sync_engine, "connect", prepare)
            event.listen(self.engine.sync_engine, "begin", sqlite.begin)
        else:
            try:
                self.engine = create_async_engine(url, pool_size=8, pool_pre_ping=True)
            except ModuleNotFoundError as error:
                raise Unavailable(
                    "VITRAIL_DATABASE_URL names PostgreSQL, and the package asyncpg is not installed",
                    hint="pip install 'vitrail[scale]'",
                ) from error
            event.listen(self.engine.sync_engine, "do_connect", _connect_postgres)

    async def __aenter__(self) -> Database:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.engine.dispose()
        if "_reader" in vars(self):
            self._readers.close()
            self._reader.dispose()

    async def fetch(
        self, query: Executable, values: Mapping[str, Any] | None = None
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        """Run one query by itself and return all its rows.

        On SQLite a thread runs it from beginning to end, where a connection of `read` goes to its thread
        and back for each call of the driver. It runs in the context of the task, so that whoever listens
        to statements can tell on whose behalf.
        """
        if self._whole is not None:
            return (await self._whole.sql.execute(query, values)).all()
        if self.is_sqlite:
            look = partial(copy_context().run, partial(self._fetch, query, values))
            return await self._readers.run(look)
        async with self.engine.connect() as connection:
            return (await connection.execute(query, values)).all()

    async def look(self, call: Callable[[Connection], T]) -> T:
        """Run a function that reads, and return what it returns; all of its queries see the same moment.

        On SQLite a thread runs it from beginning to end, as with `fetch`.
        """
        if self._whole is not None:
            return await self._whole.sql.run_sync(call)
        if self.is_sqlite:
            return await self._readers.run(partial(copy_context().run, partial(self._look, call)))
        async with self.read_at_once() as connection:
            return await connection.run_sync(call)

    def _look(self, call: Callable[[Connection], T]) -> T:
        with self._reader.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                return call(connection)
            finally:
                connection.exec_driver_sql("ROLLBACK")

    def _fetch(
        self, query: Executable, values: Mapping[str, Any] | None
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        with self._reader.connect() as connection:
            return connection.execute(query, values).all()

    @cached_property
    def _readers(self) -> Readers:
        return Readers(READERS)

    @cached_property
    def _reader(self) -> Engine:
        url = make_url(self.url).set(drivername="sqlite")
        reader = create_engine(
            url,
            pool_size=READERS,
            pool_use_lifo=True,  # the connection whose caches are warm
            isolation_level="AUTOCOMMIT",
            json_deserializer=msgspec.json.decode,  # a fifth of the time, and rows are full of it
            connect_args={"timeout": sqlite.BUSY_SECONDS, "check_same_thread": False},
        )
        event.listen(reader, "connect", sqlite.prepare_to_look)
        return reader

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncConnection]:
        """Give a connection for reading; nothing that it writes is kept."""
        if self._whole is not None:
            yield self._whole.sql
            return
        async with self.engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def read_at_once(self) -> AsyncGenerator[AsyncConnection]:
        """Give a connection for reading, on which all queries see the same moment."""
        if self._whole is not None:
            yield self._whole.sql
            return
        async with self.engine.connect() as connection:
            if not self.is_sqlite:  # where a transaction is of one moment anyway
                await connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[AsyncConnection]:
        """Give a connection in a transaction that commits at the end, unless it raises.

        On SQLite the write lock is taken at once, so that two writers queue instead of failing.
        """
        if self._whole is not None:
            async with self._whole.sql.begin_nested():
                yield self._whole.sql
            return
        async with self.turn(), self.engine.connect() as connection:
            await connection.execution_options(vitrail_write=True)
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def turn(self) -> AsyncGenerator[None]:
        """Wait until it is one's turn to write: on SQLite one does at a time, in the order in which they came.

        The file's own lock has no order: who finds it taken sleeps, up to 0.1 s, and may find it taken again.
        It still holds back other processes.
        """
        if not self.is_sqlite:
            yield
            return
        try:
            async with asyncio.timeout(sqlite.BUSY_SECONDS if self._writing.locked() else None):
                await self._writing.acquire()
        except TimeoutError:
            raise PoolTimeout(f"others were writing for {sqlite.BUSY_SECONDS} s") from None
        try:
            yield
        finally:
            self._writing.release()

    @asynccontextmanager
    async def together(self) -> AsyncGenerator[None]:
        """Make one transaction of all that this task reads and writes in the block.

        What fails in it by itself is undone by itself; what the block raises undoes all of it. Tasks that
        the task starts have no part in it, and on SQLite whoever else writes waits for its end: the task
        must not wait for them, as for the log of live documents.
        """
        async with self.write() as sql:
            task = asyncio.current_task()
            whole = self._wholes[task] = _Whole(sql)
            try:
                yield
            finally:
                del self._wholes[task]
        for call in whole.after:
            call()

    def after_commit(self, call: Callable[[], None]) -> None:
        """Call something when what was written is there for others: now, or when `together` ends well."""
        if self._whole is None:
            call()
        else:
            self._whole.after.append(call)

    @property
    def _whole(self) -> _Whole | None:
        return self._wholes.get(asyncio.current_task()) if self._wholes else None

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


def is_out(error: Exception) -> bool:
    """Tell whether an error says that the database does not answer, or takes nothing just now."""
    # What else a database says of a statement is of a class below `DatabaseError`, and a fault of ours.
    return type(error) in {DBAPIError, InterfaceError, OperationalError, PoolTimeout}


def _connect_postgres(dialect: Any, _record: object, words: Any, names: Any) -> Any:
    try:
        return dialect.connect(*words, **names)
    except OSError as error:  # which the driver lets through when nobody listens
        raise dialect.dbapi.OperationalError(str(error)) from error
