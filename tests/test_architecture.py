"""What ARCHITECTURE.md names is there: a walk through the house leads past real doors."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
ROOMS = "server|web|sites|commerce|collab|builder|core"
NAMES = sorted(set(re.findall(rf"`((?:{ROOMS})(?:\.\w+)+)`", TEXT)))
PATHS = sorted(set(re.findall(r"`((?:web|model|builder|tests|docs)/[\w./]+)`", TEXT)))


@pytest.mark.parametrize("name", NAMES)
def test_a_function_of_the_walk_exists(name: str) -> None:
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(["vitrail", *parts[:length]]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            found = getattr(found, part)
        return
    raise AssertionError(name)


@pytest.mark.parametrize("path", PATHS)
def test_a_file_of_the_walk_exists(path: str) -> None:
    places = [ROOT / path, ROOT / "vitrail" / path, ROOT / "vitrail/web/src" / path]
    assert any(place.exists() for place in places)
