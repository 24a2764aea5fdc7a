"""Resolve targets and positions of operations against what a page holds now."""

from collections.abc import Sequence
from dataclasses import dataclass

from vitrail.builder.blocks import blocks, resolve_name
from vitrail.builder.commands import Place, Target
from vitrail.builder.documents import Page, is_in_trash
from vitrail.builder.primitives import primitives, variants
from vitrail.builder.tree import ROOT, descendants, is_inside
from vitrail.core.errors import InvalidInput, NotFound


@dataclass(frozen=True, slots=True)
class Spot:
    """A place among siblings."""

    parent: str
    index: int


def in_order(page: Page, under: str = ROOT) -> list[str]:
    """Return the nodes of a page in reading order, without `under` itself."""
    return [identifier for identifier in descendants(page.tree, under) if identifier != under]


def text_of(page: Page, identifier: str) -> str:
    """Return all that a node says, in every locale, with what lies in it."""
    said: list[str] = []
    for at in descendants(page.tree, identifier):
        said += page.nodes[at].texts.values()
    return "\n".join(said)


def _matches(page: Page, identifier: str, name: str) -> bool:
    node = page.nodes[identifier]
    if name in blocks():
        return name in (node.block, node.type)
    variant = variants().get(name)
    if variant:
        return node.type == variant["type"] and node.tag in variant["tags"]
    return node.type == name


def outermost(page: Page, identifiers: Sequence[str]) -> list[str]:
    """Return those that lie in none of the others, each once."""
    chosen = list(dict.fromkeys(identifiers))
    return [
        at
        for at in chosen
        if not any(other != at and is_inside(page.tree, at, other) for other in chosen)
    ]


def _existing(page: Page, identifiers: Sequence[str], what: str) -> list[str]:
    found = [
        identifier
        for identifier in identifiers
        if identifier in page.nodes and not is_in_trash(page.tree, identifier)
    ]
    if not found:
        raise NotFound(f"{what} is not on the page", hint="it may have been deleted")
    return found


def resolve_target(
    page: Page, target: Target, selection: Sequence[str], last: Sequence[str]
) -> list[str]:
    """Return the nodes that a target names, at least one.

    Raises:
        NotFound: No node fits.
        InvalidInput: The name is unknown.
    """
    if target.id is not None:
        return _existing(page, [target.id], f"the node {target.id!r}")
    if target.ref == "selection":
        return _existing(page, selection, "the selection")
    if target.ref == "last":
        return _existing(page, last, "what was made last")
    return _search(page, target, selection, last)


def _search(page: Page, target: Target, selection: Sequence[str], last: Sequence[str]) -> list[str]:
    said = target.type or ""
    name = resolve_name(said)
    if name is None:
        raise InvalidInput(
            f"{said!r} is neither a block nor a primitive",
            hint=f"blocks: {', '.join(blocks())}; primitives: {', '.join(primitives())}",
        )
    scopes = resolve_target(page, target.in_, selection, last) if target.in_ else [ROOT]
    found = [at for scope in scopes for at in in_order(page, scope) if _matches(page, at, name)]
    if name in blocks() and name in primitives():
        # An image section is one image, not two with the picture in it.
        found = outermost(page, found)
    if target.text is not None:
        wanted = target.text.lower()
        found = [at for at in found if wanted in text_of(page, at).lower()]
    if not found:
        raise NotFound(f"there is no {said!r} here")
    if target.nth == "all":
        return found
    if target.nth == "middle":
        return [found[(len(found) - 1) // 2]]
    nth = 1 if target.nth is None else target.nth
    place = nth - 1 if nth > 0 else len(found) + nth
    if not 0 <= place < len(found):
        raise NotFound(f"there are only {len(found)} {said!r} here")
    return [found[place]]


def resolve_place(
    page: Page,
    place: Place | None,
    selection: Sequence[str],
    last: Sequence[str],
    moving: Sequence[str] = (),
) -> Spot:
    """Return the parent and index that a position names; None stands for the end of the page.

    Indexes are counted without the nodes in `moving`.

    Raises:
        NotFound: What it refers to is not there.
        InvalidInput: It moves relatively and nothing moves.
    """

    def siblings(parent: str) -> list[str]:
        return [child for child in page.tree.children.get(parent, []) if child not in moving]

    if place is None or place.at == "end":
        return Spot(ROOT, len(siblings(ROOT)))
    if place.at == "start":
        return Spot(ROOT, 0)
    if place.by is not None:
        return _shift(page, place.by, moving)
    if place.inside is not None:
        (parent, *_) = resolve_target(page, place.inside, selection, last)
        count = len(siblings(parent))
        index = count if place.index is None else place.index
        return Spot(parent, max(0, min(count + index if index < 0 else index, count)))
    beside = place.before or place.after
    if beside is None:  # Place allows exactly one way, so one of the two is there.
        raise InvalidInput("a position needs a way to say where")
    found = resolve_target(page, beside, selection, last)
    neighbour = found[0] if place.before else found[-1]
    parent = page.tree.parents[neighbour]
    children = page.tree.children[parent]
    # What moves may be the neighbour itself: count the siblings that stay before it.
    before = [child for child in children[: children.index(neighbour)] if child not in moving]
    stays = neighbour not in moving
    return Spot(parent, len(before) + (1 if place.after and stays else 0))


def _shift(page: Page, by: int, moving: Sequence[str]) -> Spot:
    if not moving:
        raise InvalidInput("only a move can go by a number of places")
    parent = page.tree.parents[moving[0]]
    children = page.tree.children[parent]
    index = children.index(moving[0]) + by
    return Spot(parent, max(0, min(index, len(children) - 1)))
