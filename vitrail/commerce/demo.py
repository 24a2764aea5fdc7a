"""A catalogue to try things with: 500 products in French and English, the same each time."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, TypeVar

from vitrail.commerce import demo_words as words
from vitrail.commerce.cards import (
    CategoryCard,
    CollectionCard,
    MerchantCard,
    ProductCard,
    VariantCard,
)
from vitrail.commerce.checks import slugify
from vitrail.commerce.inputs import ReviewInput
from vitrail.commerce.model import Option, Price, ProductStatus, ReviewStatus, StockPolicy
from vitrail.commerce.planning import Outcome
from vitrail.commerce.product_rows import ids_of_products
from vitrail.commerce.reviews import insert_reviews
from vitrail.commerce.sheets import write_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vitrail.commerce.cards import Card
    from vitrail.commerce.imports import ImportReport
    from vitrail.commerce.service import Commerce
    from vitrail.core.access import Actor

T = TypeVar("T")
OF_EACH = 5  # models of a thing in one material
SIZES = ("S", "M", "L")
# What a size costs more, in hundredths.
_SIZE_FACTORS = (100, 125, 160)
MOST_REVIEWS = 6


def catalogue() -> dict[str, list[Card]]:
    """Return the demo catalogue as cards, in the form that imports take."""
    products = [
        _product(thing, material, place)
        for thing in words.THINGS
        for material in thing.materials
        for place in range(OF_EACH)
    ]
    return {
        "merchants": [
            MerchantCard(slug, name, country, f"https://{slug}.example/")
            for slug, (name, country) in words.MERCHANTS.items()
        ],
        "categories": [
            CategoryCard(slug, {"fr": fr, "en": en}, parent, place)
            for place, (slug, (fr, en, parent)) in enumerate(words.CATEGORIES.items())
        ],
        "products": list(products),
        "collections": _collections(products),
    }


def reviews_of(slug: str) -> list[ReviewInput]:
    """Return what people say of a product of the demo catalogue: 3 reviews on average."""
    return [_review(slug, place) for place in range(_number(MOST_REVIEWS + 1, slug, "reviews"))]


async def fill(commerce: Commerce, site_id: str, actor: Actor) -> ImportReport:
    """Put the demo catalogue into a site; what it has by these names becomes as it is here.

    Raises:
        NotFound: There is no such site.
    """
    content = write_json(catalogue())
    report = await commerce.imports.apply_import(
        site_id, actor, content, "json", skips_refused=True
    )
    new = [
        line.slug
        for line in report.lines
        if line.kind == "products" and line.outcome is Outcome.CREATED
    ]
    async with commerce.ledger.changing(site_id, actor) as work:
        ids = await ids_of_products(work, new)
        said = [
            (ids[slug], review, ReviewStatus.APPROVED)
            for slug in new
            for review in reviews_of(slug)
        ]
        await insert_reviews(work, said)
    return report


def _number(below: int, *key: object) -> int:
    """Return a number that looks random and is always the same for a key."""
    return zlib.crc32("/".join(map(str, key)).encode()) % below


def _pick(items: Sequence[T], *key: object) -> T:
    return items[_number(len(items), *key)]


def _product(thing: words.Thing, material: str, place: int) -> ProductCard:
    start = _number(len(words.MODELS), thing.slug, material)
    model = words.MODELS[(start + place * 3) % len(words.MODELS)]
    slug = slugify(f"{model} {material} {thing.slug}")
    purpose = _pick(words.PURPOSES, slug, "purpose")
    made_of = words.MATERIALS[material]
    maker, (maker_name, _) = _pick(list(words.MERCHANTS.items()), thing.category, material)
    return ProductCard(
        slug=slug,
        merchant=maker,
        name={
            "fr": f"{thing.fr} {model} en {made_of}",
            "en": f"{model} {material} {thing.en}",
        },
        description={
            "fr": f"Fabrication soignée en {made_of}, signée {maker_name}. {purpose[0]}",
            "en": f"Carefully made of {material} by {maker_name}. {purpose[1]}",
        },
        status=ProductStatus.ACTIVE if _number(20, slug, "status") else ProductStatus.DRAFT,
        category=thing.category,
        tags=sorted({material, thing.category, *(_pick(words.STYLES, slug, n) for n in range(2))}),
        options=[Option("Format", SIZES)],
        images=[],
        affiliate_links=[],
        variants=_variants(thing, slug),
    )


def _variants(thing: words.Thing, slug: str) -> list[VariantCard]:
    euros = thing.euros * (90 + _number(50, slug, "price")) // 100
    reduced = _number(7, slug, "reduced") == 0
    return [
        VariantCard(
            sku=f"{slug}-{size}".upper(),
            options={"Format": size},
            available=_number(40, slug, size) if _number(9, slug, size, "none") else 0,
            policy=_pick((StockPolicy.DENY, StockPolicy.DENY, StockPolicy.PREORDER), slug, size),
            prices=_prices(euros * factor // 100, reduced=reduced),
        )
        for size, factor in zip(SIZES, _SIZE_FACTORS, strict=True)
    ]


def _prices(euros: int, *, reduced: bool) -> list[Price]:
    """Return prices as shops write them: 39.90 EUR, 44 USD, 34.50 GBP, 6400 JPY."""
    amounts = {
        "EUR": euros * 100 - 10,
        "GBP": euros * 87 // 100 * 100 + 50,
        "JPY": euros * 160 // 100 * 100,
        "USD": euros * 112 // 100 * 100,
    }
    return [
        Price(amount, currency, (amount * 5 // 400 + 1) * 100 if reduced else None)
        for currency, amount in amounts.items()
    ]


def _collections(products: Sequence[ProductCard]) -> list[Card]:
    members: Mapping[str, list[str]] = {slug: [] for slug in words.COLLECTIONS}
    for product in products:
        facts: dict[str, Any] = {
            "new-in": _number(14, product.slug, "new") == 0,
            "gifts": _number(12, product.slug, "gift") == 0,
            "summer-table": product.category == "tableware" and not _number(3, product.slug, "sun"),
            "quiet-desk": product.category == "desk",
            "small-prices": min(_euros(product)) < 2000,
            "our-picks": _number(25, product.slug, "pick") == 0,
        }
        for slug in words.COLLECTIONS:
            if facts[slug]:
                members[slug].append(product.slug)
    return [
        CollectionCard(slug, {"fr": fr, "en": en}, {}, members[slug])
        for slug, (fr, en) in words.COLLECTIONS.items()
    ]


def _euros(product: ProductCard) -> list[int]:
    return [
        price.amount
        for variant in product.variants
        for price in variant.prices or ()
        if price.currency == "EUR"
    ]


def _review(slug: str, place: int) -> ReviewInput:
    key = (slug, "review", place)
    rating = _pick((5, 5, 5, 4, 4, 4, 3, 3, 2, 1), *key)
    locale = _pick(("fr", "en"), *key, "locale")
    opinion = _pick(words.OPINIONS[rating], *key, "words")
    return ReviewInput(
        author=_pick(words.AUTHORS, *key, "author"),
        rating=rating,
        body=opinion[0] if locale == "fr" else opinion[1],
        locale=locale,
        verified=bool(_number(3, *key, "verified")),
    )
