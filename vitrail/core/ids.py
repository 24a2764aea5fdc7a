"""Identifiers: ULIDs for rows, base-62 secrets for tokens. None can be guessed or counted."""

from __future__ import annotations

import secrets
import string
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vitrail.core.clock import Clock

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase


def new_id(clock: Clock) -> str:
    """Return a ULID: 48 bits of milliseconds, then 80 random bits, as 26 characters."""
    value = int(clock.now().timestamp() * 1000) << 80 | secrets.randbits(80)
    return "".join(CROCKFORD[value >> shift & 31] for shift in range(125, -1, -5))


def is_id(text: str) -> bool:
    """Tell whether a text has the shape of a row's id."""
    return len(text) == 26 and all(c in CROCKFORD for c in text)


def new_secret() -> str:
    """Return 32 base-62 characters, 190 bits: nobody guesses it, so a plain hash may store it."""
    return "".join(secrets.choice(BASE62) for _ in range(32))
