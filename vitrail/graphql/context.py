"""What resolvers have at hand: who asks, and the rooms below."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from vitrail.collab.entries import Author
from vitrail.core.access import Action, Actor, Subject, allowed, authorize

if TYPE_CHECKING:
    from vitrail.collab.service import Collab
    from vitrail.commerce.reads import Reads
    from vitrail.commerce.service import Commerce
    from vitrail.core.clock import Clock
    from vitrail.core.idempotency import IdempotencyKeys
    from vitrail.core.identity import Identity
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
    from vitrail.sites.uploads import Uploads
    from vitrail.sites.webhooks import Webhooks


class House(Protocol):
    """The services that the schema calls."""

    @property
    def catalogue(self) -> Catalogue:
        """The sites."""
        ...

    @property
    def comments(self) -> Comments:
        """What people say about pages."""
        ...

    @property
    def editing(self) -> Editing:
        """Commands on pages."""
        ...

    @property
    def forms(self) -> Forms:
        """What visitors wrote."""
        ...

    @property
    def history(self) -> PageHistory:
        """What pages were."""
        ...

    @property
    def pages(self) -> Pages:
        """The pages of sites."""
        ...

    @property
    def media(self) -> Media:
        """Images."""
        ...

    @property
    def members(self) -> Members:
        """Who has a role."""
        ...

    @property
    def notifications(self) -> Notifications:
        """What people are told."""
        ...

    @property
    def publishing(self) -> Publishing:
        """What is published."""
        ...

    @property
    def commerce(self) -> Commerce:
        """What sites sell."""
        ...

    @property
    def collab(self) -> Collab:
        """The live documents."""
        ...

    @property
    def idempotency(self) -> IdempotencyKeys:
        """What was made by requests that may come twice."""
        ...

    @property
    def identity(self) -> Identity:
        """Who people are."""
        ...

    @property
    def page_news(self) -> PageNews:
        """Which pages were edited."""
        ...

    @property
    def webhooks(self) -> Webhooks:
        """Whom sites tell what happens."""
        ...

    @property
    def deliveries(self) -> Deliveries:
        """What is sent to them."""
        ...

    @property
    def uploads(self) -> Uploads:
        """Images that are sent by themselves."""
        ...

    @property
    def settings(self) -> Settings:
        """How the server is set."""
        ...

    @property
    def clock(self) -> Clock:
        """The time."""
        ...


@dataclass(slots=True)
class Context:
    """One request.

    Attributes:
        house: The services.
        actor: Who asks.
        cost: The points that the request was held to cost.
        left: The points that its asker has left.
        limits: How many points there are at once, and how many come back each second.
        sites: Those that the answer is about.
        is_revised: Whether all of the answer moves with their revisions.
        given: The one event that a subscription is to tell, in place of those that come.
    """

    house: House
    actor: Actor
    cost: int = 0
    left: float = 0.0
    limits: tuple[int, int] = (0, 0)
    sites: set[str] = field(default_factory=set[str])
    is_revised: bool = True
    given: Any = None
    _subjects: dict[str, Subject] = field(default_factory=dict[str, Subject])
    _sites: list[str] | None = None

    @property
    def author(self) -> Author:
        """Whom the log names for what this request changes."""
        return Author(self.actor.user_id, self.actor.kind)

    async def site(self, site_id: str, action: Action) -> Subject:
        """Authorise something on a site.

        Raises:
            VitrailError: The actor may not, or may not know of it.
        """
        return await self._authorize(f"site:{site_id}", action)

    async def page(self, page_id: str, action: Action) -> Subject:
        """Authorise something on a page.

        Raises:
            VitrailError: The actor may not, or may not know of it.
        """
        return await self._authorize(f"page:{page_id}", action)

    async def _authorize(self, name: str, action: Action) -> Subject:
        subject = self._subjects.get(name)
        if subject is None:
            kind, _, key = name.partition(":")
            catalogue = self.house.catalogue
            find = catalogue.subject if kind == "site" else catalogue.subject_of_page
            subject = self._subjects[name] = await find(key)
        authorize(self.actor, action, subject)
        self.sites.add(str(subject.site_id))
        return subject

    async def shop(self) -> Reads:
        """Return the reads of what is sold on the sites that the actor may read."""
        if self._sites is None:
            actor, catalogue = self.actor, self.house.catalogue
            visible = await self.house.collab.remembered.ask(
                ("sites", actor.kind, frozenset(actor.roles)), lambda: catalogue.visible(actor)
            )
            self._sites = [
                str(subject.site_id)
                for subject in visible
                if allowed(self.actor, Action.SITE_READ, subject)
            ]
            self._subjects |= {f"site:{subject.site_id}": subject for subject in visible}
        return self.house.commerce.reading(self._sites)

    async def shop_of(self, site_id: str, action: Action) -> Reads:
        """Authorise something on a site, and return the reads, in one statement for both.

        Raises:
            VitrailError: The actor may not, or may not know of the site.
        """
        reads = await self.shop()
        await self.site(site_id, action)
        return reads

    async def may(self, site_id: str, action: Action) -> bool:
        """Tell whether the actor may do something on a site."""
        return allowed(self.actor, action, await self.site(site_id, Action.SITE_READ))
