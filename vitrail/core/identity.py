"""Whom a cookie, a token or a ticket stands for, with the roles that they have at this moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from vitrail.core import tables as t
from vitrail.core.access import Actor, Role
from vitrail.core.accounts import Accounts
from vitrail.core.clock import aware
from vitrail.core.database import record
from vitrail.core.errors import NotSignedIn
from vitrail.core.secrets import Secrets, digest
from vitrail.core.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Connection

    from vitrail.core.clock import Clock
    from vitrail.core.database import Database


class Identity:
    """People, and how they are known.

    Attributes:
        accounts: The people.
        secrets: The links, tokens and tickets that were made for them.
        sessions: How they come in and go.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.accounts = Accounts(database, clock)
        self.secrets = Secrets(database, clock)
        self.sessions = Sessions(database, clock, self.accounts, self.secrets)

    async def actor_of_session(self, cookie: str) -> Actor:
        """Return who a session cookie stands for.

        Raises:
            NotSignedIn: It stands for nobody, or for nobody any more.
        """
        return await self._actor_of_hash(digest(cookie))

    async def actor_of_token(self, token: str) -> Actor:
        """Return who an API token stands for.

        Raises:
            NotSignedIn: It stands for nobody.
        """

        def find(sql: Connection) -> Actor:
            row = self._admitting(sql, t.secret.c.hash == digest(token))
            if row["kind"] != "token":
                raise NotSignedIn("a ticket opens sockets only", hint="make an API token")
            return _actor_of_secret(sql, row)

        return await self._database.look(find)

    async def actor_of_socket(self, token: str, origin: str | None) -> Actor:
        """Return who an API token or a ticket stands for; a new ticket is used from now on.

        Raises:
            NotSignedIn: It stands for nobody, or was made for another origin.
        """

        def find(sql: Connection) -> tuple[dict[str, Any], Actor]:
            row = self._admitting(sql, t.secret.c.hash == digest(token))
            if row["origin"] and origin and row["origin"] != origin:
                raise NotSignedIn("this ticket was made for another origin")
            return row, _actor_of_secret(sql, row)

        row, actor = await self._database.look(find)
        if row["kind"] == "ticket" and row["used_at"] is None:
            async with self._database.write() as sql:
                spent = update(t.secret).where(t.secret.c.id == row["id"])
                await sql.execute(spent.values(used_at=self._clock.now()))
        return actor

    async def actor_of_absent(self, user_id: str, secret_id: str | None) -> Actor:
        """Return who somebody is now, for what is done in their name while they are away.

        Args:
            user_id: Their account.
            secret_id: The API token with which they wanted it, whose scopes bound it.

        Raises:
            NotSignedIn: The account is closed, or the token was revoked.
        """
        if secret_id is None:
            return await self._database.look(lambda sql: _actor(sql, user_id))
        return await self._actor_of_id(secret_id)

    async def refresh(self, actor: Actor) -> Actor:
        """Read an actor's roles anew.

        Raises:
            NotSignedIn: The session or the account has ended.
        """
        if actor.secret_id is not None:
            return await self._actor_of_id(actor.secret_id)
        if actor.session_hash is not None:
            return await self._actor_of_hash(actor.session_hash)
        raise NotSignedIn("sign in first")

    async def _actor_of_id(self, secret_id: str) -> Actor:
        def find(sql: Connection) -> Actor:
            return _actor_of_secret(sql, self._admitting(sql, t.secret.c.id == secret_id))

        return await self._database.look(find)

    async def _actor_of_hash(self, session_hash: str) -> Actor:
        def find(sql: Connection) -> Actor:
            user_id = self.sessions.user_of(sql, session_hash)
            return _actor(sql, user_id, session_hash=session_hash)

        return await self._database.look(find)

    def _admitting(self, sql: Connection, which: ColumnElement[bool]) -> dict[str, Any]:
        """Return the row of an API token or ticket that is still good."""
        query = select(t.secret).where(which, t.secret.c.kind.in_(("token", "ticket")))
        found = sql.execute(query).first()
        if found is None:
            raise NotSignedIn("this token is unknown or revoked", hint="make a new token")
        row = record(found)
        if row["kind"] == "ticket":
            self._check_ticket(sql, row)
        return row

    def _check_ticket(self, sql: Connection, row: dict[str, Any]) -> None:
        """A ticket lives as long as what it was made with: a session or an API token."""
        if row["used_at"] is None and aware(row["expires_at"]) < self._clock.now():
            raise NotSignedIn("this ticket was not used within 60 s", hint="ask for a new one")
        if row["session_hash"] is not None:
            self.sessions.user_of(sql, row["session_hash"])
        elif row["created_by"] is not None:
            self._admitting(sql, t.secret.c.id == row["created_by"])


def _actor_of_secret(sql: Connection, row: dict[str, Any]) -> Actor:
    return _actor(
        sql,
        row["user_id"],
        session_hash=row["session_hash"],
        secret_id=row["id"],
        scopes=row["scopes"],
    )


def _actor(
    sql: Connection,
    user_id: str,
    *,
    session_hash: str | None = None,
    secret_id: str | None = None,
    scopes: Sequence[str] | None = None,
) -> Actor:
    u, g = t.user.c, t.grant.c
    row = sql.execute(select(u.name, u.color, u.active).where(u.id == user_id)).first()
    if row is None or not row.active:
        raise NotSignedIn("this account is closed")
    query = select(g.object_kind, g.object_id, g.role).where(g.user_id == user_id)
    return Actor(
        user_id=user_id,
        name=row.name,
        color=row.color,
        roles={(kind, key): Role(role) for kind, key, role in sql.execute(query)},
        scopes=frozenset(scopes) if scopes is not None else None,
        session_hash=session_hash,
        secret_id=secret_id,
        kind="token" if scopes is not None else "person",
    )
