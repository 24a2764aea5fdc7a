"""What products are grouped by: collections in an order of their own, and a tree of categories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET
from sqlalchemy import delete, select, update

from vitrail.commerce import checks, tables as t
from vitrail.commerce.ledger import given
from vitrail.commerce.model import Kind
from vitrail.core.errors import Conflict, InvalidInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitrail.commerce.inputs import CategoryInput, CollectionInput
    from vitrail.commerce.ledger import Ledger, Work
    from vitrail.core.access import Actor

MAX_MEMBERS, MAX_CATEGORIES, MAX_DEPTH = 5_000, 2_000, 8


class Collections:
    """Mutations of collections. The door authorises; each needs the site in which it was allowed."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def create(self, site_id: str, actor: Actor, collection: CollectionInput) -> str:
        """Make a collection and return its id.

        Raises:
            InvalidInput: A value is out of bounds, or the name is missing.
            NotFound: The site has no such product.
            Conflict: The slug is taken.
        """
        async with self._ledger.changing(site_id, actor) as work:
            return await insert_collection(work, collection)

    async def update(
        self,
        site_id: str,
        actor: Actor,
        collection_id: str,
        collection: CollectionInput,
        *,
        if_revision: int | None = None,
    ) -> None:
        """Change what is set of a collection.

        Raises:
            NotFound: The site has no such collection or product.
            RevisionConflict: It is at another revision.
            InvalidInput: A value is out of bounds.
            Conflict: The slug is taken.
        """
        async with self._ledger.changing(site_id, actor) as work:
            row = await work.find(t.collection, collection_id, "collection")
            values = collection_values(collection)
            await work.edit(t.collection, row, values, if_revision=if_revision, label="collection")
            if collection.product_ids is not UNSET:
                await set_members(work, collection_id, collection.product_ids)
            work.note(Kind.COLLECTION, collection_id)

    async def delete(
        self, site_id: str, actor: Actor, collection_id: str, *, if_revision: int | None = None
    ) -> None:
        """Delete a collection; its products stay.

        Raises:
            NotFound: The site has no such collection.
            RevisionConflict: It is at another revision.
        """
        async with self._ledger.changing(site_id, actor) as work:
            row = await work.find(t.collection, collection_id, "collection")
            await work.edit(t.collection, row, {}, if_revision=if_revision, label="collection")
            work.note(Kind.COLLECTION, collection_id, deleted=True)
            await work.remove(t.collection, collection_id)


class Categories:
    """Mutations of the tree of categories; a product is in one of them at most."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def create(self, site_id: str, actor: Actor, category: CategoryInput) -> str:
        """Make a category and return its id.

        Raises:
            InvalidInput: A value is out of bounds, or the name is missing.
            NotFound: The site has no such parent.
            Conflict: The slug is taken, or the tree is full or too deep.
        """
        async with self._ledger.changing(site_id, actor) as work:
            return await insert_category(work, category)

    async def update(
        self,
        site_id: str,
        actor: Actor,
        category_id: str,
        category: CategoryInput,
        *,
        if_revision: int | None = None,
    ) -> None:
        """Change what is set of a category; another parent takes the whole branch along.

        Raises:
            NotFound: The site has no such category or parent.
            RevisionConflict: It is at another revision.
            InvalidInput: A value is out of bounds.
            Conflict: The slug is taken, or the tree would be too deep or a circle.
        """
        async with self._ledger.changing(site_id, actor) as work:
            row = await work.find(t.category, category_id, "category")
            values = category_values(category)
            if values.get("parent_id") is not None:
                await require_tree(work, category_id, values["parent_id"])
            await work.edit(t.category, row, values, if_revision=if_revision, label="category")
            work.note(Kind.CATEGORY, category_id)

    async def delete(
        self, site_id: str, actor: Actor, category_id: str, *, if_revision: int | None = None
    ) -> None:
        """Delete a category that has no branches; its products are in none then.

        Raises:
            NotFound: The site has no such category.
            RevisionConflict: It is at another revision.
            Conflict: It has branches.
        """
        async with self._ledger.changing(site_id, actor) as work:
            row = await work.find(t.category, category_id, "category")
            query = select(t.category.c.id).where(t.category.c.parent_id == category_id).limit(1)
            if (await work.sql.execute(query)).first():
                raise Conflict("this category has branches", hint="delete or move them first")
            await work.edit(t.category, row, {}, if_revision=if_revision, label="category")
            p = t.product.c
            own = p.category_id == category_id
            for product_id in (await work.sql.execute(select(p.id).where(own))).scalars():
                work.note(Kind.PRODUCT, product_id)
            await work.sql.execute(
                update(t.product)
                .where(own)
                .values(category_id=None, revision=p.revision + 1, updated_at=work.now)
            )
            work.note(Kind.CATEGORY, category_id, deleted=True)
            await work.remove(t.category, category_id)


async def insert_collection(work: Work, collection: CollectionInput) -> str:
    """Make a collection in a mutation under way; return its id."""
    if collection.name is UNSET:
        raise InvalidInput("a collection needs a name")
    row = await _new_row(work, t.collection, {"description": {}, **collection_values(collection)})
    work.note(Kind.COLLECTION, row["id"])
    if collection.product_ids is not UNSET:
        await set_members(work, row["id"], collection.product_ids)
    return row["id"]


async def insert_category(work: Work, category: CategoryInput) -> str:
    """Make a category in a mutation under way; return its id."""
    if category.name is UNSET:
        raise InvalidInput("a category needs a name")
    values: dict[str, Any] = {"parent_id": None, "position": 0, **category_values(category)}
    if values["parent_id"] is not None:
        await require_tree(work, None, values["parent_id"])
    row = await _new_row(work, t.category, values)
    work.note(Kind.CATEGORY, row["id"])
    return row["id"]


async def _new_row(work: Work, table: Any, values: dict[str, Any]) -> dict[str, Any]:
    is_given = "slug" in values
    name = next(iter(values["name"].values()))
    wanted = values.get("slug") or checks.slugify(name) or table.name.partition("_")[2]
    values["slug"] = await work.free_slug(table, wanted, is_given=is_given)
    row = {**values, **work.dates(), "id": work.new_id(), "site_id": work.site_id}
    await work.add(table, [row])
    return row


async def set_members(work: Work, collection_id: str, product_ids: Sequence[str]) -> None:
    """Set the products of a collection, in order, in a mutation under way."""
    if len(set(product_ids)) < len(product_ids) or len(product_ids) > MAX_MEMBERS:
        raise InvalidInput(f"a collection has at most {MAX_MEMBERS} products, each once")
    await work.require(t.product, product_ids, "product")
    member = t.collection_product
    await work.sql.execute(delete(member).where(member.c.collection_id == collection_id))
    rows = [
        {"collection_id": collection_id, "product_id": product_id, "position": place}
        for place, product_id in enumerate(product_ids)
    ]
    await work.add(member, rows)


async def require_tree(work: Work, category_id: str | None, parent_id: str) -> None:
    """See that a category may hang where it shall: no circle, and not too deep."""
    c = t.category.c
    query = select(c.id, c.parent_id).where(c.site_id == work.site_id)
    parents = {row.id: row.parent_id for row in (await work.sql.execute(query)).all()}
    if parent_id not in parents:
        raise NotFound("there is no such category")
    if category_id is None and len(parents) >= MAX_CATEGORIES:
        raise Conflict(f"a site has at most {MAX_CATEGORIES} categories")
    above = _way_up(parents, parent_id)
    if category_id in above:
        raise Conflict("a category cannot be a branch of its own branches")
    below = [_way_up(parents, one) for one in parents]
    height = max((way.index(category_id) for way in below if category_id in way), default=0)
    if len(above) + 1 + height > MAX_DEPTH:
        raise Conflict(f"the tree of categories is at most {MAX_DEPTH} deep")


def _way_up(parents: dict[str, str | None], start: str) -> list[str]:
    way: list[str] = []
    at: str | None = start
    while at is not None:
        way.append(at)
        at = parents[at]
    return way


def collection_values(collection: CollectionInput) -> dict[str, Any]:
    """Return what is set of a collection, checked, as columns."""
    values: dict[str, Any] = {}
    if collection.name is not UNSET:
        values["name"] = checks.check_names(collection.name)
    if collection.slug is not UNSET:
        values["slug"] = checks.check_slug(collection.slug)
    if collection.description is not UNSET:
        values["description"] = checks.check_texts(collection.description)
    return values


def category_values(category: CategoryInput) -> dict[str, Any]:
    """Return what is set of a category, checked, as columns."""
    values = given(parent_id=category.parent_id, position=category.position)
    if category.name is not UNSET:
        values["name"] = checks.check_names(category.name)
    if category.slug is not UNSET:
        values["slug"] = checks.check_slug(category.slug)
    return values
