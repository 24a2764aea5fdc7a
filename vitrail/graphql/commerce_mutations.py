"""What may be changed of what sites sell."""

from collections.abc import Collection
from datetime import date
from typing import Any, cast

import strawberry
from msgspec import UNSET, UnsetType
from strawberry import ID
from strawberry.scalars import JSON
from strawberry.types import Info

from vitrail.commerce import inputs, model
from vitrail.core.access import Action
from vitrail.core.errors import InvalidInput, NotFound
from vitrail.graphql.batching import fetching
from vitrail.graphql.commerce_queries import find_product
from vitrail.graphql.commerce_types import Product
from vitrail.graphql.context import Context
from vitrail.graphql.errors import UserError, attempt
from vitrail.graphql.ids import read_id
from vitrail.graphql.once import once
from vitrail.graphql.texts import read_texts


@strawberry.input(description="A price, in minor units.")
class PriceInput:
    """A price, in minor units."""

    amount: int
    currency: str
    compare_at: int | None = None

    def read(self) -> model.Price:
        """Return it as commerce takes it."""
        return model.Price(self.amount, self.currency, self.compare_at)


@strawberry.input(description="What one chooses between.")
class ProductOptionInput:
    """What one chooses between."""

    name: str
    values: list[str]

    def read(self) -> model.Option:
        """Return it as commerce takes it."""
        return model.Option(self.name, tuple(self.values))


@strawberry.input(description="A picture: an image of the site's library, or an address.")
class ProductImageInput:
    """A picture of a product."""

    image_id: ID | None = None
    url: str | None = None
    alt: JSON | None = strawberry.field(default=None, description="By language.")

    def read(self) -> model.Image:
        """Return it as commerce takes it."""
        asset = read_id(self.image_id, "asset") if self.image_id else None
        return model.Image(asset, self.url, {} if self.alt is None else read_texts(self.alt))


@strawberry.input(description="Where else a product is sold.")
class AffiliateLinkInput:
    """Where else a product is sold."""

    network: str
    url: str
    commission: int | None = strawberry.field(
        default=None, description="What a sale brings, in hundredths of a percent."
    )

    def read(self) -> model.AffiliateLink:
        """Return it as commerce takes it."""
        return model.AffiliateLink(self.network, self.url, self.commission)


@strawberry.input(description="What is said of a product; what is left out stays as it is.")
class ProductInput:
    """A product; a new one needs names and a merchant."""

    names: JSON | None = strawberry.UNSET
    descriptions: JSON | None = strawberry.UNSET
    merchant_id: ID | None = strawberry.UNSET
    slug: str | None = strawberry.UNSET
    status: model.ProductStatus | None = strawberry.UNSET
    tags: list[str] | None = strawberry.UNSET
    category_id: ID | None = strawberry.field(
        default=strawberry.UNSET, description="Null takes it out of its category."
    )
    options: list[ProductOptionInput] | None = strawberry.UNSET
    images: list[ProductImageInput] | None = strawberry.UNSET
    affiliate_links: list[AffiliateLinkInput] | None = strawberry.UNSET

    def read(self) -> inputs.ProductInput:
        """Return it as commerce takes it.

        Raises:
            InvalidInput: A value is null, or texts are not by language.
        """
        given = _given(self, may_be_null={"category_id"})
        merchant, category = given.get("merchant_id"), given.get("category_id")
        return inputs.ProductInput(
            name=_texts(given.get("names")),
            description=_texts(given.get("descriptions")),
            merchant_id=read_id(merchant, "merchant") if merchant else UNSET,
            slug=given.get("slug", UNSET),
            status=given.get("status", UNSET),
            tags=given.get("tags", UNSET),
            category_id=read_id(category, "category")
            if category
            else given.get("category_id", UNSET),
            options=_all(given, "options"),
            images=_all(given, "images"),
            affiliate_links=_all(given, "affiliate_links"),
        )


@strawberry.input(description="What is said of a variant; what is left out stays as it is.")
class VariantInput:
    """A variant; a new one needs a SKU."""

    sku: str | None = strawberry.UNSET
    options: JSON | None = strawberry.field(
        default=strawberry.UNSET, description="What it is of each of the product's options."
    )
    prices: list[PriceInput] | None = strawberry.UNSET
    available: int | None = strawberry.UNSET
    policy: model.StockPolicy | None = strawberry.UNSET
    available_on: date | None = strawberry.field(
        default=strawberry.UNSET,
        description="From when on what has run out is delivered; null forgets it.",
    )

    def read(self) -> inputs.VariantInput:
        """Return it as commerce takes it.

        Raises:
            InvalidInput: A value is null.
        """
        given = _given(self, may_be_null={"available_on"})
        if "prices" in given:
            given["prices"] = _all(given, "prices")
        if "options" in given:
            given["options"] = read_texts(given["options"])
        return inputs.VariantInput(**given)


@strawberry.type(description="What became of a change to a product.")
class ProductChange:
    """What became of a change to a product."""

    product: Product | None
    errors: list[UserError]


@strawberry.type(description="What became of a deletion.")
class ProductDeleted:
    """What became of a deletion."""

    deleted_id: ID | None
    errors: list[UserError]


@strawberry.type
class CommerceMutation:
    """Mutations of what sites sell."""

    @strawberry.mutation(description="Add a product to a site, with its variants.")
    @fetching
    @once
    async def product_create(
        self, info: Info, site_id: ID, product: ProductInput, variants: list[VariantInput]
    ) -> ProductChange:
        """Add a product."""
        context: Context = info.context

        async def create() -> Product:
            key = read_id(site_id, "site")
            await context.site(key, Action.SHOP_WRITE)
            made = await context.house.commerce.products.create(
                key, context.actor, product.read(), [variant.read() for variant in variants]
            )
            return await find_product(context, made)

        found, errors = await attempt(create())
        return ProductChange(product=found, errors=errors)

    @strawberry.mutation(description="Change what is said of a product.")
    @fetching
    async def product_update(
        self, info: Info, id: ID, product: ProductInput, if_revision: int | None = None
    ) -> ProductChange:
        """Change what is said of a product."""
        context: Context = info.context

        async def change() -> Product:
            site, key = await _writable(context, id)
            await context.house.commerce.products.update(
                site, context.actor, key, product.read(), if_revision=if_revision
            )
            return await find_product(context, key)

        found, errors = await attempt(change())
        return ProductChange(product=found, errors=errors)

    @strawberry.mutation(description="Delete a product with its variants and reviews.")
    async def product_delete(
        self, info: Info, id: ID, if_revision: int | None = None
    ) -> ProductDeleted:
        """Delete a product."""
        context: Context = info.context

        async def delete() -> ID:
            site, key = await _writable(context, id)
            await context.house.commerce.products.delete(
                site, context.actor, key, if_revision=if_revision
            )
            return id

        found, errors = await attempt(delete())
        return ProductDeleted(deleted_id=found, errors=errors)

    @strawberry.mutation(description="Set what a variant costs in one currency.")
    @fetching
    async def price_set(
        self, info: Info, variant_id: ID, price: PriceInput, if_revision: int | None = None
    ) -> ProductChange:
        """Set what a variant costs in one currency."""
        context: Context = info.context

        async def change() -> Product:
            variant = await writable_variant(context, variant_id)
            await context.house.commerce.products.set_price(
                variant.site_id,
                context.actor,
                variant.id,
                price.read(),
                if_revision=if_revision,
            )
            return await find_product(context, variant.product_id)

        found, errors = await attempt(change())
        return ProductChange(product=found, errors=errors)

    @strawberry.mutation(description="Give a product one more variant.")
    @fetching
    @once
    async def variant_create(
        self, info: Info, product_id: ID, variant: VariantInput
    ) -> ProductChange:
        """Give a product one more variant."""
        context: Context = info.context

        async def create() -> Product:
            site, key = await _writable(context, product_id)
            await context.house.commerce.products.add_variant(
                site, context.actor, key, variant.read()
            )
            return await find_product(context, key)

        found, errors = await attempt(create())
        return ProductChange(product=found, errors=errors)

    @strawberry.mutation(description="Delete a variant.")
    @fetching
    async def variant_delete(
        self, info: Info, id: ID, if_revision: int | None = None
    ) -> ProductChange:
        """Delete a variant."""
        context: Context = info.context

        async def delete() -> Product:
            found = await writable_variant(context, id)
            await context.house.commerce.products.delete_variant(
                found.site_id, context.actor, found.id, if_revision=if_revision
            )
            return await find_product(context, found.product_id)

        found, errors = await attempt(delete())
        return ProductChange(product=found, errors=errors)

    @strawberry.mutation(description="Change what is said of a variant; its prices all together.")
    @fetching
    async def variant_update(
        self, info: Info, id: ID, variant: VariantInput, if_revision: int | None = None
    ) -> ProductChange:
        """Change what is said of a variant."""
        context: Context = info.context

        async def change() -> Product:
            found = await writable_variant(context, id)
            await context.house.commerce.products.update_variant(
                found.site_id, context.actor, found.id, variant.read(), if_revision=if_revision
            )
            return await find_product(context, found.product_id)

        found, errors = await attempt(change())
        return ProductChange(product=found, errors=errors)


async def _writable(context: Context, product_id: str) -> tuple[str, str]:
    """Return the site and the key of a product that the asker may change."""
    product = await find_product(context, read_id(product_id, "product"))
    await context.site(product.site_key, Action.SHOP_WRITE)
    return product.site_key, product.key


async def writable_variant(context: Context, variant_id: str) -> model.Variant:
    """Return a variant that the asker may change."""
    key = read_id(variant_id, "variant")
    reads = await context.shop()
    found = (await reads.variants([key])).get(key)
    if found is None:
        raise NotFound("there is no such variant")
    await context.site(found.site_id, Action.SHOP_WRITE)
    return found


def _texts(value: Any) -> dict[str, str] | UnsetType:
    return UNSET if value is None else read_texts(value)


def _given(of: Any, may_be_null: Collection[str] = ()) -> dict[str, Any]:
    """Return the fields of an input that were given.

    Raises:
        InvalidInput: One is null that may not be.
    """
    fields = cast("dict[str, Any]", vars(of))
    given = {name: value for name, value in fields.items() if value is not strawberry.UNSET}
    if any(value is None and name not in may_be_null for name, value in given.items()):
        raise InvalidInput("a field that is given has a value", hint="leave it out instead")
    return given


def _all(given: dict[str, Any], name: str) -> list[Any] | UnsetType:
    return [each.read() for each in given[name]] if name in given else UNSET
