"""Blocks: ready sections that the palette, voice and assistants insert by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from vitrail.builder.fragments import Seed, parse_fragment
from vitrail.builder.primitives import Localised, fold, primitives, read_data, variants
from vitrail.core.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Block:
    """The manifest of one block."""

    id: str
    version: int
    category: str
    label: Localised
    aliases: dict[str, list[str]]
    icon: str
    props: dict[str, dict[str, Any]]
    fragment: list[dict[str, Any]]
    a11y: list[str]


@cache
def blocks() -> dict[str, Block]:
    """Return every block by id, in the order of the palette."""
    folder = files("vitrail.builder").joinpath("data", "blocks")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".json"))
    found = [_block(read_data(f"blocks/{name}")) for name in names]
    return {block.id: block for block in sorted(found, key=lambda block: block.id)}


def _block(raw: dict[str, Any]) -> Block:
    return Block(
        id=raw["id"],
        version=raw["v"],
        category=raw["category"],
        label=raw["label"],
        aliases=raw["aliases"],
        icon=raw["icon"],
        props=raw["props"],
        fragment=raw["fragment"],
        a11y=raw["a11y"],
    )


@cache
def _names() -> dict[str, str]:
    """Map folded ids, labels and aliases to the canonical name; blocks win over primitives."""
    names: dict[str, str] = {}
    sources: list[tuple[str, Localised, dict[str, list[str]]]] = [
        (name, block.label, block.aliases) for name, block in blocks().items()
    ]
    sources += [(name, raw["label"], raw["aliases"]) for name, raw in variants().items()]
    sources += [(name, item.label, item.aliases) for name, item in primitives().items()]
    for name, _, _ in sources:
        names.setdefault(fold(name), name)
    for name, label, aliases in sources:
        for word in [*label.values(), *(word for words in aliases.values() for word in words)]:
            names.setdefault(fold(word), name)
    return names


def resolve_name(name: str) -> str | None:
    """Return the id of the block, variant or primitive that people call `name`.

    Understands labels and aliases in French and English, in any case and without accents.
    """
    if name in blocks() or name in primitives() or name in variants():
        return name
    folded = fold(name)
    return _names().get(folded) or (_names().get(folded[:-1]) if folded.endswith("s") else None)


def build_block(name: str, props: Mapping[str, Any], locales: Sequence[str]) -> tuple[Seed, ...]:
    """Fill a block's fragment with `props`, its defaults standing for what is missing.

    Args:
        name: Id of a block.
        props: By name; a text is a string for all languages, or `{locale: string}`.
        locales: Of the site.

    Raises:
        InvalidInput: The block has no such property, or a value does not fit.
    """
    block = blocks()[name]
    values = _values(block.props, props, locales, f"the block {name}")
    built: list[Any] = []
    for node in block.fragment:
        built += _fill(node, values)
    if built:
        built[0]["block"] = name
    return parse_fragment(built)


def _values(
    manifest: Mapping[str, Any], given: Mapping[str, Any], locales: Sequence[str], owner: str
) -> dict[str, Any]:
    for key in given:
        if key not in manifest:
            raise InvalidInput(
                f"{owner} has no property {key!r}", hint=f"its properties: {', '.join(manifest)}"
            )
    values: dict[str, Any] = {}
    for key, prop in manifest.items():
        value = given.get(key)
        default = prop.get("default")
        if prop["type"] == "list":
            values[key] = _items(key, prop, default if value is None else value, locales)
        elif isinstance(default, dict) or prop["type"] == "richline":
            values[key] = _localise(key, value, default, locales)
        else:
            values[key] = default if value is None else value
    return values


def _items(
    key: str, prop: Mapping[str, Any], value: object, locales: Sequence[str]
) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise InvalidInput(f"{key!r} must be a list")
    found: list[dict[str, Any]] = []
    for item in cast("list[Any]", value):
        if not isinstance(item, Mapping):
            raise InvalidInput(f"each of {key!r} must be an object")
        fields = cast("Mapping[str, Any]", item)
        found.append(_values(prop["of"], fields, locales, f"an item of {key}"))
    return found


def _localise(key: str, value: Any, default: Any, locales: Sequence[str]) -> dict[str, Any]:
    if value is not None and not isinstance(value, str | list | dict):
        raise InvalidInput(f"{key!r} must be a text")
    if value is not None and not isinstance(value, dict):
        return dict.fromkeys(locales, cast("Any", value))
    chosen = cast("dict[str, Any]", default) if isinstance(default, dict) else {}
    chosen = chosen | (cast("dict[str, Any]", value) if isinstance(value, dict) else {})
    fallback = chosen.get("en", next(iter(chosen.values()), ""))
    return {locale: chosen.get(locale, fallback) for locale in locales}


def _lookup(path: str, values: Mapping[str, Any]) -> Any:
    if path in values:
        return values[path]
    first, _, rest = path.partition(".")
    inner = values.get(first)
    return _lookup(rest, cast("dict[str, Any]", inner)) if isinstance(inner, dict) else None


def _is_reference(value: object) -> bool:
    return (
        isinstance(value, str)
        and value.startswith("{")
        and value.endswith("}")
        and "{" not in value[1:]
    )


def _fill_value(value: Any, values: Mapping[str, Any]) -> Any:
    if _is_reference(value):
        return _lookup(value[1:-1], values)
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {key: _fill_value(item, values) for key, item in fields.items()}
    return value


def _has_value(value: Any) -> bool:
    if isinstance(value, dict):
        return any(cast("dict[str, Any]", value).values())
    return bool(value)


def _fill(node: Mapping[str, Any], values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Fill one node of a fragment; `each` repeats it and `if` drops it when a value is empty."""
    each = node.get("each")
    if each is not None:
        bare = {key: value for key, value in node.items() if key != "each"}
        items: list[Any] = _lookup(each, values) or []
        return [filled for item in items for filled in _fill(bare, {**values, "item": item})]
    condition = node.get("if")
    if condition is not None and not _has_value(_lookup(condition, values)):
        return []
    filled = {
        key: _fill_value(value, values)
        for key, value in node.items()
        if key not in {"children", "if"}
    }
    if "name" not in filled and _is_reference(node.get("text")):
        filled["name"] = str(node["text"])[1:-1].removeprefix("item.")
    for group in ("props", "style"):
        fields = cast("dict[str, Any]", filled.get(group, {}))
        filled[group] = {key: value for key, value in fields.items() if value is not None}
    filled["children"] = [child for raw in node.get("children", []) for child in _fill(raw, values)]
    return [filled]
