"""People and how they are known: accounts, sessions, links, invitations, API tokens, tickets.

Every secret is shown once and stored as its SHA-256: they carry 190 random bits, so a slow hash
would add nothing.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from vitrail.core import tables as t
from vitrail.core.access import RANK, SCOPES, Actor, Role, Subject
from vitrail.core.database import record
from vitrail.core.errors import Conflict, InvalidInput, NotFound, NotSignedIn
from vitrail.core.ids import new_id, new_secret
from vitrail.core.passwords import hash_password, verify_password

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

# The glass colours for people: each carries white text at AA.
COLORS = (
    "#2f4fe0",
    "#c7254e",
    "#0c7f55",
    "#b26a00",
    "#7a3fd1",
    "#0b7a8a",
    "#b8336a",
    "#5f6f1e",
)


@dataclass(frozen=True, slots=True)
class Session:
    """A session just opened: the cookie's value and what unsafe requests must repeat."""

    cookie: str
    csrf: str


def digest(secret: str) -> str:
    """Return how a secret is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def check_email(email: str) -> str:
    """Return an e-mail address as it is stored.

    Raises:
        InvalidInput: It is not one.
    """
    email = email.strip().lower()
    local, at, domain = email.partition("@")
    if not at or not local or not domain or len(email) > 320 or any(c.isspace() for c in email):
        raise InvalidInput(f"{email[:60]!r} is not an e-mail address")
    return email


async def _free_email(sql: AsyncConnection, email: str, user_id: str = "") -> str:
    """Return an address as it is stored, unless someone else has it."""
    email = check_email(email)
    taken = select(t.user.c.id).where(t.user.c.email == email, t.user.c.id != user_id)
    if (await sql.execute(taken)).first():
        raise Conflict(f"{email} has an account already", hint="sign in instead")
    return email


def check_name(name: str) -> str:
    """Return a person's or a thing's name without control characters.

    Raises:
        InvalidInput: Nothing is left, or more than 200 characters.
    """
    name = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    if not 0 < len(name) <= 200:
        raise InvalidInput("a name has 1 to 200 characters")
    return name


class Identity:
    """The accounts of this server and the secrets by which they are known."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    # ---- accounts -------------------------------------------------------------------------

    async def create_user(
        self, name: str, email: str | None, *, password: str | None = None, language: str = "fr"
    ) -> str:
        """Create an account and return its id.

        Raises:
            InvalidInput: The name, address or password is not one.
            Conflict: The address has an account.
        """
        hashed = await hash_password(password) if password else None
        async with self._database.write() as sql:
            return await self._insert_user(sql, name, email, hashed, language)

    async def _insert_user(
        self,
        sql: AsyncConnection,
        name: str,
        email: str | None,
        password: str | None,
        language: str,
    ) -> str:
        name = check_name(name)
        if email is not None:
            email = await _free_email(sql, email)
        count = (await sql.execute(select(func.count()).select_from(t.user))).scalar_one()
        user_id = new_id(self._clock)
        await sql.execute(
            insert(t.user).values(
                id=user_id,
                email=email,
                name=name,
                color=COLORS[count % len(COLORS)],
                language=language,
                password=password,
                active=True,
                created_at=self._clock.now(),
            )
        )
        return user_id

    async def user(self, user_id: str) -> dict[str, Any]:
        """Return an account's id, name, e-mail, colour and language.

        Raises:
            NotFound: There is no such account.
        """
        columns = (t.user.c.id, t.user.c.name, t.user.c.email, t.user.c.color, t.user.c.language)
        async with self._database.read() as sql:
            row = (await sql.execute(select(*columns).where(t.user.c.id == user_id))).first()
        if row is None:
            raise NotFound("there is no such person")
        return record(row)

    async def user_by_email(self, email: str | None) -> dict[str, Any]:
        """Return the account of an address, or the first owner's without one.

        Raises:
            NotFound: There is no such account.
        """
        query = select(t.user.c.id, t.user.c.email, t.user.c.name)
        if email:
            query = query.where(t.user.c.email == check_email(email))
        else:
            query = (
                query.join(t.grant, t.grant.c.user_id == t.user.c.id)
                .where(t.grant.c.role == Role.OWNER)
                .order_by(t.user.c.id)
            )
        async with self._database.read() as sql:
            row = (await sql.execute(query)).first()
        if row is None:
            raise NotFound(
                f"nobody has the address {email}" if email else "there is no owner yet",
                hint="vitrail user add EMAIL makes an account",
            )
        return record(row)

    async def change_user(
        self,
        user_id: str,
        *,
        name: str | None = None,
        email: str | None = None,
        language: str | None = None,
        password: str | None = None,
    ) -> None:
        """Change one's own account; a new password ends every session.

        Raises:
            InvalidInput: A value is not one.
            Conflict: The address is someone else's.
        """
        values: dict[str, Any] = {}
        if name is not None:
            values["name"] = check_name(name)
        if language is not None:
            if language not in {"fr", "en"}:
                raise InvalidInput("language is fr or en")
            values["language"] = language
        if password is not None:
            values["password"] = await hash_password(password)
        async with self._database.write() as sql:
            if email is not None:
                values["email"] = await _free_email(sql, email, user_id)
            if values:
                await sql.execute(update(t.user).where(t.user.c.id == user_id).values(**values))
            if password is not None:
                await sql.execute(delete(t.session).where(t.session.c.user_id == user_id))
                await bump_epoch(sql)

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
        secret, secret_id = new_secret(), new_id(self._clock)
        async with self._database.write() as sql:
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
                user_id = await self._insert_user(sql, name, email or link["email"], None, language)
                opened = await self._open_session(sql, user_id)
            site_id, role = link["site_id"], Role(link["role"])
            held = await self._role_on_site(sql, user_id, site_id)
            if held is None or RANK[role] < RANK[held]:  # a link never lowers a role
                await self.put_grant(sql, user_id, "site", site_id, role, link["id"])
            return opened, site_id

    @staticmethod
    async def _role_on_site(sql: AsyncConnection, user_id: str, site_id: str) -> Role | None:
        query = select(t.grant.c.role).where(
            t.grant.c.user_id == user_id,
            t.grant.c.object_kind == "site",
            t.grant.c.object_id == site_id,
        )
        role = (await sql.execute(query)).scalar_one_or_none()
        return None if role is None else Role(role)

    async def put_grant(
        self,
        sql: AsyncConnection,
        user_id: str,
        kind: str,
        object_id: str,
        role: Role,
        link_id: str | None = None,
    ) -> None:
        """Give a person a role on something, instead of the one that they had there."""
        where = (
            t.grant.c.user_id == user_id,
            t.grant.c.object_kind == kind,
            t.grant.c.object_id == object_id,
        )
        await sql.execute(delete(t.grant).where(*where))
        await sql.execute(
            insert(t.grant).values(
                user_id=user_id,
                object_kind=kind,
                object_id=object_id,
                role=role,
                link_id=link_id,
                created_at=self._clock.now(),
            )
        )
        await bump_epoch(sql)

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
            await bump_epoch(sql)
        if gone.rowcount != 1:
            raise NotFound("there is no such token")

    async def instance(self) -> Subject:
        """Return what stands for the server as a whole: the organisation that it was set up for.

        Raises:
            NotFound: There is none yet.
        """
        query = select(t.organisation.c.id).order_by(t.organisation.c.id).limit(1)
        async with self._database.read() as sql:
            first = (await sql.execute(query)).scalar_one_or_none()
        if first is None:
            raise NotFound("nobody has set this server up yet")
        return Subject(first, label="page")  # who may not know of it is told what all others are

    async def epoch(self) -> int:
        """Return the number that grows with every change of who may do what."""
        async with self._database.read() as sql:
            return (await sql.execute(select(t.access_epoch.c.epoch))).scalar_one_or_none() or 0


async def bump_epoch(sql: AsyncConnection) -> None:
    """Make every node read anew who may do what."""
    done = await sql.execute(
        update(t.access_epoch)
        .values(epoch=t.access_epoch.c.epoch + 1)
        .where(t.access_epoch.c.id == 1)
    )
    if done.rowcount == 0:
        await sql.execute(insert(t.access_epoch).values(id=1, epoch=1))


def aware(moment: datetime) -> datetime:
    """Return a moment with its zone: SQLite forgets that it is UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
