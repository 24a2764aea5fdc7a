"""The portable form of a catalogue: things name each other by slug, so that it fits any site."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - msgspec reads the annotations
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from vitrail.commerce.model import (  # noqa: TC001 - msgspec reads the annotations
    AffiliateLink,
    Image,
    Localised,
    Option,
    Price,
    ProductStatus,
    StockPolicy,
)

Count = Annotated[int, Meta(ge=0, le=10**9)]
Slug = Annotated[str, Meta(min_length=1, max_length=80)]


class MerchantCard(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A merchant."""

    slug: Slug
    name: str | UnsetType = UNSET
    country: str | UnsetType = UNSET
    url: str | UnsetType | None = UNSET


class CategoryCard(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A category; its parent comes before it."""

    slug: Slug
    name: Localised | UnsetType = UNSET
    parent: str | UnsetType | None = UNSET
    position: Count | UnsetType = UNSET


class VariantCard(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A variant, known by its SKU."""

    sku: str
    options: dict[str, str] | UnsetType = UNSET
    available: Count | UnsetType = UNSET
    policy: StockPolicy | UnsetType = UNSET
    prices: list[Price] | UnsetType = UNSET
    available_on: date | UnsetType | None = UNSET


class ProductCard(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A product with its variants; what is unset stays as it is."""

    slug: Slug
    merchant: str | UnsetType = UNSET
    name: Localised | UnsetType = UNSET
    description: Localised | UnsetType = UNSET
    status: ProductStatus | UnsetType = UNSET
    category: str | UnsetType | None = UNSET
    tags: list[str] | UnsetType = UNSET
    options: list[Option] | UnsetType = UNSET
    images: list[Image] | UnsetType = UNSET
    affiliate_links: list[AffiliateLink] | UnsetType = UNSET
    variants: list[VariantCard] = []


class CollectionCard(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A collection, with the slugs of its products in order."""

    slug: Slug
    name: Localised | UnsetType = UNSET
    description: Localised | UnsetType = UNSET
    products: list[str] | UnsetType = UNSET


Card = MerchantCard | CategoryCard | ProductCard | CollectionCard
Format = Literal["csv", "json"]
