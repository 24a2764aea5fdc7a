"""Formatted texts of nodes: runs of characters with attributes, kept in a `Y.Text`.

pycrdt counts positions of a `Text` in bytes of UTF-8, so every index here is a sum of encoded
lengths; an index inside a character would abort the process.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from pycrdt import Text

from vitrail.builder.values import MAX_VALUE_BYTES, is_color, is_safe_url
from vitrail.core.errors import InvalidInput

Attributes = dict[str, Any]
Run = tuple[str, Attributes]
Delta = list[dict[str, Any]]

_MARKS = frozenset({"bold", "italic", "code"})


def read_runs(text: Text) -> list[Run]:
    """Read a text as runs; embedded objects, which nobody may make, are left out."""
    return [
        (run, {key: value for key, value in (attributes or {}).items() if value is not None})
        for run, attributes in text.diff()
        if isinstance(run, str)
    ]


def to_delta(runs: Sequence[Run]) -> Delta:
    """Write runs as a Quill delta, the form in which both languages compare texts."""
    return [
        {"insert": run, "attributes": attributes} if attributes else {"insert": run}
        for run, attributes in runs
    ]


def plain(runs: Sequence[Run]) -> str:
    """Return the characters alone."""
    return "".join(run for run, _ in runs)


def is_attribute(name: str, value: object) -> bool:
    """Tell whether a run may have this attribute."""
    if name in _MARKS:
        return value is True
    if name == "link":
        return isinstance(value, str) and is_safe_url(value)
    return name == "color" and isinstance(value, str) and is_color(value)


def parse_delta(value: object) -> list[Run]:
    """Read a string or a delta that came from outside.

    Raises:
        InvalidInput: It is neither, it is too long, or a run has an unknown attribute.
    """
    runs: list[Run] = []
    if isinstance(value, str):
        runs = [(value, {})] if value else []
    elif isinstance(value, list):
        for piece in cast("list[Any]", value):
            runs.append(_parse_piece(piece))
    else:
        raise InvalidInput("a text is a string or a list of inserts")
    if len(plain(runs).encode("utf-8", "replace")) > MAX_VALUE_BYTES:
        raise InvalidInput("a text holds at most 16 kB")
    return [(_clean(run), marks) for run, marks in runs]


def _clean(characters: str) -> str:
    # Half of a surrogate pair has no encoding; it becomes a question mark.
    sound = characters.encode("utf-8", "replace").decode()
    return sound.replace("\r\n", "\n").replace("\r", "\n")


def _parse_piece(piece: object) -> Run:
    fields: Mapping[str, Any] = (
        cast("Mapping[str, Any]", piece) if isinstance(piece, Mapping) else {}
    )
    run, attributes = fields.get("insert"), fields.get("attributes", {})
    if not isinstance(run, str) or not run or not isinstance(attributes, Mapping):
        raise InvalidInput('each piece of a text is {"insert": characters, "attributes"?: {…}}')
    marks = dict(cast("Mapping[str, Any]", attributes))
    for name, mark in marks.items():
        if not is_attribute(name, mark):
            raise InvalidInput(f"text cannot have the attribute {name!r} with this value")
    return run, marks


def _size(characters: str) -> int:
    return len(characters.encode())


def replace_text(text: Text, wanted: str) -> None:
    """Change a text to `wanted` by the smallest replacement, keeping others' formatting.

    What is inserted takes the attributes of the character before it.
    """
    runs = read_runs(text)
    current = plain(runs)
    if current == wanted:
        return
    start = 0
    while start < min(len(current), len(wanted)) and current[start] == wanted[start]:
        start += 1
    end = 0
    longest = min(len(current), len(wanted)) - start
    while end < longest and current[len(current) - 1 - end] == wanted[len(wanted) - 1 - end]:
        end += 1
    removed = current[start : len(current) - end]
    inserted = wanted[start : len(wanted) - end]
    at = _size(current[:start])
    attributes = _attributes_at(runs, max(0, start - 1))
    if removed:
        del text[at : at + _size(removed)]
    if inserted:
        text.insert(at, inserted, attributes)


def _attributes_at(runs: Sequence[Run], place: int) -> Attributes:
    for run, attributes in runs:
        if place < len(run):
            return dict(attributes)
        place -= len(run)
    return {}


def replace_runs(text: Text, wanted: Sequence[Run]) -> None:
    """Change a text and its formatting to `wanted`."""
    replace_text(text, plain(wanted))
    at = 0
    current = _spans(read_runs(text))
    for run, attributes in wanted:
        end = at + _size(run)
        gone: set[str] = set()
        same = True
        for first, last, marks in current:
            if first < end and last > at and marks != attributes:
                same = False
                gone |= marks.keys() - attributes.keys()
        if not same:
            text.format(at, end, attributes | dict.fromkeys(gone))
        at = end


def _spans(runs: Sequence[Run]) -> list[tuple[int, int, Attributes]]:
    spans: list[tuple[int, int, Attributes]] = []
    at = 0
    for run, attributes in runs:
        spans.append((at, at + _size(run), attributes))
        at += _size(run)
    return spans
