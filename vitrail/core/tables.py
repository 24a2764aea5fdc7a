"""Tables of identity, access and jobs."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from vitrail.core.database import METADATA

ID = String(26)
MOMENT = DateTime(timezone=True)

organisation = Table(
    "organisation",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("created_at", MOMENT, nullable=False),
)

user = Table(
    "account",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("email", String(320), unique=True),  # none for a guest of a share link
    Column("name", String(200), nullable=False),
    Column("color", String(16), nullable=False),
    Column("language", String(8), nullable=False),
    Column("password", String(300)),
    Column("active", Boolean, nullable=False),
    Column("created_at", MOMENT, nullable=False),
)

# Who has which role on which organisation or site.
grant = Table(
    "access_grant",
    METADATA,
    Column("user_id", ID, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("object_kind", String(16), primary_key=True),
    Column("object_id", ID, primary_key=True),
    Column("role", String(16), nullable=False),
    Column("link_id", ID),  # the link that brought this person in: revoking it takes the role away
    Column("created_at", MOMENT, nullable=False),
    Index("ix_access_grant_object", "object_kind", "object_id"),
)

# One row, one number: it grows with every change of who may do what.
access_epoch = Table(
    "access_epoch",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("epoch", Integer, nullable=False),
)

session = Table(
    "session",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("user_id", ID, ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("created_at", MOMENT, nullable=False),
    Column("expires_at", MOMENT, nullable=False),
    Index("ix_session_user_id", "user_id"),
)

# Secrets that are shown once: sign-in links, invitations, share links, API tokens, tickets.
secret = Table(
    "secret",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("hash", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("user_id", ID, ForeignKey("account.id", ondelete="CASCADE")),
    Column("site_id", ID),
    Column("role", String(16)),
    Column("email", String(320)),
    Column("name", String(200)),
    Column("scopes", JSON),
    Column("doc", String(64)),
    Column("origin", String(300)),
    Column("session_hash", String(64)),
    Column("created_by", ID),
    Column("created_at", MOMENT, nullable=False),
    Column("expires_at", MOMENT),
    Column("used_at", MOMENT),
    UniqueConstraint("hash"),
    Index("ix_secret_site_id", "site_id"),
)

# What was made by requests that may come twice.
idempotency_key = Table(
    "idempotency_key",
    METADATA,
    Column("user_id", ID, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("mutation", String(60), primary_key=True),
    Column("key", String(100), primary_key=True),
    Column("digest", String(64), nullable=False),  # of what was asked
    Column("made", String(64)),  # none as long as it has not ended
    Column("created_at", MOMENT, nullable=False),
    Index("ix_idempotency_key_created_at", "created_at"),
)

job = Table(
    "job",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("state", String(10), nullable=False),  # ready, running, failed
    Column("attempts", Integer, nullable=False),
    Column("run_at", MOMENT, nullable=False),
    Column("lease_until", MOMENT),
    Column("error", String(500)),
    Index("ix_job_state_run_at", "state", "run_at"),
)
