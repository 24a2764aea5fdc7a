"""Compare a page with what it was at another moment, and bring it back to that, by ordinary edits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from pycrdt import Map, Text

from vitrail.builder.documents import YDoc, YMap, is_in_trash, plain_number, root
from vitrail.builder.journal import Inverse, Journal
from vitrail.builder.richtext import read_runs, to_delta
from vitrail.builder.tree import (
    ROOT,
    TRASH,
    Position,
    Tree,
    build_tree,
    is_node_id,
    next_counter,
    plain_map,
    read_position,
)

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NodeChange:
    """What became of one node between two moments."""

    id: str
    type: str
    name: str | None
    properties: tuple[str, ...] = ()
    """Keys as in the document, `pos` for a move; empty for nodes that came or went."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two moments of a page; what lay in the trash both times is left out."""

    added: tuple[NodeChange, ...]
    removed: tuple[NodeChange, ...]
    changed: tuple[NodeChange, ...]
    meta: tuple[str, ...]


class _State:
    """A page as plain values, texts as deltas."""

    def __init__(self, doc: YDoc) -> None:
        nodes = root(doc, "nodes")
        self.meta: Fields = plain_number(plain_map(root(doc, "meta")))
        with doc.transaction():
            self.nodes: dict[str, Fields] = {
                identifier: _fields(nodes, identifier, cast("dict[str, Any]", node))
                for identifier, node in plain_map(nodes).items()
                if is_node_id(identifier) and isinstance(node, dict)
            }
        self.positions: dict[str, Position] = {
            identifier: read_position(node.get("pos")) for identifier, node in self.nodes.items()
        }
        self.tree: Tree = build_tree(self.positions)
        self.shown = {n for n in self.nodes if not is_in_trash(self.tree, n)}

    def place(self, identifier: str) -> tuple[str, str]:
        """Return a node's parent, as everyone sees it, and its order key."""
        return self.tree.parents[identifier], self.positions[identifier].i

    def describe(self, identifier: str, properties: tuple[str, ...] = ()) -> NodeChange:
        node = self.nodes[identifier]
        name = node.get("name")
        named = name if isinstance(name, str) else None
        return NodeChange(identifier, str(node.get("type")), named, properties)


def _fields(nodes: YMap, identifier: str, node: dict[str, Any]) -> Fields:
    fields: dict[str, Any] = plain_number(node)
    texts = [key for key in node if key.startswith("text@")]
    if texts:
        source: YMap = nodes[identifier]
        fields |= {key: to_delta(read_runs(source[key])) for key in texts}
    return fields


def compare(before: YDoc, after: YDoc) -> Comparison:
    """Tell what differs between two moments of a page.

    Cost: that of reading both, about 300 ms for 5,000 nodes.
    """
    old, new = _State(before), _State(after)
    changed: list[NodeChange] = []
    for identifier in sorted(old.shown & new.shown):
        keys = _different(old.nodes[identifier], new.nodes[identifier])
        if old.place(identifier) != new.place(identifier):
            keys.append("pos")
        if keys:
            changed.append(new.describe(identifier, tuple(sorted(keys))))
    return Comparison(
        tuple(new.describe(identifier) for identifier in sorted(new.shown - old.shown)),
        tuple(old.describe(identifier) for identifier in sorted(old.shown - new.shown)),
        tuple(changed),
        tuple(sorted(_different(old.meta, new.meta))),
    )


def _different(one: Fields, other: Fields) -> list[str]:
    keys = (one.keys() | other.keys()) - {"pos"}
    return [key for key in keys if _value(one, key) != _value(other, key)]


def _value(fields: Fields, key: str) -> Any:
    """Return a value; an empty text is as good as none, as when a language was added since."""
    value = fields.get(key)
    return None if value == [] else value


def restore(page: YDoc, site: YDoc, past: YDoc, *, origin: object = "restore") -> list[Inverse]:
    """Make a page what it was, with one edit for each key that differs.

    Nodes that came since go to the trash; what colleagues write meanwhile merges as with any edit.

    Args:
        page: The page document as it is.
        site: Its site's document, which is left alone.
        past: The page document as it was.
        origin: Origin of the transactions.

    Returns:
        What undoing needs, as `executor.undo` takes it.
    """
    old, now = _State(past), _State(page)
    journal = Journal(page, site, origin)
    _bear(page, {n: old.nodes[n] for n in old.shown - now.nodes.keys()})
    for key in _different(old.meta, now.meta):
        journal.set("page", ["meta", key], old.meta.get(key))
    for identifier in sorted(old.shown):
        _restore_fields(journal, identifier, old.nodes[identifier], now.nodes.get(identifier, {}))
    counter = next_counter([*now.positions.values(), *old.positions.values()])
    for identifier in sorted(old.shown | now.shown):
        parent, key = old.place(identifier) if identifier in old.shown else (TRASH, "a0")
        if identifier not in old.shown and now.tree.parents[identifier] not in {ROOT, *old.shown}:
            continue  # it goes with what it lies in
        if identifier in now.nodes and (parent, key) == now.place(identifier):
            continue
        before = now.tree.parents.get(identifier, TRASH)
        register = Position(parent, key, counter, before).register()
        journal.set("page", ["nodes", identifier, "pos"], register)
        counter += 1
    return journal.inverses()


def _restore_fields(journal: Journal, identifier: str, old: Fields, now: Fields) -> None:
    for key in sorted(_different(old, now)):
        path = ["nodes", identifier, key]
        if key.startswith("text@"):
            journal.edit_text(path, old.get(key) or [])
        elif key != "type":
            journal.set("page", path, old.get(key))


def _bear(page: YDoc, missing: Mapping[str, Fields]) -> None:
    """Make nodes that this document never had, in the trash: their birth is not undone."""
    nodes = root(page, "nodes")
    with page.transaction(origin="create"):
        for identifier, node in missing.items():
            born: dict[str, Any] = {key: Text("") for key in node if key.startswith("text@")}
            register = Position(TRASH, "a0", 0, TRASH).register()
            nodes[identifier] = Map({"type": node["type"], "pos": register, **born})
