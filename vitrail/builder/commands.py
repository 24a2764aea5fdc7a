"""EditCommand: the vocabulary of edits (docs/edit-commands.md), decoded from JSON."""

from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from vitrail.core.errors import InvalidInput


class Target(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True, frozen=True):
    """What an operation is about: an id, a reference, or a search by name."""

    id: str | None = None
    ref: Literal["selection", "last"] | None = None
    type: str | None = None
    nth: int | Literal["all", "middle"] | None = None
    in_: "Target | None" = msgspec.field(default=None, name="in")
    text: str | None = None

    def __post_init__(self) -> None:
        if sum(field is not None for field in (self.id, self.ref, self.type)) != 1:
            raise ValueError("a target has exactly one of id, ref and type")
        if self.nth == 0:
            raise ValueError("nth counts from 1, or from -1 backwards")


class Place(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True, frozen=True):
    """Where an operation puts its nodes."""

    at: Literal["start", "end"] | None = None
    before: Target | None = None
    after: Target | None = None
    inside: Target | None = None
    index: int | None = None
    by: int | None = None

    def __post_init__(self) -> None:
        ways = (self.at, self.before, self.after, self.inside, self.by)
        if sum(way is not None for way in ways) != 1:
            raise ValueError("a position has exactly one of at, before, after, inside and by")
        if self.index is not None and self.inside is None:
            raise ValueError("index goes with inside")


class Operation(
    msgspec.Struct, tag_field="op", omit_defaults=True, forbid_unknown_fields=True, frozen=True
):
    """Any operation."""


class Insert(Operation, tag="insert", frozen=True):
    """Build a block or primitive, or paste nodes."""

    block: str | None = None
    props: dict[str, Any] = {}
    at: Place | None = None
    nodes: list[dict[str, Any]] | None = None

    def __post_init__(self) -> None:
        if (self.block is None) == (self.nodes is None):
            raise ValueError("insert has either block or nodes")


class Remove(Operation, tag="remove", frozen=True):
    """Move to the trash."""

    target: Target


class Move(Operation, tag="move", frozen=True):
    """Move to another place."""

    target: Target
    at: Place


class Duplicate(Operation, tag="duplicate", frozen=True):
    """Copy after the original, or to another page."""

    target: Target
    count: int = 1
    to_page: str | None = None


class SetText(Operation, tag="set_text", frozen=True):
    """Change a text, or a property that is one."""

    target: Target
    text: str | list[dict[str, Any]]
    locale: str | None = None
    field: str | None = None


class Update(Operation, tag="update", frozen=True):
    """Change properties, and name, tag, anchor, hidden, lock."""

    target: Target
    set: dict[str, Any]
    locale: str | None = None


class Style(Operation, tag="style", frozen=True):
    """Change styles."""

    target: Target
    set: dict[str, str | float | None]
    breakpoint: Literal["_", "md", "sm"] = "_"
    state: Literal["", "hover", "focus"] = ""


class Theme(Operation, tag="theme", frozen=True):
    """Change design tokens or the theme of the site."""

    set: dict[str, str | None]


class AddPage(Operation, tag="add_page", frozen=True):
    """Add a page to the site."""

    title: str
    slug: str | None = None
    after: str | None = None
    locale: str | None = None


class RenamePage(Operation, tag="rename_page", frozen=True):
    """Change the title or the slug of a page."""

    page: str
    title: str | None = None
    slug: str | None = None
    locale: str | None = None


class RemovePage(Operation, tag="remove_page", frozen=True):
    """Remove a page from the site."""

    page: str


class Undo(Operation, tag="undo", frozen=True):
    """Undo a run of commands."""

    run: str


Command = (
    Insert
    | Remove
    | Move
    | Duplicate
    | SetText
    | Update
    | Style
    | Theme
    | AddPage
    | RenamePage
    | RemovePage
    | Undo
)


def decode(raw: Sequence[Any]) -> list[Command]:
    """Read operations that came as JSON values, or as undecoded `msgspec.Raw` ones.

    Raises:
        InvalidInput: One is malformed; the message says where.
    """
    try:
        return [
            msgspec.json.decode(item, type=Command)
            if isinstance(item, msgspec.Raw)
            else msgspec.convert(item, type=Command)
            for item in raw
        ]
    except (msgspec.ValidationError, ValueError, RecursionError) as error:
        raise InvalidInput(f"the operations are malformed: {error}") from error


def operation_name(operation: Command) -> str:
    """Return the name of an operation as JSON writes it."""
    encoded: dict[str, Any] = msgspec.to_builtins(operation)
    return encoded["op"]
