"""Examines the logs of all documents: holes, lost ends, snapshots and updates that cannot be read.

Each document is read as the server reads it, but by another process: what is damaged may crash or
stop the library that reads it.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from pycrdt import Doc
from sqlalchemy import func, select

from vitrail.collab import tables as t
from vitrail.collab.compact import apply_all
from vitrail.collab.guard import check_state_vector
from vitrail.collab.log import UpdateLog
from vitrail.core.errors import Locked, Unavailable
from vitrail.core.finding import broken, odd, well

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from vitrail.core.clock import Clock
    from vitrail.core.database import Database
    from vitrail.core.finding import Finding

READ_SECONDS = 60.0  # for one document; what takes longer never opens for people either
RESTORE = "restore this document from a backup; until then it opens to nobody, and is not touched"


async def examine_logs(database: Database, clock: Clock) -> AsyncIterator[Finding]:
    """Yield what is wrong with documents, and at the end how many are whole."""
    log = UpdateLog(database, clock)
    async with database.read() as sql:
        names = list((await sql.execute(select(t.doc.c.id).order_by(t.doc.c.id))).scalars())
        beyond = {row.id: row.n for row in (await sql.execute(_BEYOND)).all()}
    whole = 0
    with _Reader() as reader:
        for name in names:
            if name in beyond:
                words = f"{name} has {beyond[name]} updates after its last number"
                yield broken("log", words, RESTORE)
                continue
            try:
                words = await reader.read((await log.load(name)).updates)
            except Unavailable as error:
                yield broken("log", error.message, RESTORE)
            except Locked as error:
                yield odd("log", error.message, "release it on the page /admin once it is well")
            else:
                if words:
                    advice = f"set it apart on the page /admin; {RESTORE}"
                    yield broken("log", f"{name}: {words}", advice)
                else:
                    whole += 1
    yield well("log", f"{whole} of {len(names)} documents are whole and can be read")


_BEYOND = (
    select(t.doc.c.id, func.count().label("n"))
    .join(t.update, (t.update.c.doc_id == t.doc.c.id) & (t.update.c.seq > t.doc.c.head_seq))
    .group_by(t.doc.c.id)
)


def read_through(updates: Sequence[bytes]) -> bool:
    """Read a document, and what it comes to once more; tell whether both are the same.

    yrs writes clients and deletions in any order: the same document has more than one encoding.
    """
    doc: Doc[Any] = Doc()
    apply_all(doc, updates)
    written = doc.get_update()
    again: Doc[Any] = Doc()
    again.apply_update(written)
    clocks = check_state_vector(doc.get_state())
    same = check_state_vector(again.get_state()) == clocks
    return same and sorted(again.get_update()) == sorted(written)


class _Reader:
    """Reads documents in a process of its own, and starts another when that one ends."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> _Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def _stop(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            for process in list((pool._processes or {}).values()):
                process.kill()
            pool.shutdown(cancel_futures=True)

    async def read(self, updates: Sequence[bytes]) -> str:
        """Return what is wrong with a document; nothing if it can be read."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(READ_SECONDS):
                is_same = await loop.run_in_executor(self._pool, read_through, list(updates))
        except TimeoutError:
            self._stop()
            return f"it cannot be read within {READ_SECONDS:.0f} s"
        except BrokenProcessPool:
            self._stop()
            return "whoever reads it crashes"
        except Exception as error:  # noqa: BLE001 - whatever the library says of damaged bytes
            return f"its updates cannot be read ({type(error).__name__})"
        return "" if is_same else "what was read does not read the same again"
