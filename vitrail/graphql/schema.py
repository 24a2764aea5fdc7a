"""The schema, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import strawberry
from strawberry.schema.config import StrawberryConfig

from vitrail.graphql.account_types import AccountMutation, AccountQuery
from vitrail.graphql.comment_mutations import CommentMutation
from vitrail.graphql.commerce_mutations import CommerceMutation
from vitrail.graphql.commerce_queries import CommerceQuery
from vitrail.graphql.commerce_subscriptions import CommerceSubscription
from vitrail.graphql.group_mutations import GroupMutation
from vitrail.graphql.merchant_mutations import MerchantMutation
from vitrail.graphql.notifications import (
    NotificationMutation,
    NotificationQuery,
    NotificationSubscription,
)
from vitrail.graphql.orders import OrderQuery
from vitrail.graphql.page_mutations import PageMutation
from vitrail.graphql.past_queries import PastQuery
from vitrail.graphql.presence import PresenceSubscription
from vitrail.graphql.shop_mutations import ShopMutation
from vitrail.graphql.site_events import EVENT_TYPES
from vitrail.graphql.site_mutations import SiteMutation
from vitrail.graphql.site_queries import SiteQuery
from vitrail.graphql.site_subscriptions import SiteSubscription
from vitrail.graphql.stock_mutations import StockMutation
from vitrail.graphql.upload_mutations import UploadMutation
from vitrail.graphql.webhook_mutations import WebhookMutation

if TYPE_CHECKING:
    from graphql import GraphQLSchema


@strawberry.type
class Query(SiteQuery, PastQuery, CommerceQuery, OrderQuery, NotificationQuery, AccountQuery):
    """What may be read from the root."""


@strawberry.type
class Mutation(
    SiteMutation,
    UploadMutation,
    PageMutation,
    CommentMutation,
    CommerceMutation,
    MerchantMutation,
    GroupMutation,
    StockMutation,
    ShopMutation,
    WebhookMutation,
    NotificationMutation,
    AccountMutation,
):
    """What may be changed. Every mutation answers with what it made, or with why it made nothing."""


@strawberry.type
class Subscription(
    SiteSubscription, CommerceSubscription, NotificationSubscription, PresenceSubscription
):
    """What is told as it happens."""


def build() -> strawberry.Schema:
    """Return the schema."""
    return strawberry.Schema(
        Query,
        Mutation,
        Subscription,
        types=EVENT_TYPES,
        config=StrawberryConfig(auto_camel_case=True),
    )


def native(schema: strawberry.Schema) -> GraphQLSchema:
    """Return the schema as graphql-core has it."""
    return schema._schema  # pyright: ignore[reportPrivateUsage]
