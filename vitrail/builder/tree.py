"""The page tree: derived from positions alone, the same here and in the editor.

Every node holds one register `pos`; the effective tree is a pure function of all of them, so that
replicas which saw the same updates show the same tree without asking anyone.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from pycrdt import Doc, Map

from vitrail.builder.keys import Random, is_key, keys_between, secure_random

ROOT: Final = "root"
TRASH: Final = "trash"

_ID_SHAPE = re.compile(r"[0-9A-Za-z_-]{1,64}")
_MAX_COUNTER = 2**50
# Keys grow by about one character per six insertions at the same place; repair spreads them again.
_LONG_KEY = 128


@dataclass(frozen=True, slots=True)
class Position:
    """Where a node is: parent, order key, Lamport counter of the move, parent before it."""

    p: str
    i: str
    c: int
    pp: str

    def register(self) -> dict[str, Any]:
        """Return the value to store under `pos`."""
        return {"p": self.p, "i": self.i, "c": self.c, "pp": self.pp}


UNPLACED: Final = Position(TRASH, "a0", 0, TRASH)


@dataclass(frozen=True, slots=True)
class Tree:
    """The effective tree: what everyone sees, whatever moves crossed on the way."""

    parents: Mapping[str, str]
    children: Mapping[str, list[str]]
    repaired: tuple[str, ...]
    """Nodes whose move was replaced by its fallback because it closed a cycle."""


def is_node_id(identifier: str) -> bool:
    """Tell whether `identifier` may name a node."""
    return bool(_ID_SHAPE.fullmatch(identifier)) and identifier not in {ROOT, TRASH}


def read_position(value: object) -> Position:
    """Read a position register; anything malformed counts as lying in the trash."""
    if not isinstance(value, Mapping):
        return UNPLACED
    fields = cast("Mapping[str, Any]", value)
    parent, key, previous = fields.get("p"), fields.get("i"), fields.get("pp")
    counter = fields.get("c")
    if not (isinstance(parent, str) and isinstance(previous, str) and is_key(key)):
        return UNPLACED
    if isinstance(counter, bool) or not isinstance(counter, int | float):
        return UNPLACED
    if not 0 <= counter <= _MAX_COUNTER or counter != int(counter):
        return UNPLACED
    return Position(parent, str(key), int(counter), previous)


def read_positions(nodes: "Map[Any]") -> dict[str, Position]:
    """Read the positions of all nodes of a document's root map."""
    return {identifier: read_position(raw) for identifier, raw in _registers(nodes).items()}


def _registers(nodes: "Map[Any]") -> dict[str, Any]:
    return {
        identifier: cast("dict[str, Any]", node).get("pos")
        for identifier, node in plain_map(nodes).items()
        if is_node_id(identifier) and isinstance(node, dict)
    }


def plain_map(values: "Map[Any]") -> dict[str, Any]:
    """Return all that a map holds as plain values, texts without their marks.

    One call into pycrdt, so 8 times faster than key by key.
    """
    return json.loads(str(values))


def _is_end(identifier: str | None) -> bool:
    return identifier is None or identifier in {ROOT, TRASH}


def _has_cycle(parents: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    for start in parents:
        path: set[str] = set()
        at: str | None = start
        while at is not None and not _is_end(at) and at not in seen:
            if at in path:
                return True
            path.add(at)
            at = parents.get(at)
        seen |= path
    return False


def _reaches(parents: Mapping[str, str], start: str, target: str) -> bool:
    at: str | None = start
    while at is not None and not _is_end(at):
        if at == target:
            return True
        at = parents.get(at)
    return False


def _effective_parents(positions: Mapping[str, Position]) -> tuple[dict[str, str], list[str]]:
    def is_known(identifier: str) -> bool:
        return _is_end(identifier) or identifier in positions

    parents: dict[str, str] = {}
    for identifier, at in positions.items():
        if is_known(at.p):
            parents[identifier] = at.p
        else:
            parents[identifier] = at.pp if is_known(at.pp) and at.pp != identifier else ROOT
    if not _has_cycle(parents):
        return parents, []
    # Kleppmann et al., "A highly-available move operation for replicated trees" (2021), from the
    # last move of each node alone: the older of two moves that together close a cycle stands.
    replayed: dict[str, str] = {}
    repaired: list[str] = []
    for identifier, at in sorted(positions.items(), key=lambda item: (item[1].c, item[0])):
        parent = parents[identifier]
        if _reaches(replayed, parent, identifier):
            falls_back = is_known(at.pp) and not _reaches(replayed, at.pp, identifier)
            parent = at.pp if falls_back else ROOT
            repaired.append(identifier)
        replayed[identifier] = parent
    return replayed, repaired


def build_tree(positions: Mapping[str, Position]) -> Tree:
    """Derive the effective tree from the positions alone; linear when no moves crossed."""
    parents, repaired = _effective_parents(positions)
    children: dict[str, list[str]] = {}
    for identifier, parent in parents.items():
        children.setdefault(parent, []).append(identifier)
    for siblings in children.values():
        siblings.sort(key=lambda identifier: (positions[identifier].i, identifier))
    return Tree(parents, children, tuple(repaired))


def descendants(tree: Tree, identifier: str) -> list[str]:
    """Return the node and everything under it, parents before children."""
    found: list[str] = []
    waiting = [identifier]
    while waiting:
        at = waiting.pop()
        found.append(at)
        waiting.extend(reversed(tree.children.get(at, [])))
    return found


def is_inside(tree: Tree, identifier: str, ancestor: str) -> bool:
    """Tell whether `identifier` lies at or under `ancestor`."""
    return identifier == ancestor or _reaches(tree.parents, identifier, ancestor)


def next_counter(positions: Iterable[Position]) -> int:
    """Return a Lamport counter above all those seen."""
    return min(max((at.c for at in positions), default=0) + 1, _MAX_COUNTER)


def positions_at(
    positions: Mapping[str, Position],
    tree: Tree,
    parent: str,
    index: int,
    count: int,
    *,
    random: Random,
    moving: frozenset[str] = frozenset(),
) -> list[Position]:
    """Make positions for `count` nodes at `index` among the children of `parent`, in order.

    Args:
        positions: All positions of the document.
        tree: Their effective tree.
        parent: A node, `ROOT` or `TRASH`.
        index: Place among the siblings without `moving`; clamped to what exists.
        count: How many, at least 1.
        random: Source of the keys' tails.
        moving: Nodes that will leave their places.
    """
    siblings = [child for child in tree.children.get(parent, []) if child not in moving]
    at = max(0, min(index, len(siblings)))
    after = positions[siblings[at - 1]].i if at > 0 else None
    following = at

    def key_of(place: int) -> str | None:
        return positions[siblings[place]].i if place < len(siblings) else None

    before = key_of(following)
    # Two people may have made equal keys: place after the whole run of them.
    while before is not None and after is not None and before <= after:
        following += 1
        before = key_of(following)
    in_trash = parent == TRASH
    keys = ["a0"] * count if in_trash else keys_between(after, before, count, random)
    counter = next_counter(positions.values())
    return [Position(parent, key, counter + place, TRASH) for place, key in enumerate(keys)]


def _respread(
    children: Mapping[str, list[str]], positions: Mapping[str, Position], random: Random
) -> dict[str, str]:
    """Return new keys for siblings whose keys are equal or too long, keeping their order."""
    keys: dict[str, str] = {}
    for parent, siblings in children.items():
        if parent == TRASH:
            continue
        current = [positions[identifier].i for identifier in siblings]
        if any(len(key) > _LONG_KEY for key in current):
            keys |= zip(siblings, keys_between(None, None, len(siblings), random), strict=True)
            continue
        place = 0
        while place < len(current):
            end = place + 1
            while end < len(current) and current[end] == current[place]:
                end += 1
            if end - place > 1:
                before = current[end] if end < len(current) else None
                fresh = keys_between(current[place], before, end - place - 1, random)
                keys |= zip(siblings[place + 1 : end], fresh, strict=True)
            place = end
    return keys


def repair(
    doc: "Doc[Any]",
    *,
    random: Random = secure_random,
    origin: object = "repair",
    root: str = "nodes",
) -> list[str]:
    """Write what the effective tree shows into the registers, as ordinary moves.

    Corrects parents that do not exist, cycles, malformed registers and equal or long sibling keys.
    The effective tree stays the same, and a second call finds nothing to do.

    Returns:
        The nodes whose register was rewritten, in order.
    """
    nodes: Map[Any] = doc.get(root, type=Map)
    with doc.transaction(origin=origin):
        registers = _registers(nodes)
        positions = {identifier: read_position(raw) for identifier, raw in registers.items()}
        tree = build_tree(positions)
        keys = _respread(tree.children, positions, random)
        counter = next_counter(positions.values())
        rewritten: list[str] = []
        for identifier in sorted(positions):
            at, parent = positions[identifier], tree.parents[identifier]
            if at.p == parent and identifier not in keys and _says(registers[identifier], at):
                continue
            fresh = Position(parent, keys.get(identifier, at.i), counter, parent)
            nodes[identifier]["pos"] = fresh.register()
            counter = min(counter + 1, _MAX_COUNTER)
            rewritten.append(identifier)
    return rewritten


def _says(raw: object, at: Position) -> bool:
    """Tell whether a stored register says just what was read from it."""
    return isinstance(raw, Mapping) and dict(cast("Mapping[str, Any]", raw)) == at.register()


class PageTree:
    """The tree kept in one root map: the nodes of a page, or the pages of a site."""

    def __init__(self, doc: "Doc[Any]", *, random: Random, root: str = "nodes") -> None:
        self.doc = doc
        self.nodes: Map[Any] = doc.get(root, type=Map)
        self._random = random

    def positions(self) -> dict[str, Position]:
        """Read all positions."""
        return read_positions(self.nodes)

    def tree(self) -> Tree:
        """Derive the effective tree."""
        return build_tree(self.positions())

    def add(self, identifier: str, kind: str, parent: str, index: int) -> None:
        """Make a node in the trash, then place it: its birth is never undone, its placement is."""
        with self.doc.transaction(origin="create"):
            born = Position(TRASH, "a0", next_counter(self.positions().values()), TRASH)
            self.nodes[identifier] = Map({"type": kind, "pos": born.register()})
        self.move(identifier, parent, index)

    def move(self, identifier: str, parent: str, index: int, *, origin: object = "local") -> bool:
        """Move a node; returns False, changing nothing, if `parent` is inside it."""
        positions = self.positions()
        tree = build_tree(positions)
        if identifier not in positions or _reaches(tree.parents, parent, identifier):
            return False
        moving = frozenset({identifier})
        (place,) = positions_at(
            positions, tree, parent, index, 1, random=self._random, moving=moving
        )
        with self.doc.transaction(origin=origin):
            register = place.register() | {"pp": tree.parents[identifier]}
            self.nodes[identifier]["pos"] = register
        return True

    def trash(self, identifier: str, *, origin: object = "local") -> bool:
        """Delete a node, that is, move it to the trash."""
        return self.move(identifier, TRASH, 0, origin=origin)
