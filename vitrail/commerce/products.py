"""Products and their variants: made, edited, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from vitrail.commerce import tables as t
from vitrail.commerce.inputs import VariantInput
from vitrail.commerce.model import Kind, Price
from vitrail.commerce.product_rows import (
    insert_products,
    insert_variants,
    reindex,
    touch,
    update_product,
    update_variant,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitrail.commerce.inputs import ProductInput
    from vitrail.commerce.ledger import Ledger
    from vitrail.core.access import Actor


class Products:
    """Mutations of products. The door authorises; each needs the site in which it was allowed."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def create(
        self,
        site_id: str,
        actor: Actor,
        product: ProductInput,
        variants: Sequence[VariantInput] = (),
    ) -> str:
        """Make a product with its variants, and return its id.

        Raises:
            InvalidInput: A value is out of bounds, or the name or merchant is missing.
            NotFound: The site has no such merchant or category.
            Conflict: The slug or a SKU is taken.
        """
        async with self._ledger.changing(site_id, actor) as work:
            return (await insert_products(work, [(product, variants)]))[0]

    async def update(
        self,
        site_id: str,
        actor: Actor,
        product_id: str,
        product: ProductInput,
        *,
        if_revision: int | None = None,
    ) -> None:
        """Change what is set of a product.

        Raises:
            NotFound: The site has no such product, merchant or category.
            RevisionConflict: It is at another revision.
            InvalidInput: A value is out of bounds.
            Conflict: The slug is taken.
        """
        async with self._ledger.changing(site_id, actor) as work:
            row = await work.find(t.product, product_id, "product")
            await update_product(work, row, product, if_revision=if_revision)

    async def delete(
        self, site_id: str, actor: Actor, product_id: str, *, if_revision: int | None = None
    ) -> None:
        """Delete a product with its variants and reviews; orders keep what was bought.

        Raises:
            NotFound: The site has no such product.
            RevisionConflict: It is at another revision.
        """
        async with self._ledger.changing(site_id, actor) as work:
            row = await work.find(t.product, product_id, "product")
            # Held by its revision like any edit, then removed.
            await work.edit(t.product, row, {}, if_revision=if_revision, label="product")
            m = t.collection_product.c
            member = select(m.collection_id).where(m.product_id == product_id)
            for collection_id in (await work.sql.execute(member)).scalars():
                work.note(Kind.COLLECTION, collection_id)
            said = select(t.review.c.id).where(t.review.c.product_id == product_id)
            for review_id in (await work.sql.execute(said)).scalars():
                work.note(Kind.REVIEW, review_id, deleted=True)
            work.note(Kind.PRODUCT, product_id, deleted=True)
            await work.remove(t.product, product_id)

    async def add_variant(
        self, site_id: str, actor: Actor, product_id: str, variant: VariantInput
    ) -> str:
        """Give a product one more variant, and return its id.

        Raises:
            NotFound: The site has no such product.
            InvalidInput: A value is out of bounds, or there are `MAX_VARIANTS`.
            Conflict: The SKU is taken.
        """
        async with self._ledger.changing(site_id, actor) as work:
            row = await work.find(t.product, product_id, "product")
            query = select(t.variant.c.id).where(t.variant.c.product_id == product_id)
            place = len((await work.sql.execute(query)).all())
            added = await insert_variants(work, [(product_id, place, variant)])
            await touch(work, row)
            await reindex(work, [product_id])
            return added[0]

    async def update_variant(
        self,
        site_id: str,
        actor: Actor,
        variant_id: str,
        variant: VariantInput,
        *,
        if_revision: int | None = None,
    ) -> None:
        """Change what is set of a variant.

        Raises:
            NotFound: The site has no such variant.
            RevisionConflict: The variant is at another revision.
            InvalidInput: A value is out of bounds.
            Conflict: The SKU is taken.
        """
        async with self._ledger.changing(site_id, actor) as work:
            row = await work.find(t.variant, variant_id, "variant")
            await update_variant(work, row, variant, if_revision=if_revision)
            await touch(work, await work.find(t.product, row["product_id"], "product"))

    async def set_price(
        self,
        site_id: str,
        actor: Actor,
        variant_id: str,
        price: Price,
        *,
        if_revision: int | None = None,
    ) -> None:
        """Set what a variant costs in one currency; its other prices stay.

        Raises:
            NotFound: The site has no such variant.
            RevisionConflict: The variant is at another revision.
            InvalidInput: The currency is unknown or an amount is out of bounds.
        """
        async with self._ledger.changing(site_id, actor) as work:
            row = await work.find(t.variant, variant_id, "variant")
            p = t.price.c
            query = select(p.amount, p.currency, p.compare_at).where(p.variant_id == variant_id)
            kept = [
                Price(*found)
                for found in (await work.sql.execute(query)).all()
                if found.currency != price.currency
            ]
            new = VariantInput(prices=[*kept, price])
            await update_variant(work, row, new, if_revision=if_revision)
            await touch(work, await work.find(t.product, row["product_id"], "product"))

    async def delete_variant(
        self, site_id: str, actor: Actor, variant_id: str, *, if_revision: int | None = None
    ) -> None:
        """Delete a variant.

        Raises:
            NotFound: The site has no such variant.
            RevisionConflict: It is at another revision.
        """
        async with self._ledger.changing(site_id, actor) as work:
            row = await work.find(t.variant, variant_id, "variant")
            await work.edit(t.variant, row, {}, if_revision=if_revision, label="variant")
            await work.remove(t.variant, variant_id)
            await touch(work, await work.find(t.product, row["product_id"], "product"))
            await reindex(work, [row["product_id"]])

    async def set_affinities(
        self, site_id: str, actor: Actor, scores: Sequence[tuple[str, str, int]]
    ) -> None:
        """Say anew which products of a site belong together, beside their tags.

        Args:
            site_id: The site.
            actor: Who.
            scores: Product, another, and how much, up to 1,000,000: as much as a tag that only these
                two have. Pairs that are not of the site are left out.
        """
        async with self._ledger.changing(site_id, actor) as work:
            query = select(t.product.c.id).where(t.product.c.site_id == site_id)
            ours = set((await work.sql.execute(query)).scalars())
            known = select(t.product.c.id).where(t.product.c.site_id == site_id)
            await work.sql.execute(delete(t.affinity).where(t.affinity.c.product_id.in_(known)))
            rows = {
                (one, other): max(0, min(score, 1_000_000))
                for one, other, score in scores
                if one in ours and other in ours and one != other
            }
            await work.add(
                t.affinity,
                [
                    {"product_id": a, "other_id": b, "score": score}
                    for (a, b), score in rows.items()
                ],
            )
