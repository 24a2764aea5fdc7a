"""Ids: what a thing is and which, as documents are named: `page:01J…`."""

from __future__ import annotations

from vitrail.core.errors import InvalidInput
from vitrail.core.ids import is_id


def read_id(value: str, kind: str) -> str:
    """Return the key in an id of a kind.

    Raises:
        InvalidInput: It is not one of that kind.
    """
    found, _, key = value.partition(":")
    if found != kind or not is_id(key):
        raise InvalidInput(f"this is not the id of a {kind}", hint=f"ids look like {kind}:01J…")
    return key


def split_id(value: str) -> tuple[str, str]:
    """Return the kind and the key of any id.

    Raises:
        InvalidInput: It is not one.
    """
    kind, _, key = value.partition(":")
    if not is_id(key):
        raise InvalidInput("this is not an id", hint="ids look like page:01J…")
    return kind, key
