"""Operations on the tree: insert, remove, move, duplicate."""

from collections.abc import Sequence
from typing import Any, Final

from vitrail.builder.blocks import blocks, build_block, resolve_name
from vitrail.builder.commands import Duplicate, Insert, Move, Remove
from vitrail.builder.documents import Page, read_page, root
from vitrail.builder.fragments import (
    MAX_DEPTH,
    MAX_NODES,
    Seed,
    count_seeds,
    parse_fragment,
    plant,
    seed_depth,
    to_fragment,
)
from vitrail.builder.primitives import primitives, variants
from vitrail.builder.targets import Spot, outermost
from vitrail.builder.tree import ROOT, TRASH, is_inside, next_counter, positions_at
from vitrail.builder.workbench import Workbench, existing_page, request
from vitrail.core.errors import InvalidInput

MAX_COPIES: Final = 100


def _check_parent(page: Page, parent: str, kinds: Sequence[str]) -> None:
    if parent == ROOT:
        return
    owner = page.nodes[parent].type
    for kind in kinds:
        if not primitives()[owner].takes(kind):
            raise InvalidInput(
                f"{owner} cannot contain {kind}", hint="name a section, box, grid or stack"
            )


def _depth(page: Page, identifier: str) -> int:
    depth = 0
    while identifier not in {ROOT, TRASH}:
        depth += 1
        identifier = page.tree.parents[identifier]
    return depth


def _plant_at(bench: Workbench, page: Page, seeds: Sequence[Seed], spot: Spot) -> list[str]:
    """Make nodes in the trash, then place their tops: only the placement can be undone."""
    if not seeds:
        raise InvalidInput("there is nothing to insert")
    _check_parent(page, spot.parent, [seed.type for seed in seeds])
    if len(page.nodes) + count_seeds(seeds) > MAX_NODES:
        raise InvalidInput(f"a page has at most {MAX_NODES} nodes")
    if _depth(page, spot.parent) + seed_depth(seeds) > MAX_DEPTH:
        raise InvalidInput(f"a page is at most {MAX_DEPTH} levels deep")
    positions = {identifier: node.position for identifier, node in page.nodes.items()}
    places = positions_at(
        positions, page.tree, spot.parent, spot.index, len(seeds), random=bench.random
    )
    nodes = root(bench.page, "nodes")
    counter = next_counter(positions.values())
    with bench.page.transaction(origin="create"):
        tops = plant(
            nodes, seeds, bench.locales(), counter=counter, new_id=bench.new_id, random=bench.random
        )
    counter += count_seeds(seeds)
    with bench.page.transaction(origin=bench.journal.origin):
        for offset, (top, place) in enumerate(zip(tops, places, strict=True)):
            register = place.register() | {"c": counter + offset}
            bench.journal.set("page", ["nodes", top, "pos"], register)
    bench.last = list(tops)
    return list(tops)


def _seeds(bench: Workbench, operation: Insert, parent: str) -> tuple[Seed, ...]:
    if operation.nodes is not None:
        return parse_fragment(operation.nodes)
    said = operation.block or ""
    name = resolve_name(said)
    if name is None:
        raise InvalidInput(
            f"{said!r} is neither a block nor a primitive", hint=f"blocks: {', '.join(blocks())}"
        )
    # Of a name for both, such as image, the block is for the page and the primitive for inside.
    if name in blocks() and (parent == ROOT or name not in primitives()):
        return build_block(name, operation.props, bench.locales())
    variant = variants().get(name)
    node: dict[str, Any] = {"type": variant["type"] if variant else name}
    if variant:
        node["tag"] = variant["tag"]
    props = dict(operation.props)
    for key in ("text", "tag", "name", "anchor"):
        if key in props:
            node[key] = props.pop(key)
    node["props"] = props
    node["style"] = dict(primitives()[node["type"]].styles)
    return parse_fragment([node])


def insert(bench: Workbench, operation: Insert) -> list[str]:
    """Build a block or primitive, or paste nodes."""
    page = read_page(bench.page)
    spot = bench.spot(page, operation.at)
    return _plant_at(bench, page, _seeds(bench, operation, spot.parent), spot)


def _place_nodes(bench: Workbench, page: Page, moving: Sequence[str], spot: Spot) -> None:
    positions = {identifier: node.position for identifier, node in page.nodes.items()}
    places = positions_at(
        positions,
        page.tree,
        spot.parent,
        spot.index,
        len(moving),
        random=bench.random,
        moving=frozenset(moving),
    )
    with bench.page.transaction(origin=bench.journal.origin):
        for identifier, place in zip(moving, places, strict=True):
            register = place.register() | {"pp": page.tree.parents[identifier]}
            bench.journal.set("page", ["nodes", identifier, "pos"], register)


def remove(bench: Workbench, operation: Remove) -> list[str]:
    """Move nodes to the trash."""
    page = read_page(bench.page)
    tops = outermost(page, bench.resolve(page, operation.target))
    _place_nodes(bench, page, tops, Spot(TRASH, 0))
    bench.last = []
    return []


def move(bench: Workbench, operation: Move) -> list[str]:
    """Place nodes elsewhere."""
    page = read_page(bench.page)
    moving = outermost(page, bench.resolve(page, operation.target))
    spot = bench.spot(page, operation.at, moving)
    if any(is_inside(page.tree, spot.parent, identifier) for identifier in moving):
        raise InvalidInput("a node cannot move into itself")
    _check_parent(page, spot.parent, [page.nodes[identifier].type for identifier in moving])
    height = max(_height(page, identifier) for identifier in moving)
    if _depth(page, spot.parent) + height > MAX_DEPTH:
        raise InvalidInput(f"a page is at most {MAX_DEPTH} levels deep")
    _place_nodes(bench, page, moving, spot)
    bench.last = moving
    return []


def _height(page: Page, identifier: str) -> int:
    children = page.tree.children.get(identifier, [])
    return 1 + max((_height(page, child) for child in children), default=0)


def duplicate(bench: Workbench, operation: Duplicate) -> list[str]:
    """Copy nodes after the originals, or ask for copies on another page."""
    if not 1 <= operation.count <= MAX_COPIES:
        raise InvalidInput(f"count must be 1 to {MAX_COPIES}")
    page = read_page(bench.page)
    originals = outermost(page, bench.resolve(page, operation.target))
    if operation.to_page is not None:
        existing_page(bench, operation.to_page)
        copies = [to_fragment(page, at) for _ in range(operation.count) for at in originals]
        return request(bench, "duplicate", {"to_page": operation.to_page, "nodes": copies})
    created: list[str] = []
    for original in originals:
        page = read_page(bench.page)
        fragment = to_fragment(page, original)
        # The anchor is an HTML id, and two elements cannot have the same one.
        fragment.pop("anchor", None)
        seeds = parse_fragment([fragment] * operation.count)
        parent = page.tree.parents[original]
        index = page.tree.children[parent].index(original) + 1
        created += _plant_at(bench, page, seeds, Spot(parent, index))
    bench.last = created
    return created
