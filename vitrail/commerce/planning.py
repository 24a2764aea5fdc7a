"""What a file would do to a site, found out without changing anything."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, Struct, UnsetType, structs

from vitrail.commerce import checks
from vitrail.commerce.cards import CategoryCard, CollectionCard, MerchantCard, ProductCard
from vitrail.commerce.groups import MAX_DEPTH, category_values, collection_values
from vitrail.commerce.inputs import (
    CategoryInput,
    CollectionInput,
    MerchantInput,
    ProductInput,
    VariantInput,
)
from vitrail.commerce.merchants import merchant_values
from vitrail.commerce.product_rows import MAX_VARIANTS, product_values, variant_values
from vitrail.core.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitrail.commerce.cards import Card
    from vitrail.commerce.known import Known
    from vitrail.commerce.model import Price
    from vitrail.commerce.sheets import Entry


class Outcome(StrEnum):
    """What becomes of a thing of a file."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Step(Struct, frozen=True):
    """What becomes of one thing of a file, and what it takes.

    Attributes:
        lines: Where it stands.
        kind: In which list of the catalogue.
        slug: Its name.
        reason: Why it is refused.
        given: What is to be stored; things are named by slug in `card` still.
        variants: Of a product: what is to be stored of each variant, but those without a change.
    """

    lines: tuple[int, ...]
    kind: str
    slug: str
    outcome: Outcome
    reason: str = ""
    card: Card | None = None
    given: Any = None
    variants: tuple[VariantInput, ...] = ()


def plan(entries: Sequence[Entry], known: Known) -> list[Step]:
    """Return what becomes of each thing of a file, in the order in which it is to be done."""
    return _Planner(known).run(entries)


class _Planner:
    """Goes through a file, and remembers what there will be by then."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._there = {
            "merchants": set(known.merchants),
            "categories": set(known.categories),
            "products": set(known.products),
        }
        self._slugs = {
            row["id"]: slug
            for rows in (known.merchants, known.categories)
            for slug, row in rows.items()
        }
        self._parents = {
            slug: self._slugs.get(row["parent_id"]) for slug, row in known.categories.items()
        }
        self._owners = dict(known.owners)
        self._seen: set[tuple[str, str]] = set()
        self._steps: list[Step] = []

    def run(self, entries: Sequence[Entry]) -> list[Step]:
        for entry in entries:
            if entry.card is None:
                step = _refused(entry, entry.reason)
            else:
                try:
                    step = self._step(entry, entry.card)
                except InvalidInput as error:
                    step = _refused(entry, error.message)
            self._steps.append(step)
        return self._steps

    def _step(self, entry: Entry, card: Card) -> Step:
        checks.check_slug(entry.slug)
        if (entry.kind, entry.slug) in self._seen:
            raise InvalidInput("the file has this one twice")
        self._seen.add((entry.kind, entry.slug))
        match card:
            case MerchantCard():
                given = MerchantInput(card.name, card.slug, card.country, card.url)
                step = self._plain(entry, self._known.merchants, given, merchant_values(given))
            case CategoryCard():
                step = self._category(entry, card)
            case ProductCard():
                step = self._product(entry, card)
            case CollectionCard():
                step = self._collection(entry, card)
        if entry.kind in self._there:
            self._there[entry.kind].add(entry.slug)
        return step

    def _plain(
        self, entry: Entry, rows: dict[str, Any], given: Any, values: dict[str, Any]
    ) -> Step:
        row = rows.get(entry.slug)
        if row is None and given.name is UNSET:
            raise InvalidInput("a new one needs a name")
        return _step(entry, _outcome(row, values), given)

    def _category(self, entry: Entry, card: CategoryCard) -> Step:
        given = CategoryInput(card.name, card.slug, position=card.position)
        step = self._plain(entry, self._known.categories, given, category_values(given))
        if card.parent is UNSET:
            return step
        row = self._known.categories.get(entry.slug)
        if card.parent is not None:
            self._require("categories", card.parent)
        self._hang(entry.slug, card.parent, has_branches=row is not None)
        if row is None or self._slugs.get(row["parent_id"]) == card.parent:
            return step
        return _step(entry, Outcome.UPDATED, given)

    def _hang(self, slug: str, parent: str | None, *, has_branches: bool) -> None:
        """Hang a category where it shall, unless the tree would be too deep or a circle."""
        before = self._parents.get(slug)
        self._parents[slug] = parent
        for one in list(self._parents) if has_branches else [slug]:
            depth, at = 0, one
            while at is not None and depth <= MAX_DEPTH:
                depth, at = depth + 1, self._parents.get(at)
            if depth > MAX_DEPTH:
                self._parents[slug] = before
                raise InvalidInput(f"the tree of categories is at most {MAX_DEPTH} deep")

    def _collection(self, entry: Entry, card: CollectionCard) -> Step:
        given = CollectionInput(card.name, card.slug, card.description)
        rows = self._known.collections
        step = self._plain(entry, rows, given, collection_values(given))
        if card.products is UNSET:
            return step
        if len(set(card.products)) < len(card.products):
            raise InvalidInput("a collection has each product once")
        for slug in card.products:
            self._require("products", slug)
        same = self._known.members.get(entry.slug, []) == card.products
        if entry.slug not in rows or same:
            return step
        return _step(entry, Outcome.UPDATED, given)

    def _product(self, entry: Entry, card: ProductCard) -> Step:
        row = self._known.products.get(entry.slug)
        given = ProductInput(
            name=_with_others(entry, "name", card.name, row),
            slug=card.slug,
            description=_with_others(entry, "description", card.description, row),
            status=card.status,
            tags=card.tags,
            options=card.options,
            images=card.images,
            affiliate_links=card.affiliate_links,
        )
        values = product_values(given)
        if row is None and (card.name is UNSET or card.merchant is UNSET):
            raise InvalidInput("a new product needs a name and a merchant")
        outcome = _outcome(row, values)
        places = {
            column: slug
            for column, slug in (("merchant_id", card.merchant), ("category_id", card.category))
            if slug is not UNSET
        }
        for slug in filter(None, places.values()):
            checks.check_slug(slug)
        variants = self._variants(entry, card, row)
        is_moved = row is not None and any(
            self._slugs.get(row[column]) != slug for column, slug in places.items()
        )
        if outcome is Outcome.UNCHANGED and (variants or is_moved):
            outcome = Outcome.UPDATED
        for column, slug in places.items():
            if slug is not None:
                self._make_way(entry, column, slug)
        return _step(entry, outcome, given, tuple(variants))

    def _variants(
        self, entry: Entry, card: ProductCard, row: dict[str, Any] | None
    ) -> list[VariantInput]:
        """Return what is new of a product's variants; they belong to it from now on."""
        owner = card.slug if row is None else row["id"]
        changed: list[VariantInput] = []
        added = 0
        skus: set[str] = set()
        for one in card.variants:
            given = VariantInput(
                one.sku, one.options, one.prices, one.available, one.policy, one.available_on
            )
            values = variant_values(given)
            sku = values["sku"]
            there = self._known.variants.get(sku) if row is not None else None
            known = self._known.prices.get(there["id"], []) if there is not None else []
            if not isinstance(one.prices, UnsetType):
                prices = checks.check_prices(_with_other_prices(entry, one.prices, known))
                given = structs.replace(given, prices=prices)
            if self._owners.get(sku, owner) != owner or sku in skus:
                raise InvalidInput(f"the SKU {sku[:40]!r} is another variant's")
            skus.add(sku)
            is_priced = given.prices is UNSET or (there is not None and known == given.prices)
            added += there is None
            if not is_priced or _outcome(there, values) is not Outcome.UNCHANGED:
                changed.append(given)
        held = self._known.held[owner] if row else 0
        if held + added > MAX_VARIANTS:
            raise InvalidInput(f"a product has at most {MAX_VARIANTS} variants")
        self._owners |= dict.fromkeys(skus, owner)
        return changed

    def _make_way(self, entry: Entry, column: str, slug: str) -> None:
        """Have a merchant or category made that a product names and nobody has described."""
        kind = "merchants" if column == "merchant_id" else "categories"
        if slug in self._there[kind]:
            return
        self._there[kind].add(slug)
        name = slug.replace("-", " ").capitalize()
        given = (
            MerchantInput(name, slug) if kind == "merchants" else CategoryInput({"en": name}, slug)
        )
        self._steps.append(Step(entry.lines[:1], kind, slug, Outcome.CREATED, given=given))

    def _require(self, kind: str, slug: str) -> None:
        if slug not in self._there[kind]:
            raise InvalidInput(f"there is no {slug[:40]!r} among the {kind}")


def _with_others(entry: Entry, name: str, texts: Any, row: dict[str, Any] | None) -> Any:
    """Return texts with those in the languages that a CSV file has no column for."""
    if entry.columns is None or row is None or texts is UNSET:
        return texts
    return {k: v for k, v in row[name].items() if f"{name}:{k}" not in entry.columns} | texts


def _with_other_prices(
    entry: Entry, prices: Sequence[Price], known: Sequence[Price]
) -> Sequence[Price]:
    """Return prices with what a CSV file has no columns for: other currencies, and what is struck through."""
    if entry.columns is None:
        return prices
    struck = {p.currency: p.compare_at or 0 for p in known}
    found = [p for p in known if f"price:{p.currency}" not in entry.columns]
    for price in prices:
        is_kept = struck.get(price.currency, 0) > price.amount
        if is_kept and f"compare_at:{price.currency}" not in entry.columns:
            price = structs.replace(price, compare_at=struck[price.currency])
        found.append(price)
    return found


def _outcome(row: dict[str, Any] | None, values: dict[str, Any]) -> Outcome:
    if row is None:
        return Outcome.CREATED
    same = all(row[name] == value for name, value in values.items())
    return Outcome.UNCHANGED if same else Outcome.UPDATED


def _step(
    entry: Entry, outcome: Outcome, given: Any, variants: tuple[VariantInput, ...] = ()
) -> Step:
    return Step(
        entry.lines,
        entry.kind,
        entry.slug,
        outcome,
        card=entry.card,
        given=given,
        variants=variants,
    )


def _refused(entry: Entry, reason: str) -> Step:
    return Step(entry.lines, entry.kind, entry.slug, Outcome.REFUSED, reason)
