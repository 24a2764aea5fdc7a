"""The services that the doors call, made once by the application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vitrail import __version__

if TYPE_CHECKING:
    from vitrail.collab.service import Collab
    from vitrail.collab.sizes import Sizes
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database
    from vitrail.core.identity import Identity
    from vitrail.core.jobs import Jobs
    from vitrail.core.limits import Buckets
    from vitrail.core.loop_watch import LoopWatch
    from vitrail.core.settings import Settings
    from vitrail.sites.catalogue import Catalogue
    from vitrail.sites.editing import Editing
    from vitrail.sites.forms import Forms
    from vitrail.sites.history import PageHistory
    from vitrail.sites.media import Media
    from vitrail.sites.members import Members
    from vitrail.sites.publishing import Publishing
    from vitrail.web.readiness import Readiness


@dataclass(frozen=True, slots=True)
class Services:
    """What a process has, wired together."""

    settings: Settings
    clock: Clock
    database: Database
    identity: Identity
    collab: Collab
    catalogue: Catalogue
    editing: Editing
    history: PageHistory
    media: Media
    members: Members
    publishing: Publishing
    forms: Forms
    sign_ins: Buckets
    visitors: Buckets
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
