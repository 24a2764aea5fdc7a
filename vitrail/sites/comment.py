"""A comment, and what somebody wants to say."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vitrail.core.errors import InvalidInput, TooLarge

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from vitrail.sites.audience import Person

MAX_BODY = 5_000


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment.

    Attributes:
        thread_id: The first comment of its thread, which may be itself.
        author: Who wrote it; none if the account is gone.
        body: Plain text; empty if it was deleted.
        mentions: The people whom it names.
        node_id: Of a first comment: what it is about; none for the page as a whole.
        quote: The beginning of what the node said when the thread began.
        resolved_by: Who resolved the thread, if it is.
    """

    id: str
    site_id: str
    page_id: str
    thread_id: str
    author: Person | None
    body: str
    mentions: tuple[Person, ...]
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None
    node_id: str | None
    quote: str
    resolved_at: datetime | None
    resolved_by: Person | None


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wants to say.

    Attributes:
        body: Plain text of at most `MAX_BODY` characters.
        mentions: Ids of people of the site.
    """

    body: str
    mentions: Sequence[str] = ()


def check_body(text: str) -> str:
    """Return a text without what is not for reading.

    Raises:
        InvalidInput: Nothing is left.
        TooLarge: It has more than `MAX_BODY` characters.
    """
    kept = "".join(
        each
        for each in text.replace("\r\n", "\n")
        if each in "\n\t" or unicodedata.category(each) not in {"Cc", "Cs"}
    ).strip()
    if not kept:
        raise InvalidInput("a comment has a text")
    if len(kept) > MAX_BODY:
        raise TooLarge(f"a comment has at most {MAX_BODY} characters")
    return kept
