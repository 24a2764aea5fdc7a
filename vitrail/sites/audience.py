"""The people of a site, as far as others may know of them or tell them something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from vitrail.core import tables as core
from vitrail.core.access import ALLOWED, RANK, Action, Role

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.core.access import Subject


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, as colleagues see them."""

    id: str
    name: str
    color: str


async def who_may(sql: AsyncConnection, subject: Subject, action: Action) -> set[str]:
    """Return the ids of the people whose role on a site allows something."""
    u, g = core.user.c, core.grant.c
    query = (
        select(g.user_id, g.role)
        .join(core.user, u.id == g.user_id)
        .where(
            u.active,
            or_(
                (g.object_kind == "site") & (g.object_id == subject.site_id),
                (g.object_kind == "organisation") & (g.object_id == subject.organisation_id),
            ),
        )
    )
    roles: dict[str, Role] = {}
    for user_id, name in await sql.execute(query):
        role = Role(name)
        roles[user_id] = min(role, roles.get(user_id, role), key=RANK.__getitem__)
    return {user_id for user_id, role in roles.items() if role in ALLOWED[action]}


async def people(sql: AsyncConnection, ids: Collection[str]) -> dict[str, Person]:
    """Return people by their ids, of those who are there."""
    u = core.user.c
    query = select(u.id, u.name, u.color).where(u.id.in_(list(ids)))
    rows = await sql.execute(query) if ids else ()
    return {row.id: Person(row.id, row.name, row.color) for row in rows}
