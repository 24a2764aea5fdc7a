"""What is written of products: prices, dates and words; twin of `src/model/shop-words.ts`.

The tables are our own: what browsers and Python libraries write differs by their version, and the
canvas must show what is published.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from vitrail.builder.primitives import read_data

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_BREAK = "\u00a0"


@cache
def _tables() -> dict[str, Any]:
    return read_data("shop.json")


def _language(locale: str) -> str:
    return locale.partition("-")[0].lower()


def _separators(locale: str) -> tuple[str, str]:
    found: dict[str, list[str]] = _tables()["separators"]
    group, point = found.get(_language(locale), found["fr"])
    return group, point


def price_text(price: Mapping[str, Any], amount: int, locale: str) -> str:
    """Return an amount as a locale writes it.

    Args:
        price: Its `currency` (ISO 4217) and `digits`, how many of them follow the point.
        amount: In minor units, 0 or more.
        locale: BCP 47.
    """
    group, point = _separators(locale)
    digits = int(price["digits"])
    whole, rest = divmod(amount, 10**digits)
    number = f"{whole:,}".replace(",", group) + (f"{point}{rest:0{digits}}" if digits else "")
    symbol = _tables()["symbols"].get(price["currency"])
    if _language(locale) not in _tables()["symbolFirst"]:
        return f"{number}{NO_BREAK}{symbol or price['currency']}"
    return f"{symbol}{number}" if symbol else f"{price['currency']}{NO_BREAK}{number}"


def rating_text(tenths: int, locale: str) -> str:
    """Return a rating, given in tenths of stars: 43 is `4.3`, or `4,3`."""
    return f"{tenths // 10}{_separators(locale)[1]}{tenths % 10}"


def date_text(day: str, locale: str) -> str:
    """Return a day, given as `2026-11-21`, as people write it."""
    months = _tables()["months"].get(_language(locale))
    year, month, of_month = day.split("-")
    return f"{int(of_month)} {months[int(month) - 1]} {year}" if months else day


def word(key: str, locale: str, **values: str) -> str:
    """Return a word of `shop.json` in a language, or in English."""
    words: dict[str, dict[str, str]] = _tables()["words"]
    text = words.get(_language(locale), words["en"])[key]
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def count_text(count: int, locale: str) -> str:
    """Return how many reviews there are."""
    return word("review" if count == 1 else "reviews", locale, n=str(count))


def localised(texts: Mapping[str, str], locale: str) -> str:
    """Return a text in a locale, in its language, in English, or in whichever there is."""
    for name in (locale, _language(locale), "en"):
        if texts.get(name):
            return texts[name]
    return next((texts[name] for name in sorted(texts) if texts[name]), "")
