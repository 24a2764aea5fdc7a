"""What the nodes of a page want of the site's shop; twin of `src/model/wants.ts`.

A want is a text, `source:of:limit`, so that equal wants are one, in a set as on the wire:

    newest::12             collection:01J…:8     category:01J…:8     tag:wood:8
    picked:01J… 01J…:2     similar:01J…:4        product:01J…:1      reviews:01J…:6

What answers them is a list of plain objects: products, or reviews.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from pycrdt import Map

from vitrail.builder.render.nodes import inside, read_nodes
from vitrail.builder.tree import ROOT, build_tree, plain_map, read_positions
from vitrail.core.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pycrdt import Doc

    from vitrail.builder.render.nodes import RenderNode

SHOP_TYPES: Final = frozenset({"products", "product", "reviews"})
MAX_LIMIT: Final = 48
SOURCES: Final = frozenset(
    {"newest", "collection", "category", "tag", "picked", "similar", "product", "reviews"}
)
# Bare, or as programs know it: `product:01J…`.
_ID = re.compile(r"(?:product:|collection:|category:)?([0-9A-Za-z]{1,40})\Z", re.ASCII)
_TAG = re.compile(r"[^\x00-\x1f]{1,60}\Z")


@dataclass(frozen=True, slots=True)
class Want:
    """A want that was read.

    Attributes:
        source: One of `SOURCES`.
        of: The id, ids or tag that it is about; empty for the newest.
        limit: How many at most, 1 to `MAX_LIMIT`.
    """

    source: str
    of: str
    limit: int


def read_want(text: str) -> Want:
    """Read a want that came from outside.

    Raises:
        InvalidInput: It is none.
    """
    source, _, rest = text.partition(":")
    of, _, limit = rest.rpartition(":")
    if source not in SOURCES or not limit.isdecimal() or not 1 <= int(limit) <= MAX_LIMIT:
        raise InvalidInput(f"{text[:60]!r} is not a want", hint="write source:of:limit")
    return Want(source, of, int(limit))


def wants_of(node: RenderNode, page_product: str) -> tuple[str, ...]:
    """Return what a node wants.

    Args:
        node: The node.
        page_product: The product that the page is about, for nodes that name none.
    """
    product = _id(node, "product") or page_product
    match node.type:
        case "product":
            own = _id(node, "product")
            return (f"product:{own}:1",) if own else ()
        case "reviews":
            limit = bounded(node.prop("limit"), 6, MAX_LIMIT)
            return (f"product:{product}:1", f"reviews:{product}:{limit}") if product else ()
        case "products":
            return _list_wants(node, product)
        case _:
            return ()


def _list_wants(node: RenderNode, product: str) -> tuple[str, ...]:
    limit = bounded(node.prop("limit"), 8, MAX_LIMIT)
    match node.prop("source"):
        case "collection" | "category" as source:
            of = _id(node, source)
            return (f"{source}:{of}:{limit}",) if of else ()
        case "tag":
            tag = node.prop("tag")
            sound = isinstance(tag, str) and _TAG.match(tag)
            return (f"tag:{tag}:{limit}",) if sound else ()
        case "picked":
            ids = ids_of(node.prop("products"))
            return (f"picked:{' '.join(ids)}:{len(ids)}",) if ids else ()
        case "similar":
            return (f"similar:{product}:{limit}",) if product else ()
        case _:
            return (f"newest::{limit}",)


def bounded(value: Any, default: int, most: int) -> int:
    """Return a number that a designer gave as a whole one within bounds."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return default
    return max(1, min(int(value), most))


def ids_of(value: Any) -> list[str]:
    """Return the ids in a text that lists them, each once."""
    words = value.split(" ") if isinstance(value, str) else []
    found = (_bare(word) for word in words)
    return list(dict.fromkeys(word for word in found if word))[:MAX_LIMIT]


def _bare(value: Any) -> str:
    found = _ID.match(value) if isinstance(value, str) else None
    return found[1] if found else ""


def _id(node: RenderNode, name: str) -> str:
    return _bare(node.prop(name))


def product_of_page(nodes: Sequence[RenderNode]) -> str:
    """Return the product that a page is about: the first that is shown by itself, or none."""
    return next((found for n in nodes if n.type == "product" and (found := _id(n, "product"))), "")


def shop_nodes(page: Doc[Any]) -> list[RenderNode]:
    """Return the nodes of a page document that show something of the shop, in order."""
    raw: Map[Any] = page.get("nodes", type=Map)
    if SHOP_TYPES.isdisjoint(_types(raw)):
        return []  # as most pages: their texts need not be read
    nodes = read_nodes(page)
    children = build_tree(read_positions(raw)).children
    return [node for node in inside(ROOT, nodes, children) if node.type in SHOP_TYPES]


def page_wants(page: Doc[Any]) -> tuple[str, ...]:
    """Return what a page document wants, each want once."""
    nodes = shop_nodes(page)
    about = product_of_page(nodes)
    return tuple(dict.fromkeys(want for node in nodes for want in wants_of(node, about)))


def _types(nodes: Map[Any]) -> Iterator[Any]:
    for node in plain_map(nodes).values():
        if isinstance(node, dict):
            yield cast("dict[str, Any]", node).get("type")
