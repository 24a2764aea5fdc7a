"""Accounts: names, addresses, colours, languages."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from vitrail.core import tables as t
from vitrail.core.access import Role
from vitrail.core.database import record
from vitrail.core.epoch import bump_epoch
from vitrail.core.errors import Conflict, InvalidInput, NotFound
from vitrail.core.ids import new_id
from vitrail.core.passwords import hash_password

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.core.clock import Clock
    from vitrail.core.database import Database

# The glass colours for people: each carries white text at AA.
COLORS = (
    "#2f4fe0",
    "#c7254e",
    "#0c7f55",
    "#a86300",
    "#7a3fd1",
    "#0b7a8a",
    "#b8336a",
    "#5f6f1e",
)


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


@contextmanager
def _one_account_each(email: str | None) -> Generator[None]:
    """Tell of an address that has an account already, also one that was made at the same moment."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict(f"{email} has an account already", hint="sign in instead") from error


def check_name(name: str) -> str:
    """Return a person's or a thing's name without control characters.

    Raises:
        InvalidInput: Nothing is left, or more than 200 characters.
    """
    name = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    if not 0 < len(name) <= 200:
        raise InvalidInput("a name has 1 to 200 characters")
    return name


class Accounts:
    """The accounts of this server."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def create(
        self, name: str, email: str | None, *, password: str | None = None, language: str = "fr"
    ) -> str:
        """Create an account and return its id.

        Raises:
            InvalidInput: The name, address or password is not one.
            Conflict: The address has an account.
        """
        hashed = await hash_password(password) if password else None
        async with self._database.write() as sql:
            return await self.insert(sql, name, email, hashed, language)

    async def insert(
        self,
        sql: AsyncConnection,
        name: str,
        email: str | None,
        password: str | None,
        language: str,
    ) -> str:
        """Create an account in a transaction; `password` is what is stored of one."""
        name = check_name(name)
        if email is not None:
            email = check_email(email)
        count = (await sql.execute(select(func.count()).select_from(t.user))).scalar_one()
        user_id = new_id(self._clock)
        row = {
            "id": user_id,
            "email": email,
            "name": name,
            "color": COLORS[count % len(COLORS)],
            "language": language,
            "password": password,
            "active": True,
            "created_at": self._clock.now(),
        }
        with _one_account_each(email):
            await sql.execute(insert(t.user).values(row))
        return user_id

    async def get(self, user_id: str) -> dict[str, Any]:
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

    async def names(self, user_ids: Iterable[str | None]) -> dict[str, str]:
        """Return the names of those who have an account, by id."""
        wanted = {user_id for user_id in user_ids if user_id}
        if not wanted:
            return {}
        query = select(t.user.c.id, t.user.c.name).where(t.user.c.id.in_(wanted))
        async with self._database.read() as sql:
            return {row.id: row.name for row in await sql.execute(query)}

    async def by_email(self, email: str | None) -> dict[str, Any]:
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

    async def change(
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
                values["email"] = check_email(email)
            if values:
                with _one_account_each(values.get("email")):
                    await sql.execute(update(t.user).where(t.user.c.id == user_id).values(**values))
            if password is not None:
                await sql.execute(delete(t.session).where(t.session.c.user_id == user_id))
                await bump_epoch(sql)
