"""Who may do what: roles, actions, and the one function that every door calls."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from vitrail.core.errors import NotAllowed, NotFound, NotSignedIn

if TYPE_CHECKING:
    from collections.abc import Mapping


class Role(StrEnum):
    """What a person is to an organisation or a site, from the most powerful down."""

    OWNER = "owner"
    ADMIN = "admin"
    DESIGNER = "designer"
    EDITOR = "editor"  # content only
    COMMENTER = "commenter"
    ANALYST = "analyst"
    VIEWER = "viewer"


RANK = {role: rank for rank, role in enumerate(Role)}
MANAGERS = frozenset({Role.OWNER, Role.ADMIN})
BUILDERS = MANAGERS | {Role.DESIGNER}
WRITERS = BUILDERS | {Role.EDITOR}
COMMENTERS = WRITERS | {Role.COMMENTER}
EVERYONE = frozenset(Role)


class Action(StrEnum):
    """Everything that a door can ask for."""

    ANYONE = "anyone"  # signed out too: sign-in, health, published sites
    SIGNED_IN = "signed_in"  # things of one's own
    ORGANISATION_READ = "organisation.read"
    ORGANISATION_MANAGE = "organisation.manage"
    SITE_CREATE = "site.create"
    SITE_READ = "site.read"
    SITE_RENAME = "site.rename"
    SITE_DELETE = "site.delete"
    SITE_SHARE = "site.share"
    SITE_PUBLISH = "site.publish"
    SITE_METRICS = "site.metrics"
    SITE_MESSAGES = "site.messages"  # what visitors wrote in its forms
    SITE_MESSAGES_DELETE = "site.messages.delete"
    SITE_WEBHOOKS = "site.webhooks"  # which programs are told what happens
    PAGE_READ = "page.read"
    PAGE_EDIT = "page.edit"  # structure and style
    PAGE_WRITE = "page.write"  # content
    PAGE_COMMENT = "page.comment"
    PAGE_MODERATE = "page.moderate"  # delete what others said
    PAGE_CREATE = "page.create"
    PAGE_HISTORY = "page.history"  # what it was, also what was taken out of it
    MEDIA_WRITE = "media.write"
    SHOP_WRITE = "shop.write"  # products, prices, stock
    DOC_CREATE = "doc.create"
    DOC_USE = "doc.use"
    INSTANCE_METRICS = "instance.metrics"  # numbers, for programs that watch the server
    INSTANCE_READ = "instance.read"  # what is open on it, by whom
    INSTANCE_MANAGE = "instance.manage"  # close documents, set them apart


ALLOWED: Mapping[Action, frozenset[Role]] = {
    Action.ORGANISATION_READ: EVERYONE,
    Action.ORGANISATION_MANAGE: MANAGERS,
    Action.SITE_CREATE: BUILDERS,
    Action.SITE_READ: EVERYONE,
    Action.SITE_RENAME: BUILDERS,
    Action.SITE_DELETE: MANAGERS,
    Action.SITE_SHARE: MANAGERS,
    Action.SITE_PUBLISH: BUILDERS,
    Action.SITE_METRICS: BUILDERS | {Role.ANALYST},
    Action.SITE_MESSAGES: BUILDERS,
    Action.SITE_MESSAGES_DELETE: BUILDERS,
    Action.SITE_WEBHOOKS: MANAGERS,
    Action.PAGE_READ: EVERYONE,
    Action.PAGE_EDIT: BUILDERS,
    Action.PAGE_WRITE: WRITERS,
    Action.PAGE_COMMENT: COMMENTERS,
    Action.PAGE_MODERATE: MANAGERS,
    Action.PAGE_CREATE: BUILDERS,
    Action.PAGE_HISTORY: WRITERS,
    Action.MEDIA_WRITE: WRITERS,
    Action.SHOP_WRITE: WRITERS,
    Action.DOC_CREATE: WRITERS,
    Action.DOC_USE: WRITERS,
    # Of the organisation that the server was set up for: see `sites.catalogue`.
    Action.INSTANCE_METRICS: frozenset({Role.OWNER}),
    Action.INSTANCE_READ: frozenset({Role.OWNER}),
    Action.INSTANCE_MANAGE: frozenset({Role.OWNER}),
}

# What an API token's scope lets its holder do, within its owner's roles.
SCOPES: Mapping[str, frozenset[Action]] = {
    "read": frozenset(
        {
            Action.SIGNED_IN,
            Action.ORGANISATION_READ,
            Action.SITE_READ,
            Action.SITE_METRICS,
            Action.SITE_MESSAGES,
            Action.PAGE_READ,
            Action.PAGE_HISTORY,
        }
    ),
    "write": frozenset(
        {
            Action.SITE_CREATE,
            Action.SITE_RENAME,
            Action.SITE_MESSAGES_DELETE,
            Action.PAGE_EDIT,
            Action.PAGE_WRITE,
            Action.PAGE_COMMENT,
            Action.PAGE_CREATE,
            Action.MEDIA_WRITE,
            Action.SHOP_WRITE,
        }
    ),
    "publish": frozenset({Action.SITE_PUBLISH}),
    "manage": frozenset(
        {
            Action.ORGANISATION_MANAGE,
            Action.SITE_DELETE,
            Action.SITE_SHARE,
            Action.PAGE_MODERATE,
        }
    ),
    "webhooks": frozenset({Action.SITE_WEBHOOKS}),
    "collab:create": frozenset({Action.DOC_CREATE, Action.DOC_USE}),
    "metrics": frozenset({Action.INSTANCE_METRICS}),
    "instance": frozenset({Action.INSTANCE_READ, Action.INSTANCE_MANAGE}),
}

# What concerns the server as a whole, and no organisation on it.
OF_INSTANCE = frozenset({Action.INSTANCE_METRICS, Action.INSTANCE_READ, Action.INSTANCE_MANAGE})

ObjectKind = Literal["organisation", "site"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What an action is done to.

    Attributes:
        organisation_id: The organisation that owns it.
        site_id: The site that it belongs to, or none for things of the organisation itself.
        label: What it is, for error messages.
    """

    organisation_id: str
    site_id: str | None = None
    label: str = "site"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, with the roles they have; read anew for each request and change of access.

    Attributes:
        user_id: The account, or none for somebody who is signed out.
        name: What colleagues see.
        color: The person's colour, `#rrggbb`.
        roles: Role by (kind, id) of organisation or site.
        scopes: Scopes of the API token in use, or none for a person.
        session_hash: The session in use, which ends with sign-out.
        secret_id: The API token or ticket in use, which ends when it is revoked.
        kind: Who stands behind an edit in the history.
    """

    user_id: str | None = None
    name: str = ""
    color: str = ""
    roles: Mapping[tuple[str, str], Role] = field(default_factory=dict[tuple[str, str], Role])
    scopes: frozenset[str] | None = None
    session_hash: str | None = None
    secret_id: str | None = None
    kind: Literal["person", "token", "system"] = "person"

    @property
    def organisation_id(self) -> str | None:
        """The organisation in which they have the strongest role."""
        held = [
            (RANK[role], key) for (kind, key), role in self.roles.items() if kind == "organisation"
        ]
        return min(held)[1] if held else None

    def role_on(self, subject: Subject) -> Role | None:
        """Return the strongest role on a subject: its site's or its organisation's."""
        keys = [("organisation", subject.organisation_id)]
        if subject.site_id is not None:
            keys.append(("site", subject.site_id))
        found = [role for key in keys if (role := self.roles.get(key)) is not None]
        return min(found, key=RANK.__getitem__, default=None)


NOBODY = Actor()
SYSTEM = Actor(user_id=None, name="vitrail", kind="system")


def authorize(actor: Actor, action: Action, subject: Subject | None = None) -> None:
    """Let an action pass, or raise. Every door calls this, and nothing else decides.

    Args:
        actor: Who asks.
        action: What for.
        subject: To what; not needed for `ANYONE` and `SIGNED_IN`.

    Raises:
        NotSignedIn: Nobody is known to be asking.
        NotFound: The asker has no role there at all, so may not know that it exists.
        NotAllowed: The role, or the token's scopes, do not allow the action.
    """
    if action is Action.ANYONE or actor.kind == "system":
        return
    if actor.user_id is None:
        raise NotSignedIn("sign in first", hint="open the sign-in page, or send a token")
    if actor.scopes is not None and not any(action in SCOPES.get(s, ()) for s in actor.scopes):
        wanted = next((s for s, actions in SCOPES.items() if action in actions), "none")
        raise NotAllowed(
            f"this token's scopes do not include {action}", hint=f"make a token with scope {wanted}"
        )
    if action is Action.SIGNED_IN:
        return
    if subject is None:
        raise AssertionError(f"{action} needs a subject")
    role = actor.role_on(subject)
    if role is None:
        raise NotFound(f"there is no such {subject.label}")
    if role not in ALLOWED[action]:
        raise NotAllowed(
            f"the role {role} does not allow {action}",
            hint="ask an owner or admin for another role",
        )


def allowed(actor: Actor, action: Action, subject: Subject) -> bool:
    """Tell whether `authorize` would let an action pass."""
    try:
        authorize(actor, action, subject)
    except (NotSignedIn, NotFound, NotAllowed):
        return False
    return True
