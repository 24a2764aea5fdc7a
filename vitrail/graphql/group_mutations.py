"""How products are put together: collections, and the tree of categories."""

import strawberry
from msgspec import UNSET
from strawberry import ID
from strawberry.scalars import JSON
from strawberry.types import Info

from vitrail.commerce import inputs
from vitrail.core.access import Action
from vitrail.core.errors import NotFound
from vitrail.graphql.batching import fetching
from vitrail.graphql.commerce_types import Category, Collection, category_of, collection_of
from vitrail.graphql.context import Context
from vitrail.graphql.errors import UserError, attempt
from vitrail.graphql.ids import read_id
from vitrail.graphql.once import once
from vitrail.graphql.site_mutations import Deleted
from vitrail.graphql.texts import read_texts


@strawberry.type(description="What became of a collection.")
class CollectionChange:
    """What became of a collection."""

    collection: Collection | None
    errors: list[UserError]


@strawberry.type(description="What became of a category.")
class CategoryChange:
    """What became of a category."""

    category: Category | None
    errors: list[UserError]


@strawberry.type
class GroupMutation:
    """Mutations of collections and categories."""

    @strawberry.mutation(description="Put products together, in an order of their own.")
    @fetching
    @once
    async def collection_create(
        self, info: Info, site_id: ID, names: JSON, product_ids: list[ID]
    ) -> CollectionChange:
        """Put products together."""
        context: Context = info.context

        async def create() -> Collection:
            key = read_id(site_id, "site")
            await context.site(key, Action.SHOP_WRITE)
            wanted = inputs.CollectionInput(
                name=read_texts(names),
                product_ids=[read_id(product, "product") for product in product_ids],
            )
            made = await context.house.commerce.collections.create(key, context.actor, wanted)
            return await _collection(context, made)

        found, errors = await attempt(create())
        return CollectionChange(collection=found, errors=errors)

    @strawberry.mutation(description="Change a collection; what is left out stays as it is.")
    @fetching
    async def collection_update(
        self,
        info: Info,
        id: ID,
        names: JSON | None = None,
        product_ids: list[ID] | None = None,
        if_revision: int | None = None,
    ) -> CollectionChange:
        """Change a collection."""
        context: Context = info.context

        async def change() -> Collection:
            key, site = await _site_of_collection(context, id)
            wanted = inputs.CollectionInput(
                name=UNSET if names is None else read_texts(names),
                product_ids=UNSET
                if product_ids is None
                else [read_id(product, "product") for product in product_ids],
            )
            await context.house.commerce.collections.update(
                site, context.actor, key, wanted, if_revision=if_revision
            )
            return await _collection(context, key)

        found, errors = await attempt(change())
        return CollectionChange(collection=found, errors=errors)

    @strawberry.mutation(description="Delete a collection; its products stay.")
    async def collection_delete(
        self, info: Info, id: ID, if_revision: int | None = None
    ) -> Deleted:
        """Delete a collection."""
        context: Context = info.context

        async def delete() -> ID:
            key, site = await _site_of_collection(context, id)
            await context.house.commerce.collections.delete(
                site, context.actor, key, if_revision=if_revision
            )
            return id

        found, errors = await attempt(delete())
        return Deleted(deleted_id=found, errors=errors)

    @strawberry.mutation(description="Add a category, in another one or at the top.")
    @fetching
    @once
    async def category_create(
        self, info: Info, site_id: ID, names: JSON, parent_id: ID | None = None, position: int = 0
    ) -> CategoryChange:
        """Add a category."""
        context: Context = info.context

        async def create() -> Category:
            key = read_id(site_id, "site")
            await context.site(key, Action.SHOP_WRITE)
            wanted = inputs.CategoryInput(
                name=read_texts(names),
                parent_id=read_id(parent_id, "category") if parent_id else None,
                position=position,
            )
            made = await context.house.commerce.categories.create(key, context.actor, wanted)
            return await _category(context, made)

        found, errors = await attempt(create())
        return CategoryChange(category=found, errors=errors)

    @strawberry.mutation(
        description="Change a category; what is left out stays as it is, and null puts it at the top."
    )
    @fetching
    async def category_update(
        self,
        info: Info,
        id: ID,
        names: JSON | None = None,
        parent_id: ID | None = strawberry.UNSET,
        position: int | None = None,
        if_revision: int | None = None,
    ) -> CategoryChange:
        """Change a category."""
        context: Context = info.context

        async def change() -> Category:
            key, site = await _site_of_category(context, id)
            if parent_id is strawberry.UNSET:
                parent = UNSET
            else:
                parent = read_id(parent_id, "category") if parent_id else None
            wanted = inputs.CategoryInput(
                name=UNSET if names is None else read_texts(names),
                parent_id=parent,
                position=UNSET if position is None else position,
            )
            await context.house.commerce.categories.update(
                site, context.actor, key, wanted, if_revision=if_revision
            )
            return await _category(context, key)

        found, errors = await attempt(change())
        return CategoryChange(category=found, errors=errors)

    @strawberry.mutation(
        description="Delete a category without branches; its products are in none then."
    )
    async def category_delete(self, info: Info, id: ID, if_revision: int | None = None) -> Deleted:
        """Delete a category."""
        context: Context = info.context

        async def delete() -> ID:
            key, site = await _site_of_category(context, id)
            await context.house.commerce.categories.delete(
                site, context.actor, key, if_revision=if_revision
            )
            return id

        found, errors = await attempt(delete())
        return Deleted(deleted_id=found, errors=errors)


async def _collection(context: Context, key: str) -> Collection:
    return collection_of((await (await context.shop()).collections([key]))[key])


async def _category(context: Context, key: str) -> Category:
    return category_of((await (await context.shop()).categories([key]))[key])


async def _site_of_collection(context: Context, collection_id: str) -> tuple[str, str]:
    """Return the key and the site of a collection that the asker may change."""
    key = read_id(collection_id, "collection")
    found = (await (await context.shop()).collections([key])).get(key)
    if found is None:
        raise NotFound("there is no such collection")
    await context.site(found.site_id, Action.SHOP_WRITE)
    return key, found.site_id


async def _site_of_category(context: Context, category_id: str) -> tuple[str, str]:
    """Return the key and the site of a category that the asker may change."""
    key = read_id(category_id, "category")
    found = (await (await context.shop()).categories([key])).get(key)
    if found is None:
        raise NotFound("there is no such category")
    await context.site(found.site_id, Action.SHOP_WRITE)
    return key, found.site_id
