"""What the collaboration rooms need from the rest of the house."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pycrdt import Doc

    from vitrail.core.access import Actor


class Scope(StrEnum):
    """What a member may do to a document."""

    WRITE = "read-write"
    CONTENT = "content"
    READ = "readonly"


@dataclass(frozen=True, slots=True)
class Change:
    """What a transaction touched in one shared type.

    Attributes:
        root: Name of the root type.
        path: Keys from the root to the type; empty for the root itself.
        keys: Keys of a map with what happened to them (`add`, `update`, `delete`); empty for text.
    """

    root: str
    path: tuple[str, ...]
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Admission:
    """Leave to open a document.

    Attributes:
        scope: What the member may do.
        create: Whether the document is made when it does not exist yet.
    """

    scope: Scope
    create: bool = False


class Schema(Protocol):
    """The rules of one kind of document."""

    roots: Mapping[str, type[Any]]
    """Name and pycrdt class of every root; empty: any root, nothing is validated."""

    def validate(self, doc: Doc[Any], changes: Sequence[Change], scope: Scope) -> None:
        """Raise `InvalidInput` or `NotAllowed` if what an update touched breaks a rule."""
        ...

    def repair(self, doc: Doc[Any], changes: Sequence[Change]) -> None:
        """Write what concurrent edits made necessary."""
        ...


class Gate(Protocol):
    """Decides who may open what."""

    async def admit(self, actor: Actor, name: str) -> Admission:
        """Return what an actor may do to a document.

        Raises:
            VitrailError: They may not open it, or there is no such document.
        """
        ...

    async def refresh(self, actor: Actor) -> Actor:
        """Read an actor's roles anew; raise if they have ended."""
        ...
