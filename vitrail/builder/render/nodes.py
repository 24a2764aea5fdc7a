"""A plain projection of a page document, for rendering."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from pycrdt import Map, Text

from vitrail.builder.tree import plain_map

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pycrdt import Doc

Run = tuple[str, dict[str, Any]]


@dataclass(slots=True)
class RenderNode:
    """One node: what it is, its properties, styles and texts.

    Attributes:
        texts: By locale, runs of text with their marks.
        props: By key without the `p:`, so localised ones end in `@{locale}`.
        styles: By `{breakpoint}:{state}:{property}`.
    """

    id: str
    type: str
    tag: str = ""
    anchor: str = ""
    hidden: bool = False
    props: dict[str, Any] = field(default_factory=dict[str, Any])
    styles: dict[str, str] = field(default_factory=dict[str, str])
    texts: dict[str, list[Run]] = field(default_factory=dict[str, "list[Run]"])

    def prop(self, name: str, locale: str = "") -> Any:
        """Return a property, the localised one if there is one."""
        return self.props.get(f"{name}@{locale}", self.props.get(name))


def read_nodes(page: Doc[Any]) -> dict[str, RenderNode]:
    """Return every node of a page document by id; malformed ones are left out."""
    nodes: Map[Any] = page.get("nodes", type=Map)
    found: dict[str, RenderNode] = {}
    with page.transaction():
        for node_id, node in plain_map(nodes).items():
            if not isinstance(node, dict):
                continue
            node = cast("dict[str, Any]", node)
            kind = node.get("type")
            if isinstance(kind, str):
                found[node_id] = _read(node_id, kind, node, nodes)
    return found


def _read(node_id: str, kind: str, node: dict[str, Any], nodes: Map[Any]) -> RenderNode:
    out = RenderNode(node_id, kind)
    for key, value in node.items():
        if key.startswith("text@"):
            text = nodes[node_id][key]  # with its marks
            if isinstance(text, Text):
                runs = text.diff()
                out.texts[key[5:]] = [(str(part), dict(marks or {})) for part, marks in runs]
        elif key.startswith("p:"):
            out.props[key[2:]] = value
        elif key.startswith("s:"):
            out.styles[key[2:]] = str(value)
        elif key == "tag":
            out.tag = str(value)
        elif key == "anchor":
            out.anchor = str(value)
        elif key == "hidden":
            out.hidden = bool(value)
    return out


def inside(
    node_id: str, nodes: Mapping[str, RenderNode], children: Mapping[str, Sequence[str]]
) -> Iterator[RenderNode]:
    """Yield all that is under a node and shown, in order."""
    for child in children.get(node_id, ()):
        node = nodes.get(child)
        if node is not None and not node.hidden:
            yield node
            yield from inside(child, nodes, children)
