"""Passwords: scrypt with the parameters that OWASP gives as a minimum (2024), one at a time."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import secrets

from vitrail.core.errors import InvalidInput

MIN_LENGTH = 10
COST, BLOCK, PARALLEL = 2**16, 8, 2
# 64 MiB a hash: no more than two at once, or a flood of sign-ins exhausts the memory.
TURNS = asyncio.Semaphore(2)


async def hash_password(password: str) -> str:
    """Return `scrypt$salt$hash` in base 64.

    Raises:
        InvalidInput: The password is shorter than `MIN_LENGTH` or longer than 1,000 characters.
    """
    if not MIN_LENGTH <= len(password) <= 1000:
        raise InvalidInput(f"a password has at least {MIN_LENGTH} characters")
    salt = secrets.token_bytes(16)
    return f"scrypt${_text(salt)}${_text(await _derive(password, salt))}"


async def verify_password(password: str, stored: str | None) -> bool:
    """Tell whether a password is the stored one; takes as long when nothing is stored."""
    salt = base64.b64decode(stored.split("$")[1]) if stored else b"0" * 16
    wanted = base64.b64decode(stored.split("$")[2]) if stored else b""
    return hmac.compare_digest(await _derive(password[:1000], salt), wanted)


async def _derive(password: str, salt: bytes) -> bytes:
    async with TURNS:  # the lock is what bounds the memory, so it is held while the thread works
        return await asyncio.to_thread(
            hashlib.scrypt,
            password.encode(),
            salt=salt,
            n=COST,
            r=BLOCK,
            p=PARALLEL,
            maxmem=256 << 20,
            dklen=32,
        )


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
