"""Elements: one node becomes one element, described before it is written; twin of `src/model/render.ts`.

Content is data: URLs pass an allow-list, names a pattern, and text is escaped where it is written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vitrail.builder.primitives import primitives
from vitrail.builder.render.data import icons
from vitrail.builder.render.elements import Element, add_class, add_label, resolve, text_prop
from vitrail.builder.render.pictures import add_ratio, image, img
from vitrail.builder.render.product import product, reviews
from vitrail.builder.render.products import products

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from vitrail.builder.render.elements import PageLink, RenderContext
    from vitrail.builder.render.nodes import RenderNode, Run

COLOR = re.compile(r"^(#[0-9a-fA-F]{3,8}|\$[\w.-]+)\Z", re.ASCII)
NAME = re.compile(r"[A-Za-z][\w-]{0,63}\Z", re.ASCII)
INPUTS = frozenset({"text", "email", "tel", "number", "date", "time"})
MENU = {"fr": "Menu", "en": "Menu"}
LANGUAGES = {"fr": "Français", "en": "English"}
LANGUAGE_LABEL = {"fr": "Langues", "en": "Languages"}


def describe(node: RenderNode, children: Sequence[Element], context: RenderContext) -> Element:
    """Return the element of a node, with the elements of its children in it."""
    primitive = primitives().get(node.type)
    if primitive is None:  # of a newer version: keep what is in it
        return Element("div", {"class": "v-unknown"}, list(children))
    tag = node.tag if node.tag in primitive.tags else primitive.tag
    element = Element(tag, {"class": f"v-{node.type}"})
    if NAME.match(node.anchor):
        element.attrs["id"] = node.anchor
    builder = BUILDERS.get(node.type)
    if builder is not None:
        builder(node, element, context)
    if primitive.has_text:
        element.children.extend(runs(node.texts.get(context.locale, []), context))
    element.children.extend(children)
    return element


def runs(texts: Sequence[Run], context: RenderContext) -> list[Element | str]:
    """Return runs of text with their marks as nested elements; a line break is one."""
    out: list[Element | str] = []
    for text, marks in texts:
        for index, line in enumerate(text.split("\n")):
            if index:
                out.append(Element("br"))
            if line:
                out.append(_marked(line, marks, context))
    return out


def _marked(text: str, marks: Mapping[str, Any], context: RenderContext) -> Element | str:
    inner: Element | str = text
    if marks.get("code"):
        inner = Element("code", {}, [inner])
    if marks.get("italic"):
        inner = Element("em", {}, [inner])
    if marks.get("bold"):
        inner = Element("strong", {}, [inner])
    color = marks.get("color")
    if isinstance(color, str) and COLOR.match(color):
        value = f"var(--{color[1:].replace('.', '-')})" if color[0] == "$" else color
        inner = Element("span", {"style": f"color:{value}"}, [inner])
    link = marks.get("link")
    if isinstance(link, str) and (href := resolve(link, context)):
        inner = Element("a", {"href": href}, [inner])
    return inner


# ---- one builder for each primitive that is more than a box -----------------------------------


def _section(node: RenderNode, element: Element, context: RenderContext) -> None:
    width = node.prop("width")
    if width in {"wide", "full"}:
        add_class(element, f"v-{width}")
    add_label(node, element, context)


def _box(node: RenderNode, element: Element, context: RenderContext) -> None:
    href = resolve(text_prop(node, "href", context), context)
    if href:
        element.tag = "a"
        element.attrs["href"] = href
    if element.tag == "details" and node.prop("open") is True:
        element.attrs["open"] = ""
    add_label(node, element, context)


def _media(node: RenderNode, element: Element, context: RenderContext) -> None:
    src = resolve(text_prop(node, "src", context), context)
    element.attrs.update({"controls": "", "preload": "none"})
    if src:
        element.attrs["src"] = src
    for flag in ("loop", "muted"):
        if node.prop(flag) is True:
            element.attrs[flag] = ""
    add_label(node, element, context)


def _embed(node: RenderNode, element: Element, context: RenderContext) -> None:
    add_ratio(node, element)
    src = resolve(text_prop(node, "src", context), context)
    if src.startswith("https://"):
        element.attrs["src"] = src
    element.attrs.update(
        {
            "title": text_prop(node, "title", context) or "embed",
            "loading": "lazy",
            "sandbox": "allow-scripts allow-popups",
            "referrerpolicy": "no-referrer",
        }
    )


def _icon(node: RenderNode, element: Element, context: RenderContext) -> None:
    path = icons().get(str(node.prop("icon") or "star"), icons()["star"])
    size = node.prop("size")
    pixels = str(int(size)) if isinstance(size, int | float) and 8 <= size <= 256 else "24"
    label = text_prop(node, "label", context)
    element.attrs.update({"role": "img", "aria-label": label} if label else {"aria-hidden": "true"})
    box = {"viewBox": "0 0 24 24", "width": pixels, "height": pixels}
    element.children.append(Element("svg", box, [Element("path", {"d": path})]))


def _link(node: RenderNode, element: Element, context: RenderContext) -> None:
    href = resolve(text_prop(node, "href", context), context)
    if href:
        element.attrs["href"] = href
        page = text_prop(node, "href", context).strip()
        if page == f"page:{context.page_id}":
            element.attrs["aria-current"] = "page"
    if node.prop("blank") is True:
        element.attrs.update({"target": "_blank", "rel": "noopener"})


def _button(node: RenderNode, element: Element, context: RenderContext) -> None:
    variant = node.prop("variant")
    add_class(element, f"v-{variant if variant in {'secondary', 'ghost'} else 'primary'}")
    if node.prop("submit") is True or element.tag == "button":
        element.tag = "button"
        element.attrs["type"] = "submit" if node.prop("submit") is True else "button"
        return
    _link(node, element, context)


def _list(node: RenderNode, element: Element, _context: RenderContext) -> None:
    marker = node.prop("marker")
    if marker in {"check", "none"}:
        add_class(element, f"v-{marker}")
    elif marker == "number":
        element.tag = "ol"


def _form(node: RenderNode, element: Element, context: RenderContext) -> None:
    element.attrs.update(
        {"method": "post", "action": f"/f/{context.page_id}/{node.id}/{context.locale}"}
    )
    add_label(node, element, context)
    # Filled in by robots only; what comes with it is thrown away.
    trap = {"name": "website", "tabindex": "-1", "autocomplete": "off", "aria-hidden": "true"}
    hidden = {"class": "v-trap", "aria-hidden": "true"}
    element.children.append(Element("div", hidden, [Element("input", {"type": "text", **trap})]))


def field_name(node: RenderNode) -> str:
    """Return the name under which a form sends a field."""
    name = node.prop("name")
    return name if isinstance(name, str) and NAME.match(name) else node.id


def _field(node: RenderNode, element: Element, context: RenderContext) -> None:
    kind = str(node.prop("kind") or "text")
    add_class(element, f"v-{kind}" if kind in {"checkbox", "select", "textarea"} else "v-input")
    control_id = f"f-{node.id}"
    attrs = {"id": control_id, "name": field_name(node)}
    for key in ("placeholder", "autocomplete"):
        if value := text_prop(node, key, context):
            attrs[key] = value
    if node.prop("required") is True:
        attrs["required"] = ""
    label = Element("label", {"for": control_id}, [text_prop(node, "label", context) or node.id])
    control = _control(kind, attrs, text_prop(node, "options", context))
    element.children.extend([control, label] if kind == "checkbox" else [label, control])
    if help_text := text_prop(node, "help", context):
        control.attrs["aria-describedby"] = f"{control_id}-help"
        element.children.append(Element("small", {"id": f"{control_id}-help"}, [help_text]))


def _control(kind: str, attrs: dict[str, str], options: str) -> Element:
    if kind == "textarea":
        return Element("textarea", {**attrs, "rows": "5"})
    if kind == "select":
        lines = [line.strip() for line in options.split("\n") if line.strip()]
        return Element("select", attrs, [Element("option", {}, [line]) for line in lines])
    if kind == "checkbox":
        return Element("input", {"type": "checkbox", **attrs})
    return Element("input", {"type": kind if kind in INPUTS else "text", **attrs})


def _nav(node: RenderNode, element: Element, context: RenderContext) -> None:
    element.attrs["aria-label"] = text_prop(node, "label", context) or MENU.get(
        context.locale, "Menu"
    )
    if node.prop("pages") is not False:
        items = [_menu_item(page, context) for page in context.pages if page.in_menu]
        again = [_menu_item(page, context) for page in context.pages if page.in_menu]
        element.children.append(Element("ul", {"class": "v-links"}, [*items]))
        summary = Element("summary", {}, [MENU.get(context.locale, "Menu")])
        element.children.append(
            Element("details", {"class": "v-menu"}, [summary, Element("ul", {}, [*again])])
        )
    if node.prop("languages") is True and len(context.alternates) > 1:
        links: list[Element | str] = []
        for locale, path in context.alternates.items():
            attrs = {"href": path, "hreflang": locale, "lang": locale}
            if locale in LANGUAGES:  # the name begins with what is shown, for those who speak it
                attrs["aria-label"] = f"{locale.upper()} – {LANGUAGES[locale]}"
            if locale == context.locale:
                attrs["aria-current"] = "true"
            links.append(Element("li", {}, [Element("a", attrs, [locale.upper()])]))
        label = LANGUAGE_LABEL.get(context.locale, "Languages")
        element.children.append(Element("ul", {"class": "v-languages", "aria-label": label}, links))


def _menu_item(page: PageLink, context: RenderContext) -> Element:
    attrs = {"href": page.path}
    if page.id == context.page_id:
        attrs["aria-current"] = "page"
    return Element("li", {}, [Element("a", attrs, [page.title])])


def _table(node: RenderNode, element: Element, context: RenderContext) -> None:
    if caption := text_prop(node, "caption", context):
        element.children.append(Element("caption", {}, [caption]))
    lines = [line for line in text_prop(node, "rows", context).split("\n") if line.strip()]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    if node.prop("header") is not False and rows:
        head: list[Element | str] = [Element("th", {"scope": "col"}, [c]) for c in rows.pop(0)]
        element.children.append(Element("thead", {}, [Element("tr", {}, head)]))
    body: list[Element | str] = [
        Element("tr", {}, [Element("td", {}, [cell]) for cell in row]) for row in rows
    ]
    element.children.append(Element("tbody", {}, body))


def _model(node: RenderNode, element: Element, context: RenderContext) -> None:
    poster = context.asset(text_prop(node, "poster", context))
    label = text_prop(node, "label", context)
    if poster is not None:
        element.children.append(img(poster, label, "100vw"))
    elif label:
        element.children.append(label)


BUILDERS: Mapping[str, Callable[[RenderNode, Element, RenderContext], None]] = {
    "section": _section,
    "box": _box,
    "stack": add_label,
    "image": image,
    "picture": image,
    "video": _media,
    "audio": _media,
    "embed": _embed,
    "icon": _icon,
    "link": _link,
    "button": _button,
    "list": _list,
    "form": _form,
    "field": _field,
    "nav": _nav,
    "table": _table,
    "model3d": _model,
    "products": products,
    "product": product,
    "reviews": reviews,
}
