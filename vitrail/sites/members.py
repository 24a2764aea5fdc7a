"""Who works on a site: members, invitations and share links."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, or_, select

from vitrail.core import tables as core
from vitrail.core.access import RANK, Actor, Role, Subject
from vitrail.core.accounts import check_email
from vitrail.core.clock import aware
from vitrail.core.database import record
from vitrail.core.epoch import bump_epoch
from vitrail.core.errors import InvalidInput, NotAllowed, NotFound
from vitrail.core.grants import put_grant
from vitrail.core.secrets import LINK_DAYS, Secrets

if TYPE_CHECKING:
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database
    from vitrail.sites.notifications import Notifications


def read_role(name: str) -> Role:
    """Return a role by name.

    Raises:
        InvalidInput: There is no such role.
    """
    try:
        return Role(name)
    except ValueError as error:
        raise InvalidInput(
            f"unknown role {name[:20]!r}", hint=f"roles are {', '.join(Role)}"
        ) from error


class Members:
    """Members and links of sites. Nobody gives or takes a role above their own."""

    def __init__(
        self, database: Database, secrets: Secrets, clock: Clock, notifications: Notifications
    ) -> None:
        self._notifications = notifications
        self._database = database
        self._secrets = secrets
        self._clock = clock

    async def list(self, subject: Subject) -> dict[str, Any]:
        """Return the people with a role on a site and the links that are open."""
        u, g, s = core.user.c, core.grant.c, core.secret.c
        async with self._database.read() as sql:
            people = await sql.execute(
                select(u.id, u.name, u.email, u.color, g.role, g.object_kind)
                .join(core.grant, g.user_id == u.id)
                .where(
                    or_(
                        (g.object_kind == "site") & (g.object_id == subject.site_id),
                        (g.object_kind == "organisation")
                        & (g.object_id == subject.organisation_id),
                    )
                )
                .order_by(u.id)
            )
            members: dict[str, dict[str, Any]] = {}
            for row in people:
                found = record(row)
                found["inherited"] = found.pop("object_kind") == "organisation"
                known = members.get(row.id)
                if known is None or RANK[Role(row.role)] < RANK[Role(known["role"])]:
                    members[row.id] = found
            links = await sql.execute(
                select(s.id, s.role, s.email, s.expires_at).where(
                    s.kind == "link", s.site_id == subject.site_id, s.expires_at > self._clock.now()
                )
            )
            return {
                "members": list(members.values()),
                "links": [record(row) | {"expires_at": aware(row.expires_at)} for row in links],
            }

    async def invite(
        self, actor: Actor, subject: Subject, role: Role, email: str | None
    ) -> tuple[str, str]:
        """Return the id and the secret of a link that gives a role to whoever opens it.

        Raises:
            NotAllowed: The role is above the actor's own.
        """
        self._require_rank(actor, subject, role)
        address = check_email(email) if email else None
        async with self._database.write() as sql:
            link_id, secret = await self._secrets.insert(
                sql,
                "link",
                site_id=subject.site_id,
                role=role,
                email=address,
                created_by=actor.user_id,
                expires_at=self._clock.now() + timedelta(days=LINK_DAYS),
            )
            if address is not None:
                site_id = str(subject.site_id)
                await self._notifications.invited(sql, site_id, link_id, address, actor.user_id)
        return link_id, secret

    async def close_link(self, subject: Subject, link_id: str) -> None:
        """Close a link; those who came by it lose the role that it gave.

        Raises:
            NotFound: The site has no such link.
        """
        async with self._database.write() as sql:
            gone = await sql.execute(
                delete(core.secret).where(
                    core.secret.c.id == link_id,
                    core.secret.c.kind == "link",
                    core.secret.c.site_id == subject.site_id,
                )
            )
            if gone.rowcount != 1:
                raise NotFound("there is no such link")
            await sql.execute(delete(core.grant).where(core.grant.c.link_id == link_id))
            await bump_epoch(sql)

    async def set_role(
        self, actor: Actor, subject: Subject, user_id: str, role: Role | None
    ) -> None:
        """Give a member another role on a site, or none.

        Raises:
            NotFound: The person has no role on the site itself.
            NotAllowed: Their role, or the new one, is above the actor's own.
        """
        where = (
            core.grant.c.user_id == user_id,
            core.grant.c.object_kind == "site",
            core.grant.c.object_id == subject.site_id,
        )
        async with self._database.write() as sql:
            row = (await sql.execute(select(core.grant.c.role).where(*where))).first()
            if row is None:
                raise NotFound(
                    "this person has no role on the site itself",
                    hint="roles of the organisation are changed there",
                )
            self._require_rank(actor, subject, Role(row.role))
            if role is None:
                await sql.execute(delete(core.grant).where(*where))
                await bump_epoch(sql)
            else:
                self._require_rank(actor, subject, role)
                on = ("site", str(subject.site_id))
                await put_grant(sql, self._clock, user_id, on, role)

    @staticmethod
    def _require_rank(actor: Actor, subject: Subject, role: Role) -> None:
        own = actor.role_on(subject)
        if actor.kind != "system" and (own is None or RANK[role] < RANK[own]):
            raise NotAllowed(f"the role {role} is above your own")
