"""What the reads of this room return: plain, frozen values."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - msgspec reads the annotations
from enum import StrEnum

from msgspec import Struct

# Text in several languages, by locale: {"fr": "Lampe", "en": "Lamp"}.
Localised = dict[str, str]


class ProductStatus(StrEnum):
    """Where a product is in its life; visitors see the active ones only."""

    DRAFT = "draft"
    ACTIVE = "active"
    ARCHIVED = "archived"


class StockPolicy(StrEnum):
    """What happens when a variant that has run out is wanted."""

    DENY = "deny"
    CONTINUE = "continue"  # sold all the same
    PREORDER = "preorder"  # sold, and delivered later


class ReviewStatus(StrEnum):
    """What the moderator said; visitors see the approved ones only."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


class Kind(StrEnum):
    """What changes are about. Variants, prices and stock are parts of their product.

    The last four are told by the room of sites: all that happens on a site is numbered in one row.
    """

    MERCHANT = "merchant"
    PRODUCT = "product"
    COLLECTION = "collection"
    CATEGORY = "category"
    REVIEW = "review"
    ORDER = "order"
    PAGE = "page"
    DEPLOYMENT = "deployment"
    MESSAGE = "message"
    COMMENT = "comment"


OF_SHOPS = (
    Kind.MERCHANT,
    Kind.PRODUCT,
    Kind.COLLECTION,
    Kind.CATEGORY,
    Kind.REVIEW,
    Kind.ORDER,
)


class Money(Struct, frozen=True):
    """An amount in minor units (cents, yen) of an ISO 4217 currency."""

    amount: int
    currency: str


class Price(Struct, frozen=True):
    """What a variant costs in one currency, in minor units.

    Attributes:
        amount: The price.
        currency: ISO 4217.
        compare_at: The price that is struck through beside it; above `amount`.
    """

    amount: int
    currency: str
    compare_at: int | None = None


class Option(Struct, frozen=True):
    """What one chooses between, as `Colour`, with its values in order."""

    name: str
    values: tuple[str, ...]


class Image(Struct, frozen=True, omit_defaults=True):
    """A picture: an asset of the site, or an address; exactly one of them."""

    asset_id: str | None = None
    url: str | None = None
    alt: Localised = {}


class AffiliateLink(Struct, frozen=True, omit_defaults=True):
    """Where else a product is sold, and what a sale there brings, in hundredths of a percent."""

    network: str
    url: str
    commission: int | None = None


class Stock(Struct, frozen=True):
    """How many there are to sell, and how many are set aside. Neither is ever below zero.

    Attributes:
        available_on: From when on what has run out is delivered again; of several variants the first day.
    """

    available: int
    reserved: int
    policy: StockPolicy = StockPolicy.DENY
    available_on: date | None = None

    @property
    def is_sellable(self) -> bool:
        """Whether one can be had now."""
        return self.available > 0 or self.policy is not StockPolicy.DENY


class Merchant(Struct, frozen=True):
    """Who sells."""

    id: str
    site_id: str
    slug: str
    name: str
    country: str
    url: str | None
    created_at: datetime
    updated_at: datetime
    revision: int


class MerchantFigures(Struct, frozen=True):
    """What a merchant's active products come to together.

    Attributes:
        product_count: How many there are.
        rating: The mean of their approved reviews, or none.
        review_count: How many reviews that is.
    """

    product_count: int
    rating: float | None
    review_count: int


class Product(Struct, frozen=True):
    """A product, with what a card of it shows.

    Attributes:
        prices: The lowest price of its variants, one for each currency, by currency.
        highest: The highest amount of its variants, by currency.
        stock: Of all its variants together; the policy is the most generous of theirs.
        in_stock: Whether one of its variants can be had now.
        rating: The mean of its approved reviews, 1 to 5, or none.
        units_sold: By the orders on record.
        revision: Grows by one with each edit, of its variants too; not with stock and reviews.
    """

    id: str
    site_id: str
    merchant: Merchant
    category_id: str | None
    slug: str
    status: ProductStatus
    name: Localised
    description: Localised
    tags: tuple[str, ...]
    options: tuple[Option, ...]
    images: tuple[Image, ...]
    affiliate_links: tuple[AffiliateLink, ...]
    prices: dict[str, Price]
    highest: dict[str, int]
    stock: Stock
    in_stock: bool
    rating: float | None
    review_count: int
    units_sold: int
    created_at: datetime
    updated_at: datetime
    revision: int


class Variant(Struct, frozen=True):
    """One thing that can be bought, with its prices by currency."""

    id: str
    site_id: str
    product_id: str
    sku: str
    options: dict[str, str]
    stock: Stock
    prices: dict[str, Price]
    position: int
    revision: int


class Collection(Struct, frozen=True):
    """Products that somebody put together, in an order of their own."""

    id: str
    site_id: str
    slug: str
    name: Localised
    description: Localised
    created_at: datetime
    updated_at: datetime
    revision: int


class Category(Struct, frozen=True):
    """A branch of the tree of categories."""

    id: str
    site_id: str
    parent_id: str | None
    slug: str
    name: Localised
    position: int
    created_at: datetime
    updated_at: datetime
    revision: int


class Review(Struct, frozen=True):
    """What somebody says of a product, with 1 to 5 stars."""

    id: str
    site_id: str
    product_id: str
    author: str
    rating: int
    body: str
    locale: str
    verified: bool
    status: ReviewStatus
    created_at: datetime
    updated_at: datetime
    revision: int


class ReservedLine(Struct, frozen=True):
    """How many of a variant are set aside, and how many of those were there to be taken."""

    variant_id: str
    quantity: int
    taken: int


class Reservation(Struct, frozen=True):
    """Stock that is set aside for somebody until a moment.

    Attributes:
        state: `held`, then `committed`, `released` or `expired`.
    """

    id: str
    site_id: str
    lines: tuple[ReservedLine, ...]
    state: str
    expires_at: datetime


class OrderLine(Struct, frozen=True, omit_defaults=True):
    """What was bought; the price is that of one, in the order's currency."""

    name: str
    quantity: int
    unit_amount: int
    product_id: str | None = None
    variant_id: str | None = None


class Refund(Struct, frozen=True):
    """Money that went back, as a fact of its own."""

    id: str
    order_id: str
    external_id: str
    amount: int
    reason: str
    refunded_at: datetime


class Order(Struct, frozen=True):
    """An order that was made elsewhere, as it was told to us; amounts in minor units.

    Attributes:
        external_id: The name that the shop gave it; unique in its site.
        total: Sum of the lines, less `discount`, plus `shipping` and `tax`.
        refunded: Sum of its refunds.
    """

    id: str
    site_id: str
    external_id: str
    source: str
    currency: str
    lines: tuple[OrderLine, ...]
    discount: int
    shipping: int
    tax: int
    total: int
    refunded: int
    refunds: tuple[Refund, ...]
    placed_at: datetime
    recorded_at: datetime


class Change(Struct, frozen=True):
    """One entry of a site's record of changes.

    Attributes:
        seq: Its number in the site, without gaps, from 1.
        deleted: Whether the thing is gone: its tombstone.
        actor_id: Who did it, or none for the system and for visitors.
    """

    seq: int
    kind: Kind
    id: str
    deleted: bool
    actor_id: str | None
    actor_kind: str
    at: datetime
