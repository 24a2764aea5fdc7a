"""refreshed deployments."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("deployment") as table:
        table.add_column(sa.Column("edition", sa.String(length=80)))
        table.add_column(sa.Column("shop_seq", sa.BigInteger(), nullable=False, server_default="0"))
        table.add_column(
            sa.Column("shop_asked", sa.BigInteger(), nullable=False, server_default="0")
        )
        table.add_column(sa.Column("refreshed_at", sa.DateTime(timezone=True)))
