"""Catalogues as files: JSON with everything, or CSV with a row for each variant.

In CSV the cells of a product stand in one of its rows and may be empty in the others. A cell that a
spreadsheet would take for a formula is written with a quote mark before it, which reading takes off
(OWASP, CSV Injection).
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

import msgspec

from vitrail.commerce.cards import (
    Card,
    CategoryCard,
    CollectionCard,
    Format,
    MerchantCard,
    ProductCard,
    VariantCard,
)
from vitrail.commerce.money import check_currency, read_decimal, write_decimal
from vitrail.core.errors import InvalidInput, TooLarge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_BYTES, MAX_ROWS, MAX_CELL, MAX_COLUMNS = 8 * 2**20, 5_000, 50_000, 100
_KINDS = {
    "merchants": MerchantCard,
    "categories": CategoryCard,
    "products": ProductCard,
    "collections": CollectionCard,
}
_PLAIN = ("slug", "merchant", "category", "status", "tags", "options", "images", "affiliate_links")
_OF_VARIANT = ("sku", "variant_options", "available", "policy", "available_on")
_BY_LOCALE, _BY_CURRENCY = ("name", "description"), ("price", "compare_at")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_SEPARATOR = " | "


class Entry(msgspec.Struct, frozen=True):
    """One thing of a file.

    Attributes:
        lines: Where it stands: lines of a CSV file, or its place in its list in JSON, from 1.
        kind: In which list.
        slug: Its name, as far as it could be read.
        card: The thing, or none if it could not be read.
        reason: Why not.
        columns: Of a CSV file: its columns. What languages and currencies none of them names stay as they are.
    """

    lines: tuple[int, ...]
    kind: str
    slug: str
    card: Card | None
    reason: str = ""
    columns: frozenset[str] | None = None


def read_sheet(content: bytes, format_: Format) -> list[Entry]:
    """Return what is in a file, in the order in which it must be taken.

    Raises:
        TooLarge: It has more bytes, rows, columns or characters in a cell than is allowed.
        InvalidInput: It is no such file.
    """
    if len(content) > MAX_BYTES:
        raise TooLarge(f"a file has at most {MAX_BYTES} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput("the file is not UTF-8", hint="save it as CSV UTF-8") from error
    return _read_json(text) if format_ == "json" else _read_csv(text)


def write_json(cards: Mapping[str, Sequence[Card]]) -> bytes:
    """Return a catalogue as JSON, laid out for people."""
    return msgspec.json.format(msgspec.json.encode(cards), indent=1)


# ---- JSON --------------------------------------------------------------------------------------


def _read_json(text: str) -> list[Entry]:
    try:
        lists = msgspec.json.decode(text, type=dict[str, list[msgspec.Raw]])
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise InvalidInput(
            "the file is no catalogue in JSON", hint=f"it has the lists {', '.join(_KINDS)}"
        ) from error
    if unknown := lists.keys() - _KINDS:
        raise InvalidInput(f"{min(unknown)[:40]!r} is no list of a catalogue")
    if sum(map(len, lists.values())) > MAX_ROWS:
        raise TooLarge(f"a file has at most {MAX_ROWS} entries")
    return [
        _json_entry(number, kind, raw)
        for kind in _KINDS
        for number, raw in enumerate(lists.get(kind, ()), 1)
    ]


def _json_entry(number: int, kind: str, raw: msgspec.Raw) -> Entry:
    try:
        card: Card = msgspec.json.decode(raw, type=_KINDS[kind])
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        return Entry((number,), kind, "", None, str(error)[:300])
    return Entry((number,), kind, card.slug, card)


# ---- CSV ---------------------------------------------------------------------------------------


def write_csv(products: Sequence[ProductCard]) -> bytes:
    """Return products as CSV, with a byte order mark: spreadsheets know then that it is UTF-8."""
    locales = sorted({k for p in products for k in ({**(p.name or {}), **(p.description or {})})})
    currencies = sorted({r.currency for p in products for v in p.variants for r in v.prices or ()})
    header = [
        *_PLAIN,
        *(f"{name}:{locale}" for name in _BY_LOCALE for locale in locales),
        *_OF_VARIANT,
        *(f"{name}:{currency}" for currency in currencies for name in _BY_CURRENCY),
    ]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header, restval="", lineterminator="\r\n")
    writer.writeheader()
    for product in products:
        cells = _product_cells(product)
        for variant in product.variants or (None,):
            row = cells | (_variant_cells(variant) if variant else {})
            writer.writerow({name: quoted(cell) for name, cell in row.items()})
            cells = {"slug": product.slug}
    return out.getvalue().encode("utf-8-sig")


def quoted(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unquoted(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _product_cells(product: ProductCard) -> dict[str, str]:
    cells = {
        "slug": product.slug,
        "merchant": product.merchant or "",
        "category": product.category or "",
        "status": product.status or "",
        "tags": _joined(product.tags or ()),
    }
    for name in ("options", "images", "affiliate_links"):
        value = getattr(product, name)
        cells[name] = msgspec.json.encode(value).decode() if value else ""
    for name, texts in (("name", product.name), ("description", product.description)):
        cells |= {f"{name}:{locale}": text for locale, text in (texts or {}).items()}
    return cells


def _variant_cells(variant: VariantCard) -> dict[str, str]:
    cells = {
        "sku": variant.sku,
        "variant_options": msgspec.json.encode(variant.options or {}).decode(),
        "available": str(variant.available or 0),
        "policy": variant.policy or "",
        "available_on": variant.available_on.isoformat() if variant.available_on else "",
    }
    for price in variant.prices or ():
        cells[f"price:{price.currency}"] = write_decimal(price.amount, price.currency)
        if price.compare_at is not None:
            compare_at = write_decimal(price.compare_at, price.currency)
            cells[f"compare_at:{price.currency}"] = compare_at
    return cells


def _joined(tags: Sequence[str]) -> str:
    if any("|" in tag or tag.startswith("[") for tag in tags):
        return msgspec.json.encode(tags).decode()
    return _SEPARATOR.join(tags)


def _read_csv(text: str) -> list[Entry]:
    rows = _rows(text)
    if not rows:
        raise InvalidInput("the file is empty", hint="its first line names the columns")
    header = [name.strip() for name in rows[0][1]]
    while header and not header[-1]:  # spreadsheets leave columns behind that were emptied
        header.pop()
    _check_header(header)
    groups: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for line, cells in rows[1:]:
        if not any(cells):
            continue
        named = dict(zip(header, map(_unquoted, cells), strict=False))
        if any(cells[len(header) :]):
            named[""] = "too many"
        groups.setdefault(named.get("slug", "").strip(), []).append((line, named))
    columns = frozenset(header)
    return [_csv_entry(slug, group, columns) for slug, group in groups.items()]


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows of a CSV text with the lines on which they begin."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            if len(found) > MAX_ROWS:
                raise TooLarge(f"a file has at most {MAX_ROWS} rows")
            if len(cells) > MAX_COLUMNS or any(len(cell) > MAX_CELL for cell in cells):
                raise TooLarge(f"line {line} has too many columns, or too long a cell")
            found.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InvalidInput(f"line {line} is no CSV: {error}") from error
    return found


def _check_header(header: list[str]) -> None:
    if "slug" not in header or len(set(header)) < len(header):
        raise InvalidInput("the first line names each column once, one of them slug")
    for name in header:
        base, colon, what = name.partition(":")
        if colon and base in _BY_CURRENCY:
            check_currency(what)
        elif colon and base in _BY_LOCALE and what:
            continue
        elif colon or base not in (*_PLAIN, *_OF_VARIANT):
            known = ", ".join((*_PLAIN, "name:fr", "description:fr", *_OF_VARIANT, "price:EUR"))
            raise InvalidInput(f"{name[:40]!r} is no column", hint=f"columns are {known}, …")


def _csv_entry(
    slug: str, group: list[tuple[int, dict[str, str]]], columns: frozenset[str]
) -> Entry:
    lines = tuple(line for line, _ in group)
    try:
        card = _csv_card(slug, group)
    except (InvalidInput, msgspec.DecodeError, RecursionError, UnicodeError) as error:
        return Entry(lines, "products", slug, None, str(error)[:300])
    return Entry(lines, "products", slug, card, columns=columns)


def _csv_card(slug: str, group: list[tuple[int, dict[str, str]]]) -> ProductCard:
    cells: dict[str, str] = {}
    variants: list[dict[str, Any]] = []
    for line, named in group:
        if "" in named:
            raise InvalidInput(f"line {line} has more cells than there are columns")
        if named.get("sku", "").strip():
            variants.append(_variant_values(named))
        elif any(named.get(name, "").strip() for name in named if _is_of_variant(name)):
            raise InvalidInput(f"line {line} has a price or stock and no sku")
        for name, cell in named.items():
            if _is_of_variant(name):
                continue
            if cell and cells.get(name) and cells[name] != cell:
                raise InvalidInput(f"line {line} has another {name} than a line before it")
            cells[name] = cells.get(name) or cell
    return msgspec.convert(
        {**_product_values(cells), "slug": slug, "variants": variants}, ProductCard
    )


def _is_of_variant(column: str) -> bool:
    return column.partition(":")[0] in (*_OF_VARIANT, *_BY_CURRENCY)


def _product_values(cells: dict[str, str]) -> dict[str, Any]:
    """Return what the cells of a product say; a column that is not there says nothing."""
    values: dict[str, Any] = {n: cells[n].strip() for n in ("merchant", "status") if cells.get(n)}
    if "status" in values:
        values["status"] = values["status"].lower()  # spreadsheets begin words with capitals
    if "category" in cells:
        values["category"] = cells["category"].strip() or None
    if "tags" in cells:
        values["tags"] = _split(cells["tags"])
    for name in ("options", "images", "affiliate_links"):
        if name in cells:
            values[name] = msgspec.json.decode(cells[name] or "[]")
    for name in _BY_LOCALE:
        columns = {k.partition(":")[2]: v for k, v in cells.items() if k.startswith(f"{name}:")}
        texts = {locale: text for locale, text in columns.items() if text}
        if texts or (columns and name == "description"):
            values[name] = texts
    return values


def _variant_values(named: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {"sku": named["sku"].strip()}
    if "variant_options" in named:
        values["options"] = msgspec.json.decode(named["variant_options"] or "{}")
    if available := named.get("available", "").strip():
        if not (available.isascii() and available.isdigit() and len(available) < 11):
            raise InvalidInput(f"{available[:20]!r} is no number of things")
        values["available"] = int(available)
    if policy := named.get("policy", "").strip():
        values["policy"] = policy.lower()
    if "available_on" in named:
        values["available_on"] = named["available_on"].strip() or None
    prices: list[dict[str, Any]] = []
    for name, cell in named.items():
        base, _, currency = name.partition(":")
        if base == "price" and cell.strip():
            compare_at = named.get(f"compare_at:{currency}", "").strip()
            prices.append(
                {
                    "amount": read_decimal(cell, currency),
                    "currency": currency,
                    "compare_at": read_decimal(compare_at, currency) if compare_at else None,
                }
            )
    if any(name.startswith("price:") for name in named):
        values["prices"] = prices
    return values


def _split(cell: str) -> list[str]:
    if cell.startswith("["):
        return msgspec.json.decode(cell, type=list[str])
    return [tag.strip() for tag in cell.split("|") if tag.strip()]
