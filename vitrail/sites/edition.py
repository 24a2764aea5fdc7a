"""An edition: all that the pages of a site are rendered from, as it was when it was published.

It is kept where pages show products, so that they can be rendered again with the prices of later,
and with nothing that was edited since.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
from pycrdt import Doc

from vitrail.builder import documents
from vitrail.builder.pages import site_pages, site_paths
from vitrail.builder.render import page as render
from vitrail.builder.render.elements import ShopView
from vitrail.builder.render.wants import page_wants, product_of_page, shop_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vitrail.builder.render.elements import AssetLookup

    Answers = Mapping[str, list[dict[str, Any]]]


class _Kept(msgspec.Struct):
    """The form in which an edition is stored."""

    slug: str
    site: bytes
    pages: dict[str, bytes]
    links: dict[str, str]
    assets: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Edition:
    """What a site is rendered from.

    Attributes:
        slug: Of the site.
        site: Its document.
        pages: Documents of pages by id, in the site's order.
        links: The page that is about a product, by the product's id.
        assets: Images that the pages use.
    """

    slug: str
    site: Doc[Any]
    pages: dict[str, Doc[Any]]
    links: Mapping[str, str]
    assets: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    @property
    def root(self) -> str:
        """The path under which the site is published."""
        return f"/s/{self.slug}"

    def wants(self) -> dict[str, tuple[str, ...]]:
        """Return what each page wants of the shop, by page; pages that want nothing are left out."""
        found = {page_id: page_wants(doc) for page_id, doc in self.pages.items()}
        return {page_id: wants for page_id, wants in found.items() if wants}

    def render(
        self, page_id: str, assets: AssetLookup, answers: Answers, host: str
    ) -> Iterator[tuple[str, str]]:
        """Yield the path and the HTML of a page, for each locale of the site."""
        paths = site_paths(self.site)
        shop = ShopView(answers, self.links)
        for locale in documents.locales(self.site):
            html = render.render_page(
                self.pages[page_id],
                self.site,
                page_id,
                locale,
                assets=assets,
                base_url=host + self.root,
                shop=shop,
            )
            yield paths[page_id, locale], html

    def keep(self, page_ids: Mapping[str, Any], assets: list[dict[str, Any]]) -> bytes:
        """Return the edition of some of its pages as bytes."""
        pages = {page_id: self.pages[page_id].get_update() for page_id in page_ids}
        kept = _Kept(self.slug, self.site.get_update(), pages, dict(self.links), assets)
        return msgspec.msgpack.encode(kept)


def read_edition(content: bytes) -> Edition:
    """Return an edition that was kept."""
    kept = msgspec.msgpack.decode(content, type=_Kept)
    pages = {page_id: _document(state) for page_id, state in kept.pages.items()}
    return Edition(kept.slug, _document(kept.site), pages, kept.links, kept.assets)


def product_pages(site: Doc[Any], pages: Mapping[str, Doc[Any]]) -> dict[str, str]:
    """Return the page that is about each product: the first in the site's order."""
    found: dict[str, str] = {}
    for page in site_pages(site):
        if page.id in pages and (product := product_of_page(shop_nodes(pages[page.id]))):
            found.setdefault(product, page.id)
    return found


def _document(state: bytes) -> Doc[Any]:
    doc: Doc[Any] = Doc()
    doc.apply_update(state)
    return doc
