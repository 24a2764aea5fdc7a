"""The one place that calls pycrdt's native document itself, past the layers that collaboration does not use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pycrdt import Doc


def apply_updates(
    doc: Doc[Any], updates: Sequence[bytes], after_each: Callable[[], None] | None = None
) -> None:
    """Apply updates in one transaction: half the time of `Doc.apply_update`.

    No transaction may be open, and only `Doc.observe` may be in use: callbacks of shared types need
    the transaction that this leaves out.
    """
    native = doc._doc  # pyright: ignore[reportPrivateUsage]
    transaction = native.create_transaction()
    try:
        for update in updates:
            native.apply_update(transaction, update)
            if after_each is not None:
                after_each()
        transaction.commit()
    finally:
        transaction.drop()
