"""What requests have made that may come twice: who asks again with the same key is told the same thing."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, select, text, update

from vitrail.core import tables as t
from vitrail.core.errors import Conflict, InvalidInput

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from sqlalchemy import ColumnElement

    from vitrail.core.clock import Clock
    from vitrail.core.database import Database

KEPT_HOURS = 24
MAX_KEY = 100
TAKE = text(
    "INSERT INTO idempotency_key (user_id, mutation, key, digest, created_at)"
    " VALUES (:user_id, :mutation, :key, :digest, :created_at) ON CONFLICT DO NOTHING"
).bindparams(bindparam("created_at", type_=t.MOMENT))


@dataclass(frozen=True, slots=True)
class Request:
    """A request that may come twice.

    Attributes:
        user_id: Who asks.
        mutation: For what, by its name.
        key: The asker's own for it, 1 to `MAX_KEY` characters.
        digest: Of all else that it says, SHA-256 as hexadecimal digits.
    """

    user_id: str
    mutation: str
    key: str
    digest: str


class IdempotencyKeys:
    """The keys of the last `KEPT_HOURS`."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    @asynccontextmanager
    async def together(self, request: Request) -> AsyncGenerator[str | None]:
        """Take the key of a request in one transaction with the block; give the id of what was made before.

        Whoever comes with it at the same time waits until the block has ended. If there is nothing yet, the
        block makes it and calls `end`. It is `Database.together`, and must not wait for what others write.

        Raises:
            InvalidInput: The key is empty or too long.
            Conflict: It was taken for something else.
        """
        async with self._database.together():
            yield await self._take(request)

    @asynccontextmanager
    async def apart(self, request: Request) -> AsyncGenerator[str | None]:
        """Take the key of a request before the block; give the id of what was made before.

        What the block does is stored by itself: dies the server in it, the key stays taken.

        Raises:
            InvalidInput: The key is empty or too long.
            Conflict: It was taken for something else, or its request has not ended.
        """
        made = await self._take(request)
        try:
            yield made
        except BaseException:
            if made is None:
                await self.end(request, None)
            raise

    async def end(self, request: Request, made: str | None) -> None:
        """Note the id of what a request has made; if it is nothing, give back the key."""
        table = t.idempotency_key
        change = update(table).values(made=made) if made else delete(table)
        async with self._database.write() as sql:
            await sql.execute(change.where(_is(request)))

    async def _take(self, request: Request) -> str | None:
        if not 0 < len(request.key) <= MAX_KEY:
            raise InvalidInput(f"an idempotency key has 1 to {MAX_KEY} characters")
        k = t.idempotency_key.c
        async with self._database.write() as sql:
            taken = await sql.execute(TAKE, {**asdict(request), "created_at": self._clock.now()})
            if taken.rowcount:
                return None
            known = (await sql.execute(select(k.digest, k.made).where(_is(request)))).one()
        if known.digest != request.digest:
            raise Conflict(
                f"the key {request.key!r} was used for another {request.mutation}",
                code="idempotency_key",
                hint="what is sent again says the same; anything else has a key of its own",
            )
        if known.made is None:
            raise Conflict(
                "a request with this idempotency key has not ended",
                code="idempotency_pending",
                hint="ask again in a moment; if that goes on, look whether it was done",
            )
        return known.made

    async def forget(self) -> None:
        """Drop the keys of before the last `KEPT_HOURS`."""
        limit = self._clock.now() - timedelta(hours=KEPT_HOURS)
        async with self._database.write() as sql:
            await sql.execute(
                delete(t.idempotency_key).where(t.idempotency_key.c.created_at <= limit)
            )


def _is(request: Request) -> ColumnElement[bool]:
    k = t.idempotency_key.c
    mine = (k.user_id == request.user_id) & (k.mutation == request.mutation)
    return mine & (k.key == request.key)
