"""Currencies and their minor units, ISO 4217; amounts are integers of minor units everywhere."""

from __future__ import annotations

import re

from vitrail.core.errors import InvalidInput

# How many digits follow the point, where that is not two (ISO 4217 list one, 2024).
_EXPONENTS = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}
CURRENCIES = frozenset(
    [
        "AED",
        "AFN",
        "ALL",
        "AMD",
        "ANG",
        "AOA",
        "ARS",
        "AUD",
        "AWG",
        "AZN",
        "BAM",
        "BBD",
        "BDT",
        "BGN",
        "BMD",
        "BND",
        "BOB",
        "BRL",
        "BSD",
        "BTN",
        "BWP",
        "BYN",
        "BZD",
        "CAD",
        "CDF",
        "CHF",
        "CNY",
        "COP",
        "CRC",
        "CUP",
        "CVE",
        "CZK",
        "DKK",
        "DOP",
        "DZD",
        "EGP",
        "ERN",
        "ETB",
        "EUR",
        "FJD",
        "FKP",
        "GBP",
        "GEL",
        "GHS",
        "GIP",
        "GMD",
        "GTQ",
        "GYD",
        "HKD",
        "HNL",
        "HTG",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "IRR",
        "JMD",
        "KES",
        "KGS",
        "KHR",
        "KPW",
        "KYD",
        "KZT",
        "LAK",
        "LBP",
        "LKR",
        "LRD",
        "LSL",
        "MAD",
        "MDL",
        "MGA",
        "MKD",
        "MMK",
        "MNT",
        "MOP",
        "MRU",
        "MUR",
        "MVR",
        "MWK",
        "MXN",
        "MYR",
        "MZN",
        "NAD",
        "NGN",
        "NIO",
        "NOK",
        "NPR",
        "NZD",
        "PAB",
        "PEN",
        "PGK",
        "PHP",
        "PKR",
        "PLN",
        "QAR",
        "RON",
        "RSD",
        "RUB",
        "SAR",
        "SBD",
        "SCR",
        "SDG",
        "SEK",
        "SGD",
        "SHP",
        "SLE",
        "SOS",
        "SRD",
        "SSP",
        "STN",
        "SVC",
        "SYP",
        "SZL",
        "THB",
        "TJS",
        "TMT",
        "TOP",
        "TRY",
        "TTD",
        "TWD",
        "TZS",
        "UAH",
        "USD",
        "UYU",
        "UZS",
        "VED",
        "VES",
        "WST",
        "XCD",
        "YER",
        "ZAR",
        "ZMW",
    ]
) | set(_EXPONENTS)
# Sums of many stay below 2**53, which JavaScript counts exactly.
MAX_AMOUNT = 10**12
_DECIMAL = re.compile(r"(\d{1,13})(?:[.,](\d{1,4}))?", re.ASCII)
# As French spreadsheets write thousands: 1 234,50, mostly with a space that does not break.
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")


def check_currency(code: str) -> str:
    """Return a currency's code.

    Raises:
        InvalidInput: ISO 4217 has no such currency.
    """
    if code not in CURRENCIES:
        raise InvalidInput(
            f"{code[:10]!r} is not a currency", hint="use its ISO 4217 code, as EUR or JPY"
        )
    return code


def check_amount(amount: int) -> int:
    """Return an amount in minor units.

    Raises:
        InvalidInput: It is below zero or above `MAX_AMOUNT`.
    """
    if not 0 <= amount <= MAX_AMOUNT:
        raise InvalidInput(f"an amount is 0 to {MAX_AMOUNT} minor units")
    return amount


def exponent(currency: str) -> int:
    """Return how many digits of a currency follow the point."""
    return _EXPONENTS.get(currency, 2)


def write_decimal(amount: int, currency: str) -> str:
    """Return an amount of minor units as people write it in a table: 1990 EUR is `19.90`."""
    digits = exponent(currency)
    if not digits:
        return str(amount)
    whole, rest = divmod(amount, 10**digits)
    return f"{whole}.{rest:0{digits}}"


def read_decimal(text: str, currency: str) -> int:
    """Return the minor units of an amount as people write it, with a point or a comma: 19,90 or 1 234.5.

    Raises:
        InvalidInput: It is not one, or has more digits than the currency.
    """
    found = _DECIMAL.fullmatch(_THOUSANDS.sub("", text.strip()))
    digits = exponent(currency)
    if found is None or len(found[2] or "") > digits:
        raise InvalidInput(
            f"{text[:20]!r} is not an amount of {currency}",
            hint=f"write digits, and at most {digits} after the point",
        )
    return check_amount(int(found[1] + (found[2] or "").ljust(digits, "0")))
