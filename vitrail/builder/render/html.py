"""Elements: one node becomes one element, described before it is written; twin of `src/model/render.ts`.

Content is data: text is escaped where it is written, URLs pass an allow-list, names a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vitrail.builder.primitives import primitives
from vitrail.builder.render.data import icons

if TYPE_CHECKING:
    from vitrail.builder.render.nodes import RenderNode, Run

VOID = frozenset({"img", "hr", "input", "source", "br", "meta", "link"})
SCHEMES = re.compile(r"^(https?:|mailto:|tel:|/(?!/)|#|\?)", re.IGNORECASE)
RATIO = re.compile(r"^\d{1,4}(\.\d{1,3})?( ?/ ?\d{1,4}(\.\d{1,3})?)?\Z", re.ASCII)
COLOR = re.compile(r"^(#[0-9a-fA-F]{3,8}|\$[\w.-]+)\Z", re.ASCII)
NAME = re.compile(r"[A-Za-z][\w-]{0,63}\Z", re.ASCII)
INPUTS = frozenset({"text", "email", "tel", "number", "date", "time"})
MENU = {"fr": "Menu", "en": "Menu"}
LANGUAGES = {"fr": "Français", "en": "English"}
LANGUAGE_LABEL = {"fr": "Langues", "en": "Languages"}

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
class RenderContext:
    """What a node must know of its surroundings.

    Attributes:
        locale: Locale to render.
        page_id: The page that is rendered.
        pages: Pages of the site in order, in this locale.
        alternates: Path of this page by locale.
        asset: Looks an image up by id.
    """

    locale: str
    page_id: str
    pages: Sequence[PageLink]
    alternates: Mapping[str, str]
    asset: AssetLookup

    def picture(self, asset_id: str) -> str | None:
        """Return the address of an image's largest WebP, or None."""
        asset = self.asset(asset_id)
        webp = [v for v in asset["variants"] if v["format"] == "webp"] if asset else []
        return max(webp, key=lambda v: v["width"])["url"] if webp else None


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


def resolve(url: str, context: RenderContext) -> str:
    """Return where a link leads: `page:{id}` to its path, an allowed scheme as it is, else nothing."""
    url = url.strip()
    if url.startswith("page:"):
        page_id, _, anchor = url[5:].partition("#")
        found = next((page.path for page in context.pages if page.id == page_id), "")
        return f"{found}#{anchor}" if found and anchor else found
    return url if SCHEMES.match(url) else ""


# ---- one builder for each primitive that is more than a box -----------------------------------


def _text_prop(node: RenderNode, name: str, context: RenderContext) -> str:
    value = node.prop(name, context.locale)
    return value if isinstance(value, str) else ""


def _add_class(element: Element, name: str) -> None:
    element.attrs["class"] += f" {name}"


def _labelled(node: RenderNode, element: Element, context: RenderContext) -> None:
    if label := _text_prop(node, "label", context):
        element.attrs["aria-label"] = label


def _section(node: RenderNode, element: Element, context: RenderContext) -> None:
    width = node.prop("width")
    if width in {"wide", "full"}:
        _add_class(element, f"v-{width}")
    _labelled(node, element, context)


def _box(node: RenderNode, element: Element, context: RenderContext) -> None:
    href = resolve(_text_prop(node, "href", context), context)
    if href:
        element.tag = "a"
        element.attrs["href"] = href
    if element.tag == "details" and node.prop("open") is True:
        element.attrs["open"] = ""
    _labelled(node, element, context)


def _ratio(node: RenderNode, element: Element) -> None:
    ratio = node.prop("ratio")
    if isinstance(ratio, str) and RATIO.match(ratio.strip()):
        element.attrs["style"] = f"--ratio:{ratio.strip()}"


def _image(node: RenderNode, element: Element, context: RenderContext) -> None:
    _ratio(node, element)
    if node.prop("fit") == "contain":
        _add_class(element, "v-contain")
    asset = context.asset(_text_prop(node, "src", context))
    own = _text_prop(node, "alt", context)
    alt = "" if node.prop("decorative") is True else own or _asset_alt(asset, context)
    if asset is None:
        element.tag = "div"
        _add_class(element, "v-empty")
        if alt:
            element.attrs.update({"role": "img", "aria-label": alt})
        return
    element.tag = "picture"
    sizes = node.prop("sizes")
    sizes = sizes if isinstance(sizes, str) and sizes else "100vw"
    small = context.asset(_text_prop(node, "srcSmall", context))
    if small is not None:
        element.children.extend(_sources(small, sizes, "(max-width:640px)"))
    element.children.extend(_sources(asset, sizes, "")[:1])
    element.children.append(_img(asset, alt, sizes))


def _asset_alt(asset: Mapping[str, Any] | None, context: RenderContext) -> str:
    return str(asset["alt"].get(context.locale, "")) if asset else ""


def _srcset(asset: Mapping[str, Any], form: str) -> str:
    found = sorted((v["width"], v["url"]) for v in asset["variants"] if v["format"] == form)
    return ", ".join(f"{url} {width}w" for width, url in found)


def _sources(asset: Mapping[str, Any], sizes: str, media: str) -> list[Element]:
    out: list[Element] = []
    for form in ("avif", "webp"):
        srcset = _srcset(asset, form)
        if srcset and (form == "avif" or media):
            attrs = {"type": f"image/{form}", "srcset": srcset, "sizes": sizes}
            out.append(Element("source", {"media": media, **attrs} if media else attrs))
    return out


def _img(asset: Mapping[str, Any], alt: str, sizes: str) -> Element:
    webp = sorted((v["width"], v["url"]) for v in asset["variants"] if v["format"] == "webp")
    return Element(
        "img",
        {
            "src": webp[-1][1],
            "srcset": _srcset(asset, "webp"),
            "sizes": sizes,
            "width": str(int(asset["width"])),
            "height": str(int(asset["height"])),
            "alt": alt,
            "loading": "lazy",
            "decoding": "async",
        },
    )


def _media(node: RenderNode, element: Element, context: RenderContext) -> None:
    src = resolve(_text_prop(node, "src", context), context)
    element.attrs.update({"controls": "", "preload": "none"})
    if src:
        element.attrs["src"] = src
    for flag in ("loop", "muted"):
        if node.prop(flag) is True:
            element.attrs[flag] = ""
    _labelled(node, element, context)


def _embed(node: RenderNode, element: Element, context: RenderContext) -> None:
    _ratio(node, element)
    src = resolve(_text_prop(node, "src", context), context)
    if src.startswith("https://"):
        element.attrs["src"] = src
    element.attrs.update(
        {
            "title": _text_prop(node, "title", context) or "embed",
            "loading": "lazy",
            "sandbox": "allow-scripts allow-popups",
            "referrerpolicy": "no-referrer",
        }
    )


def _icon(node: RenderNode, element: Element, context: RenderContext) -> None:
    path = icons().get(str(node.prop("icon") or "star"), icons()["star"])
    size = node.prop("size")
    pixels = str(int(size)) if isinstance(size, int | float) and 8 <= size <= 256 else "24"
    label = _text_prop(node, "label", context)
    element.attrs.update({"role": "img", "aria-label": label} if label else {"aria-hidden": "true"})
    box = {"viewBox": "0 0 24 24", "width": pixels, "height": pixels}
    element.children.append(Element("svg", box, [Element("path", {"d": path})]))


def _link(node: RenderNode, element: Element, context: RenderContext) -> None:
    href = resolve(_text_prop(node, "href", context), context)
    if href:
        element.attrs["href"] = href
        page = _text_prop(node, "href", context).strip()
        if page == f"page:{context.page_id}":
            element.attrs["aria-current"] = "page"
    if node.prop("blank") is True:
        element.attrs.update({"target": "_blank", "rel": "noopener"})


def _button(node: RenderNode, element: Element, context: RenderContext) -> None:
    variant = node.prop("variant")
    _add_class(element, f"v-{variant if variant in {'secondary', 'ghost'} else 'primary'}")
    if node.prop("submit") is True or element.tag == "button":
        element.tag = "button"
        element.attrs["type"] = "submit" if node.prop("submit") is True else "button"
        return
    _link(node, element, context)


def _list(node: RenderNode, element: Element, _context: RenderContext) -> None:
    marker = node.prop("marker")
    if marker in {"check", "none"}:
        _add_class(element, f"v-{marker}")
    elif marker == "number":
        element.tag = "ol"


def _form(node: RenderNode, element: Element, context: RenderContext) -> None:
    element.attrs.update(
        {"method": "post", "action": f"/f/{context.page_id}/{node.id}/{context.locale}"}
    )
    _labelled(node, element, context)
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
    _add_class(element, f"v-{kind}" if kind in {"checkbox", "select", "textarea"} else "v-input")
    control_id = f"f-{node.id}"
    attrs = {"id": control_id, "name": field_name(node)}
    for key in ("placeholder", "autocomplete"):
        if value := _text_prop(node, key, context):
            attrs[key] = value
    if node.prop("required") is True:
        attrs["required"] = ""
    label = Element("label", {"for": control_id}, [_text_prop(node, "label", context) or node.id])
    control = _control(kind, attrs, _text_prop(node, "options", context))
    element.children.extend([control, label] if kind == "checkbox" else [label, control])
    if help_text := _text_prop(node, "help", context):
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
    element.attrs["aria-label"] = _text_prop(node, "label", context) or MENU.get(
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
    if caption := _text_prop(node, "caption", context):
        element.children.append(Element("caption", {}, [caption]))
    lines = [line for line in _text_prop(node, "rows", context).split("\n") if line.strip()]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    if node.prop("header") is not False and rows:
        head: list[Element | str] = [Element("th", {"scope": "col"}, [c]) for c in rows.pop(0)]
        element.children.append(Element("thead", {}, [Element("tr", {}, head)]))
    body: list[Element | str] = [
        Element("tr", {}, [Element("td", {}, [cell]) for cell in row]) for row in rows
    ]
    element.children.append(Element("tbody", {}, body))


def _model(node: RenderNode, element: Element, context: RenderContext) -> None:
    poster = context.asset(_text_prop(node, "poster", context))
    label = _text_prop(node, "label", context)
    if poster is not None:
        element.children.append(_img(poster, label, "100vw"))
    elif label:
        element.children.append(label)


BUILDERS: Mapping[str, Callable[[RenderNode, Element, RenderContext], None]] = {
    "section": _section,
    "box": _box,
    "stack": _labelled,
    "image": _image,
    "picture": _image,
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
}


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
