"""The forms of a page, as the page that receives their entries needs to know them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pycrdt import Map

from vitrail.builder.render.html import field_name
from vitrail.builder.render.nodes import inside, read_nodes
from vitrail.builder.tree import ROOT, build_tree, read_positions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pycrdt import Doc

    from vitrail.builder.render.nodes import RenderNode


@dataclass(frozen=True, slots=True)
class Form:
    """A form and its fields.

    Attributes:
        node_id: The form's node.
        labels: What visitors read beside each field, by the field's name, in order.
        required: Names of the fields that may not be empty.
    """

    node_id: str
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    required: tuple[str, ...] = ()


def read_forms(page: Doc[Any], locale: str) -> list[Form]:
    """Return the forms of a page document in one locale; hidden fields are left out."""
    nodes = read_nodes(page)
    children = build_tree(read_positions(page.get("nodes", type=Map))).children
    return [
        _form(node, nodes, children, locale)
        for node in inside(ROOT, nodes, children)
        if node.type == "form"
    ]


def _form(
    form: RenderNode,
    nodes: Mapping[str, RenderNode],
    children: Mapping[str, Sequence[str]],
    locale: str,
) -> Form:
    fields = [node for node in inside(form.id, nodes, children) if node.type == "field"]
    labels = {field_name(node): str(node.prop("label", locale) or node.id) for node in fields}
    required = tuple(field_name(node) for node in fields if node.prop("required") is True)
    return Form(form.id, labels, required)
