"""The sites of a server: SQL decides that they exist and whose they are, their documents what they hold."""

from __future__ import annotations

from importlib import resources
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, bindparam, delete, func, select, text, update

from vitrail.builder import documents, templates
from vitrail.collab import tables as collab
from vitrail.collab.server_edits import edit_documents
from vitrail.core import tables as core
from vitrail.core.access import Actor, Role, Subject
from vitrail.core.accounts import check_name
from vitrail.core.clock import aware
from vitrail.core.epoch import bump_epoch
from vitrail.core.errors import NotFound
from vitrail.core.ids import is_id, new_id
from vitrail.core.slugs import slugify
from vitrail.sites import tables as t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.collab.entries import Author
    from vitrail.collab.rooms import Rooms
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database
    from vitrail.sites.media import Media
    from vitrail.sites.pages import Pages

# Statements that every request asks: to build one takes longer than to execute it.
VISIBLE = (
    bindparam("all", type_=Boolean)
    | t.site.c.organisation_id.in_(bindparam("organisations", expanding=True))
    | t.site.c.id.in_(bindparam("sites", expanding=True))
)
SUBJECTS = select(t.site.c.id, t.site.c.organisation_id).where(VISIBLE)
DESCRIBED = (
    select(t.site, func.count(t.page.c.id).label("pages"))
    .join(t.page, t.page.c.site_id == t.site.c.id, isouter=True)
    .group_by(t.site.c.id)
)
LISTED = DESCRIBED.where(VISIBLE).order_by(t.site.c.updated_at.desc())
TAKE = text(
    "INSERT INTO site (id, organisation_id, slug, name, created_at, updated_at)"
    " VALUES (:id, :organisation, :slug, :name, :now, :now) ON CONFLICT (slug) DO NOTHING"
).bindparams(bindparam("now", type_=t.MOMENT))
_HEADS = select(func.sum(collab.doc.c.head_seq)).where(
    (collab.doc.c.id == "site:" + t.site.c.id)
    | collab.doc.c.id.in_(
        select("page:" + t.page.c.id).where(t.page.c.site_id == t.site.c.id).correlate(t.site)
    )
)
REVISIONS = select(
    t.site.c.id,
    t.site.c.updated_at,
    t.site.c.live_deployment,
    _HEADS.correlate(t.site).scalar_subquery().label("heads"),
).where(VISIBLE)


class Catalogue:
    """The sites of this server."""

    def __init__(
        self, database: Database, rooms: Rooms, pages: Pages, media: Media, clock: Clock
    ) -> None:
        self._database = database
        self._rooms = rooms
        self._pages = pages
        self._media = media
        self._clock = clock

    async def create(
        self,
        organisation_id: str,
        name: str,
        *,
        template: str = "blank",
        locales: Sequence[str] = ("fr", "en"),
        author: Author,
    ) -> str:
        """Create a site from a template and return its id.

        Raises:
            InvalidInput: The name, template or locales are not ones.
        """
        name = check_name(name)
        ids = lambda: new_id(self._clock)  # noqa: E731
        site_id, now = new_id(self._clock), self._clock.now()
        made = templates.instantiate(
            template, site_id=site_id, name=name, locales=tuple(locales), new_id=ids
        )
        row = {"id": site_id, "organisation": organisation_id, "name": name, "now": now}
        async with self._database.write() as sql:
            await self._insert(sql, slugify(name) or "site", row)
            await self._rooms.log.create(sql, f"site:{site_id}", author, made.site)
            for page_id, seed in made.pages.items():
                await self._pages.insert(sql, site_id, page_id, author, seed)
            await bump_epoch(sql)
        for asset_id, image in made.images.items():
            content = resources.files("vitrail.builder").joinpath(
                "data", "templates", "images", image.file
            )
            await self._media.add(
                site_id,
                image.name,
                content.read_bytes(),
                alt=image.alt,
                asset_id=asset_id,
                later=True,
            )
        return site_id

    @staticmethod
    async def _insert(sql: AsyncConnection, wanted: str, row: dict[str, Any]) -> None:
        """Store a site by the first address that is free; somebody else may take one at the same time."""
        alike = select(t.site.c.slug).where(t.site.c.slug.startswith(wanted))
        taken = set((await sql.execute(alike)).scalars())
        for slug in chain((wanted,), (f"{wanted}-{number}" for number in count(2))):
            if slug not in taken and (await sql.execute(TAKE, row | {"slug": slug})).rowcount:
                return

    async def subject(self, site: str) -> Subject:
        """Return what to authorise for a site, by id or slug.

        Raises:
            NotFound: There is no such site.
        """
        column = t.site.c.id if is_id(site) else t.site.c.slug
        query = select(t.site.c.id, t.site.c.organisation_id).where(column == site)
        for row in await self._database.fetch(query):
            return Subject(row.organisation_id, row.id)
        raise NotFound("there is no such site")

    async def subject_of_page(self, page_id: str) -> Subject:
        """Return what to authorise for a page.

        Raises:
            NotFound: There is no such page.
        """
        query = (
            select(t.site.c.id, t.site.c.organisation_id)
            .join(t.page, t.page.c.site_id == t.site.c.id)
            .where(t.page.c.id == page_id)
        )
        for row in await self._database.fetch(query):
            return Subject(row.organisation_id, row.id, "page")
        raise NotFound("there is no such page")

    async def subject_of_instance(self) -> Subject:
        """Return what stands for the server as a whole: the organisation that it was set up for.

        Raises:
            NotFound: There is none yet.
        """
        query = select(core.organisation.c.id).order_by(core.organisation.c.id).limit(1)
        async with self._database.read() as sql:
            first = (await sql.execute(query)).scalar_one_or_none()
        if first is None:
            raise NotFound("nobody has set this server up yet")
        return Subject(first, label="page")  # who may not know of it is told what all others are

    async def visible(self, actor: Actor) -> Sequence[Subject]:
        """Return the sites on which an actor has a role, for `authorize`."""
        rows = await self._database.fetch(SUBJECTS, _roles(actor))
        return [Subject(row.organisation_id, row.id) for row in rows]

    async def list(self, actor: Actor) -> list[dict[str, Any]]:
        """List the sites on which an actor has a role, the newest change first."""
        rows = await self._database.fetch(LISTED, _roles(actor))
        return [self._describe(actor, row) for row in rows]

    async def describe(self, actor: Actor, site_id: str) -> dict[str, Any]:
        """Return one site as `list` shows it.

        Raises:
            NotFound: There is no such site.
        """
        for row in await self._database.fetch(DESCRIBED.where(t.site.c.id == site_id)):
            return self._describe(actor, row)
        raise NotFound("there is no such site")

    @staticmethod
    def _describe(actor: Actor, row: Any) -> dict[str, Any]:
        role = actor.role_on(Subject(row.organisation_id, row.id))
        return {
            "id": row.id,
            "slug": row.slug,
            "name": row.name,
            "role": role or (Role.OWNER if actor.kind == "system" else None),
            "pages": row.pages,
            "updated_at": aware(row.updated_at),
            "published_at": aware(row.published_at) if row.published_at else None,
            "url": f"/s/{row.slug}/" if row.live_deployment else None,
        }

    async def owners(self, names: Sequence[str]) -> dict[str, dict[str, str]]:
        """Return the site (`id`, `name`) to which documents belong, for those that have one."""
        keys = {name: name.partition(":")[2] for name in names}
        query = (
            select(t.site.c.id, t.site.c.name, t.page.c.id.label("page"))
            .join(t.page, t.page.c.site_id == t.site.c.id, isouter=True)
            .where(t.site.c.id.in_(keys.values()) | t.page.c.id.in_(keys.values()))
        )
        async with self._database.read() as sql:
            rows = (await sql.execute(query)).all()
        sites = {key: {"id": r.id, "name": r.name} for r in rows for key in (r.id, r.page)}
        return {name: sites[key] for name, key in keys.items() if key in sites}

    async def revisions(self, actor: Actor) -> dict[str, str]:
        """Return what moves on with each change of a site, its pages and its images, by site.

        Of the sites on which an actor has a role.
        """
        rows = await self._database.fetch(REVISIONS, _roles(actor))
        return {
            row.id: f"{row.updated_at.timestamp()}/{row.live_deployment}/{row.heads}"
            for row in rows
        }

    async def rename(self, site_id: str, name: str, author: Author) -> None:
        """Rename a site; its address stays."""
        name = check_name(name)
        async with self._database.write() as sql:
            await sql.execute(
                update(t.site)
                .where(t.site.c.id == site_id)
                .values(name=name, updated_at=self._clock.now())
            )
        await edit_documents(
            self._rooms,
            [f"site:{site_id}"],
            author,
            lambda docs: documents.set_meta(docs[0], "name", name),
        )

    async def remove(self, site_id: str) -> None:
        """Delete a site with all that is its own: pages, documents, images, messages, links, roles."""
        async with self._database.write() as sql:
            rows = await sql.execute(select(t.page.c.id).where(t.page.c.site_id == site_id))
            pages = [row.id for row in rows]
            names = [f"site:{site_id}", *(f"page:{page}" for page in pages)]
            await self._rooms.log.drop(sql, names)
            for table in (t.page, t.asset, t.deployment, t.form_entry, t.run, core.secret):
                await sql.execute(delete(table).where(table.c.site_id == site_id))
            held = (core.grant.c.object_kind == "site") & (core.grant.c.object_id == site_id)
            await sql.execute(delete(core.grant).where(held))
            await bump_epoch(sql)
            await sql.execute(delete(t.site).where(t.site.c.id == site_id))
        for name in names:
            await self._rooms.forget(name)


def _roles(actor: Actor) -> dict[str, Any]:
    """Return what an actor has a role on, as `VISIBLE` asks for it."""
    held = {
        kind: [key for found, key in actor.roles if found == kind]
        for kind in ("organisation", "site")
    }
    all_ = actor.kind == "system"
    return {"organisations": held["organisation"], "sites": held["site"], "all": all_}
