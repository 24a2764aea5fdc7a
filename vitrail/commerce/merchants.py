"""Merchants: made, edited, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET
from sqlalchemy import select

from vitrail.commerce import checks, tables as t
from vitrail.commerce.model import Kind
from vitrail.commerce.product_rows import reindex
from vitrail.core.errors import Conflict, InvalidInput

if TYPE_CHECKING:
    from vitrail.commerce.inputs import MerchantInput
    from vitrail.commerce.ledger import Ledger, Work
    from vitrail.core.access import Actor


class Merchants:
    """Mutations of merchants. The door authorises; each needs the site in which it was allowed."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def create(self, site_id: str, actor: Actor, merchant: MerchantInput) -> str:
        """Make a merchant and return its id.

        Raises:
            InvalidInput: A value is out of bounds, or the name is missing.
            Conflict: The slug is taken.
        """
        async with self._ledger.changing(site_id, actor) as work:
            return await insert_merchant(work, merchant)

    async def update(
        self,
        site_id: str,
        actor: Actor,
        merchant_id: str,
        merchant: MerchantInput,
        *,
        if_revision: int | None = None,
    ) -> None:
        """Change what is set of a merchant; its products change with its name.

        Raises:
            NotFound: The site has no such merchant.
            RevisionConflict: It is at another revision.
            InvalidInput: A value is out of bounds.
            Conflict: The slug is taken.
        """
        async with self._ledger.changing(site_id, actor) as work:
            row = await work.find(t.merchant, merchant_id, "merchant")
            await update_merchant(work, row, merchant, if_revision=if_revision)

    async def delete(
        self, site_id: str, actor: Actor, merchant_id: str, *, if_revision: int | None = None
    ) -> None:
        """Delete a merchant that has no products.

        Raises:
            NotFound: The site has no such merchant.
            RevisionConflict: It is at another revision.
            Conflict: It has products.
        """
        async with self._ledger.changing(site_id, actor) as work:
            row = await work.find(t.merchant, merchant_id, "merchant")
            query = select(t.product.c.id).where(t.product.c.merchant_id == merchant_id).limit(1)
            if (await work.sql.execute(query)).first():
                raise Conflict("this merchant has products", hint="delete or move them first")
            await work.edit(t.merchant, row, {}, if_revision=if_revision, label="merchant")
            work.note(Kind.MERCHANT, merchant_id, deleted=True)
            await work.remove(t.merchant, merchant_id)


async def insert_merchant(work: Work, merchant: MerchantInput) -> str:
    """Make a merchant in a mutation under way; return its id."""
    if merchant.name is UNSET:
        raise InvalidInput("a merchant needs a name")
    values: dict[str, Any] = {"country": "", "url": None, **merchant_values(merchant)}
    wanted = values.get("slug") or checks.slugify(values["name"]) or "merchant"
    is_given = merchant.slug is not UNSET
    values["slug"] = await work.free_slug(t.merchant, wanted, is_given=is_given)
    row = {**values, **work.dates(), "id": work.new_id(), "site_id": work.site_id}
    await work.add(t.merchant, [row])
    work.note(Kind.MERCHANT, row["id"])
    return row["id"]


async def update_merchant(
    work: Work, row: dict[str, Any], merchant: MerchantInput, *, if_revision: int | None = None
) -> None:
    """Change what is set of a merchant, in a mutation under way."""
    values = merchant_values(merchant)
    await work.edit(t.merchant, row, values, if_revision=if_revision, label="merchant")
    work.note(Kind.MERCHANT, row["id"])
    if values.get("name", row["name"]) != row["name"]:
        query = select(t.product.c.id).where(t.product.c.merchant_id == row["id"])
        await reindex(work, list((await work.sql.execute(query)).scalars()))


def merchant_values(merchant: MerchantInput) -> dict[str, Any]:
    """Return what is set of a merchant, checked, as columns."""
    values: dict[str, Any] = {}
    if merchant.name is not UNSET:
        values["name"] = checks.check_line(merchant.name, "a name")
    if merchant.slug is not UNSET:
        values["slug"] = checks.check_slug(merchant.slug)
    if merchant.country is not UNSET:
        values["country"] = checks.check_country(merchant.country)
    if merchant.url is not UNSET:
        values["url"] = merchant.url and checks.check_url(merchant.url)
    return values
