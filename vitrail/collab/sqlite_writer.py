"""The log's writer on SQLite: one connection of its own, in one thread of its own.

The statements are those of the log, without the layers between: a commit costs a tenth of the
processor time, and several hundred are made each second.
"""

from __future__ import annotations

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from vitrail.collab.entries import Appended

BUSY_MS = 30_000
TIME_FORMAT = "%Y-%m-%d %H:%M:%S.%f"  # as SQLAlchemy stores it
COUNT_UP = (
    "UPDATE collab_doc SET head_seq = head_seq + ? WHERE id = ? AND lineage = ? RETURNING head_seq"
)
INSERT = (
    "INSERT INTO collab_update (doc_id, seq, at, actor_id, actor_kind, payload) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)


class SqliteWriter:
    """Commits batches of the log; opened when first used."""

    def __init__(self, url: str) -> None:
        self._path = make_url(url).database or ""
        self._connection: sqlite3.Connection | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="log")

    async def commit(self, batch: Sequence[Appended], now: datetime) -> list[int | None]:
        """Store a batch in one transaction.

        Returns:
            The sequence number of each entry's first update; None where the document was deleted
            or replaced.

        Raises:
            OSError: It could not be stored; nothing of it was.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._commit, batch, now)

    async def close(self) -> None:
        """Close the connection."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown()

    def _commit(self, batch: Sequence[Appended], now: datetime) -> list[int | None]:
        try:
            if self._connection is None:
                self._connection = self._open()
            return _store(self._connection, batch, now.strftime(TIME_FORMAT))
        except sqlite3.Error as error:
            self._close()
            raise OSError(f"the log could not be written: {error}") from error

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None)
        # Foreign keys are not looked up: a row is only added where its document was counted up before.
        for pragma in ("synchronous=FULL", f"busy_timeout={BUSY_MS}"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _store(connection: sqlite3.Connection, batch: Sequence[Appended], at: str) -> list[int | None]:
    counts: dict[tuple[str, str], int] = {}
    for entry in batch:
        key = entry.doc, entry.lineage
        counts[key] = counts.get(key, 0) + len(entry.updates)
    connection.execute("BEGIN IMMEDIATE")
    try:
        next_seq: dict[tuple[str, str], int] = {}
        for key, count in counts.items():
            head = connection.execute(COUNT_UP, (count, *key)).fetchone()
            if head is not None:
                next_seq[key] = head[0] - count + 1
        numbers: list[int | None] = []
        rows: list[tuple[object, ...]] = []
        for entry in batch:
            doc, key = entry.doc, (entry.doc, entry.lineage)
            first = next_seq.get(key)
            numbers.append(first)
            if first is not None:
                next_seq[key] = first + len(entry.updates)
                rows.extend(
                    (doc, number, at, author.actor_id, author.kind, payload)
                    for number, (payload, author) in enumerate(entry.updates, first)
                )
        connection.executemany(INSERT, rows)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return numbers
