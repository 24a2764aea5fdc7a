"""Delivers what webhooks are to tell: in order for each of them, at least once, whatever the others do.

What has happened is numbered in the database, and each webhook has the number of the last change that it has
taken: so nothing is missed by a server that was down, nor what happened on another node. A batch of messages
and the webhook's new number are stored in one transaction; a message is sent until it was answered well.

1. A webhook is delivered by one node at a time, which holds a lease on it for as long as a turn may take.
2. The oldest message that waits is sent first; while it fails, the others of its webhook wait.
3. A message is over when it was answered with 2xx, or has failed for `GIVE_UP_HOURS`.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import insert, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from vitrail.core.clock import aware
from vitrail.core.database import record
from vitrail.core.errors import (
    InvalidInput,
    NotAllowed,
    NotFound,
    NotSignedIn,
    Overloaded,
)
from vitrail.core.ids import new_id
from vitrail.core.limits import Buckets
from vitrail.core.outgoing import Unreachable
from vitrail.core.signing import sign
from vitrail.sites import tables as t
from vitrail.sites.notifications import Kind, Ring
from vitrail.sites.webhook import Delivery, News, Webhook, delivery_from, webhook_from
from vitrail.sites.webhooks import prune

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from vitrail.core.clock import Clock
    from vitrail.core.database import Database
    from vitrail.core.outgoing import Sender
    from vitrail.sites.notifications import Notifications
    from vitrail.sites.webhook import Feed
    from vitrail.sites.webhooks import Webhooks

LOG = logging.getLogger(__name__)
AT_ONCE = 16  # requests under way
PER_TURN = 20  # messages of one webhook before others have their turn
LEASE_SECONDS = 60
LOOK_SECONDS, IDLE_SECONDS = 1.0, 5.0  # with and without webhooks
FIRST_DELAY, LAST_DELAY = (
    5,
    3_600,
)  # seconds before a message is sent again; each time twice as long
GIVE_UP_HOURS = 24  # for one message
DISABLE_DAYS = 5  # of nothing but failures
PAGE_SECONDS = 10  # between two messages of a page that is being edited
MAX_ANSWER = 300
BY_HAND, BY_HAND_PER_SECOND = 10, 0.2
GONE = 410
LOST = (NotAllowed, NotFound, NotSignedIn)


class Deliveries:
    """The delivering of this process.

    Args:
        database: Where webhooks and messages are.
        clock: The time.
        webhooks: The webhooks as people keep them.
        feed: What happens.
        sender: Sends requests out.
        notifications: Tells people when a webhook delivers no more.
        chance: Returns a number from 0 to 1, by which delays vary.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        webhooks: Webhooks,
        feed: Feed,
        sender: Sender,
        notifications: Notifications,
        chance: Callable[[], float] = lambda: secrets.randbelow(1_000) / 1_000,
    ) -> None:
        self._database = database
        self._clock = clock
        self._webhooks = webhooks
        self._feed = feed
        self._sender = sender
        self._notifications = notifications
        self._chance = chance
        self._woken = asyncio.Event()
        self._busy: set[str] = set()
        self._by_hand = Buckets(BY_HAND, BY_HAND_PER_SECOND, clock)

    def wake(self) -> None:
        """Tell this process that there may be something to deliver."""
        self._woken.set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                self._woken.clear()
                pause = IDLE_SECONDS
                try:
                    due, exist = await self._due()
                    pause = LOOK_SECONDS if exist else IDLE_SECONDS
                    for webhook_id in due[: AT_ONCE - len(self._busy)]:
                        self._busy.add(webhook_id)
                        tasks.create_task(self._take_turn(webhook_id))
                except (SQLAlchemyError, OSError):
                    LOG.exception("webhooks cannot be read; tried again")
                # Not `wait_for`: in Python 3.11 it swallows a cancellation that meets a wake.
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await self._woken.wait()

    async def _due(self) -> tuple[list[str], bool]:
        """Return the webhooks that have something to deliver, and whether there are webhooks at all."""
        w, now = t.webhook.c, self._clock.now()
        waiting = select(t.delivery.c.id).where(
            t.delivery.c.webhook_id == w.id, t.delivery.c.state == "waiting"
        )
        query = (
            select(w.id, w.topic, w.cursor, w.next_at, w.lease_until, waiting.exists().label("has"))
            .where(w.enabled)
            .order_by(w.next_at)
        )
        async with self._database.read() as sql:
            rows = (await sql.execute(query)).all()
        if not rows:
            return [], False
        heads = await self._feed.heads({row.topic for row in rows})
        found = [
            row.id
            for row in rows
            if row.id not in self._busy
            and is_past(row.next_at, now)
            and is_past(row.lease_until, now)
            and (row.has or heads.get(row.topic, 0) != row.cursor)
        ]
        return found, True

    async def _take_turn(self, webhook_id: str) -> None:
        try:
            await self.turn(webhook_id)
        except (SQLAlchemyError, OSError):
            LOG.exception("a webhook's turn was cut short; tried again")
        except Exception:
            LOG.exception("a webhook could not be delivered", extra={"webhook": webhook_id})
        finally:
            self._busy.discard(webhook_id)
            self.wake()

    async def turn(self, webhook_id: str) -> None:
        """Deliver some messages of a webhook, unless another node is at it."""
        webhook = await self._claim(webhook_id)
        if webhook is None:
            return
        values: dict[str, Any] = {}
        try:
            for _ in range(PER_TURN):
                delivery = await self._oldest(webhook_id) or await self._fetch(webhook)
                if delivery is None:
                    break
                await self._extend(webhook_id)
                if not await self._attempt(webhook, delivery):
                    break
        except LOST:
            values = {"enabled": False, "reason": "access"}
        except InvalidInput:
            values = {"enabled": False, "reason": "query"}
        finally:
            await self._set(webhook_id, lease_until=None, **values)

    async def _claim(self, webhook_id: str) -> Webhook | None:
        w, now = t.webhook.c, self._clock.now()
        free = or_(w.lease_until.is_(None), w.lease_until <= now)
        async with self._database.write() as sql:
            claimed = await sql.execute(
                update(t.webhook)
                .where(w.id == webhook_id, w.enabled, free)
                .values(lease_until=now + timedelta(seconds=LEASE_SECONDS))
            )
            if claimed.rowcount != 1:
                return None
            row = (await sql.execute(select(t.webhook).where(w.id == webhook_id))).one()
        return webhook_from(record(row), now)

    async def _extend(self, webhook_id: str) -> None:
        await self._set(
            webhook_id, lease_until=self._clock.now() + timedelta(seconds=LEASE_SECONDS)
        )

    async def _set(self, webhook_id: str, **values: Any) -> None:
        w = t.webhook.c
        async with self._database.write() as sql:
            site_id = (
                await sql.execute(
                    update(t.webhook).where(w.id == webhook_id).values(values).returning(w.site_id)
                )
            ).scalar_one_or_none()
            if values.get("enabled") is False and site_id is not None:
                ring = Ring(Kind.WEBHOOK, site_id, webhook_id)
                await self._notifications.ring_who_may(sql, ring)

    async def _oldest(self, webhook_id: str) -> Delivery | None:
        d = t.delivery.c
        query = (
            select(t.delivery)
            .where(d.webhook_id == webhook_id, d.state == "waiting")
            .order_by(d.seq)
            .limit(1)
        )
        async with self._database.read() as sql:
            row = (await sql.execute(query)).first()
        return None if row is None else delivery_from(record(row))

    async def _fetch(self, webhook: Webhook) -> Delivery | None:
        """Store the next messages with the number up to which they reach; return the first of them."""
        w, cursor = t.webhook.c, await self._cursor(webhook.id)
        while cursor is not None:
            actor = await self._webhooks.maker(webhook)
            batch = await self._feed.since(actor, webhook.site_id, webhook.query, cursor)
            if not batch.news and batch.cursor == cursor:
                return None
            async with self._database.write() as sql:
                moved = await sql.execute(
                    update(t.webhook)
                    .where(w.id == webhook.id, w.cursor == cursor)
                    .values(cursor=batch.cursor)
                )
                if moved.rowcount != 1:  # somebody gave it another query meanwhile
                    return None
                for news in batch.news:
                    await sql.execute(insert(t.delivery).values(self._message(webhook.id, news)))
                await prune(sql, webhook.id)
            if batch.news:
                return await self._oldest(webhook.id)
            cursor = batch.cursor if batch.has_more else None
        return None

    async def _cursor(self, webhook_id: str) -> int | None:
        query = select(t.webhook.c.cursor).where(t.webhook.c.id == webhook_id)
        async with self._database.read() as sql:
            return (await sql.execute(query)).scalar_one_or_none()

    def _message(self, webhook_id: str, news: News) -> dict[str, Any]:
        return {
            "id": new_id(self._clock),
            "webhook_id": webhook_id,
            "seq": news.seq,
            "type": news.type,
            "body": news.body,
            "state": "waiting",
            "attempts": 0,
            "created_at": self._clock.now(),
        }

    # ---- one attempt ----------------------------------------------------------------------

    async def _attempt(self, webhook: Webhook, delivery: Delivery) -> bool:
        """Send a message; note what came of it; tell whether the next one may follow."""
        await self._webhooks.maker(webhook)
        tried = await self._send(webhook, delivery)
        now = self._clock.now()
        first = delivery.first_at or now
        hook: dict[str, Any] = {"failing_since": None, "next_at": None}
        if tried["done"]:
            state = "done"
            if webhook.topic.startswith("page:"):
                hook["next_at"] = now + timedelta(seconds=PAGE_SECONDS)
        else:
            since = webhook.failing_since or now
            wait = max(self._delay(delivery.attempts), tried["wait"])
            hook = {"failing_since": since, "next_at": now + timedelta(seconds=wait)}
            is_gone = tried["status"] == GONE
            is_over = now - first >= timedelta(hours=GIVE_UP_HOURS)
            state = "failed" if is_gone or is_over else "waiting"
            if is_gone or now - since >= timedelta(days=DISABLE_DAYS):
                hook |= {"enabled": False, "reason": "gone" if is_gone else "failing"}
        await self._note(delivery, tried, state=state, first_at=first)
        await self._set(webhook.id, **hook)
        return tried["done"] and hook["next_at"] is None

    def _delay(self, attempts: int) -> float:
        """Return the seconds before the next attempt: twice as many each time, less up to a half."""
        longest = min(LAST_DELAY, FIRST_DELAY * 2 ** min(attempts, 20))
        return longest * (1 - self._chance() / 2)

    async def _send(self, webhook: Webhook, delivery: Delivery) -> dict[str, Any]:
        """Send a message and return what came of it: done, status, answer, milliseconds, wait."""
        body = delivery.body.encode()
        headers = {
            "Content-Type": "application/json",
            **sign(f"msg_{delivery.id}", self._clock.now(), body, webhook.secrets),
        }
        began = self._clock.monotonic()
        try:
            answered = await self._sender.post(webhook.url, body, headers)
        except (Unreachable, InvalidInput) as error:
            took = self._clock.monotonic() - began
            status, answer, wait = None, error.message, 0.0
        else:
            took, status = answered.seconds, answered.status
            answer = answered.body.decode("utf-8", "replace").replace("\0", "")
            wait = _retry_after(answered.headers.get("retry-after", ""))
        return {
            "done": status is not None and 200 <= status < 300,
            "status": status,
            "answer": answer[:MAX_ANSWER],
            "milliseconds": round(took * 1_000),
            "wait": wait,
        }

    async def _note(self, delivery: Delivery, tried: dict[str, Any], **values: Any) -> None:
        noted = {name: tried[name] for name in ("status", "answer", "milliseconds")}
        async with self._database.write() as sql:
            await sql.execute(
                update(t.delivery)
                .where(t.delivery.c.id == delivery.id)
                .values(
                    **noted, **values, attempts=delivery.attempts + 1, last_at=self._clock.now()
                )
            )

    # ---- by hand --------------------------------------------------------------------------

    async def test(self, site_id: str, webhook_id: str) -> Delivery:
        """Send a message that tells of nothing, at once and once; return what became of it.

        Raises:
            NotFound: The site has no such webhook.
            Overloaded: Too many were sent by hand.
        """
        webhook = await self._webhooks.find(site_id, webhook_id)
        now = self._clock.now()
        body = msgspec.json.encode({"type": "test", "timestamp": now, "data": {}}).decode()
        row = self._message(webhook_id, News(0, "test", body)) | {"state": "failed"}
        async with self._database.write() as sql:
            await sql.execute(insert(t.delivery).values(row))
            await prune(sql, webhook_id)
        return await self._send_by_hand(webhook, await self._read(webhook_id, row["id"]))

    async def redeliver(self, site_id: str, delivery_id: str) -> Delivery:
        """Send a message again, at once and once, whatever became of it; return what becomes of it.

        Raises:
            NotFound: The site has no such delivery.
            Overloaded: Too many were sent by hand.
        """
        webhook_id = await self._webhooks.webhook_of(delivery_id)
        webhook = await self._webhooks.find(site_id, webhook_id)
        return await self._send_by_hand(webhook, await self._read(webhook_id, delivery_id))

    async def _send_by_hand(self, webhook: Webhook, delivery: Delivery) -> Delivery:
        try:
            self._by_hand.take(webhook.site_id)
        except Overloaded as error:
            raise Overloaded(
                "too many messages were sent by hand", hint=error.hint, after=error.after
            ) from error
        await self._webhooks.maker(webhook)
        tried = await self._send(webhook, delivery)
        state = "done" if tried["done"] else delivery.state
        first = delivery.first_at or self._clock.now()
        await self._note(delivery, tried, state=state, first_at=first)
        return await self._read(webhook.id, delivery.id)

    async def _read(self, webhook_id: str, delivery_id: str) -> Delivery:
        d = t.delivery.c
        query = select(t.delivery).where(d.id == delivery_id, d.webhook_id == webhook_id)
        async with self._database.read() as sql:
            row = (await sql.execute(query)).first()
        if row is None:
            raise NotFound("there is no such delivery")
        return delivery_from(record(row))


def is_past(moment: datetime | None, now: datetime) -> bool:
    """Tell whether a moment that may not be set has come."""
    return moment is None or aware(moment) <= now


def _retry_after(text: str) -> float:
    """Return the seconds that a receiver asks for; 0 if it does not, or names a date."""
    return float(min(int(text), LAST_DELAY)) if text.isdecimal() and len(text) < 9 else 0.0
