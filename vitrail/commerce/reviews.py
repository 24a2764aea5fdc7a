"""Reviews: sent, moderated, deleted. A product's rating follows the approved ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import func, select, update

from vitrail.commerce import checks, tables as t
from vitrail.commerce.model import Kind, ReviewStatus
from vitrail.core.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.commerce.inputs import ReviewInput
    from vitrail.commerce.ledger import Ledger, Work
    from vitrail.core.access import Actor

MAX_BODY = 5_000


class Bell(Protocol):
    """Whoever tells people something."""

    async def review_waits(
        self, sql: AsyncConnection, site_id: str, review_id: str, actor_id: str | None
    ) -> None:
        """Tell that reviews wait for a moderator, in the transaction in which one came."""
        ...


class Reviews:
    """Mutations of reviews. They change products without giving them another revision.

    Args:
        ledger: The record of changes.
        bell: Who tells that reviews wait; nobody is told without.
    """

    def __init__(self, ledger: Ledger, bell: Bell | None = None) -> None:
        self._ledger = ledger
        self._bell = bell

    async def create(
        self,
        site_id: str,
        actor: Actor,
        product_id: str,
        review: ReviewInput,
        *,
        status: ReviewStatus = ReviewStatus.PENDING,
    ) -> str:
        """Take a review, which waits for a moderator unless it is approved at once; return its id.

        Raises:
            NotFound: The site has no such product.
            InvalidInput: A value is out of bounds.
        """
        async with self._ledger.changing(site_id, actor) as work:
            await work.find(t.product, product_id, "product")
            [made] = await insert_reviews(work, [(product_id, review, status)])
            if self._bell is not None and status is ReviewStatus.PENDING:
                await self._bell.review_waits(work.sql, site_id, made, actor.user_id)
            return made

    async def moderate(
        self,
        site_id: str,
        actor: Actor,
        review_id: str,
        status: ReviewStatus,
        *,
        if_revision: int | None = None,
    ) -> None:
        """Approve or reject a review, or let it wait again.

        Raises:
            NotFound: The site has no such review.
            RevisionConflict: It is at another revision.
        """
        async with self._ledger.changing(site_id, actor) as work:
            row = await work.find(t.review, review_id, "review")
            values = {"status": status}
            await work.edit(t.review, row, values, if_revision=if_revision, label="review")
            work.note(Kind.REVIEW, review_id)
            await _rate(work, [row["product_id"]])

    async def delete(self, site_id: str, actor: Actor, review_id: str) -> None:
        """Delete a review.

        Raises:
            NotFound: The site has no such review.
        """
        async with self._ledger.changing(site_id, actor) as work:
            row = await work.find(t.review, review_id, "review")
            await work.remove(t.review, review_id)
            work.note(Kind.REVIEW, review_id, deleted=True)
            await _rate(work, [row["product_id"]])


async def insert_reviews(
    work: Work, new: Sequence[tuple[str, ReviewInput, ReviewStatus]]
) -> list[str]:
    """Take reviews (of which product, the review, its status); return their ids.

    Raises:
        InvalidInput: A value is out of bounds.
    """
    rows: list[dict[str, Any]] = []
    for product_id, review, status in new:
        if not 1 <= review.rating <= 5:
            raise InvalidInput("a rating is 1 to 5")
        rows.append(
            {
                "id": work.new_id(),
                "site_id": work.site_id,
                "product_id": product_id,
                "author": checks.check_line(review.author, "an author"),
                "rating": review.rating,
                "body": checks.check_text(review.body, "a review", MAX_BODY),
                "locale": review.locale and checks.check_locale(review.locale),
                "verified": review.verified,
                "status": status,
                **work.dates(),
            }
        )
        work.note(Kind.REVIEW, rows[-1]["id"])
    await work.add(t.review, rows)
    await _rate(work, dict.fromkeys(product_id for product_id, _, _ in new))
    return [row["id"] for row in rows]


async def _rate(work: Work, product_ids: Collection[str]) -> None:
    """Set the ratings of products anew, from their approved reviews."""
    r = t.review.c
    for product_id in product_ids:
        query = select(func.coalesce(func.sum(r.rating), 0), func.count()).where(
            r.product_id == product_id, r.status == ReviewStatus.APPROVED
        )
        total, count = (await work.sql.execute(query)).one()
        p = t.product.c
        changed = await work.sql.execute(
            update(t.product)
            .where(p.id == product_id, (p.rating_sum != total) | (p.rating_count != count))
            .values(
                rating_sum=total,
                rating_count=count,
                rating=(200 * total + count) // (2 * count) if count else 0,
            )
        )
        if changed.rowcount:
            work.note(Kind.PRODUCT, product_id)
