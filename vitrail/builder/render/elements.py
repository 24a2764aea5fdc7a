"""Elements as they are described, what they must know, and how they are written; twin of `src/model/elements.ts`.

Content is data: text is escaped where it is written, URLs pass an allow-list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vitrail.builder.render.nodes import RenderNode

VOID = frozenset({"img", "hr", "input", "source", "br", "meta", "link"})
SCHEMES = re.compile(r"^(https?:|mailto:|tel:|/(?!/)|#|\?)", re.IGNORECASE)

AssetLookup = Callable[[str], "Mapping[str, Any] | None"]


@dataclass(slots=True)
class Element:
    """An element to be: its tag, its attributes in order, and what is in it."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict[str, str])
    children: list[Element | str] = field(default_factory=list["Element | str"])


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page as menus and links see it."""

    id: str
    title: str
    path: str
    in_menu: bool = True


@dataclass(frozen=True, slots=True)
class ShopView:
    """What a page shows of the site's shop, as plain values.

    Attributes:
        answers: Products or reviews by want (see `wants`); a want that is not in it waits for them.
        links: The path of the page that is about a product, by the product's id.
        product: The product that this page is about, if any.
        hints: In the editor, what stands where there is nothing to show, by the reason.
    """

    answers: Mapping[str, Sequence[dict[str, Any]]] = field(
        default_factory=dict[str, "Sequence[dict[str, Any]]"]
    )
    links: Mapping[str, str] = field(default_factory=dict[str, str])
    product: str = ""
    hints: Mapping[str, str] = field(default_factory=dict[str, str])


NO_SHOP = ShopView()


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What a node must know of its surroundings.

    Attributes:
        locale: Locale to render.
        page_id: The page that is rendered.
        pages: Pages of the site in order, in this locale.
        alternates: Path of this page by locale.
        asset: Looks an image up by id.
        shop: What the site sells.
    """

    locale: str
    page_id: str
    pages: Sequence[PageLink]
    alternates: Mapping[str, str]
    asset: AssetLookup
    shop: ShopView = NO_SHOP

    def picture(self, asset_id: str) -> str | None:
        """Return the address of an image's largest WebP, or None."""
        asset = self.asset(asset_id)
        webp = [v for v in asset["variants"] if v["format"] == "webp"] if asset else []
        return max(webp, key=lambda v: v["width"])["url"] if webp else None


def resolve(url: str, context: RenderContext) -> str:
    """Return where a link leads: `page:{id}` to its path, an allowed scheme as it is, else nothing."""
    url = url.strip()
    if url.startswith("page:"):
        page_id, _, anchor = url[5:].partition("#")
        found = next((page.path for page in context.pages if page.id == page_id), "")
        return f"{found}#{anchor}" if found and anchor else found
    return url if SCHEMES.match(url) else ""


def text_prop(node: RenderNode, name: str, context: RenderContext) -> str:
    """Return a property that is text, in the locale that is rendered."""
    value = node.prop(name, context.locale)
    return value if isinstance(value, str) else ""


def add_class(element: Element, name: str) -> None:
    """Add a class to an element that has one."""
    element.attrs["class"] += f" {name}"


def add_label(node: RenderNode, element: Element, context: RenderContext) -> None:
    """Name an element for those who do not see it."""
    if label := text_prop(node, "label", context):
        element.attrs["aria-label"] = label


def escape(text: str) -> str:
    """Return text for HTML, between tags and inside double quotes alike."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def to_html(element: Element | str) -> str:
    """Write an element."""
    if isinstance(element, str):
        return escape(element)
    attrs = "".join(
        f" {name}" if value == "" and name != "alt" else f' {name}="{escape(value)}"'
        for name, value in element.attrs.items()
    )
    opening = f"<{element.tag}{attrs}>"
    if element.tag in VOID:
        return opening
    return f"{opening}{''.join(to_html(child) for child in element.children)}</{element.tag}>"
