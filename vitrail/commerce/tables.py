"""Tables of what sites sell. Rows go with their site."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from vitrail.core.database import METADATA

ID = String(26)
SLUG = String(80)
MOMENT = DateTime(timezone=True)


def _site() -> Column[str]:
    return Column("site_id", ID, ForeignKey("site.id", ondelete="CASCADE"), nullable=False)


def _part_of(table: str, column: str, *, primary_key: bool = False) -> Column[str]:
    key = ForeignKey(f"commerce_{table}.id", ondelete="CASCADE")
    return Column(column, ID, key, primary_key=primary_key, nullable=False)


def _dates() -> tuple[Column[object], ...]:
    return (
        Column("created_at", MOMENT, nullable=False),
        Column("updated_at", MOMENT, nullable=False),
        Column("revision", Integer, nullable=False),
    )


# One row per site: whoever changes something holds it, so that changes are numbered without gaps.
ledger = Table(
    "commerce_ledger",
    METADATA,
    Column("site_id", ID, ForeignKey("site.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("floor", BigInteger, nullable=False),  # the last deletion that is forgotten
)

change = Table(
    "commerce_change",
    METADATA,
    Column("site_id", ID, ForeignKey("site.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("entity_id", ID, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("actor_id", ID),
    Column("actor_kind", String(8), nullable=False),
    Column("at", MOMENT, nullable=False),
    Index("ix_commerce_change_entity", "site_id", "kind", "entity_id", "seq"),
)

merchant = Table(
    "commerce_merchant",
    METADATA,
    Column("id", ID, primary_key=True),
    _site(),
    Column("slug", SLUG, nullable=False),
    Column("name", String(200), nullable=False),
    Column("country", String(2), nullable=False),
    Column("url", String(2000)),
    *_dates(),
    UniqueConstraint("site_id", "slug"),
)

category = Table(
    "commerce_category",
    METADATA,
    Column("id", ID, primary_key=True),
    _site(),
    # Held at the end of a transaction: a backup brings branches before what they are on.
    Column(
        "parent_id",
        ID,
        ForeignKey("commerce_category.id", deferrable=True, initially="DEFERRED"),
    ),
    Column("slug", SLUG, nullable=False),
    Column("name", JSON, nullable=False),
    Column("position", Integer, nullable=False),
    *_dates(),
    UniqueConstraint("site_id", "slug"),
    Index("ix_commerce_category_parent_id", "parent_id"),
)

product = Table(
    "commerce_product",
    METADATA,
    Column("id", ID, primary_key=True),
    _site(),
    Column("merchant_id", ID, ForeignKey("commerce_merchant.id"), nullable=False),
    Column("category_id", ID, ForeignKey("commerce_category.id")),
    Column("slug", SLUG, nullable=False),
    Column("status", String(8), nullable=False),
    Column("name", JSON, nullable=False),  # locale to text
    Column("description", JSON, nullable=False),
    # The names as they are sorted by; other languages are sorted by the English one.
    Column("sort_fr", String(200), nullable=False),
    Column("sort_en", String(200), nullable=False),
    Column("tags", JSON, nullable=False),
    Column("options", JSON, nullable=False),
    Column("images", JSON, nullable=False),
    Column("affiliate_links", JSON, nullable=False),
    Column("rating_sum", Integer, nullable=False),
    Column("rating_count", Integer, nullable=False),
    Column("rating", Integer, nullable=False),  # the mean in hundredths, 0 for none: to sort by
    Column("units_sold", BigInteger, nullable=False),
    *_dates(),
    UniqueConstraint("site_id", "slug"),
    Index("ix_commerce_product_site_id", "site_id", "status"),
    Index("ix_commerce_product_merchant_id", "merchant_id"),
    Index("ix_commerce_product_category_id", "category_id"),
)

# The tags of a product, to find others by.
product_tag = Table(
    "commerce_product_tag",
    METADATA,
    _part_of("product", "product_id", primary_key=True),
    Column("tag", String(60), primary_key=True),
    Column("site_id", ID, nullable=False),
    Index("ix_commerce_product_tag_tag", "site_id", "tag", "product_id"),
)

# Words of a product as they are searched by. SQLite's FTS5 index follows it by triggers; PostgreSQL
# has an index on an expression over it (see the migration).
product_search = Table(
    "commerce_product_search",
    METADATA,
    _part_of("product", "product_id", primary_key=True),
    Column("number", BigInteger, nullable=False, unique=True),  # FTS5 names rows by integers
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
)

# What other rooms know of which products belong together, as that they are looked at together.
affinity = Table(
    "commerce_affinity",
    METADATA,
    _part_of("product", "product_id", primary_key=True),
    _part_of("product", "other_id", primary_key=True),
    Column("score", Integer, nullable=False),
    Index("ix_commerce_affinity_other_id", "other_id"),
)

variant = Table(
    "commerce_variant",
    METADATA,
    Column("id", ID, primary_key=True),
    _site(),
    _part_of("product", "product_id"),
    Column("sku", String(80), nullable=False),
    Column("options", JSON, nullable=False),
    Column("available", Integer, nullable=False),
    Column("reserved", Integer, nullable=False),
    Column("policy", String(8), nullable=False),
    Column("available_on", Date),  # from when on what has run out is delivered
    Column("position", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("site_id", "sku"),
    CheckConstraint("available >= 0", name="ck_commerce_variant_available"),
    CheckConstraint("reserved >= 0", name="ck_commerce_variant_reserved"),
    Index("ix_commerce_variant_product_id", "product_id"),
)

price = Table(
    "commerce_price",
    METADATA,
    _part_of("variant", "variant_id", primary_key=True),
    Column("currency", String(3), primary_key=True),
    _part_of("product", "product_id"),
    Column("amount", BigInteger, nullable=False),  # minor units
    Column("compare_at", BigInteger),
    Index("ix_commerce_price_product_id", "product_id", "currency", "amount"),
)

reservation = Table(
    "commerce_reservation",
    METADATA,
    Column("id", ID, primary_key=True),
    _site(),
    Column("reference", String(100)),
    Column("lines", JSON, nullable=False),  # [{"variant_id", "quantity", "taken"}]
    Column("state", String(10), nullable=False),
    Column("expires_at", MOMENT, nullable=False),
    UniqueConstraint("site_id", "reference"),
    Index("ix_commerce_reservation_due", "site_id", "state", "expires_at"),
)

collection = Table(
    "commerce_collection",
    METADATA,
    Column("id", ID, primary_key=True),
    _site(),
    Column("slug", SLUG, nullable=False),
    Column("name", JSON, nullable=False),
    Column("description", JSON, nullable=False),
    *_dates(),
    UniqueConstraint("site_id", "slug"),
)

collection_product = Table(
    "commerce_collection_product",
    METADATA,
    _part_of("collection", "collection_id", primary_key=True),
    _part_of("product", "product_id", primary_key=True),
    Column("position", Integer, nullable=False),
    Index("ix_commerce_collection_product_product_id", "product_id"),
)

review = Table(
    "commerce_review",
    METADATA,
    Column("id", ID, primary_key=True),
    _site(),
    _part_of("product", "product_id"),
    Column("author", String(200), nullable=False),
    Column("rating", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("locale", String(35), nullable=False),
    Column("verified", Boolean, nullable=False),
    Column("status", String(8), nullable=False),
    *_dates(),
    CheckConstraint("rating BETWEEN 1 AND 5", name="ck_commerce_review_rating"),
    Index("ix_commerce_review_product_id", "product_id", "status", "created_at"),
    Index("ix_commerce_review_site_id", "site_id", "status"),
)

order = Table(
    "commerce_order",
    METADATA,
    Column("id", ID, primary_key=True),
    _site(),
    Column("external_id", String(100), nullable=False),
    Column("digest", String(64), nullable=False),  # of what was told, to know it again
    Column("source", String(60), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("lines", JSON, nullable=False),
    Column("discount", BigInteger, nullable=False),
    Column("shipping", BigInteger, nullable=False),
    Column("tax", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("placed_at", MOMENT, nullable=False),
    Column("recorded_at", MOMENT, nullable=False),
    UniqueConstraint("site_id", "external_id"),
    Index("ix_commerce_order_placed_at", "site_id", "placed_at"),
)

refund = Table(
    "commerce_refund",
    METADATA,
    Column("id", ID, primary_key=True),
    _part_of("order", "order_id"),
    Column("external_id", String(100), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("reason", String(500), nullable=False),
    Column("refunded_at", MOMENT, nullable=False),
    UniqueConstraint("order_id", "external_id"),
)

# Whether shops of others may fetch a site's products; see feeds.py.
feed = Table(
    "commerce_feed",
    METADATA,
    Column("site_id", ID, ForeignKey("site.id", ondelete="CASCADE"), primary_key=True),
    Column("enabled", Boolean, nullable=False),
    Column("link", String(300), nullable=False),
    Column("currency", String(3), nullable=False),
)
