"""Publishing: pages become files in the blob store, and one row makes them all live at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from vitrail.builder import documents
from vitrail.builder.pages import site_pages, site_paths
from vitrail.builder.render import page as render
from vitrail.builder.render.elements import NO_SHOP, ShopView
from vitrail.builder.render.forms import read_forms
from vitrail.builder.render.wants import page_wants
from vitrail.core.blobs import content_hash
from vitrail.core.clock import aware
from vitrail.core.database import record
from vitrail.core.errors import NotFound
from vitrail.core.ids import new_id
from vitrail.sites import tables as t
from vitrail.sites.edition import Edition, product_pages
from vitrail.sites.notifications import Kind, Ring
from vitrail.sites.press import Assets, PublishedFiles
from vitrail.sites.refreshing import ask

if TYPE_CHECKING:
    from pycrdt import Doc

    from vitrail.collab.entries import Author
    from vitrail.collab.rooms import Rooms
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database
    from vitrail.core.jobs import Jobs
    from vitrail.sites.journal import Journal
    from vitrail.sites.notifications import Notifications
    from vitrail.sites.press import Press

KEPT_DEPLOYMENTS = 50
THANKS = "_thanks/{locale}/"  # no page has such a path: slugs do not begin so


@dataclass(frozen=True, slots=True)
class Live:
    """What is live of a site: its deployment, and the paths of all files in it."""

    site_id: str
    name: str
    deployment: str
    files: frozenset[str]


class Publishing:
    """Publishes sites, serves what was published, and goes back to earlier deployments."""

    def __init__(
        self,
        database: Database,
        rooms: Rooms,
        press: Press,
        jobs: Jobs,
        clock: Clock,
        journal: Journal,
        notifications: Notifications,
    ) -> None:
        self._notifications = notifications
        self._database = database
        self._rooms = rooms
        self._press = press
        self._jobs = jobs
        self._clock = clock
        self._journal = journal

    async def publish(self, site_id: str, author: Author) -> dict[str, Any]:
        """Render every page in every locale, store the files, then switch to them.

        Of every page a version is kept.

        Returns:
            The deployment's id, its URL, the number of pages and the bytes of all files.
        """
        slug = await self._slug(site_id)
        site = await self._rooms.read(f"site:{site_id}")
        pages: dict[str, Doc[Any]] = {}
        for page in site_pages(site):
            await self._rooms.history.keep_version(f"page:{page.id}", "publish", author)
            pages[page.id] = await self._rooms.read(f"page:{page.id}")
        edition = Edition(slug, site, pages, product_pages(site, pages))
        wants = edition.wants()
        # Read before the products are: what changes meanwhile is rendered again, not missed.
        head = (await self._press.shop.heads([site_id])).get(site_id, 0) if wants else 0
        files = PublishedFiles(self._press.blobs)
        assets = await self._press.print(site_id, edition, pages, files)
        await self._put_site(edition, files)
        kept = await self._keep(edition.keep(wants, assets.used)) if wants else None
        deployment = new_id(self._clock)
        async with self._database.write() as sql:
            await sql.execute(
                insert(t.deployment).values(
                    id=deployment,
                    site_id=site_id,
                    created_by=author.actor_id,
                    created_at=self._clock.now(),
                    pages=len(pages),
                    size=files.size,
                    files=files.entries,
                    forms=_forms(edition),
                    edition=kept,
                    shop_seq=head,
                    shop_asked=head,
                )
            )
            await sql.execute(
                update(t.site)
                .where(t.site.c.id == site_id)
                .values(live_deployment=deployment, published_at=self._clock.now())
            )
            who = author.actor_id, author.kind
            await self._journal.note(sql, site_id, "deployment", deployment, who)
            ring = Ring(Kind.PUBLICATION, site_id, deployment, author.actor_id)
            await self._notifications.ring_who_may(sql, ring)
        return {
            "deployment": deployment,
            "url": f"{edition.root}/",
            "pages": len(pages),
            "bytes": files.size,
        }

    async def _put_site(self, edition: Edition, files: PublishedFiles) -> None:
        """Add what is there once for the whole site."""
        site, base_url = edition.site, self._press.host + edition.root
        paths = site_paths(site)
        home = next(iter(edition.pages))
        for locale in documents.locales(site):
            html = render.render_thanks(site, locale, base_url + paths[home, locale])
            thanks = f"{THANKS.format(locale=locale)}index.html"
            await files.put(thanks, html.encode(), "text/html")
        await files.put("sitemap.xml", render.sitemap(site, base_url).encode(), "application/xml")
        await files.put("robots.txt", render.robots(base_url).encode(), "text/plain")

    async def _keep(self, edition: bytes) -> str:
        """Store what pages with products were rendered from, and return its name."""
        name = f"editions/{content_hash(edition)}"
        await self._press.blobs.put(name, edition)
        return name

    async def preview(self, site_id: str, page_id: str, locale: str | None) -> str:
        """Return a page as publishing would write it now.

        Raises:
            NotFound: The site has no such page or locale.
        """
        return await self.render(
            await self._rooms.read(f"page:{page_id}"), site_id, page_id, locale
        )

    async def render(self, doc: Doc[Any], site_id: str, page_id: str, locale: str | None) -> str:
        """Return a page document as publishing would write it now.

        Raises:
            NotFound: The site has no such locale.
        """
        site = await self._rooms.read(f"site:{site_id}")
        locale = locale or documents.default_locale(site)
        if locale not in documents.locales(site):
            raise NotFound(f"this site has no locale {locale[:10]!r}")
        assets = Assets(await self._press.media.list(site_id), "")
        wants = page_wants(doc)
        shop = NO_SHOP
        if wants:
            pages = {p.id: await self._rooms.read(f"page:{p.id}") for p in site_pages(site)}
            links = product_pages(site, pages | {page_id: doc})
            shop = ShopView(await self._press.shop.answer(site_id, wants), links)
        return render.render_page(doc, site, page_id, locale, assets=assets, shop=shop)

    async def deployments(self, site_id: str) -> list[dict[str, Any]]:
        """List a site's deployments, the newest first."""
        d = t.deployment.c
        async with self._database.read() as sql:
            live = await sql.execute(select(t.site.c.live_deployment).where(t.site.c.id == site_id))
            current = live.scalar_one()
            rows = await sql.execute(
                select(d.id, d.created_at, d.pages, d.size, d.created_by)
                .where(d.site_id == site_id)
                .order_by(d.id.desc())
                .limit(KEPT_DEPLOYMENTS)
            )
            return [
                record(row) | {"created_at": aware(row.created_at), "live": row.id == current}
                for row in rows
            ]

    async def roll_back(self, site_id: str, deployment: str) -> None:
        """Make an earlier deployment live again; what it shows of the shop follows within moments.

        Raises:
            NotFound: The site has no such deployment.
        """
        d = t.deployment.c
        head = (await self._press.shop.heads([site_id])).get(site_id, 0)
        async with self._database.write() as sql:
            query = select(d.id, d.edition).where(d.id == deployment, d.site_id == site_id)
            found = (await sql.execute(query)).first()
            if found is None:
                raise NotFound("there is no such deployment")
            if found.edition is not None:
                await ask(sql, self._jobs, deployment, head)
            await sql.execute(
                update(t.site).where(t.site.c.id == site_id).values(live_deployment=deployment)
            )
        self._jobs.wake()

    async def live(self, slug: str) -> Live:
        """Return what is live of a site.

        Raises:
            NotFound: The site is not published.
        """
        s, d = t.site.c, t.deployment.c
        query = (
            select(s.id, s.name, d.id.label("deployment"), d.files)
            .join(t.deployment, s.live_deployment == d.id)
            .where(s.slug == slug)
        )
        async with self._database.read() as sql:
            row = (await sql.execute(query)).first()
        if row is None:
            raise NotFound("this site is not published")
        return Live(row.id, row.name, row.deployment, frozenset(row.files))

    async def file(self, slug: str, path: str) -> tuple[bytes, str, str]:
        """Return a published file, its media type and its hash.

        Raises:
            NotFound: The site is not published, or has no such file.
        """
        query = (
            select(t.deployment.c.files)
            .join(t.site, t.site.c.live_deployment == t.deployment.c.id)
            .where(t.site.c.slug == slug)
        )
        async with self._database.read() as sql:
            files = (await sql.execute(query)).scalar_one_or_none()
        if files is None:
            raise NotFound("this site is not published")
        wanted = path if path and not path.endswith("/") else f"{path}index.html"
        entry = files.get(wanted) or files.get(f"{path}/index.html")
        if entry is None:
            raise NotFound("there is no such page")
        return await self._press.blobs.get(entry["blob"]), entry["type"], entry["blob"][-20:]

    async def _slug(self, site_id: str) -> str:
        async with self._database.read() as sql:
            query = select(t.site.c.slug).where(t.site.c.id == site_id)
            return (await sql.execute(query)).scalar_one()


def _forms(edition: Edition) -> dict[str, dict[str, Any]]:
    """Return the forms of a site, under the names of which they are sent."""
    return {
        f"{page_id}/{form.node_id}/{locale}": {
            "labels": form.labels,
            "required": form.required,
            "thanks": THANKS.format(locale=locale),
        }
        for page_id, doc in edition.pages.items()
        for locale in documents.locales(edition.site)
        for form in read_forms(doc, locale)
    }
