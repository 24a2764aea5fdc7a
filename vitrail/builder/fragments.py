"""Fragments: nodes written as nested JSON, as blocks, pastes and templates hold them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from pycrdt import Map, Text

from vitrail.builder.documents import Node, Page, YMap, plain_number
from vitrail.builder.keys import Random, keys_between
from vitrail.builder.primitives import BREAKPOINTS, STATES, Prop, primitives, style_properties
from vitrail.builder.richtext import Run, parse_delta, to_delta
from vitrail.builder.tree import TRASH, Position
from vitrail.builder.values import (
    MAX_VALUE_BYTES,
    is_anchor,
    is_color,
    is_locale,
    is_safe_css,
    is_safe_url,
)
from vitrail.core.errors import InvalidInput

MAX_DEPTH: Final = 64
MAX_NODES: Final = 20_000
MAX_KEYS: Final = 512
MAX_NAME_CHARACTERS: Final = 200


@dataclass(frozen=True, slots=True)
class Seed:
    """A checked fragment: what a node will be, before it has an id."""

    type: str
    attributes: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Any of `tag`, `name`, `block`, `anchor`, `lock`, `hidden`."""
    props: Mapping[str, Any] = field(default_factory=dict[str, Any])
    styles: Mapping[str, str] = field(default_factory=dict[str, str])
    texts: Mapping[str, list[Run]] | list[Run] = field(default_factory=list[Run])
    """By locale, or the same in all."""
    children: tuple["Seed", ...] = ()


def count_seeds(seeds: Sequence[Seed]) -> int:
    """Return how many nodes a fragment makes."""
    return sum(1 + count_seeds(seed.children) for seed in seeds)


def seed_depth(seeds: Sequence[Seed]) -> int:
    """Return how many levels a fragment has."""
    return max((1 + seed_depth(seed.children) for seed in seeds), default=0)


def split_style_key(key: str) -> tuple[str, str, str]:
    """Split `property`, `sm:property` or `_:hover:property` into its three parts.

    Raises:
        InvalidInput: Part of it is unknown.
    """
    parts = key.split(":")
    name = parts[-1]
    breakpoint_name = parts[0] if len(parts) > 1 else "_"
    state = parts[1] if len(parts) == 3 else ""
    if len(parts) > 3 or breakpoint_name not in BREAKPOINTS or state not in STATES:
        raise InvalidInput(
            f"{key!r} is not a style key", hint="write breakpoint:state:property, as in sm::gap"
        )
    if name not in style_properties():
        raise InvalidInput(
            f"{name!r} is not a style property",
            hint="style properties are the camelCase names in primitives.json",
        )
    return breakpoint_name, state, name


def check_style(key: str, value: object) -> tuple[str, str]:
    """Check one style and return its full key and value.

    Raises:
        InvalidInput: The key or the value is not allowed.
    """
    full = ":".join(split_style_key(key))
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(plain_number(value))
    if not isinstance(value, str) or not value.strip() or not is_safe_css(value):
        raise InvalidInput(
            f"the style {key!r} cannot have this value",
            hint="one CSS value, with $tokens, without semicolons, braces or remote urls",
        )
    return full, value


def _is_prop_value(prop: Prop, value: object) -> bool:
    match prop.type:
        case "boolean":
            return isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "enum":
            return value in prop.of
        case "url" | "asset":
            return isinstance(value, str) and is_safe_url(value)
        case "token:color":
            return isinstance(value, str) and is_color(value)
        case "string" | "richline" | "shop":
            return isinstance(value, str)


def check_prop(kind: str, key: str, value: object) -> None:
    """Check one property of a node of type `kind`; `key` may end in `@locale`.

    Raises:
        InvalidInput: The primitive has no such property or the value does not fit it.
    """
    name, _, locale = key.partition("@")
    prop = primitives()[kind].props.get(name)
    if prop is None:
        known = ", ".join(primitives()[kind].props) or "none"
        raise InvalidInput(f"{kind} has no property {name!r}", hint=f"its properties: {known}")
    if locale and not (prop.localised and is_locale(locale)):
        raise InvalidInput(f"{name!r} of {kind} has no language {locale!r}")
    if not _is_prop_value(prop, value):
        wanted = f"one of {', '.join(prop.of)}" if prop.of else f"a {prop.type}"
        raise InvalidInput(f"{name!r} of {kind} must be {wanted}")
    if isinstance(value, str) and len(value.encode("utf-8", "replace")) > MAX_VALUE_BYTES:
        raise InvalidInput(f"{name!r} holds at most 16 kB")


def check_attribute(kind: str, key: str, value: object) -> None:
    """Check one of `tag`, `name`, `block`, `anchor`, `lock`, `hidden`.

    Raises:
        InvalidInput: The value does not fit.
    """
    match key:
        case "tag":
            sound = value in primitives()[kind].tags
            wanted = f"one of {', '.join(primitives()[kind].tags)}"
        case "name" | "block":
            sound = isinstance(value, str) and len(value) <= MAX_NAME_CHARACTERS
            wanted = f"at most {MAX_NAME_CHARACTERS} characters"
        case "anchor":
            sound = isinstance(value, str) and is_anchor(value)
            wanted = "letters, digits, - and _, starting with a letter"
        case _:
            sound = isinstance(value, bool)
            wanted = "true or false"
    if not sound:
        raise InvalidInput(f"{key!r} of {kind} must be {wanted}")


def _mapping(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = raw.get(key, {})
    if not isinstance(value, Mapping):
        raise InvalidInput(f"{key!r} of a fragment is an object")
    return cast("Mapping[str, Any]", value)


def parse_fragment(raw: object) -> tuple[Seed, ...]:
    """Check a fragment that came from outside.

    Raises:
        InvalidInput: A type, property, style, text or nesting is not allowed.
    """
    seeds = _parse_level(raw, parent=None, depth=1)
    if count_seeds(seeds) > MAX_NODES:
        raise InvalidInput(f"a fragment has at most {MAX_NODES} nodes")
    return seeds


def _parse_level(raw: object, parent: str | None, depth: int) -> tuple[Seed, ...]:
    if not isinstance(raw, list | tuple):
        raise InvalidInput("a fragment is a list of nodes")
    if depth > MAX_DEPTH:
        raise InvalidInput(f"a page is at most {MAX_DEPTH} levels deep")
    return tuple(_parse_seed(item, parent, depth) for item in cast("Sequence[object]", raw))


def _parse_seed(item: object, parent: str | None, depth: int) -> Seed:
    raw = cast("Mapping[str, Any]", item) if isinstance(item, Mapping) else None
    kind = raw.get("type") if raw else None
    if raw is None or not isinstance(kind, str) or kind not in primitives():
        raise InvalidInput(f"{kind!r} is not a primitive")
    primitive = primitives()[kind]
    if parent is not None and not primitives()[parent].takes(kind):
        raise InvalidInput(f"{parent} cannot contain {kind}")
    attributes: dict[str, Any] = {}
    for key in ("tag", "name", "block", "anchor", "lock", "hidden"):
        if raw.get(key) is not None:
            check_attribute(kind, key, raw[key])
            attributes[key] = raw[key]
    props: dict[str, Any] = {}
    for key, value in _mapping(raw, "props").items():
        _add_prop(props, kind, key, value)
    styles = dict(check_style(key, value) for key, value in _mapping(raw, "style").items())
    text = raw.get("text")
    if text is not None and not primitive.has_text:
        raise InvalidInput(f"{kind} has no text")
    children = _parse_level(raw.get("children", []), kind, depth + 1)
    return Seed(kind, attributes, props, styles, _parse_texts(text), children)


def _add_prop(props: dict[str, Any], kind: str, key: str, value: Any) -> None:
    if isinstance(value, Mapping):
        localised = cast("Mapping[str, Any]", value)
        for locale, item in localised.items():
            check_prop(kind, f"{key}@{locale}", item)
            props[f"{key}@{locale}"] = item
    elif value is not None:
        check_prop(kind, key, value)
        props[key] = value


def _parse_texts(text: object) -> Mapping[str, list[Run]] | list[Run]:
    if text is None:
        return []
    if isinstance(text, Mapping):
        by_locale = cast("Mapping[str, Any]", text)
        for locale in by_locale:
            if not is_locale(locale):
                raise InvalidInput(f"{locale!r} is not a language tag")
        return {locale: parse_delta(value) for locale, value in by_locale.items()}
    return parse_delta(text)


def texts_of(seed: Seed, locales: Sequence[str]) -> dict[str, list[Run]]:
    """Return the text of a seed in every locale of the site, and in others that it has."""
    if not primitives()[seed.type].has_text:
        return {}
    if isinstance(seed.texts, list):
        return dict.fromkeys(locales, seed.texts)
    return {locale: [] for locale in locales} | dict(seed.texts)


def plant(
    nodes: YMap,
    seeds: Sequence[Seed],
    locales: Sequence[str],
    *,
    counter: int,
    new_id: Callable[[], str],
    random: Random,
) -> list[str]:
    """Make the nodes of a fragment, its tops in the trash, ready to be placed.

    The caller holds a transaction.

    Returns:
        The ids of the tops, in order.
    """
    planter = _Planter(nodes, locales, counter, new_id, random)
    return planter.plant(seeds, TRASH)


@dataclass(slots=True)
class _Planter:
    nodes: YMap
    locales: Sequence[str]
    counter: int
    new_id: Callable[[], str]
    random: Random

    def plant(self, seeds: Sequence[Seed], parent: str) -> list[str]:
        if not seeds:
            return []
        if parent == TRASH:
            keys = ["a0"] * len(seeds)
        else:
            keys = keys_between(None, None, len(seeds), self.random)
        return [self._plant_one(seed, parent, key) for seed, key in zip(seeds, keys, strict=True)]

    def _plant_one(self, seed: Seed, parent: str, key: str) -> str:
        identifier = self.new_id()
        place = Position(parent, key, self.counter, TRASH)
        self.counter += 1
        fields: dict[str, Any] = {"type": seed.type, "pos": place.register(), **seed.attributes}
        fields |= {f"p:{name}": value for name, value in seed.props.items()}
        fields |= {f"s:{name}": value for name, value in seed.styles.items()}
        self.nodes[identifier] = Map(fields)
        node = self.nodes[identifier]
        for locale, runs in texts_of(seed, self.locales).items():
            node[f"text@{locale}"] = Text("")
            text: Text = node[f"text@{locale}"]
            for run, attributes in runs:
                text.insert(len(text), run, attributes)
        self.plant(seed.children, identifier)
        return identifier


def to_fragment(page: Page, identifier: str) -> dict[str, Any]:
    """Write a node and all under it as a fragment, as copying does."""
    node: Node = page.nodes[identifier]
    fragment: dict[str, Any] = {"type": node.type}
    attributes = {
        "name": node.name,
        "tag": node.tag,
        "block": node.block,
        "anchor": node.anchor,
        "lock": node.locked or None,
        "hidden": node.hidden or None,
    }
    fragment |= {key: value for key, value in attributes.items() if value is not None}
    if node.props:
        fragment["props"] = dict(node.props)
    if node.styles:
        fragment["style"] = dict(node.styles)
    if node.texts:
        fragment["text"] = {
            locale: to_delta(runs) for locale, runs in page.runs(identifier).items()
        }
    children = page.tree.children.get(identifier, [])
    if children:
        fragment["children"] = [to_fragment(page, child) for child in children]
    return fragment
