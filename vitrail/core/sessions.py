"""How people come in and go: sessions, by password, by sign-in link or by share link.

A session's secret is the cookie's value, stored as its SHA-256 as all secrets are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from vitrail.core import tables as t
from vitrail.core.access import RANK, Actor, Role
from vitrail.core.clock import aware
from vitrail.core.epoch import bump_epoch
from vitrail.core.errors import NotFound, NotSignedIn
from vitrail.core.grants import put_grant, role_on_site
from vitrail.core.ids import new_secret
from vitrail.core.passwords import verify_password
from vitrail.core.secrets import digest

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.core.accounts import Accounts
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database
    from vitrail.core.secrets import Secrets

SESSION_DAYS = 30


@dataclass(frozen=True, slots=True)
class Session:
    """A session just opened: the cookie's value and what unsafe requests must repeat."""

    cookie: str
    csrf: str


class Sessions:
    """The sessions of this server."""

    def __init__(
        self, database: Database, clock: Clock, accounts: Accounts, secrets: Secrets
    ) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._secrets = secrets

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
        return await self.open(row.id)

    async def consume_login_link(self, secret: str) -> Session:
        """Spend a one-time link and open a session; two who race cannot both win.

        Raises:
            NotFound: It is unknown, spent or too old.
        """
        async with self._database.write() as sql:
            found = await self._secrets.find_in(sql, "login", secret)
            spent = await sql.execute(
                update(t.secret)
                .where(t.secret.c.id == found["id"], t.secret.c.used_at.is_(None))
                .values(used_at=self._clock.now())
            )
            if spent.rowcount != 1:
                raise NotFound("this link was used a moment ago")
            return await self.open_in(sql, found["user_id"])

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
            link = await self._secrets.find_in(sql, "link", secret)
            user_id, opened = actor.user_id, None
            if user_id is None:
                user_id = await self._accounts.insert(
                    sql, name, email or link["email"], None, language
                )
                opened = await self.open_in(sql, user_id)
            site_id, role = link["site_id"], Role(link["role"])
            held = await role_on_site(sql, user_id, site_id)
            if held is None or RANK[role] < RANK[held]:  # a link never lowers a role
                await put_grant(sql, self._clock, user_id, ("site", site_id), role, link["id"])
            return opened, site_id

    async def open(self, user_id: str) -> Session:
        """Open a session for an account."""
        async with self._database.write() as sql:
            return await self.open_in(sql, user_id)

    async def open_in(self, sql: AsyncConnection, user_id: str) -> Session:
        """Open a session in a transaction; see `open`."""
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

    async def close(self, session_hash: str) -> None:
        """End a session, and the tickets made from it."""
        async with self._database.write() as sql:
            await sql.execute(delete(t.session).where(t.session.c.hash == session_hash))
            await sql.execute(delete(t.secret).where(t.secret.c.session_hash == session_hash))
            await bump_epoch(sql)

    async def csrf(self, session_hash: str) -> str:
        """Return what unsafe requests of a session must repeat."""
        query = select(t.session.c.csrf).where(t.session.c.hash == session_hash)
        rows = await self._database.fetch(query)
        return rows[0].csrf if rows else ""

    def user_of(self, sql: Connection, session_hash: str) -> str:
        """Return the account that a session is of.

        Raises:
            NotSignedIn: The session has ended.
        """
        query = select(t.session.c.user_id, t.session.c.expires_at).where(
            t.session.c.hash == session_hash
        )
        row = sql.execute(query).first()
        if row is None or aware(row.expires_at) < self._clock.now():
            raise NotSignedIn("this session has ended", hint="sign in again")
        return row.user_id
