"""What each operation does to the documents."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, assert_never

from vitrail.builder.blocks import blocks, build_block, resolve_name
from vitrail.builder.commands import (
    AddPage,
    Command,
    Duplicate,
    Insert,
    Move,
    Place,
    Remove,
    RemovePage,
    RenamePage,
    SetText,
    Style,
    Target,
    Theme,
    Undo,
    Update,
)
from vitrail.builder.documents import (
    Page,
    YDoc,
    default_locale,
    locales,
    read_page,
    root,
)
from vitrail.builder.fragments import (
    MAX_DEPTH,
    MAX_NODES,
    Seed,
    check_attribute,
    check_prop,
    check_style,
    count_seeds,
    parse_fragment,
    plant,
    seed_depth,
    to_fragment,
)
from vitrail.builder.journal import Journal
from vitrail.builder.keys import Random
from vitrail.builder.primitives import fold, primitives, themes, variants
from vitrail.builder.targets import Spot, in_order, outermost, resolve_place, resolve_target
from vitrail.builder.tree import ROOT, TRASH, is_inside, next_counter, positions_at
from vitrail.builder.values import TOKEN_NAME, is_color, is_locale, is_safe_css, is_slug
from vitrail.core.errors import InvalidInput, NotFound

MAX_COPIES: Final = 100
_ATTRIBUTES: Final = frozenset({"name", "tag", "anchor", "hidden", "lock"})


@dataclass(slots=True)
class Workbench:
    """The documents of a run and what its operations know of each other."""

    page: YDoc
    site: YDoc
    journal: Journal
    locale: str | None
    selection: Sequence[str]
    last: list[str]
    new_id: Callable[[], str]
    random: Random
    place: int = 0
    requests: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def locales(self) -> list[str]:
        """Return the languages of the site."""
        return locales(self.site)

    def default_locale(self) -> str:
        """Return the language of pages without a prefix."""
        return default_locale(self.site)

    def language(self, given: str | None) -> str:
        """Return the language that an operation writes in."""
        locale = given or self.locale or self.default_locale()
        if not is_locale(locale):
            raise InvalidInput(f"{locale!r} is not a language tag")
        return locale

    def resolve(self, page: Page, target: Target) -> list[str]:
        """Return the nodes that a target names."""
        return resolve_target(page, target, self.selection, self.last)

    def spot(self, page: Page, place: Place | None, moving: Sequence[str] = ()) -> Spot:
        """Return the parent and index that a position names."""
        return resolve_place(page, place, self.selection, self.last, moving)


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
            return _insert(bench, operation)
        case Remove():
            return _remove(bench, operation)
        case Move():
            return _move(bench, operation)
        case Duplicate():
            return _duplicate(bench, operation)
        case SetText():
            return _set_text(bench, operation)
        case Update():
            return _update(bench, operation)
        case Style():
            return _style(bench, operation)
        case Theme():
            return _theme(bench, operation)
        case RenamePage():
            return _rename_page(bench, operation)
        case AddPage():
            return _add_page(bench, operation)
        case RemovePage():
            _existing_page(bench, operation.page)
            return _request(bench, "remove_page", {"page": operation.page})
        case Undo():
            return _request(bench, "undo", {"run": operation.run})
        case _:
            assert_never(operation)


def _request(bench: Workbench, name: str, fields: Mapping[str, Any]) -> list[str]:
    given = {key: value for key, value in fields.items() if value is not None}
    bench.requests.append({"op": name, "at": bench.place, **given})
    return []


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
            nodes,
            seeds,
            bench.locales(),
            counter=counter,
            new_id=bench.new_id,
            random=bench.random,
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


def _insert(bench: Workbench, operation: Insert) -> list[str]:
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


def _remove(bench: Workbench, operation: Remove) -> list[str]:
    page = read_page(bench.page)
    tops = outermost(page, bench.resolve(page, operation.target))
    _place_nodes(bench, page, tops, Spot(TRASH, 0))
    bench.last = []
    return []


def _move(bench: Workbench, operation: Move) -> list[str]:
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


def _duplicate(bench: Workbench, operation: Duplicate) -> list[str]:
    if not 1 <= operation.count <= MAX_COPIES:
        raise InvalidInput(f"count must be 1 to {MAX_COPIES}")
    page = read_page(bench.page)
    originals = outermost(page, bench.resolve(page, operation.target))
    if operation.to_page is not None:
        _existing_page(bench, operation.to_page)
        copies = [to_fragment(page, at) for _ in range(operation.count) for at in originals]
        return _request(bench, "duplicate", {"to_page": operation.to_page, "nodes": copies})
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


def _field_target(page: Page, target: str, name: str) -> tuple[str, str | None]:
    """Return the node that a field names and its property, None for its text."""
    inside = [target, *in_order(page, target)]
    for identifier in inside:
        if name in primitives()[page.nodes[identifier].type].props:
            return identifier, name
    for identifier in inside:
        node = page.nodes[identifier]
        if fold(node.name or "") == fold(name) and primitives()[node.type].has_text:
            return identifier, None
    raise NotFound(f"nothing here has a field {name!r}")


def _set_text(bench: Workbench, operation: SetText) -> list[str]:
    page = read_page(bench.page)
    locale = bench.language(operation.locale)
    targets = bench.resolve(page, operation.target)
    writes: list[tuple[str, str | None]] = []
    for target in targets:
        if operation.field is not None:
            writes.append(_field_target(page, target, operation.field))
            continue
        candidates = [target, *in_order(page, target)]
        with_text = [at for at in candidates if primitives()[page.nodes[at].type].has_text]
        if not with_text:
            raise NotFound(f"{page.nodes[target].type} has no text", hint="name a field instead")
        writes.append((with_text[0], None))
    for identifier, prop in writes:
        if prop is None:
            bench.journal.edit_text(["nodes", identifier, f"text@{locale}"], operation.text)
        else:
            key = _prop_key(page.nodes[identifier].type, prop, locale)
            check_prop(page.nodes[identifier].type, key, operation.text)
            bench.journal.set("page", ["nodes", identifier, f"p:{key}"], operation.text)
    bench.last = targets
    return []


def _prop_key(kind: str, name: str, locale: str) -> str:
    if "@" in name:
        return name
    prop = primitives()[kind].props.get(name)
    return f"{name}@{locale}" if prop is not None and prop.localised else name


def _update(bench: Workbench, operation: Update) -> list[str]:
    page = read_page(bench.page)
    locale = bench.language(operation.locale)
    targets = bench.resolve(page, operation.target)
    writes: list[tuple[list[str], Any]] = []
    for identifier in targets:
        kind = page.nodes[identifier].type
        for name, value in operation.set.items():
            if name in _ATTRIBUTES:
                if value is not None:
                    check_attribute(kind, name, value)
                writes.append((["nodes", identifier, name], value))
                continue
            key = _prop_key(kind, name, locale)
            if value is not None:
                check_prop(kind, key, value)
            elif name.partition("@")[0] not in primitives()[kind].props:
                raise InvalidInput(f"{kind} has no property {name!r}")
            writes.append((["nodes", identifier, f"p:{key}"], value))
    for path, value in writes:
        bench.journal.set("page", path, value)
    bench.last = targets
    return []


def _style(bench: Workbench, operation: Style) -> list[str]:
    page = read_page(bench.page)
    targets = bench.resolve(page, operation.target)
    prefix = f"{operation.breakpoint}:{operation.state}:"
    writes: list[tuple[str, str | None]] = []
    for name, value in operation.set.items():
        # The value "0" only lets the key be checked when the style is to be removed.
        key, checked = check_style(prefix + name, "0" if value is None else value)
        writes.append((key, None if value is None else checked))
    for identifier in targets:
        for key, value in writes:
            bench.journal.set("page", ["nodes", identifier, f"s:{key}"], value)
    bench.last = targets
    return []


def _theme(bench: Workbench, operation: Theme) -> list[str]:
    writes: list[tuple[list[str], str | None]] = []
    for name, value in operation.set.items():
        if name == "theme":
            if value is None or value not in themes():
                raise InvalidInput(f"there is no theme {value!r}", hint=", ".join(themes()))
            writes.append((["meta", "theme"], value))
            continue
        token = name.removeprefix("dark/")
        if not TOKEN_NAME.fullmatch(token) or "." not in token:
            raise InvalidInput(f"{name!r} is not a token", hint="write color.primary or space.4")
        if value is not None and not is_safe_css(value):
            raise InvalidInput(f"{name!r} cannot have this value")
        if value is not None and token.startswith("color.") and value.startswith("#"):
            _check_color(name, value)
        writes.append(([*(["themes"] if token != name else ["tokens"]), name], value))
    for path, value in writes:
        bench.journal.set("site", path, value)
    return []


def _check_color(name: str, value: str) -> None:
    if not is_color(value):
        raise InvalidInput(f"{name!r} must be a colour such as #2f4fe0")


def _existing_page(bench: Workbench, page: str) -> None:
    if page not in root(bench.site, "pages"):
        raise NotFound(f"the site has no page {page!r}")


def _check_slug(slug: str | None) -> None:
    if slug is not None and not is_slug(slug):
        raise InvalidInput(f"{slug!r} cannot be part of an address")


def _check_title(title: str | None) -> None:
    if title is not None and not 0 < len(title.strip()) <= 200:
        raise InvalidInput("a title has 1 to 200 characters")


def _add_page(bench: Workbench, operation: AddPage) -> list[str]:
    _check_title(operation.title)
    _check_slug(operation.slug)
    if operation.after is not None:
        _existing_page(bench, operation.after)
    fields = {
        "title": operation.title,
        "slug": operation.slug,
        "after": operation.after,
        "locale": bench.language(operation.locale),
    }
    return _request(bench, "add_page", fields)


def _rename_page(bench: Workbench, operation: RenamePage) -> list[str]:
    _existing_page(bench, operation.page)
    _check_title(operation.title)
    _check_slug(operation.slug)
    locale = bench.language(operation.locale)
    if operation.title is not None:
        bench.journal.set("site", ["pages", operation.page, f"title@{locale}"], operation.title)
    if operation.slug is not None:
        bench.journal.set("site", ["pages", operation.page, f"slug@{locale}"], operation.slug)
    return []
