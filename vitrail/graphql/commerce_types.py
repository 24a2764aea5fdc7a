"""What sites sell: products and what belongs to them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import strawberry
from strawberry import ID
from strawberry.scalars import JSON

from vitrail.commerce import model
from vitrail.commerce.paging import Page as Part
from vitrail.graphql.batching import Batched, batched
from vitrail.graphql.context import Context
from vitrail.graphql.node import Node
from vitrail.graphql.paging import Connection, PageInfo

S = TypeVar("S")
T = TypeVar("T")

strawberry.enum(model.ProductStatus, description="Where a product is in its life.")
strawberry.enum(model.ReviewStatus, description="What the moderator said.")
strawberry.enum(
    model.StockPolicy, description="What happens when a variant that has run out is wanted."
)


@strawberry.type(description="An amount in minor units (cents, yen) of an ISO 4217 currency.")
class Money:
    """An amount of money."""

    amount: int
    currency: str


@strawberry.type(description="What something costs in a currency.")
class Price:
    """What something costs in a currency."""

    amount: int = strawberry.field(description="In minor units.")
    currency: str
    compare_at: int | None = strawberry.field(description="The price that is struck through.")


@strawberry.type(description="How many there are to sell, and how many are set aside.")
class Stock:
    """How many there are."""

    available: int
    reserved: int
    policy: model.StockPolicy
    available_on: date | None = strawberry.field(
        description="From when on what has run out is delivered, if that is known."
    )


@strawberry.type(description="Who sells.")
class Merchant(Batched, Node):
    """Who sells."""

    slug: str
    name: str
    country: str
    url: str | None
    revision: int
    key: strawberry.Private[str]

    @batched
    @staticmethod
    async def products(
        merchants: list["Merchant"], context: Context, first: int = 20, after: str | None = None
    ) -> list[Connection["Product"]]:
        """What they sell, the newest first."""
        reads = await context.shop()
        found = await reads.products_of_merchants(_keys(merchants), first=first, after=after)
        return [connection(found.get(each.key), product_of, after) for each in merchants]


@strawberry.type(description="What somebody says of a product.")
class Review(Node):
    """What somebody says of a product."""

    author: str
    rating: int
    body: str
    locale: str
    verified: bool = strawberry.field(description="Whether they are known to have bought it.")
    created_at: datetime
    product_id: ID
    status: model.ReviewStatus


@strawberry.type(description="Products that somebody put together.")
class Collection(Batched, Node):
    """Products that somebody put together."""

    slug: str
    names: JSON = strawberry.field(description="By language.")
    key: strawberry.Private[str]

    @batched
    @staticmethod
    async def products(
        collections: list["Collection"],
        context: Context,
        first: int = 20,
        after: str | None = None,
    ) -> list[Connection["Product"]]:
        """What is in it, in its order."""
        reads = await context.shop()
        found = await reads.products_of_collections(_keys(collections), first=first, after=after)
        return [connection(found.get(each.key), product_of, after) for each in collections]


@strawberry.type(description="One thing that can be bought.")
class Variant(Node):
    """One thing that can be bought."""

    sku: str
    options: JSON
    prices: list[Price]
    stock: Stock
    revision: int


@strawberry.type(description="What one chooses between.")
class ProductOption:
    """What one chooses between."""

    name: str
    values: list[str]


@strawberry.type(description="A picture of a product: an image of the library, or an address.")
class ProductImage:
    """A picture of a product."""

    image_id: ID | None
    url: str | None
    alt: JSON = strawberry.field(description="By language.")


@strawberry.type(description="Where else a product is sold.")
class AffiliateLink:
    """Where else a product is sold."""

    network: str
    url: str
    commission: int | None = strawberry.field(
        description="What a sale brings, in hundredths of a percent."
    )


@strawberry.type(description="A branch of a site's tree of categories.")
class Category(Node):
    """A branch of the tree of categories."""

    slug: str
    names: JSON = strawberry.field(description="By language.")
    parent: ID | None
    position: int
    revision: int


@strawberry.type(description="Something that a site sells.")
class Product(Batched, Node):
    """Something that a site sells."""

    slug: str
    status: model.ProductStatus
    names: JSON = strawberry.field(description="By language.")
    descriptions: JSON = strawberry.field(description="By language.")
    tags: list[str]
    options: list[ProductOption]
    images: list[ProductImage]
    affiliate_links: list[AffiliateLink]
    category: ID | None
    merchant: Merchant
    prices: list[Price] = strawberry.field(description="The lowest of its variants, by currency.")
    stock: Stock = strawberry.field(description="Of all its variants together.")
    in_stock: bool
    rating: float | None
    review_count: int
    created_at: datetime
    updated_at: datetime
    revision: int
    key: strawberry.Private[str]
    site_key: strawberry.Private[str]

    @batched
    @staticmethod
    async def name(products: list["Product"], _context: Context, locale: str = "fr") -> list[str]:
        """Its name in a language, or in one that there is."""
        return [_said(each.names, locale) for each in products]

    @batched
    @staticmethod
    async def description(
        products: list["Product"], _context: Context, locale: str = "fr"
    ) -> list[str]:
        """Its description in a language, or in one that there is."""
        return [_said(each.descriptions, locale) for each in products]

    @batched
    @staticmethod
    async def variants(products: list["Product"], context: Context) -> list[list[Variant]]:
        """What of it can be bought, in order."""
        reads = await context.shop()
        found = await reads.variants_of(_keys(products))
        return [[variant_of(v) for v in found.get(each.key, ())] for each in products]

    @batched
    @staticmethod
    async def reviews(
        products: list["Product"],
        context: Context,
        first: int = 5,
        after: str | None = None,
        sort: str = "newest",
    ) -> list[Connection[Review]]:
        """What is said of it, of what the moderator let pass; sorted newest, highest or lowest."""
        reads = await context.shop()
        found = await reads.reviews_of(_keys(products), first=first, after=after, sort=sort)
        return [connection(found.get(each.key), review_of, after) for each in products]

    @batched
    @staticmethod
    async def similar(
        products: list["Product"], context: Context, first: int = 3
    ) -> list[list["Product"]]:
        """Those that are most like it."""
        reads = await context.shop()
        found = await reads.similar_of(_keys(products), first=first)
        return [[product_of(p) for p in found.get(each.key, ())] for each in products]

    @batched
    @staticmethod
    async def collections(
        products: list["Product"], context: Context, first: int = 5
    ) -> list[list[Collection]]:
        """The collections that it is in."""
        reads = await context.shop()
        found = await reads.collections_of(_keys(products), first=first)
        return [[collection_of(c) for c in found.get(each.key, ())] for each in products]


def connection(part: Part[S] | None, make: Callable[[S], T], after: str | None) -> Connection[T]:
    """Return what was read behind a position as a Relay connection."""
    items: Sequence[S] = part.items if part else ()
    positions = part.positions if part else ()
    return Connection(
        cursors=positions,
        nodes=[make(item) for item in items],
        page_info=PageInfo(
            has_next_page=part.has_next if part else False,
            has_previous_page=after is not None,
            start_cursor=positions[0] if positions else None,
            end_cursor=positions[-1] if positions else None,
        ),
        total_count=None,
    )


def product_of(product: model.Product) -> Product:
    """Return a product as it was read."""
    return Product(
        id=ID(f"product:{product.id}"),
        key=product.id,
        site_key=product.site_id,
        slug=product.slug,
        status=product.status,
        names=JSON(product.name),
        descriptions=JSON(product.description),
        tags=list(product.tags),
        options=[ProductOption(name=o.name, values=list(o.values)) for o in product.options],
        images=[
            ProductImage(
                image_id=ID(f"asset:{image.asset_id}") if image.asset_id else None,
                url=image.url,
                alt=JSON(image.alt),
            )
            for image in product.images
        ],
        affiliate_links=[
            AffiliateLink(network=link.network, url=link.url, commission=link.commission)
            for link in product.affiliate_links
        ],
        category=ID(f"category:{product.category_id}") if product.category_id else None,
        merchant=merchant_of(product.merchant),
        prices=_prices(product.prices),
        stock=_stock(product.stock),
        in_stock=product.in_stock,
        rating=product.rating,
        review_count=product.review_count,
        created_at=product.created_at,
        updated_at=product.updated_at,
        revision=product.revision,
    )


def merchant_of(merchant: model.Merchant) -> Merchant:
    """Return a merchant as it was read."""
    return Merchant(
        id=ID(f"merchant:{merchant.id}"),
        key=merchant.id,
        slug=merchant.slug,
        name=merchant.name,
        country=merchant.country,
        url=merchant.url,
        revision=merchant.revision,
    )


def collection_of(collection: model.Collection) -> Collection:
    """Return a collection as it was read."""
    return Collection(
        id=ID(f"collection:{collection.id}"),
        key=collection.id,
        slug=collection.slug,
        names=JSON(collection.name),
    )


def variant_of(variant: model.Variant) -> Variant:
    """Return a variant as it was read."""
    return Variant(
        id=ID(f"variant:{variant.id}"),
        sku=variant.sku,
        options=JSON(variant.options),
        prices=_prices(variant.prices),
        stock=_stock(variant.stock),
        revision=variant.revision,
    )


def review_of(review: model.Review) -> Review:
    """Return a review as it was read."""
    return Review(
        id=ID(f"review:{review.id}"),
        author=review.author,
        rating=review.rating,
        body=review.body,
        locale=review.locale,
        verified=review.verified,
        created_at=review.created_at,
        product_id=ID(f"product:{review.product_id}"),
        status=review.status,
    )


def _prices(prices: dict[str, model.Price]) -> list[Price]:
    return [
        Price(amount=price.amount, currency=price.currency, compare_at=price.compare_at)
        for _, price in sorted(prices.items())
    ]


def _stock(stock: model.Stock) -> Stock:
    return Stock(
        available=stock.available,
        reserved=stock.reserved,
        policy=stock.policy,
        available_on=stock.available_on,
    )


def _said(texts: Any, locale: str) -> str:
    return texts.get(locale) or next(iter(texts.values()), "")


def _keys(objects: Sequence[Any]) -> list[str]:
    return [each.key for each in objects]


def category_of(category: model.Category) -> Category:
    """Return a category as it was read."""
    parent = category.parent_id
    return Category(
        id=ID(f"category:{category.id}"),
        slug=category.slug,
        names=JSON(category.name),
        parent=ID(f"category:{parent}") if parent else None,
        position=category.position,
        revision=category.revision,
    )
