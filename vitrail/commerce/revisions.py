"""Who changes a thing may say at which revision they have seen it."""

from __future__ import annotations

from typing import Any

from vitrail.core.errors import Conflict


class RevisionConflict(Conflict):
    """Somebody else has changed the thing since.

    Attributes:
        revision: The one that it is at.
    """

    default_code = "revision"

    def __init__(self, label: str, revision: int) -> None:
        super().__init__(
            f"this {label} has been changed meanwhile and is at revision {revision}",
            hint="read it anew, and make the change again",
        )
        self.revision = revision


def check_revision(row: dict[str, Any], if_revision: int | None, label: str) -> None:
    """See that a row is at the revision that the asker knows, if they say which.

    Raises:
        RevisionConflict: It is at another.
    """
    if if_revision is not None and if_revision != row["revision"]:
        raise RevisionConflict(label, row["revision"])
