"""The registries that both languages share: primitives, themes, icons and base styles, as data."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any


def read_text(name: str) -> str:
    """Return a file of the registries."""
    return resources.files("vitrail.builder").joinpath("data", name).read_text(encoding="utf-8")


@cache
def primitives() -> dict[str, Any]:
    """Return the primitives by name."""
    return json.loads(read_text("primitives.json"))["primitives"]


@cache
def breakpoints() -> dict[str, int | None]:
    """Return the widest viewport of each breakpoint in CSS pixels; None for all, in cascade order."""
    found = json.loads(read_text("primitives.json"))["breakpoints"]
    return {name: entry["max"] for name, entry in found.items()}


@cache
def icons() -> dict[str, str]:
    """Return SVG paths on a 24 by 24 grid by name."""
    return json.loads(read_text("icons.json"))


@cache
def base_css() -> str:
    """Return the styles that every page starts from."""
    return read_text("base.css")
