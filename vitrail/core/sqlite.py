"""Connections to SQLite as we want them: ready, in transactions that we begin, and over when they are closed."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from typing_extensions import override

if TYPE_CHECKING:
    from sqlalchemy import Connection

BUSY_SECONDS = 30  # that a writer waits for others


class Ending(sqlite3.Connection):
    """A connection that ends with its cursors.

    SQLite keeps a closed connection, with its transaction and the file's lock, for as long as one of its
    statements was not read to its end (https://www.sqlite.org/c3ref/close.html). Of a task that is cancelled
    between two rows such a statement is left, until garbage is collected; a server in which everybody waits
    for the lock makes none.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    @override
    def cursor(self, *args: Any, **kwargs: Any) -> Any:
        """Make a cursor, and remember it."""
        made = super().cursor(*args, **kwargs)
        self._cursors.add(made)
        return made

    @override
    def close(self) -> None:
        """Close each cursor, then the connection."""
        while self._cursors:
            self._cursors.pop().close()
        super().close()


def prepare(connection: Any, _record: object) -> None:
    """Make a new connection ready to read and write."""
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an acknowledged edit survives a power failure
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def prepare_to_look(connection: Any, _record: object) -> None:
    """Make a new connection ready to read, and nothing else."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()


def begin(connection: Connection) -> None:
    """Begin a transaction; one that writes takes the file's lock at once, or waits for it."""
    write = connection.get_execution_options().get("vitrail_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
