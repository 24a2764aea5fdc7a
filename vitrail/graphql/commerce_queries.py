"""What may be read of what sites sell."""

import re
from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from functools import partial
from typing import Any

import strawberry
from strawberry import ID
from strawberry.types import Info
from strawberry.types.nodes import SelectedField

from vitrail.commerce import model
from vitrail.commerce.filters import PriceRange, ProductFilter
from vitrail.commerce.model import Kind, ProductStatus, ReviewStatus
from vitrail.commerce.paging import ProductSort, SortField
from vitrail.core.access import Action
from vitrail.core.errors import InvalidInput, NotFound
from vitrail.graphql.batching import fetching
from vitrail.graphql.commerce_types import (
    Category,
    Collection,
    Merchant,
    Product,
    Review,
    Variant,
    category_of,
    collection_of,
    connection,
    merchant_of,
    product_of,
    review_of,
    variant_of,
)
from vitrail.graphql.context import Context
from vitrail.graphql.ids import read_id
from vitrail.graphql.node import Node
from vitrail.graphql.paging import Connection, check_first, read_cursor, write_cursor
from vitrail.graphql.site_queries import FINDERS

strawberry.enum(SortField, name="ProductSortField")
MAX_SYNC = 100
CURSOR = re.compile(r"([0-9]{1,18})/([0-9]{1,18})")


@strawberry.enum(description="What `sync` tells of.")
class SyncKind(Enum):
    """What `sync` tells of."""

    PRODUCT = Kind.PRODUCT.value
    MERCHANT = Kind.MERCHANT.value
    COLLECTION = Kind.COLLECTION.value
    CATEGORY = Kind.CATEGORY.value
    REVIEW = Kind.REVIEW.value


@strawberry.input(description="Lowest price of a product in a currency, both ends included.")
class PriceRangeInput:
    """A range of prices, in minor units."""

    currency: str
    minimum: int | None = None
    maximum: int | None = None


@strawberry.input(description="Conditions on products, all of which hold.")
class ProductFilterInput:
    """Conditions on products; see `vitrail.commerce.filters.ProductFilter`."""

    merchant_id: ID | None = None
    collection_id: ID | None = None
    category_id: ID | None = strawberry.field(
        default=None, description="In this category or in one of its branches."
    )
    in_stock: bool | None = None
    price: PriceRangeInput | None = None
    minimum_rating: float | None = None
    updated_since: datetime | None = None
    tags: list[str] = strawberry.field(default_factory=list)
    status: ProductStatus | None = None
    all_of: list["ProductFilterInput"] = strawberry.field(default_factory=list)
    any_of: list["ProductFilterInput"] | None = None
    none_of: list["ProductFilterInput"] = strawberry.field(default_factory=list)

    def read(self) -> ProductFilter:
        """Return it as commerce takes it."""
        return ProductFilter(
            merchant_id=read_id(self.merchant_id, "merchant") if self.merchant_id else None,
            collection_id=read_id(self.collection_id, "collection") if self.collection_id else None,
            category_id=read_id(self.category_id, "category") if self.category_id else None,
            in_stock=self.in_stock,
            price=self.price
            and PriceRange(self.price.currency, self.price.minimum, self.price.maximum),
            minimum_rating=self.minimum_rating,
            updated_since=self.updated_since,
            tags=self.tags,
            status=self.status,
            all_of=[each.read() for each in self.all_of],
            any_of=None if self.any_of is None else [each.read() for each in self.any_of],
            none_of=[each.read() for each in self.none_of],
        )


@strawberry.input(
    description="How products are sorted; by default names and prices rise, all else falls."
)
class ProductSortInput:
    """How products are sorted."""

    field: SortField = SortField.CREATED
    descending: bool | None = None
    currency: str = "EUR"
    locale: str = "en"


@strawberry.type(description="What has changed since a moment.")
class SyncPage:
    """What has changed since a moment."""

    changed: list[Node]
    deleted: list[ID]
    cursor: str = strawberry.field(description="Send it as `since` the next time.")
    has_more: bool
    reset: bool = strawberry.field(description="The cursor is too old: drop all, and fetch anew.")


@strawberry.type
class CommerceQuery:
    """Queries of what sites sell."""

    @strawberry.field(description="A product, by its id, or by its slug on a site.")
    @fetching
    async def product(
        self,
        info: Info,
        id: ID | None = None,
        slug: str | None = None,
        site_id: ID | None = None,
    ) -> Product | None:
        """Return a product."""
        context: Context = info.context
        reads = await context.shop()
        if id is not None:
            key = read_id(id, "product")
            found = (await reads.products([key])).get(key)
        elif slug is not None and site_id is not None:
            found = (await reads.products_by_slug(read_id(site_id, "site"), [slug])).get(slug)
        else:
            raise InvalidInput("a product is asked for by its id, or by its slug and site")
        if found is None:
            context.is_revised = False  # which site it will be on is not known
            return None
        context.sites.add(found.site_id)
        return product_of(found)

    @strawberry.field(description="The products of a site.")
    @fetching
    async def products(
        self,
        info: Info,
        site_id: ID,
        first: int = 20,
        after: str | None = None,
        search: str | None = None,
        filter: ProductFilterInput | None = None,
        sort: ProductSortInput | None = None,
    ) -> Connection[Product]:
        """Return the products of a site."""
        key = read_id(site_id, "site")
        reads = await info.context.shop_of(key, Action.SITE_READ)
        wanted = filter.read() if filter else ProductFilter()
        search = search if search and search.strip() else None  # a field that is still empty
        by = ProductSort(sort.field, sort.descending, sort.currency, sort.locale) if sort else None
        part = await reads.page_of_products(
            key, wanted, search=search, sort=by, first=check_first(first), after=after
        )
        found = connection(part, product_of, after)
        if _selects(info.selected_fields, "totalCount"):
            found.total_count = await reads.count_of_products(key, wanted, search=search)
        return found

    @strawberry.field(description="Who sells on a site, by their slugs.")
    @fetching
    async def merchants(
        self, info: Info, site_id: ID, first: int = 20, after: str | None = None
    ) -> Connection[Merchant]:
        """Return the merchants of a site."""
        key = read_id(site_id, "site")
        reads = await info.context.shop_of(key, Action.SITE_READ)
        part = await reads.page_of_merchants(key, first=check_first(first), after=after)
        return connection(part, merchant_of, after)

    @strawberry.field(description="The collections of a site, by their slugs.")
    @fetching
    async def collections(
        self, info: Info, site_id: ID, first: int = 20, after: str | None = None
    ) -> Connection[Collection]:
        """Return the collections of a site."""
        key = read_id(site_id, "site")
        reads = await info.context.shop_of(key, Action.SITE_READ)
        part = await reads.page_of_collections(key, first=check_first(first), after=after)
        return connection(part, collection_of, after)

    @strawberry.field(description="All categories of a site, in order; parents make them a tree.")
    async def categories(self, info: Info, site_id: ID) -> list[Category]:
        """Return the categories of a site."""
        key = read_id(site_id, "site")
        reads = await info.context.shop_of(key, Action.SITE_READ)
        found = await reads.categories_of([key])
        return [category_of(category) for category in found.get(key, ())]

    @strawberry.field(
        description="The reviews of a site, the newest first, as moderators want them."
    )
    @fetching
    async def reviews(
        self,
        info: Info,
        site_id: ID,
        status: ReviewStatus | None = None,
        first: int = 20,
        after: str | None = None,
    ) -> Connection[Review]:
        """Return the reviews of a site."""
        key = read_id(site_id, "site")
        reads = await info.context.shop_of(key, Action.SHOP_WRITE)
        part = await reads.page_of_reviews(key, status, first=check_first(first), after=after)
        return connection(part, review_of, after)

    @strawberry.field(
        description="What was changed on a site since a cursor, each thing once; without one, from the beginning. Who applies page after page has what a full fetch would give."
    )
    @fetching
    async def sync(
        self,
        info: Info,
        site_id: ID,
        since: str | None = None,
        kinds: list[SyncKind] = [SyncKind.PRODUCT],  # noqa: B006 - a default of the schema
        first: int = 100,
    ) -> SyncPage:
        """Return what was changed on a site."""
        context: Context = info.context
        key = read_id(site_id, "site")
        await context.site(key, Action.SITE_READ)
        seq, began = _read_cursor(since)
        wanted = [Kind(kind.value) for kind in kinds]
        page = await context.house.commerce.ledger.changes_since(
            key, seq, wanted, min(check_first(first), MAX_SYNC), began=began
        )
        found: list[Node] = []
        gone: list[ID] = []
        named = {
            kind: [change.id for change in page.changes if change.kind is kind] for kind in wanted
        }
        read = await _read_all(context, {k: ids for k, ids in named.items() if ids})
        for change in page.changes:
            node = None if change.deleted else read.get((change.kind, change.id))
            if node is None:
                gone.append(ID(f"{change.kind.value}:{change.id}"))
            else:
                found.append(node)
        return SyncPage(
            changed=found,
            deleted=gone,
            cursor=write_cursor(f"{page.cursor}/{page.began}"),
            has_more=page.has_more,
            reset=page.is_reset,
        )


def _selects(selections: Sequence[Any], name: str) -> bool:
    """Tell whether a field is selected right below some."""
    below = [each for selection in selections for each in selection.selections]
    fields = [each for each in below if isinstance(each, SelectedField)]
    fragments = [each for each in below if not isinstance(each, SelectedField)]
    return any(each.name == name for each in fields) or (
        bool(fragments) and _selects(fragments, name)
    )


def _read_cursor(cursor: str | None) -> tuple[int, int | None]:
    """Return how far a client has got, and since when deletions are to be told."""
    if cursor is None:
        return 0, None
    found = CURSOR.fullmatch(read_cursor(cursor))
    if found is None:
        raise InvalidInput("this is not a cursor of sync", hint="begin anew without one")
    return int(found[1]), int(found[2])


async def _read_all(context: Context, named: dict[Kind, list[str]]) -> dict[tuple[Kind, str], Node]:
    found: dict[tuple[Kind, str], Node] = {}
    reads = await context.shop()
    readers: dict[Kind, tuple[Any, Any]] = {
        Kind.PRODUCT: (reads.products, product_of),
        Kind.MERCHANT: (reads.merchants, merchant_of),
        Kind.COLLECTION: (reads.collections, collection_of),
        Kind.CATEGORY: (reads.categories, category_of),
        Kind.REVIEW: (partial(reviews_seen, context), review_of),
    }
    for kind, ids in named.items():
        read, make = readers[kind]
        found |= {(kind, key): make(row) for key, row in (await read(ids)).items()}
    return found


async def reviews_seen(context: Context, ids: Sequence[str]) -> dict[str, model.Review]:
    """Return reviews by id; what a moderator did not let pass is for moderators."""
    found = await (await context.shop()).reviews(ids)
    return {
        key: review
        for key, review in found.items()
        if review.status is ReviewStatus.APPROVED
        or await context.may(review.site_id, Action.SHOP_WRITE)
    }


async def find_variant(context: Context, key: str) -> Variant:
    """Return a variant.

    Raises:
        NotFound: There is none that the asker may know of.
    """
    found = (await (await context.shop()).variants([key])).get(key)
    if found is None:
        raise NotFound("there is no such variant")
    return variant_of(found)


async def find_product(context: Context, key: str) -> Product:
    """Return a product.

    Raises:
        NotFound: There is none that the asker may know of.
    """
    reads = await context.shop()
    found = (await reads.products([key])).get(key)
    if found is None:
        raise NotFound("there is no such product")
    return product_of(found)


async def _find_kind(kind: Kind, context: Context, key: str) -> Node:
    """Return a merchant, collection, category or review.

    Raises:
        NotFound: There is none that the asker may know of.
    """
    found = await _read_all(context, {kind: [key]})
    if (kind, key) not in found:
        raise NotFound(f"there is no such {kind.value}")
    return found[kind, key]


FINDERS["product"] = find_product
FINDERS["variant"] = find_variant
for _kind in (Kind.MERCHANT, Kind.COLLECTION, Kind.CATEGORY, Kind.REVIEW):
    FINDERS[_kind.value] = partial(_find_kind, _kind)
