"""Texts in several languages, as clients send them."""

from __future__ import annotations

from typing import Any

import msgspec

from vitrail.core.errors import InvalidInput


def read_texts(value: Any) -> dict[str, str]:
    """Return texts by language.

    Raises:
        InvalidInput: It is anything else.
    """
    try:
        return msgspec.convert(value, dict[str, str])
    except msgspec.ValidationError as error:
        raise InvalidInput('texts are by language: {"fr": "…", "en": "…"}') from error
