"""Tables of sites, pages, media, runs, deployments and comments."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
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
    # The revision of which those who follow the site were told last, and when.
    Column("told_seq", BigInteger, nullable=False, server_default="0"),
    Column("told_at", MOMENT),
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
    Column("files", JSON, nullable=False),  # path to {"blob", "type", "size"}
    # "{page}/{node}/{locale}" to {"labels", "required", "thanks"}
    Column("forms", JSON, nullable=False, server_default="{}"),
    # What its pages with products were rendered from; none if there are no such pages.
    Column("edition", String(80)),
    # The change of the site's shop that it shows, and the one up to which it was asked to.
    Column("shop_seq", BigInteger, nullable=False, server_default="0"),
    Column("shop_asked", BigInteger, nullable=False, server_default="0"),
    Column("refreshed_at", MOMENT),
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

# Who is told what happens on a site: another server, by a message with what its query selects.
webhook = Table(
    "webhook",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("site_id", ID, ForeignKey("site.id", ondelete="CASCADE"), nullable=False),
    Column("user_id", ID, ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("secret_id", ID),  # the API token that made it: its scopes bound what is told
    Column("url", String(2000), nullable=False),
    Column("query", Text, nullable=False),
    Column("topic", String(64), nullable=False),  # whose changes it follows: site:… or page:…
    Column("cursor", BigInteger, nullable=False),  # the number of the last change that was taken
    Column("secret", String(80), nullable=False),
    Column("old_secret", String(80)),
    Column("old_secret_until", MOMENT),
    Column("enabled", Boolean, nullable=False),
    Column("reason", String(16)),  # why it is not: by_person, access, query, gone, failing
    Column("failing_since", MOMENT),
    Column("next_at", MOMENT),  # not before
    Column("lease_until", MOMENT),  # a node is at it
    Column("created_at", MOMENT, nullable=False),
    Index("ix_webhook_site_id", "site_id"),
    Index("ix_webhook_enabled", "enabled"),
)

delivery = Table(
    "webhook_delivery",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("webhook_id", ID, ForeignKey("webhook.id", ondelete="CASCADE"), nullable=False),
    Column("seq", BigInteger, nullable=False),  # of the change; 0 for a test
    Column("type", String(40), nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(8), nullable=False),  # waiting, done, failed
    Column("attempts", Integer, nullable=False),
    Column("first_at", MOMENT),
    Column("last_at", MOMENT),
    Column("status", Integer),  # what was answered last; none if nothing was
    Column("milliseconds", Integer),
    Column("answer", String(300)),
    Column("created_at", MOMENT, nullable=False),
    Index("ix_webhook_delivery_webhook_id", "webhook_id", "state", "seq"),
)

# What people say to each other about a page. The first comment of a thread has its own id as `thread_id`.
comment = Table(
    "comment",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("site_id", ID, ForeignKey("site.id", ondelete="CASCADE"), nullable=False),
    Column("page_id", ID, ForeignKey("page.id", ondelete="CASCADE"), nullable=False),
    Column("thread_id", ID, nullable=False),
    Column("author_id", ID, ForeignKey("account.id", ondelete="SET NULL")),
    Column("body", Text, nullable=False),
    Column("mentions", JSON, nullable=False),  # ids of people
    Column("created_at", MOMENT, nullable=False),
    Column("edited_at", MOMENT),
    Column("deleted_at", MOMENT),  # a first comment that was answered leaves its place
    # Of first comments only.
    Column("node_id", String(64)),  # none: it is about the page as a whole
    Column("quote", String(200), nullable=False),  # what the node said then
    Column("resolved_at", MOMENT),
    Column("resolved_by", ID),
    Index("ix_comment_page_id", "page_id"),
    Index("ix_comment_thread_id", "thread_id"),
    Index("ix_comment_site_id", "site_id"),
)

# What somebody is told. A person's are numbered without gaps: see `notification_head`.
notification = Table(
    "notification",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("user_id", ID, ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("site_id", ID, ForeignKey("site.id", ondelete="CASCADE"), nullable=False),
    Column("page_id", ID, ForeignKey("page.id", ondelete="CASCADE")),
    Column("entity_id", ID),  # of the comment, the review, the deployment, the webhook, the link
    Column("actor_id", ID, ForeignKey("account.id", ondelete="SET NULL")),
    Column("created_at", MOMENT, nullable=False),
    Column("read_at", MOMENT),
    UniqueConstraint("user_id", "seq"),
    Index("ix_notification_entity_id", "entity_id"),
    Index("ix_notification_site_id", "site_id"),
    Index("ix_notification_created_at", "created_at"),
)

notification_head = Table(
    "notification_head",
    METADATA,
    Column("user_id", ID, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", BigInteger, nullable=False),
)
