"""documents of comments, which nothing has written, are none any more."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Apply; what belongs to a document goes with it."""
    op.execute("DELETE FROM collab_doc WHERE id LIKE 'comments:%'")
