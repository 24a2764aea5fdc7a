"""The roles that people hold on sites and organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from vitrail.core import tables as t
from vitrail.core.access import Role
from vitrail.core.epoch import bump_epoch

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.core.clock import Clock


async def role_on_site(sql: AsyncConnection, user_id: str, site_id: str) -> Role | None:
    """Return the role that a person was given on a site itself."""
    query = select(t.grant.c.role).where(
        t.grant.c.user_id == user_id,
        t.grant.c.object_kind == "site",
        t.grant.c.object_id == site_id,
    )
    role = (await sql.execute(query)).scalar_one_or_none()
    return None if role is None else Role(role)


async def put_grant(
    sql: AsyncConnection,
    clock: Clock,
    user_id: str,
    on: tuple[str, str],
    role: Role,
    link_id: str | None = None,
) -> None:
    """Give a person a role on something, instead of the one that they had there.

    Args:
        sql: A transaction.
        clock: For the date.
        user_id: Who.
        on: Kind and id: a site or an organisation.
        role: The role.
        link_id: By which invitation.
    """
    kind, object_id = on
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
            created_at=clock.now(),
        )
    )
    await bump_epoch(sql)
