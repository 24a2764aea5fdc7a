"""Tables of the log."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, LargeBinary, String, Table

from vitrail.core.database import METADATA

NAME = String(64)

doc = Table(
    "collab_doc",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("lineage", String(26), nullable=False),
    Column("head_seq", BigInteger, nullable=False),
    Column("snap_seq", BigInteger, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("quarantined_at", DateTime(timezone=True)),  # it opens to nobody since then
    Column("quarantine_reason", String(300)),
)

# The truth: every accepted update, as it came, with who made it.
update = Table(
    "collab_update",
    METADATA,
    Column("doc_id", NAME, ForeignKey("collab_doc.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("actor_id", String(26)),
    Column("actor_kind", String(8), nullable=False),
    Column("payload", LargeBinary, nullable=False),
)

# A verified digest of the first `seq` updates; the newest is kept.
snapshot = Table(
    "collab_snapshot",
    METADATA,
    Column("doc_id", NAME, ForeignKey("collab_doc.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("payload", LargeBinary, nullable=False),
)
