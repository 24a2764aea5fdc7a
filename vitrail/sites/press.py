"""The press: editions become the files of a deployment, with the images that their pages use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vitrail.core.blobs import content_hash

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from vitrail.core.blobs import Blobs
    from vitrail.core.settings import Settings
    from vitrail.sites.edition import Edition
    from vitrail.sites.media import Media
    from vitrail.sites.shop import Shop


class Press:
    """Renders editions.

    Attributes:
        media: The libraries of images.
        blobs: Where files are stored.
        shop: What sites sell.
    """

    def __init__(self, media: Media, blobs: Blobs, shop: Shop, settings: Settings) -> None:
        self.media = media
        self.blobs = blobs
        self.shop = shop
        self._settings = settings

    @property
    def host(self) -> str:
        """Where sites are published, as `https://example.org`; known once the server has a port."""
        return self._settings.sites_address

    async def print(
        self, site_id: str, edition: Edition, page_ids: Collection[str], files: PublishedFiles
    ) -> Assets:
        """Add pages of an edition to files, in every locale, with what the shop shows now.

        Returns:
            The images, with those that were used.
        """
        wants = edition.wants()
        wanted = {want for page_id in page_ids for want in wants.get(page_id, ())}
        answers = await self.shop.answer(site_id, wanted)
        # Products may have pictures of now; what pages show themselves is as it was.
        library = [*await self.media.list(site_id), *edition.assets]
        assets = Assets(library, edition.root)
        for page_id in page_ids:
            for path, html in edition.render(page_id, assets, answers, self.host):
                await files.put(f"{path}index.html", html.encode(), "text/html")
        for name in sorted(assets.names):
            if f"assets/{name}" not in files.entries:
                content = await self.media.file(name)
                await files.put(f"assets/{name}", content, f"image/{name[-4:]}")
        return assets


class PublishedFiles:
    """Files by path, each stored under a name of its content: what is there already is not written."""

    def __init__(self, blobs: Blobs, entries: dict[str, dict[str, Any]] | None = None) -> None:
        self._blobs = blobs
        self.entries = dict(entries or {})

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(entry["size"] for entry in self.entries.values())

    async def put(self, path: str, content: bytes, kind: str) -> None:
        """Add a file, or replace one."""
        name = f"published/{content_hash(content)}"
        entry = {"blob": name, "type": kind, "size": len(content)}
        if self.entries.get(path.lstrip("/")) != entry:
            await self._blobs.put(name, content)
            self.entries[path.lstrip("/")] = entry


class Assets:
    """Images for the renderer; remembers which were used, so that only those are published."""

    def __init__(self, assets: Sequence[dict[str, Any]], prefix: str) -> None:
        self._assets = {asset["id"]: asset for asset in assets}
        self._prefix = prefix
        self._used: set[str] = set()
        self.names: set[str] = set()
        """Names of the files that pages refer to."""

    def __call__(self, asset_id: str) -> dict[str, Any] | None:
        """Return an asset with the URLs that the page shall carry, or None."""
        asset = self._assets.get(asset_id)
        if asset is None or not self._prefix:
            return asset
        self._used.add(asset_id)
        return {**asset, "variants": [self._published(v) for v in asset["variants"]]}

    @property
    def used(self) -> list[dict[str, Any]]:
        """The assets that were asked for."""
        return [self._assets[asset_id] for asset_id in sorted(self._used)]

    def _published(self, variant: dict[str, Any]) -> dict[str, Any]:
        name = variant["url"].rpartition("/")[2]
        self.names.add(name)
        return {**variant, "url": f"{self._prefix}/assets/{name}"}
