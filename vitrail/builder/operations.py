"""Every operation of the vocabulary, and who carries it out."""

from typing import assert_never

from vitrail.builder.commands import (
    AddPage,
    Command,
    Duplicate,
    Insert,
    Move,
    Remove,
    RemovePage,
    RenamePage,
    SetText,
    Style,
    Theme,
    Undo,
    Update,
)
from vitrail.builder.content import set_text, style, update
from vitrail.builder.site_operations import add_page, change_theme, rename_page
from vitrail.builder.structure import duplicate, insert, move, remove
from vitrail.builder.workbench import Workbench, existing_page, request


def apply_operation(  # noqa: C901 - one branch for each operation
    bench: Workbench, operation: Command
) -> list[str]:
    """Run one operation; it checks everything before it writes anything.

    Returns:
        The tops that it made.

    Raises:
        VitrailError: It cannot be done; nothing was changed.
    """
    match operation:
        case Insert():
            return insert(bench, operation)
        case Remove():
            return remove(bench, operation)
        case Move():
            return move(bench, operation)
        case Duplicate():
            return duplicate(bench, operation)
        case SetText():
            return set_text(bench, operation)
        case Update():
            return update(bench, operation)
        case Style():
            return style(bench, operation)
        case Theme():
            return change_theme(bench, operation)
        case RenamePage():
            return rename_page(bench, operation)
        case AddPage():
            return add_page(bench, operation)
        case RemovePage():
            existing_page(bench, operation.page)
            return request(bench, "remove_page", {"page": operation.page})
        case Undo():
            return request(bench, "undo", {"run": operation.run})
        case _:
            assert_never(operation)
