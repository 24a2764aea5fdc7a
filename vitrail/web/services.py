"""The services that the doors call, made once by the application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vitrail import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from vitrail.collab.service import Collab
    from vitrail.collab.sizes import Sizes
    from vitrail.commerce.service import Commerce
    from vitrail.commerce.showcase import Showcase
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database
    from vitrail.core.idempotency import IdempotencyKeys
    from vitrail.core.identity import Identity
    from vitrail.core.jobs import Jobs
    from vitrail.core.limits import Buckets, Places
    from vitrail.core.loop_watch import LoopWatch
    from vitrail.core.remembered import Lately
    from vitrail.core.settings import Settings
    from vitrail.sites.catalogue import Catalogue
    from vitrail.sites.comments import Comments
    from vitrail.sites.deliveries import Deliveries
    from vitrail.sites.editing import Editing
    from vitrail.sites.forms import Forms
    from vitrail.sites.history import PageHistory
    from vitrail.sites.journal import PageNews
    from vitrail.sites.media import Media
    from vitrail.sites.members import Members
    from vitrail.sites.notifications import Notifications
    from vitrail.sites.pages import Pages
    from vitrail.sites.publishing import Publishing
    from vitrail.sites.refreshing import Refreshing
    from vitrail.sites.uploads import Uploads
    from vitrail.sites.webhooks import Webhooks
    from vitrail.web.readiness import Readiness


@dataclass(frozen=True, slots=True)
class Services:
    """What a process has, wired together."""

    settings: Settings
    clock: Clock
    database: Database
    identity: Identity
    idempotency: IdempotencyKeys
    collab: Collab
    catalogue: Catalogue
    pages: Pages
    commerce: Commerce
    shop: Showcase
    comments: Comments
    editing: Editing
    history: PageHistory
    media: Media
    uploads: Uploads
    members: Members
    notifications: Notifications
    publishing: Publishing
    refreshing: Refreshing
    forms: Forms
    page_news: PageNews
    webhooks: Webhooks
    deliveries: Deliveries
    engine: Callable[[], Any]  # of GraphQL, made when it is first asked for
    sign_ins: Buckets
    visitors: Buckets
    readers: Lately  # of the numbers, by what they send as their token
    shop_followers: Places
    jobs: Jobs
    sizes: Sizes
    loop: LoopWatch
    readiness: Readiness

    @property
    def version(self) -> str:
        """The version that runs."""
        return __version__

    @property
    def is_https(self) -> bool:
        """Whether browsers reach this server over TLS."""
        return self.settings.base_url.startswith("https://")

    @property
    def cookie_name(self) -> str:
        """The session cookie; under TLS its prefix binds it to this host."""
        return "__Host-vitrail_session" if self.is_https else "vitrail_session"
