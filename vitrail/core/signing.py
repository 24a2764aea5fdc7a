"""Signatures of messages to other servers: Standard Webhooks 1.0, symmetric.

Specification: github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_signing_secret() -> str:
    """Return a secret as receivers are given it: `whsec_` and 256 random bits in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(message_id: str, at: datetime, body: bytes, keys: Iterable[str]) -> dict[str, str]:
    """Return the headers that prove who sent a message and when.

    Args:
        message_id: The same each time that the same message is sent.
        at: The time of this attempt; receivers refuse what is too old.
        body: The message.
        keys: Secrets that are valid, of which a receiver needs to know one.
    """
    timestamp = str(int(at.timestamp()))
    signed = b".".join((message_id.encode(), timestamp.encode(), body))
    signatures = [
        hmac.digest(base64.b64decode(key.removeprefix(PREFIX)), signed, hashlib.sha256)
        for key in keys
    ]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(
            f"v1,{base64.b64encode(each).decode()}" for each in signatures
        ),
    }
