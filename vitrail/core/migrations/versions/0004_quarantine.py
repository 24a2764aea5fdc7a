"""quarantine."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("collab_doc") as table:
        table.add_column(sa.Column("quarantined_at", sa.DateTime(timezone=True)))
        table.add_column(sa.Column("quarantine_reason", sa.String(length=300)))
