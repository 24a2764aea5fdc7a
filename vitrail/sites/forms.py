"""What visitors send through the forms of published pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from vitrail.core.clock import aware
from vitrail.core.database import record
from vitrail.core.errors import InvalidInput, NotFound, TooLarge
from vitrail.core.ids import new_id
from vitrail.sites import tables as t
from vitrail.sites.journal import NOBODY

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from vitrail.core.clock import Clock
    from vitrail.core.database import Database
    from vitrail.sites.journal import Journal

MAX_VALUE_CHARS = 20_000
MAX_LISTED = 200
TRAP = "website"  # the renderer hides it from people, so only robots fill it in


class Forms:
    """Takes the entries of the forms that are live, and lists them for the site's team."""

    def __init__(self, database: Database, clock: Clock, journal: Journal) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal

    async def receive(
        self, page_id: str, node_id: str, locale: str, sent: Sequence[tuple[str, str]]
    ) -> str:
        """Keep an entry, unless a robot sent it; return the path that thanks the visitor.

        Args:
            page_id: The form's page.
            node_id: The form's node.
            locale: The language in which the visitor saw it.
            sent: Names and values, as the browser sent them; unknown names are left out.

        Raises:
            NotFound: No live page has this form.
            InvalidInput: A required field is empty; the message is its label.
            TooLarge: A value is longer than `MAX_VALUE_CHARS`.
        """
        site_id, slug, form = await self._live_form(page_id, f"{page_id}/{node_id}/{locale}")
        values = dict(sent)
        thanks = f"/s/{slug}/{form['thanks']}"
        if values.get(TRAP):
            return thanks
        for name in form["required"]:
            if not values.get(name, "").strip():
                raise InvalidInput(form["labels"][name], code="required")
        if any(len(value) > MAX_VALUE_CHARS for value in values.values()):
            raise TooLarge(f"a field takes at most {MAX_VALUE_CHARS} characters")
        fields = [
            {"name": name, "label": label, "value": values[name]}
            for name, label in form["labels"].items()
            if name in values
        ]
        entry_id = new_id(self._clock)
        async with self._database.write() as sql:
            await sql.execute(
                insert(t.form_entry).values(
                    id=entry_id,
                    site_id=site_id,
                    page_id=page_id,
                    node_id=node_id,
                    locale=locale,
                    fields=fields,
                    created_at=self._clock.now(),
                )
            )
            await self._journal.note(sql, site_id, "message", entry_id, NOBODY)
        return thanks

    async def entries(self, site_id: str) -> list[dict[str, Any]]:
        """List a site's entries, the newest first, at most `MAX_LISTED`."""
        e = t.form_entry.c
        query = (
            select(e.id, e.page_id, e.locale, e.fields, e.created_at)
            .where(e.site_id == site_id)
            .order_by(e.id.desc())
            .limit(MAX_LISTED)
        )
        async with self._database.read() as sql:
            return [_entry(row) for row in await sql.execute(query)]

    async def some(self, site_id: str, ids: Collection[str]) -> dict[str, dict[str, Any]]:
        """Return a site's entries by their ids, of those that are there."""
        e = t.form_entry.c
        query = select(e.id, e.page_id, e.locale, e.fields, e.created_at).where(
            e.site_id == site_id, e.id.in_(list(ids))
        )
        async with self._database.read() as sql:
            return {row.id: _entry(row) for row in await sql.execute(query)}

    async def remove(self, site_id: str, entry_id: str) -> None:
        """Delete an entry for good.

        Raises:
            NotFound: The site has no such entry.
        """
        e = t.form_entry.c
        async with self._database.write() as sql:
            gone = await sql.execute(
                delete(t.form_entry).where(e.id == entry_id, e.site_id == site_id)
            )
        if not gone.rowcount:
            raise NotFound("there is no such message")

    async def _live_form(self, page_id: str, key: str) -> tuple[str, str, dict[str, Any]]:
        query = (
            select(t.site.c.id, t.site.c.slug, t.deployment.c.forms)
            .join(t.page, t.page.c.site_id == t.site.c.id)
            .join(t.deployment, t.deployment.c.id == t.site.c.live_deployment)
            .where(t.page.c.id == page_id)
        )
        async with self._database.read() as sql:
            row = (await sql.execute(query)).first()
        form = row.forms.get(key) if row else None
        if row is None or form is None:
            raise NotFound("no published page has this form")
        return row.id, row.slug, form


def _entry(row: Any) -> dict[str, Any]:
    return record(row) | {"created_at": aware(row.created_at)}
