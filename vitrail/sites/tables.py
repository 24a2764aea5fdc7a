"""Tables of sites, pages, media, runs and deployments."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
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

site = Table(
    "site",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("organisation_id", ID, ForeignKey("organisation.id"), nullable=False),
    Column("slug", String(80), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("live_deployment", ID),
    Column("published_at", MOMENT),
    Column("created_at", MOMENT, nullable=False),
    Column("updated_at", MOMENT, nullable=False),
    Index("ix_site_organisation_id", "organisation_id"),
)

page = Table(
    "page",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("site_id", ID, ForeignKey("site.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", MOMENT, nullable=False),
    Index("ix_page_site_id", "site_id"),
)

asset = Table(
    "asset",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("site_id", ID, ForeignKey("site.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("alt", JSON, nullable=False),  # locale to text
    Column("kind", String(20), nullable=False),
    Column("hash", String(20), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("variants", JSON, nullable=False),  # [{"width", "format", "name", "size"}]
    Column("created_at", MOMENT, nullable=False),
    Index("ix_asset_site_id", "site_id"),
)

# A run of commands, with what it takes to undo it.
run = Table(
    "command_run",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("page_id", ID, nullable=False),
    Column("site_id", ID, nullable=False),
    Column("actor_id", ID),
    Column("idempotency_key", String(100)),
    Column("answer", JSON, nullable=False),
    Column("inverses", JSON, nullable=False),
    Column("created_at", MOMENT, nullable=False),
    UniqueConstraint("page_id", "actor_id", "idempotency_key"),
)

deployment = Table(
    "deployment",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("site_id", ID, ForeignKey("site.id", ondelete="CASCADE"), nullable=False),
    Column("created_by", ID),
    Column("created_at", MOMENT, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("files", JSON, nullable=False),  # path to {"blob", "type"}
    # "{page}/{node}/{locale}" to {"labels", "required", "thanks"}
    Column("forms", JSON, nullable=False, server_default="{}"),
    Index("ix_deployment_site_id", "site_id"),
)

form_entry = Table(
    "form_entry",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("site_id", ID, ForeignKey("site.id", ondelete="CASCADE"), nullable=False),
    Column("page_id", ID, nullable=False),
    Column("node_id", String(64), nullable=False),
    Column("locale", String(35), nullable=False),
    Column("fields", JSON, nullable=False),  # [{"name", "label", "value"}]
    Column("created_at", MOMENT, nullable=False),
    Index("ix_form_entry_site_id", "site_id"),
)

# Free documents of other programs: the first to join claims the name for their organisation.
free_document = Table(
    "free_document",
    METADATA,
    Column("name", String(60), primary_key=True),
    Column("organisation_id", ID, ForeignKey("organisation.id"), nullable=False),
    Column("created_at", MOMENT, nullable=False),
)
