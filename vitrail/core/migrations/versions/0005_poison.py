"""poison."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("collab_doc") as table:
        table.add_column(sa.Column("poison", sa.LargeBinary()))
