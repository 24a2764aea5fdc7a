"""What may be changed of who sells."""

import strawberry
from msgspec import UNSET
from strawberry import ID
from strawberry.types import Info

from vitrail.commerce import inputs, model
from vitrail.core.access import Action
from vitrail.core.errors import NotFound
from vitrail.graphql.batching import fetching
from vitrail.graphql.commerce_types import Merchant, merchant_of
from vitrail.graphql.context import Context
from vitrail.graphql.errors import UserError, attempt
from vitrail.graphql.ids import read_id
from vitrail.graphql.once import once
from vitrail.graphql.site_mutations import Deleted


@strawberry.type(description="What became of a change to a merchant.")
class MerchantChange:
    """What became of a change to a merchant."""

    merchant: Merchant | None
    errors: list[UserError]


@strawberry.type
class MerchantMutation:
    """Mutations of who sells."""

    @strawberry.mutation(description="Add somebody who sells on a site.")
    @fetching
    @once
    async def merchant_create(
        self, info: Info, site_id: ID, name: str, country: str = "", url: str | None = None
    ) -> MerchantChange:
        """Add a merchant."""
        context: Context = info.context

        async def create() -> Merchant:
            key = read_id(site_id, "site")
            await context.site(key, Action.SHOP_WRITE)
            wanted = inputs.MerchantInput(name=name, country=country, url=url)
            made = await context.house.commerce.merchants.create(key, context.actor, wanted)
            return merchant_of(await _find(context, made))

        found, errors = await attempt(create())
        return MerchantChange(merchant=found, errors=errors)

    @strawberry.mutation(description="Change what is said of a merchant; null takes away the url.")
    @fetching
    async def merchant_update(
        self,
        info: Info,
        id: ID,
        name: str | None = None,
        slug: str | None = None,
        country: str | None = None,
        url: str | None = strawberry.UNSET,
        if_revision: int | None = None,
    ) -> MerchantChange:
        """Change what is said of a merchant."""
        context: Context = info.context

        async def change() -> Merchant:
            site, key = await _writable(context, id)
            wanted = inputs.MerchantInput(
                name=UNSET if name is None else name,
                slug=UNSET if slug is None else slug,
                country=UNSET if country is None else country,
                url=UNSET if url is strawberry.UNSET else url,
            )
            await context.house.commerce.merchants.update(
                site, context.actor, key, wanted, if_revision=if_revision
            )
            return merchant_of(await _find(context, key))

        found, errors = await attempt(change())
        return MerchantChange(merchant=found, errors=errors)

    @strawberry.mutation(description="Delete a merchant who has no products.")
    async def merchant_delete(self, info: Info, id: ID, if_revision: int | None = None) -> Deleted:
        """Delete a merchant."""
        context: Context = info.context

        async def delete() -> ID:
            site, key = await _writable(context, id)
            await context.house.commerce.merchants.delete(
                site, context.actor, key, if_revision=if_revision
            )
            return id

        found, errors = await attempt(delete())
        return Deleted(deleted_id=found, errors=errors)


async def _writable(context: Context, merchant_id: str) -> tuple[str, str]:
    """Return the site and the key of a merchant that the asker may change."""
    key = read_id(merchant_id, "merchant")
    site = (await _find(context, key)).site_id
    await context.site(site, Action.SHOP_WRITE)
    return site, key


async def _find(context: Context, key: str) -> model.Merchant:
    found = (await (await context.shop()).merchants([key])).get(key)
    if found is None:
        raise NotFound("there is no such merchant")
    return found
