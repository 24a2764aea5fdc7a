"""Images: sizes and formats for every screen; twin of `src/model/pictures.ts`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vitrail.builder.render.elements import Element, add_class, text_prop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vitrail.builder.render.elements import RenderContext
    from vitrail.builder.render.nodes import RenderNode

RATIO = re.compile(r"^\d{1,4}(\.\d{1,3})?( ?/ ?\d{1,4}(\.\d{1,3})?)?\Z", re.ASCII)


def add_ratio(node: RenderNode, element: Element) -> None:
    """Give an element the proportions that were chosen."""
    ratio = node.prop("ratio")
    if isinstance(ratio, str) and RATIO.match(ratio.strip()):
        element.attrs["style"] = f"--ratio:{ratio.strip()}"


def image(node: RenderNode, element: Element, context: RenderContext) -> None:
    """Make an image, in the sizes and formats that there are; a place for one while there is none."""
    add_ratio(node, element)
    if node.prop("fit") == "contain":
        add_class(element, "v-contain")
    asset = context.asset(text_prop(node, "src", context))
    own = text_prop(node, "alt", context)
    alt = "" if node.prop("decorative") is True else own or _asset_alt(asset, context)
    if asset is None:
        element.tag = "div"
        add_class(element, "v-empty")
        if alt:
            element.attrs.update({"role": "img", "aria-label": alt})
        return
    element.tag = "picture"
    sizes = node.prop("sizes")
    sizes = sizes if isinstance(sizes, str) and sizes else "100vw"
    small = context.asset(text_prop(node, "srcSmall", context))
    if small is not None:
        element.children.extend(sources(small, sizes, "(max-width:640px)"))
    element.children.extend(sources(asset, sizes, "")[:1])
    element.children.append(img(asset, alt, sizes))


def _asset_alt(asset: Mapping[str, Any] | None, context: RenderContext) -> str:
    return str(asset["alt"].get(context.locale, "")) if asset else ""


def _srcset(asset: Mapping[str, Any], form: str) -> str:
    found = sorted((v["width"], v["url"]) for v in asset["variants"] if v["format"] == form)
    return ", ".join(f"{url} {width}w" for width, url in found)


def sources(asset: Mapping[str, Any], sizes: str, media: str) -> list[Element]:
    """Return the sources of an image: AVIF, and with a condition WebP as well."""
    out: list[Element] = []
    for form in ("avif", "webp"):
        srcset = _srcset(asset, form)
        if srcset and (form == "avif" or media):
            attrs = {"type": f"image/{form}", "srcset": srcset, "sizes": sizes}
            out.append(Element("source", {"media": media, **attrs} if media else attrs))
    return out


def img(asset: Mapping[str, Any], alt: str, sizes: str) -> Element:
    """Return the element of an image, in every width that there is of it."""
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
