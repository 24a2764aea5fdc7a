"""Pages by key: a page begins behind a position, which names a place and not a number of rows."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import BigInteger, ColumnElement, and_, bindparam, cast, func, or_

from vitrail.commerce import tables as t
from vitrail.commerce.filters import lowest_price
from vitrail.core.clock import aware
from vitrail.core.errors import InvalidInput
from vitrail.core.ids import is_id

if TYPE_CHECKING:
    from sqlalchemy import Subquery

MAX_PAGE = 250
T = TypeVar("T")


class SortField(StrEnum):
    """What products are sorted by."""

    RELEVANCE = "relevance"
    PRICE = "price"
    NAME = "name"
    RATING = "rating"
    CREATED = "created"
    UPDATED = "updated"
    BEST_SELLING = "best_selling"


class ProductSort(Struct, frozen=True):
    """How products are sorted; equal ones by their ids.

    Attributes:
        field: By what; `RELEVANCE` needs a search.
        descending: From the largest down. By default names and prices rise and all else falls.
        currency: Of prices; products without a price in it come last.
        locale: Of names; languages other than French are sorted by their English names.
    """

    field: SortField = SortField.CREATED
    descending: bool | None = None
    currency: str = "EUR"
    locale: str = "en"

    @property
    def falls(self) -> bool:
        """Whether it goes down."""
        if self.descending is not None:
            return self.descending
        return self.field not in {SortField.NAME, SortField.PRICE}


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows with the position of each.

    Attributes:
        items: The rows.
        positions: For each row the position behind which the next page begins.
        has_next: Whether there are more.
    """

    items: tuple[T, ...]
    positions: tuple[str, ...]
    has_next: bool


@dataclass(frozen=True, slots=True)
class Order:
    """An order of rows that a page can be cut from.

    Attributes:
        name: What it is; a position is good for the order that it was made in only.
        key: What is sorted by, never null.
        tie: What equal ones are sorted by: the id.
        falls: Whether the key goes down; the id goes along.
        is_moment: Whether the key is a time.
    """

    name: str
    key: ColumnElement[Any]
    tie: ColumnElement[str]
    falls: bool
    is_moment: bool = False

    def terms(self) -> list[ColumnElement[Any]]:
        """Return what to order by."""
        found = [self.key, self.tie]
        return [term.desc() for term in found] if self.falls else found

    def position(self, key: Any, row_id: str) -> str:
        """Return the position of a row."""
        if isinstance(key, datetime):
            key = aware(key).isoformat()
        packed = msgspec.json.encode([self.name, key, row_id])
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")

    def behind(self, position: str) -> ColumnElement[bool]:
        """Return the condition that a row comes behind a position.

        Raises:
            InvalidInput: It is no position of this order.
        """
        key, row_id = self._read(position)
        if self.falls:
            return or_(self.key < key, and_(self.key == key, self.tie < row_id))
        return or_(self.key > key, and_(self.key == key, self.tie > row_id))

    def _read(self, position: str) -> tuple[Any, str]:
        try:
            padded = position + "=" * (-len(position) % 4)
            packed = base64.b64decode(padded, altchars=b"-_", validate=True)
            name, key, row_id = msgspec.json.decode(packed, type=tuple[str, int | str, str])
            if self.is_moment and isinstance(key, str):
                key = aware(datetime.fromisoformat(key))
        except (ValueError, binascii.Error, msgspec.DecodeError) as error:
            raise InvalidInput(_NO_POSITION, hint=_HINT) from error
        kind = self.key.type.python_type
        if name != self.name or not isinstance(key, kind) or not is_id(row_id):
            raise InvalidInput(_NO_POSITION, hint=_HINT)
        if isinstance(key, int) and abs(key) >= 2**63:
            raise InvalidInput(_NO_POSITION, hint=_HINT)
        return bindparam(None, key, type_=self.key.type), row_id


_NO_POSITION = "this is no position in this list"
_HINT = "take it from a page of the same list in the same order"


def check_first(first: int) -> int:
    """Return how many rows are wanted.

    Raises:
        InvalidInput: It is below 0 or above `MAX_PAGE`.
    """
    if not 0 <= first <= MAX_PAGE:
        raise InvalidInput(f"a page has 0 to {MAX_PAGE} rows")
    return first


def product_order(sort: ProductSort, hits: Subquery | None, *, is_sqlite: bool) -> Order:
    """Return how products are sorted.

    Args:
        sort: As asked.
        hits: What a search has found, if there was one.
        is_sqlite: Whose names of collations are good.

    Raises:
        InvalidInput: It is by relevance without a search, or the currency is unknown.
    """
    p = t.product.c
    name = f"{sort.field}{'-' if sort.falls else '+'}"
    match sort.field:
        case SortField.RELEVANCE:
            if hits is None:
                raise InvalidInput("only what was searched for has a relevance")
            return Order(name, hits.c.rank, p.id, sort.falls)
        case SortField.PRICE:
            none = -1 if sort.falls else 2**62
            key = func.coalesce(lowest_price(sort.currency), cast(none, BigInteger))
            return Order(f"{name}{sort.currency}", key, p.id, sort.falls)
        case SortField.NAME:
            column = p.sort_fr if sort.locale.startswith("fr") else p.sort_en
            # By code points, as Python and JavaScript compare, whatever the database's own order.
            key = column.collate("BINARY" if is_sqlite else "C")
            return Order(f"{name}{column.name}", key, p.id, sort.falls)
        case SortField.RATING:
            return Order(name, p.rating, p.id, sort.falls)
        case SortField.CREATED:
            return Order(name, p.created_at, p.id, sort.falls, is_moment=True)
        case SortField.UPDATED:
            return Order(name, p.updated_at, p.id, sort.falls, is_moment=True)
        case SortField.BEST_SELLING:
            return Order(name, p.units_sold, p.id, sort.falls)
