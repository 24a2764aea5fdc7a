"""What is taken in: bounds and shapes of every value, and the values as they are stored."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from vitrail.commerce.money import check_amount, check_currency
from vitrail.core import slugs
from vitrail.core.errors import InvalidInput
from vitrail.core.ids import is_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vitrail.commerce.model import AffiliateLink, Image, Option, Price

MAX_NAME, MAX_TEXT, MAX_SLUG, MAX_SKU, MAX_TAG = 200, 10_000, 80, 80, 60
MAX_LOCALES, MAX_TAGS, MAX_OPTIONS, MAX_VALUES, MAX_IMAGES, MAX_LINKS = 20, 50, 10, 100, 50, 20
MAX_STOCK = 10**9
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COUNTRY = re.compile(r"([A-Z]{2})?")
_LINE_BREAKS = frozenset("\n\t")


def slugify(text: str) -> str:
    """Return a name as a part of a URL, perhaps empty, with room for a number."""
    return slugs.slugify(text, MAX_SLUG - 8)


def is_slug(text: str) -> bool:
    """Tell whether a text has the shape of a slug."""
    return len(text) <= MAX_SLUG and _SLUG.fullmatch(text) is not None


def check_slug(slug: str) -> str:
    """Return a slug.

    Raises:
        InvalidInput: It is not one.
    """
    if not is_slug(slug):
        raise InvalidInput(
            f"{slug[:40]!r} is no part of an address",
            hint=f"use lower-case letters, digits and single hyphens, at most {MAX_SLUG}",
        )
    return slug


def check_line(text: str, what: str, longest: int = MAX_NAME, *, may_be_empty: bool = False) -> str:
    """Return a text of one line without control characters.

    Raises:
        InvalidInput: It is empty and may not be, or too long.
    """
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(text) > longest or not (text or may_be_empty):
        raise InvalidInput(f"{what} has {0 if may_be_empty else 1} to {longest} characters")
    return text


def check_text(text: str, what: str, longest: int = MAX_TEXT) -> str:
    """Return a text of many lines without other control characters.

    Raises:
        InvalidInput: It is too long.
    """
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in kept if c.isprintable() or c in _LINE_BREAKS).strip()
    if len(text) > longest:
        raise InvalidInput(f"{what} has at most {longest} characters")
    return text


def check_locale(locale: str) -> str:
    """Return a locale.

    Raises:
        InvalidInput: It is not one.
    """
    if not _LOCALE.fullmatch(locale):
        raise InvalidInput(f"{locale[:20]!r} is not a locale", hint="use one as fr or pt-BR")
    return locale


def check_names(names: Mapping[str, str]) -> dict[str, str]:
    """Return a name in at least one language.

    Raises:
        InvalidInput: There is none, or one is empty or too long.
    """
    if not 0 < len(names) <= MAX_LOCALES:
        raise InvalidInput(f"a name is given in 1 to {MAX_LOCALES} languages")
    return {check_locale(k): check_line(names[k], "a name") for k in sorted(names)}


def check_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """Return a text in any number of languages; empty ones are left out.

    Raises:
        InvalidInput: One is too long.
    """
    if len(texts) > MAX_LOCALES:
        raise InvalidInput(f"a text is given in at most {MAX_LOCALES} languages")
    found = {check_locale(k): check_text(texts[k], "a text") for k in sorted(texts)}
    return {locale: text for locale, text in found.items() if text}


def check_tags(tags: Sequence[str]) -> list[str]:
    """Return tags in lower case, each once, in the order of the alphabet.

    Raises:
        InvalidInput: One is empty or too long, or there are too many.
    """
    found = sorted({check_line(tag, "a tag", MAX_TAG).casefold() for tag in tags})
    if len(found) > MAX_TAGS or any(len(tag) > MAX_TAG for tag in found):
        raise InvalidInput(f"a product has at most {MAX_TAGS} tags of {MAX_TAG} characters")
    return found


def check_country(country: str) -> str:
    """Return a country's code, or nothing.

    Raises:
        InvalidInput: It is not one.
    """
    if not _COUNTRY.fullmatch(country):
        raise InvalidInput(f"{country[:10]!r} is not a country", hint="use two letters, as FR")
    return country


def check_url(url: str) -> str:
    """Return an address on the web.

    Raises:
        InvalidInput: It is not one.
    """
    try:
        parts = urlsplit(url)
        fine = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        fine = False
    if not fine or len(url) > 2000 or not url.isprintable() or " " in url:
        raise InvalidInput(f"{url[:60]!r} is not an address", hint="it begins with https://")
    return url


def check_options(options: Sequence[Option]) -> list[Any]:
    """Return the options of a product as they are stored.

    Raises:
        InvalidInput: Two have one name, or there are too many.
    """
    found: list[Any] = []
    for option in options:
        values = [check_line(value, "a value") for value in option.values]
        if len(values) > MAX_VALUES or len(set(values)) < len(values):
            raise InvalidInput(f"an option has at most {MAX_VALUES} values, each once")
        found.append({"name": check_line(option.name, "an option"), "values": values})
    if len(found) > MAX_OPTIONS or len({o["name"] for o in found}) < len(found):
        raise InvalidInput(f"a product has at most {MAX_OPTIONS} options, each once")
    return found


def check_chosen(options: Mapping[str, str]) -> dict[str, str]:
    """Return what a variant is of each option.

    Raises:
        InvalidInput: There are too many, or one is too long.
    """
    if len(options) > MAX_OPTIONS:
        raise InvalidInput(f"a variant has at most {MAX_OPTIONS} options")
    return {
        check_line(name, "an option"): check_line(options[name], "a value")
        for name in sorted(options)
    }


def check_images(images: Sequence[Image]) -> list[Any]:
    """Return pictures as they are stored.

    Raises:
        InvalidInput: One is neither an asset nor an address, or both, or there are too many.
    """
    if len(images) > MAX_IMAGES:
        raise InvalidInput(f"a product has at most {MAX_IMAGES} images")
    for image in images:
        if (image.asset_id is None) == (image.url is None):
            raise InvalidInput("an image is either an asset or an address")
        if image.url is not None:
            check_url(image.url)
        elif not is_id(image.asset_id or ""):
            raise InvalidInput(f"{str(image.asset_id)[:30]!r} is no asset's id")
    return [
        msgspec.to_builtins(msgspec.structs.replace(image, alt=check_texts(image.alt)))
        for image in images
    ]


def check_links(links: Sequence[AffiliateLink]) -> list[Any]:
    """Return affiliate links as they are stored.

    Raises:
        InvalidInput: One leads nowhere, promises more than all, or there are too many.
    """
    if len(links) > MAX_LINKS:
        raise InvalidInput(f"a product has at most {MAX_LINKS} affiliate links")
    for link in links:
        check_url(link.url)
        if link.commission is not None and not 0 <= link.commission <= 10_000:
            raise InvalidInput("a commission is 0 to 10000 hundredths of a percent")
    return [
        msgspec.to_builtins(
            msgspec.structs.replace(link, network=check_line(link.network, "a network"))
        )
        for link in links
    ]


def check_prices(prices: Sequence[Price]) -> list[Price]:
    """Return prices, one for each currency, by currency.

    Raises:
        InvalidInput: A currency is unknown or named twice, or an amount is out of bounds.
    """
    for price in prices:
        check_currency(price.currency)
        check_amount(price.amount)
        if price.compare_at is not None and check_amount(price.compare_at) <= price.amount:
            raise InvalidInput("a price to compare with is above the price")
    if len({price.currency for price in prices}) < len(prices):
        raise InvalidInput("a variant has one price in a currency")
    return sorted(prices, key=lambda price: price.currency)


def check_stock(count: int) -> int:
    """Return how many there are.

    Raises:
        InvalidInput: It is below zero or beyond reason.
    """
    if not 0 <= count <= MAX_STOCK:
        raise InvalidInput(f"stock is 0 to {MAX_STOCK}")
    return count
