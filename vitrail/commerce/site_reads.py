"""Reading what belongs to some sites: how pages are cut, in one statement each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import BindParameter, Integer, bindparam, func, select

from vitrail.commerce.paging import Order, Page, check_first
from vitrail.commerce.rows import by

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from sqlalchemy import ColumnElement, CompoundSelect, Select

    from vitrail.core.database import Database

T = TypeVar("T")
# Values that are given when a statement is executed, so that it need not be built each time.
SITES: BindParameter[Any] = bindparam("sites", expanding=True)
IDS: BindParameter[Any] = bindparam("ids", expanding=True)
FIRST: BindParameter[Any] = bindparam("first", type_=Integer)
LAST: BindParameter[Any] = bindparam("last", type_=Integer)


class SiteReads:
    """Reads of the sites that the caller may see and no others.

    Args:
        database: Where they are.
        site_ids: The sites.
        public_only: Whether only what visitors see exists: active products, approved reviews.
    """

    def __init__(
        self,
        database: Database,
        site_ids: Collection[str],
        *,
        public_only: bool = False,
    ) -> None:
        self._database = database
        self._sites = list(site_ids)
        self._is_sqlite = database.is_sqlite
        self._public_only = public_only

    async def _all(
        self, query: Select[*tuple[Any, ...]] | CompoundSelect[Any], **values: Any
    ) -> Sequence[Any]:
        """Return all rows of a query, in which `SITES` stands for the sites that may be seen."""
        return await self._database.fetch(query, {"sites": self._sites, **values})

    async def _page(
        self,
        query: Select[Any],
        order: Order,
        first: int,
        after: str | None,
        make: Callable[[Any], T],
    ) -> Page[T]:
        """Return one page of a query's rows."""
        query = query.add_columns(order.key.label("page_key"), order.tie.label("page_tie"))
        if after is not None:
            query = query.where(order.behind(after))
        query = query.order_by(*order.terms()).limit(check_first(first) + 1)
        return _cut(await self._all(query), order, first, make)

    async def _pages(
        self,
        query: Select[Any],
        of: ColumnElement[str],
        order: Order,
        first: int,
        after: str | None,
        make: Callable[[Any], T],
    ) -> dict[str, Page[T]]:
        """Return a page for each value of a column, in one statement."""
        if after is not None:
            query = query.where(order.behind(after))
        return await self._firsts(first_of_each(query, of, order), order, first, make)

    async def _firsts(
        self,
        query: Select[Any],
        order: Order,
        first: int,
        make: Callable[[Any], T],
        **values: Any,
    ) -> dict[str, Page[T]]:
        """Return the pages of a query of `first_of_each`."""
        found = await self._all(query, last=check_first(first) + 1, **values)
        parts = by(found, "page_of", _itself)
        return {key: _cut(part, order, first, make) for key, part in parts.items()}


def first_of_each(query: Select[Any], of: ColumnElement[str], order: Order) -> Select[Any]:
    """Return a query for the first rows for each value of a column, `LAST` of them at most."""
    place = func.row_number().over(partition_by=of, order_by=order.terms())
    inner = query.add_columns(
        order.key.label("page_key"),
        order.tie.label("page_tie"),
        of.label("page_of"),
        place.label("page_place"),
    ).subquery()
    return (
        select(inner)
        .where(inner.c.page_place <= LAST)
        .order_by(inner.c.page_of, inner.c.page_place)
    )


def _itself(row: Any) -> Any:
    return row


def _cut(found: Sequence[Any], order: Order, first: int, make: Callable[[Any], T]) -> Page[T]:
    shown = found[:first]
    positions = tuple(order.position(row.page_key, row.page_tie) for row in shown)
    return Page(tuple(make(row) for row in shown), positions, has_next=len(found) > first)
