"""Sites and pages, and what belongs to them."""

from datetime import datetime
from typing import Any

import strawberry
from strawberry import ID
from strawberry.scalars import JSON

from vitrail.builder import documents
from vitrail.collab.onlookers import who_is_on
from vitrail.commerce.feeds import FeedSetting
from vitrail.core.access import Action
from vitrail.graphql.batching import Batched, batched
from vitrail.graphql.comment_types import Comment, comment_of
from vitrail.graphql.context import Context
from vitrail.graphql.node import Node
from vitrail.graphql.paging import Connection, page_of
from vitrail.graphql.people import User
from vitrail.graphql.presence_types import Presence, presence_of
from vitrail.graphql.webhook_types import Webhook, webhook_of


@strawberry.type(description="A person with a role on a site.")
class Member:
    """A person with a role on a site."""

    user: User
    role: str
    inherited: bool = strawberry.field(description="Whether it is a role on the organisation.")


@strawberry.type(description="An image of a site's library.")
class Image(Node):
    """An image of a site's library."""

    name: str
    alt: JSON = strawberry.field(description="Alternative texts, by language.")
    width: int
    height: int
    url: str


@strawberry.type(description="What was published at a moment.")
class Deployment(Node):
    """What was published at a moment."""

    created_at: datetime
    pages: int
    bytes: int
    live: bool


@strawberry.type(description="A node of a page.")
class Block:
    """A node of a page."""

    id: ID
    parent: ID | None = strawberry.field(description="The node that it is in; none at the top.")
    type: str
    tag: str | None = strawberry.field(description="The HTML element, such as h1.")
    block: str | None = strawberry.field(description="The block that it was built as a part of.")
    props: JSON
    texts: JSON = strawberry.field(description="Its texts without marks, by language.")
    hidden: bool


@strawberry.type(description="A named or automatic version of a page.")
class Version(Node):
    """A version of a page."""

    seq: int
    label: str
    kind: str
    at: datetime


@strawberry.type(description="What a visitor wrote in a form of a published page.")
class Message(Node):
    """What a visitor wrote."""

    page_id: ID
    locale: str
    fields: JSON
    created_at: datetime


@strawberry.type(description="A page of a site.")
class Page(Batched, Node):
    """A page of a site."""

    title: str
    slug: str
    path: str
    titles: JSON = strawberry.field(description="Titles, by language.")
    parent: ID | None
    key: strawberry.Private[str]
    site_key: strawberry.Private[str]

    @batched
    @staticmethod
    async def blocks(pages: list["Page"], context: Context) -> list[list[Block]]:
        """The nodes of the page, each after the one that it is in."""
        found: list[list[Block]] = []
        for page in pages:
            await context.page(page.key, Action.PAGE_READ)
            read = documents.read_page(await context.house.collab.rooms.read(f"page:{page.key}"))
            found.append(_blocks(read))
        return found

    @batched
    @staticmethod
    async def html(pages: list["Page"], context: Context, locale: str | None = None) -> list[str]:
        """The page as publishing would write it now."""
        context.is_revised = False  # it shows when sizes of images were made
        preview = context.house.publishing.preview
        return [await preview(page.site_key, page.key, locale) for page in pages]

    @batched
    @staticmethod
    async def revision(pages: list["Page"], context: Context) -> list[int]:
        """How many changes the page has seen: what `pageChanged` counts."""
        heads = await context.house.collab.rooms.log.heads([f"page:{page.key}" for page in pages])
        return [heads.get(f"page:{page.key}", 0) for page in pages]

    @batched
    @staticmethod
    async def versions(pages: list["Page"], context: Context) -> list[list[Version]]:
        """The versions that were kept, the latest first."""
        found: list[list[Version]] = []
        for page in pages:
            await context.page(page.key, Action.PAGE_HISTORY)
            found.append([version_of(v) for v in await context.house.history.versions(page.key)])
        return found

    @batched
    @staticmethod
    async def presence(pages: list["Page"], context: Context) -> list[list[Presence]]:
        """Who has the page open now, on all nodes."""
        found: list[list[Presence]] = []
        for page in pages:
            await context.page(page.key, Action.PAGE_READ)
            states = await who_is_on(context.house.collab.rooms, f"page:{page.key}")
            found.append(presence_of(states))
        return found

    @batched
    @staticmethod
    async def comments(
        pages: list["Page"],
        context: Context,
        resolved: bool | None = None,
        first: int = 20,
        after: str | None = None,
    ) -> list[Connection[Comment]]:
        """The first comments of its threads, the newest first; all, or those that are resolved or not."""
        context.is_revised = False
        for page in pages:
            await context.page(page.key, Action.PAGE_READ)
        found = await context.house.comments.threads([p.key for p in pages], resolved=resolved)
        return [
            page_of([(each.id, comment_of(each)) for each in found[page.key]], first, after)
            for page in pages
        ]


@strawberry.type(description="Whether shops of others may fetch a site's products, and where.")
class ProductFeed:
    """Whether shops of others may fetch a site's products."""

    enabled: bool
    link: str = strawberry.field(description="Where a product is shown; see productFeedSet.")
    currency: str
    google_url: str = strawberry.field(description="For Google Merchant; `?locale=` may follow.")
    meta_url: str = strawberry.field(description="For Meta; `?locale=` may follow.")


def feed_of(slug: str, setting: FeedSetting, address: str) -> ProductFeed:
    """Return the feed of a site."""
    base = f"{address}/s/{slug}/feeds"
    return ProductFeed(
        enabled=setting.enabled,
        link=setting.link,
        currency=setting.currency,
        google_url=f"{base}/google.xml",
        meta_url=f"{base}/meta.csv",
    )


@strawberry.type(description="A site.")
class Site(Batched, Node):
    """A site."""

    slug: str
    name: str
    role: str | None = strawberry.field(description="What the asker is on it.")
    updated_at: datetime
    published_at: datetime | None
    url: str | None = strawberry.field(description="Where it is published.")
    key: strawberry.Private[str]

    @batched
    @staticmethod
    async def pages(
        sites: list["Site"], context: Context, first: int = 20, after: str | None = None
    ) -> list[Connection[Page]]:
        """Its pages in their order, those inside of others after them."""
        found: list[Connection[Page]] = []
        for site in sites:
            await context.site(site.key, Action.SITE_READ)
            pages = [page_of_site(site.key, p) for p in await context.house.pages.list(site.key)]
            found.append(page_of([(page.key, page) for page in pages], first, after))
        return found

    @batched
    @staticmethod
    async def images(
        sites: list["Site"], context: Context, first: int = 20, after: str | None = None
    ) -> list[Connection[Image]]:
        """The images of its library, the newest first."""
        found: list[Connection[Image]] = []
        for site in sites:
            await context.site(site.key, Action.SITE_READ)
            images = [image_of(asset) for asset in await context.house.media.list(site.key)]
            found.append(page_of([(image.id, image) for image in images], first, after))
        return found

    @batched
    @staticmethod
    async def members(sites: list["Site"], context: Context) -> list[list[Member]]:
        """The people with a role on it."""
        found: list[list[Member]] = []
        for site in sites:
            subject = await context.site(site.key, Action.SITE_READ)
            listed = await context.house.members.list(subject)
            found.append([_member(member) for member in listed["members"]])
        return found

    @batched
    @staticmethod
    async def deployments(sites: list["Site"], context: Context) -> list[list[Deployment]]:
        """What was published, the latest first."""
        found: list[list[Deployment]] = []
        for site in sites:
            await context.site(site.key, Action.SITE_READ)
            listed = await context.house.publishing.deployments(site.key)
            found.append([deployment_of(deployment) for deployment in listed])
        return found

    @batched
    @staticmethod
    async def messages(sites: list["Site"], context: Context) -> list[list[Message]]:
        """What visitors wrote in its forms, the newest first."""
        found: list[list[Message]] = []
        for site in sites:
            await context.site(site.key, Action.SITE_MESSAGES)
            listed = await context.house.forms.entries(site.key)
            found.append([message_of(entry) for entry in listed])
        return found

    @batched
    @staticmethod
    async def webhooks(sites: list["Site"], context: Context) -> list[list[Webhook]]:
        """Whom it tells what happens, for whoever may administer that."""
        for site in sites:
            await context.site(site.key, Action.SITE_WEBHOOKS)
        found = await context.house.webhooks.list([site.key for site in sites])
        return [[webhook_of(webhook) for webhook in found[site.key]] for site in sites]

    @batched
    @staticmethod
    async def product_feed(sites: list["Site"], context: Context) -> list[ProductFeed]:
        """Whether shops of others may fetch its products, and where."""
        found: list[ProductFeed] = []
        for site in sites:
            setting = await context.house.commerce.feeds.setting(site.key)
            found.append(feed_of(site.slug, setting, context.house.settings.sites_address))
        return found

    @batched
    @staticmethod
    async def theme(sites: list["Site"], context: Context) -> list[JSON]:
        """Its design tokens."""
        rooms = context.house.collab.rooms
        read = [documents.read_site(await rooms.read(f"site:{site.key}")) for site in sites]
        return [JSON(dict(site.tokens)) for site in read]


def site_of(described: dict[str, Any]) -> Site:
    """Return a site as the catalogue describes it."""
    return Site(
        id=ID(f"site:{described['id']}"),
        key=described["id"],
        slug=described["slug"],
        name=described["name"],
        role=described["role"],
        updated_at=described["updated_at"],
        published_at=described["published_at"],
        url=described["url"],
    )


def page_of_site(site_key: str, described: dict[str, Any]) -> Page:
    """Return a page as the catalogue describes it."""
    parent = described["parent"]
    return Page(
        id=ID(f"page:{described['id']}"),
        key=described["id"],
        site_key=site_key,
        title=described["title"],
        slug=described["slug"],
        path=described["path"],
        titles=JSON(described["titles"]),
        parent=ID(f"page:{parent}") if parent else None,
    )


def _blocks(page: documents.Page) -> list[Block]:
    found: list[Block] = []

    def walk(parent: str) -> None:
        for key in page.tree.children.get(parent, ()):
            node = page.nodes[key]
            found.append(
                Block(
                    id=ID(key),
                    parent=None if parent == "root" else ID(parent),
                    type=node.type,
                    tag=node.tag,
                    block=node.block,
                    props=JSON(dict(node.props)),
                    texts=JSON(dict(node.texts)),
                    hidden=node.hidden,
                )
            )
            walk(key)

    walk("root")
    return found


def image_of(asset: dict[str, Any]) -> Image:
    """Return an image as the library describes it."""
    return Image(
        id=ID(f"asset:{asset['id']}"),
        name=asset["name"],
        alt=JSON(asset["alt"]),
        width=asset["width"],
        height=asset["height"],
        url=asset["url"],
    )


def _member(member: dict[str, Any]) -> Member:
    return Member(
        user=User(id=ID(f"user:{member['id']}"), name=member["name"], color=member["color"]),
        role=member["role"],
        inherited=member["inherited"],
    )


def deployment_of(deployment: dict[str, Any]) -> Deployment:
    """Return a deployment as publishing describes it."""
    return Deployment(
        id=ID(f"deployment:{deployment['id']}"),
        created_at=deployment["created_at"],
        pages=deployment["pages"],
        bytes=deployment["size"],
        live=deployment["live"],
    )


def version_of(version: dict[str, Any]) -> Version:
    """Return a version as history describes it."""
    return Version(
        id=ID(f"version:{version['id']}"),
        seq=version["seq"],
        label=version["label"],
        kind=version["kind"],
        at=version["at"],
    )


def message_of(entry: dict[str, Any]) -> Message:
    """Return what a visitor wrote as the forms describe it."""
    return Message(
        id=ID(f"message:{entry['id']}"),
        page_id=ID(f"page:{entry['page_id']}"),
        locale=entry["locale"],
        fields=JSON(entry["fields"]),
        created_at=entry["created_at"],
    )
