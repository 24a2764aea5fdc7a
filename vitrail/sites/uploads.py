"""Uploads by ticket: who may add an image says so first, and sends the bytes by themselves then."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete

from vitrail.core import tables as core
from vitrail.core.access import Action, Actor, authorize
from vitrail.core.accounts import check_name
from vitrail.core.errors import NotFound

if TYPE_CHECKING:
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database
    from vitrail.core.identity import Identity
    from vitrail.sites.catalogue import Catalogue
    from vitrail.sites.media import Media

KIND = "upload"
MINUTES = 10


class Uploads:
    """Gives tickets out and takes them back with what was sent; each is good once."""

    def __init__(
        self,
        database: Database,
        identity: Identity,
        catalogue: Catalogue,
        media: Media,
        clock: Clock,
    ) -> None:
        self._database = database
        self._identity = identity
        self._catalogue = catalogue
        self._media = media
        self._clock = clock

    async def ticket(self, actor: Actor, site_id: str, name: str) -> tuple[str, datetime]:
        """Return a ticket for one image, and until when it is good.

        Args:
            actor: Who may add images to the site.
            site_id: The site.
            name: What the image will be called.

        Raises:
            InvalidInput: The name is not one.
        """
        until = self._clock.now() + timedelta(minutes=MINUTES)
        _, secret = await self._identity.secrets.create(
            KIND,
            user_id=actor.user_id,
            site_id=site_id,
            name=check_name(name),
            created_by=actor.secret_id,
            expires_at=until,
        )
        return secret, until

    async def receive(self, secret: str, content: bytes) -> dict[str, Any]:
        """Spend a ticket, and add the image that came with it; whose ticket it is may still do so.

        Raises:
            NotFound: The ticket is unknown, used or too old.
            NotSignedIn: Whose it is may no longer come in.
            NotAllowed: They may no longer add images.
            InvalidInput: It is not an image.
        """
        found = await self._identity.secrets.find(KIND, secret)
        actor = await self._identity.actor_of_absent(found["user_id"], found["created_by"])
        authorize(actor, Action.MEDIA_WRITE, await self._catalogue.subject(found["site_id"]))
        async with self._database.write() as sql:
            spent = await sql.execute(delete(core.secret).where(core.secret.c.id == found["id"]))
            if spent.rowcount != 1:
                raise NotFound("this ticket was used a moment ago", hint="ask for a new one")
        return await self._media.add(found["site_id"], found["name"], content)
