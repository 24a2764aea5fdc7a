"""The past of documents: who was there, any moment again, moments with a name, who did what last.

It knows bytes and numbers; what a document was like then is for those to say who know documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import func, insert, select

from vitrail.collab import archive, tables as t
from vitrail.collab.segments import Session, join_sessions, milliseconds
from vitrail.core.clock import aware
from vitrail.core.errors import Conflict, InvalidInput, NotFound
from vitrail.core.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from vitrail.collab.compact import Touched
    from vitrail.collab.entries import Author
    from vitrail.collab.worker import Worker
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database

VersionKind = Literal["named", "publish", "import", "restore", "run"]
MAX_LABEL = 200
MAX_NAMED = 1000


@dataclass(frozen=True, slots=True)
class Version:
    """A moment that somebody named, or that was kept before something that changes much."""

    id: str
    seq: int
    at: datetime
    kind: str
    label: str
    actor_id: str | None
    actor_kind: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A document as it was.

    Attributes:
        seq: Number of the last update in it; where history is thinned out, less than was asked for.
        state: All of it as one Yjs update v1.
    """

    seq: int
    state: bytes


class History:
    """Reads the past of the documents of a log, and keeps versions of them.

    Args:
        database: Where the log lives.
        clock: For the dates of versions.
        worker: Computes moments.
    """

    def __init__(self, database: Database, clock: Clock, worker: Worker) -> None:
        self._database = database
        self._clock = clock
        self._worker = worker

    async def sessions(
        self, name: str, *, before: int | None = None, limit: int = 50
    ) -> tuple[list[Session], int | None]:
        """Return sessions, the last to end first.

        Args:
            name: The document.
            before: Only those that ended before this number, as the last call returned it.
            limit: At most so many.

        Returns:
            The sessions, and what to pass as `before` for the next ones, or None.
        """
        g, u = t.segment.c, t.update.c
        async with self._database.read_at_once() as sql:
            packed = await sql.execute(
                select(g.sessions, g.last_seq).where(g.doc_id == name).order_by(g.last_seq)
            )
            parts: list[Session] = []
            last = 0
            for row in packed:
                parts += archive.read_sessions(row.sessions)
                last = row.last_seq
            rows = await sql.execute(
                select(u.seq, u.at, u.actor_id, u.actor_kind)
                .where(u.doc_id == name, u.seq > last)
                .order_by(u.seq)
            )
            parts += [_single(row) for row in rows]
        found = [s for s in join_sessions(parts) if before is None or s.last < before]
        found.sort(key=lambda session: session.last, reverse=True)
        shown = found[:limit]
        return shown, shown[-1].last if len(found) > limit else None

    async def moment(self, name: str, seq: int) -> Moment:
        """Return a document as it was after an update.

        Cost: reading one snapshot and at most about as many bytes of updates.

        Raises:
            NotFound: There is no such document or moment.
            WorkFailed: It could not be computed.
        """
        async with self._database.read_at_once() as sql:
            await self._require(sql, name, seq)
            path = await archive.read_path(sql, name, seq)
        found = await self._worker.replay(path)
        return Moment(found.seq, found.state)

    async def touched(self, name: str, roots: Sequence[str]) -> Touched:
        """Return who touched each key of the root maps last.

        Cost: that of the updates after the snapshot; the rest was found when it was made.
        """
        async with self._database.read_at_once() as sql:
            head = await self._require(sql, name, 0)
            path = await archive.read_path(sql, name, head, roots)
        return (await self._worker.replay(path)).touched

    async def head(self, name: str) -> int:
        """Return the number of a document's last update.

        Raises:
            NotFound: There is no such document.
        """
        async with self._database.read() as sql:
            return await self._require(sql, name, 0)

    @staticmethod
    async def _require(sql: Any, name: str, seq: int) -> int:
        head = await sql.execute(select(t.doc.c.head_seq).where(t.doc.c.id == name))
        found = head.scalar_one_or_none()
        if found is None:
            raise NotFound("there is no such document")
        if not 0 <= seq <= found:
            raise NotFound(f"its history has {found} moments", hint=f"ask for 1 to {found}")
        return found

    # ---- versions -------------------------------------------------------------------------

    async def keep_version(
        self,
        name: str,
        kind: VersionKind,
        author: Author,
        *,
        label: str = "",
        seq: int | None = None,
    ) -> Version:
        """Keep a moment: whoever is about to change much calls this before.

        Args:
            name: The document.
            kind: Why; all but `named` are automatic, and not made twice of one moment.
            author: Who keeps it.
            label: The name of a named version.
            seq: The moment; None for all that is on disk now.

        Raises:
            InvalidInput: A named version has no name of at most `MAX_LABEL` characters.
            Conflict: The document has `MAX_NAMED` named versions.
            NotFound: There is no such document or moment.
        """
        label = label.strip()
        if kind == "named" and not 0 < len(label) <= MAX_LABEL:
            raise InvalidInput(f"a version's name has 1 to {MAX_LABEL} characters")
        v = t.version.c
        async with self._database.write() as sql:
            head = await self._require(sql, name, seq or 0)
            at_seq = head if seq is None else seq
            same = select(t.version).where(v.doc_id == name, v.kind == kind)
            if kind == "named":
                count = select(func.count()).select_from(same.subquery())
                if (await sql.execute(count)).scalar_one() >= MAX_NAMED:
                    raise Conflict(f"a document has at most {MAX_NAMED} named versions")
            elif row := (await sql.execute(same.where(v.seq == at_seq).limit(1))).first():
                return _version(row)
            values: dict[str, Any] = {
                "id": new_id(self._clock),
                "doc_id": name,
                "seq": at_seq,
                "at": self._clock.now(),
                "kind": kind,
                "label": label,
                "actor_id": author.actor_id,
                "actor_kind": author.kind,
            }
            await sql.execute(insert(t.version).values(values))
        return _version(SimpleNamespace(**values))

    async def versions(self, name: str) -> list[Version]:
        """Return a document's versions, the latest moment first."""
        v = t.version.c
        query = select(t.version).where(v.doc_id == name).order_by(v.seq.desc(), v.id.desc())
        async with self._database.read() as sql:
            return [_version(row) for row in await sql.execute(query)]

    async def version(self, name: str, version_id: str) -> Version:
        """Return one version.

        Raises:
            NotFound: The document has no such version.
        """
        v = t.version.c
        query = select(t.version).where(v.doc_id == name, v.id == version_id)
        async with self._database.read() as sql:
            row = (await sql.execute(query)).first()
        if row is None:
            raise NotFound("there is no such version")
        return _version(row)


def _version(row: Any) -> Version:
    return Version(
        row.id, row.seq, aware(row.at), row.kind, row.label, row.actor_id, row.actor_kind
    )


def _single(row: Any) -> Session:
    at = milliseconds(row.at)
    return Session(row.seq, row.seq, at, at, row.actor_id, row.actor_kind, 1)
