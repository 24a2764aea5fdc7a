"""What may be said about pages, by whoever may comment on them."""

from collections.abc import Awaitable, Sequence

import strawberry
from strawberry import ID
from strawberry.types import Info

from vitrail.core.access import Action, Subject
from vitrail.graphql.batching import fetching
from vitrail.graphql.comment_types import Comment, comment_of
from vitrail.graphql.context import Context
from vitrail.graphql.errors import UserError, attempt
from vitrail.graphql.ids import read_id
from vitrail.graphql.once import once
from vitrail.graphql.site_mutations import Deleted
from vitrail.sites.comment import Said

Ids = Sequence[str]


@strawberry.type(description="What became of a comment.")
class CommentChange:
    """What became of a comment."""

    comment: Comment | None
    errors: list[UserError]


@strawberry.type
class CommentMutation:
    """Mutations of comments."""

    @strawberry.mutation(
        description="Begin a thread about a page, or about a block of it. `mentions` are people of the site; write @ and their names into the text."
    )
    @fetching
    @once
    async def comment_add(
        self,
        info: Info,
        page_id: ID,
        body: str,
        node_id: ID | None = None,
        mentions: list[ID] = [],  # noqa: B006 - a default of the schema
    ) -> CommentChange:
        """Begin a thread."""
        context: Context = info.context

        async def add() -> str:
            key = read_id(page_id, "page")
            subject = await context.page(key, Action.PAGE_COMMENT)
            said = _said(body, mentions)
            return await context.house.comments.add(context.actor, subject, key, said, node_id)

        return await _changed(context, add())

    @strawberry.mutation(description="Answer in the thread of a comment.")
    @fetching
    @once
    async def comment_reply(
        self,
        info: Info,
        id: ID,
        body: str,
        mentions: list[ID] = [],  # noqa: B006 - a default of the schema
    ) -> CommentChange:
        """Answer in a thread."""
        context: Context = info.context

        async def reply() -> str:
            subject, key = await _find(context, id)
            said = _said(body, mentions)
            return await context.house.comments.reply(context.actor, subject, key, said)

        return await _changed(context, reply())

    @strawberry.mutation(description="Give a comment of one's own another text.")
    @fetching
    async def comment_change(
        self,
        info: Info,
        id: ID,
        body: str,
        mentions: list[ID] = [],  # noqa: B006 - a default of the schema
    ) -> CommentChange:
        """Change a comment."""
        context: Context = info.context

        async def change() -> str:
            subject, key = await _find(context, id)
            said = _said(body, mentions)
            await context.house.comments.change(context.actor, subject, key, said)
            return key

        return await _changed(context, change())

    @strawberry.mutation(description="Resolve the thread of a comment, or open it again.")
    @fetching
    async def comment_resolve(self, info: Info, id: ID, resolved: bool = True) -> CommentChange:
        """Resolve a thread, or open it again."""
        context: Context = info.context

        async def resolve() -> str:
            _, key = await _find(context, id)
            await context.house.comments.resolve(context.actor, key, resolved=resolved)
            return (await context.house.comments.find(key)).thread_id

        return await _changed(context, resolve())

    @strawberry.mutation(
        description="Delete a comment of one's own, or anybody's for whoever manages the site. A thread goes with its last comment."
    )
    async def comment_delete(self, info: Info, id: ID) -> Deleted:
        """Delete a comment."""
        context: Context = info.context

        async def delete() -> ID:
            subject, key = await _find(context, id)
            await context.house.comments.delete(context.actor, subject, key)
            return id

        found, errors = await attempt(delete())
        return Deleted(deleted_id=found, errors=errors)


async def _find(context: Context, comment_id: str) -> tuple[Subject, str]:
    """Return the site and the key of a comment, for whoever may comment on its page."""
    key = read_id(comment_id, "comment")
    page = (await context.house.comments.find(key)).page_id
    return await context.page(page, Action.PAGE_COMMENT), key


def _said(body: str, mentions: Ids) -> Said:
    return Said(body, [read_id(each, "user") for each in mentions])


async def _changed(context: Context, work: Awaitable[str]) -> CommentChange:
    async def read() -> Comment:
        return comment_of(await context.house.comments.find(await work))

    comment, errors = await attempt(read())
    return CommentChange(comment=comment, errors=errors)
