"""The primitives, styles and themes that ship with Vitrail, read once from packaged JSON."""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, cast

Localised = dict[str, str]
PropType = Literal[
    "string",
    "richline",
    "url",
    "asset",
    "enum",
    "number",
    "boolean",
    "token:color",
    "shop",  # the id of something of the shop, of the kind in `of`
]

BREAKPOINTS: Final = ("_", "md", "sm")
STATES: Final = ("", "hover", "focus")
HEADING_TAGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")


def read_data(name: str) -> Any:
    """Read one packaged JSON file of this room, such as `primitives.json`."""
    return json.loads(files("vitrail.builder").joinpath("data", name).read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Prop:
    """One property of a primitive."""

    type: PropType
    of: tuple[str, ...] = ()
    default: Any = None
    localised: bool = False
    content: bool = False
    """Whether the role `editor`, who may not design, may change it."""


@dataclass(frozen=True, slots=True)
class Primitive:
    """One kind of node, the only thing that the renderers know."""

    name: str
    icon: str
    tag: str
    tags: tuple[str, ...]
    accepts: Literal["any", "none"] | tuple[str, ...]
    has_text: bool
    props: dict[str, Prop]
    styles: dict[str, str]
    label: Localised
    aliases: dict[str, list[str]]

    def takes(self, child: str) -> bool:
        """Tell whether nodes of type `child` may lie directly in this one."""
        if isinstance(self.accepts, tuple):
            return child in self.accepts
        return self.accepts == "any"


@dataclass(frozen=True, slots=True)
class Theme:
    """A complete set of design tokens."""

    id: str
    label: Localised
    dark: bool
    tokens: dict[str, str]
    dark_tokens: dict[str, str]


def _prop(raw: dict[str, Any]) -> Prop:
    return Prop(
        raw["type"],
        tuple(raw.get("of", ())),
        raw.get("default"),
        raw.get("localised", False),
        raw.get("content", False),
    )


def _primitive(name: str, raw: dict[str, Any]) -> Primitive:
    accepts = raw["accepts"]
    return Primitive(
        name=name,
        icon=raw["icon"],
        tag=raw["tag"],
        tags=tuple(raw["tags"]),
        accepts=tuple(cast("list[str]", accepts)) if isinstance(accepts, list) else accepts,
        has_text=raw["text"],
        props={prop: _prop(value) for prop, value in raw["props"].items()},
        styles=raw["styles"],
        label=raw["label"],
        aliases=raw["aliases"],
    )


@cache
def primitives() -> dict[str, Primitive]:
    """Return every primitive by name."""
    raw: dict[str, Any] = read_data("primitives.json")["primitives"]
    return {name: _primitive(name, value) for name, value in raw.items()}


@cache
def variants() -> dict[str, dict[str, Any]]:
    """Return the names for a primitive with a certain tag, such as `heading`."""
    return read_data("primitives.json")["variants"]


@cache
def style_properties() -> frozenset[str]:
    """Return the closed list of style properties, in camelCase."""
    groups: dict[str, list[str]] = read_data("primitives.json")["styleProperties"]
    return frozenset(name for group in groups.values() for name in group)


@cache
def breakpoint_widths() -> dict[str, int | None]:
    """Return the greatest width of each breakpoint in CSS pixels, None for the base."""
    raw: dict[str, Any] = read_data("primitives.json")["breakpoints"]
    return {name: value["max"] for name, value in raw.items()}


@cache
def themes() -> dict[str, Theme]:
    """Return every theme by id."""
    raw: dict[str, Any] = read_data("themes.json")["themes"]
    return {
        name: Theme(name, value["label"], value["dark"], value["tokens"], value["darkTokens"])
        for name, value in raw.items()
    }


@cache
def default_theme() -> str:
    """Return the id of the theme of a site that names none."""
    return read_data("themes.json")["default"]


def fold(words: str) -> str:
    """Fold case, accents and punctuation away, to compare names that people say or type."""
    plain = "".join(
        character
        for character in unicodedata.normalize("NFD", words.lower())
        if not "\u0300" <= character <= "\u036f"
    )
    return re.sub("[^a-z0-9]+", " ", plain).strip()
