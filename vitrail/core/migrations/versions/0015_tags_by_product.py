"""who has a tag is read from the index alone."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Apply."""
    op.drop_index("ix_commerce_product_tag_tag", "commerce_product_tag")
    op.create_index(
        "ix_commerce_product_tag_tag", "commerce_product_tag", ["site_id", "tag", "product_id"]
    )
