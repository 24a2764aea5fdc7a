"""Icons and base styles, read once from packaged data."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from vitrail.builder.primitives import read_data


@cache
def icons() -> dict[str, str]:
    """Return SVG paths on a 24 by 24 grid by name."""
    return read_data("icons.json")


@cache
def base_css() -> str:
    """Return the styles that every page starts from."""
    return files("vitrail.builder").joinpath("data", "base.css").read_text("utf-8")


@cache
def shop_css() -> str:
    """Return the styles of what shows products, for pages that do."""
    return files("vitrail.builder").joinpath("data", "shop.css").read_text("utf-8")
