"""What pages show of a shop: answers to their wants, as the plain values that the renderer takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import literal, select, union_all

from vitrail.builder.render.wants import read_want
from vitrail.commerce import tables as t
from vitrail.commerce.filters import ProductFilter, condition
from vitrail.commerce.ledger import in_parts
from vitrail.commerce.model import Kind, ProductStatus, StockPolicy
from vitrail.commerce.money import exponent
from vitrail.commerce.reads import Reads
from vitrail.commerce.site_reads import SITES, SiteReads
from vitrail.core.ids import is_id

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import Select

    from vitrail.builder.render.wants import Want
    from vitrail.commerce.ledger import Ledger
    from vitrail.commerce.model import Image, Product, Review

SHOWN = (Kind.PRODUCT, Kind.COLLECTION, Kind.CATEGORY, Kind.MERCHANT, Kind.REVIEW)
LISTED = frozenset({"newest", "collection", "category", "tag"})
MOST_TERMS = 100  # of one statement; SQLite takes 500
Answers = dict[str, list[dict[str, Any]]]


class Showcase:
    """What visitors may see of the shops of sites."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def answer(self, site_id: str, wants: Collection[str]) -> Answers:
        """Return what answers each want, of active products and approved reviews only.

        Five statements at most for each hundred wants, whatever the number of products.

        Raises:
            InvalidInput: A text is no want.
        """
        read = {text: read_want(text) for text in wants}
        answers: Answers = {}
        for some in in_parts(list(read), MOST_TERMS):
            answers |= await self._answer(site_id, {text: read[text] for text in some})
        return answers

    async def heads(self, site_ids: Collection[str]) -> dict[str, int]:
        """Return the number of the last change of each site; sites without one are left out."""
        return await self._ledger.heads(site_ids)

    async def has_news(self, site_id: str, since: int) -> bool:
        """Tell whether anything that pages show was changed after a number."""
        page = await self._ledger.changes_since(site_id, since, SHOWN, 1, began=since)
        return bool(page.changes) or page.is_reset

    async def _answer(self, site_id: str, wants: Mapping[str, Want]) -> Answers:
        database = self._ledger.database
        reads = Reads(database, [site_id], public_only=True)
        ids = await _Shelves(database, [site_id], public_only=True).ids(wants)
        for text, want in wants.items():
            if want.source in {"picked", "product"}:
                ids[text] = [id_ for id_ in want.of.split(" ") if is_id(id_)][: want.limit]
        found = await reads.products({id_ for some in ids.values() for id_ in some}) if ids else {}
        answers = {
            text: [describe(found[id_]) for id_ in some if id_ in found]
            for text, some in ids.items()
        }
        if alike := {text: want for text, want in wants.items() if want.source == "similar"}:
            most = max(want.limit for want in alike.values())
            similar = await reads.similar_of({want.of for want in alike.values()}, first=most)
            for text, want in alike.items():
                some = similar.get(want.of, [])[: want.limit]
                answers[text] = [describe(product) for product in some]
        if said := {text: want for text, want in wants.items() if want.source == "reviews"}:
            most = max(want.limit for want in said.values())
            pages = await reads.reviews_of({want.of for want in said.values()}, first=most)
            for text, want in said.items():
                some = pages[want.of].items[: want.limit] if want.of in pages else ()
                answers[text] = [_describe_review(review) for review in some]
        return answers


class _Shelves(SiteReads):
    """The ids of the products that lists hold, in one statement for all lists."""

    async def ids(self, wants: Mapping[str, Want]) -> dict[str, list[str]]:
        """Return ids in their order by want, for those whose source is in `LISTED`."""
        listed = [text for text, want in wants.items() if want.source in LISTED]
        if not listed:
            return {}
        shelves = [_shelf(wants[text], number) for number, text in enumerate(listed)]
        found: dict[str, list[str]] = {text: [] for text in listed}
        for row in await self._all(union_all(*shelves)):
            found[listed[row.shelf]].append(row.id)
        return found


def _shelf(want: Want, number: int) -> Select[Any]:
    p, m = t.product.c, t.collection_product.c
    query = select(literal(number).label("shelf"), p.id).where(
        p.site_id.in_(SITES), p.status == ProductStatus.ACTIVE
    )
    match want.source:
        case "collection":
            query = query.join(t.collection_product, m.product_id == p.id)
            query = query.where(m.collection_id == want.of).order_by(m.position, p.id)
        case "category":
            query = query.where(condition(ProductFilter(category_id=want.of)))
        case "tag":
            g = t.product_tag.c
            query = query.join(t.product_tag, g.product_id == p.id).where(g.tag == want.of)
        case _:
            pass
    if want.source != "collection":
        query = query.order_by(p.created_at.desc(), p.id.desc())
    return select(query.limit(want.limit).subquery())


def describe(product: Product) -> dict[str, Any]:
    """Return a product as the renderer takes it."""
    return {
        "id": product.id,
        "name": product.name,
        "description": product.description,
        "maker": product.merchant.name,
        "images": [_describe_image(image) for image in product.images],
        "options": [{"name": o.name, "values": list(o.values)} for o in product.options],
        "prices": [
            {
                "amount": price.amount,
                "currency": currency,
                "digits": exponent(currency),
                "compareAt": price.compare_at,
                "varies": product.highest[currency] > price.amount,
            }
            for currency, price in sorted(product.prices.items())
        ],
        "stock": _stock(product),
        "availableOn": product.stock.available_on and product.stock.available_on.isoformat(),
        "rating": None if product.rating is None else int(product.rating * 10 + 0.5),
        "reviews": product.review_count,
        "links": [link.url for link in product.affiliate_links],
    }


def _stock(product: Product) -> str:
    if not product.in_stock:
        return "out"
    is_later = product.stock.available == 0 and product.stock.policy is StockPolicy.PREORDER
    return "preorder" if is_later else "in"


def _describe_image(image: Image) -> dict[str, Any]:
    where = {"asset": image.asset_id} if image.asset_id else {"url": image.url}
    return {**where, "alt": image.alt}


def _describe_review(review: Review) -> dict[str, Any]:
    return {
        "author": review.author,
        "rating": review.rating,
        "body": review.body,
        "locale": review.locale,
        "verified": review.verified,
        "day": review.created_at.date().isoformat(),
    }
