"""Design tokens of a site: the theme's, then the site's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pycrdt import Map

from vitrail.builder.primitives import default_theme, themes

if TYPE_CHECKING:
    from pycrdt import Doc


def manifests() -> list[dict[str, Any]]:
    """Return every theme as programs see it."""
    return [
        {
            "id": theme.id,
            "label": theme.label,
            "dark": theme.dark,
            "tokens": theme.tokens,
            "darkTokens": theme.dark_tokens,
        }
        for theme in themes().values()
    ]


def resolve_tokens(site: Doc[Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Return a site's tokens, and what its dark scheme changes of them."""
    name = site.get("meta", type=Map).get("theme")
    theme = themes().get(str(name)) or themes()[default_theme()]
    own = {k: str(v) for k, v in site.get("tokens", type=Map).items()}
    own_dark = {
        k.removeprefix("dark/"): str(v)
        for k, v in site.get("themes", type=Map).items()
        if k.startswith("dark/")
    }
    dark = theme.dark_tokens if theme.dark else {}
    # A colour that the site chose holds in the dark as well, unless it chose another for it.
    dark = {k: v for k, v in dark.items() if k not in own}
    return {**theme.tokens, **own}, {**dark, **own_dark}
