"""lineage."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "collab_retired",
        sa.Column("doc_id", sa.String(length=64), nullable=False),
        sa.Column("clients", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["doc_id"],
            ["collab_doc.id"],
            name=op.f("fk_collab_retired_doc_id_collab_doc"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("doc_id", name=op.f("pk_collab_retired")),
    )
