"""Styles: the closed set of keys becomes declarations; twin of `src/model/css.ts`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

from vitrail.builder.primitives import STATES, breakpoint_widths, primitives

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Nothing that ends a declaration, opens a rule or a tag, or fetches.
UNSAFE = re.compile(r"[;{}<>\\]|url\s*\(|expression|javascript:|@import|/\*", re.IGNORECASE)
TOKEN = re.compile(r"\$([a-zA-Z][\w.-]*)", re.ASCII)

# One image of the library as the first layer; what follows it, such as a position, is kept.
ASSET = re.compile(r"^url\(asset:([0-9A-Za-z_-]+)\)")

Rule = tuple[str, str, str]
"""Breakpoint, state and declarations."""

Picture = Callable[[str], str | None]


def _no_picture(_: str) -> None:
    return None


def property_name(camel: str) -> str:
    """Return `paddingInline` as `padding-inline`."""
    return re.sub(r"[A-Z]", lambda match: f"-{match[0].lower()}", camel)


def token_name(token: str) -> str:
    """Return a token's custom property."""
    return f"--{token.replace('.', '-')}"


def css_value(value: str, picture: Picture = _no_picture) -> str | None:
    """Return a value as CSS: tokens as custom properties, images of the library by their address.

    None if it is not safe, or names an image that is not there.
    """
    found = ASSET.search(value)
    if found:
        address = picture(found[1])
        rest = css_value(value[found.end() :])
        if address is None or rest is None:
            return None
        return f'url("{quote(address, safe="/:")}"){rest}'
    if UNSAFE.search(value):
        return None
    return TOKEN.sub(lambda match: f"var({token_name(match[1].rstrip('.'))})", value)


def node_rules(styles: Mapping[str, str], picture: Picture = _no_picture) -> list[Rule]:
    """Return the rules of one node, in cascade order; what is not safe is left out.

    Args:
        styles: By `{breakpoint}:{state}:{property}`.
        picture: Returns the address of an image of the library, or None.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for key in sorted(styles):
        parts = key.split(":")
        if len(parts) != 3 or parts[0] not in breakpoint_widths() or parts[1] not in STATES:
            continue
        value = css_value(styles[key], picture)
        if value is not None and parts[2].isalpha():
            groups.setdefault((parts[0], parts[1]), []).append(f"{property_name(parts[2])}:{value}")
    order = [(point, state) for point in breakpoint_widths() for state in STATES]
    return [(*key, ";".join(groups[key])) for key in order if key in groups]


def rule_text(selector: str, rule: Rule) -> str:
    """Return one rule as CSS."""
    point, state, declarations = rule
    pseudo = ":focus-visible" if state == "focus" else f":{state}" if state else ""
    text = f"{selector}{pseudo}{{{declarations}}}"
    widest = breakpoint_widths()[point]
    return text if widest is None else f"@media(max-width:{widest}px){{{text}}}"


def class_of(rules: Sequence[Rule]) -> str:
    """Return the class of a set of rules: equal sets share one."""
    return f"c{hashlib.sha256(repr(rules).encode()).hexdigest()[:7]}"


def primitive_css() -> str:
    """Return the default styles of the primitives."""
    out: list[str] = []
    for name, primitive in primitives().items():
        styles: dict[str, str] = {}
        for key, value in primitive.styles.items():
            point, _, prop = key.rpartition(":")
            styles[f"{point or '_'}::{prop}"] = value
        out.extend(rule_text(f".v-{name}", rule) for rule in node_rules(styles))
    return "".join(out)


def token_css(tokens: Mapping[str, str], dark: Mapping[str, str]) -> str:
    """Return the tokens as custom properties, with those of the dark scheme."""

    def block(values: Mapping[str, str]) -> str:
        safe = [(k, v) for k, v in values.items() if not UNSAFE.search(k + v)]
        return ";".join(f"{token_name(k)}:{v}" for k, v in safe)

    text = f":root{{{block(tokens)}}}"
    if dark:
        text += f"@media(prefers-color-scheme:dark){{:root{{color-scheme:dark;{block(dark)}}}}}"
    return text
