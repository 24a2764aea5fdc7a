"""Publishing: pages become files in the blob store, and one row makes them all live at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from vitrail.builder import documents
from vitrail.builder.pages import site_pages, site_paths
from vitrail.builder.render import page as render
from vitrail.builder.render.forms import read_forms
from vitrail.core.blobs import Blobs, content_hash
from vitrail.core.database import record
from vitrail.core.errors import NotFound
from vitrail.core.ids import new_id
from vitrail.sites import tables as t

if TYPE_CHECKING:
    from pycrdt import Doc

    from vitrail.collab.entries import Author
    from vitrail.collab.rooms import Rooms
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database
    from vitrail.core.settings import Settings
    from vitrail.sites.media import Media

KEPT_DEPLOYMENTS = 50
THANKS = "_thanks/{locale}/"  # no page has such a path: slugs do not begin so


class Publishing:
    """Publishes sites, serves what was published, and goes back to earlier deployments."""

    def __init__(
        self,
        database: Database,
        rooms: Rooms,
        media: Media,
        blobs: Blobs,
        clock: Clock,
        settings: Settings,
    ) -> None:
        self._database = database
        self._rooms = rooms
        self._media = media
        self._blobs = blobs
        self._clock = clock
        self._settings = settings

    async def publish(self, site_id: str, author: Author) -> dict[str, Any]:
        """Render every page in every locale, store the files, then switch to them.

        Of every page a version is kept.

        Returns:
            The deployment's id, its URL, the number of pages and the bytes of all files.
        """
        slug = await self._slug(site_id)
        base_url = f"{self._settings.sites_address}/s/{slug}"
        site = await self._rooms.read(f"site:{site_id}")
        assets = _Assets(await self._media.list(site_id), f"/s/{slug}")
        files: dict[str, dict[str, str]] = {}
        forms: dict[str, dict[str, Any]] = {}
        size = 0
        pages = site_pages(site)
        paths = site_paths(site)
        for page in pages:
            await self._rooms.history.keep_version(f"page:{page.id}", "publish", author)
            doc = await self._rooms.read(f"page:{page.id}")
            for locale in documents.locales(site):
                html = render.render_page(
                    doc, site, page.id, locale, assets=assets, base_url=base_url
                )
                path = paths[page.id, locale]
                size += await self._put(files, f"{path}index.html", html.encode(), "text/html")
                for form in read_forms(doc, locale):
                    forms[f"{page.id}/{form.node_id}/{locale}"] = {
                        "labels": form.labels,
                        "required": form.required,
                        "thanks": THANKS.format(locale=locale),
                    }
        for locale in documents.locales(site):
            html = render.render_thanks(site, locale, base_url + paths[pages[0].id, locale])
            thanks = f"{THANKS.format(locale=locale)}index.html"
            size += await self._put(files, thanks, html.encode(), "text/html")
        texts = {
            "sitemap.xml": (render.sitemap(site, base_url), "application/xml"),
            "robots.txt": (render.robots(base_url), "text/plain"),
        }
        for path, (text, kind) in texts.items():
            size += await self._put(files, path, text.encode(), kind)
        for name in sorted(assets.used):
            content = await self._media.file(name)
            size += await self._put(files, f"assets/{name}", content, f"image/{name[-4:]}")
        deployment = new_id(self._clock)
        async with self._database.write() as sql:
            await sql.execute(
                insert(t.deployment).values(
                    id=deployment,
                    site_id=site_id,
                    created_by=author.actor_id,
                    created_at=self._clock.now(),
                    pages=len(pages),
                    size=size,
                    files=files,
                    forms=forms,
                )
            )
            await sql.execute(
                update(t.site)
                .where(t.site.c.id == site_id)
                .values(live_deployment=deployment, published_at=self._clock.now())
            )
        return {
            "deployment": deployment,
            "url": f"/s/{slug}/",
            "pages": len(pages),
            "bytes": size,
        }

    async def _put(
        self, files: dict[str, dict[str, str]], path: str, content: bytes, kind: str
    ) -> int:
        name = f"published/{content_hash(content)}"
        await self._blobs.put(name, content)
        files[path.lstrip("/")] = {"blob": name, "type": kind}
        return len(content)

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
        assets = _Assets(await self._media.list(site_id), "")
        return render.render_page(doc, site, page_id, locale, assets=assets)

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
            return [record(row) | {"live": row.id == current} for row in rows]

    async def roll_back(self, site_id: str, deployment: str) -> None:
        """Make an earlier deployment live again.

        Raises:
            NotFound: The site has no such deployment.
        """
        d = t.deployment.c
        async with self._database.write() as sql:
            found = await sql.execute(select(d.id).where(d.id == deployment, d.site_id == site_id))
            if found.first() is None:
                raise NotFound("there is no such deployment")
            await sql.execute(
                update(t.site).where(t.site.c.id == site_id).values(live_deployment=deployment)
            )

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
        return await self._blobs.get(entry["blob"]), entry["type"], entry["blob"][-20:]

    async def _slug(self, site_id: str) -> str:
        async with self._database.read() as sql:
            query = select(t.site.c.slug).where(t.site.c.id == site_id)
            return (await sql.execute(query)).scalar_one()


class _Assets:
    """Images for the renderer; remembers which were used, so that only those are published."""

    def __init__(self, assets: list[dict[str, Any]], prefix: str) -> None:
        self._assets = {asset["id"]: asset for asset in assets}
        self._prefix = prefix
        self.used: set[str] = set()

    def __call__(self, asset_id: str) -> dict[str, Any] | None:
        """Return an asset with the URLs that the page shall carry, or None."""
        asset = self._assets.get(asset_id)
        if asset is None or not self._prefix:
            return asset
        return {**asset, "variants": [self._published(v) for v in asset["variants"]]}

    def _published(self, variant: dict[str, Any]) -> dict[str, Any]:
        name = variant["url"].rpartition("/")[2]
        self.used.add(name)
        return {**variant, "url": f"{self._prefix}/assets/{name}"}
