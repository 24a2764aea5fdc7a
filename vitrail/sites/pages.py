"""The pages of sites: SQL decides that they exist, the site's document their order, titles and addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, update

from vitrail.builder import documents
from vitrail.builder.pages import (
    add_page,
    inverses_of,
    new_page,
    page_positions,
    remove_page,
    site_pages,
    site_paths,
)
from vitrail.collab.server_edits import edit_documents
from vitrail.core.accounts import check_name
from vitrail.core.errors import Conflict, InvalidInput, NotFound
from vitrail.core.ids import new_id
from vitrail.core.slugs import slugify
from vitrail.sites import tables as t

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pycrdt import Doc
    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.builder.journal import Inverse
    from vitrail.collab.entries import Author
    from vitrail.collab.rooms import Rooms
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database

MAX_PAGES = 500


class Pages:
    """The pages of this server's sites."""

    def __init__(self, database: Database, rooms: Rooms, clock: Clock) -> None:
        self._database = database
        self._rooms = rooms
        self._clock = clock

    async def list(self, site_id: str) -> list[dict[str, Any]]:
        """List a site's pages in their order, with title, slug and path of the default locale."""
        site = await self._rooms.read(f"site:{site_id}")
        locale = documents.default_locale(site)
        paths = site_paths(site)
        return [
            {
                "id": page.id,
                "title": page.titles.get(locale, ""),
                "slug": page.slugs.get(locale, ""),
                "path": paths[page.id, locale],
                "titles": dict(page.titles),
                "slugs": dict(page.slugs),
                "parent": page.parent,
            }
            for page in site_pages(site)
        ]

    def titles_at_hand(self, site_id: str) -> dict[str, str]:
        """Return the titles of a site's pages if its document is open on this node, else none."""
        room = self._rooms.live.get(f"site:{site_id}")
        if room is None:
            return {}
        locale = documents.default_locale(room.doc)
        return {page.id: page.titles.get(locale, "") for page in site_pages(room.doc)}

    async def add(
        self, site_id: str, title: str, author: Author, *, slug: str = "", after: str | None = None
    ) -> tuple[str, list[Inverse]]:
        """Add a page with the navigation and footer of the first one.

        Returns:
            Its id, and what undoing needs.

        Raises:
            InvalidInput: The title is not one, or the site is full.
            Conflict: Another page has the slug.
        """
        title = check_name(title)
        page_id = new_id(self._clock)
        existing = await self.list(site_id)
        free = _free_slug(existing, slug, title, page_id)
        site = await self._rooms.read(f"site:{site_id}")
        like = await self._rooms.read(f"page:{existing[0]['id']}") if existing else None
        seed = new_page(site, site_id, page_id, like).get_update()
        async with self._database.write() as sql:
            await self.insert(sql, site_id, page_id, author, seed)
        names = dict.fromkeys(documents.locales(site), title)
        slugs = dict.fromkeys(documents.locales(site), free)

        def add(doc: Doc[Any]) -> None:
            add_page(doc, page_id, names, slugs, after=after)

        return page_id, await self._change(site_id, author, add)

    async def insert(
        self, sql: AsyncConnection, site_id: str, page_id: str, author: Author, seed: bytes
    ) -> None:
        """Store a page and its document in a transaction; the site's document names it already, or soon."""
        await sql.execute(
            insert(t.page).values(id=page_id, site_id=site_id, created_at=self._clock.now())
        )
        await self._rooms.log.create(sql, f"page:{page_id}", author, seed)

    async def remove(self, site_id: str, page_id: str, author: Author) -> list[Inverse]:
        """Take a page out of its site, and return what undoing needs. Its document is kept.

        Raises:
            NotFound: The site has no such page.
            Conflict: It is the last page.
        """
        existing = [page["id"] for page in await self.list(site_id)]
        if page_id not in existing:
            raise NotFound("there is no such page in this site")
        if len(existing) < 2:
            raise Conflict("a site has at least one page", hint="delete the site instead")
        return await self._change(site_id, author, lambda doc: remove_page(doc, page_id))

    async def _change(
        self, site_id: str, author: Author, change: Callable[[Doc[Any]], None]
    ) -> list[Inverse]:
        def edit(docs: list[Doc[Any]]) -> list[Inverse]:
            before = page_positions(docs[0])
            change(docs[0])
            return inverses_of(before, docs[0])

        inverses, _ = await edit_documents(self._rooms, [f"site:{site_id}"], author, edit)
        await self.touch(site_id)
        return inverses

    async def touch(self, site_id: str) -> None:
        """Note that a site's pages were changed."""
        async with self._database.write() as sql:
            await sql.execute(
                update(t.site).where(t.site.c.id == site_id).values(updated_at=self._clock.now())
            )


def _free_slug(existing: Sequence[Mapping[str, Any]], slug: str, title: str, page_id: str) -> str:
    if len(existing) >= MAX_PAGES:
        raise InvalidInput(f"a site has at most {MAX_PAGES} pages")
    wanted = slugify(slug or title) or page_id.lower()
    taken = {s for page in existing for s in page["slugs"].values()}
    if slug and wanted in taken:
        raise Conflict(f"another page has the address {wanted}")
    number, free = 2, wanted
    while free in taken:
        free, number = f"{wanted}-{number}", number + 1
    return free
