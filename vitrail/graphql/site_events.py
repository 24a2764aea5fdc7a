"""What happens on sites, as events that subscriptions tell and webhooks ask for by number."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

import strawberry
from strawberry import ID

from vitrail.commerce.model import Change, Kind
from vitrail.core.access import Action
from vitrail.graphql.comment_types import Comment, comment_of
from vitrail.graphql.commerce_queries import reviews_seen
from vitrail.graphql.commerce_types import Product, Review, product_of, review_of
from vitrail.graphql.context import Context
from vitrail.graphql.orders import MAY_READ, OrderFact, read_orders
from vitrail.graphql.site_types import (
    Deployment,
    Message,
    Page,
    deployment_of,
    message_of,
    page_of_site,
)


@strawberry.enum(description="What an event of a site is about.")
class SiteEventKind(Enum):
    """What an event of a site is about; their values are those of `Kind`."""

    PAGE = "page"
    DEPLOYMENT = "deployment"
    MESSAGE = "message"
    PRODUCT = "product"
    ORDER = "order"
    REVIEW = "review"
    COMMENT = "comment"


@strawberry.interface(description="Something that has happened on a site.")
class SiteEvent:
    """Something that has happened on a site."""

    seq: int = strawberry.field(
        description="Its number on the site; `sinceSeq` of a later subscription."
    )
    at: datetime
    entity_id: ID = strawberry.field(description="What it is about.")


@strawberry.type(description="A page was edited; edits that come quickly are told as one.")
class PageEvent(SiteEvent):
    """A page was edited."""

    page: Page | None = strawberry.field(description="None if it was removed since.")


@strawberry.type(description="The site was published.")
class DeploymentEvent(SiteEvent):
    """The site was published."""

    deployment: Deployment | None


@strawberry.type(description="A visitor sent a form. Told to whoever may read messages.")
class MessageEvent(SiteEvent):
    """A visitor sent a form."""

    message: Message | None = strawberry.field(description="None if it was deleted since.")


@strawberry.type(description="A product, its prices or its stock have changed.")
class ProductEvent(SiteEvent):
    """A product has changed."""

    product: Product | None = strawberry.field(description="None if it was deleted.")


@strawberry.type(description="An order, or a refund of it, was recorded.")
class OrderEvent(SiteEvent):
    """An order was recorded."""

    order: OrderFact | None


@strawberry.type(description="A review was written or moderated.")
class ReviewEvent(SiteEvent):
    """A review was written or moderated."""

    review: Review | None = strawberry.field(description="None if it was deleted.")


@strawberry.type(
    description="Somebody commented on a page, or changed, resolved, reopened or deleted a comment."
)
class CommentEvent(SiteEvent):
    """Somebody commented on a page, or changed a comment."""

    comment: Comment | None = strawberry.field(description="None if it was deleted.")


# What not everybody who may read a site is told.
NEEDS = {Kind.MESSAGE: Action.SITE_MESSAGES, Kind.ORDER: MAY_READ}
EVENT_TYPES = (
    PageEvent,
    DeploymentEvent,
    MessageEvent,
    ProductEvent,
    OrderEvent,
    ReviewEvent,
    CommentEvent,
)


@strawberry.type(description="A product has changed, or is gone.")
class ProductChanged:
    """A product has changed, or is gone."""

    seq: int = strawberry.field(description="`sinceSeq` of a later subscription.")
    product: Product | None
    deleted_id: ID | None


@dataclass(frozen=True, slots=True)
class Told:
    """Some events of a site.

    Attributes:
        events: In their order; each has its number as `seq`.
        cursor: The number up to which that is all.
        has_more: Whether there is more already.
    """

    events: Sequence[Any]
    cursor: int
    has_more: bool


async def products_since(context: Context, site: str, seq: int) -> Told:
    """Return the products of a site that have changed since a number."""
    page = await context.house.commerce.ledger.changes_since(site, seq, [Kind.PRODUCT])
    found = await _products(context, [change.id for change in page.changes])
    events: list[ProductChanged] = []
    for change in page.changes:
        product = found.get(change.id)
        gone = None if product else ID(f"product:{change.id}")
        events.append(ProductChanged(seq=change.seq, product=product, deleted_id=gone))
    return Told(events, page.cursor, page.has_more)


async def events_since(
    context: Context, site: str, seq: int, only: Sequence[SiteEventKind] | None
) -> Told:
    """Return what has happened on a site since a number, of what the asker may know."""
    await context.house.page_news.gather([site])
    wanted = [Kind(kind.value) for kind in (SiteEventKind if only is None else only)]
    wanted = [kind for kind in wanted if kind not in NEEDS or await context.may(site, NEEDS[kind])]
    page = await context.house.commerce.ledger.changes_since(site, seq, wanted)
    things: dict[tuple[Kind, str], Any] = {}
    for kind in wanted:
        ids = [change.id for change in page.changes if change.kind is kind]
        if ids:
            make = READERS[kind]
            things |= {
                (kind, key): thing for key, thing in (await make(context, site, ids)).items()
            }
    events = [_event(change, things.get((change.kind, change.id))) for change in page.changes]
    return Told(events, page.cursor, page.has_more)


def _event(change: Change, thing: Any) -> SiteEvent:
    kind = change.kind
    of = {
        Kind.PAGE: PageEvent,
        Kind.DEPLOYMENT: DeploymentEvent,
        Kind.MESSAGE: MessageEvent,
        Kind.PRODUCT: ProductEvent,
        Kind.ORDER: OrderEvent,
        Kind.REVIEW: ReviewEvent,
        Kind.COMMENT: CommentEvent,
    }[kind]
    values: dict[str, Any] = {kind.value: thing}
    return of(seq=change.seq, at=change.at, entity_id=ID(f"{kind.value}:{change.id}"), **values)


async def _pages(context: Context, site: str, ids: Sequence[str]) -> dict[str, Page]:
    described = await context.house.pages.list(site)
    return {page["id"]: page_of_site(site, page) for page in described if page["id"] in ids}


async def _deployments(context: Context, site: str, _ids: Sequence[str]) -> dict[str, Deployment]:
    listed = await context.house.publishing.deployments(site)
    return {each["id"]: deployment_of(each) for each in listed}


async def _messages(context: Context, site: str, ids: Sequence[str]) -> dict[str, Message]:
    found = await context.house.forms.some(site, ids)
    return {key: message_of(entry) for key, entry in found.items()}


async def _products(context: Context, ids: Sequence[str]) -> dict[str, Product]:
    if not ids:
        return {}
    reads = await context.shop()
    return {key: product_of(found) for key, found in (await reads.products(ids)).items()}


async def _reviews(context: Context, _site: str, ids: Sequence[str]) -> dict[str, Review]:
    return {key: review_of(found) for key, found in (await reviews_seen(context, ids)).items()}


async def _comments(context: Context, site: str, ids: Sequence[str]) -> dict[str, Comment]:
    found = await context.house.comments.some(site, ids)
    return {key: comment_of(comment) for key, comment in found.items()}


async def _orders(context: Context, _site: str, ids: Sequence[str]) -> dict[str, OrderFact]:
    return await read_orders(context, ids)


async def _products_of_site(context: Context, _site: str, ids: Sequence[str]) -> dict[str, Product]:
    return await _products(context, ids)


READERS: dict[Kind, Callable[[Context, str, Sequence[str]], Awaitable[dict[str, Any]]]] = {
    Kind.PAGE: _pages,
    Kind.DEPLOYMENT: _deployments,
    Kind.MESSAGE: _messages,
    Kind.PRODUCT: _products_of_site,
    Kind.ORDER: _orders,
    Kind.REVIEW: _reviews,
    Kind.COMMENT: _comments,
}
