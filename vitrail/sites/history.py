"""The past of pages, for those who may see it: timeline, versions, comparison, restoring."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pycrdt import Doc
from sqlalchemy import select

from vitrail.builder import past
from vitrail.builder.documents import PAGE_ROOTS
from vitrail.collab.segments import moment
from vitrail.core import tables as core

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vitrail.collab.entries import Author
    from vitrail.collab.history import Version
    from vitrail.collab.rooms import Rooms
    from vitrail.core.access import Subject
    from vitrail.core.database import Database
    from vitrail.sites.editing import Editing
    from vitrail.sites.publishing import Publishing

PAGE_OF_SESSIONS = 50


class PageHistory:
    """Answers what people ask about a page's past. Whoever calls has authorised the asker."""

    def __init__(
        self, database: Database, rooms: Rooms, editing: Editing, publishing: Publishing
    ) -> None:
        self._database = database
        self._rooms = rooms
        self._editing = editing
        self._publishing = publishing

    async def sessions(self, page_id: str, before: int | None) -> dict[str, Any]:
        """Return who worked on a page when, the latest first, `PAGE_OF_SESSIONS` at a time.

        Args:
            page_id: The page.
            before: `next` of the answer before, or None for the latest.
        """
        found, following = await self._rooms.history.sessions(
            f"page:{page_id}", before=before, limit=PAGE_OF_SESSIONS
        )
        people = await self._people(session.actor_id for session in found)
        sessions = [
            {
                "from": session.first,
                "to": session.last,
                "began_at": moment(session.began),
                "ended_at": moment(session.ended),
                "edits": session.edits,
                "actor": _actor(people, session.actor_id, session.kind),
            }
            for session in found
        ]
        return {"sessions": sessions, "next": following}

    async def versions(self, page_id: str) -> list[dict[str, Any]]:
        """Return a page's versions, the latest moment first."""
        found = await self._rooms.history.versions(f"page:{page_id}")
        people = await self._people(version.actor_id for version in found)
        return [_describe(version, people) for version in found]

    async def name(
        self, page_id: str, author: Author, label: str, seq: int | None
    ) -> dict[str, Any]:
        """Name a moment of a page, or the present one.

        Raises:
            InvalidInput: The name is empty or too long.
            NotFound: There is no such moment.
        """
        version = await self._rooms.history.keep_version(
            f"page:{page_id}", "named", author, label=label, seq=seq
        )
        return _describe(version, await self._people([version.actor_id]))

    async def show(self, site_id: str, page_id: str, seq: int, locale: str | None) -> str:
        """Return a page as it was, as HTML, in the site as it is now: what restoring would give.

        Raises:
            NotFound: There is no such moment or locale.
        """
        doc, _ = await self._at(page_id, seq)
        return await self._publishing.render(doc, site_id, page_id, locale)

    async def compare(self, page_id: str, before: int, after: int | None) -> dict[str, Any]:
        """Tell what differs between two moments, or between one and now.

        Raises:
            NotFound: There is no such moment.
        """
        old, first = await self._at(page_id, before)
        if after is None:
            after = await self._rooms.history.head(f"page:{page_id}")
        new, last = await self._at(page_id, after)
        return {"from": first, "to": last, **asdict(past.compare(old, new))}

    async def blame(self, page_id: str) -> dict[str, Any]:
        """Tell who changed each node last, and when."""
        touched = await self._rooms.history.touched(f"page:{page_id}", PAGE_ROOTS)
        nodes = touched.get("nodes", {})
        people = await self._people(actor for _, _, actor, _ in nodes.values())
        return {
            identifier: {"seq": seq, "at": moment(at), "actor": _actor(people, actor, kind)}
            for identifier, (seq, at, actor, kind) in nodes.items()
        }

    async def restore(
        self,
        author: Author,
        subject: Subject,
        page_id: str,
        *,
        seq: int | None = None,
        version: str | None = None,
    ) -> dict[str, Any]:
        """Bring a page back to a moment or version, as one run that can be undone.

        Raises:
            NotFound: There is no such moment or version.
        """
        name = f"page:{page_id}"
        if version is not None:
            seq = (await self._rooms.history.version(name, version)).seq
        if seq is None:
            raise AssertionError("a moment or a version")
        doc, _ = await self._at(page_id, seq)
        await self._rooms.history.keep_version(name, "restore", author)
        return await self._editing.restore(author, subject, page_id, doc)

    async def _at(self, page_id: str, seq: int) -> tuple[Doc[Any], int]:
        found = await self._rooms.history.moment(f"page:{page_id}", seq)
        doc: Doc[Any] = Doc()
        doc.apply_update(found.state)
        return doc, found.seq

    async def _people(self, ids: Iterable[str | None]) -> dict[str, dict[str, Any]]:
        wanted = {identifier for identifier in ids if identifier is not None}
        u = core.user.c
        query = select(u.id, u.name, u.color).where(u.id.in_(wanted))
        async with self._database.read() as sql:
            rows = await sql.execute(query)
            return {row.id: {"id": row.id, "name": row.name, "color": row.color} for row in rows}


def _actor(people: dict[str, dict[str, Any]], actor_id: str | None, kind: str) -> dict[str, Any]:
    known = people.get(actor_id or "", {"id": actor_id, "name": None, "color": None})
    return {**known, "kind": kind}


def _describe(version: Version, people: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": version.id,
        "seq": version.seq,
        "at": version.at,
        "kind": version.kind,
        "label": version.label,
        "actor": _actor(people, version.actor_id, version.actor_kind),
    }
