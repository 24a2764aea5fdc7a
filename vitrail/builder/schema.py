"""What may enter a document: checked on whatever an update touched, after it was applied.

The collaboration room applies an update to a copy or under a transaction, observes what changed,
and asks here. Cost grows with what was touched, not with the document.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, cast

from pycrdt import Map, Text

from vitrail.builder.documents import PAGE_ROOTS, SITE_ROOTS, YDoc, YMap, plain_number, root
from vitrail.builder.fragments import (
    MAX_KEYS,
    MAX_NODES,
    check_attribute,
    check_prop,
    check_style,
)
from vitrail.builder.primitives import BREAKPOINTS, primitives, themes
from vitrail.builder.richtext import is_attribute
from vitrail.builder.tree import Position, is_node_id, read_position
from vitrail.builder.values import (
    MAX_VALUE_BYTES,
    TOKEN_NAME,
    is_locale,
    is_safe_css,
    is_safe_url,
    is_slug,
)
from vitrail.core.errors import InvalidInput, NotAllowed

ROOTS: Final[Mapping[str, tuple[str, ...]]] = {
    "page": PAGE_ROOTS,
    "site": SITE_ROOTS,
}
"""The root maps of each kind of document; nothing else may appear."""

_MAX_SMALL_KEYS = 2_000
_SMALL_KEY = re.compile(r"[^\u0000-\u001f]{1,200}")
_ATTRIBUTES = frozenset({"name", "block", "tag", "anchor", "lock", "hidden"})
_ROBOTS = re.compile(r"[a-z, -]{0,100}")


class Scope(StrEnum):
    """What the one who sent an update may do to the document."""

    WRITE = "read-write"
    CONTENT = "content"
    READ = "readonly"


@dataclass(frozen=True, slots=True)
class Change:
    """What an update touched in one shared type."""

    root: str
    path: tuple[str, ...]
    """Keys from the root to the type that changed; empty for the root itself."""
    keys: tuple[tuple[str, str], ...] = ()
    """Key and `add`, `update` or `delete`; empty for a text."""


def validate(doc: YDoc, kind: str, changes: Iterable[Change], scope: Scope) -> None:
    """Check what an update touched.

    Args:
        doc: The document after the update.
        kind: `page` or `site`.
        changes: What the update touched.
        scope: Of the one who sent it.

    Raises:
        InvalidInput: A key or value breaks the page model.
        NotAllowed: The scope does not reach so far.
    """
    check = _check_page_change if kind == "page" else _check_site_change
    for change in changes:
        if kind not in ROOTS or change.root not in ROOTS[kind]:
            raise InvalidInput(f"a {kind} document has no root {change.root!r}")
        _check_scope(doc, kind, change, scope)
        check(doc, change)


def _check_scope(doc: YDoc, kind: str, change: Change, scope: Scope) -> None:
    if scope is Scope.WRITE:
        return
    if scope is Scope.READ:
        raise NotAllowed("you may only read this document")
    allowed = _is_page_content if kind == "page" else _is_site_content
    keys = [(key, action) for key, action in change.keys] or [("", "update")]
    if not all(allowed(doc, change, key, action) for key, action in keys):
        raise NotAllowed(
            "your role may change texts and images, not the design",
            hint="ask an owner for the role of designer",
        )


def _is_page_content(doc: YDoc, change: Change, key: str, action: str) -> bool:
    if change.root == "meta":
        return key.startswith("description@") or key == "ogImage"
    if len(change.path) == 2:
        return change.path[1].startswith("text@")
    if len(change.path) != 1:
        return False
    if key.startswith("text@"):
        return action == "add"
    node = root(doc, "nodes").get(change.path[0])
    if not key.startswith("p:") or not isinstance(node, Map):
        return False
    primitive = primitives().get(str(cast("YMap", node).get("type")))
    prop = primitive.props.get(key[2:].partition("@")[0]) if primitive else None
    return prop is not None and prop.content


def _is_site_content(doc: YDoc, change: Change, key: str, action: str) -> bool:
    del doc, action
    return change.root == "pages" and len(change.path) == 1 and key.startswith("title@")


def _check_page_change(doc: YDoc, change: Change) -> None:
    if change.root == "meta":
        _check_meta(root(doc, "meta"), change, _check_page_meta)
        return
    nodes = root(doc, "nodes")
    if not change.path:
        if len(nodes) > MAX_NODES:
            raise InvalidInput(f"a page has at most {MAX_NODES} nodes")
        for identifier, action in change.keys:
            if action == "delete":
                raise InvalidInput("nodes are never deleted", hint="move them to the trash")
            if action == "update":
                raise InvalidInput("a node is never replaced", hint="change its keys")
            check_node(identifier, nodes.get(identifier))
        return
    identifier = change.path[0]
    node = nodes.get(identifier)
    if not isinstance(node, Map):
        raise InvalidInput(f"the node {identifier!r} is not a map")
    fields = cast("YMap", node)
    if len(change.path) == 1:
        _check_node_keys(identifier, fields, change.keys)
    elif len(change.path) == 2 and change.path[1].startswith("text@"):
        _check_text(fields.get(change.path[1]))
    else:
        raise InvalidInput("a node holds only values and texts")


def _check_node_keys(identifier: str, node: YMap, keys: Iterable[tuple[str, str]]) -> None:
    if len(node) > MAX_KEYS:
        raise InvalidInput(f"a node has at most {MAX_KEYS} keys")
    for key, action in keys:
        if key == "type" and action != "add":
            raise InvalidInput("the type of a node never changes")
        if action == "delete":
            if key == "pos" or key.startswith("text@"):
                raise InvalidInput(f"{key!r} of a node is never deleted")
            continue
        check_node_key(identifier, node, key, node.get(key))


def check_node(identifier: str, node: object) -> None:
    """Check a whole node, as when it is new.

    Raises:
        InvalidInput: It breaks the page model.
    """
    if not is_node_id(identifier):
        raise InvalidInput(f"{identifier[:20]!r} is not a node id")
    if not isinstance(node, Map):
        raise InvalidInput("a node is a map")
    fields = cast("YMap", node)
    if "type" not in fields or "pos" not in fields:
        raise InvalidInput("a node has a type and a position")
    _check_node_keys(identifier, fields, [(key, "add") for key in list(fields.keys())])


def check_node_key(identifier: str, node: YMap, key: str, value: object) -> None:
    """Check one key of a node.

    Raises:
        InvalidInput: It breaks the page model.
    """
    kind = node.get("type")
    if not isinstance(kind, str) or kind not in primitives():
        raise InvalidInput(f"{str(kind)[:40]!r} is not a primitive")
    if key == "type":
        return
    if key == "pos":
        _check_position(identifier, value)
    elif key in _ATTRIBUTES:
        check_attribute(kind, key, value)
    elif key.startswith("p:"):
        check_prop(kind, key[2:], plain_number(value))
    elif key.startswith("s:"):
        if key.count(":") != 3 or check_style(key[2:], value)[0] != key[2:]:
            raise InvalidInput(f"{key[:80]!r} is not a style key")
    elif key.startswith("text@"):
        if not primitives()[kind].has_text or not is_locale(key[5:]):
            raise InvalidInput(f"{kind} has no {key[:40]!r}")
        _check_text(value)
    else:
        raise InvalidInput(f"a node has no key {key[:40]!r}")


def _check_position(identifier: str, value: object) -> None:
    at: Position = read_position(value)
    sound = isinstance(value, Mapping) and plain_number(dict(cast("Mapping[str, Any]", value)))
    if sound != at.register():
        raise InvalidInput('a position is {"p", "i", "c", "pp"}')
    if at.p == identifier:
        raise InvalidInput("a node cannot lie in itself")


def _check_text(value: object) -> None:
    if not isinstance(value, Text):
        raise InvalidInput("a text is a Y.Text")
    size = 0
    for run, attributes in value.diff():
        if not isinstance(run, str):
            raise InvalidInput("a text holds only characters")
        size += len(run.encode())
        for name, mark in (attributes or {}).items():
            if mark is not None and not is_attribute(name, mark):
                raise InvalidInput(f"text cannot have the attribute {name[:40]!r} with this value")
    if size > MAX_VALUE_BYTES:
        raise InvalidInput("a text holds at most 16 kB")


def _string(value: object, *, at_most: int = 2_000) -> bool:
    return isinstance(value, str) and len(value) <= at_most


def _check_meta(meta: YMap, change: Change, is_sound: Callable[[str, object], bool]) -> None:
    if change.path:
        raise InvalidInput("meta is flat")
    for key, action in change.keys:
        if action != "delete" and not is_sound(key, meta.get(key)):
            raise InvalidInput(f"meta cannot have {key[:40]!r} with this value")


def _check_page_meta(key: str, value: object) -> bool:
    name, _, locale = key.partition("@")
    if name in {"description", "title"}:
        return is_locale(locale) and _string(value)
    match key:
        case "schema":
            return value == 1
        case "site":
            return _string(value, at_most=64)
        case "ogImage":
            return isinstance(value, str) and _string(value) and is_safe_url(value)
        case "robots":
            return isinstance(value, str) and bool(_ROBOTS.fullmatch(value))
        case _:
            return False


def _check_site_meta(key: str, value: object) -> bool:
    match key:
        case "schema":
            return value == 1
        case "name":
            return _string(value, at_most=200)
        case "theme":
            return isinstance(value, str) and value in themes()
        case "favicon":
            return isinstance(value, str) and _string(value) and is_safe_url(value)
        case "locale":
            return isinstance(value, str) and is_locale(value)
        case _:
            return False


def _check_site_change(doc: YDoc, change: Change) -> None:
    values = root(doc, change.root)
    if change.root == "meta":
        _check_meta(values, change, _check_site_meta)
        return
    if change.root == "pages":
        _check_pages(values, change)
        return
    if change.path:
        raise InvalidInput(f"{change.root} is flat")
    if len(values) > _MAX_SMALL_KEYS:
        raise InvalidInput(f"{change.root} has at most {_MAX_SMALL_KEYS} keys")
    is_sound = _SITE_VALUES.get(change.root)
    if is_sound is None:
        raise InvalidInput(f"{change.root} is reserved")
    for key, action in change.keys:
        if action != "delete" and not is_sound(key, values.get(key)):
            raise InvalidInput(f"{change.root} cannot have {key[:40]!r} with this value")


def _is_token(key: str, value: object) -> bool:
    return bool(TOKEN_NAME.fullmatch(key)) and isinstance(value, str) and is_safe_css(value)


def _is_dark_token(key: str, value: object) -> bool:
    return key.startswith("dark/") and _is_token(key[5:], value)


def _is_breakpoint(key: str, value: object) -> bool:
    return key in BREAKPOINTS and isinstance(value, dict)


def _is_locale_entry(key: str, value: object) -> bool:
    if not is_locale(key) or not isinstance(value, dict):
        return False
    fields = cast("dict[str, Any]", value)
    return (
        fields.keys() <= {"i", "default", "dir"}
        and isinstance(fields.get("i"), str)
        and isinstance(fields.get("default", False), bool)
        and fields.get("dir", "ltr") in {"ltr", "rtl"}
    )


def _is_redirect(key: str, value: object) -> bool:
    if not key.startswith("/") or not _SMALL_KEY.fullmatch(key) or not isinstance(value, dict):
        return False
    fields = cast("dict[str, Any]", value)
    to = fields.get("to")
    code = plain_number(fields.get("code", 301))
    return isinstance(to, str) and is_safe_url(to) and code in {301, 302, 307, 308}


_SITE_VALUES: Final[Mapping[str, Callable[[str, object], bool]]] = {
    "tokens": _is_token,
    "themes": _is_dark_token,
    "breakpoints": _is_breakpoint,
    "locales": _is_locale_entry,
    "redirects": _is_redirect,
}


def _check_pages(pages: YMap, change: Change) -> None:
    if len(change.path) > 1:
        raise InvalidInput("a page entry is flat")
    entries = [change.path[0]] if change.path else [key for key, _ in change.keys]
    if any(action == "delete" for _, action in change.keys) and not change.path:
        raise InvalidInput("pages are never deleted", hint="move them to the trash")
    for identifier in entries:
        page = pages.get(identifier)
        if not is_node_id(identifier) or not isinstance(page, Map):
            raise InvalidInput("a page entry is a map under a page id")
        for key, value in cast("YMap", page).items():
            if not _is_page_value(identifier, key, value):
                raise InvalidInput(f"a page cannot have {key[:40]!r} with this value")


def _is_page_value(identifier: str, key: str, value: object) -> bool:
    name, _, locale = key.partition("@")
    match name:
        case "pos":
            _check_position(identifier, value)
            return True
        case "nav":
            return isinstance(value, bool)
        case "title":
            return is_locale(locale) and _string(value, at_most=200)
        case "slug":
            return is_locale(locale) and isinstance(value, str) and is_slug(value)
        case _:
            return False
