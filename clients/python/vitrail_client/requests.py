"""What may be asked of a server: made by the functions of `vitrail_client.operations`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import UNSET

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")


class Request(Generic[T]):
    """An operation with its variables.

    Attributes:
        name: What it is called in its document.
        hash: SHA-256 of its text, in hexadecimal: its name as a persisted document.
        text: Its document.
        answer: The type of its data.
        variables: Those that are given.
    """

    def __init__(
        self, name: str, hash_: str, text: str, answer: type[T], variables: Mapping[str, Any]
    ) -> None:
        self.name = name
        self.hash = hash_
        self.text = text
        self.answer = answer
        self.variables = {key: value for key, value in variables.items() if value is not UNSET}


class Query(Request[T]):
    """What is asked without changing anything."""


class Mutation(Request[T]):
    """What changes something."""


class Subscription(Request[T]):
    """What is told of from now on."""
