"""commerce."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

# FTS5 reads the words from the table, and triggers keep it in step, also with a restored backup.
SQLITE_SEARCH = (
    """CREATE VIRTUAL TABLE commerce_product_fts USING fts5(
        title, body, content='commerce_product_search', content_rowid='number',
        tokenize='unicode61 remove_diacritics 0', prefix='2 3')""",
    """CREATE TRIGGER commerce_product_search_added AFTER INSERT ON commerce_product_search BEGIN
        INSERT INTO commerce_product_fts (rowid, title, body)
        VALUES (new.number, new.title, new.body);
    END""",
    """CREATE TRIGGER commerce_product_search_removed AFTER DELETE ON commerce_product_search BEGIN
        INSERT INTO commerce_product_fts (commerce_product_fts, rowid, title, body)
        VALUES ('delete', old.number, old.title, old.body);
    END""",
    """CREATE TRIGGER commerce_product_search_changed AFTER UPDATE ON commerce_product_search BEGIN
        INSERT INTO commerce_product_fts (commerce_product_fts, rowid, title, body)
        VALUES ('delete', old.number, old.title, old.body);
        INSERT INTO commerce_product_fts (rowid, title, body)
        VALUES (new.number, new.title, new.body);
    END""",
)
# As in `vitrail.commerce.search`.
POSTGRES_SEARCH = """CREATE INDEX ix_commerce_product_search_words ON commerce_product_search USING gin ((
    setweight(to_tsvector('simple'::regconfig, title), 'A'::"char")
    || setweight(to_tsvector('simple'::regconfig, body), 'D'::"char")))"""


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "commerce_category",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("site_id", sa.String(length=26), nullable=False),
        sa.Column("parent_id", sa.String(length=26), nullable=True),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["commerce_category.id"],
            name=op.f("fk_commerce_category_parent_id_commerce_category"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["site.id"],
            name=op.f("fk_commerce_category_site_id_site"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commerce_category")),
        sa.UniqueConstraint("site_id", "slug", name=op.f("uq_commerce_category_site_id_slug")),
    )
    op.create_index(
        "ix_commerce_category_parent_id", "commerce_category", ["parent_id"], unique=False
    )
    op.create_table(
        "commerce_change",
        sa.Column("site_id", sa.String(length=26), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("entity_id", sa.String(length=26), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("actor_id", sa.String(length=26), nullable=True),
        sa.Column("actor_kind", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["site.id"],
            name=op.f("fk_commerce_change_site_id_site"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site_id", "seq", name=op.f("pk_commerce_change")),
    )
    op.create_index(
        "ix_commerce_change_entity",
        "commerce_change",
        ["site_id", "kind", "entity_id", "seq"],
        unique=False,
    )
    op.create_table(
        "commerce_collection",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("site_id", sa.String(length=26), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("description", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["site.id"],
            name=op.f("fk_commerce_collection_site_id_site"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commerce_collection")),
        sa.UniqueConstraint("site_id", "slug", name=op.f("uq_commerce_collection_site_id_slug")),
    )
    op.create_table(
        "commerce_ledger",
        sa.Column("site_id", sa.String(length=26), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["site.id"],
            name=op.f("fk_commerce_ledger_site_id_site"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_commerce_ledger")),
    )
    op.create_table(
        "commerce_merchant",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("site_id", sa.String(length=26), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["site.id"],
            name=op.f("fk_commerce_merchant_site_id_site"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commerce_merchant")),
        sa.UniqueConstraint("site_id", "slug", name=op.f("uq_commerce_merchant_site_id_slug")),
    )
    op.create_table(
        "commerce_order",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("site_id", sa.String(length=26), nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("discount", sa.BigInteger(), nullable=False),
        sa.Column("shipping", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["site.id"],
            name=op.f("fk_commerce_order_site_id_site"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commerce_order")),
        sa.UniqueConstraint(
            "site_id", "external_id", name=op.f("uq_commerce_order_site_id_external_id")
        ),
    )
    op.create_index(
        "ix_commerce_order_placed_at", "commerce_order", ["site_id", "placed_at"], unique=False
    )
    op.create_table(
        "commerce_reservation",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("site_id", sa.String(length=26), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=True),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["site.id"],
            name=op.f("fk_commerce_reservation_site_id_site"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commerce_reservation")),
        sa.UniqueConstraint(
            "site_id", "reference", name=op.f("uq_commerce_reservation_site_id_reference")
        ),
    )
    op.create_index(
        "ix_commerce_reservation_due",
        "commerce_reservation",
        ["site_id", "state", "expires_at"],
        unique=False,
    )
    op.create_table(
        "commerce_product",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("site_id", sa.String(length=26), nullable=False),
        sa.Column("merchant_id", sa.String(length=26), nullable=False),
        sa.Column("category_id", sa.String(length=26), nullable=True),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("description", sa.JSON(), nullable=False),
        sa.Column("sort_fr", sa.String(length=200), nullable=False),
        sa.Column("sort_en", sa.String(length=200), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("images", sa.JSON(), nullable=False),
        sa.Column("affiliate_links", sa.JSON(), nullable=False),
        sa.Column("rating_sum", sa.Integer(), nullable=False),
        sa.Column("rating_count", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("units_sold", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["commerce_category.id"],
            name=op.f("fk_commerce_product_category_id_commerce_category"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id"],
            ["commerce_merchant.id"],
            name=op.f("fk_commerce_product_merchant_id_commerce_merchant"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["site.id"],
            name=op.f("fk_commerce_product_site_id_site"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commerce_product")),
        sa.UniqueConstraint("site_id", "slug", name=op.f("uq_commerce_product_site_id_slug")),
    )
    op.create_index(
        "ix_commerce_product_category_id", "commerce_product", ["category_id"], unique=False
    )
    op.create_index(
        "ix_commerce_product_merchant_id", "commerce_product", ["merchant_id"], unique=False
    )
    op.create_index(
        "ix_commerce_product_site_id", "commerce_product", ["site_id", "status"], unique=False
    )
    op.create_table(
        "commerce_refund",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("order_id", sa.String(length=26), nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("refunded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["commerce_order.id"],
            name=op.f("fk_commerce_refund_order_id_commerce_order"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commerce_refund")),
        sa.UniqueConstraint(
            "order_id", "external_id", name=op.f("uq_commerce_refund_order_id_external_id")
        ),
    )
    op.create_table(
        "commerce_affinity",
        sa.Column("product_id", sa.String(length=26), nullable=False),
        sa.Column("other_id", sa.String(length=26), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["commerce_product.id"],
            name=op.f("fk_commerce_affinity_other_id_commerce_product"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["commerce_product.id"],
            name=op.f("fk_commerce_affinity_product_id_commerce_product"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("product_id", "other_id", name=op.f("pk_commerce_affinity")),
    )
    op.create_index(
        "ix_commerce_affinity_other_id", "commerce_affinity", ["other_id"], unique=False
    )
    op.create_table(
        "commerce_collection_product",
        sa.Column("collection_id", sa.String(length=26), nullable=False),
        sa.Column("product_id", sa.String(length=26), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["commerce_collection.id"],
            name=op.f("fk_commerce_collection_product_collection_id_commerce_collection"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["commerce_product.id"],
            name=op.f("fk_commerce_collection_product_product_id_commerce_product"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "collection_id", "product_id", name=op.f("pk_commerce_collection_product")
        ),
    )
    op.create_index(
        "ix_commerce_collection_product_product_id",
        "commerce_collection_product",
        ["product_id"],
        unique=False,
    )
    op.create_table(
        "commerce_product_search",
        sa.Column("product_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["commerce_product.id"],
            name=op.f("fk_commerce_product_search_product_id_commerce_product"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_commerce_product_search")),
        sa.UniqueConstraint("number", name=op.f("uq_commerce_product_search_number")),
    )
    op.create_table(
        "commerce_product_tag",
        sa.Column("product_id", sa.String(length=26), nullable=False),
        sa.Column("tag", sa.String(length=60), nullable=False),
        sa.Column("site_id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["commerce_product.id"],
            name=op.f("fk_commerce_product_tag_product_id_commerce_product"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("product_id", "tag", name=op.f("pk_commerce_product_tag")),
    )
    op.create_index(
        "ix_commerce_product_tag_tag", "commerce_product_tag", ["site_id", "tag"], unique=False
    )
    op.create_table(
        "commerce_review",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("site_id", sa.String(length=26), nullable=False),
        sa.Column("product_id", sa.String(length=26), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("locale", sa.String(length=35), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="ck_commerce_review_rating"),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["commerce_product.id"],
            name=op.f("fk_commerce_review_product_id_commerce_product"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["site.id"],
            name=op.f("fk_commerce_review_site_id_site"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commerce_review")),
    )
    op.create_index(
        "ix_commerce_review_product_id",
        "commerce_review",
        ["product_id", "status", "created_at"],
        unique=False,
    )
    op.create_index(
        "ix_commerce_review_site_id", "commerce_review", ["site_id", "status"], unique=False
    )
    op.create_table(
        "commerce_variant",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("site_id", sa.String(length=26), nullable=False),
        sa.Column("product_id", sa.String(length=26), nullable=False),
        sa.Column("sku", sa.String(length=80), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("available", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("policy", sa.String(length=8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("available >= 0", name="ck_commerce_variant_available"),
        sa.CheckConstraint("reserved >= 0", name="ck_commerce_variant_reserved"),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["commerce_product.id"],
            name=op.f("fk_commerce_variant_product_id_commerce_product"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["site.id"],
            name=op.f("fk_commerce_variant_site_id_site"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commerce_variant")),
        sa.UniqueConstraint("site_id", "sku", name=op.f("uq_commerce_variant_site_id_sku")),
    )
    op.create_index(
        "ix_commerce_variant_product_id", "commerce_variant", ["product_id"], unique=False
    )
    op.create_table(
        "commerce_price",
        sa.Column("variant_id", sa.String(length=26), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("product_id", sa.String(length=26), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("compare_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["commerce_product.id"],
            name=op.f("fk_commerce_price_product_id_commerce_product"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"],
            ["commerce_variant.id"],
            name=op.f("fk_commerce_price_variant_id_commerce_variant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("variant_id", "currency", name=op.f("pk_commerce_price")),
    )
    op.create_index(
        "ix_commerce_price_product_id",
        "commerce_price",
        ["product_id", "currency", "amount"],
        unique=False,
    )
    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE_SEARCH:
            op.execute(statement)
    else:
        op.execute(POSTGRES_SEARCH)
