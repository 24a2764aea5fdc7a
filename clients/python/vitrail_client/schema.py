"""What may be sent. Written by `make clients` from docs/schema.graphql; changes are lost."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec import UNSET, Struct, UnsetType

from vitrail_client.enums import OpenEnum


class DeliveryState(OpenEnum):
    """What became of a delivery."""
    WAITING = "WAITING"
    DONE = "DONE"
    FAILED = "FAILED"


class NotificationKind(OpenEnum):
    """What a notification tells."""
    MENTION = "MENTION"
    """Somebody named you in a comment."""
    REPLY = "REPLY"
    """Somebody answered in a thread of yours."""
    COMMENT = "COMMENT"
    """Somebody commented on a page on which you did."""
    INVITATION = "INVITATION"
    """A link to a site was made for your e-mail address."""
    REVIEW = "REVIEW"
    """Reviews wait for a moderator."""
    PUBLICATION = "PUBLICATION"
    """Somebody else published a site that you publish."""
    WEBHOOK = "WEBHOOK"
    """A webhook delivers no more."""


class ProductSortField(OpenEnum):
    """What `ProductSortField` is."""
    RELEVANCE = "RELEVANCE"
    PRICE = "PRICE"
    NAME = "NAME"
    RATING = "RATING"
    CREATED = "CREATED"
    UPDATED = "UPDATED"
    BEST_SELLING = "BEST_SELLING"


class ProductStatus(OpenEnum):
    """Where a product is in its life."""
    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    ARCHIVED = "ARCHIVED"


class ReviewStatus(OpenEnum):
    """What the moderator said."""
    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


class SiteEventKind(OpenEnum):
    """What an event of a site is about."""
    PAGE = "PAGE"
    DEPLOYMENT = "DEPLOYMENT"
    MESSAGE = "MESSAGE"
    PRODUCT = "PRODUCT"
    ORDER = "ORDER"
    REVIEW = "REVIEW"
    COMMENT = "COMMENT"


class StockPolicy(OpenEnum):
    """What happens when a variant that has run out is wanted."""
    DENY = "DENY"
    CONTINUE = "CONTINUE"
    PREORDER = "PREORDER"


class SyncKind(OpenEnum):
    """What `sync` tells of."""
    PRODUCT = "PRODUCT"
    MERCHANT = "MERCHANT"
    COLLECTION = "COLLECTION"
    CATEGORY = "CATEGORY"
    REVIEW = "REVIEW"


class WebhookReason(OpenEnum):
    """Why a webhook delivers no more."""
    BY_PERSON = "BY_PERSON"
    """Somebody has disabled it."""
    ACCESS = "ACCESS"
    """Who made it may not be told any more, or it follows what is gone."""
    QUERY = "QUERY"
    """Its query is none of the schema any more."""
    GONE = "GONE"
    """The receiver answered 410."""
    FAILING = "FAILING"
    """For days nothing could be delivered."""


class AffiliateLinkInput(Struct, frozen=True, kw_only=True, rename="camel"):
    """Where else a product is sold."""

    network: str
    url: str
    commission: int | None | UnsetType = UNSET
    """What a sale brings, in hundredths of a percent."""


class OrderInput(Struct, frozen=True, kw_only=True, rename="camel"):
    """An order as a shop tells it; amounts in minor units."""

    external_id: str
    """The shop's name for it: told twice, it counts once."""
    currency: str
    lines: list[OrderLineInput]
    placed_at: datetime
    source: str | UnsetType = UNSET
    discount: int | UnsetType = UNSET
    shipping: int | UnsetType = UNSET
    tax: int | UnsetType = UNSET
    total: int | None | UnsetType = UNSET
    """What the shop came to; it must be what we come to."""


class OrderLineInput(Struct, frozen=True, kw_only=True, rename="camel"):
    """What was bought; the price is that of one, in the order's currency."""

    name: str
    quantity: int
    unit_amount: int
    product_id: str | None | UnsetType = UNSET
    variant_id: str | None | UnsetType = UNSET


class PriceInput(Struct, frozen=True, kw_only=True, rename="camel"):
    """A price, in minor units."""

    amount: int
    currency: str
    compare_at: int | None | UnsetType = UNSET


class PriceRangeInput(Struct, frozen=True, kw_only=True, rename="camel"):
    """Lowest price of a product in a currency, both ends included."""

    currency: str
    minimum: int | None | UnsetType = UNSET
    maximum: int | None | UnsetType = UNSET


class ProductFilterInput(Struct, frozen=True, kw_only=True, rename="camel"):
    """Conditions on products, all of which hold."""

    merchant_id: str | None | UnsetType = UNSET
    collection_id: str | None | UnsetType = UNSET
    category_id: str | None | UnsetType = UNSET
    """In this category or in one of its branches."""
    in_stock: bool | None | UnsetType = UNSET
    price: PriceRangeInput | None | UnsetType = UNSET
    minimum_rating: float | None | UnsetType = UNSET
    updated_since: datetime | None | UnsetType = UNSET
    tags: list[str] | UnsetType = UNSET
    status: ProductStatus | None | UnsetType = UNSET
    all_of: list[ProductFilterInput] | UnsetType = UNSET
    any_of: list[ProductFilterInput] | None | UnsetType = UNSET
    none_of: list[ProductFilterInput] | UnsetType = UNSET


class ProductImageInput(Struct, frozen=True, kw_only=True, rename="camel"):
    """A picture: an image of the site's library, or an address."""

    image_id: str | None | UnsetType = UNSET
    url: str | None | UnsetType = UNSET
    alt: Any | None | UnsetType = UNSET
    """By language."""


class ProductInput(Struct, frozen=True, kw_only=True, rename="camel"):
    """What is said of a product; what is left out stays as it is."""

    names: Any | None | UnsetType = UNSET
    descriptions: Any | None | UnsetType = UNSET
    merchant_id: str | None | UnsetType = UNSET
    slug: str | None | UnsetType = UNSET
    status: ProductStatus | None | UnsetType = UNSET
    tags: list[str] | None | UnsetType = UNSET
    category_id: str | None | UnsetType = UNSET
    """Null takes it out of its category."""
    options: list[ProductOptionInput] | None | UnsetType = UNSET
    images: list[ProductImageInput] | None | UnsetType = UNSET
    affiliate_links: list[AffiliateLinkInput] | None | UnsetType = UNSET


class ProductOptionInput(Struct, frozen=True, kw_only=True, rename="camel"):
    """What one chooses between."""

    name: str
    values: list[str]


class ProductSortInput(Struct, frozen=True, kw_only=True, rename="camel"):
    """How products are sorted; by default names and prices rise, all else falls."""

    field: ProductSortField | UnsetType = UNSET
    descending: bool | None | UnsetType = UNSET
    currency: str | UnsetType = UNSET
    locale: str | UnsetType = UNSET


class RefundInput(Struct, frozen=True, kw_only=True, rename="camel"):
    """Money that a shop gave back for an order."""

    external_id: str
    amount: int
    refunded_at: datetime
    reason: str | UnsetType = UNSET


class StockLineInput(Struct, frozen=True, kw_only=True, rename="camel"):
    """How many of a variant."""

    variant_id: str
    quantity: int


class VariantInput(Struct, frozen=True, kw_only=True, rename="camel"):
    """What is said of a variant; what is left out stays as it is."""

    sku: str | None | UnsetType = UNSET
    options: Any | None | UnsetType = UNSET
    """What it is of each of the product's options."""
    prices: list[PriceInput] | None | UnsetType = UNSET
    available: int | None | UnsetType = UNSET
    policy: StockPolicy | None | UnsetType = UNSET
    available_on: date | None | UnsetType = UNSET
    """From when on what has run out is delivered; null forgets it."""
