"""What people are told, as GraphQL tells it."""

from datetime import datetime
from enum import Enum

import strawberry
from strawberry import ID

from vitrail.graphql.batching import Batched, batched
from vitrail.graphql.comment_types import Comment, comment_of
from vitrail.graphql.context import Context
from vitrail.graphql.node import Node
from vitrail.graphql.paging import PageInfo, write_cursor
from vitrail.graphql.people import User, user_of
from vitrail.graphql.site_types import Page, page_of_site
from vitrail.sites import notifications as kept

OF_COMMENTS = frozenset({kept.Kind.MENTION, kept.Kind.REPLY, kept.Kind.COMMENT})


@strawberry.enum(description="What a notification tells.")
class NotificationKind(Enum):
    """What a notification tells; their values are those of `Kind`."""

    MENTION = strawberry.enum_value("mention", description="Somebody named you in a comment.")
    REPLY = strawberry.enum_value("reply", description="Somebody answered in a thread of yours.")
    COMMENT = strawberry.enum_value(
        "comment", description="Somebody commented on a page on which you did."
    )
    INVITATION = strawberry.enum_value(
        "invitation", description="A link to a site was made for your e-mail address."
    )
    REVIEW = strawberry.enum_value("review", description="Reviews wait for a moderator.")
    PUBLICATION = strawberry.enum_value(
        "publication", description="Somebody else published a site that you publish."
    )
    WEBHOOK = strawberry.enum_value("webhook", description="A webhook delivers no more.")


@strawberry.type(description="Something that you are told.")
class Notification(Batched, Node):
    """Something that a person is told."""

    seq: int = strawberry.field(description="Its number among yours, for `sinceSeq`.")
    kind: NotificationKind
    created_at: datetime
    read_at: datetime | None
    actor: User | None = strawberry.field(description="Who did it, if somebody did.")
    site_id: ID
    site_name: str
    page_id: ID | None
    site_key: strawberry.Private[str]
    entity_key: strawberry.Private[str | None]

    @batched
    @staticmethod
    async def page(notifications: list["Notification"], context: Context) -> list[Page | None]:
        """The page on which it happened, while it is on its site."""
        pages: dict[str, Page] = {}
        for site in {each.site_key for each in notifications if each.page_id}:
            for described in await context.house.pages.list(site):
                pages[f"page:{described['id']}"] = page_of_site(site, described)
        return [pages.get(each.page_id or "") for each in notifications]

    @batched
    @staticmethod
    async def comment(
        notifications: list["Notification"], context: Context
    ) -> list[Comment | None]:
        """The comment that it tells of."""
        kinds = {NotificationKind(kind.value) for kind in OF_COMMENTS}
        keys = [n.entity_key or "" if n.kind in kinds else "" for n in notifications]
        found = await context.house.comments.several({key for key in keys if key})
        return [comment_of(found[key]) if key in found else None for key in keys]


@strawberry.type
class NotificationEdge:
    """One place of a list."""

    cursor: str
    node: Notification


@strawberry.type(description="What you were told, the newest first.")
class NotificationConnection:
    """A part of what a person was told."""

    edges: list[NotificationEdge]
    nodes: list[Notification]
    page_info: PageInfo
    unread: int = strawberry.field(description="How many you have not read, of all.")


def notification_of(told: kept.Notification) -> Notification:
    """Return a notification as the sites have it."""
    return Notification(
        id=ID(f"notification:{told.id}"),
        seq=told.seq,
        kind=NotificationKind(told.kind.value),
        created_at=told.created_at,
        read_at=told.read_at,
        actor=told.actor and user_of(told.actor),
        site_id=ID(f"site:{told.site_id}"),
        site_name=told.site_name,
        page_id=ID(f"page:{told.page_id}") if told.page_id else None,
        site_key=told.site_id,
        entity_key=told.entity_id,
    )


def connection_of(
    told: list[kept.Notification], first: int, after: str | None, unread: int
) -> NotificationConnection:
    """Return a part of a list of which one more than `first` was asked for."""
    shown = [notification_of(each) for each in told[:first]]
    edges = [NotificationEdge(cursor=write_cursor(str(n.seq)), node=n) for n in shown]
    return NotificationConnection(
        edges=edges,
        nodes=shown,
        unread=unread,
        page_info=PageInfo(
            has_next_page=len(told) > first,
            has_previous_page=after is not None,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        ),
    )
