"""How programs and people come in: API keys, invitations, and what may be spent."""

from datetime import datetime
from typing import Any

import strawberry
from strawberry import ID
from strawberry.types import Info

from vitrail.core.access import SCOPES, Action, authorize
from vitrail.core.errors import NotAllowed
from vitrail.graphql.context import Context
from vitrail.graphql.errors import UserError, attempt
from vitrail.graphql.ids import read_id
from vitrail.graphql.once import once
from vitrail.graphql.site_mutations import Deleted
from vitrail.graphql.site_types import User
from vitrail.sites.members import read_role


@strawberry.type(description="What a program comes in with, in the name of who made it.")
class ApiKey:
    """An API token, without its secret."""

    id: ID
    name: str
    scopes: list[str]
    created_at: datetime


@strawberry.type(description="A new key, and its secret, which is shown this once.")
class ApiKeyCreated:
    """A new API token."""

    api_key: ApiKey | None
    secret: str | None
    errors: list[UserError]


@strawberry.type(description="A link that gives a role to whoever opens it.")
class Invitation:
    """A link that gives a role, without its secret."""

    id: ID
    role: str
    email: str | None
    expires_at: datetime


@strawberry.type(description="A new invitation, and its address, which is shown this once.")
class InvitationCreated:
    """A new link."""

    invitation_id: ID | None
    url: str | None
    errors: list[UserError]


@strawberry.type(description="What requests cost, and what is left to spend.")
class RateLimit:
    """What is left to spend."""

    cost: int = strawberry.field(description="Points of this request.")
    available: int
    limit: int
    restore_per_second: int


@strawberry.type
class AccountQuery:
    """Queries of what is one's own."""

    @strawberry.field(description="One's API keys.")
    async def api_keys(self, info: Info) -> list[ApiKey]:
        """Return one's API tokens."""
        context: Context = info.context
        authorize(context.actor, Action.SIGNED_IN)
        found = await context.house.identity.secrets.tokens(str(context.actor.user_id))
        return [_key(row) for row in found]

    @strawberry.field(description="The invitations to a site that are open.")
    async def invitations(self, info: Info, site_id: ID) -> list[Invitation]:
        """Return the links of a site that are open."""
        context: Context = info.context
        subject = await context.site(read_id(site_id, "site"), Action.SITE_SHARE)
        listed = await context.house.members.list(subject)
        return [
            Invitation(
                id=ID(f"invitation:{link['id']}"),
                role=link["role"],
                email=link["email"],
                expires_at=link["expires_at"],
            )
            for link in listed["links"]
        ]

    @strawberry.field(description="What this request costs, and what is left to spend.")
    async def rate_limit(self, info: Info) -> RateLimit:
        """Return what is left to spend."""
        context: Context = info.context
        return RateLimit(
            cost=context.cost,
            available=int(context.left),
            limit=context.limits[0],
            restore_per_second=context.limits[1],
        )


@strawberry.type(description="What became of a change to one's account.")
class MeChange:
    """What became of a change to one's account."""

    me: User | None
    errors: list[UserError]


@strawberry.type
class AccountMutation:
    """Mutations of what programs and people come in with."""

    @strawberry.mutation(description="Change one's name, or the language one is spoken to in.")
    async def me_update(
        self, info: Info, name: str | None = None, language: str | None = None
    ) -> MeChange:
        """Change one's account; its address and password are changed in the dashboard only."""
        context: Context = info.context

        async def change() -> User:
            user = _person(context)
            accounts = context.house.identity.accounts
            await accounts.change(user, name=name, language=language)
            found = await accounts.get(user)
            return User(id=ID(f"user:{user}"), name=found["name"], color=found["color"])

        found, errors = await attempt(change())
        return MeChange(me=found, errors=errors)

    @strawberry.mutation(
        description="Make an API key, with some scopes or all; a key cannot make keys."
    )
    @once
    async def api_key_create(
        self, info: Info, name: str, scopes: list[str] | None = None
    ) -> ApiKeyCreated:
        """Make an API token."""
        context: Context = info.context

        async def create() -> tuple[ApiKey, str]:
            user = _person(context)
            wanted = scopes or list(SCOPES)
            made, secret = await context.house.identity.secrets.create_token(user, name, wanted)
            kept = await context.house.identity.secrets.tokens(user)
            return next(_key(row) for row in kept if row["id"] == made), secret

        found, errors = await attempt(create())
        key, secret = found or (None, None)
        return ApiKeyCreated(api_key=key, secret=secret, errors=errors)

    @strawberry.mutation(description="Revoke an API key: it is good for nothing from then on.")
    async def api_key_revoke(self, info: Info, id: ID) -> Deleted:
        """Revoke an API token."""
        context: Context = info.context

        async def revoke() -> ID:
            await context.house.identity.secrets.delete_token(
                _person(context), read_id(id, "apikey")
            )
            context.house.collab.access_changed()
            return id

        found, errors = await attempt(revoke())
        return Deleted(deleted_id=found, errors=errors)

    @strawberry.mutation(
        description="Invite to a site: whoever opens the address gets the role; an e-mail address says whom it is for."
    )
    @once
    async def invitation_create(
        self, info: Info, site_id: ID, role: str, email: str | None = None
    ) -> InvitationCreated:
        """Make a link that gives a role."""
        context: Context = info.context

        async def invite() -> tuple[ID, str]:
            subject = await context.site(read_id(site_id, "site"), Action.SITE_SHARE)
            made, secret = await context.house.members.invite(
                context.actor, subject, read_role(role), email
            )
            return ID(f"invitation:{made}"), f"{context.house.settings.address}/join/{secret}"

        found, errors = await attempt(invite())
        made, url = found or (None, None)
        return InvitationCreated(invitation_id=made, url=url, errors=errors)

    @strawberry.mutation(
        description="Close an invitation; those who came by it lose the role that it gave."
    )
    async def invitation_revoke(self, info: Info, site_id: ID, id: ID) -> Deleted:
        """Close a link."""
        context: Context = info.context

        async def close() -> ID:
            subject = await context.site(read_id(site_id, "site"), Action.SITE_SHARE)
            await context.house.members.close_link(subject, read_id(id, "invitation"))
            context.house.collab.access_changed()
            return id

        found, errors = await attempt(close())
        return Deleted(deleted_id=found, errors=errors)


def _person(context: Context) -> str:
    authorize(context.actor, Action.SIGNED_IN)
    if context.actor.session_hash is None:
        raise NotAllowed("this is for people, not for their keys", hint="sign in")
    return str(context.actor.user_id)


def _key(row: dict[str, Any]) -> ApiKey:
    return ApiKey(
        id=ID(f"apikey:{row['id']}"),
        name=row["name"],
        scopes=list(row["scopes"]),
        created_at=row["created_at"],
    )
