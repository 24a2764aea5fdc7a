"""What may be read from the root."""

from collections.abc import Awaitable, Callable

import strawberry
from strawberry import ID
from strawberry.types import Info

from vitrail.core.access import Action, authorize
from vitrail.core.errors import InvalidInput, NotAllowed, NotFound
from vitrail.graphql.batching import fetching, selected
from vitrail.graphql.comment_types import Comment, comment_of
from vitrail.graphql.context import Context
from vitrail.graphql.cost import MAX_PAGE
from vitrail.graphql.ids import read_id, split_id
from vitrail.graphql.node import Node
from vitrail.graphql.paging import Connection, page_of
from vitrail.graphql.people import User
from vitrail.graphql.site_types import Image, Page, Site, image_of, page_of_site, site_of

MISSING = (NotFound, NotAllowed)


# What a token that may administer webhooks, and read nothing, may be shown of a site.
OF_WEBHOOKS = frozenset({"webhooks", "id", "__typename"})


async def find_site(context: Context, key: str, action: Action = Action.SITE_READ) -> Site:
    """Return a site by its id or slug.

    Args:
        context: The request.
        key: Its id or slug.
        action: What the asker wants of it.

    Raises:
        NotFound: There is none that the asker may know of.
    """
    subject = await context.site(key, action)
    return site_of(await context.house.catalogue.describe(context.actor, str(subject.site_id)))


async def find_page(context: Context, key: str) -> Page:
    """Return a page.

    Raises:
        NotFound: There is none that the asker may know of.
    """
    subject = await context.page(key, Action.PAGE_READ)
    site_key = str(subject.site_id)
    for described in await context.house.pages.list(site_key):
        if described["id"] == key:
            return page_of_site(site_key, described)
    raise NotFound("this page was removed from its site")


async def find_comment(context: Context, key: str) -> Comment:
    """Return a comment.

    Raises:
        NotFound: There is none that the asker may know of.
    """
    found = await context.house.comments.find(key)
    await context.page(found.page_id, Action.PAGE_READ)
    return comment_of(found)


async def find_image(context: Context, key: str) -> Image:
    """Return an image of a library.

    Raises:
        NotFound: There is none that the asker may know of.
    """
    site, found = await context.house.media.find(key)
    await context.site(site, Action.SITE_READ)
    return image_of(found)


FINDERS: dict[str, Callable[[Context, str], Awaitable[Node]]] = {
    "site": find_site,
    "page": find_page,
    "comment": find_comment,
    "asset": find_image,
}


async def find_node(context: Context, value: str) -> Node | None:
    """Return anything by its id; None if there is no such thing, or none that the asker may know of."""
    kind, key = split_id(value)
    finder = FINDERS.get(kind)
    if finder is None:
        return None
    try:
        return await finder(context, key)
    except MISSING:
        return None


@strawberry.type
class SiteQuery:
    """Queries of sites and pages."""

    @strawberry.field(description="Who asks; nobody without a token or a session.")
    async def me(self, info: Info) -> User | None:
        """Return who asks."""
        actor = info.context.actor
        if actor.user_id is None:
            return None
        return User(id=ID(f"user:{actor.user_id}"), name=actor.name, color=actor.color)

    @strawberry.field(description="Anything by its id; null for what one may not know of.")
    @fetching
    async def node(self, info: Info, id: ID) -> Node | None:
        """Return anything by its id."""
        _require_person(info.context)
        return await find_node(info.context, id)

    @strawberry.field(description="Several things by their ids, in their order.")
    @fetching
    async def nodes(self, info: Info, ids: list[ID]) -> list[Node | None]:
        """Return several things by their ids."""
        _require_person(info.context)
        if len(ids) > MAX_PAGE:
            raise InvalidInput(f"ask for at most {MAX_PAGE} ids at once")
        return [await find_node(info.context, each) for each in ids]

    @strawberry.field(description="The sites on which one has a role, the newest change first.")
    @fetching
    async def sites(
        self, info: Info, first: int = 20, after: str | None = None
    ) -> Connection[Site]:
        """List the sites on which one has a role."""
        _require_person(info.context)
        described = await info.context.house.catalogue.list(info.context.actor)
        return page_of([(site["id"], site_of(site)) for site in described], first, after)

    @strawberry.field(description="A site, by its id or its slug.")
    @fetching
    async def site(
        self,
        info: Info,
        id: ID | None = None,
        slug: str | None = None,
    ) -> Site | None:
        """Return a site."""
        if (id is None) == (slug is None):
            raise InvalidInput("a site is asked for by its id or by its slug")
        wanted = selected(info)
        is_of_webhooks = "webhooks" in wanted and wanted <= OF_WEBHOOKS
        action = Action.SITE_WEBHOOKS if is_of_webhooks else Action.SITE_READ
        try:
            return await find_site(info.context, read_id(id, "site") if id else str(slug), action)
        except NotFound:
            return None

    @strawberry.field(description="A page.")
    @fetching
    async def page(self, info: Info, id: ID) -> Page | None:
        """Return a page."""
        try:
            return await find_page(info.context, read_id(id, "page"))
        except NotFound:
            return None


def _require_person(context: Context) -> None:
    authorize(context.actor, Action.SIGNED_IN)
