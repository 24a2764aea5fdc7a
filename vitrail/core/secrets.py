"""Secrets that are shown once: sign-in links, share links, API tokens, tickets for sockets and uploads.

Each is stored as its SHA-256: they carry 190 random bits, so a slow hash would add nothing.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from vitrail.core import tables as t
from vitrail.core.access import SCOPES, Actor
from vitrail.core.accounts import check_name
from vitrail.core.clock import aware
from vitrail.core.database import record
from vitrail.core.epoch import bump_epoch
from vitrail.core.errors import InvalidInput, NotFound
from vitrail.core.ids import new_id, new_secret

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.core.clock import Clock
    from vitrail.core.database import Database

LOGIN_LINK_MINUTES = 60
LINK_DAYS = 14
TICKET_SECONDS = 60


def digest(secret: str) -> str:
    """Return how a secret is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Secrets:
    """The secrets of this server, of every kind."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def create(self, kind: str, **values: Any) -> tuple[str, str]:
        """Store a secret of a kind; return its id and the secret, which is never shown again."""
        async with self._database.write() as sql:
            return await self.insert(sql, kind, **values)

    async def insert(self, sql: AsyncConnection, kind: str, **values: Any) -> tuple[str, str]:
        """Store a secret in a transaction; see `create`."""
        secret, secret_id = new_secret(), new_id(self._clock)
        await sql.execute(
            insert(t.secret).values(
                id=secret_id,
                hash=digest(secret),
                kind=kind,
                created_at=self._clock.now(),
                **values,
            )
        )
        return secret_id, secret

    async def find(self, kind: str, secret: str) -> dict[str, Any]:
        """Return the row of a secret that is still good.

        Raises:
            NotFound: It is unknown, spent or too old.
        """
        async with self._database.read() as sql:
            return await self.find_in(sql, kind, secret)

    async def find_in(self, sql: AsyncConnection, kind: str, secret: str) -> dict[str, Any]:
        """Return the row of a secret that is still good, in a transaction; see `find`."""
        hashed = digest(secret)
        query = select(t.secret).where(t.secret.c.hash == hashed, t.secret.c.kind == kind)
        row = (await sql.execute(query)).first()
        found = record(row) if row else None
        if (
            found is None
            or not hmac.compare_digest(found["hash"], hashed)
            or (found["expires_at"] is not None and aware(found["expires_at"]) < self._clock.now())
            or (kind == "login" and found["used_at"] is not None)
        ):
            raise NotFound(
                "this link or token is unknown, used or too old", hint="ask for a new one"
            )
        return found

    async def create_login_link(self, user_id: str) -> str:
        """Return a one-time secret that signs its account in within `LOGIN_LINK_MINUTES`."""
        until = self._clock.now() + timedelta(minutes=LOGIN_LINK_MINUTES)
        return (await self.create("login", user_id=user_id, expires_at=until))[1]

    async def create_ticket(self, actor: Actor, doc: str, origin: str | None) -> str:
        """Return a ticket that admits an actor to the sockets, as long as their session or token lasts."""
        until = self._clock.now() + timedelta(seconds=TICKET_SECONDS)
        return (
            await self.create(
                "ticket",
                user_id=actor.user_id,
                doc=doc,
                origin=origin,
                session_hash=actor.session_hash,
                created_by=actor.secret_id,
                scopes=sorted(actor.scopes) if actor.scopes is not None else None,
                expires_at=until,
            )
        )[1]

    async def create_token(self, user_id: str, name: str, scopes: Sequence[str]) -> tuple[str, str]:
        """Return the id and the secret of a new API token.

        Raises:
            InvalidInput: A scope is unknown.
        """
        if unknown := [scope for scope in scopes if scope not in SCOPES]:
            raise InvalidInput(
                f"unknown scope {unknown[0]!r}", hint=f"scopes are {', '.join(SCOPES)}"
            )
        return await self.create(
            "token", user_id=user_id, name=check_name(name), scopes=list(scopes)
        )

    async def tokens(self, user_id: str) -> list[dict[str, Any]]:
        """List a person's API tokens, without their secrets."""
        columns = (t.secret.c.id, t.secret.c.name, t.secret.c.scopes, t.secret.c.created_at)
        async with self._database.read() as sql:
            rows = await sql.execute(
                select(*columns).where(t.secret.c.kind == "token", t.secret.c.user_id == user_id)
            )
            return [record(row) | {"created_at": aware(row.created_at)} for row in rows]

    async def delete_token(self, user_id: str, token_id: str) -> None:
        """Revoke one of a person's API tokens.

        Raises:
            NotFound: They have no such token.
        """
        async with self._database.write() as sql:
            gone = await sql.execute(
                delete(t.secret).where(
                    t.secret.c.id == token_id,
                    t.secret.c.kind == "token",
                    t.secret.c.user_id == user_id,
                )
            )
            if gone.rowcount != 1:
                raise NotFound("there is no such token")
            await bump_epoch(sql)
