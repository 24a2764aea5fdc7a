"""Every write of a run, with what it replaced, so that the run can be undone later."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from pycrdt import Map, Text

from vitrail.builder.documents import YDoc, YMap, plain_number, read_positions, root
from vitrail.builder.richtext import (
    parse_delta,
    plain,
    read_runs,
    replace_runs,
    replace_text,
    to_delta,
)
from vitrail.builder.tree import Position, build_tree, next_counter, read_position
from vitrail.core.errors import InvalidInput

DocName = Literal["page", "site"]
Inverse = dict[str, Any]
"""`{"doc", "path", "before", "after"}`, all JSON; an absent key is `null`."""


def _container(doc: YDoc, path: Sequence[str]) -> YMap | None:
    at: Any = root(doc, path[0])
    for part in path[1:-1]:
        at = cast("YMap", at).get(part) if isinstance(at, Map) else None
    return cast("YMap", at) if isinstance(at, Map) else None


def read_value(doc: YDoc, path: Sequence[str]) -> Any:
    """Return the JSON value at a path, texts as deltas, None when it is absent."""
    container = _container(doc, path)
    value: object = container.get(path[-1]) if container is not None else None
    if isinstance(value, Text):
        return to_delta(read_runs(value))
    return plain_number(value)


@dataclass(slots=True)
class Journal:
    """Writes to the two documents of a run, and what each replaced first."""

    page: YDoc
    site: YDoc
    origin: object
    _entries: dict[tuple[str, ...], Inverse] = field(default_factory=dict[tuple[str, ...], Inverse])

    def doc(self, name: DocName) -> YDoc:
        """Return one of the two documents."""
        return self.page if name == "page" else self.site

    def inverses(self) -> list[Inverse]:
        """Return what undoing needs, without keys that ended as they began."""
        return [entry for entry in self._entries.values() if entry["before"] != entry["after"]]

    def set(self, name: DocName, path: Sequence[str], value: Any) -> None:
        """Set or, with None, delete one key."""
        doc = self.doc(name)
        container = _container(doc, path)
        if container is None:
            raise InvalidInput(f"there is nothing at {'/'.join(path[:-1])}")
        before = read_value(doc, path)
        if before == value:
            return
        with doc.transaction(origin=self.origin):
            if value is None:
                del container[path[-1]]
            else:
                container[path[-1]] = value
        self._record(name, path, before, value)

    def edit_text(self, path: Sequence[str], value: Any) -> None:
        """Change a text of the page to a string or a delta, by the smallest difference."""
        container = _container(self.page, path)
        if container is None:
            raise InvalidInput(f"there is nothing at {'/'.join(path[:-1])}")
        runs = parse_delta(value)
        with self.page.transaction(origin=self.origin):
            if not isinstance(container.get(path[-1]), Text):
                container[path[-1]] = Text("")
            text: Text = container[path[-1]]
            before = to_delta(read_runs(text))
            if isinstance(value, str):
                # A plain string keeps the formatting of what stays.
                replace_text(text, plain(runs))
            else:
                replace_runs(text, runs)
            after = to_delta(read_runs(text))
        self._record("page", path, before, after)

    def _record(self, name: DocName, path: Sequence[str], before: Any, after: Any) -> None:
        key = (name, *path)
        entry = self._entries.get(key)
        if entry is None:
            entry = {"doc": name, "path": list(path), "before": before, "after": after}
            self._entries[key] = entry
        entry["after"] = after


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing a run did."""

    done: int
    """How many keys were put back."""
    kept: list[Inverse]
    """Keys changed since by someone else, and so left alone."""
    inverses: list[Inverse]
    """What undoing this undo needs."""


def undo_run(page: YDoc, site: YDoc, inverses: Sequence[Inverse], *, origin: object) -> Undone:
    """Put back what a run replaced, key by key, but for keys changed since.

    Args:
        page: The page document of the run.
        site: The site document of the run.
        inverses: As `Outcome.inverses` holds them, possibly after a trip through JSON.
        origin: Origin of the transactions.
    """
    journal = Journal(page, site, origin)
    kept: list[Inverse] = []
    done = 0
    for inverse in reversed(inverses):
        path: list[str] = inverse["path"]
        name: DocName = inverse["doc"]
        doc = journal.doc(name)
        if _container(doc, path) is None or not _is_still(doc, path, inverse["after"]):
            kept.append(inverse)
            continue
        if path[-1] == "pos":
            journal.set(name, path, _moved_back(doc, path, inverse["before"]))
        elif path[-1].startswith("text@"):
            journal.edit_text(path, inverse["before"])
        else:
            journal.set(name, path, inverse["before"])
        done += 1
    return Undone(done, kept, journal.inverses())


def _is_still(doc: YDoc, path: Sequence[str], after: object) -> bool:
    value: object = read_value(doc, path)
    if path[-1] != "pos":
        return value == after
    # Undoing a later move gives the register a fresh counter.
    now, then = read_position(value), read_position(after)
    return (now.p, now.i) == (then.p, then.i)


def _moved_back(doc: YDoc, path: Sequence[str], before: object) -> dict[str, Any]:
    """Return the old place as a fresh move, so that it wins over the move that it undoes."""
    positions = read_positions(root(doc, path[0]))
    old: Position = read_position(before)
    parent = build_tree(positions).parents.get(path[1], old.pp)
    return Position(old.p, old.i, next_counter(positions.values()), parent).register()
