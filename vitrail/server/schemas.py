"""The rules of each kind of document, as the rooms ask for them: wires collab to the builder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pycrdt import Map

from vitrail.builder import schema, tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pycrdt import Doc

    from vitrail.collab.ports import Change, Schema, Scope


class BuilderSchema:
    """The rules of a page or site document."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self.roots: Mapping[str, type[Any]] = dict.fromkeys(schema.ROOTS[kind], Map)

    def validate(self, doc: Doc[Any], changes: Sequence[Change], scope: Scope) -> None:
        """Raise if what an update touched breaks a rule of the page model, or of the scope."""
        touched = [schema.Change(c.root, c.path, tuple(c.keys.items())) for c in changes]
        schema.validate(doc, self._kind, touched, schema.Scope(scope.value))

    def repair(self, doc: Doc[Any], changes: Sequence[Change]) -> None:
        """Write what concurrent moves made necessary."""
        del changes
        if self._kind == "page":
            tree.repair(doc)


class FreeSchema:
    """No rules: a document of another program."""

    roots: Mapping[str, type[Any]] = {}

    def validate(self, doc: Doc[Any], changes: Sequence[Change], scope: Scope) -> None:
        """Let everything pass."""

    def repair(self, doc: Doc[Any], changes: Sequence[Change]) -> None:
        """Leave everything."""


def schemas() -> Mapping[str, Schema]:
    """Return the rules by kind of document."""
    kinds: dict[str, Schema] = {kind: BuilderSchema(kind) for kind in schema.ROOTS}
    return {**kinds, "doc": FreeSchema()}
