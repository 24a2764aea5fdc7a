"""from when on a variant that has run out is delivered."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Apply."""
    op.add_column("commerce_variant", sa.Column("available_on", sa.Date(), nullable=True))
