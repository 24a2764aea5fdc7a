"""Stock: counted, set aside for somebody, given back or sold. It is never below zero."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from vitrail.commerce import checks, tables as t
from vitrail.commerce.model import Kind, Reservation, ReservedLine, StockPolicy
from vitrail.core.access import SYSTEM
from vitrail.core.clock import aware
from vitrail.core.errors import Conflict, InvalidInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vitrail.commerce.ledger import Ledger, Work
    from vitrail.core.access import Actor
    from vitrail.core.clock import Clock

LOG = logging.getLogger(__name__)
LOOK_SECONDS = 5.0
MAX_MINUTES = 24 * 60
MAX_LINES = 100


class OutOfStock(Conflict):
    """There are not as many as are wanted.

    Attributes:
        variant_id: Of what.
        available: How many there are.
    """

    default_code = "out_of_stock"

    def __init__(self, variant_id: str, available: int) -> None:
        super().__init__(f"only {available} of this variant are left", hint="take fewer")
        self.variant_id = variant_id
        self.available = available


class Stocks:
    """Mutations of stock. They change products without giving them another revision."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    async def adjust(self, site_id: str, actor: Actor, variant_id: str, by: int) -> int:
        """Add to what is available, or take away; return what there is then.

        Raises:
            NotFound: The site has no such variant.
            OutOfStock: There are not so many to take away.
            InvalidInput: There would be more than can be counted.
        """
        async with self._ledger.changing(site_id, actor) as work:
            row = await work.find(t.variant, variant_id, "variant")
            if row["available"] + by < 0:
                raise OutOfStock(variant_id, row["available"])
            count = checks.check_stock(row["available"] + by)
            await _move(work, row, available=by)
            return count

    async def reserve(
        self,
        site_id: str,
        actor: Actor,
        wanted: Mapping[str, int],
        *,
        minutes: int = 15,
        reference: str | None = None,
    ) -> Reservation:
        """Set stock aside, all that is wanted or nothing; it comes back by itself in time.

        Args:
            site_id: The site.
            actor: Who.
            wanted: How many, by variant.
            minutes: For how long.
            reference: The caller's name for it: asked again with the same one, the answer is the same
                reservation.

        Raises:
            NotFound: The site has no such variant.
            OutOfStock: There are not so many, and the variant's policy is to deny.
            Conflict: Something else was set aside by this reference.
            InvalidInput: A number is out of bounds.
        """
        if not 0 < len(wanted) <= MAX_LINES or any(not 0 < n <= 10**6 for n in wanted.values()):
            raise InvalidInput(f"a reservation has 1 to {MAX_LINES} variants, of each at least one")
        if not 0 < minutes <= MAX_MINUTES:
            raise InvalidInput(f"stock is set aside for 1 to {MAX_MINUTES} minutes")
        if reference is not None:
            reference = checks.check_line(reference, "a reference", 100)
        async with self._ledger.changing(site_id, actor) as work:
            await _expire(work)
            if reference is not None and (known := await _by_reference(work, reference)):
                if {line.variant_id: line.quantity for line in known.lines} != wanted:
                    raise Conflict(
                        f"something else was set aside as {reference!r}",
                        code="reservation",
                        hint="release it, and set aside anew with another reference",
                    )
                return known
            lines: list[ReservedLine] = []
            for variant_id in sorted(wanted):
                row = await work.find(t.variant, variant_id, "variant")
                quantity = wanted[variant_id]
                taken = min(quantity, row["available"])
                if taken < quantity and row["policy"] == StockPolicy.DENY:
                    raise OutOfStock(variant_id, row["available"])
                await _move(work, row, available=-taken, reserved=quantity)
                lines.append(ReservedLine(variant_id, quantity, taken))
            until = work.now + timedelta(minutes=minutes)
            made = Reservation(work.new_id(), site_id, tuple(lines), "held", until)
            lines_stored = msgspec.to_builtins(made.lines)
            row = {**msgspec.structs.asdict(made), "lines": lines_stored, "reference": reference}
            await work.add(t.reservation, [row])
            return made

    async def release(self, site_id: str, actor: Actor, reservation_id: str) -> Reservation:
        """Give back what was set aside.

        Raises:
            NotFound: The site has no such reservation.
            Conflict: It was committed.
        """
        return await self._end(site_id, actor, reservation_id, "released")

    async def commit(self, site_id: str, actor: Actor, reservation_id: str) -> Reservation:
        """Sell what was set aside.

        Raises:
            NotFound: The site has no such reservation.
            Conflict: It was released, or its time is over.
        """
        return await self._end(site_id, actor, reservation_id, "committed")

    async def expire(self, site_id: str, actor: Actor) -> int:
        """Give back everything whose time is over; return how many reservations that were."""
        async with self._ledger.changing(site_id, actor) as work:
            return await _expire(work)

    async def run(self) -> None:
        """Give back what is due until cancelled; several nodes may, and one of them does.

        `reserve` does so too, but who sees that nothing is left does not ask.
        """
        while True:
            try:
                await self.look()
            except (SQLAlchemyError, OSError):
                LOG.exception("stock that is due back cannot be read; tried again")
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Give back everything whose time is over, on all sites."""
        site, r = t.ledger.c.site_id, t.reservation.c
        due = (r.site_id == site) & (r.state == "held") & (r.expires_at <= self._clock.now())
        query = select(site).where(select(r.id).where(due).exists())
        for row in await self._ledger.database.fetch(query):
            try:
                await self.expire(row.site_id, SYSTEM)
            except NotFound:
                continue  # deleted meanwhile

    async def _end(
        self, site_id: str, actor: Actor, reservation_id: str, state: str
    ) -> Reservation:
        async with self._ledger.changing(site_id, actor) as work:
            row = await work.find(t.reservation, reservation_id, "reservation")
            found = _reservation(row)
            if found.state == state:  # asked twice
                return found
            is_over = found.expires_at <= work.now and state == "committed"
            if found.state != "held" or is_over:
                over = "expired" if is_over else found.state
                raise Conflict(f"this reservation is {over}", code="reservation")
            await _settle(work, found, state)
            return msgspec.structs.replace(found, state=state)


async def _by_reference(work: Work, reference: str) -> Reservation | None:
    r = t.reservation.c
    query = select(t.reservation).where(r.site_id == work.site_id, r.reference == reference)
    row = (await work.sql.execute(query)).mappings().first()
    return None if row is None else _reservation(dict(row))


async def _expire(work: Work) -> int:
    r = t.reservation.c
    due = (r.site_id == work.site_id) & (r.state == "held") & (r.expires_at <= work.now)
    rows = (await work.sql.execute(select(t.reservation).where(due))).mappings().all()
    for row in rows:
        await _settle(work, _reservation(dict(row)), "expired")
    return len(rows)


async def _settle(work: Work, found: Reservation, state: str) -> None:
    for line in found.lines:
        try:
            row = await work.find(t.variant, line.variant_id, "variant")
        except NotFound:
            continue  # deleted since, with its stock
        back = 0 if state == "committed" else line.taken
        await _move(work, row, available=back, reserved=-line.quantity)
    r = t.reservation
    await work.sql.execute(update(r).where(r.c.id == found.id).values(state=state))


async def _move(work: Work, row: dict[str, Any], *, available: int = 0, reserved: int = 0) -> None:
    v = t.variant.c
    await work.sql.execute(
        update(t.variant)
        .where(v.id == row["id"])
        .values(available=v.available + available, reserved=v.reserved + reserved)
    )
    work.note(Kind.PRODUCT, row["product_id"])


def _reservation(row: dict[str, Any]) -> Reservation:
    return Reservation(
        row["id"],
        row["site_id"],
        msgspec.convert(row["lines"], tuple[ReservedLine, ...]),
        row["state"],
        aware(row["expires_at"]),
    )
