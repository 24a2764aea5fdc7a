"""Catalogues come from files and go into files."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, Struct, structs

from vitrail.commerce import tables as t
from vitrail.commerce.cards import (
    CategoryCard,
    CollectionCard,
    MerchantCard,
    ProductCard,
    VariantCard,
)
from vitrail.commerce.groups import (
    category_values,
    collection_values,
    insert_category,
    insert_collection,
    require_tree,
    set_members,
)
from vitrail.commerce.known import read_known
from vitrail.commerce.ledger import in_parts
from vitrail.commerce.merchants import insert_merchant, update_merchant
from vitrail.commerce.model import Kind
from vitrail.commerce.planning import Outcome, Step, plan
from vitrail.commerce.product_rows import (
    insert_products,
    insert_variants,
    reindex,
    update_products,
    update_variants,
)
from vitrail.commerce.sheets import read_sheet, write_csv, write_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.commerce.cards import Card, Format
    from vitrail.commerce.inputs import ProductInput, VariantInput
    from vitrail.commerce.known import Known
    from vitrail.commerce.ledger import Ledger, Work
    from vitrail.commerce.sheets import Entry
    from vitrail.core.access import Actor


PART = 200  # products that are written together


class ImportLine(Struct, frozen=True):
    """What became, or would become, of one line.

    Attributes:
        line: The line of a CSV file, or the place in its list in JSON; from 1.
        kind: `products`, `merchants`, `categories` or `collections`.
        slug: What stands there; empty when that could not be read.
        reason: Why it is refused.
    """

    line: int
    kind: str
    slug: str
    outcome: Outcome
    reason: str


class ImportReport(Struct, frozen=True):
    """What became, or would become, of a file.

    Attributes:
        lines: Line by line, in the order of the file.
        counts: How many things, by outcome.
        is_applied: Whether the site was changed accordingly.
    """

    lines: tuple[ImportLine, ...]
    counts: dict[Outcome, int]
    is_applied: bool


class Imports:
    """Reads and writes whole catalogues. The door authorises."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def plan_import(self, site_id: str, content: bytes, format_: Format) -> ImportReport:
        """Tell what a file would do, and do nothing.

        Raises:
            TooLarge: The file is beyond a limit (`sheets.MAX_BYTES`, `MAX_ROWS`, `MAX_CELL`).
            InvalidInput: It is no such file.
        """
        entries = await asyncio.to_thread(read_sheet, content, format_)
        async with self._ledger.database.read_at_once() as sql:
            known = await _known(sql, site_id, entries)
        return _report(await asyncio.to_thread(plan, entries, known), is_applied=False)

    async def apply_import(
        self,
        site_id: str,
        actor: Actor,
        content: bytes,
        format_: Format,
        *,
        skips_refused: bool = False,
    ) -> ImportReport:
        """Do what a file says in one transaction, as of now, which may not be as of the plan.

        When something is refused, nothing is done, unless what is refused shall be skipped.

        Raises:
            TooLarge: The file is beyond a limit.
            InvalidInput: It is no such file.
            NotFound: There is no such site.
            Conflict: The site would have more than it may.
        """
        entries = await asyncio.to_thread(read_sheet, content, format_)
        async with self._ledger.changing(site_id, actor) as work:
            known = await _known(work.sql, site_id, entries)
            steps = await asyncio.to_thread(plan, entries, known)
            is_whole = all(step.outcome is not Outcome.REFUSED for step in steps)
            if is_whole or skips_refused:
                await _apply(work, steps, known)
            return _report(steps, is_applied=is_whole or skips_refused)

    async def export(self, site_id: str, format_: Format) -> bytes:
        """Return all that a site sells as a file, which `apply_import` takes.

        CSV holds the products, JSON their merchants, categories and collections too.
        """
        async with self._ledger.database.read_at_once() as sql:
            cards = cards_of(await read_known(sql, site_id))
        if format_ == "json":
            return write_json(cards)
        return write_csv([card for card in cards["products"] if isinstance(card, ProductCard)])


async def _known(sql: AsyncConnection, site_id: str, entries: Sequence[Entry]) -> Known:
    slugs: set[str] = set()
    skus: set[str] = set()
    for entry in entries:
        match entry.card:
            case ProductCard():
                slugs.add(entry.slug)
                skus |= {
                    " ".join(v.sku.split()) for v in entry.card.variants if v.sku.isprintable()
                }
            case CollectionCard() if entry.card.products is not UNSET:
                slugs |= set(entry.card.products)
            case _:
                continue
    return await read_known(sql, site_id, slugs, skus)


def _report(steps: Sequence[Step], *, is_applied: bool) -> ImportReport:
    lines = [
        ImportLine(line, step.kind, step.slug, step.outcome, step.reason)
        for step in steps
        for line in step.lines
    ]
    outcomes = [step.outcome for step in steps]
    counts = {outcome: outcomes.count(outcome) for outcome in Outcome}
    return ImportReport(tuple(lines), counts, is_applied)


async def _apply(work: Work, steps: Sequence[Step], known: Known) -> None:
    """Do the steps of a plan: what is named before what names it."""
    ids = {
        kind: {slug: row["id"] for slug, row in getattr(known, kind).items()}
        for kind in ("merchants", "categories", "products", "collections")
    }
    due = [step for step in steps if step.outcome in {Outcome.CREATED, Outcome.UPDATED}]
    for step in due:
        if step.kind == "merchants":
            row = known.merchants.get(step.slug)
            if row is None:
                ids["merchants"][step.slug] = await insert_merchant(work, step.given)
            else:
                await update_merchant(work, row, step.given)
        elif step.kind == "categories":
            await _apply_category(work, step, known, ids["categories"])
    # In parts: the event loop has others to serve between them.
    for some in in_parts([step for step in due if step.kind == "products"], PART):
        await _apply_products(work, some, known, ids)
    for step in due:
        if step.kind == "collections":
            await _apply_collection(work, step, known, ids)


async def _apply_category(work: Work, step: Step, known: Known, ids: dict[str, str]) -> None:
    given = step.given
    if isinstance(step.card, CategoryCard) and step.card.parent is not UNSET:
        parent_id = None if step.card.parent is None else ids[step.card.parent]
        given = structs.replace(given, parent_id=parent_id)
    row = known.categories.get(step.slug)
    if row is None:
        ids[step.slug] = await insert_category(work, given)
        return
    if given.parent_id is not UNSET and given.parent_id is not None:
        await require_tree(work, row["id"], given.parent_id)
    await work.edit(t.category, row, category_values(given), label="category")
    work.note(Kind.CATEGORY, row["id"])


async def _apply_products(
    work: Work, steps: Sequence[Step], known: Known, ids: dict[str, dict[str, str]]
) -> None:
    new: list[Step] = []
    products: list[tuple[dict[str, Any], ProductInput]] = []
    variants: list[tuple[dict[str, Any], VariantInput]] = []
    added: list[tuple[str, int, VariantInput]] = []
    for step in steps:
        row = known.products.get(step.slug)
        if row is None:
            new.append(step)
            continue
        products.append((row, _placed(step, ids)))
        for variant in step.variants:
            there = known.variants.get(" ".join(str(variant.sku).split()))
            if there is None:
                added.append((row["id"], known.held[row["id"]], variant))
                known.held[row["id"]] += 1
            else:
                variants.append((there, variant))
    await update_products(work, products)
    await update_variants(work, variants)
    await insert_variants(work, added)
    await reindex(work, list({product_id for product_id, _, _ in added}))
    made = await insert_products(work, [(_placed(step, ids), step.variants) for step in new])
    ids["products"] |= {step.slug: id_ for step, id_ in zip(new, made, strict=True)}


def _placed(step: Step, ids: dict[str, dict[str, str]]) -> ProductInput:
    """Return a product with the ids of its merchant and category."""
    given: ProductInput = step.given
    card = step.card
    if isinstance(card, ProductCard):
        if card.merchant is not UNSET:
            given = structs.replace(given, merchant_id=ids["merchants"][card.merchant])
        if card.category is not UNSET:
            category = None if card.category is None else ids["categories"][card.category]
            given = structs.replace(given, category_id=category)
    return given


async def _apply_collection(
    work: Work, step: Step, known: Known, ids: dict[str, dict[str, str]]
) -> None:
    row = known.collections.get(step.slug)
    if row is None:
        collection_id = await insert_collection(work, step.given)
    else:
        collection_id = row["id"]
        await work.edit(t.collection, row, collection_values(step.given), label="collection")
        work.note(Kind.COLLECTION, collection_id)
    if isinstance(step.card, CollectionCard) and step.card.products is not UNSET:
        members = [ids["products"][slug] for slug in step.card.products]
        await set_members(work, collection_id, members)


def cards_of(known: Known) -> dict[str, list[Card]]:
    """Return all that a site sells as cards, in an order in which it can be taken in again."""
    slugs = {
        row["id"]: slug
        for rows in (known.merchants, known.categories)
        for slug, row in rows.items()
    }
    variants: dict[str, list[VariantCard]] = {}
    for row in known.variants.values():
        card = VariantCard(
            row["sku"],
            row["options"],
            row["available"],
            row["policy"],
            known.prices.get(row["id"], []),
            row["available_on"],
        )
        variants.setdefault(row["product_id"], []).append(card)
    plain = ("name", "description", "status", "tags", "options", "images", "affiliate_links")
    return {
        "merchants": [
            MerchantCard(slug, row["name"], row["country"], row["url"])
            for slug, row in known.merchants.items()
        ],
        "categories": [
            CategoryCard(slug, row["name"], slugs.get(row["parent_id"]), row["position"])
            for slug, row in _parents_first(known.categories)
        ],
        "products": [
            ProductCard(
                slug=slug,
                merchant=slugs[row["merchant_id"]],
                category=slugs.get(row["category_id"]),
                variants=variants.get(row["id"], []),
                **{name: row[name] for name in plain},
            )
            for slug, row in known.products.items()
        ],
        "collections": [
            CollectionCard(slug, row["name"], row["description"], known.members.get(slug, []))
            for slug, row in known.collections.items()
        ],
    }


def _parents_first(categories: dict[str, dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Return categories so that each comes after its parent."""
    done: set[str | None] = {None}
    left, found = dict(categories), list[tuple[str, dict[str, Any]]]()
    while left:
        ready = [(slug, row) for slug, row in left.items() if row["parent_id"] in done]
        found += ready
        for slug, row in ready:
            done.add(row["id"])
            del left[slug]
    return found
