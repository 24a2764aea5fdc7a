"""People with every role, a stranger, nobody and scoped tokens, and how each of them asks."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from vitrail.core import tables
from vitrail.core.access import Role
from vitrail.core.clock import SystemClock
from vitrail.core.database import Database
from vitrail.core.grants import put_grant
from vitrail.core.identity import Identity
from vitrail.core.ids import new_id
from vitrail.core.passwords import hash_password
from vitrail.core.secrets import Secrets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import httpx2
    from sqlalchemy.ext.asyncio import AsyncConnection

    from tests.servers import Vitrail

PASSWORD = "correct horse battery"
ROLES = ("owner", "admin", "designer", "editor", "commenter", "analyst", "viewer")
SCOPES = (
    *("read", "write", "publish", "manage", "webhooks"),
    *("collab:create", "metrics", "instance"),
)
STRANGER, NOBODY = "stranger", "nobody"
_ADDRESSES = itertools.count(1)


@dataclass(frozen=True)
class Asker:
    """Somebody, or nobody, in front of a server."""

    name: str
    http: httpx2.Client
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    id: str = ""
    email: str = ""
    spare: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def cookie(self) -> str:
        return self.headers["Cookie"].partition("=")[2]

    def ask(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **what: Any
    ) -> httpx2.Response:
        """Ask once, each time from another address: tries are counted by address."""
        number = next(_ADDRESSES)
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        headers = {**(self.headers if headers is None else headers), "X-Forwarded-For": address}
        try:
            return self.http.request(method, path, headers=headers, **what)
        finally:
            self.http.cookies.clear()


def gather(vitrail: Vitrail, http: httpx2.Client) -> dict[str, Asker]:
    """Make one person of each role in the server's organisation, and all others who may ask."""
    return asyncio.run(_gather(vitrail, http))


def login_link(vitrail: Vitrail, user_id: str) -> str:
    """Return the secret of a new sign-in link."""

    async def make() -> str:
        async with Database(database_url(vitrail)) as database:
            return await Secrets(database, SystemClock()).create_login_link(user_id)

    return asyncio.run(make())


def database_url(vitrail: Vitrail) -> str:
    sqlite = f"sqlite+aiosqlite:///{vitrail.data / 'vitrail.db'}"
    return vitrail.environment.get("VITRAIL_DATABASE_URL", sqlite)


async def _gather(vitrail: Vitrail, http: httpx2.Client) -> dict[str, Asker]:
    async with Database(database_url(vitrail)) as database:
        identity, clock = Identity(database, SystemClock()), SystemClock()
        hashed = await hash_password(PASSWORD)
        async with database.write() as sql:
            ours = (await sql.execute(select(tables.organisation.c.id))).scalars().one()
            other = new_id(clock)
            row = {"id": other, "name": "Autre studio", "created_at": clock.now()}
            await sql.execute(insert(tables.organisation).values(row))
            found: dict[str, Asker] = {}
            for name in (*ROLES, STRANGER):
                email = f"{name}@example.org"
                user = await identity.accounts.insert(sql, name.title(), email, hashed, "fr")
                role, where = (Role.OWNER, other) if name == STRANGER else (Role(name), ours)
                await put_grant(sql, clock, user, ("organisation", where), role)
                headers, spare = [await _session(sql, identity, user, http) for _ in "12"]
                found[name] = Asker(name, http, headers, user, email, spare)
        for scope in SCOPES:
            _, token = await identity.secrets.create_token(found["owner"].id, scope, [scope])
            bearer = {"Authorization": f"Bearer {token}"}
            found[scope] = Asker(scope, http, bearer, found["owner"].id, found["owner"].email)
    found[NOBODY] = Asker(NOBODY, http, {"Origin": _origin(http)})
    return found


async def _session(
    sql: AsyncConnection, identity: Identity, user: str, http: httpx2.Client
) -> dict[str, str]:
    opened = await identity.sessions.open_in(sql, user)
    return {
        "Cookie": f"vitrail_session={opened.cookie}",
        "X-CSRF-Token": opened.csrf,
        "Origin": _origin(http),
    }


def _origin(http: httpx2.Client) -> str:
    return str(http.base_url).rstrip("/")


# What background jobs change (an edit moves the `head_seq` of its document), what is large, and what only
# tells when.
_LEFT_OUT = {"job", "alembic_version", "collab_update", "collab_snapshot", "collab_segment"}
_LEFT_OUT_COLUMNS = {"payload", "variants", "size", "files", "answer", "inverses", "snap_seq"}


def contents(vitrail: Vitrail) -> dict[str, list[Any]]:
    """Return what the server's database holds, to see that nothing was changed."""
    sql = sqlite3.connect(f"file:{vitrail.data / 'vitrail.db'}?mode=ro", uri=True)
    try:
        return {name: sorted(_rows(sql, name), key=repr) for name in _tables(sql)}
    finally:
        sql.close()


def _tables(sql: sqlite3.Connection) -> Iterator[str]:
    for (name,) in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if name not in _LEFT_OUT:
            yield name


def _rows(sql: sqlite3.Connection, table: str) -> list[Any]:
    columns = [row[1] for row in sql.execute(f"PRAGMA table_info({table})")]
    wanted = ", ".join(f'"{c}"' for c in columns if c not in _LEFT_OUT_COLUMNS)
    return sql.execute(f"SELECT {wanted} FROM {table}").fetchall()
