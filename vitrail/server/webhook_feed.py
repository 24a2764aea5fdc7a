"""What happens on sites, for their webhooks. GraphQL is imported when the first one needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from vitrail.collab.rooms import Rooms
    from vitrail.commerce.ledger import Ledger
    from vitrail.core.access import Actor
    from vitrail.graphql.engine import Engine
    from vitrail.graphql.webhook_queries import WebhookQueries
    from vitrail.sites.journal import PageNews
    from vitrail.sites.webhook import Batch


class WebhookFeed:
    """Knows how far sites and pages have got, and has queries read what happened there.

    Args:
        ledger: The numbers of sites.
        rooms: The numbers of pages.
        page_news: Which pages were edited.
        engine: Returns the engine of this process.
    """

    def __init__(
        self, ledger: Ledger, rooms: Rooms, page_news: PageNews, engine: Callable[[], Engine]
    ) -> None:
        self._ledger = ledger
        self._rooms = rooms
        self._page_news = page_news
        self._engine = engine

    @property
    def _queries(self) -> WebhookQueries:
        from vitrail.graphql.webhook_queries import WebhookQueries  # noqa: PLC0415 - see graphql_door

        return WebhookQueries(self._engine())

    async def topic(self, actor: Actor, site_id: str, query: str) -> str:
        """Return whose changes a query follows."""
        return await self._queries.topic(actor, site_id, query)

    async def heads(self, topics: Collection[str]) -> Mapping[str, int]:
        """Return the numbers of the last changes."""
        sites = [topic.removeprefix("site:") for topic in topics if topic.startswith("site:")]
        pages = [topic for topic in topics if topic.startswith("page:")]
        await self._page_news.gather(sites)
        found = {f"site:{key}": seq for key, seq in (await self._ledger.heads(sites)).items()}
        return found | (await self._rooms.log.heads(pages) if pages else {})

    async def since(self, actor: Actor, site_id: str, query: str, cursor: int) -> Batch:
        """Return what has happened since a number."""
        return await self._queries.since(actor, site_id, query, cursor)
