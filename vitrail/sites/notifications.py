"""What people are told: rows of each person, made in the transaction of what they tell of.

1. A person's notifications are numbered without gaps: whoever writes one holds the person's row in
   `notification_head` until commit. A transaction that notes something in the site's journal does so before.
2. What somebody may not see any more is not shown.
3. They are dropped after `KEPT_DAYS`.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, false, func, insert, or_, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from vitrail.collab.followers import Followers
from vitrail.core import tables as core
from vitrail.core.access import Action, Subject, allowed
from vitrail.core.clock import aware
from vitrail.core.database import record
from vitrail.core.ids import new_id
from vitrail.sites import tables as t
from vitrail.sites.audience import Person, people, who_may

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Collection, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.core.access import Actor
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database

LOG = logging.getLogger(__name__)
KEPT_DAYS = 90
LOOK_SECONDS = 0.5
MAX_TOLD = 100  # at once, to who was away
HOLD = text(
    "INSERT INTO notification_head (user_id, seq) VALUES (:user, 1)"
    " ON CONFLICT (user_id) DO UPDATE SET seq = notification_head.seq + 1"
)


class Kind(StrEnum):
    """What a notification tells."""

    MENTION = "mention"
    REPLY = "reply"
    COMMENT = "comment"
    INVITATION = "invitation"
    REVIEW = "review"
    PUBLICATION = "publication"
    WEBHOOK = "webhook"


# What one must be allowed to do on the site to be told. An invitation is of somebody who has no role yet.
NEEDS = {
    Kind.MENTION: Action.PAGE_READ,
    Kind.REPLY: Action.PAGE_READ,
    Kind.COMMENT: Action.PAGE_READ,
    Kind.REVIEW: Action.SHOP_WRITE,
    Kind.PUBLICATION: Action.SITE_PUBLISH,
    Kind.WEBHOOK: Action.SITE_WEBHOOKS,
}


@dataclass(frozen=True, slots=True)
class Ring:
    """What people are to be told.

    Attributes:
        kind: What it tells.
        site_id: Where it happened.
        entity_id: What it is about.
        actor_id: Who did it, if somebody did; they are not told.
        page_id: On which page.
    """

    kind: Kind
    site_id: str
    entity_id: str
    actor_id: str | None = None
    page_id: str | None = None


@dataclass(frozen=True, slots=True)
class Notification:
    """What somebody is told.

    Attributes:
        seq: Its number among theirs.
        site_name: The name of the site where it happened.
        entity_id: What it is about.
        actor: Who did it, if somebody did.
    """

    id: str
    seq: int
    kind: Kind
    site_id: str
    site_name: str
    page_id: str | None
    entity_id: str | None
    actor: Person | None
    created_at: datetime
    read_at: datetime | None


class Notifications:
    """The notifications of all people."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._followers = Followers()
        self._heads: dict[str, int] = {}
        self._following: dict[str, int] = {}

    # ---- writing --------------------------------------------------------------------------

    async def ring(self, sql: AsyncConnection, ring: Ring, users: Collection[str]) -> None:
        """Tell people something, in the transaction of what it is; the last thing of it."""
        told = sorted(
            set(users) - {ring.actor_id}
        )  # in one order, so that nobody waits in a circle
        if not told:
            return
        h = t.notification_head.c
        await sql.execute(HOLD, [{"user": user} for user in told])
        heads = await sql.execute(select(h.user_id, h.seq).where(h.user_id.in_(told)))
        same = {
            "kind": ring.kind,
            "site_id": ring.site_id,
            "page_id": ring.page_id,
            "entity_id": ring.entity_id,
            "actor_id": ring.actor_id,
            "created_at": self._clock.now(),
        }
        rows = [
            {"id": new_id(self._clock), "user_id": user, "seq": seq, **same} for user, seq in heads
        ]
        await sql.execute(insert(t.notification), rows)

    async def ring_who_may(self, sql: AsyncConnection, ring: Ring) -> None:
        """Tell everybody who may know it, in the transaction of what it is; the last thing of it."""
        subject = await self._subject(sql, ring.site_id)
        await self.ring(sql, ring, await who_may(sql, subject, NEEDS[ring.kind]))

    async def review_waits(
        self, sql: AsyncConnection, site_id: str, review_id: str, actor_id: str | None
    ) -> None:
        """Tell that reviews wait for a moderator, those who have read the last time that they were told."""
        n = t.notification.c
        unread = (n.site_id == site_id) & (n.kind == Kind.REVIEW) & n.read_at.is_(None)
        know = (await sql.execute(select(n.user_id).where(unread))).scalars()
        subject = await self._subject(sql, site_id)
        users = await who_may(sql, subject, NEEDS[Kind.REVIEW]) - set(know)
        await self.ring(sql, Ring(Kind.REVIEW, site_id, review_id, actor_id), users)

    async def invited(
        self, sql: AsyncConnection, site_id: str, link_id: str, email: str, actor_id: str | None
    ) -> None:
        """Tell somebody who has an account here that a link to a site is theirs."""
        query = select(core.user.c.id).where(core.user.c.email == email, core.user.c.active)
        users = (await sql.execute(query)).scalars().all()
        await self.ring(sql, Ring(Kind.INVITATION, site_id, link_id, actor_id), users)

    @staticmethod
    async def withdraw(sql: AsyncConnection, entity_ids: Collection[str]) -> None:
        """Take back what was told of things that are gone."""
        await sql.execute(
            delete(t.notification).where(t.notification.c.entity_id.in_(list(entity_ids)))
        )

    async def read(self, user_id: str, ids: Sequence[str] | None) -> None:
        """Mark notifications of a person as read; all of them without ids."""
        n = t.notification.c
        which = (n.user_id == user_id) & n.read_at.is_(None)
        if ids is not None:
            which &= n.id.in_(list(ids))
        async with self._database.write() as sql:
            await sql.execute(update(t.notification).where(which).values(read_at=self._clock.now()))

    @staticmethod
    async def _subject(sql: AsyncConnection, site_id: str) -> Subject:
        query = select(t.site.c.organisation_id).where(t.site.c.id == site_id)
        return Subject((await sql.execute(query)).scalar_one(), site_id)

    # ---- reading --------------------------------------------------------------------------

    async def list(
        self, actor: Actor, sites: Sequence[Subject], first: int, before: int | None = None
    ) -> list[Notification]:
        """Return what an actor was told, the newest first.

        Args:
            actor: Who asks.
            sites: Those on which they have a role.
            first: How many at most.
            before: Only those with a lower number.
        """
        n = t.notification.c
        which = self._visible(actor, sites)
        if before is not None:
            which &= n.seq < before
        return await self._read(which, n.seq.desc(), first)

    async def since(self, actor: Actor, sites: Sequence[Subject], seq: int) -> list[Notification]:
        """Return what an actor was told after a number, the oldest first, at most `MAX_TOLD`."""
        n = t.notification.c
        return await self._read(self._visible(actor, sites) & (n.seq > seq), n.seq, MAX_TOLD)

    async def unread(self, actor: Actor, sites: Sequence[Subject]) -> int:
        """Return how many notifications an actor has not read."""
        which = self._visible(actor, sites) & t.notification.c.read_at.is_(None)
        query = select(func.count()).select_from(t.notification).where(which)
        async with self._database.read() as sql:
            return (await sql.execute(query)).scalar_one()

    def _visible(self, actor: Actor, sites: Sequence[Subject]) -> ColumnElement[bool]:
        n, now = t.notification.c, self._clock.now()
        open_links = select(core.secret.c.id).where(core.secret.c.expires_at > now)
        kinds = [and_(n.kind == Kind.INVITATION, n.entity_id.in_(open_links))]
        for kind, action in NEEDS.items():
            may = [s.site_id for s in sites if allowed(actor, action, s)]
            kinds.append(and_(n.kind == kind, n.site_id.in_(may)) if may else false())
        young = n.created_at > now - timedelta(days=KEPT_DAYS)
        return and_(n.user_id == actor.user_id, young, or_(*kinds))

    async def _read(
        self, which: ColumnElement[bool], order: ColumnElement[Any], limit: int
    ) -> list[Notification]:
        query = (
            select(t.notification, t.site.c.name.label("site_name"))
            .join(t.site, t.site.c.id == t.notification.c.site_id)
            .where(which)
            .order_by(order)
            .limit(limit)
        )
        async with self._database.read() as sql:
            rows = [record(row) for row in await sql.execute(query)]
            known = await people(sql, {row["actor_id"] for row in rows} - {None})
        return [_notification(row, known) for row in rows]

    # ---- following ------------------------------------------------------------------------

    async def head(self, user_id: str) -> int:
        """Return the number of a person's newest notification, 0 if they have none."""
        h = t.notification_head.c
        found = await self._database.fetch(select(h.seq).where(h.user_id == user_id))
        return found[0].seq if found else 0

    async def follow(self, user_id: str, since: int | None) -> AsyncGenerator[int]:
        """Yield the number of a person's newest notification, each time that there is a newer one."""
        self._heads[user_id] = now = await self.head(user_id)
        self._following[user_id] = self._following.get(user_id, 0) + 1
        try:
            head = lambda: self._heads.get(user_id, 0)  # noqa: E731
            async for seq in self._followers.follow(user_id, head, now if since is None else since):
                yield seq
        finally:
            self._following[user_id] -= 1
            if not self._following[user_id]:
                del self._following[user_id], self._heads[user_id]

    async def run(self) -> None:
        """Tell those who follow, until cancelled."""
        while True:
            try:
                await self._look()
            except (SQLAlchemyError, OSError):
                LOG.exception("notifications cannot be read; tried again")
            await asyncio.sleep(LOOK_SECONDS)

    async def _look(self) -> None:
        """Look once for all who follow on this node, whoever has written."""
        if not self._following:
            return
        h = t.notification_head.c
        query = select(h.user_id, h.seq).where(h.user_id.in_(list(self._following)))
        for user_id, seq in await self._database.fetch(query):
            if user_id in self._following and seq > self._heads[user_id]:
                self._heads[user_id] = seq
                self._followers.tell([user_id])

    async def forget(self) -> None:
        """Drop what is older than `KEPT_DAYS`."""
        old = t.notification.c.created_at <= self._clock.now() - timedelta(days=KEPT_DAYS)
        async with self._database.write() as sql:
            await sql.execute(delete(t.notification).where(old))


def _notification(row: dict[str, Any], known: dict[str, Person]) -> Notification:
    row.pop("user_id")
    for name in ("created_at", "read_at"):
        row[name] = row[name] and aware(row[name])
    row["kind"] = Kind(row["kind"])
    row["actor"] = known.get(row.pop("actor_id"))
    return Notification(**row)
