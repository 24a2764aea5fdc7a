"""history."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Apply. Snapshots are made anew: every update is still there."""
    op.execute("UPDATE collab_doc SET snap_seq = 0")
    op.execute("DELETE FROM collab_snapshot")
    with op.batch_alter_table("collab_snapshot") as table:
        table.add_column(sa.Column("digest", sa.String(length=32), nullable=False))
        table.add_column(sa.Column("touched", sa.LargeBinary(), nullable=False))
    op.create_table(
        "collab_segment",
        sa.Column("doc_id", sa.String(length=64), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_thin", sa.Boolean(), nullable=False),
        sa.Column("sessions", sa.JSON(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["doc_id"],
            ["collab_doc.id"],
            name=op.f("fk_collab_segment_doc_id_collab_doc"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("doc_id", "last_seq", name=op.f("pk_collab_segment")),
    )
    op.create_index("ix_collab_segment_ended_at", "collab_segment", ["is_thin", "ended_at"])
    op.create_table(
        "collab_version",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("doc_id", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("actor_id", sa.String(length=26), nullable=True),
        sa.Column("actor_kind", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["doc_id"],
            ["collab_doc.id"],
            name=op.f("fk_collab_version_doc_id_collab_doc"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collab_version")),
    )
    op.create_index("ix_collab_version_doc_id_seq", "collab_version", ["doc_id", "seq"])
