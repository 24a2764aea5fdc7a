"""Themes: complete sets of design tokens."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from pycrdt import Map

from vitrail.builder.registry import read_text

if TYPE_CHECKING:
    from pycrdt import Doc


@cache
def _registry() -> dict[str, Any]:
    return json.loads(read_text("themes.json"))


def themes() -> list[dict[str, Any]]:
    """Return every theme as `{"id", "label", "dark", "tokens", "darkTokens"}`."""
    return [{"id": name, **theme} for name, theme in _registry()["themes"].items()]


def is_theme(name: str) -> bool:
    """Tell whether there is a theme of that name."""
    return name in _registry()["themes"]


def resolve_tokens(site: Doc) -> tuple[dict[str, str], dict[str, str]]:
    """Return a site's tokens and what its dark scheme changes: the theme's, then the site's own."""
    meta = site.get("meta", type=Map)
    name = meta.get("theme") or _registry()["default"]
    theme = _registry()["themes"].get(name) or _registry()["themes"][_registry()["default"]]
    own = {k: str(v) for k, v in site.get("tokens", type=Map).items()}
    dark = dict(theme["darkTokens"]) if theme["dark"] else {}
    own_dark = {
        k.removeprefix("dark/"): str(v)
        for k, v in site.get("themes", type=Map).items()
        if k.startswith("dark/")
    }
    # A colour that the site chose holds in the dark as well, unless it chose another for it.
    dark = {k: v for k, v in dark.items() if k not in own}
    return {**theme["tokens"], **own}, {**dark, **own_dark}
