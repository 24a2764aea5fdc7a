"""What mutations take. A field that is left unset stays as it is, or gets its default in a new row."""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003 - msgspec reads the annotations
from datetime import date, datetime  # noqa: TC003

from msgspec import UNSET, Struct, UnsetType

from vitrail.commerce.model import (  # noqa: TC001
    AffiliateLink,
    Image,
    Localised,
    Option,
    OrderLine,
    Price,
    ProductStatus,
    StockPolicy,
)


class MerchantInput(Struct, frozen=True):
    """A merchant; a new one needs a name."""

    name: str | UnsetType = UNSET
    slug: str | UnsetType = UNSET  # by default from the name
    country: str | UnsetType = UNSET  # ISO 3166, two letters, or empty
    url: str | UnsetType | None = UNSET


class ProductInput(Struct, frozen=True):
    """A product; a new one needs a name and a merchant."""

    name: Localised | UnsetType = UNSET
    merchant_id: str | UnsetType = UNSET
    slug: str | UnsetType = UNSET  # by default from the name
    description: Localised | UnsetType = UNSET
    status: ProductStatus | UnsetType = UNSET
    category_id: str | UnsetType | None = UNSET
    tags: Sequence[str] | UnsetType = UNSET
    options: Sequence[Option] | UnsetType = UNSET
    images: Sequence[Image] | UnsetType = UNSET
    affiliate_links: Sequence[AffiliateLink] | UnsetType = UNSET


class VariantInput(Struct, frozen=True):
    """A variant; a new one needs a SKU. `prices` takes the place of all that there are."""

    sku: str | UnsetType = UNSET
    options: dict[str, str] | UnsetType = UNSET
    prices: Sequence[Price] | UnsetType = UNSET
    available: int | UnsetType = UNSET
    policy: StockPolicy | UnsetType = UNSET
    available_on: date | UnsetType | None = UNSET
    position: int | UnsetType = UNSET


class CollectionInput(Struct, frozen=True):
    """A collection; a new one needs a name. `product_ids` are its products in order."""

    name: Localised | UnsetType = UNSET
    slug: str | UnsetType = UNSET
    description: Localised | UnsetType = UNSET
    product_ids: Sequence[str] | UnsetType = UNSET


class CategoryInput(Struct, frozen=True):
    """A category; a new one needs a name."""

    name: Localised | UnsetType = UNSET
    slug: str | UnsetType = UNSET
    parent_id: str | UnsetType | None = UNSET
    position: int | UnsetType = UNSET


class ReviewInput(Struct, frozen=True):
    """What somebody says of a product."""

    author: str
    rating: int
    body: str
    locale: str = ""
    verified: bool = False  # whether they are known to have bought it


class OrderFact(Struct, frozen=True):
    """An order as a shop tells it; amounts in minor units.

    Attributes:
        total: What the shop came to, when it says so; it must be what we come to.
    """

    external_id: str
    currency: str
    lines: Sequence[OrderLine]
    placed_at: datetime
    source: str = ""
    discount: int = 0
    shipping: int = 0
    tax: int = 0
    total: int | None = None


class RefundFact(Struct, frozen=True):
    """Money that a shop gave back for an order."""

    external_id: str
    amount: int
    refunded_at: datetime
    reason: str = ""
