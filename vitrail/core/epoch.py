"""The epoch of access: a number that every node reads each half second, and that moves on when access changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, update

from vitrail.core import tables as t

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection


async def bump_epoch(sql: AsyncConnection) -> None:
    """Make every node read anew who may do what."""
    done = await sql.execute(
        update(t.access_epoch)
        .values(epoch=t.access_epoch.c.epoch + 1)
        .where(t.access_epoch.c.id == 1)
    )
    if done.rowcount == 0:
        await sql.execute(insert(t.access_epoch).values(id=1, epoch=1))
