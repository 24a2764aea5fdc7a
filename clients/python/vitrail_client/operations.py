"""What may be asked, and the answers. Written by `make clients` from docs/schema.graphql; changes are lost."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeAlias

from msgspec import UNSET, Struct, UnsetType

from vitrail_client.requests import Mutation, Query, Subscription
from vitrail_client.schema import (
    DeliveryState,
    NotificationKind,
    OrderInput,
    PriceInput,
    ProductFilterInput,
    ProductInput,
    ProductSortInput,
    ProductStatus,
    RefundInput,
    ReviewStatus,
    SiteEventKind,
    StockLineInput,
    StockPolicy,
    SyncKind,
    VariantInput,
    WebhookReason,
)


class User(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="User"):
    """A person."""

    id: str
    name: str
    color: str


class Category(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Category"):
    """A branch of a site's tree of categories."""

    id: str
    slug: str
    names: Any
    """By language."""
    parent: str | None
    position: int
    revision: int


class Collection(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Collection"):
    """Products that somebody put together."""

    id: str
    slug: str
    names: Any
    """By language."""


class Comment(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Comment"):
    """What somebody said about a page. The first comment stands for its thread: what it is about, whether it is resolved, and its replies."""

    id: str
    page_id: str
    thread_id: str
    """The first comment of its thread."""
    author: User | None
    """None if the account is gone."""
    body: str
    """Plain text; empty if it was deleted."""
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None
    """A first comment leaves its place when it was answered."""
    node_id: str | None
    """The block that the thread is about; none for the page as a whole."""
    quote: str
    """What the block said when the thread began."""
    resolved_at: datetime | None
    resolved_by: User | None
    node_removed: bool
    """Whether the block that the thread is about is not on the page any more."""


class Deployment(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Deployment"):
    """What was published at a moment."""

    id: str
    created_at: datetime
    pages: int
    bytes: int
    live: bool


class Image(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Image"):
    """An image of a site's library."""

    id: str
    name: str
    alt: Any
    """Alternative texts, by language."""
    width: int
    height: int
    url: str


class NodeMerchant(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Merchant"):
    """Who sells."""

    id: str
    slug: str
    name: str
    country: str
    merchant_url: str | None
    revision: int


class Message(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Message"):
    """What a visitor wrote in a form of a published page."""

    id: str
    page_id: str
    locale: str
    fields: Any
    created_at: datetime


class Page(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Page"):
    """A page of a site."""

    id: str
    title: str
    slug: str
    path: str
    titles: Any
    """Titles, by language."""
    parent: str | None
    revision: int
    """How many changes the page has seen: what `pageChanged` counts."""


class NodeNotification(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Notification"):
    """Something that you are told."""

    id: str
    seq: int
    """Its number among yours, for `sinceSeq`."""
    kind: NotificationKind
    created_at: datetime
    read_at: datetime | None
    actor: User | None
    """Who did it, if somebody did."""
    site_id: str
    site_name: str
    notification_page_id: str | None
    page: Page | None
    """The page on which it happened, while it is on its site."""
    comment: Comment | None
    """The comment that it tells of."""


class Money(Struct, frozen=True, kw_only=True, rename="camel"):
    """An amount in minor units (cents, yen) of an ISO 4217 currency."""

    amount: int
    currency: str


class OrderLine(Struct, frozen=True, kw_only=True, rename="camel"):
    """What was bought in an order."""

    name: str
    quantity: int
    unit_price: Money
    product_id: str | None
    """It may be deleted since."""
    variant_id: str | None


class RefundFact(Struct, frozen=True, kw_only=True, rename="camel"):
    """Money that went back for an order."""

    external_id: str
    amount: Money
    reason: str
    refunded_at: datetime


class OrderFact(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="OrderFact"):
    """An order as a shop told it."""

    id: str
    external_id: str
    source: str
    total: Money
    refunded: Money
    units: int
    """How many things were bought."""
    lines: list[OrderLine]
    refunds: list[RefundFact]
    placed_at: datetime


class ProductOption(Struct, frozen=True, kw_only=True, rename="camel"):
    """What one chooses between."""

    name: str
    values: list[str]


class ProductImage(Struct, frozen=True, kw_only=True, rename="camel"):
    """A picture of a product: an image of the library, or an address."""

    image_id: str | None
    url: str | None
    alt: Any
    """By language."""


class AffiliateLink(Struct, frozen=True, kw_only=True, rename="camel"):
    """Where else a product is sold."""

    network: str
    url: str
    commission: int | None
    """What a sale brings, in hundredths of a percent."""


class Merchant(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Merchant"):
    """Who sells."""

    id: str
    slug: str
    name: str
    country: str
    url: str | None
    revision: int


class Price(Struct, frozen=True, kw_only=True, rename="camel"):
    """What something costs in a currency."""

    amount: int
    """In minor units."""
    currency: str
    compare_at: int | None
    """The price that is struck through."""


class Stock(Struct, frozen=True, kw_only=True, rename="camel"):
    """How many there are to sell, and how many are set aside."""

    available: int
    reserved: int
    policy: StockPolicy
    available_on: date | None
    """From when on what has run out is delivered, if that is known."""


class Variant(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Variant"):
    """One thing that can be bought."""

    id: str
    sku: str
    options: Any
    prices: list[Price]
    stock: Stock
    revision: int


class Product(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Product"):
    """Something that a site sells."""

    id: str
    slug: str
    status: ProductStatus
    names: Any
    """By language."""
    descriptions: Any
    """By language."""
    tags: list[str]
    options: list[ProductOption]
    images: list[ProductImage]
    affiliate_links: list[AffiliateLink]
    category: str | None
    merchant: Merchant
    prices: list[Price]
    """The lowest of its variants, by currency."""
    stock: Stock
    """Of all its variants together."""
    in_stock: bool
    rating: float | None
    review_count: int
    created_at: datetime
    updated_at: datetime
    revision: int
    variants: list[Variant]
    """What of it can be bought, in order."""


class NodeReview(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Review"):
    """What somebody says of a product."""

    id: str
    review_author: str
    review_rating: int
    body: str
    locale: str
    verified: bool
    """Whether they are known to have bought it."""
    created_at: datetime
    product_id: str
    review_status: ReviewStatus


class ProductFeed(Struct, frozen=True, kw_only=True, rename="camel"):
    """Whether shops of others may fetch a site's products, and where."""

    enabled: bool
    link: str
    """Where a product is shown; see productFeedSet."""
    currency: str
    google_url: str
    """For Google Merchant; `?locale=` may follow."""
    meta_url: str
    """For Meta; `?locale=` may follow."""


class NodeSite(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Site"):
    """A site."""

    id: str
    slug: str
    name: str
    role: str | None
    """What the asker is on it."""
    updated_at: datetime
    published_at: datetime | None
    site_url: str | None
    """Where it is published."""
    product_feed: ProductFeed
    """Whether shops of others may fetch its products, and where."""
    theme: Any
    """Its design tokens."""


class NodeVariant(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Variant"):
    """One thing that can be bought."""

    id: str
    sku: str
    variant_options: Any
    prices: list[Price]
    stock: Stock
    revision: int


class NodeVersion(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Version"):
    """A named or automatic version of a page."""

    id: str
    seq: int
    label: str
    version_kind: str
    at: datetime


class Webhook(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Webhook"):
    """A program on another server that is told what happens on a site."""

    id: str
    url: str
    query: str
    """The subscription that makes its messages."""
    enabled: bool
    reason: WebhookReason | None
    """Why it is not enabled."""
    failing_since: datetime | None
    next_attempt_at: datetime | None
    created_at: datetime
    user_id: str
    """Who made it; it tells what they may know."""


class NodeWebhookDelivery(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="WebhookDelivery"):
    """A message of a webhook, and what became of it."""

    id: str
    seq: int
    """The number of the event; 0 for a test."""
    state: DeliveryState
    type: str
    body: str
    """The message, as JSON."""
    created_at: datetime
    attempts: int
    attempted_at: datetime | None
    webhook_delivery_status: int | None
    """What was answered last; none if nothing was."""
    milliseconds: int | None
    """How long that took."""
    answer: str | None
    """The beginning of the answer, or why there is none."""


Node: TypeAlias = Category | Collection | Comment | Deployment | Image | NodeMerchant | Message | NodeNotification | OrderFact | Page | Product | NodeReview | NodeSite | User | NodeVariant | NodeVersion | Webhook | NodeWebhookDelivery
"""Anything that has an id: the name of its document."""


class NodesMerchant(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Merchant"):
    """Who sells."""

    id: str
    slug: str
    name: str
    country: str
    merchant_url: str | None
    revision: int


class NodesNotification(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Notification"):
    """Something that you are told."""

    id: str
    seq: int
    """Its number among yours, for `sinceSeq`."""
    kind: NotificationKind
    created_at: datetime
    read_at: datetime | None
    actor: User | None
    """Who did it, if somebody did."""
    site_id: str
    site_name: str
    notification_page_id: str | None
    page: Page | None
    """The page on which it happened, while it is on its site."""
    comment: Comment | None
    """The comment that it tells of."""


class NodesReview(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Review"):
    """What somebody says of a product."""

    id: str
    review_author: str
    review_rating: int
    body: str
    locale: str
    verified: bool
    """Whether they are known to have bought it."""
    created_at: datetime
    product_id: str
    review_status: ReviewStatus


class NodesSite(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Site"):
    """A site."""

    id: str
    slug: str
    name: str
    role: str | None
    """What the asker is on it."""
    updated_at: datetime
    published_at: datetime | None
    site_url: str | None
    """Where it is published."""
    product_feed: ProductFeed
    """Whether shops of others may fetch its products, and where."""
    theme: Any
    """Its design tokens."""


class NodesVariant(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Variant"):
    """One thing that can be bought."""

    id: str
    sku: str
    variant_options: Any
    prices: list[Price]
    stock: Stock
    revision: int


class NodesVersion(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Version"):
    """A named or automatic version of a page."""

    id: str
    seq: int
    label: str
    version_kind: str
    at: datetime


class NodesWebhookDelivery(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="WebhookDelivery"):
    """A message of a webhook, and what became of it."""

    id: str
    seq: int
    """The number of the event; 0 for a test."""
    state: DeliveryState
    type: str
    body: str
    """The message, as JSON."""
    created_at: datetime
    attempts: int
    attempted_at: datetime | None
    webhook_delivery_status: int | None
    """What was answered last; none if nothing was."""
    milliseconds: int | None
    """How long that took."""
    answer: str | None
    """The beginning of the answer, or why there is none."""


Nodes: TypeAlias = Category | Collection | Comment | Deployment | Image | NodesMerchant | Message | NodesNotification | OrderFact | Page | Product | NodesReview | NodesSite | User | NodesVariant | NodesVersion | Webhook | NodesWebhookDelivery
"""Anything that has an id: the name of its document."""


class Site(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Site"):
    """A site."""

    id: str
    slug: str
    name: str
    role: str | None
    """What the asker is on it."""
    updated_at: datetime
    published_at: datetime | None
    url: str | None
    """Where it is published."""
    product_feed: ProductFeed
    """Whether shops of others may fetch its products, and where."""
    theme: Any
    """Its design tokens."""


class PageInfo(Struct, frozen=True, kw_only=True, rename="camel"):
    """Where a page of a list lies in it."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


class SiteConnection(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `SiteConnection` is."""

    nodes: list[Site]
    page_info: PageInfo
    total_count: int | None
    """How many there are in all; null where nobody counts them."""


class EditSession(Struct, frozen=True, kw_only=True, rename="camel"):
    """What somebody did to a page without a pause."""

    first: int
    """Its first moment."""
    last: int
    """Its last moment: what pageAt and pageRestore take."""
    began_at: datetime
    ended_at: datetime
    edits: int
    user: User | None
    kind: str
    """person, token, assistant or system."""


class EditSessions(Struct, frozen=True, kw_only=True, rename="camel"):
    """Who worked on a page when, the latest first."""

    sessions: list[EditSession]
    next: int | None
    """Send it as `before` for those before these."""


class ProductConnection(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ProductConnection` is."""

    nodes: list[Product]
    page_info: PageInfo
    total_count: int | None
    """How many there are in all; null where nobody counts them."""


class MerchantConnection(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `MerchantConnection` is."""

    nodes: list[Merchant]
    page_info: PageInfo
    total_count: int | None
    """How many there are in all; null where nobody counts them."""


class CollectionConnection(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `CollectionConnection` is."""

    nodes: list[Collection]
    page_info: PageInfo
    total_count: int | None
    """How many there are in all; null where nobody counts them."""


class Review(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Review"):
    """What somebody says of a product."""

    id: str
    author: str
    rating: int
    body: str
    locale: str
    verified: bool
    """Whether they are known to have bought it."""
    created_at: datetime
    product_id: str
    status: ReviewStatus


class ReviewConnection(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ReviewConnection` is."""

    nodes: list[Review]
    page_info: PageInfo
    total_count: int | None
    """How many there are in all; null where nobody counts them."""


class SyncPageChangedComment(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Comment"):
    """What somebody said about a page. The first comment stands for its thread: what it is about, whether it is resolved, and its replies."""

    id: str


class SyncPageChangedDeployment(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Deployment"):
    """What was published at a moment."""

    id: str


class SyncPageChangedImage(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Image"):
    """An image of a site's library."""

    id: str


class SyncPageChangedMessage(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Message"):
    """What a visitor wrote in a form of a published page."""

    id: str


class SyncPageChangedNotification(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Notification"):
    """Something that you are told."""

    id: str


class SyncPageChangedOrderFact(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="OrderFact"):
    """An order as a shop told it."""

    id: str


class SyncPageChangedPage(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Page"):
    """A page of a site."""

    id: str


class SyncPageChangedReview(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Review"):
    """What somebody says of a product."""

    id: str
    author: str
    review_rating: int
    body: str
    locale: str
    verified: bool
    """Whether they are known to have bought it."""
    created_at: datetime
    product_id: str
    review_status: ReviewStatus


class SyncPageChangedSite(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Site"):
    """A site."""

    id: str


class SyncPageChangedUser(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="User"):
    """A person."""

    id: str


class SyncPageChangedVariant(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Variant"):
    """One thing that can be bought."""

    id: str


class SyncPageChangedVersion(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Version"):
    """A named or automatic version of a page."""

    id: str


class SyncPageChangedWebhook(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Webhook"):
    """A program on another server that is told what happens on a site."""

    id: str


class SyncPageChangedWebhookDelivery(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="WebhookDelivery"):
    """A message of a webhook, and what became of it."""

    id: str


SyncPageChanged: TypeAlias = Category | Collection | SyncPageChangedComment | SyncPageChangedDeployment | SyncPageChangedImage | Merchant | SyncPageChangedMessage | SyncPageChangedNotification | SyncPageChangedOrderFact | SyncPageChangedPage | Product | SyncPageChangedReview | SyncPageChangedSite | SyncPageChangedUser | SyncPageChangedVariant | SyncPageChangedVersion | SyncPageChangedWebhook | SyncPageChangedWebhookDelivery
"""Anything that has an id: the name of its document."""


class SyncPage(Struct, frozen=True, kw_only=True, rename="camel"):
    """What has changed since a moment."""

    changed: list[SyncPageChanged]
    deleted: list[str]
    cursor: str
    """Send it as `since` the next time."""
    has_more: bool
    reset: bool
    """The cursor is too old: drop all, and fetch anew."""


class OrderFactConnection(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `OrderFactConnection` is."""

    nodes: list[OrderFact]
    page_info: PageInfo
    total_count: int | None
    """How many there are in all; null where nobody counts them."""


class Notification(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Notification"):
    """Something that you are told."""

    id: str
    seq: int
    """Its number among yours, for `sinceSeq`."""
    kind: NotificationKind
    created_at: datetime
    read_at: datetime | None
    actor: User | None
    """Who did it, if somebody did."""
    site_id: str
    site_name: str
    page_id: str | None
    page: Page | None
    """The page on which it happened, while it is on its site."""
    comment: Comment | None
    """The comment that it tells of."""


class NotificationConnection(Struct, frozen=True, kw_only=True, rename="camel"):
    """What you were told, the newest first."""

    nodes: list[Notification]
    page_info: PageInfo
    unread: int
    """How many you have not read, of all."""


class ApiKey(Struct, frozen=True, kw_only=True, rename="camel"):
    """What a program comes in with, in the name of who made it."""

    id: str
    name: str
    scopes: list[str]
    created_at: datetime


class Invitation(Struct, frozen=True, kw_only=True, rename="camel"):
    """A link that gives a role to whoever opens it."""

    id: str
    role: str
    email: str | None
    expires_at: datetime


class RateLimit(Struct, frozen=True, kw_only=True, rename="camel"):
    """What requests cost, and what is left to spend."""

    cost: int
    """Points of this request."""
    available: int
    limit: int
    restore_per_second: int


class PageConnection(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `PageConnection` is."""

    nodes: list[Page]
    page_info: PageInfo
    total_count: int | None
    """How many there are in all; null where nobody counts them."""


class SitePagesSite(Struct, frozen=True, kw_only=True, rename="camel"):
    """A site."""

    pages: PageConnection
    """Its pages in their order, those inside of others after them."""


class ImageConnection(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ImageConnection` is."""

    nodes: list[Image]
    page_info: PageInfo
    total_count: int | None
    """How many there are in all; null where nobody counts them."""


class SiteImagesSite(Struct, frozen=True, kw_only=True, rename="camel"):
    """A site."""

    images: ImageConnection
    """The images of its library, the newest first."""


class Member(Struct, frozen=True, kw_only=True, rename="camel"):
    """A person with a role on a site."""

    user: User
    role: str
    inherited: bool
    """Whether it is a role on the organisation."""


class SiteMembersSite(Struct, frozen=True, kw_only=True, rename="camel"):
    """A site."""

    members: list[Member]
    """The people with a role on it."""


class SiteDeploymentsSite(Struct, frozen=True, kw_only=True, rename="camel"):
    """A site."""

    deployments: list[Deployment]
    """What was published, the latest first."""


class SiteMessagesSite(Struct, frozen=True, kw_only=True, rename="camel"):
    """A site."""

    messages: list[Message]
    """What visitors wrote in its forms, the newest first."""


class SiteWebhooksSite(Struct, frozen=True, kw_only=True, rename="camel"):
    """A site."""

    webhooks: list[Webhook]
    """Whom it tells what happens, for whoever may administer that."""


class Block(Struct, frozen=True, kw_only=True, rename="camel"):
    """A node of a page."""

    id: str
    parent: str | None
    """The node that it is in; none at the top."""
    type: str
    tag: str | None
    """The HTML element, such as h1."""
    block: str | None
    """The block that it was built as a part of."""
    props: Any
    texts: Any
    """Its texts without marks, by language."""
    hidden: bool


class PageBlocksPage(Struct, frozen=True, kw_only=True, rename="camel"):
    """A page of a site."""

    blocks: list[Block]
    """The nodes of the page, each after the one that it is in."""


class PageHtmlPage(Struct, frozen=True, kw_only=True, rename="camel"):
    """A page of a site."""

    html: str
    """The page as publishing would write it now."""


class Version(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="Version"):
    """A named or automatic version of a page."""

    id: str
    seq: int
    label: str
    kind: str
    at: datetime


class PageVersionsPage(Struct, frozen=True, kw_only=True, rename="camel"):
    """A page of a site."""

    versions: list[Version]
    """The versions that were kept, the latest first."""


class Presence(Struct, frozen=True, kw_only=True, rename="camel"):
    """Somebody who has a page open."""

    user: User
    node_id: str | None
    """The block at which they are: in whose text, or that they have selected."""


class PagePresencePage(Struct, frozen=True, kw_only=True, rename="camel"):
    """A page of a site."""

    presence: list[Presence]
    """Who has the page open now, on all nodes."""


class CommentConnection(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `CommentConnection` is."""

    nodes: list[Comment]
    page_info: PageInfo
    total_count: int | None
    """How many there are in all; null where nobody counts them."""


class PageCommentsPage(Struct, frozen=True, kw_only=True, rename="camel"):
    """A page of a site."""

    comments: CommentConnection
    """The first comments of its threads, the newest first; all, or those that are resolved or not."""


class ProductNameProduct(Struct, frozen=True, kw_only=True, rename="camel"):
    """Something that a site sells."""

    name: str
    """Its name in a language, or in one that there is."""


class ProductDescriptionProduct(Struct, frozen=True, kw_only=True, rename="camel"):
    """Something that a site sells."""

    description: str
    """Its description in a language, or in one that there is."""


class ProductReviewsProduct(Struct, frozen=True, kw_only=True, rename="camel"):
    """Something that a site sells."""

    reviews: ReviewConnection
    """What is said of it, of what the moderator let pass; sorted newest, highest or lowest."""


class ProductSimilarProduct(Struct, frozen=True, kw_only=True, rename="camel"):
    """Something that a site sells."""

    similar: list[Product]
    """Those that are most like it."""


class ProductCollectionsProduct(Struct, frozen=True, kw_only=True, rename="camel"):
    """Something that a site sells."""

    collections: list[Collection]
    """The collections that it is in."""


class UserError(Struct, frozen=True, kw_only=True, rename="camel"):
    """Why a mutation did nothing."""

    code: str
    message: str
    hint: str | None
    path: list[str]


class SiteChange(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of a change to a site."""

    site: Site | None
    errors: list[UserError]


class Deleted(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of something that was deleted."""

    deleted_id: str | None
    errors: list[UserError]


class ImageChange(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of a change to an image."""

    image: Image | None
    errors: list[UserError]


class UploadTicket(Struct, frozen=True, kw_only=True, rename="camel"):
    """Where to PUT the bytes of one image, and until when."""

    upload_url: str | None
    expires_at: datetime | None
    errors: list[UserError]


class PageEdited(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of edits to a page."""

    page: Page | None
    run: str | None
    """What pageUndo takes."""
    seq: int | None
    results: Any | None
    """One for each operation."""
    errors: list[UserError]


class PageCreated(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of a new page."""

    page: Page | None
    errors: list[UserError]


class PageDeleted(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of a page that was removed."""

    deleted_id: str | None
    errors: list[UserError]


class VersionKept(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of a name for a moment."""

    version: Version | None
    errors: list[UserError]


class CommentChange(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of a comment."""

    comment: Comment | None
    errors: list[UserError]


class ProductChange(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of a change to a product."""

    product: Product | None
    errors: list[UserError]


class ProductDeleted(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of a deletion."""

    deleted_id: str | None
    errors: list[UserError]


class MerchantChange(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of a change to a merchant."""

    merchant: Merchant | None
    errors: list[UserError]


class CollectionChange(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of a collection."""

    collection: Collection | None
    errors: list[UserError]


class CategoryChange(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of a category."""

    category: Category | None
    errors: list[UserError]


class ReservedLine(Struct, frozen=True, kw_only=True, rename="camel"):
    """How many of a variant are set aside."""

    variant_id: str
    quantity: int


class Reservation(Struct, frozen=True, kw_only=True, rename="camel"):
    """Stock that is set aside for somebody until a moment."""

    id: str
    state: str
    """held, then committed, released or expired."""
    lines: list[ReservedLine]
    expires_at: datetime


class ReservationChange(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of stock that is set aside."""

    reservation: Reservation | None
    errors: list[UserError]


class Recorded(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of something that a shop told."""

    id: str | None
    is_new: bool
    """False if it was told before."""
    errors: list[UserError]


class ReviewChange(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of a review."""

    review: Review | None
    errors: list[UserError]


class WebhookChange(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of a change to a webhook."""

    webhook: Webhook | None
    secret: str | None
    """What signs its messages, when it is new: it is not shown again."""
    errors: list[UserError]


class WebhookDelivery(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="WebhookDelivery"):
    """A message of a webhook, and what became of it."""

    id: str
    seq: int
    """The number of the event; 0 for a test."""
    state: DeliveryState
    type: str
    body: str
    """The message, as JSON."""
    created_at: datetime
    attempts: int
    attempted_at: datetime | None
    status: int | None
    """What was answered last; none if nothing was."""
    milliseconds: int | None
    """How long that took."""
    answer: str | None
    """The beginning of the answer, or why there is none."""


class DeliveryChange(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of a message that was sent by hand."""

    delivery: WebhookDelivery | None
    errors: list[UserError]


class NotificationsRead(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of notifications that were read."""

    unread: int | None
    """How many are left."""
    errors: list[UserError]


class MeChange(Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of a change to one's account."""

    me: User | None
    errors: list[UserError]


class ApiKeyCreated(Struct, frozen=True, kw_only=True, rename="camel"):
    """A new key, and its secret, which is shown this once."""

    api_key: ApiKey | None
    secret: str | None
    errors: list[UserError]


class InvitationCreated(Struct, frozen=True, kw_only=True, rename="camel"):
    """A new invitation, and its address, which is shown this once."""

    invitation_id: str | None
    url: str | None
    errors: list[UserError]


class PageChanged(Struct, frozen=True, kw_only=True, rename="camel"):
    """A page has changed."""

    seq: int
    """Its revision; `sinceSeq` of a later subscription."""
    page: Page


class ProductChanged(Struct, frozen=True, kw_only=True, rename="camel"):
    """A product has changed, or is gone."""

    seq: int
    """`sinceSeq` of a later subscription."""
    product: Product | None
    deleted_id: str | None


class CommentEvent(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="CommentEvent"):
    """Somebody commented on a page, or changed, resolved, reopened or deleted a comment."""

    seq: int
    """Its number on the site; `sinceSeq` of a later subscription."""
    at: datetime
    entity_id: str
    """What it is about."""
    comment: Comment | None
    """None if it was deleted."""


class DeploymentEvent(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="DeploymentEvent"):
    """The site was published."""

    seq: int
    """Its number on the site; `sinceSeq` of a later subscription."""
    at: datetime
    entity_id: str
    """What it is about."""
    deployment: Deployment | None


class MessageEvent(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="MessageEvent"):
    """A visitor sent a form. Told to whoever may read messages."""

    seq: int
    """Its number on the site; `sinceSeq` of a later subscription."""
    at: datetime
    entity_id: str
    """What it is about."""
    message: Message | None
    """None if it was deleted since."""


class OrderEvent(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="OrderEvent"):
    """An order, or a refund of it, was recorded."""

    seq: int
    """Its number on the site; `sinceSeq` of a later subscription."""
    at: datetime
    entity_id: str
    """What it is about."""
    order: OrderFact | None


class PageEvent(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="PageEvent"):
    """A page was edited; edits that come quickly are told as one."""

    seq: int
    """Its number on the site; `sinceSeq` of a later subscription."""
    at: datetime
    entity_id: str
    """What it is about."""
    page: Page | None
    """None if it was removed since."""


class ProductEvent(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="ProductEvent"):
    """A product, its prices or its stock have changed."""

    seq: int
    """Its number on the site; `sinceSeq` of a later subscription."""
    at: datetime
    entity_id: str
    """What it is about."""
    product: Product | None
    """None if it was deleted."""


class ReviewEvent(Struct, frozen=True, kw_only=True, rename="camel", tag_field="__typename", tag="ReviewEvent"):
    """A review was written or moderated."""

    seq: int
    """Its number on the site; `sinceSeq` of a later subscription."""
    at: datetime
    entity_id: str
    """What it is about."""
    review: Review | None
    """None if it was deleted."""


SiteEvents: TypeAlias = CommentEvent | DeploymentEvent | MessageEvent | OrderEvent | PageEvent | ProductEvent | ReviewEvent
"""Something that has happened on a site."""


class MeData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `MeData` is."""

    me: User | None
    """Who asks; nobody without a token or a session."""


def me() -> Query[MeData]:
    """Who asks; nobody without a token or a session."""
    return Query(
        "Me",
        "105c83a9a1b27ce2f2d726aea1bf52df5e7ad92d3d18d7f25fa81e623debfd4a",
        """query Me {
  me {
    ...UserFields
  }
}

fragment UserFields on User {
  __typename
  id
  name
  color
}""",
        MeData,
        {},
    )


class NodeData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `NodeData` is."""

    node: Node | None
    """Anything by its id; null for what one may not know of."""


def node(
    *,
    id: str,
) -> Query[NodeData]:
    """Anything by its id; null for what one may not know of."""
    return Query(
        "Node",
        "4ba8972cbbf8a6b3f2967b21d3919f3e0d74a1e6e06c480604f1018707decae7",
        """query Node($id: ID!) {
  node(id: $id) {
    __typename
    id
    ...CategoryFields
    ...CollectionFields
    ...CommentFields
    ...DeploymentFields
    ...ImageFields
    ... on Merchant {
      id
      slug
      name
      country
      merchantUrl: url
      revision
    }
    ...MessageFields
    ... on Notification {
      id
      seq
      kind
      createdAt
      readAt
      actor {
        ...UserFields
      }
      siteId
      siteName
      notificationPageId: pageId
      page {
        ...PageFields
      }
      comment {
        ...CommentFields
      }
    }
    ...OrderFactFields
    ...PageFields
    ...ProductFields
    ... on Review {
      id
      reviewAuthor: author
      reviewRating: rating
      body
      locale
      verified
      createdAt
      productId
      reviewStatus: status
    }
    ... on Site {
      id
      slug
      name
      role
      updatedAt
      publishedAt
      siteUrl: url
      productFeed {
        ...ProductFeedFields
      }
      theme
    }
    ...UserFields
    ... on Variant {
      id
      sku
      variantOptions: options
      prices {
        ...PriceFields
      }
      stock {
        ...StockFields
      }
      revision
    }
    ... on Version {
      id
      seq
      label
      versionKind: kind
      at
    }
    ...WebhookFields
    ... on WebhookDelivery {
      id
      seq
      state
      type
      body
      createdAt
      attempts
      attemptedAt
      webhookDeliveryStatus: status
      milliseconds
      answer
    }
  }
}

fragment CategoryFields on Category {
  __typename
  id
  slug
  names
  parent
  position
  revision
}

fragment CollectionFields on Collection {
  __typename
  id
  slug
  names
}

fragment CommentFields on Comment {
  __typename
  id
  pageId
  threadId
  author {
    ...UserFields
  }
  body
  createdAt
  editedAt
  deletedAt
  nodeId
  quote
  resolvedAt
  resolvedBy {
    ...UserFields
  }
  nodeRemoved
}

fragment UserFields on User {
  __typename
  id
  name
  color
}

fragment DeploymentFields on Deployment {
  __typename
  id
  createdAt
  pages
  bytes
  live
}

fragment ImageFields on Image {
  __typename
  id
  name
  alt
  width
  height
  url
}

fragment MessageFields on Message {
  __typename
  id
  pageId
  locale
  fields
  createdAt
}

fragment PageFields on Page {
  __typename
  id
  title
  slug
  path
  titles
  parent
  revision
}

fragment OrderFactFields on OrderFact {
  __typename
  id
  externalId
  source
  total {
    ...MoneyFields
  }
  refunded {
    ...MoneyFields
  }
  units
  lines {
    ...OrderLineFields
  }
  refunds {
    ...RefundFactFields
  }
  placedAt
}

fragment MoneyFields on Money {
  amount
  currency
}

fragment OrderLineFields on OrderLine {
  name
  quantity
  unitPrice {
    ...MoneyFields
  }
  productId
  variantId
}

fragment RefundFactFields on RefundFact {
  externalId
  amount {
    ...MoneyFields
  }
  reason
  refundedAt
}

fragment ProductFields on Product {
  __typename
  id
  slug
  status
  names
  descriptions
  tags
  options {
    ...ProductOptionFields
  }
  images {
    ...ProductImageFields
  }
  affiliateLinks {
    ...AffiliateLinkFields
  }
  category
  merchant {
    ...MerchantFields
  }
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  inStock
  rating
  reviewCount
  createdAt
  updatedAt
  revision
  variants {
    ...VariantFields
  }
}

fragment ProductOptionFields on ProductOption {
  name
  values
}

fragment ProductImageFields on ProductImage {
  imageId
  url
  alt
}

fragment AffiliateLinkFields on AffiliateLink {
  network
  url
  commission
}

fragment MerchantFields on Merchant {
  __typename
  id
  slug
  name
  country
  url
  revision
}

fragment PriceFields on Price {
  amount
  currency
  compareAt
}

fragment StockFields on Stock {
  available
  reserved
  policy
  availableOn
}

fragment VariantFields on Variant {
  __typename
  id
  sku
  options
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  revision
}

fragment ProductFeedFields on ProductFeed {
  enabled
  link
  currency
  googleUrl
  metaUrl
}

fragment WebhookFields on Webhook {
  __typename
  id
  url
  query
  enabled
  reason
  failingSince
  nextAttemptAt
  createdAt
  userId
}""",
        NodeData,
        {
            "id": id,
        },
    )


class NodesData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `NodesData` is."""

    nodes: list[Nodes | None]
    """Several things by their ids, in their order."""


def nodes(
    *,
    ids: list[str],
) -> Query[NodesData]:
    """Several things by their ids, in their order."""
    return Query(
        "Nodes",
        "0b228d8b8d6f1bc15586a5fe75096d5737c93b960d2cf03e51b9da5b82859c06",
        """query Nodes($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
    ...CategoryFields
    ...CollectionFields
    ...CommentFields
    ...DeploymentFields
    ...ImageFields
    ... on Merchant {
      id
      slug
      name
      country
      merchantUrl: url
      revision
    }
    ...MessageFields
    ... on Notification {
      id
      seq
      kind
      createdAt
      readAt
      actor {
        ...UserFields
      }
      siteId
      siteName
      notificationPageId: pageId
      page {
        ...PageFields
      }
      comment {
        ...CommentFields
      }
    }
    ...OrderFactFields
    ...PageFields
    ...ProductFields
    ... on Review {
      id
      reviewAuthor: author
      reviewRating: rating
      body
      locale
      verified
      createdAt
      productId
      reviewStatus: status
    }
    ... on Site {
      id
      slug
      name
      role
      updatedAt
      publishedAt
      siteUrl: url
      productFeed {
        ...ProductFeedFields
      }
      theme
    }
    ...UserFields
    ... on Variant {
      id
      sku
      variantOptions: options
      prices {
        ...PriceFields
      }
      stock {
        ...StockFields
      }
      revision
    }
    ... on Version {
      id
      seq
      label
      versionKind: kind
      at
    }
    ...WebhookFields
    ... on WebhookDelivery {
      id
      seq
      state
      type
      body
      createdAt
      attempts
      attemptedAt
      webhookDeliveryStatus: status
      milliseconds
      answer
    }
  }
}

fragment CategoryFields on Category {
  __typename
  id
  slug
  names
  parent
  position
  revision
}

fragment CollectionFields on Collection {
  __typename
  id
  slug
  names
}

fragment CommentFields on Comment {
  __typename
  id
  pageId
  threadId
  author {
    ...UserFields
  }
  body
  createdAt
  editedAt
  deletedAt
  nodeId
  quote
  resolvedAt
  resolvedBy {
    ...UserFields
  }
  nodeRemoved
}

fragment UserFields on User {
  __typename
  id
  name
  color
}

fragment DeploymentFields on Deployment {
  __typename
  id
  createdAt
  pages
  bytes
  live
}

fragment ImageFields on Image {
  __typename
  id
  name
  alt
  width
  height
  url
}

fragment MessageFields on Message {
  __typename
  id
  pageId
  locale
  fields
  createdAt
}

fragment PageFields on Page {
  __typename
  id
  title
  slug
  path
  titles
  parent
  revision
}

fragment OrderFactFields on OrderFact {
  __typename
  id
  externalId
  source
  total {
    ...MoneyFields
  }
  refunded {
    ...MoneyFields
  }
  units
  lines {
    ...OrderLineFields
  }
  refunds {
    ...RefundFactFields
  }
  placedAt
}

fragment MoneyFields on Money {
  amount
  currency
}

fragment OrderLineFields on OrderLine {
  name
  quantity
  unitPrice {
    ...MoneyFields
  }
  productId
  variantId
}

fragment RefundFactFields on RefundFact {
  externalId
  amount {
    ...MoneyFields
  }
  reason
  refundedAt
}

fragment ProductFields on Product {
  __typename
  id
  slug
  status
  names
  descriptions
  tags
  options {
    ...ProductOptionFields
  }
  images {
    ...ProductImageFields
  }
  affiliateLinks {
    ...AffiliateLinkFields
  }
  category
  merchant {
    ...MerchantFields
  }
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  inStock
  rating
  reviewCount
  createdAt
  updatedAt
  revision
  variants {
    ...VariantFields
  }
}

fragment ProductOptionFields on ProductOption {
  name
  values
}

fragment ProductImageFields on ProductImage {
  imageId
  url
  alt
}

fragment AffiliateLinkFields on AffiliateLink {
  network
  url
  commission
}

fragment MerchantFields on Merchant {
  __typename
  id
  slug
  name
  country
  url
  revision
}

fragment PriceFields on Price {
  amount
  currency
  compareAt
}

fragment StockFields on Stock {
  available
  reserved
  policy
  availableOn
}

fragment VariantFields on Variant {
  __typename
  id
  sku
  options
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  revision
}

fragment ProductFeedFields on ProductFeed {
  enabled
  link
  currency
  googleUrl
  metaUrl
}

fragment WebhookFields on Webhook {
  __typename
  id
  url
  query
  enabled
  reason
  failingSince
  nextAttemptAt
  createdAt
  userId
}""",
        NodesData,
        {
            "ids": ids,
        },
    )


class SitesData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `SitesData` is."""

    sites: SiteConnection
    """The sites on which one has a role, the newest change first."""


def sites(
    *,
    first: int | None | UnsetType = UNSET,
    after: str | None | UnsetType = UNSET,
) -> Query[SitesData]:
    """The sites on which one has a role, the newest change first."""
    return Query(
        "Sites",
        "e931271a83c42ae3fde6af40569edff28bfa2bc3fd408b91fac9d926da8aa4c9",
        """query Sites($first: Int, $after: String) {
  sites(first: $first, after: $after) {
    ...SiteConnectionFields
  }
}

fragment SiteConnectionFields on SiteConnection {
  nodes {
    ...SiteFields
  }
  pageInfo {
    ...PageInfoFields
  }
  totalCount
}

fragment SiteFields on Site {
  __typename
  id
  slug
  name
  role
  updatedAt
  publishedAt
  url
  productFeed {
    ...ProductFeedFields
  }
  theme
}

fragment ProductFeedFields on ProductFeed {
  enabled
  link
  currency
  googleUrl
  metaUrl
}

fragment PageInfoFields on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}""",
        SitesData,
        {
            "first": first,
            "after": after,
        },
    )


class SiteData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `SiteData` is."""

    site: Site | None
    """A site, by its id or its slug."""


def site(
    *,
    id: str | None | UnsetType = UNSET,
    slug: str | None | UnsetType = UNSET,
) -> Query[SiteData]:
    """A site, by its id or its slug."""
    return Query(
        "Site",
        "1f7e4680463dd01f5c9f3ffdc5c0532a2ee9fd6f59278294b8a6eb59e353f6ae",
        """query Site($id: ID, $slug: String) {
  site(id: $id, slug: $slug) {
    ...SiteFields
  }
}

fragment SiteFields on Site {
  __typename
  id
  slug
  name
  role
  updatedAt
  publishedAt
  url
  productFeed {
    ...ProductFeedFields
  }
  theme
}

fragment ProductFeedFields on ProductFeed {
  enabled
  link
  currency
  googleUrl
  metaUrl
}""",
        SiteData,
        {
            "id": id,
            "slug": slug,
        },
    )


class PageData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `PageData` is."""

    page: Page | None
    """A page."""


def page(
    *,
    id: str,
) -> Query[PageData]:
    """A page."""
    return Query(
        "Page",
        "1cd2f10a9ca211d738b361d356e02ffbe77a2c313cda3501cb12c7115a22eb65",
        """query Page($id: ID!) {
  page(id: $id) {
    ...PageFields
  }
}

fragment PageFields on Page {
  __typename
  id
  title
  slug
  path
  titles
  parent
  revision
}""",
        PageData,
        {
            "id": id,
        },
    )


class PageHistoryData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `PageHistoryData` is."""

    page_history: EditSessions
    """Who worked on a page when, the latest first."""


def page_history(
    *,
    page_id: str,
    before: int | None | UnsetType = UNSET,
) -> Query[PageHistoryData]:
    """Who worked on a page when, the latest first."""
    return Query(
        "PageHistory",
        "f05f13fa31f67d905d3779ac4769e6445aae5a20819367c91ecfdadbcc296cd5",
        """query PageHistory($pageId: ID!, $before: Int) {
  pageHistory(pageId: $pageId, before: $before) {
    ...EditSessionsFields
  }
}

fragment EditSessionsFields on EditSessions {
  sessions {
    ...EditSessionFields
  }
  next
}

fragment EditSessionFields on EditSession {
  first
  last
  beganAt
  endedAt
  edits
  user {
    ...UserFields
  }
  kind
}

fragment UserFields on User {
  __typename
  id
  name
  color
}""",
        PageHistoryData,
        {
            "pageId": page_id,
            "before": before,
        },
    )


class PageAtData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `PageAtData` is."""

    page_at: str
    """A page as it was at a moment, as HTML in the site of today."""


def page_at(
    *,
    page_id: str,
    seq: int,
    locale: str | None | UnsetType = UNSET,
) -> Query[PageAtData]:
    """A page as it was at a moment, as HTML in the site of today."""
    return Query(
        "PageAt",
        "964508db9619187e3741a9aaf36b0b8cd4af8bb0b20ef97471ca904df22173a5",
        """query PageAt($pageId: ID!, $seq: Int!, $locale: String) {
  pageAt(pageId: $pageId, seq: $seq, locale: $locale)
}""",
        PageAtData,
        {
            "pageId": page_id,
            "seq": seq,
            "locale": locale,
        },
    )


class PageCompareData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `PageCompareData` is."""

    page_compare: Any
    """What differs between two moments of a page, or between one and now: nodes that came, went and changed."""


def page_compare(
    *,
    page_id: str,
    earlier: int,
    later: int | None | UnsetType = UNSET,
) -> Query[PageCompareData]:
    """What differs between two moments of a page, or between one and now: nodes that came, went and changed."""
    return Query(
        "PageCompare",
        "d47586d84f7a480561f1c85ab28ef3d6eae1663fc1db5d84e28315f304b65647",
        """query PageCompare($pageId: ID!, $earlier: Int!, $later: Int) {
  pageCompare(pageId: $pageId, earlier: $earlier, later: $later)
}""",
        PageCompareData,
        {
            "pageId": page_id,
            "earlier": earlier,
            "later": later,
        },
    )


class PageBlameData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `PageBlameData` is."""

    page_blame: Any
    """Who changed each node of a page last, and when, by node."""


def page_blame(
    *,
    page_id: str,
) -> Query[PageBlameData]:
    """Who changed each node of a page last, and when, by node."""
    return Query(
        "PageBlame",
        "825e9a5d24c2c6cc91db05baddd3fe5d50d7cd0465065bb3a1fd31951c76c77f",
        """query PageBlame($pageId: ID!) {
  pageBlame(pageId: $pageId)
}""",
        PageBlameData,
        {
            "pageId": page_id,
        },
    )


class ProductData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ProductData` is."""

    product: Product | None
    """A product, by its id, or by its slug on a site."""


def product(
    *,
    id: str | None | UnsetType = UNSET,
    slug: str | None | UnsetType = UNSET,
    site_id: str | None | UnsetType = UNSET,
) -> Query[ProductData]:
    """A product, by its id, or by its slug on a site."""
    return Query(
        "Product",
        "8116957b9fe4d437c0a56ae289754f35c5c648dd90bb9f8ac70375c812c6aae0",
        """query Product($id: ID, $slug: String, $siteId: ID) {
  product(id: $id, slug: $slug, siteId: $siteId) {
    ...ProductFields
  }
}

fragment ProductFields on Product {
  __typename
  id
  slug
  status
  names
  descriptions
  tags
  options {
    ...ProductOptionFields
  }
  images {
    ...ProductImageFields
  }
  affiliateLinks {
    ...AffiliateLinkFields
  }
  category
  merchant {
    ...MerchantFields
  }
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  inStock
  rating
  reviewCount
  createdAt
  updatedAt
  revision
  variants {
    ...VariantFields
  }
}

fragment ProductOptionFields on ProductOption {
  name
  values
}

fragment ProductImageFields on ProductImage {
  imageId
  url
  alt
}

fragment AffiliateLinkFields on AffiliateLink {
  network
  url
  commission
}

fragment MerchantFields on Merchant {
  __typename
  id
  slug
  name
  country
  url
  revision
}

fragment PriceFields on Price {
  amount
  currency
  compareAt
}

fragment StockFields on Stock {
  available
  reserved
  policy
  availableOn
}

fragment VariantFields on Variant {
  __typename
  id
  sku
  options
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  revision
}""",
        ProductData,
        {
            "id": id,
            "slug": slug,
            "siteId": site_id,
        },
    )


class ProductsData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ProductsData` is."""

    products: ProductConnection
    """The products of a site."""


def products(
    *,
    site_id: str,
    first: int | None | UnsetType = UNSET,
    after: str | None | UnsetType = UNSET,
    search: str | None | UnsetType = UNSET,
    filter: ProductFilterInput | None | UnsetType = UNSET,
    sort: ProductSortInput | None | UnsetType = UNSET,
) -> Query[ProductsData]:
    """The products of a site."""
    return Query(
        "Products",
        "acad831a77330e8bfcbf555ab00bf8cfad7427e7d48d87b76752b60568503596",
        """query Products($siteId: ID!, $first: Int, $after: String, $search: String, $filter: ProductFilterInput, $sort: ProductSortInput) {
  products(
    siteId: $siteId
    first: $first
    after: $after
    search: $search
    filter: $filter
    sort: $sort
  ) {
    ...ProductConnectionFields
  }
}

fragment ProductConnectionFields on ProductConnection {
  nodes {
    ...ProductFields
  }
  pageInfo {
    ...PageInfoFields
  }
  totalCount
}

fragment ProductFields on Product {
  __typename
  id
  slug
  status
  names
  descriptions
  tags
  options {
    ...ProductOptionFields
  }
  images {
    ...ProductImageFields
  }
  affiliateLinks {
    ...AffiliateLinkFields
  }
  category
  merchant {
    ...MerchantFields
  }
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  inStock
  rating
  reviewCount
  createdAt
  updatedAt
  revision
  variants {
    ...VariantFields
  }
}

fragment ProductOptionFields on ProductOption {
  name
  values
}

fragment ProductImageFields on ProductImage {
  imageId
  url
  alt
}

fragment AffiliateLinkFields on AffiliateLink {
  network
  url
  commission
}

fragment MerchantFields on Merchant {
  __typename
  id
  slug
  name
  country
  url
  revision
}

fragment PriceFields on Price {
  amount
  currency
  compareAt
}

fragment StockFields on Stock {
  available
  reserved
  policy
  availableOn
}

fragment VariantFields on Variant {
  __typename
  id
  sku
  options
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  revision
}

fragment PageInfoFields on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}""",
        ProductsData,
        {
            "siteId": site_id,
            "first": first,
            "after": after,
            "search": search,
            "filter": filter,
            "sort": sort,
        },
    )


class MerchantsData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `MerchantsData` is."""

    merchants: MerchantConnection
    """Who sells on a site, by their slugs."""


def merchants(
    *,
    site_id: str,
    first: int | None | UnsetType = UNSET,
    after: str | None | UnsetType = UNSET,
) -> Query[MerchantsData]:
    """Who sells on a site, by their slugs."""
    return Query(
        "Merchants",
        "06ec7d179045fa40c1fa61eb0531b514136c96911e6b684d658b02abc1ece6fd",
        """query Merchants($siteId: ID!, $first: Int, $after: String) {
  merchants(siteId: $siteId, first: $first, after: $after) {
    ...MerchantConnectionFields
  }
}

fragment MerchantConnectionFields on MerchantConnection {
  nodes {
    ...MerchantFields
  }
  pageInfo {
    ...PageInfoFields
  }
  totalCount
}

fragment MerchantFields on Merchant {
  __typename
  id
  slug
  name
  country
  url
  revision
}

fragment PageInfoFields on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}""",
        MerchantsData,
        {
            "siteId": site_id,
            "first": first,
            "after": after,
        },
    )


class CollectionsData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `CollectionsData` is."""

    collections: CollectionConnection
    """The collections of a site, by their slugs."""


def collections(
    *,
    site_id: str,
    first: int | None | UnsetType = UNSET,
    after: str | None | UnsetType = UNSET,
) -> Query[CollectionsData]:
    """The collections of a site, by their slugs."""
    return Query(
        "Collections",
        "eb31219f9abdf1d5d1c1e0f5334503eb8b77ada91caefd670852ced726024134",
        """query Collections($siteId: ID!, $first: Int, $after: String) {
  collections(siteId: $siteId, first: $first, after: $after) {
    ...CollectionConnectionFields
  }
}

fragment CollectionConnectionFields on CollectionConnection {
  nodes {
    ...CollectionFields
  }
  pageInfo {
    ...PageInfoFields
  }
  totalCount
}

fragment CollectionFields on Collection {
  __typename
  id
  slug
  names
}

fragment PageInfoFields on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}""",
        CollectionsData,
        {
            "siteId": site_id,
            "first": first,
            "after": after,
        },
    )


class CategoriesData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `CategoriesData` is."""

    categories: list[Category]
    """All categories of a site, in order; parents make them a tree."""


def categories(
    *,
    site_id: str,
) -> Query[CategoriesData]:
    """All categories of a site, in order; parents make them a tree."""
    return Query(
        "Categories",
        "2afee0e503e624d0b46820f515123bf9a4ff6a1f4f9ca8ef07cf0090513c4722",
        """query Categories($siteId: ID!) {
  categories(siteId: $siteId) {
    ...CategoryFields
  }
}

fragment CategoryFields on Category {
  __typename
  id
  slug
  names
  parent
  position
  revision
}""",
        CategoriesData,
        {
            "siteId": site_id,
        },
    )


class ReviewsData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ReviewsData` is."""

    reviews: ReviewConnection
    """The reviews of a site, the newest first, as moderators want them."""


def reviews(
    *,
    site_id: str,
    status: ReviewStatus | None | UnsetType = UNSET,
    first: int | None | UnsetType = UNSET,
    after: str | None | UnsetType = UNSET,
) -> Query[ReviewsData]:
    """The reviews of a site, the newest first, as moderators want them."""
    return Query(
        "Reviews",
        "058314f926d8d2085f26da73e17a1c818337c26859cc8d54f176f82d38729fcc",
        """query Reviews($siteId: ID!, $status: ReviewStatus, $first: Int, $after: String) {
  reviews(siteId: $siteId, status: $status, first: $first, after: $after) {
    ...ReviewConnectionFields
  }
}

fragment ReviewConnectionFields on ReviewConnection {
  nodes {
    ...ReviewFields
  }
  pageInfo {
    ...PageInfoFields
  }
  totalCount
}

fragment ReviewFields on Review {
  __typename
  id
  author
  rating
  body
  locale
  verified
  createdAt
  productId
  status
}

fragment PageInfoFields on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}""",
        ReviewsData,
        {
            "siteId": site_id,
            "status": status,
            "first": first,
            "after": after,
        },
    )


class SyncData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `SyncData` is."""

    sync: SyncPage
    """What was changed on a site since a cursor, each thing once; without one, from the beginning. Who applies page after page has what a full fetch would give."""


def sync(
    *,
    site_id: str,
    since: str | None | UnsetType = UNSET,
    kinds: list[SyncKind] | None | UnsetType = UNSET,
    first: int | None | UnsetType = UNSET,
) -> Query[SyncData]:
    """What was changed on a site since a cursor, each thing once; without one, from the beginning. Who applies page after page has what a full fetch would give."""
    return Query(
        "Sync",
        "6933ec90611255e3ceaadc36867cefd4ee20fdd2b792ec77cf529b25d812ff50",
        """query Sync($siteId: ID!, $since: String, $kinds: [SyncKind!], $first: Int) {
  sync(siteId: $siteId, since: $since, kinds: $kinds, first: $first) {
    changed {
      __typename
      id
      ...CategoryFields
      ...CollectionFields
      ...MerchantFields
      ...ProductFields
      ... on Review {
        id
        author
        reviewRating: rating
        body
        locale
        verified
        createdAt
        productId
        reviewStatus: status
      }
    }
    deleted
    cursor
    hasMore
    reset
  }
}

fragment CategoryFields on Category {
  __typename
  id
  slug
  names
  parent
  position
  revision
}

fragment CollectionFields on Collection {
  __typename
  id
  slug
  names
}

fragment MerchantFields on Merchant {
  __typename
  id
  slug
  name
  country
  url
  revision
}

fragment ProductFields on Product {
  __typename
  id
  slug
  status
  names
  descriptions
  tags
  options {
    ...ProductOptionFields
  }
  images {
    ...ProductImageFields
  }
  affiliateLinks {
    ...AffiliateLinkFields
  }
  category
  merchant {
    ...MerchantFields
  }
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  inStock
  rating
  reviewCount
  createdAt
  updatedAt
  revision
  variants {
    ...VariantFields
  }
}

fragment ProductOptionFields on ProductOption {
  name
  values
}

fragment ProductImageFields on ProductImage {
  imageId
  url
  alt
}

fragment AffiliateLinkFields on AffiliateLink {
  network
  url
  commission
}

fragment PriceFields on Price {
  amount
  currency
  compareAt
}

fragment StockFields on Stock {
  available
  reserved
  policy
  availableOn
}

fragment VariantFields on Variant {
  __typename
  id
  sku
  options
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  revision
}""",
        SyncData,
        {
            "siteId": site_id,
            "since": since,
            "kinds": kinds,
            "first": first,
        },
    )


class OrdersData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `OrdersData` is."""

    orders: OrderFactConnection
    """The orders of a site, those placed last first. Told to whoever may see its figures."""


def orders(
    *,
    site_id: str,
    first: int | None | UnsetType = UNSET,
    after: str | None | UnsetType = UNSET,
) -> Query[OrdersData]:
    """The orders of a site, those placed last first. Told to whoever may see its figures."""
    return Query(
        "Orders",
        "795d9ce695989a21c2a29885166998dbe2a60d6d53701da5d4a51b458921b435",
        """query Orders($siteId: ID!, $first: Int, $after: String) {
  orders(siteId: $siteId, first: $first, after: $after) {
    ...OrderFactConnectionFields
  }
}

fragment OrderFactConnectionFields on OrderFactConnection {
  nodes {
    ...OrderFactFields
  }
  pageInfo {
    ...PageInfoFields
  }
  totalCount
}

fragment OrderFactFields on OrderFact {
  __typename
  id
  externalId
  source
  total {
    ...MoneyFields
  }
  refunded {
    ...MoneyFields
  }
  units
  lines {
    ...OrderLineFields
  }
  refunds {
    ...RefundFactFields
  }
  placedAt
}

fragment MoneyFields on Money {
  amount
  currency
}

fragment OrderLineFields on OrderLine {
  name
  quantity
  unitPrice {
    ...MoneyFields
  }
  productId
  variantId
}

fragment RefundFactFields on RefundFact {
  externalId
  amount {
    ...MoneyFields
  }
  reason
  refundedAt
}

fragment PageInfoFields on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}""",
        OrdersData,
        {
            "siteId": site_id,
            "first": first,
            "after": after,
        },
    )


class NotificationsData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `NotificationsData` is."""

    notifications: NotificationConnection
    """What you were told in the last 90 days, the newest first."""


def notifications(
    *,
    first: int | None | UnsetType = UNSET,
    after: str | None | UnsetType = UNSET,
) -> Query[NotificationsData]:
    """What you were told in the last 90 days, the newest first."""
    return Query(
        "Notifications",
        "c28246c9d2b6510042fafadcbfb811417f4e9250c041d428d81da0d3d64373e6",
        """query Notifications($first: Int, $after: String) {
  notifications(first: $first, after: $after) {
    ...NotificationConnectionFields
  }
}

fragment NotificationConnectionFields on NotificationConnection {
  nodes {
    ...NotificationFields
  }
  pageInfo {
    ...PageInfoFields
  }
  unread
}

fragment NotificationFields on Notification {
  __typename
  id
  seq
  kind
  createdAt
  readAt
  actor {
    ...UserFields
  }
  siteId
  siteName
  pageId
  page {
    ...PageFields
  }
  comment {
    ...CommentFields
  }
}

fragment UserFields on User {
  __typename
  id
  name
  color
}

fragment PageFields on Page {
  __typename
  id
  title
  slug
  path
  titles
  parent
  revision
}

fragment CommentFields on Comment {
  __typename
  id
  pageId
  threadId
  author {
    ...UserFields
  }
  body
  createdAt
  editedAt
  deletedAt
  nodeId
  quote
  resolvedAt
  resolvedBy {
    ...UserFields
  }
  nodeRemoved
}

fragment PageInfoFields on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}""",
        NotificationsData,
        {
            "first": first,
            "after": after,
        },
    )


class ApiKeysData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ApiKeysData` is."""

    api_keys: list[ApiKey]
    """One's API keys."""


def api_keys() -> Query[ApiKeysData]:
    """One's API keys."""
    return Query(
        "ApiKeys",
        "1138f16a921b4beceaa13fe32d2e33235e780db65f9523f3e616d2051df98a07",
        """query ApiKeys {
  apiKeys {
    ...ApiKeyFields
  }
}

fragment ApiKeyFields on ApiKey {
  id
  name
  scopes
  createdAt
}""",
        ApiKeysData,
        {},
    )


class InvitationsData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `InvitationsData` is."""

    invitations: list[Invitation]
    """The invitations to a site that are open."""


def invitations(
    *,
    site_id: str,
) -> Query[InvitationsData]:
    """The invitations to a site that are open."""
    return Query(
        "Invitations",
        "2f9efe5041275070c241f296a6aa5eb4f2dddd0c7d0f92634792c4f06e6c39bb",
        """query Invitations($siteId: ID!) {
  invitations(siteId: $siteId) {
    ...InvitationFields
  }
}

fragment InvitationFields on Invitation {
  id
  role
  email
  expiresAt
}""",
        InvitationsData,
        {
            "siteId": site_id,
        },
    )


class RateLimitData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `RateLimitData` is."""

    rate_limit: RateLimit
    """What this request costs, and what is left to spend."""


def rate_limit() -> Query[RateLimitData]:
    """What this request costs, and what is left to spend."""
    return Query(
        "RateLimit",
        "f5e0df481d32d2969a6c3a8c94be4fef0f68ab4c4071506977d3640c1ffc68b6",
        """query RateLimit {
  rateLimit {
    ...RateLimitFields
  }
}

fragment RateLimitFields on RateLimit {
  cost
  available
  limit
  restorePerSecond
}""",
        RateLimitData,
        {},
    )


class SitePagesData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `SitePagesData` is."""

    site: SitePagesSite | None
    """A site, by its id or its slug."""


def site_pages(
    *,
    id: str,
    first: int | None | UnsetType = UNSET,
    after: str | None | UnsetType = UNSET,
) -> Query[SitePagesData]:
    """A site, by its id or its slug."""
    return Query(
        "SitePages",
        "668541ddcd25194c4014233d320052bf8cb7918c14a7b341ea889bcf5c29a6c1",
        """query SitePages($id: ID!, $first: Int, $after: String) {
  site(id: $id) {
    pages(first: $first, after: $after) {
      ...PageConnectionFields
    }
  }
}

fragment PageConnectionFields on PageConnection {
  nodes {
    ...PageFields
  }
  pageInfo {
    ...PageInfoFields
  }
  totalCount
}

fragment PageFields on Page {
  __typename
  id
  title
  slug
  path
  titles
  parent
  revision
}

fragment PageInfoFields on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}""",
        SitePagesData,
        {
            "id": id,
            "first": first,
            "after": after,
        },
    )


class SiteImagesData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `SiteImagesData` is."""

    site: SiteImagesSite | None
    """A site, by its id or its slug."""


def site_images(
    *,
    id: str,
    first: int | None | UnsetType = UNSET,
    after: str | None | UnsetType = UNSET,
) -> Query[SiteImagesData]:
    """A site, by its id or its slug."""
    return Query(
        "SiteImages",
        "da96279463c4cedeb36bda5aec02849bd61a7c63722998ca58307d62920ba0e2",
        """query SiteImages($id: ID!, $first: Int, $after: String) {
  site(id: $id) {
    images(first: $first, after: $after) {
      ...ImageConnectionFields
    }
  }
}

fragment ImageConnectionFields on ImageConnection {
  nodes {
    ...ImageFields
  }
  pageInfo {
    ...PageInfoFields
  }
  totalCount
}

fragment ImageFields on Image {
  __typename
  id
  name
  alt
  width
  height
  url
}

fragment PageInfoFields on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}""",
        SiteImagesData,
        {
            "id": id,
            "first": first,
            "after": after,
        },
    )


class SiteMembersData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `SiteMembersData` is."""

    site: SiteMembersSite | None
    """A site, by its id or its slug."""


def site_members(
    *,
    id: str,
) -> Query[SiteMembersData]:
    """A site, by its id or its slug."""
    return Query(
        "SiteMembers",
        "e2d9274c7518df1dfd2b544f9ab574325951a8dfa5ae2969d725bfb9e965b487",
        """query SiteMembers($id: ID!) {
  site(id: $id) {
    members {
      ...MemberFields
    }
  }
}

fragment MemberFields on Member {
  user {
    ...UserFields
  }
  role
  inherited
}

fragment UserFields on User {
  __typename
  id
  name
  color
}""",
        SiteMembersData,
        {
            "id": id,
        },
    )


class SiteDeploymentsData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `SiteDeploymentsData` is."""

    site: SiteDeploymentsSite | None
    """A site, by its id or its slug."""


def site_deployments(
    *,
    id: str,
) -> Query[SiteDeploymentsData]:
    """A site, by its id or its slug."""
    return Query(
        "SiteDeployments",
        "7bd1708a2701a381fc999c8c630b8bfaef6c62694e616e0f6ba99723e34d5c94",
        """query SiteDeployments($id: ID!) {
  site(id: $id) {
    deployments {
      ...DeploymentFields
    }
  }
}

fragment DeploymentFields on Deployment {
  __typename
  id
  createdAt
  pages
  bytes
  live
}""",
        SiteDeploymentsData,
        {
            "id": id,
        },
    )


class SiteMessagesData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `SiteMessagesData` is."""

    site: SiteMessagesSite | None
    """A site, by its id or its slug."""


def site_messages(
    *,
    id: str,
) -> Query[SiteMessagesData]:
    """A site, by its id or its slug."""
    return Query(
        "SiteMessages",
        "76c6c3f230cb861933d179f51df50da1cbde059111bcf46d97df6d1d9c50c163",
        """query SiteMessages($id: ID!) {
  site(id: $id) {
    messages {
      ...MessageFields
    }
  }
}

fragment MessageFields on Message {
  __typename
  id
  pageId
  locale
  fields
  createdAt
}""",
        SiteMessagesData,
        {
            "id": id,
        },
    )


class SiteWebhooksData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `SiteWebhooksData` is."""

    site: SiteWebhooksSite | None
    """A site, by its id or its slug."""


def site_webhooks(
    *,
    id: str,
) -> Query[SiteWebhooksData]:
    """A site, by its id or its slug."""
    return Query(
        "SiteWebhooks",
        "4ddc0a18e7d515b595b356649e4ef6e9aee5889f2e44d3eb1bee5fc4e707c061",
        """query SiteWebhooks($id: ID!) {
  site(id: $id) {
    webhooks {
      ...WebhookFields
    }
  }
}

fragment WebhookFields on Webhook {
  __typename
  id
  url
  query
  enabled
  reason
  failingSince
  nextAttemptAt
  createdAt
  userId
}""",
        SiteWebhooksData,
        {
            "id": id,
        },
    )


class PageBlocksData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `PageBlocksData` is."""

    page: PageBlocksPage | None
    """A page."""


def page_blocks(
    *,
    id: str,
) -> Query[PageBlocksData]:
    """A page."""
    return Query(
        "PageBlocks",
        "95395921f81b3942ba9f3b6df1401dcc9a7a1a9c8949ab215c930568e366e851",
        """query PageBlocks($id: ID!) {
  page(id: $id) {
    blocks {
      ...BlockFields
    }
  }
}

fragment BlockFields on Block {
  id
  parent
  type
  tag
  block
  props
  texts
  hidden
}""",
        PageBlocksData,
        {
            "id": id,
        },
    )


class PageHtmlData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `PageHtmlData` is."""

    page: PageHtmlPage | None
    """A page."""


def page_html(
    *,
    id: str,
    locale: str | None | UnsetType = UNSET,
) -> Query[PageHtmlData]:
    """A page."""
    return Query(
        "PageHtml",
        "b7af7d830373789a319cb069805ee98ca7134ec28c17e1489ad6338e967b1c7d",
        """query PageHtml($id: ID!, $locale: String) {
  page(id: $id) {
    html(locale: $locale)
  }
}""",
        PageHtmlData,
        {
            "id": id,
            "locale": locale,
        },
    )


class PageVersionsData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `PageVersionsData` is."""

    page: PageVersionsPage | None
    """A page."""


def page_versions(
    *,
    id: str,
) -> Query[PageVersionsData]:
    """A page."""
    return Query(
        "PageVersions",
        "cc35ec4e0696285563d204e8765fd9ac7858b18b6dfca95ba4040915aa97fffa",
        """query PageVersions($id: ID!) {
  page(id: $id) {
    versions {
      ...VersionFields
    }
  }
}

fragment VersionFields on Version {
  __typename
  id
  seq
  label
  kind
  at
}""",
        PageVersionsData,
        {
            "id": id,
        },
    )


class PagePresenceData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `PagePresenceData` is."""

    page: PagePresencePage | None
    """A page."""


def page_presence(
    *,
    id: str,
) -> Query[PagePresenceData]:
    """A page."""
    return Query(
        "PagePresence",
        "1d0039ca6c32f31242803dabd679c258214b14a0ca11e91e65ed1595fdde237c",
        """query PagePresence($id: ID!) {
  page(id: $id) {
    presence {
      ...PresenceFields
    }
  }
}

fragment PresenceFields on Presence {
  user {
    ...UserFields
  }
  nodeId
}

fragment UserFields on User {
  __typename
  id
  name
  color
}""",
        PagePresenceData,
        {
            "id": id,
        },
    )


class PageCommentsData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `PageCommentsData` is."""

    page: PageCommentsPage | None
    """A page."""


def page_comments(
    *,
    id: str,
    resolved: bool | None | UnsetType = UNSET,
    first: int | None | UnsetType = UNSET,
    after: str | None | UnsetType = UNSET,
) -> Query[PageCommentsData]:
    """A page."""
    return Query(
        "PageComments",
        "64358fc65574233e1e041112159421a87b2f4675075f807d615dd2e95e8dd7ff",
        """query PageComments($id: ID!, $resolved: Boolean, $first: Int, $after: String) {
  page(id: $id) {
    comments(resolved: $resolved, first: $first, after: $after) {
      ...CommentConnectionFields
    }
  }
}

fragment CommentConnectionFields on CommentConnection {
  nodes {
    ...CommentFields
  }
  pageInfo {
    ...PageInfoFields
  }
  totalCount
}

fragment CommentFields on Comment {
  __typename
  id
  pageId
  threadId
  author {
    ...UserFields
  }
  body
  createdAt
  editedAt
  deletedAt
  nodeId
  quote
  resolvedAt
  resolvedBy {
    ...UserFields
  }
  nodeRemoved
}

fragment UserFields on User {
  __typename
  id
  name
  color
}

fragment PageInfoFields on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}""",
        PageCommentsData,
        {
            "id": id,
            "resolved": resolved,
            "first": first,
            "after": after,
        },
    )


class ProductNameData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ProductNameData` is."""

    product: ProductNameProduct | None
    """A product, by its id, or by its slug on a site."""


def product_name(
    *,
    id: str,
    locale: str | None | UnsetType = UNSET,
) -> Query[ProductNameData]:
    """A product, by its id, or by its slug on a site."""
    return Query(
        "ProductName",
        "380f352a4719f97a31779f829469d0ad3d9469c985010f3862bf6c74700901e7",
        """query ProductName($id: ID!, $locale: String) {
  product(id: $id) {
    name(locale: $locale)
  }
}""",
        ProductNameData,
        {
            "id": id,
            "locale": locale,
        },
    )


class ProductDescriptionData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ProductDescriptionData` is."""

    product: ProductDescriptionProduct | None
    """A product, by its id, or by its slug on a site."""


def product_description(
    *,
    id: str,
    locale: str | None | UnsetType = UNSET,
) -> Query[ProductDescriptionData]:
    """A product, by its id, or by its slug on a site."""
    return Query(
        "ProductDescription",
        "79b4e0a6796670099baf167c2b46dc65e7d08ab158ea7499384b02aea4ee18e7",
        """query ProductDescription($id: ID!, $locale: String) {
  product(id: $id) {
    description(locale: $locale)
  }
}""",
        ProductDescriptionData,
        {
            "id": id,
            "locale": locale,
        },
    )


class ProductReviewsData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ProductReviewsData` is."""

    product: ProductReviewsProduct | None
    """A product, by its id, or by its slug on a site."""


def product_reviews(
    *,
    id: str,
    first: int | None | UnsetType = UNSET,
    after: str | None | UnsetType = UNSET,
    sort: str | None | UnsetType = UNSET,
) -> Query[ProductReviewsData]:
    """A product, by its id, or by its slug on a site."""
    return Query(
        "ProductReviews",
        "0850162a95d81c4480a9272aa51a1e1ac89ccdd41c421902fb7b8ac607ce0871",
        """query ProductReviews($id: ID!, $first: Int, $after: String, $sort: String) {
  product(id: $id) {
    reviews(first: $first, after: $after, sort: $sort) {
      ...ReviewConnectionFields
    }
  }
}

fragment ReviewConnectionFields on ReviewConnection {
  nodes {
    ...ReviewFields
  }
  pageInfo {
    ...PageInfoFields
  }
  totalCount
}

fragment ReviewFields on Review {
  __typename
  id
  author
  rating
  body
  locale
  verified
  createdAt
  productId
  status
}

fragment PageInfoFields on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}""",
        ProductReviewsData,
        {
            "id": id,
            "first": first,
            "after": after,
            "sort": sort,
        },
    )


class ProductSimilarData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ProductSimilarData` is."""

    product: ProductSimilarProduct | None
    """A product, by its id, or by its slug on a site."""


def product_similar(
    *,
    id: str,
    first: int | None | UnsetType = UNSET,
) -> Query[ProductSimilarData]:
    """A product, by its id, or by its slug on a site."""
    return Query(
        "ProductSimilar",
        "eeac84b977fbc4ee7e81fad7e7b36218f7d1d6fa9ce347c53e2a4d7c9b88eb74",
        """query ProductSimilar($id: ID!, $first: Int) {
  product(id: $id) {
    similar(first: $first) {
      ...ProductFields
    }
  }
}

fragment ProductFields on Product {
  __typename
  id
  slug
  status
  names
  descriptions
  tags
  options {
    ...ProductOptionFields
  }
  images {
    ...ProductImageFields
  }
  affiliateLinks {
    ...AffiliateLinkFields
  }
  category
  merchant {
    ...MerchantFields
  }
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  inStock
  rating
  reviewCount
  createdAt
  updatedAt
  revision
  variants {
    ...VariantFields
  }
}

fragment ProductOptionFields on ProductOption {
  name
  values
}

fragment ProductImageFields on ProductImage {
  imageId
  url
  alt
}

fragment AffiliateLinkFields on AffiliateLink {
  network
  url
  commission
}

fragment MerchantFields on Merchant {
  __typename
  id
  slug
  name
  country
  url
  revision
}

fragment PriceFields on Price {
  amount
  currency
  compareAt
}

fragment StockFields on Stock {
  available
  reserved
  policy
  availableOn
}

fragment VariantFields on Variant {
  __typename
  id
  sku
  options
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  revision
}""",
        ProductSimilarData,
        {
            "id": id,
            "first": first,
        },
    )


class ProductCollectionsData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ProductCollectionsData` is."""

    product: ProductCollectionsProduct | None
    """A product, by its id, or by its slug on a site."""


def product_collections(
    *,
    id: str,
    first: int | None | UnsetType = UNSET,
) -> Query[ProductCollectionsData]:
    """A product, by its id, or by its slug on a site."""
    return Query(
        "ProductCollections",
        "96cba23cf05ce9bc8ee3f467a54418b80809467c7666596d4d1c02fd5cddb759",
        """query ProductCollections($id: ID!, $first: Int) {
  product(id: $id) {
    collections(first: $first) {
      ...CollectionFields
    }
  }
}

fragment CollectionFields on Collection {
  __typename
  id
  slug
  names
}""",
        ProductCollectionsData,
        {
            "id": id,
            "first": first,
        },
    )


class SiteCreateData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `SiteCreateData` is."""

    site_create: SiteChange
    """Make a site from a template, in the asker's organisation."""


def site_create(
    *,
    name: str,
    template: str | None | UnsetType = UNSET,
    locales: list[str] | None | UnsetType = UNSET,
    client_mutation_id: str | None | UnsetType = UNSET,
) -> Mutation[SiteCreateData]:
    """Make a site from a template, in the asker's organisation."""
    return Mutation(
        "SiteCreate",
        "f7bb968603a0fe3d6df715f4481a82db7c8c668b70c615d9723fce882923252c",
        """mutation SiteCreate($name: String!, $template: String, $locales: [String!], $clientMutationId: String) {
  siteCreate(
    name: $name
    template: $template
    locales: $locales
    clientMutationId: $clientMutationId
  ) {
    ...SiteChangeFields
  }
}

fragment SiteChangeFields on SiteChange {
  site {
    ...SiteFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment SiteFields on Site {
  __typename
  id
  slug
  name
  role
  updatedAt
  publishedAt
  url
  productFeed {
    ...ProductFeedFields
  }
  theme
}

fragment ProductFeedFields on ProductFeed {
  enabled
  link
  currency
  googleUrl
  metaUrl
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        SiteCreateData,
        {
            "name": name,
            "template": template,
            "locales": locales,
            "clientMutationId": client_mutation_id,
        },
    )


class SiteRenameData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `SiteRenameData` is."""

    site_rename: SiteChange
    """Rename a site; its address stays."""


def site_rename(
    *,
    site_id: str,
    name: str,
) -> Mutation[SiteRenameData]:
    """Rename a site; its address stays."""
    return Mutation(
        "SiteRename",
        "dd1c41a8847d33df8d5272525348d013da6b2e1e278e1ab0ee966afc12840999",
        """mutation SiteRename($siteId: ID!, $name: String!) {
  siteRename(siteId: $siteId, name: $name) {
    ...SiteChangeFields
  }
}

fragment SiteChangeFields on SiteChange {
  site {
    ...SiteFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment SiteFields on Site {
  __typename
  id
  slug
  name
  role
  updatedAt
  publishedAt
  url
  productFeed {
    ...ProductFeedFields
  }
  theme
}

fragment ProductFeedFields on ProductFeed {
  enabled
  link
  currency
  googleUrl
  metaUrl
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        SiteRenameData,
        {
            "siteId": site_id,
            "name": name,
        },
    )


class SiteDeleteData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `SiteDeleteData` is."""

    site_delete: Deleted
    """Delete a site with all that is its own."""


def site_delete(
    *,
    site_id: str,
) -> Mutation[SiteDeleteData]:
    """Delete a site with all that is its own."""
    return Mutation(
        "SiteDelete",
        "79a9ec9ee23e47262e63919efc10e6efea40b56fb875a1cdbcea095a71ab7e50",
        """mutation SiteDelete($siteId: ID!) {
  siteDelete(siteId: $siteId) {
    ...DeletedFields
  }
}

fragment DeletedFields on Deleted {
  deletedId
  errors {
    ...UserErrorFields
  }
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        SiteDeleteData,
        {
            "siteId": site_id,
        },
    )


class SitePublishData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `SitePublishData` is."""

    site_publish: SiteChange
    """Publish a site."""


def site_publish(
    *,
    site_id: str,
) -> Mutation[SitePublishData]:
    """Publish a site."""
    return Mutation(
        "SitePublish",
        "5b6bec41a60eb75e991540dfcb8e187c373ecf5dc82d5deb1c6d32ec3175fa65",
        """mutation SitePublish($siteId: ID!) {
  sitePublish(siteId: $siteId) {
    ...SiteChangeFields
  }
}

fragment SiteChangeFields on SiteChange {
  site {
    ...SiteFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment SiteFields on Site {
  __typename
  id
  slug
  name
  role
  updatedAt
  publishedAt
  url
  productFeed {
    ...ProductFeedFields
  }
  theme
}

fragment ProductFeedFields on ProductFeed {
  enabled
  link
  currency
  googleUrl
  metaUrl
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        SitePublishData,
        {
            "siteId": site_id,
        },
    )


class SiteRollbackData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `SiteRollbackData` is."""

    site_rollback: SiteChange
    """Make an earlier deployment live again."""


def site_rollback(
    *,
    site_id: str,
    deployment_id: str,
) -> Mutation[SiteRollbackData]:
    """Make an earlier deployment live again."""
    return Mutation(
        "SiteRollback",
        "584c2b4d8d87ce1f1fe4e6dcc34b6c609925b85e7ac93079995c76b111a3bd01",
        """mutation SiteRollback($siteId: ID!, $deploymentId: ID!) {
  siteRollback(siteId: $siteId, deploymentId: $deploymentId) {
    ...SiteChangeFields
  }
}

fragment SiteChangeFields on SiteChange {
  site {
    ...SiteFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment SiteFields on Site {
  __typename
  id
  slug
  name
  role
  updatedAt
  publishedAt
  url
  productFeed {
    ...ProductFeedFields
  }
  theme
}

fragment ProductFeedFields on ProductFeed {
  enabled
  link
  currency
  googleUrl
  metaUrl
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        SiteRollbackData,
        {
            "siteId": site_id,
            "deploymentId": deployment_id,
        },
    )


class MemberSetRoleData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `MemberSetRoleData` is."""

    member_set_role: SiteChange
    """Give a member another role; none takes it away."""


def member_set_role(
    *,
    site_id: str,
    user_id: str,
    role: str | None | UnsetType = UNSET,
) -> Mutation[MemberSetRoleData]:
    """Give a member another role; none takes it away."""
    return Mutation(
        "MemberSetRole",
        "d2de651cafedb0660a4adf1d4351b54644d858e7162c0daa5acc14f0e787cc52",
        """mutation MemberSetRole($siteId: ID!, $userId: ID!, $role: String) {
  memberSetRole(siteId: $siteId, userId: $userId, role: $role) {
    ...SiteChangeFields
  }
}

fragment SiteChangeFields on SiteChange {
  site {
    ...SiteFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment SiteFields on Site {
  __typename
  id
  slug
  name
  role
  updatedAt
  publishedAt
  url
  productFeed {
    ...ProductFeedFields
  }
  theme
}

fragment ProductFeedFields on ProductFeed {
  enabled
  link
  currency
  googleUrl
  metaUrl
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        MemberSetRoleData,
        {
            "siteId": site_id,
            "userId": user_id,
            "role": role,
        },
    )


class ImageChangeData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ImageChangeData` is."""

    image_change: ImageChange
    """Rename an image, or change its alternative texts."""


def image_change(
    *,
    site_id: str,
    image_id: str,
    name: str | None | UnsetType = UNSET,
    alt: Any | None | UnsetType = UNSET,
) -> Mutation[ImageChangeData]:
    """Rename an image, or change its alternative texts."""
    return Mutation(
        "ImageChange",
        "1354c3a8a16b0f6607fa87ac4370ceb0a7c509c8f5983e56f6232391d8162e70",
        """mutation ImageChange($siteId: ID!, $imageId: ID!, $name: String, $alt: JSON) {
  imageChange(siteId: $siteId, imageId: $imageId, name: $name, alt: $alt) {
    ...ImageChangeFields
  }
}

fragment ImageChangeFields on ImageChange {
  image {
    ...ImageFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment ImageFields on Image {
  __typename
  id
  name
  alt
  width
  height
  url
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        ImageChangeData,
        {
            "siteId": site_id,
            "imageId": image_id,
            "name": name,
            "alt": alt,
        },
    )


class ImageDeleteData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ImageDeleteData` is."""

    image_delete: Deleted
    """Take an image out of the library."""


def image_delete(
    *,
    site_id: str,
    image_id: str,
) -> Mutation[ImageDeleteData]:
    """Take an image out of the library."""
    return Mutation(
        "ImageDelete",
        "f5c28fd71e0fa6e5e6153834c467c6c33bc666fa6d517cc1123811e719eaee07",
        """mutation ImageDelete($siteId: ID!, $imageId: ID!) {
  imageDelete(siteId: $siteId, imageId: $imageId) {
    ...DeletedFields
  }
}

fragment DeletedFields on Deleted {
  deletedId
  errors {
    ...UserErrorFields
  }
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        ImageDeleteData,
        {
            "siteId": site_id,
            "imageId": image_id,
        },
    )


class MessageDeleteData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `MessageDeleteData` is."""

    message_delete: Deleted
    """Delete what a visitor wrote in a form, for good."""


def message_delete(
    *,
    site_id: str,
    message_id: str,
) -> Mutation[MessageDeleteData]:
    """Delete what a visitor wrote in a form, for good."""
    return Mutation(
        "MessageDelete",
        "e7bc457cf2dd93bb7174dcf74b1a3b52e72840a2926301cf41e7b6504017978b",
        """mutation MessageDelete($siteId: ID!, $messageId: ID!) {
  messageDelete(siteId: $siteId, messageId: $messageId) {
    ...DeletedFields
  }
}

fragment DeletedFields on Deleted {
  deletedId
  errors {
    ...UserErrorFields
  }
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        MessageDeleteData,
        {
            "siteId": site_id,
            "messageId": message_id,
        },
    )


class ImageUploadTicketData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ImageUploadTicketData` is."""

    image_upload_ticket: UploadTicket
    """Ask to upload an image to a site's library: PUT its bytes to the address, once; the answer is the image."""


def image_upload_ticket(
    *,
    site_id: str,
    name: str,
) -> Mutation[ImageUploadTicketData]:
    """Ask to upload an image to a site's library: PUT its bytes to the address, once; the answer is the image."""
    return Mutation(
        "ImageUploadTicket",
        "37c028ca55aa62dd5358bdef662a96fe1710358e48c2555fa59da681c29340f7",
        """mutation ImageUploadTicket($siteId: ID!, $name: String!) {
  imageUploadTicket(siteId: $siteId, name: $name) {
    ...UploadTicketFields
  }
}

fragment UploadTicketFields on UploadTicket {
  uploadUrl
  expiresAt
  errors {
    ...UserErrorFields
  }
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        ImageUploadTicketData,
        {
            "siteId": site_id,
            "name": name,
        },
    )


class PageEditData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `PageEditData` is."""

    page_edit: PageEdited
    """Run edit commands on a page (docs/edit-commands.md): live in every open editor, one run to undo."""


def page_edit(
    *,
    page_id: str,
    ops: list[Any],
    partial: bool | None | UnsetType = UNSET,
    locale: str | None | UnsetType = UNSET,
    if_revision: int | None | UnsetType = UNSET,
    client_mutation_id: str | None | UnsetType = UNSET,
) -> Mutation[PageEditData]:
    """Run edit commands on a page (docs/edit-commands.md): live in every open editor, one run to undo."""
    return Mutation(
        "PageEdit",
        "3ad91c91d5c8b64677392255de01bf20e2f966c6cf2d37505e554c36be1c8274",
        """mutation PageEdit($pageId: ID!, $ops: [JSON!]!, $partial: Boolean, $locale: String, $ifRevision: Int, $clientMutationId: String) {
  pageEdit(
    pageId: $pageId
    ops: $ops
    partial: $partial
    locale: $locale
    ifRevision: $ifRevision
    clientMutationId: $clientMutationId
  ) {
    ...PageEditedFields
  }
}

fragment PageEditedFields on PageEdited {
  page {
    ...PageFields
  }
  run
  seq
  results
  errors {
    ...UserErrorFields
  }
}

fragment PageFields on Page {
  __typename
  id
  title
  slug
  path
  titles
  parent
  revision
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        PageEditData,
        {
            "pageId": page_id,
            "ops": ops,
            "partial": partial,
            "locale": locale,
            "ifRevision": if_revision,
            "clientMutationId": client_mutation_id,
        },
    )


class PageUndoData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `PageUndoData` is."""

    page_undo: PageEdited
    """Undo a run of edits, whatever came after it."""


def page_undo(
    *,
    page_id: str,
    run: str,
) -> Mutation[PageUndoData]:
    """Undo a run of edits, whatever came after it."""
    return Mutation(
        "PageUndo",
        "c26d1dd306c18fe48953958473d379a29b571825c0f8f3a4f3aa5a55e90b7f9a",
        """mutation PageUndo($pageId: ID!, $run: ID!) {
  pageUndo(pageId: $pageId, run: $run) {
    ...PageEditedFields
  }
}

fragment PageEditedFields on PageEdited {
  page {
    ...PageFields
  }
  run
  seq
  results
  errors {
    ...UserErrorFields
  }
}

fragment PageFields on Page {
  __typename
  id
  title
  slug
  path
  titles
  parent
  revision
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        PageUndoData,
        {
            "pageId": page_id,
            "run": run,
        },
    )


class PageCreateData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `PageCreateData` is."""

    page_create: PageCreated
    """Add a page to a site."""


def page_create(
    *,
    site_id: str,
    title: str,
    slug: str | None | UnsetType = UNSET,
    after: str | None | UnsetType = UNSET,
    client_mutation_id: str | None | UnsetType = UNSET,
) -> Mutation[PageCreateData]:
    """Add a page to a site."""
    return Mutation(
        "PageCreate",
        "d901f14254391a977b9f774dad7999c1468f43a5d473e3e7d6ac4bb884534cbb",
        """mutation PageCreate($siteId: ID!, $title: String!, $slug: String, $after: ID, $clientMutationId: String) {
  pageCreate(
    siteId: $siteId
    title: $title
    slug: $slug
    after: $after
    clientMutationId: $clientMutationId
  ) {
    ...PageCreatedFields
  }
}

fragment PageCreatedFields on PageCreated {
  page {
    ...PageFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment PageFields on Page {
  __typename
  id
  title
  slug
  path
  titles
  parent
  revision
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        PageCreateData,
        {
            "siteId": site_id,
            "title": title,
            "slug": slug,
            "after": after,
            "clientMutationId": client_mutation_id,
        },
    )


class PageDeleteData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `PageDeleteData` is."""

    page_delete: PageDeleted
    """Take a page out of its site."""


def page_delete(
    *,
    id: str,
) -> Mutation[PageDeleteData]:
    """Take a page out of its site."""
    return Mutation(
        "PageDelete",
        "c641f1ec30ac8db63f925c44db166e7b37d93af857154b7998d22f5295010479",
        """mutation PageDelete($id: ID!) {
  pageDelete(id: $id) {
    ...PageDeletedFields
  }
}

fragment PageDeletedFields on PageDeleted {
  deletedId
  errors {
    ...UserErrorFields
  }
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        PageDeleteData,
        {
            "id": id,
        },
    )


class VersionKeepData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `VersionKeepData` is."""

    version_keep: VersionKept
    """Name a moment of a page, the present one without a number."""


def version_keep(
    *,
    page_id: str,
    label: str,
    seq: int | None | UnsetType = UNSET,
    client_mutation_id: str | None | UnsetType = UNSET,
) -> Mutation[VersionKeepData]:
    """Name a moment of a page, the present one without a number."""
    return Mutation(
        "VersionKeep",
        "594b66bca2cbad06d22630b4e5554edff97ec4288500646dcccf0196aa9244bf",
        """mutation VersionKeep($pageId: ID!, $label: String!, $seq: Int, $clientMutationId: String) {
  versionKeep(
    pageId: $pageId
    label: $label
    seq: $seq
    clientMutationId: $clientMutationId
  ) {
    ...VersionKeptFields
  }
}

fragment VersionKeptFields on VersionKept {
  version {
    ...VersionFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment VersionFields on Version {
  __typename
  id
  seq
  label
  kind
  at
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        VersionKeepData,
        {
            "pageId": page_id,
            "label": label,
            "seq": seq,
            "clientMutationId": client_mutation_id,
        },
    )


class PageRestoreData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `PageRestoreData` is."""

    page_restore: PageEdited
    """Bring a page back to a moment or to a version, as a run that can be undone."""


def page_restore(
    *,
    page_id: str,
    seq: int | None | UnsetType = UNSET,
    version_id: str | None | UnsetType = UNSET,
) -> Mutation[PageRestoreData]:
    """Bring a page back to a moment or to a version, as a run that can be undone."""
    return Mutation(
        "PageRestore",
        "a49401567a92a0b70a86488c4aa99345efa167c9fc6e2aaeb47a77699528b095",
        """mutation PageRestore($pageId: ID!, $seq: Int, $versionId: ID) {
  pageRestore(pageId: $pageId, seq: $seq, versionId: $versionId) {
    ...PageEditedFields
  }
}

fragment PageEditedFields on PageEdited {
  page {
    ...PageFields
  }
  run
  seq
  results
  errors {
    ...UserErrorFields
  }
}

fragment PageFields on Page {
  __typename
  id
  title
  slug
  path
  titles
  parent
  revision
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        PageRestoreData,
        {
            "pageId": page_id,
            "seq": seq,
            "versionId": version_id,
        },
    )


class CommentAddData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `CommentAddData` is."""

    comment_add: CommentChange
    """Begin a thread about a page, or about a block of it. `mentions` are people of the site; write @ and their names into the text."""


def comment_add(
    *,
    page_id: str,
    body: str,
    node_id: str | None | UnsetType = UNSET,
    mentions: list[str] | None | UnsetType = UNSET,
    client_mutation_id: str | None | UnsetType = UNSET,
) -> Mutation[CommentAddData]:
    """Begin a thread about a page, or about a block of it. `mentions` are people of the site; write @ and their names into the text."""
    return Mutation(
        "CommentAdd",
        "331ccaaefdef61966f8ebc4aed1bc5cca8a01e2673f23438a508fb276cb0c3d2",
        """mutation CommentAdd($pageId: ID!, $body: String!, $nodeId: ID, $mentions: [ID!], $clientMutationId: String) {
  commentAdd(
    pageId: $pageId
    body: $body
    nodeId: $nodeId
    mentions: $mentions
    clientMutationId: $clientMutationId
  ) {
    ...CommentChangeFields
  }
}

fragment CommentChangeFields on CommentChange {
  comment {
    ...CommentFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment CommentFields on Comment {
  __typename
  id
  pageId
  threadId
  author {
    ...UserFields
  }
  body
  createdAt
  editedAt
  deletedAt
  nodeId
  quote
  resolvedAt
  resolvedBy {
    ...UserFields
  }
  nodeRemoved
}

fragment UserFields on User {
  __typename
  id
  name
  color
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        CommentAddData,
        {
            "pageId": page_id,
            "body": body,
            "nodeId": node_id,
            "mentions": mentions,
            "clientMutationId": client_mutation_id,
        },
    )


class CommentReplyData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `CommentReplyData` is."""

    comment_reply: CommentChange
    """Answer in the thread of a comment."""


def comment_reply(
    *,
    id: str,
    body: str,
    mentions: list[str] | None | UnsetType = UNSET,
    client_mutation_id: str | None | UnsetType = UNSET,
) -> Mutation[CommentReplyData]:
    """Answer in the thread of a comment."""
    return Mutation(
        "CommentReply",
        "c2bf52303d8072b4a713017266f5923726594e491aca78ed28773b89f1caaad9",
        """mutation CommentReply($id: ID!, $body: String!, $mentions: [ID!], $clientMutationId: String) {
  commentReply(
    id: $id
    body: $body
    mentions: $mentions
    clientMutationId: $clientMutationId
  ) {
    ...CommentChangeFields
  }
}

fragment CommentChangeFields on CommentChange {
  comment {
    ...CommentFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment CommentFields on Comment {
  __typename
  id
  pageId
  threadId
  author {
    ...UserFields
  }
  body
  createdAt
  editedAt
  deletedAt
  nodeId
  quote
  resolvedAt
  resolvedBy {
    ...UserFields
  }
  nodeRemoved
}

fragment UserFields on User {
  __typename
  id
  name
  color
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        CommentReplyData,
        {
            "id": id,
            "body": body,
            "mentions": mentions,
            "clientMutationId": client_mutation_id,
        },
    )


class CommentChangeData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `CommentChangeData` is."""

    comment_change: CommentChange
    """Give a comment of one's own another text."""


def comment_change(
    *,
    id: str,
    body: str,
    mentions: list[str] | None | UnsetType = UNSET,
) -> Mutation[CommentChangeData]:
    """Give a comment of one's own another text."""
    return Mutation(
        "CommentChange",
        "78847946da2955d0727dd990599a7fe037b4bd27692c6d7853be72e315198ef7",
        """mutation CommentChange($id: ID!, $body: String!, $mentions: [ID!]) {
  commentChange(id: $id, body: $body, mentions: $mentions) {
    ...CommentChangeFields
  }
}

fragment CommentChangeFields on CommentChange {
  comment {
    ...CommentFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment CommentFields on Comment {
  __typename
  id
  pageId
  threadId
  author {
    ...UserFields
  }
  body
  createdAt
  editedAt
  deletedAt
  nodeId
  quote
  resolvedAt
  resolvedBy {
    ...UserFields
  }
  nodeRemoved
}

fragment UserFields on User {
  __typename
  id
  name
  color
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        CommentChangeData,
        {
            "id": id,
            "body": body,
            "mentions": mentions,
        },
    )


class CommentResolveData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `CommentResolveData` is."""

    comment_resolve: CommentChange
    """Resolve the thread of a comment, or open it again."""


def comment_resolve(
    *,
    id: str,
    resolved: bool | None | UnsetType = UNSET,
) -> Mutation[CommentResolveData]:
    """Resolve the thread of a comment, or open it again."""
    return Mutation(
        "CommentResolve",
        "8f76b57d86efaeec1d7e0d0e172579dceebd57393ad19cc8313a7ba0418bc347",
        """mutation CommentResolve($id: ID!, $resolved: Boolean) {
  commentResolve(id: $id, resolved: $resolved) {
    ...CommentChangeFields
  }
}

fragment CommentChangeFields on CommentChange {
  comment {
    ...CommentFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment CommentFields on Comment {
  __typename
  id
  pageId
  threadId
  author {
    ...UserFields
  }
  body
  createdAt
  editedAt
  deletedAt
  nodeId
  quote
  resolvedAt
  resolvedBy {
    ...UserFields
  }
  nodeRemoved
}

fragment UserFields on User {
  __typename
  id
  name
  color
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        CommentResolveData,
        {
            "id": id,
            "resolved": resolved,
        },
    )


class CommentDeleteData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `CommentDeleteData` is."""

    comment_delete: Deleted
    """Delete a comment of one's own, or anybody's for whoever manages the site. A thread goes with its last comment."""


def comment_delete(
    *,
    id: str,
) -> Mutation[CommentDeleteData]:
    """Delete a comment of one's own, or anybody's for whoever manages the site. A thread goes with its last comment."""
    return Mutation(
        "CommentDelete",
        "b61b96003299c7968cec6151255e9d0ed4103c3374c7bde495f4e43341fd95e6",
        """mutation CommentDelete($id: ID!) {
  commentDelete(id: $id) {
    ...DeletedFields
  }
}

fragment DeletedFields on Deleted {
  deletedId
  errors {
    ...UserErrorFields
  }
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        CommentDeleteData,
        {
            "id": id,
        },
    )


class ProductCreateData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ProductCreateData` is."""

    product_create: ProductChange
    """Add a product to a site, with its variants."""


def product_create(
    *,
    site_id: str,
    product: ProductInput,
    variants: list[VariantInput],
    client_mutation_id: str | None | UnsetType = UNSET,
) -> Mutation[ProductCreateData]:
    """Add a product to a site, with its variants."""
    return Mutation(
        "ProductCreate",
        "10852248a8ea368e7ea7c2b8780ffa0eaa5e849e080de4399a9393e088811cd9",
        """mutation ProductCreate($siteId: ID!, $product: ProductInput!, $variants: [VariantInput!]!, $clientMutationId: String) {
  productCreate(
    siteId: $siteId
    product: $product
    variants: $variants
    clientMutationId: $clientMutationId
  ) {
    ...ProductChangeFields
  }
}

fragment ProductChangeFields on ProductChange {
  product {
    ...ProductFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment ProductFields on Product {
  __typename
  id
  slug
  status
  names
  descriptions
  tags
  options {
    ...ProductOptionFields
  }
  images {
    ...ProductImageFields
  }
  affiliateLinks {
    ...AffiliateLinkFields
  }
  category
  merchant {
    ...MerchantFields
  }
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  inStock
  rating
  reviewCount
  createdAt
  updatedAt
  revision
  variants {
    ...VariantFields
  }
}

fragment ProductOptionFields on ProductOption {
  name
  values
}

fragment ProductImageFields on ProductImage {
  imageId
  url
  alt
}

fragment AffiliateLinkFields on AffiliateLink {
  network
  url
  commission
}

fragment MerchantFields on Merchant {
  __typename
  id
  slug
  name
  country
  url
  revision
}

fragment PriceFields on Price {
  amount
  currency
  compareAt
}

fragment StockFields on Stock {
  available
  reserved
  policy
  availableOn
}

fragment VariantFields on Variant {
  __typename
  id
  sku
  options
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  revision
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        ProductCreateData,
        {
            "siteId": site_id,
            "product": product,
            "variants": variants,
            "clientMutationId": client_mutation_id,
        },
    )


class ProductUpdateData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ProductUpdateData` is."""

    product_update: ProductChange
    """Change what is said of a product."""


def product_update(
    *,
    id: str,
    product: ProductInput,
    if_revision: int | None | UnsetType = UNSET,
) -> Mutation[ProductUpdateData]:
    """Change what is said of a product."""
    return Mutation(
        "ProductUpdate",
        "f02a580de73529f13139f3a4e84794aa8448b419110e6ac42f133c670cb58246",
        """mutation ProductUpdate($id: ID!, $product: ProductInput!, $ifRevision: Int) {
  productUpdate(id: $id, product: $product, ifRevision: $ifRevision) {
    ...ProductChangeFields
  }
}

fragment ProductChangeFields on ProductChange {
  product {
    ...ProductFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment ProductFields on Product {
  __typename
  id
  slug
  status
  names
  descriptions
  tags
  options {
    ...ProductOptionFields
  }
  images {
    ...ProductImageFields
  }
  affiliateLinks {
    ...AffiliateLinkFields
  }
  category
  merchant {
    ...MerchantFields
  }
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  inStock
  rating
  reviewCount
  createdAt
  updatedAt
  revision
  variants {
    ...VariantFields
  }
}

fragment ProductOptionFields on ProductOption {
  name
  values
}

fragment ProductImageFields on ProductImage {
  imageId
  url
  alt
}

fragment AffiliateLinkFields on AffiliateLink {
  network
  url
  commission
}

fragment MerchantFields on Merchant {
  __typename
  id
  slug
  name
  country
  url
  revision
}

fragment PriceFields on Price {
  amount
  currency
  compareAt
}

fragment StockFields on Stock {
  available
  reserved
  policy
  availableOn
}

fragment VariantFields on Variant {
  __typename
  id
  sku
  options
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  revision
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        ProductUpdateData,
        {
            "id": id,
            "product": product,
            "ifRevision": if_revision,
        },
    )


class ProductDeleteData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ProductDeleteData` is."""

    product_delete: ProductDeleted
    """Delete a product with its variants and reviews."""


def product_delete(
    *,
    id: str,
    if_revision: int | None | UnsetType = UNSET,
) -> Mutation[ProductDeleteData]:
    """Delete a product with its variants and reviews."""
    return Mutation(
        "ProductDelete",
        "ae01971572cd20e64fff9bd7ae354b5bddf7176e6bf41764a062af4c656604eb",
        """mutation ProductDelete($id: ID!, $ifRevision: Int) {
  productDelete(id: $id, ifRevision: $ifRevision) {
    ...ProductDeletedFields
  }
}

fragment ProductDeletedFields on ProductDeleted {
  deletedId
  errors {
    ...UserErrorFields
  }
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        ProductDeleteData,
        {
            "id": id,
            "ifRevision": if_revision,
        },
    )


class PriceSetData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `PriceSetData` is."""

    price_set: ProductChange
    """Set what a variant costs in one currency."""


def price_set(
    *,
    variant_id: str,
    price: PriceInput,
    if_revision: int | None | UnsetType = UNSET,
) -> Mutation[PriceSetData]:
    """Set what a variant costs in one currency."""
    return Mutation(
        "PriceSet",
        "9d2c3e28590a1a04f41cd490acae9923fefcc42adee6efdff7dac335c57c23f2",
        """mutation PriceSet($variantId: ID!, $price: PriceInput!, $ifRevision: Int) {
  priceSet(variantId: $variantId, price: $price, ifRevision: $ifRevision) {
    ...ProductChangeFields
  }
}

fragment ProductChangeFields on ProductChange {
  product {
    ...ProductFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment ProductFields on Product {
  __typename
  id
  slug
  status
  names
  descriptions
  tags
  options {
    ...ProductOptionFields
  }
  images {
    ...ProductImageFields
  }
  affiliateLinks {
    ...AffiliateLinkFields
  }
  category
  merchant {
    ...MerchantFields
  }
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  inStock
  rating
  reviewCount
  createdAt
  updatedAt
  revision
  variants {
    ...VariantFields
  }
}

fragment ProductOptionFields on ProductOption {
  name
  values
}

fragment ProductImageFields on ProductImage {
  imageId
  url
  alt
}

fragment AffiliateLinkFields on AffiliateLink {
  network
  url
  commission
}

fragment MerchantFields on Merchant {
  __typename
  id
  slug
  name
  country
  url
  revision
}

fragment PriceFields on Price {
  amount
  currency
  compareAt
}

fragment StockFields on Stock {
  available
  reserved
  policy
  availableOn
}

fragment VariantFields on Variant {
  __typename
  id
  sku
  options
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  revision
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        PriceSetData,
        {
            "variantId": variant_id,
            "price": price,
            "ifRevision": if_revision,
        },
    )


class VariantCreateData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `VariantCreateData` is."""

    variant_create: ProductChange
    """Give a product one more variant."""


def variant_create(
    *,
    product_id: str,
    variant: VariantInput,
    client_mutation_id: str | None | UnsetType = UNSET,
) -> Mutation[VariantCreateData]:
    """Give a product one more variant."""
    return Mutation(
        "VariantCreate",
        "dc23c6cd42c73b88bf4f8282a56f6f8ffde4d6f3c4bcbce60b3aaae5c5b74e8d",
        """mutation VariantCreate($productId: ID!, $variant: VariantInput!, $clientMutationId: String) {
  variantCreate(
    productId: $productId
    variant: $variant
    clientMutationId: $clientMutationId
  ) {
    ...ProductChangeFields
  }
}

fragment ProductChangeFields on ProductChange {
  product {
    ...ProductFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment ProductFields on Product {
  __typename
  id
  slug
  status
  names
  descriptions
  tags
  options {
    ...ProductOptionFields
  }
  images {
    ...ProductImageFields
  }
  affiliateLinks {
    ...AffiliateLinkFields
  }
  category
  merchant {
    ...MerchantFields
  }
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  inStock
  rating
  reviewCount
  createdAt
  updatedAt
  revision
  variants {
    ...VariantFields
  }
}

fragment ProductOptionFields on ProductOption {
  name
  values
}

fragment ProductImageFields on ProductImage {
  imageId
  url
  alt
}

fragment AffiliateLinkFields on AffiliateLink {
  network
  url
  commission
}

fragment MerchantFields on Merchant {
  __typename
  id
  slug
  name
  country
  url
  revision
}

fragment PriceFields on Price {
  amount
  currency
  compareAt
}

fragment StockFields on Stock {
  available
  reserved
  policy
  availableOn
}

fragment VariantFields on Variant {
  __typename
  id
  sku
  options
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  revision
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        VariantCreateData,
        {
            "productId": product_id,
            "variant": variant,
            "clientMutationId": client_mutation_id,
        },
    )


class VariantDeleteData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `VariantDeleteData` is."""

    variant_delete: ProductChange
    """Delete a variant."""


def variant_delete(
    *,
    id: str,
    if_revision: int | None | UnsetType = UNSET,
) -> Mutation[VariantDeleteData]:
    """Delete a variant."""
    return Mutation(
        "VariantDelete",
        "ba27417791bcb963d8f23dca00bc1a032f85a75067cc8d4588b0c09fa6809a1a",
        """mutation VariantDelete($id: ID!, $ifRevision: Int) {
  variantDelete(id: $id, ifRevision: $ifRevision) {
    ...ProductChangeFields
  }
}

fragment ProductChangeFields on ProductChange {
  product {
    ...ProductFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment ProductFields on Product {
  __typename
  id
  slug
  status
  names
  descriptions
  tags
  options {
    ...ProductOptionFields
  }
  images {
    ...ProductImageFields
  }
  affiliateLinks {
    ...AffiliateLinkFields
  }
  category
  merchant {
    ...MerchantFields
  }
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  inStock
  rating
  reviewCount
  createdAt
  updatedAt
  revision
  variants {
    ...VariantFields
  }
}

fragment ProductOptionFields on ProductOption {
  name
  values
}

fragment ProductImageFields on ProductImage {
  imageId
  url
  alt
}

fragment AffiliateLinkFields on AffiliateLink {
  network
  url
  commission
}

fragment MerchantFields on Merchant {
  __typename
  id
  slug
  name
  country
  url
  revision
}

fragment PriceFields on Price {
  amount
  currency
  compareAt
}

fragment StockFields on Stock {
  available
  reserved
  policy
  availableOn
}

fragment VariantFields on Variant {
  __typename
  id
  sku
  options
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  revision
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        VariantDeleteData,
        {
            "id": id,
            "ifRevision": if_revision,
        },
    )


class VariantUpdateData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `VariantUpdateData` is."""

    variant_update: ProductChange
    """Change what is said of a variant; its prices all together."""


def variant_update(
    *,
    id: str,
    variant: VariantInput,
    if_revision: int | None | UnsetType = UNSET,
) -> Mutation[VariantUpdateData]:
    """Change what is said of a variant; its prices all together."""
    return Mutation(
        "VariantUpdate",
        "d5eddc374f3079a939c193913b6ff255b53ae9462a1592b873b054e1292ec100",
        """mutation VariantUpdate($id: ID!, $variant: VariantInput!, $ifRevision: Int) {
  variantUpdate(id: $id, variant: $variant, ifRevision: $ifRevision) {
    ...ProductChangeFields
  }
}

fragment ProductChangeFields on ProductChange {
  product {
    ...ProductFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment ProductFields on Product {
  __typename
  id
  slug
  status
  names
  descriptions
  tags
  options {
    ...ProductOptionFields
  }
  images {
    ...ProductImageFields
  }
  affiliateLinks {
    ...AffiliateLinkFields
  }
  category
  merchant {
    ...MerchantFields
  }
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  inStock
  rating
  reviewCount
  createdAt
  updatedAt
  revision
  variants {
    ...VariantFields
  }
}

fragment ProductOptionFields on ProductOption {
  name
  values
}

fragment ProductImageFields on ProductImage {
  imageId
  url
  alt
}

fragment AffiliateLinkFields on AffiliateLink {
  network
  url
  commission
}

fragment MerchantFields on Merchant {
  __typename
  id
  slug
  name
  country
  url
  revision
}

fragment PriceFields on Price {
  amount
  currency
  compareAt
}

fragment StockFields on Stock {
  available
  reserved
  policy
  availableOn
}

fragment VariantFields on Variant {
  __typename
  id
  sku
  options
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  revision
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        VariantUpdateData,
        {
            "id": id,
            "variant": variant,
            "ifRevision": if_revision,
        },
    )


class MerchantCreateData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `MerchantCreateData` is."""

    merchant_create: MerchantChange
    """Add somebody who sells on a site."""


def merchant_create(
    *,
    site_id: str,
    name: str,
    country: str | None | UnsetType = UNSET,
    url: str | None | UnsetType = UNSET,
    client_mutation_id: str | None | UnsetType = UNSET,
) -> Mutation[MerchantCreateData]:
    """Add somebody who sells on a site."""
    return Mutation(
        "MerchantCreate",
        "51737f2b5dead2141450824042fecef6e71a53f56eeae4d5c7fca67bfe3f268c",
        """mutation MerchantCreate($siteId: ID!, $name: String!, $country: String, $url: String, $clientMutationId: String) {
  merchantCreate(
    siteId: $siteId
    name: $name
    country: $country
    url: $url
    clientMutationId: $clientMutationId
  ) {
    ...MerchantChangeFields
  }
}

fragment MerchantChangeFields on MerchantChange {
  merchant {
    ...MerchantFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment MerchantFields on Merchant {
  __typename
  id
  slug
  name
  country
  url
  revision
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        MerchantCreateData,
        {
            "siteId": site_id,
            "name": name,
            "country": country,
            "url": url,
            "clientMutationId": client_mutation_id,
        },
    )


class MerchantUpdateData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `MerchantUpdateData` is."""

    merchant_update: MerchantChange
    """Change what is said of a merchant; null takes away the url."""


def merchant_update(
    *,
    id: str,
    name: str | None | UnsetType = UNSET,
    slug: str | None | UnsetType = UNSET,
    country: str | None | UnsetType = UNSET,
    url: str | None | UnsetType = UNSET,
    if_revision: int | None | UnsetType = UNSET,
) -> Mutation[MerchantUpdateData]:
    """Change what is said of a merchant; null takes away the url."""
    return Mutation(
        "MerchantUpdate",
        "fe5b06cc90a8b55304a7d37a38ec6acab88f033cce5b8470cf51e6ab15540dde",
        """mutation MerchantUpdate($id: ID!, $name: String, $slug: String, $country: String, $url: String, $ifRevision: Int) {
  merchantUpdate(
    id: $id
    name: $name
    slug: $slug
    country: $country
    url: $url
    ifRevision: $ifRevision
  ) {
    ...MerchantChangeFields
  }
}

fragment MerchantChangeFields on MerchantChange {
  merchant {
    ...MerchantFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment MerchantFields on Merchant {
  __typename
  id
  slug
  name
  country
  url
  revision
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        MerchantUpdateData,
        {
            "id": id,
            "name": name,
            "slug": slug,
            "country": country,
            "url": url,
            "ifRevision": if_revision,
        },
    )


class MerchantDeleteData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `MerchantDeleteData` is."""

    merchant_delete: Deleted
    """Delete a merchant who has no products."""


def merchant_delete(
    *,
    id: str,
    if_revision: int | None | UnsetType = UNSET,
) -> Mutation[MerchantDeleteData]:
    """Delete a merchant who has no products."""
    return Mutation(
        "MerchantDelete",
        "9ec6701370362636930c8945b3adb4ddb7383184964fa802650deb62caa31775",
        """mutation MerchantDelete($id: ID!, $ifRevision: Int) {
  merchantDelete(id: $id, ifRevision: $ifRevision) {
    ...DeletedFields
  }
}

fragment DeletedFields on Deleted {
  deletedId
  errors {
    ...UserErrorFields
  }
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        MerchantDeleteData,
        {
            "id": id,
            "ifRevision": if_revision,
        },
    )


class CollectionCreateData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `CollectionCreateData` is."""

    collection_create: CollectionChange
    """Put products together, in an order of their own."""


def collection_create(
    *,
    site_id: str,
    names: Any,
    product_ids: list[str],
    client_mutation_id: str | None | UnsetType = UNSET,
) -> Mutation[CollectionCreateData]:
    """Put products together, in an order of their own."""
    return Mutation(
        "CollectionCreate",
        "99d344550c8674f7fa678168c217c63a39557adce195c2f75e1f9a35e24150cb",
        """mutation CollectionCreate($siteId: ID!, $names: JSON!, $productIds: [ID!]!, $clientMutationId: String) {
  collectionCreate(
    siteId: $siteId
    names: $names
    productIds: $productIds
    clientMutationId: $clientMutationId
  ) {
    ...CollectionChangeFields
  }
}

fragment CollectionChangeFields on CollectionChange {
  collection {
    ...CollectionFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment CollectionFields on Collection {
  __typename
  id
  slug
  names
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        CollectionCreateData,
        {
            "siteId": site_id,
            "names": names,
            "productIds": product_ids,
            "clientMutationId": client_mutation_id,
        },
    )


class CollectionUpdateData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `CollectionUpdateData` is."""

    collection_update: CollectionChange
    """Change a collection; what is left out stays as it is."""


def collection_update(
    *,
    id: str,
    names: Any | None | UnsetType = UNSET,
    product_ids: list[str] | None | UnsetType = UNSET,
    if_revision: int | None | UnsetType = UNSET,
) -> Mutation[CollectionUpdateData]:
    """Change a collection; what is left out stays as it is."""
    return Mutation(
        "CollectionUpdate",
        "a5d66de18a6355e08d457954a0b578f2a1247a505aea770a509ae911efa1549b",
        """mutation CollectionUpdate($id: ID!, $names: JSON, $productIds: [ID!], $ifRevision: Int) {
  collectionUpdate(
    id: $id
    names: $names
    productIds: $productIds
    ifRevision: $ifRevision
  ) {
    ...CollectionChangeFields
  }
}

fragment CollectionChangeFields on CollectionChange {
  collection {
    ...CollectionFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment CollectionFields on Collection {
  __typename
  id
  slug
  names
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        CollectionUpdateData,
        {
            "id": id,
            "names": names,
            "productIds": product_ids,
            "ifRevision": if_revision,
        },
    )


class CollectionDeleteData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `CollectionDeleteData` is."""

    collection_delete: Deleted
    """Delete a collection; its products stay."""


def collection_delete(
    *,
    id: str,
    if_revision: int | None | UnsetType = UNSET,
) -> Mutation[CollectionDeleteData]:
    """Delete a collection; its products stay."""
    return Mutation(
        "CollectionDelete",
        "40a87db119f8e7a007b82fa4a92420d4727499eefdea03ada021e53085e9532c",
        """mutation CollectionDelete($id: ID!, $ifRevision: Int) {
  collectionDelete(id: $id, ifRevision: $ifRevision) {
    ...DeletedFields
  }
}

fragment DeletedFields on Deleted {
  deletedId
  errors {
    ...UserErrorFields
  }
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        CollectionDeleteData,
        {
            "id": id,
            "ifRevision": if_revision,
        },
    )


class CategoryCreateData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `CategoryCreateData` is."""

    category_create: CategoryChange
    """Add a category, in another one or at the top."""


def category_create(
    *,
    site_id: str,
    names: Any,
    parent_id: str | None | UnsetType = UNSET,
    position: int | None | UnsetType = UNSET,
    client_mutation_id: str | None | UnsetType = UNSET,
) -> Mutation[CategoryCreateData]:
    """Add a category, in another one or at the top."""
    return Mutation(
        "CategoryCreate",
        "6ba9f0ef69347a24b69dba5c09fb0448c85b15d38d953ddecd358053964d65e2",
        """mutation CategoryCreate($siteId: ID!, $names: JSON!, $parentId: ID, $position: Int, $clientMutationId: String) {
  categoryCreate(
    siteId: $siteId
    names: $names
    parentId: $parentId
    position: $position
    clientMutationId: $clientMutationId
  ) {
    ...CategoryChangeFields
  }
}

fragment CategoryChangeFields on CategoryChange {
  category {
    ...CategoryFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment CategoryFields on Category {
  __typename
  id
  slug
  names
  parent
  position
  revision
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        CategoryCreateData,
        {
            "siteId": site_id,
            "names": names,
            "parentId": parent_id,
            "position": position,
            "clientMutationId": client_mutation_id,
        },
    )


class CategoryUpdateData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `CategoryUpdateData` is."""

    category_update: CategoryChange
    """Change a category; what is left out stays as it is, and null puts it at the top."""


def category_update(
    *,
    id: str,
    names: Any | None | UnsetType = UNSET,
    parent_id: str | None | UnsetType = UNSET,
    position: int | None | UnsetType = UNSET,
    if_revision: int | None | UnsetType = UNSET,
) -> Mutation[CategoryUpdateData]:
    """Change a category; what is left out stays as it is, and null puts it at the top."""
    return Mutation(
        "CategoryUpdate",
        "25f69b8abecc2e6a72603eceb9fd13f76a9c6d8719193d4bf139ea5806b6577c",
        """mutation CategoryUpdate($id: ID!, $names: JSON, $parentId: ID, $position: Int, $ifRevision: Int) {
  categoryUpdate(
    id: $id
    names: $names
    parentId: $parentId
    position: $position
    ifRevision: $ifRevision
  ) {
    ...CategoryChangeFields
  }
}

fragment CategoryChangeFields on CategoryChange {
  category {
    ...CategoryFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment CategoryFields on Category {
  __typename
  id
  slug
  names
  parent
  position
  revision
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        CategoryUpdateData,
        {
            "id": id,
            "names": names,
            "parentId": parent_id,
            "position": position,
            "ifRevision": if_revision,
        },
    )


class CategoryDeleteData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `CategoryDeleteData` is."""

    category_delete: Deleted
    """Delete a category without branches; its products are in none then."""


def category_delete(
    *,
    id: str,
    if_revision: int | None | UnsetType = UNSET,
) -> Mutation[CategoryDeleteData]:
    """Delete a category without branches; its products are in none then."""
    return Mutation(
        "CategoryDelete",
        "9f1444567f031cea38d9bafa5641e8a841931cb516611de7f7df2daa4aa92408",
        """mutation CategoryDelete($id: ID!, $ifRevision: Int) {
  categoryDelete(id: $id, ifRevision: $ifRevision) {
    ...DeletedFields
  }
}

fragment DeletedFields on Deleted {
  deletedId
  errors {
    ...UserErrorFields
  }
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        CategoryDeleteData,
        {
            "id": id,
            "ifRevision": if_revision,
        },
    )


class StockReserveData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `StockReserveData` is."""

    stock_reserve: ReservationChange
    """Set stock aside, all of it or nothing, for so many minutes; asked again with the same reference, it is the same."""


def stock_reserve(
    *,
    site_id: str,
    lines: list[StockLineInput],
    minutes: int | None | UnsetType = UNSET,
    reference: str | None | UnsetType = UNSET,
) -> Mutation[StockReserveData]:
    """Set stock aside, all of it or nothing, for so many minutes; asked again with the same reference, it is the same."""
    return Mutation(
        "StockReserve",
        "be5d6c5d7b72ef47729dac70fdf140e04d4d9c83d7cff2b627d7c5b1e5a2753f",
        """mutation StockReserve($siteId: ID!, $lines: [StockLineInput!]!, $minutes: Int, $reference: String) {
  stockReserve(
    siteId: $siteId
    lines: $lines
    minutes: $minutes
    reference: $reference
  ) {
    ...ReservationChangeFields
  }
}

fragment ReservationChangeFields on ReservationChange {
  reservation {
    ...ReservationFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment ReservationFields on Reservation {
  id
  state
  lines {
    ...ReservedLineFields
  }
  expiresAt
}

fragment ReservedLineFields on ReservedLine {
  variantId
  quantity
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        StockReserveData,
        {
            "siteId": site_id,
            "lines": lines,
            "minutes": minutes,
            "reference": reference,
        },
    )


class StockCommitData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `StockCommitData` is."""

    stock_commit: ReservationChange
    """Sell what was set aside."""


def stock_commit(
    *,
    site_id: str,
    reservation_id: str,
) -> Mutation[StockCommitData]:
    """Sell what was set aside."""
    return Mutation(
        "StockCommit",
        "7de979f9dcd5a03b511ad8f0c14ca06596d81bbc24d8141fe1d06be5703b1f37",
        """mutation StockCommit($siteId: ID!, $reservationId: ID!) {
  stockCommit(siteId: $siteId, reservationId: $reservationId) {
    ...ReservationChangeFields
  }
}

fragment ReservationChangeFields on ReservationChange {
  reservation {
    ...ReservationFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment ReservationFields on Reservation {
  id
  state
  lines {
    ...ReservedLineFields
  }
  expiresAt
}

fragment ReservedLineFields on ReservedLine {
  variantId
  quantity
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        StockCommitData,
        {
            "siteId": site_id,
            "reservationId": reservation_id,
        },
    )


class StockReleaseData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `StockReleaseData` is."""

    stock_release: ReservationChange
    """Give back what was set aside."""


def stock_release(
    *,
    site_id: str,
    reservation_id: str,
) -> Mutation[StockReleaseData]:
    """Give back what was set aside."""
    return Mutation(
        "StockRelease",
        "f3a523049e5b55dc7d7dcaafb6526b0a01d2b17bbb3e2f21a0ca1fcd5485765b",
        """mutation StockRelease($siteId: ID!, $reservationId: ID!) {
  stockRelease(siteId: $siteId, reservationId: $reservationId) {
    ...ReservationChangeFields
  }
}

fragment ReservationChangeFields on ReservationChange {
  reservation {
    ...ReservationFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment ReservationFields on Reservation {
  id
  state
  lines {
    ...ReservedLineFields
  }
  expiresAt
}

fragment ReservedLineFields on ReservedLine {
  variantId
  quantity
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        StockReleaseData,
        {
            "siteId": site_id,
            "reservationId": reservation_id,
        },
    )


class StockAdjustData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `StockAdjustData` is."""

    stock_adjust: ProductChange
    """Add to what is available of a variant, or take away."""


def stock_adjust(
    *,
    variant_id: str,
    by: int,
    client_mutation_id: str | None | UnsetType = UNSET,
) -> Mutation[StockAdjustData]:
    """Add to what is available of a variant, or take away."""
    return Mutation(
        "StockAdjust",
        "9151edb7aaa2fe587c2f26c26b5d48dfb3755ecc5b619e54bc52828c2838106d",
        """mutation StockAdjust($variantId: ID!, $by: Int!, $clientMutationId: String) {
  stockAdjust(variantId: $variantId, by: $by, clientMutationId: $clientMutationId) {
    ...ProductChangeFields
  }
}

fragment ProductChangeFields on ProductChange {
  product {
    ...ProductFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment ProductFields on Product {
  __typename
  id
  slug
  status
  names
  descriptions
  tags
  options {
    ...ProductOptionFields
  }
  images {
    ...ProductImageFields
  }
  affiliateLinks {
    ...AffiliateLinkFields
  }
  category
  merchant {
    ...MerchantFields
  }
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  inStock
  rating
  reviewCount
  createdAt
  updatedAt
  revision
  variants {
    ...VariantFields
  }
}

fragment ProductOptionFields on ProductOption {
  name
  values
}

fragment ProductImageFields on ProductImage {
  imageId
  url
  alt
}

fragment AffiliateLinkFields on AffiliateLink {
  network
  url
  commission
}

fragment MerchantFields on Merchant {
  __typename
  id
  slug
  name
  country
  url
  revision
}

fragment PriceFields on Price {
  amount
  currency
  compareAt
}

fragment StockFields on Stock {
  available
  reserved
  policy
  availableOn
}

fragment VariantFields on Variant {
  __typename
  id
  sku
  options
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  revision
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        StockAdjustData,
        {
            "variantId": variant_id,
            "by": by,
            "clientMutationId": client_mutation_id,
        },
    )


class ProductFeedSetData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ProductFeedSetData` is."""

    product_feed_set: SiteChange
    """Let shops of others fetch the active products of a published site, or no more. `link` is where a product is shown, below the site or as an https address, with {slug}, {id}, {sku} or {locale}."""


def product_feed_set(
    *,
    site_id: str,
    enabled: bool,
    link: str | None | UnsetType = UNSET,
    currency: str | None | UnsetType = UNSET,
) -> Mutation[ProductFeedSetData]:
    """Let shops of others fetch the active products of a published site, or no more. `link` is where a product is shown, below the site or as an https address, with {slug}, {id}, {sku} or {locale}."""
    return Mutation(
        "ProductFeedSet",
        "0ba288c8fb03dddb83f1d5ee11e9b478817a1cd1df77746b34c2ede5674decb1",
        """mutation ProductFeedSet($siteId: ID!, $enabled: Boolean!, $link: String, $currency: String) {
  productFeedSet(
    siteId: $siteId
    enabled: $enabled
    link: $link
    currency: $currency
  ) {
    ...SiteChangeFields
  }
}

fragment SiteChangeFields on SiteChange {
  site {
    ...SiteFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment SiteFields on Site {
  __typename
  id
  slug
  name
  role
  updatedAt
  publishedAt
  url
  productFeed {
    ...ProductFeedFields
  }
  theme
}

fragment ProductFeedFields on ProductFeed {
  enabled
  link
  currency
  googleUrl
  metaUrl
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        ProductFeedSetData,
        {
            "siteId": site_id,
            "enabled": enabled,
            "link": link,
            "currency": currency,
        },
    )


class OrderRecordData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `OrderRecordData` is."""

    order_record: Recorded
    """Record an order that was made; told twice, it counts once."""


def order_record(
    *,
    site_id: str,
    order: OrderInput,
) -> Mutation[OrderRecordData]:
    """Record an order that was made; told twice, it counts once."""
    return Mutation(
        "OrderRecord",
        "3cd3f3cfb107a461fc579f9f1f942d0305069f93d49731d3e6c7c31cf5453b64",
        """mutation OrderRecord($siteId: ID!, $order: OrderInput!) {
  orderRecord(siteId: $siteId, order: $order) {
    ...RecordedFields
  }
}

fragment RecordedFields on Recorded {
  id
  isNew
  errors {
    ...UserErrorFields
  }
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        OrderRecordData,
        {
            "siteId": site_id,
            "order": order,
        },
    )


class RefundRecordData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `RefundRecordData` is."""

    refund_record: Recorded
    """Record money that was given back for an order."""


def refund_record(
    *,
    site_id: str,
    order_external_id: str,
    refund: RefundInput,
) -> Mutation[RefundRecordData]:
    """Record money that was given back for an order."""
    return Mutation(
        "RefundRecord",
        "119f65b43ea76b0f7a306bb0233f0fc5f8fcd7ff0be03e88490cd8a281f94a44",
        """mutation RefundRecord($siteId: ID!, $orderExternalId: String!, $refund: RefundInput!) {
  refundRecord(
    siteId: $siteId
    orderExternalId: $orderExternalId
    refund: $refund
  ) {
    ...RecordedFields
  }
}

fragment RecordedFields on Recorded {
  id
  isNew
  errors {
    ...UserErrorFields
  }
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        RefundRecordData,
        {
            "siteId": site_id,
            "orderExternalId": order_external_id,
            "refund": refund,
        },
    )


class ReviewCreateData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ReviewCreateData` is."""

    review_create: ReviewChange
    """Add what somebody says of a product; it waits for the moderator."""


def review_create(
    *,
    product_id: str,
    author: str,
    rating: int,
    body: str,
    locale: str | None | UnsetType = UNSET,
    verified: bool | None | UnsetType = UNSET,
    client_mutation_id: str | None | UnsetType = UNSET,
) -> Mutation[ReviewCreateData]:
    """Add what somebody says of a product; it waits for the moderator."""
    return Mutation(
        "ReviewCreate",
        "ee1baa97a5da3970dedbfed2b27976b04a87ab379d6812c6df234447aed2429a",
        """mutation ReviewCreate($productId: ID!, $author: String!, $rating: Int!, $body: String!, $locale: String, $verified: Boolean, $clientMutationId: String) {
  reviewCreate(
    productId: $productId
    author: $author
    rating: $rating
    body: $body
    locale: $locale
    verified: $verified
    clientMutationId: $clientMutationId
  ) {
    ...ReviewChangeFields
  }
}

fragment ReviewChangeFields on ReviewChange {
  review {
    ...ReviewFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment ReviewFields on Review {
  __typename
  id
  author
  rating
  body
  locale
  verified
  createdAt
  productId
  status
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        ReviewCreateData,
        {
            "productId": product_id,
            "author": author,
            "rating": rating,
            "body": body,
            "locale": locale,
            "verified": verified,
            "clientMutationId": client_mutation_id,
        },
    )


class ReviewModerateData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ReviewModerateData` is."""

    review_moderate: ReviewChange
    """Say whether visitors see a review."""


def review_moderate(
    *,
    id: str,
    status: ReviewStatus,
) -> Mutation[ReviewModerateData]:
    """Say whether visitors see a review."""
    return Mutation(
        "ReviewModerate",
        "e9ee3bb9f5386850c392deb2ad1576be2be282a5970e7df7d5e97deada1d161d",
        """mutation ReviewModerate($id: ID!, $status: ReviewStatus!) {
  reviewModerate(id: $id, status: $status) {
    ...ReviewChangeFields
  }
}

fragment ReviewChangeFields on ReviewChange {
  review {
    ...ReviewFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment ReviewFields on Review {
  __typename
  id
  author
  rating
  body
  locale
  verified
  createdAt
  productId
  status
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        ReviewModerateData,
        {
            "id": id,
            "status": status,
        },
    )


class ReviewDeleteData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ReviewDeleteData` is."""

    review_delete: Deleted
    """Delete a review, for good."""


def review_delete(
    *,
    id: str,
) -> Mutation[ReviewDeleteData]:
    """Delete a review, for good."""
    return Mutation(
        "ReviewDelete",
        "2c15ccea1620001f311876efc280db8d6d5b6cde37c022e73c1651d0ea9ae0ec",
        """mutation ReviewDelete($id: ID!) {
  reviewDelete(id: $id) {
    ...DeletedFields
  }
}

fragment DeletedFields on Deleted {
  deletedId
  errors {
    ...UserErrorFields
  }
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        ReviewDeleteData,
        {
            "id": id,
        },
    )


class WebhookCreateData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `WebhookCreateData` is."""

    webhook_create: WebhookChange
    """Have a program told what happens on a site from now on: by POST to an https address, with what a subscription selects."""


def webhook_create(
    *,
    site_id: str,
    url: str,
    query: str,
    client_mutation_id: str | None | UnsetType = UNSET,
) -> Mutation[WebhookCreateData]:
    """Have a program told what happens on a site from now on: by POST to an https address, with what a subscription selects."""
    return Mutation(
        "WebhookCreate",
        "d34e39866dc5b09c532ce171197380794bf1c2d953f341424d5dbf3685814c7e",
        """mutation WebhookCreate($siteId: ID!, $url: String!, $query: String!, $clientMutationId: String) {
  webhookCreate(
    siteId: $siteId
    url: $url
    query: $query
    clientMutationId: $clientMutationId
  ) {
    ...WebhookChangeFields
  }
}

fragment WebhookChangeFields on WebhookChange {
  webhook {
    ...WebhookFields
  }
  secret
  errors {
    ...UserErrorFields
  }
}

fragment WebhookFields on Webhook {
  __typename
  id
  url
  query
  enabled
  reason
  failingSince
  nextAttemptAt
  createdAt
  userId
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        WebhookCreateData,
        {
            "siteId": site_id,
            "url": url,
            "query": query,
            "clientMutationId": client_mutation_id,
        },
    )


class WebhookUpdateData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `WebhookUpdateData` is."""

    webhook_update: WebhookChange
    """Change a webhook's address or query, or enable or disable it. Enabled again it tells first what has happened meanwhile, unless `fromNow`."""


def webhook_update(
    *,
    id: str,
    url: str | None | UnsetType = UNSET,
    query: str | None | UnsetType = UNSET,
    enabled: bool | None | UnsetType = UNSET,
    from_now: bool | None | UnsetType = UNSET,
) -> Mutation[WebhookUpdateData]:
    """Change a webhook's address or query, or enable or disable it. Enabled again it tells first what has happened meanwhile, unless `fromNow`."""
    return Mutation(
        "WebhookUpdate",
        "f2bb567e23705970663a85213523f45ca0305629a4a18de7e50b4b591dbf84aa",
        """mutation WebhookUpdate($id: ID!, $url: String, $query: String, $enabled: Boolean, $fromNow: Boolean) {
  webhookUpdate(
    id: $id
    url: $url
    query: $query
    enabled: $enabled
    fromNow: $fromNow
  ) {
    ...WebhookChangeFields
  }
}

fragment WebhookChangeFields on WebhookChange {
  webhook {
    ...WebhookFields
  }
  secret
  errors {
    ...UserErrorFields
  }
}

fragment WebhookFields on Webhook {
  __typename
  id
  url
  query
  enabled
  reason
  failingSince
  nextAttemptAt
  createdAt
  userId
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        WebhookUpdateData,
        {
            "id": id,
            "url": url,
            "query": query,
            "enabled": enabled,
            "fromNow": from_now,
        },
    )


class WebhookDeleteData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `WebhookDeleteData` is."""

    webhook_delete: Deleted
    """Delete a webhook."""


def webhook_delete(
    *,
    id: str,
) -> Mutation[WebhookDeleteData]:
    """Delete a webhook."""
    return Mutation(
        "WebhookDelete",
        "228ce26d5a1c44f2e927cf104e90f3fae30d5b2b346a770df5f642e1ca1cb47b",
        """mutation WebhookDelete($id: ID!) {
  webhookDelete(id: $id) {
    ...DeletedFields
  }
}

fragment DeletedFields on Deleted {
  deletedId
  errors {
    ...UserErrorFields
  }
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        WebhookDeleteData,
        {
            "id": id,
        },
    )


class WebhookRotateSecretData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `WebhookRotateSecretData` is."""

    webhook_rotate_secret: WebhookChange
    """Sign a webhook's messages with a new secret; for a day the old one signs them too."""


def webhook_rotate_secret(
    *,
    id: str,
) -> Mutation[WebhookRotateSecretData]:
    """Sign a webhook's messages with a new secret; for a day the old one signs them too."""
    return Mutation(
        "WebhookRotateSecret",
        "b2e5a2453ce8323ea13122873e8f3f68b7e623917619a4a07c3a659b951decec",
        """mutation WebhookRotateSecret($id: ID!) {
  webhookRotateSecret(id: $id) {
    ...WebhookChangeFields
  }
}

fragment WebhookChangeFields on WebhookChange {
  webhook {
    ...WebhookFields
  }
  secret
  errors {
    ...UserErrorFields
  }
}

fragment WebhookFields on Webhook {
  __typename
  id
  url
  query
  enabled
  reason
  failingSince
  nextAttemptAt
  createdAt
  userId
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        WebhookRotateSecretData,
        {
            "id": id,
        },
    )


class WebhookTestData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `WebhookTestData` is."""

    webhook_test: DeliveryChange
    """Send a message that tells of nothing, at once and once."""


def webhook_test(
    *,
    id: str,
) -> Mutation[WebhookTestData]:
    """Send a message that tells of nothing, at once and once."""
    return Mutation(
        "WebhookTest",
        "4e89e331957f3031041d19f2cc08fba112203c8a22a5d9bcb9406fd9d00dee12",
        """mutation WebhookTest($id: ID!) {
  webhookTest(id: $id) {
    ...DeliveryChangeFields
  }
}

fragment DeliveryChangeFields on DeliveryChange {
  delivery {
    ...WebhookDeliveryFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment WebhookDeliveryFields on WebhookDelivery {
  __typename
  id
  seq
  state
  type
  body
  createdAt
  attempts
  attemptedAt
  status
  milliseconds
  answer
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        WebhookTestData,
        {
            "id": id,
        },
    )


class WebhookRedeliverData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `WebhookRedeliverData` is."""

    webhook_redeliver: DeliveryChange
    """Send a message again, at once and once, whatever became of it."""


def webhook_redeliver(
    *,
    delivery_id: str,
) -> Mutation[WebhookRedeliverData]:
    """Send a message again, at once and once, whatever became of it."""
    return Mutation(
        "WebhookRedeliver",
        "e75478a9e26a8df5e43ef8131dd66841ea97d81d8a74e22860210d464b5877bf",
        """mutation WebhookRedeliver($deliveryId: ID!) {
  webhookRedeliver(deliveryId: $deliveryId) {
    ...DeliveryChangeFields
  }
}

fragment DeliveryChangeFields on DeliveryChange {
  delivery {
    ...WebhookDeliveryFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment WebhookDeliveryFields on WebhookDelivery {
  __typename
  id
  seq
  state
  type
  body
  createdAt
  attempts
  attemptedAt
  status
  milliseconds
  answer
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        WebhookRedeliverData,
        {
            "deliveryId": delivery_id,
        },
    )


class NotificationsReadData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `NotificationsReadData` is."""

    notifications_read: NotificationsRead
    """Mark notifications of yours as read: those of `ids`, or all of them."""


def notifications_read(
    *,
    ids: list[str] | None | UnsetType = UNSET,
    all: bool | None | UnsetType = UNSET,
) -> Mutation[NotificationsReadData]:
    """Mark notifications of yours as read: those of `ids`, or all of them."""
    return Mutation(
        "NotificationsRead",
        "e07c37db5bc9ee28413450b93ce14132f3773258be87aa1569402bd9f8d50953",
        """mutation NotificationsRead($ids: [ID!], $all: Boolean) {
  notificationsRead(ids: $ids, all: $all) {
    ...NotificationsReadFields
  }
}

fragment NotificationsReadFields on NotificationsRead {
  unread
  errors {
    ...UserErrorFields
  }
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        NotificationsReadData,
        {
            "ids": ids,
            "all": all,
        },
    )


class MeUpdateData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `MeUpdateData` is."""

    me_update: MeChange
    """Change one's name, or the language one is spoken to in."""


def me_update(
    *,
    name: str | None | UnsetType = UNSET,
    language: str | None | UnsetType = UNSET,
) -> Mutation[MeUpdateData]:
    """Change one's name, or the language one is spoken to in."""
    return Mutation(
        "MeUpdate",
        "a96fd0e82d94898206bbb4cea93d1b9be4e0326c2cf71005cbba18423895924c",
        """mutation MeUpdate($name: String, $language: String) {
  meUpdate(name: $name, language: $language) {
    ...MeChangeFields
  }
}

fragment MeChangeFields on MeChange {
  me {
    ...UserFields
  }
  errors {
    ...UserErrorFields
  }
}

fragment UserFields on User {
  __typename
  id
  name
  color
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        MeUpdateData,
        {
            "name": name,
            "language": language,
        },
    )


class ApiKeyCreateData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ApiKeyCreateData` is."""

    api_key_create: ApiKeyCreated
    """Make an API key, with some scopes or all; a key cannot make keys."""


def api_key_create(
    *,
    name: str,
    scopes: list[str] | None | UnsetType = UNSET,
    client_mutation_id: str | None | UnsetType = UNSET,
) -> Mutation[ApiKeyCreateData]:
    """Make an API key, with some scopes or all; a key cannot make keys."""
    return Mutation(
        "ApiKeyCreate",
        "4cd66b651f1569a6f7739e99293107141c42aa7e80308c1951644ecdcfd6424a",
        """mutation ApiKeyCreate($name: String!, $scopes: [String!], $clientMutationId: String) {
  apiKeyCreate(name: $name, scopes: $scopes, clientMutationId: $clientMutationId) {
    ...ApiKeyCreatedFields
  }
}

fragment ApiKeyCreatedFields on ApiKeyCreated {
  apiKey {
    ...ApiKeyFields
  }
  secret
  errors {
    ...UserErrorFields
  }
}

fragment ApiKeyFields on ApiKey {
  id
  name
  scopes
  createdAt
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        ApiKeyCreateData,
        {
            "name": name,
            "scopes": scopes,
            "clientMutationId": client_mutation_id,
        },
    )


class ApiKeyRevokeData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ApiKeyRevokeData` is."""

    api_key_revoke: Deleted
    """Revoke an API key: it is good for nothing from then on."""


def api_key_revoke(
    *,
    id: str,
) -> Mutation[ApiKeyRevokeData]:
    """Revoke an API key: it is good for nothing from then on."""
    return Mutation(
        "ApiKeyRevoke",
        "86773ddfd618a61fc7b103a8b226368b84fb0eb096deb6b570e49d7fa8b2e4b7",
        """mutation ApiKeyRevoke($id: ID!) {
  apiKeyRevoke(id: $id) {
    ...DeletedFields
  }
}

fragment DeletedFields on Deleted {
  deletedId
  errors {
    ...UserErrorFields
  }
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        ApiKeyRevokeData,
        {
            "id": id,
        },
    )


class InvitationCreateData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `InvitationCreateData` is."""

    invitation_create: InvitationCreated
    """Invite to a site: whoever opens the address gets the role; an e-mail address says whom it is for."""


def invitation_create(
    *,
    site_id: str,
    role: str,
    email: str | None | UnsetType = UNSET,
    client_mutation_id: str | None | UnsetType = UNSET,
) -> Mutation[InvitationCreateData]:
    """Invite to a site: whoever opens the address gets the role; an e-mail address says whom it is for."""
    return Mutation(
        "InvitationCreate",
        "854fcd631a8d5b16c424201e5a688c5316d91577a35974c903a8875753e055ca",
        """mutation InvitationCreate($siteId: ID!, $role: String!, $email: String, $clientMutationId: String) {
  invitationCreate(
    siteId: $siteId
    role: $role
    email: $email
    clientMutationId: $clientMutationId
  ) {
    ...InvitationCreatedFields
  }
}

fragment InvitationCreatedFields on InvitationCreated {
  invitationId
  url
  errors {
    ...UserErrorFields
  }
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        InvitationCreateData,
        {
            "siteId": site_id,
            "role": role,
            "email": email,
            "clientMutationId": client_mutation_id,
        },
    )


class InvitationRevokeData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `InvitationRevokeData` is."""

    invitation_revoke: Deleted
    """Close an invitation; those who came by it lose the role that it gave."""


def invitation_revoke(
    *,
    site_id: str,
    id: str,
) -> Mutation[InvitationRevokeData]:
    """Close an invitation; those who came by it lose the role that it gave."""
    return Mutation(
        "InvitationRevoke",
        "ee4a4085995531960cbf78d45081713fde2074beb8f97f232849279c0ef4a32a",
        """mutation InvitationRevoke($siteId: ID!, $id: ID!) {
  invitationRevoke(siteId: $siteId, id: $id) {
    ...DeletedFields
  }
}

fragment DeletedFields on Deleted {
  deletedId
  errors {
    ...UserErrorFields
  }
}

fragment UserErrorFields on UserError {
  code
  message
  hint
  path
}""",
        InvitationRevokeData,
        {
            "siteId": site_id,
            "id": id,
        },
    )


class PageChangedData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `PageChangedData` is."""

    page_changed: PageChanged
    """Each time that a page has changed; at once if it has since `sinceSeq`. Changes that come quickly are told as one."""


def page_changed(
    *,
    page_id: str,
    since_seq: int | None | UnsetType = UNSET,
) -> Subscription[PageChangedData]:
    """Each time that a page has changed; at once if it has since `sinceSeq`. Changes that come quickly are told as one."""
    return Subscription(
        "PageChanged",
        "a4608bfc44e74281dd345d4bffed0160fba8ecaefbf75d0bd000eb10d7daa841",
        """subscription PageChanged($pageId: ID!, $sinceSeq: Int) {
  pageChanged(pageId: $pageId, sinceSeq: $sinceSeq) {
    ...PageChangedFields
  }
}

fragment PageChangedFields on PageChanged {
  seq
  page {
    ...PageFields
  }
}

fragment PageFields on Page {
  __typename
  id
  title
  slug
  path
  titles
  parent
  revision
}""",
        PageChangedData,
        {
            "pageId": page_id,
            "sinceSeq": since_seq,
        },
    )


class ProductChangedData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `ProductChangedData` is."""

    product_changed: ProductChanged
    """Each product of a site that changes; at once those that have since `sinceSeq`."""


def product_changed(
    *,
    site_id: str,
    since_seq: int | None | UnsetType = UNSET,
) -> Subscription[ProductChangedData]:
    """Each product of a site that changes; at once those that have since `sinceSeq`."""
    return Subscription(
        "ProductChanged",
        "a5ab9a415cb97fce48bbbb0df4f18286b04ad948811c9db1b3e3a3c5e39b8037",
        """subscription ProductChanged($siteId: ID!, $sinceSeq: Int) {
  productChanged(siteId: $siteId, sinceSeq: $sinceSeq) {
    ...ProductChangedFields
  }
}

fragment ProductChangedFields on ProductChanged {
  seq
  product {
    ...ProductFields
  }
  deletedId
}

fragment ProductFields on Product {
  __typename
  id
  slug
  status
  names
  descriptions
  tags
  options {
    ...ProductOptionFields
  }
  images {
    ...ProductImageFields
  }
  affiliateLinks {
    ...AffiliateLinkFields
  }
  category
  merchant {
    ...MerchantFields
  }
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  inStock
  rating
  reviewCount
  createdAt
  updatedAt
  revision
  variants {
    ...VariantFields
  }
}

fragment ProductOptionFields on ProductOption {
  name
  values
}

fragment ProductImageFields on ProductImage {
  imageId
  url
  alt
}

fragment AffiliateLinkFields on AffiliateLink {
  network
  url
  commission
}

fragment MerchantFields on Merchant {
  __typename
  id
  slug
  name
  country
  url
  revision
}

fragment PriceFields on Price {
  amount
  currency
  compareAt
}

fragment StockFields on Stock {
  available
  reserved
  policy
  availableOn
}

fragment VariantFields on Variant {
  __typename
  id
  sku
  options
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  revision
}""",
        ProductChangedData,
        {
            "siteId": site_id,
            "sinceSeq": since_seq,
        },
    )


class SiteEventsData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `SiteEventsData` is."""

    site_events: SiteEvents
    """What happens on a site: what was published, edited, sold or written; at once what has since `sinceSeq`."""


def site_events(
    *,
    site_id: str,
    only: list[SiteEventKind] | None | UnsetType = UNSET,
    since_seq: int | None | UnsetType = UNSET,
) -> Subscription[SiteEventsData]:
    """What happens on a site: what was published, edited, sold or written; at once what has since `sinceSeq`."""
    return Subscription(
        "SiteEvents",
        "e8325b5eb269b74b83a817f68cc1c02ea5a0feef55598a3c740dce2f8599a7f7",
        """subscription SiteEvents($siteId: ID!, $only: [SiteEventKind!], $sinceSeq: Int) {
  siteEvents(siteId: $siteId, only: $only, sinceSeq: $sinceSeq) {
    __typename
    seq
    at
    entityId
    ...CommentEventFields
    ...DeploymentEventFields
    ...MessageEventFields
    ...OrderEventFields
    ...PageEventFields
    ...ProductEventFields
    ...ReviewEventFields
  }
}

fragment CommentEventFields on CommentEvent {
  __typename
  seq
  at
  entityId
  comment {
    ...CommentFields
  }
}

fragment CommentFields on Comment {
  __typename
  id
  pageId
  threadId
  author {
    ...UserFields
  }
  body
  createdAt
  editedAt
  deletedAt
  nodeId
  quote
  resolvedAt
  resolvedBy {
    ...UserFields
  }
  nodeRemoved
}

fragment UserFields on User {
  __typename
  id
  name
  color
}

fragment DeploymentEventFields on DeploymentEvent {
  __typename
  seq
  at
  entityId
  deployment {
    ...DeploymentFields
  }
}

fragment DeploymentFields on Deployment {
  __typename
  id
  createdAt
  pages
  bytes
  live
}

fragment MessageEventFields on MessageEvent {
  __typename
  seq
  at
  entityId
  message {
    ...MessageFields
  }
}

fragment MessageFields on Message {
  __typename
  id
  pageId
  locale
  fields
  createdAt
}

fragment OrderEventFields on OrderEvent {
  __typename
  seq
  at
  entityId
  order {
    ...OrderFactFields
  }
}

fragment OrderFactFields on OrderFact {
  __typename
  id
  externalId
  source
  total {
    ...MoneyFields
  }
  refunded {
    ...MoneyFields
  }
  units
  lines {
    ...OrderLineFields
  }
  refunds {
    ...RefundFactFields
  }
  placedAt
}

fragment MoneyFields on Money {
  amount
  currency
}

fragment OrderLineFields on OrderLine {
  name
  quantity
  unitPrice {
    ...MoneyFields
  }
  productId
  variantId
}

fragment RefundFactFields on RefundFact {
  externalId
  amount {
    ...MoneyFields
  }
  reason
  refundedAt
}

fragment PageEventFields on PageEvent {
  __typename
  seq
  at
  entityId
  page {
    ...PageFields
  }
}

fragment PageFields on Page {
  __typename
  id
  title
  slug
  path
  titles
  parent
  revision
}

fragment ProductEventFields on ProductEvent {
  __typename
  seq
  at
  entityId
  product {
    ...ProductFields
  }
}

fragment ProductFields on Product {
  __typename
  id
  slug
  status
  names
  descriptions
  tags
  options {
    ...ProductOptionFields
  }
  images {
    ...ProductImageFields
  }
  affiliateLinks {
    ...AffiliateLinkFields
  }
  category
  merchant {
    ...MerchantFields
  }
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  inStock
  rating
  reviewCount
  createdAt
  updatedAt
  revision
  variants {
    ...VariantFields
  }
}

fragment ProductOptionFields on ProductOption {
  name
  values
}

fragment ProductImageFields on ProductImage {
  imageId
  url
  alt
}

fragment AffiliateLinkFields on AffiliateLink {
  network
  url
  commission
}

fragment MerchantFields on Merchant {
  __typename
  id
  slug
  name
  country
  url
  revision
}

fragment PriceFields on Price {
  amount
  currency
  compareAt
}

fragment StockFields on Stock {
  available
  reserved
  policy
  availableOn
}

fragment VariantFields on Variant {
  __typename
  id
  sku
  options
  prices {
    ...PriceFields
  }
  stock {
    ...StockFields
  }
  revision
}

fragment ReviewEventFields on ReviewEvent {
  __typename
  seq
  at
  entityId
  review {
    ...ReviewFields
  }
}

fragment ReviewFields on Review {
  __typename
  id
  author
  rating
  body
  locale
  verified
  createdAt
  productId
  status
}""",
        SiteEventsData,
        {
            "siteId": site_id,
            "only": only,
            "sinceSeq": since_seq,
        },
    )


class NotificationsSubscriptionData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `NotificationsSubscriptionData` is."""

    notifications: Notification
    """Each thing that you are told; at once what you were since `sinceSeq`."""


def notifications_subscription(
    *,
    since_seq: int | None | UnsetType = UNSET,
) -> Subscription[NotificationsSubscriptionData]:
    """Each thing that you are told; at once what you were since `sinceSeq`."""
    return Subscription(
        "NotificationsSubscription",
        "ff926eac2aa04afb1d05a5f5f3e3e1c7ffa7df27019f5172d6d48600e9c35c5c",
        """subscription NotificationsSubscription($sinceSeq: Int) {
  notifications(sinceSeq: $sinceSeq) {
    ...NotificationFields
  }
}

fragment NotificationFields on Notification {
  __typename
  id
  seq
  kind
  createdAt
  readAt
  actor {
    ...UserFields
  }
  siteId
  siteName
  pageId
  page {
    ...PageFields
  }
  comment {
    ...CommentFields
  }
}

fragment UserFields on User {
  __typename
  id
  name
  color
}

fragment PageFields on Page {
  __typename
  id
  title
  slug
  path
  titles
  parent
  revision
}

fragment CommentFields on Comment {
  __typename
  id
  pageId
  threadId
  author {
    ...UserFields
  }
  body
  createdAt
  editedAt
  deletedAt
  nodeId
  quote
  resolvedAt
  resolvedBy {
    ...UserFields
  }
  nodeRemoved
}""",
        NotificationsSubscriptionData,
        {
            "sinceSeq": since_seq,
        },
    )


class PresenceData(Struct, frozen=True, kw_only=True, rename="camel"):
    """What `PresenceData` is."""

    presence: list[Presence]
    """Who has a page open, on all nodes: at once, and each time that it changes, at most a few times a second."""


def presence(
    *,
    page_id: str,
) -> Subscription[PresenceData]:
    """Who has a page open, on all nodes: at once, and each time that it changes, at most a few times a second."""
    return Subscription(
        "Presence",
        "ff08b2437224ce17b7dad1276a5bc06492dd11a4f7e4b17f13c096a645c63eb9",
        """subscription Presence($pageId: ID!) {
  presence(pageId: $pageId) {
    ...PresenceFields
  }
}

fragment PresenceFields on Presence {
  user {
    ...UserFields
  }
  nodeId
}

fragment UserFields on User {
  __typename
  id
  name
  color
}""",
        PresenceData,
        {
            "pageId": page_id,
        },
    )
