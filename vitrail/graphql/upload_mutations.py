"""Files, which do not go through GraphQL: it gives a ticket, and the bytes are sent by HTTP."""

from datetime import datetime

import strawberry
from strawberry import ID
from strawberry.types import Info

from vitrail.core.access import Action
from vitrail.graphql.context import Context
from vitrail.graphql.errors import UserError, attempt
from vitrail.graphql.ids import read_id


@strawberry.type(description="Where to PUT the bytes of one image, and until when.")
class UploadTicket:
    """Where to send one image."""

    upload_url: str | None
    expires_at: datetime | None
    errors: list[UserError]


@strawberry.type
class UploadMutation:
    """Mutations that begin uploads."""

    @strawberry.mutation(
        description="Ask to upload an image to a site's library: PUT its bytes to the address, once; the answer is the image."
    )
    async def image_upload_ticket(self, info: Info, site_id: ID, name: str) -> UploadTicket:
        """Give a ticket for one image."""
        context: Context = info.context

        async def give() -> tuple[str, datetime]:
            key = read_id(site_id, "site")
            await context.site(key, Action.MEDIA_WRITE)
            secret, until = await context.house.uploads.ticket(context.actor, key, name)
            return f"{context.house.settings.address}/api/uploads/{secret}", until

        found, errors = await attempt(give())
        url, until = found or (None, None)
        return UploadTicket(upload_url=url, expires_at=until, errors=errors)
