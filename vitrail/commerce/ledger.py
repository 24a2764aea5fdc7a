"""Every mutation of this room, in one transaction with its entries in the site's record of changes.

Whoever changes something of a site holds the site's row in `commerce_ledger` until the end: changes of
one site come one after another, so their numbers have no gaps, whoever has read number N has read all
before it, and stock or slugs cannot be taken twice. Sites do not wait for each other on PostgreSQL.
"""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import UNSET, Struct
from sqlalchemy import bindparam, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from vitrail.commerce import tables as t
from vitrail.commerce.model import OF_SHOPS, Change, Kind
from vitrail.commerce.revisions import check_revision
from vitrail.core.clock import aware
from vitrail.core.database import record
from vitrail.core.errors import Conflict, NotFound
from vitrail.core.ids import is_id, new_id

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Collection, Sequence

    from msgspec import UnsetType
    from sqlalchemy import Table
    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.core.access import Actor
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database

LOG = logging.getLogger(__name__)
MAX_PAGE = 500
KEPT_DAYS = 90
_LATER = t.change.alias()
SUPERSEDED = (
    select(_LATER.c.seq)
    .where(
        _LATER.c.site_id == t.change.c.site_id,
        _LATER.c.kind == t.change.c.kind,
        _LATER.c.entity_id == t.change.c.entity_id,
        _LATER.c.seq > t.change.c.seq,
    )
    .exists()
)


class Listener(Protocol):
    """Who wants to know what was changed; called after commit, in the order of the numbers."""

    def changed(self, site_id: str, changes: Sequence[Change]) -> None:
        """Take note of the changes of one mutation. It must not raise."""
        ...


class ChangePage(Struct, frozen=True):
    """Some changes of a site.

    Attributes:
        changes: Each thing once, by its newest change; deleted ones as tombstones.
        cursor: What to ask from next.
        began: What to give with it: deletions from here on are told to whoever goes on.
        has_more: Whether there is more already.
        is_reset: What the reader has is of another life of the site, or of before deletions that are
            forgotten: drop all, and begin anew.
    """

    changes: tuple[Change, ...]
    cursor: int
    began: int
    has_more: bool
    is_reset: bool


class Work:
    """One mutation of a site under way.

    Attributes:
        sql: Its transaction.
        site_id: The site.
        now: Its time.
    """

    def __init__(self, sql: AsyncConnection, site_id: str, clock: Clock) -> None:
        self.sql = sql
        self.site_id = site_id
        self.now = clock.now()
        self._clock = clock
        self.noted: dict[tuple[Kind, str], bool] = {}

    def new_id(self) -> str:
        """Return an id for a row."""
        return new_id(self._clock)

    def note(self, kind: Kind, entity_id: str, *, deleted: bool = False) -> None:
        """Have a change recorded; the last word on a thing counts."""
        self.noted[kind, entity_id] = deleted

    async def find(self, table: Table, entity_id: str, label: str) -> dict[str, Any]:
        """Return a row of this site.

        Raises:
            NotFound: The site has none of this id.
        """
        query = select(table).where(table.c.id == entity_id, table.c.site_id == self.site_id)
        row = (await self.sql.execute(query)).first() if is_id(entity_id) else None
        if row is None:
            raise NotFound(f"there is no such {label}")
        return record(row)

    async def require(self, table: Table, ids: Collection[str], label: str) -> None:
        """See that all ids are rows of this site.

        Raises:
            NotFound: One is not.
        """
        if not all(is_id(id_) for id_ in ids):
            raise NotFound(f"there is no such {label}")
        for some in in_parts(sorted(set(ids))):
            query = select(func.count()).where(
                table.c.id.in_(some), table.c.site_id == self.site_id
            )
            if (await self.sql.execute(query)).scalar_one() < len(some):
                raise NotFound(f"there is no such {label}")

    async def free_slug(
        self, table: Table, wanted: str, *, is_given: bool, others: Collection[str] = ()
    ) -> str:
        """Return a slug that no row of this site has, nor one of `others`; a given one is not varied.

        Raises:
            Conflict: It was given, and is taken.
        """
        s = table.c
        query = select(s.slug).where(
            s.site_id == self.site_id, (s.slug == wanted) | s.slug.startswith(f"{wanted}-")
        )
        taken = {*(await self.sql.execute(query)).scalars(), *others}
        if wanted not in taken:
            return wanted
        if is_given:
            raise Conflict(f"the slug {wanted!r} is taken", code="slug", hint="choose another")
        return next(f for n in range(2, len(taken) + 3) if (f := f"{wanted}-{n}") not in taken)

    async def add(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        """Insert rows, if there are any."""
        if rows:
            await self.sql.execute(insert(table), rows)

    def dates(self) -> dict[str, Any]:
        """Return the dates and revision of a new row."""
        return {"created_at": self.now, "updated_at": self.now, "revision": 1}

    async def edit(
        self,
        table: Table,
        row: dict[str, Any],
        values: dict[str, Any],
        *,
        if_revision: int | None = None,
        label: str,
    ) -> None:
        """Give a row new values and its next revision.

        Raises:
            RevisionConflict: It is at another revision than was expected.
        """
        check_revision(row, if_revision, label)
        await self.edit_all(table, [(row, values)])

    async def edit_all(
        self, table: Table, edits: Sequence[tuple[dict[str, Any], dict[str, Any]]]
    ) -> None:
        """Give rows new values, and their next revisions: those of one set of columns at once.

        Raises:
            Conflict: A new slug is taken.
        """
        alike: dict[frozenset[str], list[dict[str, Any]]] = {}
        for row, values in edits:
            if "slug" in values and values["slug"] != row["slug"]:
                await self.free_slug(table, values["slug"], is_given=True)
            new = {**values, "revision": row["revision"] + 1}
            if "updated_at" in table.c:
                new["updated_at"] = self.now
            alike.setdefault(frozenset(new), []).append({**new, "row_id": row["id"]})
        query = update(table).where(table.c.id == bindparam("row_id"))
        for rows in alike.values():
            await self.sql.execute(query, rows)

    async def remove(self, table: Table, entity_id: str) -> None:
        """Delete a row, with what belongs to it."""
        await self.sql.execute(delete(table).where(table.c.id == entity_id))


class Ledger:
    """Begins mutations, records what they changed, and tells who listens."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self._clock = clock
        self.listeners: list[Listener] = []

    @asynccontextmanager
    async def changing(self, site_id: str, actor: Actor) -> AsyncGenerator[Work]:
        """Begin a mutation: what is done to `sql` and noted is committed together, or not at all.

        Raises:
            NotFound: There is no such site.
        """
        async with self.database.write() as sql:
            seq = await self._hold(sql, site_id)
            work = Work(sql, site_id, self._clock)
            yield work
            changes = [
                Change(number, kind, entity_id, deleted, actor.user_id, actor.kind, work.now)
                for number, ((kind, entity_id), deleted) in enumerate(work.noted.items(), seq + 1)
            ]
            await self._append(sql, site_id, changes)
        if changes:
            self.database.after_commit(lambda: self._tell(site_id, changes))

    async def note(
        self,
        sql: AsyncConnection,
        site_id: str,
        kind: str,
        entity_id: str,
        author: tuple[str | None, str],
    ) -> None:
        """Record in a transaction of another room what it does; those who follow the site find it.

        Args:
            sql: The transaction; it holds the site's row from now on, so this comes last in it.
            site_id: The site.
            kind: One of `Kind`.
            entity_id: What was changed or made.
            author: Id, or none, and kind of who did it.
        """
        seq = await self._hold(sql, site_id) + 1
        change = Change(seq, Kind(kind), entity_id, False, *author, self._clock.now())
        await self._append(sql, site_id, [change])

    async def _hold(self, sql: AsyncConnection, site_id: str) -> int:
        if not is_id(site_id):
            raise NotFound("there is no such site")
        held = select(t.ledger.c.seq).where(t.ledger.c.site_id == site_id).with_for_update()
        seq = (await sql.execute(held)).scalar_one_or_none()
        if seq is not None:
            return seq
        try:
            await sql.execute(
                text(
                    "INSERT INTO commerce_ledger (site_id, seq, floor) VALUES (:site, 0, 0)"
                    " ON CONFLICT DO NOTHING"
                ),
                {"site": site_id},
            )
        except IntegrityError as error:
            raise NotFound("there is no such site") from error
        return (await sql.execute(held)).scalar_one()

    async def _append(self, sql: AsyncConnection, site_id: str, changes: Sequence[Change]) -> None:
        if not changes:
            return
        await sql.execute(
            insert(t.change),
            [
                {
                    "site_id": site_id,
                    "seq": change.seq,
                    "kind": change.kind,
                    "entity_id": change.id,
                    "deleted": change.deleted,
                    "actor_id": change.actor_id,
                    "actor_kind": change.actor_kind,
                    "at": change.at,
                }
                for change in changes
            ],
        )
        await sql.execute(
            update(t.ledger).where(t.ledger.c.site_id == site_id).values(seq=changes[-1].seq)
        )

    def _tell(self, site_id: str, changes: Sequence[Change]) -> None:
        for listener in self.listeners:
            try:
                listener.changed(site_id, changes)
            except Exception:  # it is committed: nobody's deafness may look like a failure
                LOG.exception("a listener of changes failed")

    async def head(self, site_id: str) -> int:
        """Return the number of a site's last change, 0 if it has none."""
        query = select(t.ledger.c.seq).where(t.ledger.c.site_id == site_id)
        async with self.database.read() as sql:
            return (await sql.execute(query)).scalar_one_or_none() or 0

    async def heads(self, site_ids: Collection[str]) -> dict[str, int]:
        """Return the number of the last change of each of some sites, of those that have one."""
        query = select(t.ledger.c.site_id, t.ledger.c.seq).where(t.ledger.c.site_id.in_(site_ids))
        return {row.site_id: row.seq for row in await self.database.fetch(query)}

    async def changes_since(
        self,
        site_id: str,
        seq: int,
        kinds: Collection[Kind] = OF_SHOPS,
        limit: int = 100,
        *,
        began: int | None = None,
    ) -> ChangePage:
        """Return what has changed since a moment, each thing once, by its newest change.

        A client that fetches what is named and drops what is deleted, page by page until there is no
        more, has what a full fetch would give, from whatever cursor it began. Of old deletions only the
        number of the last is known: who has a copy from before it is told to begin anew, from 0.

        Args:
            site_id: A site that the caller may see.
            seq: The cursor: 0, or that of the page before.
            kinds: What the client keeps.
            limit: How many at most.
            began: That of the page before; none for who has nothing yet, or keeps nothing.
        """
        c = t.change.c
        limit = max(1, min(limit, MAX_PAGE))
        query = (
            select(t.change)
            .where(c.site_id == site_id, c.seq > seq, c.kind.in_(list(kinds)), ~SUPERSEDED)
            .order_by(c.seq)
            .limit(limit + 1)
        )
        where = select(t.ledger).where(t.ledger.c.site_id == site_id)
        async with self.database.read_at_once() as sql:
            ledger = (await sql.execute(where)).first()
            if ledger is None:
                return ChangePage((), 0, 0, has_more=False, is_reset=seq > 0)
            is_late = began is not None and began < ledger.floor
            if is_late or seq > ledger.seq:  # of another life, as after a restored backup
                return ChangePage((), ledger.seq, ledger.seq, has_more=False, is_reset=True)
            rows = (await sql.execute(query)).all()
        changes = tuple(_change(row) for row in rows[:limit])
        has_more = len(rows) > limit
        cursor = changes[-1].seq if has_more else ledger.seq
        whole = max(ledger.seq if began is None else began, cursor)
        return ChangePage(changes, cursor, whole, has_more=has_more, is_reset=False)

    async def forget(self) -> None:
        """Drop what nobody needs: of before `KEPT_DAYS`, all but the last change of each thing that is there.

        So a copy can be made from nothing at any time; only one that is older than the deletions that were
        dropped cannot go on. What merely happened, as an order, is not told again after that time.
        """
        before = self._clock.now() - timedelta(days=KEPT_DAYS)
        c = t.change.c
        gone = (c.at < before) & (c.deleted | c.kind.not_in(OF_SHOPS))
        old = gone | ((c.at < before) & SUPERSEDED)
        async with self.database.read() as sql:
            sites = list((await sql.execute(select(c.site_id).where(old).distinct())).scalars())
        for site_id in sites:
            async with self.database.write() as sql:
                await self._hold(sql, site_id)
                lost = select(func.max(c.seq)).where(c.site_id == site_id, gone)
                floor = (await sql.execute(lost)).scalar_one_or_none()
                await sql.execute(delete(t.change).where(c.site_id == site_id, old))
                if floor is not None:
                    mine = t.ledger.c.site_id == site_id
                    await sql.execute(update(t.ledger).where(mine).values(floor=floor))


def given(**values: Any | UnsetType) -> dict[str, Any]:
    """Return the values that are set."""
    return {name: value for name, value in values.items() if value is not UNSET}


def in_parts(items: Sequence[Any], size: int = 500) -> list[Sequence[Any]]:
    """Return a sequence in parts that fit into one statement."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def _change(row: Any) -> Change:
    return Change(
        row.seq,
        Kind(row.kind),
        row.entity_id,
        row.deleted,
        row.actor_id,
        row.actor_kind,
        aware(row.at),
    )
