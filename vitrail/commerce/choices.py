"""What designers choose from when they say which products a page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct
from sqlalchemy import func, select

from vitrail.commerce import tables as t
from vitrail.commerce.reads import Reads
from vitrail.commerce.search import fold
from vitrail.commerce.site_reads import SITES, SiteReads

if TYPE_CHECKING:
    from collections.abc import Collection as Some, Sequence

    from vitrail.commerce.model import Product
    from vitrail.core.database import Database

ChoiceKind = Literal["product", "collection", "category", "tag"]
KINDS: tuple[ChoiceKind, ...] = ("product", "collection", "category", "tag")
MOST_GROUPS = 100
MOST_TAGS = 500


class Choice(Struct, frozen=True, omit_defaults=True):
    """One thing that can be chosen.

    Attributes:
        id: What a node keeps; a tag is its own.
        name: By locale.
        status: Of a product.
        image: The id of the first image of a product, or its address.
        count: How many active products have a tag.
    """

    id: str
    name: dict[str, str]
    status: str | None = None
    image: str | None = None
    count: int | None = None


class Choices:
    """Finds what can be chosen on a site, drafts too."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(
        self, site_id: str, kind: ChoiceKind, *, search: str = "", ids: Some[str] = (), most: int
    ) -> list[Choice]:
        """Return choices whose names have some words, or, if there are ids, those.

        Raises:
            InvalidInput: The words are too many.
        """
        if kind == "product":
            return await self._products(site_id, search, ids, most)
        found = await self._groups(site_id, kind)
        if ids:
            return [choice for choice in found if choice.id in ids]
        words = fold(search).split()
        return [choice for choice in found if _has(choice, words)][:most]

    async def _products(self, site_id: str, search: str, ids: Some[str], most: int) -> list[Choice]:
        reads = Reads(self._database, [site_id])
        if ids:
            by_id = await reads.products(ids)
            return [_of_product(by_id[id_]) for id_ in ids if id_ in by_id]
        page = await reads.page_of_products(site_id, search=search.strip() or None, first=most)
        return [_of_product(product) for product in page.items]

    async def _groups(self, site_id: str, kind: ChoiceKind) -> list[Choice]:
        reads = Reads(self._database, [site_id])
        match kind:
            case "collection":
                page = await reads.page_of_collections(site_id, first=MOST_GROUPS)
                return [Choice(each.id, each.name) for each in page.items]
            case "category":
                found = (await reads.categories_of([site_id])).get(site_id, [])
                return [Choice(each.id, each.name) for each in found]
            case _:
                return await _Tags(self._database, [site_id], public_only=True).most_used()


class _Tags(SiteReads):
    async def most_used(self) -> list[Choice]:
        """Return the tags of active products, the most used first."""
        g, p = t.product_tag.c, t.product.c
        count = func.count().label("products")
        query = (
            select(g.tag, count)
            .join(t.product, p.id == g.product_id)
            .where(g.site_id.in_(SITES), p.status == "active")
            .group_by(g.tag)
            .order_by(count.desc(), g.tag)
            .limit(MOST_TAGS)
        )
        rows: Sequence[Any] = await self._all(query)
        return [Choice(row.tag, {"": row.tag}, count=row.products) for row in rows]


def _of_product(product: Product) -> Choice:
    image = product.images[0] if product.images else None
    shown = (image.asset_id or image.url) if image else None
    return Choice(product.id, product.name, status=product.status, image=shown)


def _has(choice: Choice, words: list[str]) -> bool:
    name = fold(" ".join(choice.name.values()))
    return all(word in name for word in words)
