"""quarantined by."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("collab_doc") as table:
        table.add_column(sa.Column("quarantined_by", sa.String(length=26)))
