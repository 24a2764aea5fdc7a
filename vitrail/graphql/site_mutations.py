"""What may be changed of sites, of who has a role on them, and of their libraries."""

import strawberry
from strawberry import ID
from strawberry.scalars import JSON
from strawberry.types import Info

from vitrail.core.access import Action, Subject, authorize
from vitrail.core.errors import NotFound
from vitrail.graphql.batching import fetching
from vitrail.graphql.context import Context
from vitrail.graphql.errors import UserError, attempt
from vitrail.graphql.ids import read_id
from vitrail.graphql.once import once
from vitrail.graphql.site_queries import find_site
from vitrail.graphql.site_types import Image, Site, image_of
from vitrail.graphql.texts import read_texts
from vitrail.sites.members import read_role


@strawberry.type(description="What became of a change to a site.")
class SiteChange:
    """What became of a change to a site."""

    site: Site | None
    errors: list[UserError]


@strawberry.type(description="What became of something that was deleted.")
class Deleted:
    """What became of something that was deleted."""

    deleted_id: ID | None
    errors: list[UserError]


@strawberry.type(description="What became of a change to an image.")
class ImageChange:
    """What became of a change to an image."""

    image: Image | None
    errors: list[UserError]


@strawberry.type
class SiteMutation:
    """Mutations of sites."""

    @strawberry.mutation(description="Make a site from a template, in the asker's organisation.")
    @fetching
    @once
    async def site_create(
        self,
        info: Info,
        name: str,
        template: str = "blank",
        locales: list[str] = ["fr", "en"],  # noqa: B006 - a default of the schema
    ) -> SiteChange:
        """Make a site."""
        context: Context = info.context

        async def create() -> Site:
            organisation = context.actor.organisation_id
            if organisation is None:
                authorize(context.actor, Action.SIGNED_IN)
                raise NotFound("you belong to no organisation")
            authorize(context.actor, Action.SITE_CREATE, Subject(organisation))
            made = await context.house.catalogue.create(
                organisation, name, template=template, locales=locales, author=context.author
            )
            context.house.collab.access_changed()
            return await find_site(context, made)

        return _changed(*await attempt(create()))

    @strawberry.mutation(description="Rename a site; its address stays.")
    @fetching
    async def site_rename(self, info: Info, site_id: ID, name: str) -> SiteChange:
        """Rename a site."""
        context: Context = info.context

        async def rename() -> Site:
            key = read_id(site_id, "site")
            await context.site(key, Action.SITE_RENAME)
            await context.house.catalogue.rename(key, name, context.author)
            return await find_site(context, key)

        return _changed(*await attempt(rename()))

    @strawberry.mutation(description="Delete a site with all that is its own.")
    async def site_delete(self, info: Info, site_id: ID) -> Deleted:
        """Delete a site."""
        context: Context = info.context

        async def delete() -> ID:
            key = read_id(site_id, "site")
            await context.site(key, Action.SITE_DELETE)
            await context.house.catalogue.remove(key)
            context.house.collab.access_changed()
            return site_id

        found, errors = await attempt(delete())
        return Deleted(deleted_id=found, errors=errors)

    @strawberry.mutation(description="Publish a site.")
    @fetching
    async def site_publish(self, info: Info, site_id: ID) -> SiteChange:
        """Publish a site."""
        context: Context = info.context

        async def publish() -> Site:
            key = read_id(site_id, "site")
            await context.site(key, Action.SITE_PUBLISH)
            await context.house.publishing.publish(key, context.author)
            return await find_site(context, key)

        return _changed(*await attempt(publish()))

    @strawberry.mutation(description="Make an earlier deployment live again.")
    @fetching
    async def site_rollback(self, info: Info, site_id: ID, deployment_id: ID) -> SiteChange:
        """Make an earlier deployment live again."""
        context: Context = info.context

        async def roll_back() -> Site:
            key = read_id(site_id, "site")
            await context.site(key, Action.SITE_PUBLISH)
            await context.house.publishing.roll_back(key, read_id(deployment_id, "deployment"))
            return await find_site(context, key)

        return _changed(*await attempt(roll_back()))

    @strawberry.mutation(description="Give a member another role; none takes it away.")
    @fetching
    async def member_set_role(
        self, info: Info, site_id: ID, user_id: ID, role: str | None = None
    ) -> SiteChange:
        """Give a member another role."""
        context: Context = info.context

        async def change() -> Site:
            key = read_id(site_id, "site")
            subject = await context.site(key, Action.SITE_SHARE)
            await context.house.members.set_role(
                context.actor,
                subject,
                read_id(user_id, "user"),
                None if role is None else read_role(role),
            )
            context.house.collab.access_changed()
            return await find_site(context, key)

        return _changed(*await attempt(change()))

    @strawberry.mutation(description="Rename an image, or change its alternative texts.")
    async def image_change(
        self,
        info: Info,
        site_id: ID,
        image_id: ID,
        name: str | None = None,
        alt: JSON | None = None,
    ) -> ImageChange:
        """Change an image."""
        context: Context = info.context

        async def change() -> Image:
            key = read_id(site_id, "site")
            await context.site(key, Action.MEDIA_WRITE)
            texts = None if alt is None else read_texts(alt)
            asset = read_id(image_id, "asset")
            return image_of(await context.house.media.change(key, asset, name=name, alt=texts))

        found, errors = await attempt(change())
        return ImageChange(image=found, errors=errors)

    @strawberry.mutation(description="Take an image out of the library.")
    async def image_delete(self, info: Info, site_id: ID, image_id: ID) -> Deleted:
        """Take an image out of the library."""
        context: Context = info.context

        async def delete() -> ID:
            key = read_id(site_id, "site")
            await context.site(key, Action.MEDIA_WRITE)
            await context.house.media.remove(key, read_id(image_id, "asset"))
            return image_id

        found, errors = await attempt(delete())
        return Deleted(deleted_id=found, errors=errors)

    @strawberry.mutation(description="Delete what a visitor wrote in a form, for good.")
    async def message_delete(self, info: Info, site_id: ID, message_id: ID) -> Deleted:
        """Delete a message."""
        context: Context = info.context

        async def delete() -> ID:
            key = read_id(site_id, "site")
            await context.site(key, Action.SITE_MESSAGES_DELETE)
            await context.house.forms.remove(key, read_id(message_id, "message"))
            return message_id

        found, errors = await attempt(delete())
        return Deleted(deleted_id=found, errors=errors)


def _changed(site: Site | None, errors: list[UserError]) -> SiteChange:
    return SiteChange(site=site, errors=errors)
