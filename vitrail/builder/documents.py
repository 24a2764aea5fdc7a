"""Read page and site documents into plain values, and make new ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from pycrdt import Doc, Map, Text

from vitrail.builder.primitives import default_theme, primitives
from vitrail.builder.richtext import Run, read_runs, to_delta
from vitrail.builder.tree import (
    ROOT,
    TRASH,
    Position,
    Tree,
    build_tree,
    is_node_id,
    plain_map,
    read_position,
    read_positions,
)

SCHEMA: Final = 1
PAGE_ROOTS: Final = ("meta", "nodes")
SITE_ROOTS: Final = (
    "meta",
    "tokens",
    "themes",
    "breakpoints",
    "presets",
    "pages",
    "locales",
    "components",
    "redirects",
)

YDoc = Doc[Any]
YMap = Map[Any]


@dataclass(frozen=True, slots=True)
class Node:
    """One node of a page, as plain values."""

    id: str
    type: str
    position: Position
    tag: str | None = None
    name: str | None = None
    block: str | None = None
    anchor: str | None = None
    hidden: bool = False
    locked: bool = False
    props: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """By prop name, localised ones as `prop@locale`."""
    styles: Mapping[str, str] = field(default_factory=dict[str, str])
    """By `breakpoint:state:property`."""
    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    """By locale, without marks."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page document, as plain values."""

    meta: Mapping[str, Any]
    nodes: Mapping[str, Node]
    tree: Tree
    source: YDoc

    def runs(self, identifier: str) -> dict[str, list[Run]]:
        """Return the texts of a node by locale, with their marks."""
        node = root(self.source, "nodes")[identifier]
        return {
            locale: read_runs(node[f"text@{locale}"]) for locale in self.nodes[identifier].texts
        }


@dataclass(frozen=True, slots=True)
class Locale:
    """One language of a site."""

    name: str
    is_default: bool
    direction: str


@dataclass(frozen=True, slots=True)
class SitePage:
    """What the site document says of a page."""

    id: str
    position: Position
    slugs: Mapping[str, str]
    titles: Mapping[str, str]
    in_nav: bool
    parent: str | None
    """The page that it lies under, None at the top."""

    def title(self, locale: str, default: str) -> str:
        """Return the title in `locale`, else in the default one, else any, else the id."""
        titles = self.titles
        return titles.get(locale) or titles.get(default) or next(iter(titles.values()), self.id)


@dataclass(frozen=True, slots=True)
class Site:
    """A site document, as plain values."""

    meta: Mapping[str, Any]
    tokens: Mapping[str, str]
    themes: Mapping[str, str]
    pages: Mapping[str, SitePage]
    tree: Tree
    locales: tuple[Locale, ...]
    redirects: Mapping[str, Any]

    @property
    def default_locale(self) -> str:
        """The locale of pages without a prefix."""
        return _default_of(self.locales, self.meta)

    def page_ids(self) -> list[str]:
        """Return the ids of the pages in order, children after their parent."""
        found: list[str] = []

        def walk(parent: str) -> None:
            for child in self.tree.children.get(parent, []):
                found.append(child)
                walk(child)

        walk(ROOT)
        return found


def _default_of(locales: Sequence[Locale], meta: Mapping[str, Any]) -> str:
    """Return the locale marked as default, else the one that `meta` names, else the first."""
    for locale in locales:
        if locale.is_default:
            return locale.name
    named = meta.get("locale")
    if isinstance(named, str) and named:
        return named
    return locales[0].name if locales else "fr"


def root(doc: YDoc, name: str) -> YMap:
    """Return a root map of a document, made when it is missing."""
    return doc.get(name, type=Map)


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def read_node(identifier: str, node: Mapping[str, Any]) -> Node:
    """Read one node; keys that this version does not know are left out."""
    props: dict[str, Any] = {}
    styles: dict[str, str] = {}
    texts: dict[str, str] = {}
    for key, value in node.items():
        if key.startswith("p:"):
            props[key[2:]] = plain_number(value)
        elif key.startswith("s:") and isinstance(value, str):
            styles[key[2:]] = value
        elif key.startswith("text@") and isinstance(value, str):
            texts[key[5:]] = value
    kind = _string(node.get("type"))
    return Node(
        id=identifier,
        type=kind if kind in primitives() else "box",
        position=read_position(node.get("pos")),
        tag=_string(node.get("tag")),
        name=_string(node.get("name")),
        block=_string(node.get("block")),
        anchor=_string(node.get("anchor")),
        hidden=node.get("hidden") is True,
        locked=node.get("lock") is True,
        props=props,
        styles=styles,
        texts=texts,
    )


def plain_number(value: Any) -> Any:
    """Turn 2.0, as every number comes back from a document, into 2."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [plain_number(item) for item in cast("list[Any]", value)]
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value)
        return {key: plain_number(item) for key, item in items.items()}
    return value


def read_page(doc: YDoc) -> Page:
    """Read a whole page document.

    Cost: about 60 ms for 5,000 nodes.
    """
    read = {
        identifier: read_node(identifier, cast("Mapping[str, Any]", node))
        for identifier, node in plain_map(root(doc, "nodes")).items()
        if is_node_id(identifier) and isinstance(node, dict)
    }
    meta = {key: plain_number(value) for key, value in plain_map(root(doc, "meta")).items()}
    tree = build_tree({identifier: node.position for identifier, node in read.items()})
    return Page(meta, read, tree, doc)


def read_locales(doc: YDoc) -> tuple[Locale, ...]:
    """Read the languages of a site in order."""
    found: list[tuple[str, Locale]] = []
    for name, value in root(doc, "locales").items():
        if isinstance(value, dict):
            fields = cast("dict[str, Any]", value)
            direction = "rtl" if fields.get("dir") == "rtl" else "ltr"
            locale = Locale(name, fields.get("default") is True, direction)
            found.append((str(fields.get("i", "a0")), locale))
    return tuple(locale for _, locale in sorted(found, key=lambda pair: (pair[0], pair[1].name)))


def _strings(values: YMap) -> dict[str, str]:
    return {key: value for key, value in values.items() if isinstance(value, str)}


def _localised(values: YMap, prefix: str) -> dict[str, str]:
    return {
        key.removeprefix(prefix): value
        for key, value in sorted(_strings(values).items())
        if key.startswith(prefix)
    }


def read_site(doc: YDoc) -> Site:
    """Read a whole site document."""
    with doc.transaction():
        positions = read_positions(root(doc, "pages"))
        tree = build_tree(positions)
        pages: dict[str, SitePage] = {}
        for identifier, at in positions.items():
            page: YMap = root(doc, "pages")[identifier]
            pages[identifier] = SitePage(
                id=identifier,
                position=at,
                slugs=_localised(page, "slug@"),
                titles=_localised(page, "title@"),
                in_nav=page.get("nav") is not False,
                parent=None if tree.parents[identifier] == ROOT else tree.parents[identifier],
            )
        return Site(
            meta={key: plain_number(value) for key, value in root(doc, "meta").items()},
            tokens=_strings(root(doc, "tokens")),
            themes=_strings(root(doc, "themes")),
            pages=pages,
            tree=tree,
            locales=read_locales(doc),
            redirects=dict(root(doc, "redirects").items()),
        )


def create_site(
    name: str, locale_names: Sequence[str] = ("fr", "en"), *, theme: str | None = None
) -> YDoc:
    """Make the document of a new site without pages; the first locale is the default one."""
    doc: YDoc = Doc()
    with doc.transaction(origin="create"):
        for part in SITE_ROOTS:
            root(doc, part)
        root(doc, "meta").update(
            {
                "schema": SCHEMA,
                "name": name,
                "theme": theme or default_theme(),
                "locale": locale_names[0],
            }
        )
        for order, locale in enumerate(locale_names):
            direction = "rtl" if locale.split("-")[0] in {"ar", "fa", "he", "ur"} else "ltr"
            root(doc, "locales")[locale] = {
                "i": f"a{order}",
                "default": order == 0,
                "dir": direction,
            }
    return doc


def create_page(site_id: str) -> YDoc:
    """Make the document of a new page without nodes."""
    doc: YDoc = Doc()
    with doc.transaction(origin="create"):
        root(doc, "meta").update({"schema": SCHEMA, "site": site_id})
        root(doc, "nodes")
    return doc


def ensure_locale(doc: YDoc, locale: str, *, origin: object = "create") -> int:
    """Give every node that has text a text in `locale`; returns how many lacked it."""
    made = 0
    with doc.transaction(origin=origin):
        for node in root(doc, "nodes").values():
            if not isinstance(node, Map):
                continue
            fields = cast("YMap", node)
            primitive = primitives().get(str(fields.get("type")))
            if primitive and primitive.has_text and f"text@{locale}" not in fields:
                fields[f"text@{locale}"] = Text("")
                made += 1
    return made


def dump(doc: YDoc, roots: Sequence[str]) -> dict[str, Any]:
    """Return all values of a document as JSON, texts as deltas; for tests and comparisons."""

    def plain_value(value: Any) -> Any:
        if isinstance(value, Text):
            return to_delta(read_runs(value))
        if isinstance(value, Map):
            fields = cast("YMap", value)
            return {key: plain_value(item) for key, item in sorted(fields.items())}
        return plain_number(value)

    with doc.transaction():
        return {name: plain_value(root(doc, name)) for name in roots}


def is_in_trash(tree: Tree, identifier: str) -> bool:
    """Tell whether a node, or what it lies in, was deleted."""
    at: str | None = identifier
    while at is not None and at not in {ROOT, TRASH}:
        at = tree.parents.get(at)
    return at != ROOT


def locales(site: YDoc) -> list[str]:
    """Return the languages of a site in order, at least one."""
    return [locale.name for locale in read_locales(site)] or [default_locale(site)]


def default_locale(site: YDoc) -> str:
    """Return the language whose pages have no prefix in their path."""
    return _default_of(read_locales(site), dict(root(site, "meta").items()))


def set_meta(doc: YDoc, key: str, value: Any, *, origin: object = "local") -> None:
    """Set, or with None delete, one key of a document's `meta`."""
    meta = root(doc, "meta")
    with doc.transaction(origin=origin):
        if value is None:
            meta.pop(key, None)
        else:
            meta[key] = value
