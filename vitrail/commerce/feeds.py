"""A site's products as shops of others read them: Google Merchant's RSS 2.0 and Meta's CSV.

Fields: support.google.com/merchants, "Product data specification"; Meta's "Catalog fields" for commerce. One
row is one variant that has a price in the feed's currency; the variants of a product share a group.
"""

from __future__ import annotations

import csv
import html
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from msgspec import Struct
from sqlalchemy import delete, insert, select

from vitrail.commerce import tables as t
from vitrail.commerce.model import Product, StockPolicy, Variant
from vitrail.commerce.money import check_currency, write_decimal
from vitrail.commerce.sheets import quoted
from vitrail.core.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from vitrail.commerce.model import Image
    from vitrail.commerce.reads import Reads
    from vitrail.core.database import Database

PAGE = 100
DEFAULT_LINK = "/?product={slug}"
MAX_LINK, MAX_ID, MAX_TITLE, MAX_DESCRIPTION, MAX_IMAGES = 300, 50, 150, 5_000, 11
# Relative to the published site, or a whole address; what is filled in is encoded.
LINK = re.compile(
    r"(?:/(?!/)|https://[a-z0-9.-]+/)[^\s<>\"\\{}]*(?:\{(?:slug|id|sku|locale)\}[^\s<>\"\\{}]*)*",
    re.IGNORECASE,
)
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
GOOGLE = "http://base.google.com/ns/1.0"
# Options that the formats have fields for, by their names in French and English.
OPTIONS = {
    "color": {"color", "colour", "couleur"},
    "size": {"size", "taille", "pointure"},
    "material": {"material", "matière", "matiere"},
}
LATER = {"preorder", "backorder"}  # of these Google wants to know when
COLUMNS = (
    *("id", "title", "description", "availability", "availability_date", "condition"),
    *("price", "sale_price", "link"),
    *("image_link", "additional_image_link", "brand", "item_group_id", *OPTIONS),
)


class FeedSetting(Struct, frozen=True):
    """Whether a site's products may be fetched by shops of others, and how.

    Attributes:
        enabled: Whether they may.
        link: Where a product is shown: `{slug}`, `{id}`, `{sku}` and `{locale}` are filled in.
        currency: Only prices in this one are told.
    """

    enabled: bool = False
    link: str = DEFAULT_LINK
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class Offer:
    """One variant, as a feed tells it; texts as people write them, nothing escaped."""

    id: str
    title: str
    description: str
    availability: str  # in_stock, out_of_stock, preorder or backorder
    availability_date: str  # of the last two, if it is known
    price: str
    sale_price: str
    link: str
    images: tuple[str, ...]
    brand: str
    group: str
    options: dict[str, str]


class Feeds:
    """The settings of the feeds of all sites."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def setting(self, site_id: str) -> FeedSetting:
        """Return how a site has its feeds."""
        f = t.feed.c
        query = select(f.enabled, f.link, f.currency).where(f.site_id == site_id)
        async with self._database.read() as sql:
            row = (await sql.execute(query)).first()
        return FeedSetting(*row) if row else FeedSetting()

    async def change(self, site_id: str, setting: FeedSetting) -> None:
        """Set how a site has its feeds.

        Raises:
            InvalidInput: The link is no pattern, or there is no such currency.
        """
        if len(setting.link) > MAX_LINK or not LINK.fullmatch(setting.link):
            raise InvalidInput(
                "this is not a link",
                hint="write /?product={slug}, or https://… with {slug}, {id}, {sku} or {locale}",
            )
        check_currency(setting.currency)
        values = {"enabled": setting.enabled, "link": setting.link, "currency": setting.currency}
        async with self._database.write() as sql:
            await sql.execute(delete(t.feed).where(t.feed.c.site_id == site_id))
            await sql.execute(insert(t.feed).values(site_id=site_id, **values))


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed is made with.

    Attributes:
        site_id: The site.
        title: Its name.
        base_url: Where it is published, without a slash at the end.
        locale: The language of texts.
        setting: Its setting.
        image_url: Returns where a picture can be fetched by everybody; none if it cannot.
    """

    site_id: str
    title: str
    base_url: str
    locale: str
    setting: FeedSetting
    image_url: Callable[[Image], str | None]

    async def offers(self, reads: Reads) -> AsyncIterator[list[Offer]]:
        """Yield the offers of active products, a page at a time."""
        after: str | None = None
        while True:
            page = await reads.page_of_products(self.site_id, first=PAGE, after=after)
            variants = await reads.variants_of([product.id for product in page.items])
            yield [
                offer
                for product in page.items
                for offer in self._offers(product, variants.get(product.id, []))
            ]
            if not page.has_next:
                return
            after = page.positions[-1]

    def _offers(self, product: Product, variants: list[Variant]) -> Iterator[Offer]:
        title = self._said(product.name)
        images = [url for image in product.images if (url := self.image_url(image))]
        for variant in variants:
            price = variant.prices.get(self.setting.currency)
            if price is None:
                continue
            regular = price.amount if price.compare_at is None else price.compare_at
            told = " / ".join(variant.options.values())
            yield Offer(
                id=variant.sku if 0 < len(variant.sku) <= MAX_ID else variant.id,
                title=(f"{title} – {told}" if told else title)[:MAX_TITLE],
                description=(self._said(product.description) or title)[:MAX_DESCRIPTION],
                availability=(availability := _availability(variant)),
                availability_date=_date(variant) if availability in LATER else "",
                price=self._price(regular),
                sale_price="" if price.compare_at is None else self._price(price.amount),
                link=self._link(product, variant),
                images=tuple(images[:MAX_IMAGES]),
                brand=product.merchant.name,
                group=product.id if len(variants) > 1 else "",
                options=_known_options(variant.options),
            )

    def _said(self, texts: Any) -> str:
        found = texts.get(self.locale) or next((text for text in texts.values() if text), "")
        return str(found)

    def _price(self, amount: int) -> str:
        return f"{write_decimal(amount, self.setting.currency)} {self.setting.currency}"

    def _link(self, product: Product, variant: Variant) -> str:
        values = {
            "slug": product.slug,
            "id": product.id,
            "sku": variant.sku,
            "locale": self.locale,
        }
        link = self.setting.link
        for name, value in values.items():
            link = link.replace(f"{{{name}}}", quote(value, safe=""))
        return self.base_url + link if link.startswith("/") else link


def _availability(variant: Variant) -> str:
    if variant.stock.available > 0:
        return "in_stock"
    return {StockPolicy.CONTINUE: "backorder", StockPolicy.PREORDER: "preorder"}.get(
        variant.stock.policy, "out_of_stock"
    )


def _date(variant: Variant) -> str:
    day = variant.stock.available_on
    return f"{day.isoformat()}T00:00Z" if day else ""


def _known_options(options: dict[str, str]) -> dict[str, str]:
    return {
        field: value
        for name, value in options.items()
        for field, names in OPTIONS.items()
        if name.strip().lower() in names
    }


# ---- Google -------------------------------------------------------------------------------------


async def write_google(feed: Feed, reads: Reads) -> AsyncIterator[bytes]:
    """Yield a feed as RSS 2.0 with the fields of Google Merchant, in UTF-8."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<rss version="2.0" xmlns:g="{GOOGLE}">\n<channel>\n'
        f"{_element('title', feed.title)}{_element('link', f'{feed.base_url}/')}"
        f"{_element('description', feed.title)}"
    ).encode()
    async for offers in feed.offers(reads):
        yield "".join(map(_item, offers)).encode()
    yield b"</channel>\n</rss>\n"


def _item(offer: Offer) -> str:
    image, *more = offer.images or ("",)
    fields = [
        ("id", offer.id),
        ("title", offer.title),
        ("description", offer.description),
        ("link", offer.link),
        ("image_link", image),
        *(("additional_image_link", each) for each in more),
        ("availability", offer.availability),
        ("availability_date", offer.availability_date),
        ("price", offer.price),
        ("sale_price", offer.sale_price),
        ("brand", offer.brand),
        ("condition", "new"),
        ("item_group_id", offer.group),
        ("identifier_exists", "no"),  # nobody tells us codes of the trade
        *offer.options.items(),
    ]
    body = "".join(_element(f"g:{name}", text) for name, text in fields if text)
    return f"<item>\n{body}</item>\n"


def _element(name: str, text: str) -> str:
    plain = html.escape(NOT_IN_XML.sub("", text), quote=False)
    return f"<{name}>{plain}</{name}>\n"


# ---- Meta ---------------------------------------------------------------------------------------


async def write_meta(feed: Feed, reads: Reads) -> AsyncIterator[bytes]:
    """Yield a feed as CSV with the fields of Meta's catalogues, in UTF-8."""
    yield _csv([list(COLUMNS)])
    async for offers in feed.offers(reads):
        yield _csv([_row(offer) for offer in offers])


def _row(offer: Offer) -> list[str]:
    image, *more = offer.images or ("",)
    cells = {
        "id": offer.id,
        "title": offer.title,
        "description": offer.description,
        "availability": {"backorder": "available for order"}.get(
            offer.availability, offer.availability.replace("_", " ")
        ),
        "availability_date": offer.availability_date,
        "condition": "new",
        "price": offer.price,
        "sale_price": offer.sale_price,
        "link": offer.link,
        "image_link": image,
        "additional_image_link": ",".join(more),
        "brand": offer.brand,
        "item_group_id": offer.group,
        **offer.options,
    }
    return [quoted(cells.get(column, "").replace("\0", "")) for column in COLUMNS]


def _csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()
