"""How products and variants are written: many at once, in a mutation under way."""

from __future__ import annotations

import secrets
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET
from sqlalchemy import bindparam, delete, select, update

from vitrail.commerce import checks, tables as t
from vitrail.commerce.ledger import given, in_parts
from vitrail.commerce.model import Kind, ProductStatus, StockPolicy
from vitrail.commerce.revisions import check_revision
from vitrail.commerce.search import fold, indexed
from vitrail.core.errors import Conflict, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from vitrail.commerce.inputs import ProductInput, VariantInput
    from vitrail.commerce.ledger import Work
    from vitrail.commerce.model import Price

MAX_VARIANTS = 100


async def insert_products(
    work: Work, new: Sequence[tuple[ProductInput, Sequence[VariantInput]]]
) -> list[str]:
    """Make products in a mutation under way; return their ids.

    Raises:
        InvalidInput: A value is out of bounds, or a name or merchant is missing.
        NotFound: The site has no such merchant or category.
        Conflict: A slug or SKU is taken.
    """
    rows: list[dict[str, Any]] = []
    variants: list[tuple[str, int, VariantInput]] = []
    for product, own in new:
        if product.name is UNSET or product.merchant_id is UNSET:
            raise InvalidInput("a product needs a name and a merchant")
        if len(own) > MAX_VARIANTS:
            raise InvalidInput(f"a product has at most {MAX_VARIANTS} variants")
        rows.append({**_DEFAULTS, **product_values(product), **work.dates(), "id": work.new_id()})
        variants += [(rows[-1]["id"], place, variant) for place, variant in enumerate(own)]
    await _require_places(work, rows)
    slugs = await _require_free_slugs(work, [row["slug"] for row in rows if "slug" in row])
    for row in rows:
        row["site_id"] = work.site_id
        if "slug" not in row:
            wanted = _slug_of(row["name"])
            row["slug"] = await work.free_slug(t.product, wanted, is_given=False, others=slugs)
            slugs.add(row["slug"])
    await work.add(t.product, rows)
    for row in rows:
        work.note(Kind.PRODUCT, row["id"])
    await work.add(t.product_tag, [tag for row in rows for tag in _tag_rows(work, row)])
    await insert_variants(work, variants)
    await reindex(work, [row["id"] for row in rows], are_new=True)
    return [row["id"] for row in rows]


async def ids_of_products(work: Work, slugs: Sequence[str]) -> dict[str, str]:
    """Return the ids of products of the site by their slugs."""
    p, found = t.product.c, dict[str, str]()
    for some in in_parts(slugs):
        query = select(p.slug, p.id).where(p.site_id == work.site_id, p.slug.in_(some))
        found |= {row.slug: row.id for row in (await work.sql.execute(query)).all()}
    return found


async def update_product(
    work: Work, row: dict[str, Any], product: ProductInput, *, if_revision: int | None = None
) -> None:
    """Change what is set of a product, in a mutation under way."""
    check_revision(row, if_revision, "product")
    await update_products(work, [(row, product)])


async def update_products(
    work: Work, changes: Sequence[tuple[dict[str, Any], ProductInput]]
) -> None:
    """Change what is set of products, in a mutation under way."""
    edits = [(row, product_values(product)) for row, product in changes]
    await _require_places(work, [values for _, values in edits])
    await work.edit_all(t.product, edits)
    for row, _ in edits:
        work.note(Kind.PRODUCT, row["id"])
    tagged = [row | values for row, values in edits if "tags" in values]
    for some in in_parts([row["id"] for row in tagged]):
        await work.sql.execute(delete(t.product_tag).where(t.product_tag.c.product_id.in_(some)))
    await work.add(t.product_tag, [tag for row in tagged for tag in _tag_rows(work, row)])
    await reindex(work, [row["id"] for row, values in edits if values.keys() & _SEARCHED])


async def touch(work: Work, row: dict[str, Any]) -> None:
    """Note that a part of a product was edited."""
    await work.edit(t.product, row, {}, label="product")
    work.note(Kind.PRODUCT, row["id"])


async def insert_variants(work: Work, new: Sequence[tuple[str, int, VariantInput]]) -> list[str]:
    """Make variants of products (product's id, position, variant); return their ids."""
    rows: list[dict[str, Any]] = []
    prices: list[dict[str, Any]] = []
    for product_id, place, variant in new:
        if place >= MAX_VARIANTS:
            raise InvalidInput(f"a product has at most {MAX_VARIANTS} variants")
        if variant.sku is UNSET:
            raise InvalidInput("a variant needs a SKU")
        row: dict[str, Any] = {
            "options": {},
            "available": 0,
            "policy": StockPolicy.DENY,
            "available_on": None,
            "position": place,
            **variant_values(variant),
            "id": work.new_id(),
            "site_id": work.site_id,
            "product_id": product_id,
            "reserved": 0,
            "revision": 1,
        }
        rows.append(row)
        if variant.prices is not UNSET:
            prices += _price_rows(row["id"], product_id, variant.prices)
    await _require_free_skus(work, [row["sku"] for row in rows])
    await work.add(t.variant, rows)
    await work.add(t.price, prices)
    return [row["id"] for row in rows]


async def update_variant(
    work: Work, row: dict[str, Any], variant: VariantInput, *, if_revision: int | None = None
) -> None:
    """Change what is set of a variant, in a mutation under way; the product is the caller's."""
    check_revision(row, if_revision, "variant")
    await update_variants(work, [(row, variant)])


async def update_variants(
    work: Work, changes: Sequence[tuple[dict[str, Any], VariantInput]]
) -> None:
    """Change what is set of variants, in a mutation under way; the products are the caller's."""
    edits = [(row, variant_values(variant)) for row, variant in changes]
    renamed = [(row, new["sku"]) for row, new in edits if new.get("sku", row["sku"]) != row["sku"]]
    await _require_free_skus(work, [sku for _, sku in renamed])
    await work.edit_all(t.variant, edits)
    priced = [(row, new.prices) for row, new in changes if new.prices is not UNSET]
    for some in in_parts([row["id"] for row, _ in priced]):
        await work.sql.execute(delete(t.price).where(t.price.c.variant_id.in_(some)))
    prices = [_price_rows(row["id"], row["product_id"], new) for row, new in priced]
    await work.add(t.price, list(chain.from_iterable(prices)))
    await reindex(work, [row["product_id"] for row, _ in renamed])


async def reindex(work: Work, product_ids: Sequence[str], *, are_new: bool = False) -> None:
    """Make the words of products ready to be searched by."""
    p, m, v = t.product.c, t.merchant.c, t.variant.c
    for some in in_parts(product_ids):
        skus: dict[str, list[str]] = {}
        query = select(v.product_id, v.sku).where(v.product_id.in_(some))
        for product_id, sku in (await work.sql.execute(query)).all():
            skus.setdefault(product_id, []).append(sku)
        query = (
            select(p.id, p.name, p.description, p.tags, m.name.label("merchant"))
            .join(t.merchant, m.id == p.merchant_id)
            .where(p.id.in_(some))
        )
        rows = [
            {
                "product_id" if are_new else "of_product": row.id,
                "title": indexed(row.name),
                "body": indexed(
                    row.description, [*row.tags, row.merchant, *sorted(skus.get(row.id, ()))]
                ),
            }
            for row in (await work.sql.execute(query)).all()
        ]
        if are_new:
            numbers = [{**row, "number": secrets.randbits(62)} for row in rows]
            await work.add(t.product_search, numbers)
        elif rows:
            query = update(t.product_search).where(
                t.product_search.c.product_id == bindparam("of_product")
            )
            await work.sql.execute(query, rows)


_SEARCHED = {"name", "description", "tags", "merchant_id"}
_DEFAULTS: dict[str, Any] = {
    "category_id": None,
    "status": ProductStatus.DRAFT,
    "description": {},
    "tags": [],
    "options": [],
    "images": [],
    "affiliate_links": [],
    "rating_sum": 0,
    "rating_count": 0,
    "rating": 0,
    "units_sold": 0,
}


def product_values(product: ProductInput) -> dict[str, Any]:
    """Return what is set of a product, checked, as columns."""
    values = given(
        merchant_id=product.merchant_id, category_id=product.category_id, status=product.status
    )
    if product.name is not UNSET:
        names = checks.check_names(product.name)
        other = next(iter(names.values()))
        values["name"] = names
        values["sort_fr"] = fold(names.get("fr") or names.get("en") or other)[:200]
        values["sort_en"] = fold(names.get("en") or other)[:200]
    for name, check in _CHECKS.items():
        if (value := getattr(product, name)) is not UNSET:
            values[name] = check(value)
    return values


_CHECKS = {
    "slug": checks.check_slug,
    "description": checks.check_texts,
    "tags": checks.check_tags,
    "options": checks.check_options,
    "images": checks.check_images,
    "affiliate_links": checks.check_links,
}


def variant_values(variant: VariantInput) -> dict[str, Any]:
    """Return what is set of a variant but its prices, checked, as columns."""
    values = given(
        policy=variant.policy, available_on=variant.available_on, position=variant.position
    )
    if variant.sku is not UNSET:
        values["sku"] = checks.check_line(variant.sku, "a SKU", checks.MAX_SKU)
    if variant.options is not UNSET:
        values["options"] = checks.check_chosen(variant.options)
    if variant.available is not UNSET:
        values["available"] = checks.check_stock(variant.available)
    return values


def _price_rows(variant_id: str, product_id: str, prices: Sequence[Price]) -> list[dict[str, Any]]:
    where = {"variant_id": variant_id, "product_id": product_id}
    return [{**where, **msgspec.structs.asdict(price)} for price in checks.check_prices(prices)]


def _slug_of(names: dict[str, str]) -> str:
    found = (checks.slugify(names[locale]) for locale in sorted(names))
    return next((slug for slug in found if slug), "product")


async def _require_places(work: Work, rows: Sequence[dict[str, Any]]) -> None:
    merchants = {row["merchant_id"] for row in rows if "merchant_id" in row}
    categories = {row["category_id"] for row in rows if row.get("category_id") is not None}
    await work.require(t.merchant, merchants, "merchant")
    await work.require(t.category, categories, "category")


async def _require_free_slugs(work: Work, slugs: Sequence[str]) -> set[str]:
    p = t.product.c
    for some in in_parts(slugs):
        query = select(p.slug).where(p.site_id == work.site_id, p.slug.in_(some))
        taken = (await work.sql.execute(query)).scalars().first()
        if taken:
            raise Conflict(f"the slug {taken!r} is taken", code="slug", hint="choose another")
    if len(set(slugs)) < len(slugs):
        raise Conflict("two products have one slug", code="slug")
    return set(slugs)


async def _require_free_skus(work: Work, skus: Collection[str]) -> None:
    twice = len(set(skus)) < len(skus)
    for some in in_parts(sorted(set(skus))):
        query = select(t.variant.c.sku).where(
            t.variant.c.site_id == work.site_id, t.variant.c.sku.in_(some)
        )
        taken = (await work.sql.execute(query)).scalars().first()
        if taken or twice:
            raise Conflict(f"the SKU {(taken or 'given')!r} is there already", code="sku")


def _tag_rows(work: Work, row: dict[str, Any]) -> list[dict[str, Any]]:
    where = {"product_id": row["id"], "site_id": work.site_id}
    return [{**where, "tag": tag} for tag in row["tags"]]
