"""A webhook and its messages, as values; and what webhooks need to be told from outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from vitrail.core.clock import aware

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from vitrail.core.access import Actor


@dataclass(frozen=True, slots=True)
class News:
    """One event that a webhook is to tell.

    Attributes:
        seq: The number of the change.
        type: What the query is called in the schema, such as `siteEvents`.
        body: The message, as JSON.
    """

    seq: int
    type: str
    body: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Some events, in their order.

    Attributes:
        news: The events.
        cursor: The number up to which that is all.
        has_more: Whether there is more already.
    """

    news: Sequence[News]
    cursor: int
    has_more: bool


class Feed(Protocol):
    """Who knows what happens on sites, and how queries read it."""

    async def topic(self, actor: Actor, site_id: str, query: str) -> str:
        """Return whose changes a query follows, `site:…` or `page:…`.

        Raises:
            InvalidInput: It is not a subscription that a webhook of this site can have.
            NotAllowed: The actor may not be told that.
        """
        ...

    async def heads(self, topics: Collection[str]) -> Mapping[str, int]:
        """Return the numbers of the last changes, of topics that have any."""
        ...

    async def since(self, actor: Actor, site_id: str, query: str, cursor: int) -> Batch:
        """Return what has happened since a number, as the query tells it to the actor.

        Raises:
            InvalidInput: The query is none any more.
            NotAllowed: The actor may not be told that.
            NotFound: What it follows is gone, or the actor may not know of it any more.
        """
        ...


class Outside(Protocol):
    """Who knows which addresses may be asked."""

    def check(self, url: str) -> None:
        """See that an address may be asked.

        Raises:
            InvalidInput: It may not.
        """
        ...


@dataclass(frozen=True, slots=True)
class Webhook:
    """A webhook.

    Attributes:
        user_id: Who made it; what it tells is what they may know.
        secret_id: The API token with which they did.
        topic: Whose changes it follows.
        cursor: The number of the last change that was taken.
        secrets: Those that sign, the newest first.
        reason: Why it is not enabled.
        failing_since: Since when nothing was delivered.
        next_at: When it is tried again.
    """

    id: str
    site_id: str
    user_id: str
    secret_id: str | None
    url: str
    query: str
    topic: str
    cursor: int
    secrets: tuple[str, ...] = field(repr=False)
    enabled: bool
    reason: str | None
    failing_since: datetime | None
    next_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message, and what became of it.

    Attributes:
        seq: The number of the change; 0 for a test.
        state: `waiting`, `done` or `failed`.
        attempts: How often it was sent.
        first_at: When first.
        status: What was answered last; none if nothing was.
        milliseconds: How long that took.
        answer: The beginning of it, or why there is none.
    """

    id: str
    webhook_id: str
    seq: int
    type: str
    body: str
    state: str
    attempts: int
    first_at: datetime | None
    last_at: datetime | None
    status: int | None
    milliseconds: int | None
    answer: str | None
    created_at: datetime


def webhook_from(row: dict[str, Any], now: datetime) -> Webhook:
    """Return a webhook as its row has it."""
    old_until = row.pop("old_secret_until")
    secret, old = row.pop("secret"), row.pop("old_secret")
    row.pop("lease_until")
    secrets: tuple[str, ...] = (secret,)
    if old is not None and old_until is not None and aware(old_until) > now:
        secrets = (secret, old)
    for name in ("failing_since", "next_at", "created_at"):
        row[name] = row[name] and aware(row[name])
    return Webhook(**row, secrets=secrets)


def delivery_from(row: dict[str, Any]) -> Delivery:
    """Return a delivery as its row has it."""
    for name in ("first_at", "last_at", "created_at"):
        row[name] = row[name] and aware(row[name])
    return Delivery(**row)
