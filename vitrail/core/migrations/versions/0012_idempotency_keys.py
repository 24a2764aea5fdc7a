"""idempotency keys, of all that is made."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "idempotency_key",
        sa.Column("user_id", sa.String(length=26), nullable=False),
        sa.Column("mutation", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["account.id"],
            name=op.f("fk_idempotency_key_user_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "mutation", "key", name=op.f("pk_idempotency_key")),
    )
    op.create_index("ix_idempotency_key_created_at", "idempotency_key", ["created_at"])
    with op.batch_alter_table("comment") as table:
        table.drop_constraint(op.f("uq_comment_author_id_idempotency_key"), type_="unique")
        table.drop_column("idempotency_key")
