"""Webhooks as people keep them: whom a site tells what happens, and what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from vitrail.core.access import Action, authorize
from vitrail.core.database import record
from vitrail.core.errors import Conflict, NotFound
from vitrail.core.ids import is_id, new_id
from vitrail.core.signing import new_signing_secret
from vitrail.sites import tables as t
from vitrail.sites.webhook import Delivery, Webhook, delivery_from, webhook_from

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.core.access import Actor
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database
    from vitrail.core.identity import Identity
    from vitrail.sites.catalogue import Catalogue
    from vitrail.sites.webhook import Feed, Outside

MAX_PER_SITE = 20
KEPT_DELIVERIES = 50  # of those that are over, for each webhook
OLD_SECRET_HOURS = 24
BY_PERSON = "by_person"


class Webhooks:
    """The webhooks of all sites. The door authorises, in the site that it names."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        feed: Feed,
        outside: Outside,
        identity: Identity,
        catalogue: Catalogue,
    ) -> None:
        self._database = database
        self._clock = clock
        self._feed = feed
        self._outside = outside
        self._identity = identity
        self._catalogue = catalogue

    async def create(self, site_id: str, actor: Actor, url: str, query: str) -> tuple[Webhook, str]:
        """Have what happens from now on told; return the webhook and its secret, shown this once.

        Raises:
            InvalidInput: The address may not be asked, or the query cannot be followed.
            NotAllowed: The actor may not be told that.
            Conflict: The site has `MAX_PER_SITE` already.
        """
        self._outside.check(url)
        topic = await self._feed.topic(actor, site_id, query)
        cursor = (await self._feed.heads([topic])).get(topic, 0)
        secret, webhook_id = new_signing_secret(), new_id(self._clock)
        w = t.webhook.c
        async with self._database.write() as sql:
            count = select(func.count()).select_from(t.webhook).where(w.site_id == site_id)
            if (await sql.execute(count)).scalar_one() >= MAX_PER_SITE:
                raise Conflict(f"a site has at most {MAX_PER_SITE} webhooks", hint="delete one")
            await sql.execute(
                insert(t.webhook).values(
                    id=webhook_id,
                    site_id=site_id,
                    user_id=actor.user_id,
                    secret_id=actor.secret_id if actor.scopes is not None else None,
                    url=url,
                    query=query,
                    topic=topic,
                    cursor=cursor,
                    secret=secret,
                    enabled=True,
                    created_at=self._clock.now(),
                )
            )
        return await self.find(site_id, webhook_id), secret

    async def change(
        self,
        site_id: str,
        webhook_id: str,
        actor: Actor,
        *,
        url: str | None = None,
        query: str | None = None,
    ) -> None:
        """Give a webhook another address, or another query, which tells what happens from now on.

        Whoever changes it stands for it from now on: what it tells is what they may know.

        Raises:
            NotFound: The site has no such webhook.
            InvalidInput: The address may not be asked, or the query cannot be followed.
            NotAllowed: The actor may not be told that.
        """
        found = await self.find(site_id, webhook_id)
        values: dict[str, Any] = {
            "user_id": actor.user_id,
            "secret_id": actor.secret_id if actor.scopes is not None else None,
        }
        if url is not None:
            self._outside.check(url)
            values |= {"url": url, "next_at": None}
        topic = await self._feed.topic(actor, site_id, found.query if query is None else query)
        if query is not None:
            cursor = (await self._feed.heads([topic])).get(topic, 0)
            values |= {"query": query, "topic": topic}
            if topic != found.topic:
                values["cursor"] = cursor
        await self._update(t.webhook.c.id == webhook_id, values)

    async def enable(self, site_id: str, webhook_id: str, *, from_now: bool) -> None:
        """Deliver again: what has happened meanwhile first, unless only what happens from now on.

        Raises:
            NotFound: The site has no such webhook.
        """
        found = await self.find(site_id, webhook_id)
        values: dict[str, Any] = {
            "enabled": True,
            "reason": None,
            "failing_since": None,
            "next_at": None,
        }
        if from_now:
            heads = await self._feed.heads([found.topic])
            values["cursor"] = heads.get(found.topic, found.cursor)
        d = t.delivery.c
        waiting = (d.webhook_id == webhook_id) & (d.state == "waiting")
        async with self._database.write() as sql:
            changed = {"state": "failed"} if from_now else {"first_at": None, "attempts": 0}
            await sql.execute(update(t.delivery).where(waiting).values(changed))
            await sql.execute(update(t.webhook).where(t.webhook.c.id == webhook_id).values(values))

    async def disable(self, site_id: str, webhook_id: str, reason: str = BY_PERSON) -> None:
        """Deliver no more.

        Raises:
            NotFound: The site has no such webhook.
        """
        await self.find(site_id, webhook_id)
        await self._update(t.webhook.c.id == webhook_id, {"enabled": False, "reason": reason})

    async def remove(self, site_id: str, webhook_id: str) -> None:
        """Delete a webhook with its deliveries.

        Raises:
            NotFound: The site has no such webhook.
        """
        await self.find(site_id, webhook_id)
        async with self._database.write() as sql:
            await sql.execute(delete(t.webhook).where(t.webhook.c.id == webhook_id))

    async def rotate_secret(self, site_id: str, webhook_id: str) -> str:
        """Return a new secret, shown this once; the old one signs beside it for `OLD_SECRET_HOURS`.

        Raises:
            NotFound: The site has no such webhook.
        """
        found = await self.find(site_id, webhook_id)
        secret = new_signing_secret()
        until = self._clock.now() + timedelta(hours=OLD_SECRET_HOURS)
        values = {"secret": secret, "old_secret": found.secrets[0], "old_secret_until": until}
        await self._update(t.webhook.c.id == webhook_id, values)
        return secret

    async def maker(self, webhook: Webhook) -> Actor:
        """Return who made a webhook, as they are now.

        Raises:
            NotSignedIn: The account is closed, or the token was revoked.
            NotFound: They have no role on the site any more.
            NotAllowed: Their role does not allow webhooks any more.
        """
        actor = await self._identity.actor_of_absent(webhook.user_id, webhook.secret_id)
        authorize(actor, Action.SITE_WEBHOOKS, await self._catalogue.subject(webhook.site_id))
        return actor

    # ---- reading --------------------------------------------------------------------------

    async def site_of(self, webhook_id: str) -> str:
        """Return the site of a webhook.

        Raises:
            NotFound: There is no such webhook.
        """
        return str(await self._one(t.webhook.c.site_id, webhook_id))

    async def webhook_of(self, delivery_id: str) -> str:
        """Return the webhook of a delivery.

        Raises:
            NotFound: There is no such delivery.
        """
        return str(await self._one(t.delivery.c.webhook_id, delivery_id))

    async def find(self, site_id: str, webhook_id: str) -> Webhook:
        """Return a webhook of a site.

        Raises:
            NotFound: The site has none of this id.
        """
        query = select(t.webhook).where(
            t.webhook.c.id == webhook_id, t.webhook.c.site_id == site_id
        )
        async with self._database.read() as sql:
            row = (await sql.execute(query)).first()
        if row is None:
            raise NotFound("there is no such webhook")
        return webhook_from(record(row), self._clock.now())

    async def list(self, site_ids: Collection[str]) -> dict[str, list[Webhook]]:
        """Return the webhooks of sites, the oldest first."""
        w = t.webhook.c
        query = select(t.webhook).where(w.site_id.in_(list(site_ids))).order_by(w.id)
        found: dict[str, list[Webhook]] = {site_id: [] for site_id in site_ids}
        async with self._database.read() as sql:
            for row in await sql.execute(query):
                found[row.site_id].append(webhook_from(record(row), self._clock.now()))
        return found

    async def deliveries(self, webhook_ids: Collection[str]) -> dict[str, list[Delivery]]:
        """Return the deliveries of webhooks, the newest first."""
        d = t.delivery.c
        query = (
            select(t.delivery)
            .where(d.webhook_id.in_(list(webhook_ids)))
            .order_by(d.created_at.desc(), d.seq.desc(), d.id)
        )
        found: dict[str, list[Delivery]] = {webhook_id: [] for webhook_id in webhook_ids}
        async with self._database.read() as sql:
            for row in await sql.execute(query):
                found[row.webhook_id].append(delivery_from(record(row)))
        return found

    async def _one(self, column: Any, row_id: str) -> Any:
        query = select(column).where(column.table.c.id == row_id)
        async with self._database.read() as sql:
            found = (await sql.execute(query)).scalar_one_or_none() if is_id(row_id) else None
        if found is None:
            label = "webhook" if column.table is t.webhook else "delivery"
            raise NotFound(f"there is no such {label}")
        return found

    async def _update(self, which: ColumnElement[bool], values: Mapping[str, Any]) -> None:
        async with self._database.write() as sql:
            await sql.execute(update(t.webhook).where(which).values(values))


async def prune(sql: AsyncConnection, webhook_id: str) -> None:
    """Drop the oldest deliveries of a webhook that are over, beyond `KEPT_DELIVERIES`."""
    d = t.delivery.c
    over = select(d.id).where(d.webhook_id == webhook_id, d.state != "waiting")
    old = over.order_by(d.created_at.desc(), d.seq.desc()).offset(KEPT_DELIVERIES)
    ids = list((await sql.execute(old.limit(1_000))).scalars())
    if ids:
        await sql.execute(delete(t.delivery).where(d.id.in_(ids)))
