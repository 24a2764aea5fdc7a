"""Comments on pages, as GraphQL tells them."""

from datetime import datetime

import strawberry
from strawberry import ID

from vitrail.builder import documents
from vitrail.builder.tree import ROOT, descendants
from vitrail.core.access import Action
from vitrail.graphql.batching import Batched, batched
from vitrail.graphql.context import Context
from vitrail.graphql.node import Node
from vitrail.graphql.paging import Connection, page_of
from vitrail.graphql.people import User, user_of
from vitrail.sites.comment import Comment as Kept


@strawberry.type(
    description="What somebody said about a page. The first comment stands for its thread: what it is about, whether it is resolved, and its replies."
)
class Comment(Batched, Node):
    """What somebody said about a page."""

    page_id: ID
    thread_id: ID = strawberry.field(description="The first comment of its thread.")
    author: User | None = strawberry.field(description="None if the account is gone.")
    body: str = strawberry.field(description="Plain text; empty if it was deleted.")
    mentions: list[User] = strawberry.field(description="The people whom it names.")
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None = strawberry.field(
        description="A first comment leaves its place when it was answered."
    )
    node_id: ID | None = strawberry.field(
        description="The block that the thread is about; none for the page as a whole."
    )
    quote: str = strawberry.field(description="What the block said when the thread began.")
    resolved_at: datetime | None
    resolved_by: User | None
    key: strawberry.Private[str]

    @batched
    @staticmethod
    async def replies(
        comments: list["Comment"], context: Context, first: int = 50, after: str | None = None
    ) -> list[Connection["Comment"]]:
        """The answers in its thread, the oldest first; those of a reply are none."""
        found = await context.house.comments.replies([comment.key for comment in comments])
        return [
            page_of([(each.id, comment_of(each)) for each in found[comment.key]], first, after)
            for comment in comments
        ]

    @batched
    @staticmethod
    async def node_removed(comments: list["Comment"], context: Context) -> list[bool]:
        """Whether the block that the thread is about is not on the page any more."""
        shown: dict[str, set[str]] = {}
        found: list[bool] = []
        for comment in comments:
            page = comment.page_id
            if comment.node_id is not None and page not in shown:
                await context.page(page.removeprefix("page:"), Action.PAGE_READ)
                read = documents.read_page(await context.house.collab.rooms.read(page))
                shown[page] = set(descendants(read.tree, ROOT))
            found.append(comment.node_id is not None and comment.node_id not in shown[page])
        return found


def comment_of(comment: Kept) -> Comment:
    """Return a comment as the sites have it."""
    return Comment(
        id=ID(f"comment:{comment.id}"),
        key=comment.id,
        page_id=ID(f"page:{comment.page_id}"),
        thread_id=ID(f"comment:{comment.thread_id}"),
        author=comment.author and user_of(comment.author),
        body=comment.body,
        mentions=[user_of(person) for person in comment.mentions],
        created_at=comment.created_at,
        edited_at=comment.edited_at,
        deleted_at=comment.deleted_at,
        node_id=ID(comment.node_id) if comment.node_id else None,
        quote=comment.quote,
        resolved_at=comment.resolved_at,
        resolved_by=comment.resolved_by and user_of(comment.resolved_by),
    )
