"""People and how they are known: accounts, sessions, links, invitations, API tokens, tickets.

Every secret is shown once and stored as its SHA-256: they carry 190 random bits, so a slow hash
would add nothing.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from vitrail.core import tables as t
from vitrail.core.access import RANK, SCOPES, Actor, Role
from vitrail.core.accounts import Accounts, check_name
from vitrail.core.clock import aware
from vitrail.core.database import record
from vitrail.core.epoch import bump_epoch
from vitrail.core.errors import InvalidInput, NotFound, NotSignedIn
from vitrail.core.grants import put_grant, role_on_site
from vitrail.core.ids import new_id, new_secret
from vitrail.core.passwords import verify_password

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.core.clock import Clock
    from vitrail.core.database import Database

SESSION_DAYS = 30
LOGIN_LINK_MINUTES = 60
LINK_DAYS = 14
TICKET_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Session:
    """A session just opened: the cookie's value and what unsafe requests must repeat."""

    cookie: str
    csrf: str


def digest(secret: str) -> str:
    """Return how a secret is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Identity:
    """The sessions of this server and the secrets by which people are known.

    Attributes:
        accounts: The people.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.accounts = Accounts(database, clock)

    # ---- sessions -------------------------------------------------------------------------

    async def sign_in(self, email: str, password: str) -> Session:
        """Open a session by password.

        Raises:
            NotSignedIn: The address or the password is wrong; which of them is not told.
        """
        async with self._database.read() as sql:
            row = (
                await sql.execute(
                    select(t.user.c.id, t.user.c.password).where(
                        t.user.c.email == email.strip().lower(), t.user.c.active
                    )
                )
            ).first()
        if not await verify_password(password, row.password if row else None) or row is None:
            raise NotSignedIn(
                "the address or the password is wrong",
                hint="`vitrail login-link EMAIL` on the server makes a new sign-in link",
            )
        return await self.open_session(row.id)

    async def open_session(self, user_id: str) -> Session:
        """Open a session for an account."""
        async with self._database.write() as sql:
            return await self._open_session(sql, user_id)

    async def _open_session(self, sql: AsyncConnection, user_id: str) -> Session:
        opened = Session(new_secret(), new_secret())
        now = self._clock.now()
        await sql.execute(
            insert(t.session).values(
                hash=digest(opened.cookie),
                user_id=user_id,
                csrf=opened.csrf,
                created_at=now,
                expires_at=now + timedelta(days=SESSION_DAYS),
            )
        )
        return opened

    async def close_session(self, session_hash: str) -> None:
        """End a session, and the tickets made from it."""
        async with self._database.write() as sql:
            await sql.execute(delete(t.session).where(t.session.c.hash == session_hash))
            await sql.execute(delete(t.secret).where(t.secret.c.session_hash == session_hash))
            await bump_epoch(sql)

    async def csrf(self, session_hash: str) -> str:
        """Return what unsafe requests of a session must repeat."""
        async with self._database.read() as sql:
            found = await sql.execute(
                select(t.session.c.csrf).where(t.session.c.hash == session_hash)
            )
            return found.scalar_one_or_none() or ""

    async def actor_of_session(self, cookie: str) -> Actor:
        """Return who a session cookie stands for.

        Raises:
            NotSignedIn: It stands for nobody, or for nobody any more.
        """
        return await self._actor_of_hash(digest(cookie))

    async def _actor_of_hash(self, session_hash: str) -> Actor:
        async with self._database.read() as sql:
            user_id = await self._user_of_session(sql, session_hash)
            return await self._actor(sql, user_id, session_hash=session_hash)

    async def _user_of_session(self, sql: AsyncConnection, session_hash: str) -> str:
        query = select(t.session.c.user_id, t.session.c.expires_at).where(
            t.session.c.hash == session_hash
        )
        row = (await sql.execute(query)).first()
        if row is None or aware(row.expires_at) < self._clock.now():
            raise NotSignedIn("this session has ended", hint="sign in again")
        return row.user_id

    async def _actor(
        self,
        sql: AsyncConnection,
        user_id: str,
        *,
        session_hash: str | None = None,
        secret_id: str | None = None,
        scopes: Sequence[str] | None = None,
    ) -> Actor:
        row = (
            await sql.execute(
                select(t.user.c.name, t.user.c.color, t.user.c.active).where(t.user.c.id == user_id)
            )
        ).first()
        if row is None or not row.active:
            raise NotSignedIn("this account is closed")
        grants = await sql.execute(
            select(t.grant.c.object_kind, t.grant.c.object_id, t.grant.c.role).where(
                t.grant.c.user_id == user_id
            )
        )
        return Actor(
            user_id=user_id,
            name=row.name,
            color=row.color,
            roles={(g.object_kind, g.object_id): Role(g.role) for g in grants},
            scopes=frozenset(scopes) if scopes is not None else None,
            session_hash=session_hash,
            secret_id=secret_id,
            kind="token" if scopes is not None else "person",
        )

    async def actor_of_absent(self, user_id: str, secret_id: str | None) -> Actor:
        """Return who somebody is now, for what is done in their name while they are away.

        Args:
            user_id: Their account.
            secret_id: The API token with which they wanted it, whose scopes bound it.

        Raises:
            NotSignedIn: The account is closed, or the token was revoked.
        """
        async with self._database.read() as sql:
            if secret_id is None:
                return await self._actor(sql, user_id)
            row = await self._admitting(sql, t.secret.c.id == secret_id)
            return await self._actor_of_secret(sql, row)

    async def refresh(self, actor: Actor) -> Actor:
        """Read an actor's roles anew.

        Raises:
            NotSignedIn: The session or the account has ended.
        """
        if actor.secret_id is not None:
            async with self._database.read() as sql:
                row = await self._admitting(sql, t.secret.c.id == actor.secret_id)
                return await self._actor_of_secret(sql, row)
        if actor.session_hash is not None:
            return await self._actor_of_hash(actor.session_hash)
        raise NotSignedIn("sign in first")

    # ---- secrets --------------------------------------------------------------------------

    async def create_secret(self, kind: str, **values: Any) -> tuple[str, str]:
        """Store a secret of a kind; return its id and the secret, which is never shown again."""
        async with self._database.write() as sql:
            return await self.insert_secret(sql, kind, **values)

    async def insert_secret(
        self, sql: AsyncConnection, kind: str, **values: Any
    ) -> tuple[str, str]:
        """Store a secret in a transaction; see `create_secret`."""
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

    async def create_login_link(self, user_id: str) -> str:
        """Return a one-time secret that signs its account in within `LOGIN_LINK_MINUTES`."""
        until = self._clock.now() + timedelta(minutes=LOGIN_LINK_MINUTES)
        return (await self.create_secret("login", user_id=user_id, expires_at=until))[1]

    async def find_secret(self, kind: str, secret: str) -> dict[str, Any]:
        """Return the row of a secret that is still good.

        Raises:
            NotFound: It is unknown, spent or too old.
        """
        async with self._database.read() as sql:
            return await self._find_secret(sql, kind, secret)

    async def _find_secret(self, sql: AsyncConnection, kind: str, secret: str) -> dict[str, Any]:
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

    async def consume_login_link(self, secret: str) -> Session:
        """Spend a one-time link and open a session; two who race cannot both win.

        Raises:
            NotFound: It is unknown, spent or too old.
        """
        async with self._database.write() as sql:
            found = await self._find_secret(sql, "login", secret)
            spent = await sql.execute(
                update(t.secret)
                .where(t.secret.c.id == found["id"], t.secret.c.used_at.is_(None))
                .values(used_at=self._clock.now())
            )
            if spent.rowcount != 1:
                raise NotFound("this link was used a moment ago")
            return await self._open_session(sql, found["user_id"])

    async def join_by_link(
        self, secret: str, actor: Actor, *, name: str, email: str | None, language: str
    ) -> tuple[Session | None, str]:
        """Take the role that a link offers; make an account for someone who has none.

        Returns:
            The session opened for a new account, or none, and the site's id.

        Raises:
            NotFound: The link is unknown or too old.
            Conflict: The e-mail address belongs to another account.
        """
        async with self._database.write() as sql:
            link = await self._find_secret(sql, "link", secret)
            user_id, opened = actor.user_id, None
            if user_id is None:
                user_id = await self.accounts.insert(
                    sql, name, email or link["email"], None, language
                )
                opened = await self._open_session(sql, user_id)
            site_id, role = link["site_id"], Role(link["role"])
            held = await role_on_site(sql, user_id, site_id)
            if held is None or RANK[role] < RANK[held]:  # a link never lowers a role
                await put_grant(sql, self._clock, user_id, ("site", site_id), role, link["id"])
            return opened, site_id

    async def create_token(self, user_id: str, name: str, scopes: Sequence[str]) -> tuple[str, str]:
        """Return the id and the secret of a new API token.

        Raises:
            InvalidInput: A scope is unknown.
        """
        if unknown := [scope for scope in scopes if scope not in SCOPES]:
            raise InvalidInput(
                f"unknown scope {unknown[0]!r}", hint=f"scopes are {', '.join(SCOPES)}"
            )
        return await self.create_secret(
            "token", user_id=user_id, name=check_name(name), scopes=list(scopes)
        )

    async def actor_of_token(self, token: str) -> Actor:
        """Return who an API token stands for.

        Raises:
            NotSignedIn: It stands for nobody.
        """
        async with self._database.read() as sql:
            row = await self._admitting(sql, t.secret.c.hash == digest(token))
            if row["kind"] != "token":
                raise NotSignedIn("a ticket opens sockets only", hint="make an API token")
            return await self._actor_of_secret(sql, row)

    async def actor_of_socket(self, token: str, origin: str | None) -> Actor:
        """Return who an API token or a ticket stands for; a new ticket is used from now on.

        Raises:
            NotSignedIn: It stands for nobody, or was made for another origin.
        """
        async with self._database.read() as sql:
            row = await self._admitting(sql, t.secret.c.hash == digest(token))
            if row["origin"] and origin and row["origin"] != origin:
                raise NotSignedIn("this ticket was made for another origin")
            actor = await self._actor_of_secret(sql, row)
        if row["kind"] == "ticket" and row["used_at"] is None:
            async with self._database.write() as sql:
                spent = update(t.secret).where(t.secret.c.id == row["id"])
                await sql.execute(spent.values(used_at=self._clock.now()))
        return actor

    async def _admitting(self, sql: AsyncConnection, which: ColumnElement[bool]) -> dict[str, Any]:
        """Return the row of an API token or ticket that is still good."""
        query = select(t.secret).where(which, t.secret.c.kind.in_(("token", "ticket")))
        found = (await sql.execute(query)).first()
        if found is None:
            raise NotSignedIn("this token is unknown or revoked", hint="make a new token")
        row = record(found)
        if row["kind"] == "ticket":
            await self._check_ticket(sql, row)
        return row

    async def _check_ticket(self, sql: AsyncConnection, row: dict[str, Any]) -> None:
        """A ticket lives as long as what it was made with: a session or an API token."""
        if row["used_at"] is None and aware(row["expires_at"]) < self._clock.now():
            raise NotSignedIn("this ticket was not used within 60 s", hint="ask for a new one")
        if row["session_hash"] is not None:
            await self._user_of_session(sql, row["session_hash"])
        elif row["created_by"] is not None:
            await self._admitting(sql, t.secret.c.id == row["created_by"])

    async def _actor_of_secret(self, sql: AsyncConnection, row: dict[str, Any]) -> Actor:
        return await self._actor(
            sql,
            row["user_id"],
            session_hash=row["session_hash"],
            secret_id=row["id"],
            scopes=row["scopes"],
        )

    async def create_ticket(self, actor: Actor, doc: str, origin: str | None) -> str:
        """Return a ticket that admits an actor to the sockets, as long as their session or token lasts."""
        until = self._clock.now() + timedelta(seconds=TICKET_SECONDS)
        return (
            await self.create_secret(
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

    async def tokens(self, user_id: str) -> list[dict[str, Any]]:
        """List a person's API tokens, without their secrets."""
        columns = (t.secret.c.id, t.secret.c.name, t.secret.c.scopes, t.secret.c.created_at)
        async with self._database.read() as sql:
            rows = await sql.execute(
                select(*columns).where(t.secret.c.kind == "token", t.secret.c.user_id == user_id)
            )
            return [record(row) for row in rows]

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
