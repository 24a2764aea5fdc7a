"""Tables of the log."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
)

from vitrail.core.database import METADATA

NAME = String(64)


def _doc() -> Column[str]:
    reference = ForeignKey("collab_doc.id", ondelete="CASCADE")
    return Column("doc_id", NAME, reference, primary_key=True)


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
    Column("quarantined_by", String(26)),  # a person; null when the server did it by itself
    Column("poison", LargeBinary),  # updates that are kept out of it; see poison.py
)

# The truth: every accepted update, as it came, with who made it. Old ones move to segments.
update = Table(
    "collab_update",
    METADATA,
    _doc(),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("actor_id", String(26)),
    Column("actor_kind", String(8), nullable=False),
    Column("payload", LargeBinary, nullable=False),
)

# What the first `seq` updates come to: the newest, from which the document is loaded, and some
# older ones, from which its past is.
snapshot = Table(
    "collab_snapshot",
    METADATA,
    _doc(),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("digest", String(32), nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("touched", LargeBinary, nullable=False),
)

# Older updates, packed; see `segments`.
segment = Table(
    "collab_segment",
    METADATA,
    _doc(),
    Column("last_seq", BigInteger, primary_key=True, autoincrement=False),
    Column("first_seq", BigInteger, nullable=False),
    Column("ended_at", DateTime(timezone=True), nullable=False),
    Column("is_thin", Boolean, nullable=False),
    Column("sessions", JSON, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Index("ix_collab_segment_ended_at", "is_thin", "ended_at"),
)

# Client ids of histories that a document had before: packed by `lineage`, at most a row for each.
retired = Table("collab_retired", METADATA, _doc(), Column("clients", LargeBinary, nullable=False))

# Moments with a name, and those before something that changes much.
version = Table(
    "collab_version",
    METADATA,
    Column("id", String(26), primary_key=True),
    Column("doc_id", NAME, ForeignKey("collab_doc.id", ondelete="CASCADE"), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("label", String(200), nullable=False),
    Column("actor_id", String(26)),
    Column("actor_kind", String(8), nullable=False),
    Index("ix_collab_version_doc_id_seq", "doc_id", "seq"),
)
