"""What is read: batches in, batches out, each in one statement whatever the number of rows.

A product's page takes four: the product with its merchant, its variants with their prices, its reviews,
and what is similar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, func, select

from vitrail.commerce import rows, statements, tables as t
from vitrail.commerce.checks import is_slug
from vitrail.commerce.filters import ProductFilter, condition
from vitrail.commerce.model import (
    Category,
    Collection,
    Merchant,
    MerchantFigures,
    Price,
    Product,
    Review,
    ReviewStatus,
    Variant,
)
from vitrail.commerce.orders_read import OrderReads
from vitrail.commerce.paging import Order, Page, ProductSort, SortField, check_first, product_order
from vitrail.commerce.rows import by
from vitrail.commerce.search import hits
from vitrail.commerce.site_reads import SITES
from vitrail.core.ids import is_id

if TYPE_CHECKING:
    from collections.abc import Callable, Collection as Some

    from sqlalchemy import Select, Table

EVERYTHING = ProductFilter()
BY_NEWEST = ProductSort()


class Reads(OrderReads):
    """All reads; see `SiteReads` for what one is made with."""

    # ---- by id ----------------------------------------------------------------------------

    async def products(self, ids: Some[str]) -> dict[str, Product]:
        """Return products with their merchants, by id; those that may not be seen are left out."""
        query = statements.products_by_id(is_sqlite=self._is_sqlite, public_only=self._public_only)
        found = await self._all(query, ids=_ids(ids))
        return {row.id: rows.product_of(row) for row in found}

    async def products_by_slug(self, site_id: str, slugs: Some[str]) -> dict[str, Product]:
        """Return products of a site by their slugs."""
        p = t.product.c
        query = self._products().where(
            p.site_id == site_id,
            p.slug.in_([slug for slug in dict.fromkeys(slugs) if is_slug(slug)]),
        )
        return {row.slug: rows.product_of(row) for row in await self._all(query)}

    async def merchants(self, ids: Some[str]) -> dict[str, Merchant]:
        """Return merchants by id."""
        return await self._by_id(t.merchant, ids, rows.merchant_of)

    async def collections(self, ids: Some[str]) -> dict[str, Collection]:
        """Return collections by id."""
        return await self._by_id(t.collection, ids, rows.collection_of)

    async def categories(self, ids: Some[str]) -> dict[str, Category]:
        """Return categories by id."""
        return await self._by_id(t.category, ids, rows.category_of)

    async def reviews(self, ids: Some[str]) -> dict[str, Review]:
        """Return reviews by id."""
        query = self._reviews(None).where(t.review.c.id.in_(_ids(ids)))
        return {row.id: rows.review_of(row) for row in await self._all(query)}

    async def variants(self, ids: Some[str]) -> dict[str, Variant]:
        """Return variants with their prices by id."""
        query = self._variants().where(t.variant.c.id.in_(_ids(ids)))
        return {row.id: rows.variant_of(row) for row in await self._all(query)}

    # ---- what belongs to products ------------------------------------------------------------

    async def variants_of(self, product_ids: Some[str]) -> dict[str, list[Variant]]:
        """Return the variants of products, in order, with their prices."""
        query = statements.variants_of(is_sqlite=self._is_sqlite, public_only=self._public_only)
        return by(await self._all(query, ids=_ids(product_ids)), "product_id", rows.variant_of)

    async def prices_of(self, variant_ids: Some[str]) -> dict[str, list[Price]]:
        """Return the prices of variants, by currency."""
        p, v = t.price.c, t.variant.c
        query = (
            select(p.variant_id, p.amount, p.currency, p.compare_at)
            .join(t.variant, v.id == p.variant_id)
            .where(p.variant_id.in_(_ids(variant_ids)), v.site_id.in_(SITES), self._seen(v))
            .order_by(p.currency)
        )
        return by(await self._all(query), "variant_id", rows.price_of)

    async def reviews_of(
        self,
        product_ids: Some[str],
        *,
        first: int = 5,
        after: str | None = None,
        sort: str = "newest",
    ) -> dict[str, Page[Review]]:
        """Return the first approved reviews of each product.

        Args:
            product_ids: The products.
            first: How many of each.
            after: A position: only those behind it.
            sort: One of `statements.REVIEW_SORTS`.

        Raises:
            InvalidInput: The position is none of this order, or `first` is out of bounds.
        """
        order = statements.review_order(sort)
        if after is None:
            query, ids = (
                statements.reviews_of(sort, public_only=self._public_only),
                _ids(product_ids),
            )
            return await self._firsts(query, order, first, rows.review_of, ids=ids)
        r = t.review.c
        query = self._reviews(ReviewStatus.APPROVED).where(r.product_id.in_(_ids(product_ids)))
        return await self._pages(query, r.product_id, order, first, after, rows.review_of)

    async def similar_of(
        self, product_ids: Some[str], *, first: int = 3
    ) -> dict[str, list[Product]]:
        """Return for each product the active ones that are most like it, the most alike first.

        Tags that both have count, the rarer in the site the more, and what `Products.set_affinities`
        was told. Tags that many have do not count once enough share rarer ones.
        """
        first = check_first(first)
        query = statements.similar(is_sqlite=self._is_sqlite, public_only=self._public_only)
        found = await self._all(query, ids=_ids(product_ids), first=first)
        return by(found, "source", rows.product_of)

    async def collections_of(
        self, product_ids: Some[str], *, first: int = 5
    ) -> dict[str, list[Collection]]:
        """Return the first collections that each product is in, by their slugs."""
        c, m = t.collection.c, t.collection_product.c
        place = func.row_number().over(partition_by=m.product_id, order_by=(c.slug, c.id))
        inner = (
            select(t.collection, m.product_id, place.label("place"))
            .join(t.collection_product, m.collection_id == c.id)
            .where(m.product_id.in_(_ids(product_ids)), c.site_id.in_(SITES), self._seen(m))
            .subquery()
        )
        query = (
            select(inner)
            .where(inner.c.place <= check_first(first))
            .order_by(inner.c.product_id, inner.c.place)
        )
        return by(await self._all(query), "product_id", rows.collection_of)

    # ---- products of something ---------------------------------------------------------------

    async def page_of_products(
        self,
        site_id: str,
        wanted: ProductFilter = EVERYTHING,
        *,
        search: str | None = None,
        sort: ProductSort | None = None,
        first: int = 20,
        after: str | None = None,
    ) -> Page[Product]:
        """Return a page of a site's products.

        Args:
            site_id: The site.
            wanted: Which of them.
            search: Words that they have, in French or English; the last may be a beginning.
            sort: In which order: by relevance after a search, otherwise the newest first.
            first: How many.
            after: A position: only those behind it.

        Raises:
            InvalidInput: A part of the question is out of bounds, or the position is none of this
                order.
        """
        check_first(first)
        found = hits(search, is_sqlite=self._is_sqlite) if search is not None else None
        if search is not None and found is None:
            return Page((), (), has_next=False)  # it has no words
        if sort is None:
            sort = BY_NEWEST if found is None else ProductSort(SortField.RELEVANCE)
        order = product_order(sort, found, is_sqlite=self._is_sqlite)
        query = self._products().where(t.product.c.site_id == site_id, condition(wanted))
        if found is not None:
            query = query.join(found, found.c.product_id == t.product.c.id)
        return await self._page(query, order, first, after, rows.product_of)

    async def count_of_products(
        self, site_id: str, wanted: ProductFilter = EVERYTHING, *, search: str | None = None
    ) -> int:
        """Return how many products of a site a filter and a search leave."""
        found = hits(search, is_sqlite=self._is_sqlite) if search is not None else None
        if search is not None and found is None:
            return 0
        p = t.product.c
        query = select(func.count()).select_from(t.product)
        if found is not None:
            query = query.join(found, found.c.product_id == p.id)
        query = query.where(
            p.site_id == site_id,
            condition(wanted),
            *statements.visible(public_only=self._public_only),
        )
        return (await self._all(query))[0][0]

    async def products_of_sites(
        self, site_ids: Some[str], *, first: int = 20, after: str | None = None
    ) -> dict[str, Page[Product]]:
        """Return the newest products of each site."""
        p = t.product.c
        order = Order("newest", p.created_at, p.id, falls=True, is_moment=True)
        query = self._products().where(p.site_id.in_(_ids(site_ids)))
        return await self._pages(query, p.site_id, order, first, after, rows.product_of)

    async def products_of_merchants(
        self, merchant_ids: Some[str], *, first: int = 20, after: str | None = None
    ) -> dict[str, Page[Product]]:
        """Return the newest products of each merchant."""
        p = t.product.c
        order = Order("newest", p.created_at, p.id, falls=True, is_moment=True)
        query = self._products().where(p.merchant_id.in_(_ids(merchant_ids)))
        return await self._pages(query, p.merchant_id, order, first, after, rows.product_of)

    async def products_of_collections(
        self, collection_ids: Some[str], *, first: int = 20, after: str | None = None
    ) -> dict[str, Page[Product]]:
        """Return the first products of each collection, in the collection's order."""
        m = t.collection_product.c
        order = Order("collection", m.position, m.product_id, falls=False)
        query = (
            self._products()
            .join(t.collection_product, m.product_id == t.product.c.id)
            .where(m.collection_id.in_(_ids(collection_ids)))
        )
        return await self._pages(query, m.collection_id, order, first, after, rows.product_of)

    # ---- lists of a site -----------------------------------------------------------------------

    async def page_of_merchants(
        self, site_id: str, *, first: int = 20, after: str | None = None
    ) -> Page[Merchant]:
        """Return a page of a site's merchants, by their slugs."""
        m = t.merchant.c
        order = Order("slug", self._plain(m.slug), m.id, falls=False)
        query = select(t.merchant).where(m.site_id == site_id, m.site_id.in_(SITES))
        return await self._page(query, order, first, after, rows.merchant_of)

    async def page_of_collections(
        self, site_id: str, *, first: int = 20, after: str | None = None
    ) -> Page[Collection]:
        """Return a page of a site's collections, by their slugs."""
        c = t.collection.c
        order = Order("slug", self._plain(c.slug), c.id, falls=False)
        query = select(t.collection).where(c.site_id == site_id, c.site_id.in_(SITES))
        return await self._page(query, order, first, after, rows.collection_of)

    async def categories_of(self, site_ids: Some[str]) -> dict[str, list[Category]]:
        """Return all categories of sites, in order; their parents make them trees."""
        c = t.category.c
        query = select(t.category).where(c.site_id.in_(_ids(site_ids)), c.site_id.in_(SITES))
        found = await self._all(query.order_by(c.position, c.id))
        return by(found, "site_id", rows.category_of)

    async def page_of_reviews(
        self,
        site_id: str,
        status: ReviewStatus | None = None,
        *,
        first: int = 20,
        after: str | None = None,
    ) -> Page[Review]:
        """Return a page of a site's reviews, the newest first, as moderators want them."""
        query = self._reviews(status).where(t.review.c.site_id == site_id)
        return await self._page(
            query, statements.review_order("newest"), first, after, rows.review_of
        )

    async def figures_of_merchants(self, ids: Some[str]) -> dict[str, MerchantFigures]:
        """Return what the active products of merchants come to."""
        p = t.product.c
        total, count = func.sum(p.rating_sum), func.sum(p.rating_count)
        query = (
            select(p.merchant_id, func.count().label("products"), total, count)
            .where(p.merchant_id.in_(_ids(ids)), p.site_id.in_(SITES), p.status == "active")
            .group_by(p.merchant_id)
        )
        found = {
            merchant: MerchantFigures(products, total / count if count else None, int(count))
            for merchant, products, total, count in await self._all(query)
        }
        return {id_: found.get(id_, MerchantFigures(0, None, 0)) for id_ in ids}

    # ---- parts ---------------------------------------------------------------------------------

    def _seen(self, part: Any) -> ColumnElement[bool]:
        return statements.seen(part, public_only=self._public_only)

    def _products(self) -> Select[Any]:
        return statements.products(is_sqlite=self._is_sqlite, public_only=self._public_only)

    def _variants(self) -> Select[Any]:
        return statements.variants(is_sqlite=self._is_sqlite, public_only=self._public_only)

    def _reviews(self, status: ReviewStatus | None) -> Select[Any]:
        return statements.reviews(status, public_only=self._public_only)

    def _plain(self, column: ColumnElement[str]) -> ColumnElement[str]:
        return column.collate("BINARY" if self._is_sqlite else "C")

    async def _by_id(
        self, table: Table, ids: Some[str], make: Callable[[Any], Any]
    ) -> dict[str, Any]:
        query = select(table).where(table.c.id.in_(_ids(ids)), table.c.site_id.in_(SITES))
        return {row.id: make(row) for row in await self._all(query)}


def _ids(ids: Some[str]) -> list[str]:
    """Return ids, each once; what has another shape is nothing's id."""
    return [id_ for id_ in dict.fromkeys(ids) if is_id(id_)]
