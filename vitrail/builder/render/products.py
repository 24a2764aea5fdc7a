"""Lists of products, and the parts that all that shows products is made of; twin of `src/model/products.ts`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vitrail.builder.render.elements import Element, add_class, resolve, text_prop
from vitrail.builder.render.pictures import img, sources
from vitrail.builder.render.shop_words import (
    count_text,
    localised,
    price_text,
    rating_text,
    word,
)
from vitrail.builder.render.wants import bounded, wants_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vitrail.builder.render.elements import RenderContext
    from vitrail.builder.render.nodes import RenderNode

TINTS = 5
MAX_COLUMNS = 6
Item = dict[str, Any]
"""A product as `sites.shop.Shop.answer` describes it."""


def products(node: RenderNode, element: Element, context: RenderContext) -> None:
    """Make a list of products: a grid, or one row to scroll along."""
    wanted = wants_of(node, context.shop.product)
    found = answered(wanted, element, context, "choose" if not wanted else "noProducts")
    if not found:
        return
    columns = bounded(node.prop("columns"), 4, MAX_COLUMNS)
    element.attrs["style"] = f"--columns:{columns}"
    sizes = f"(max-width:640px) 50vw, {100 // columns}vw"
    cards: list[Element | str] = [card(item, node, context, sizes) for item in found]
    inside = Element("ul", {}, cards)
    if node.prop("layout") == "carousel":
        add_class(element, "v-carousel")
        label = text_prop(node, "label", context) or word("products", context.locale)
        inside = track(label, [inside], context.locale)
    element.children.append(inside)


def track(label: str, inside: list[Element | str], locale: str) -> Element:
    """Return a row to scroll along: by touch and keys everywhere, by buttons where CSS makes them."""
    attrs = {"class": "v-track", "role": "region", "aria-label": label, "tabindex": "0"}
    names = {"data-back": word("back", locale), "data-on": word("on", locale)}
    return Element("div", attrs | names, inside)


def answered(
    wanted: Sequence[str], element: Element, context: RenderContext, hint: str
) -> Sequence[Item]:
    """Return what answers the last of a node's wants; the element says so if there is nothing.

    Visitors are told nothing: there the element is hidden.
    """
    answers = [context.shop.answers.get(want) for want in wanted]
    if answers and all(answers):
        return answers[-1] or ()
    name = "loading" if None in answers else hint
    if context.shop.hints:
        add_class(element, "v-vacant")
        element.children.append(Element("p", {}, [context.shop.hints.get(name, name)]))
    else:
        element.attrs["hidden"] = ""
    return ()


def card(item: Item, node: RenderNode, context: RenderContext, sizes: str) -> Element:
    """Return a product in a list."""
    name = localised(item["name"], context.locale)
    href = address(item, context)
    title = Element("a", {"href": href}, [name]) if href else name
    parts: list[Element | str] = [shot(item, 0, context, sizes, "")]
    if node.prop("showMaker") is not False:
        parts.append(Element("p", {"class": "v-maker"}, [item["maker"]]))
    parts.append(Element("h3", {}, [title]))
    if node.prop("showRating") is not False:
        parts += rating(item, context.locale)
    if node.prop("showPrice") is not False:
        parts += price(item, node, context.locale)
    if badge := _badge(item, context.locale):
        parts.append(Element("p", {"class": f"v-badge v-{badge[0]}"}, [badge[1]]))
    return Element("li", {"class": "v-card"}, parts)


def _badge(item: Item, locale: str) -> tuple[str, str] | None:
    if item["stock"] != "in":
        return item["stock"], word(item["stock"], locale)
    is_reduced = any(found["compareAt"] is not None for found in item["prices"])
    return ("sale", word("sale", locale)) if is_reduced else None


def address(item: Item, context: RenderContext) -> str:
    """Return where a product leads: its page in this site, else where it is sold, else nowhere."""
    own = context.shop.links.get(item["id"], "")
    return own or next((found for link in item["links"] if (found := resolve(link, context))), "")


def shot(item: Item, at: int, context: RenderContext, sizes: str, fallback: str) -> Element:
    """Return one of the pictures of a product, or a pane with its first letter.

    Args:
        item: The product.
        at: Which picture.
        context: What is around.
        sizes: How wide it will be shown.
        fallback: What is said of a picture that nobody has described.
    """
    image: Mapping[str, Any] = item["images"][at] if at < len(item["images"]) else {}
    alt = localised(image.get("alt", {}), context.locale) or fallback
    asset = context.asset(image.get("asset", ""))
    if asset is not None:
        inside: list[Element | str] = [*sources(asset, sizes, "")[:1], img(asset, alt, sizes)]
        return Element("div", {"class": "v-shot"}, [Element("picture", {}, inside)])
    url = resolve(str(image.get("url", "")), context)
    if url.startswith("https://"):
        attrs = {"src": url, "alt": alt, "loading": "lazy", "decoding": "async"}
        return Element("div", {"class": "v-shot"}, [Element("img", attrs)])
    tint = sum(map(ord, item["id"])) % TINTS + 1
    letter = localised(item["name"], context.locale)[:1].upper()
    pane = {"class": f"v-shot v-pane v-tint-{tint}", "aria-hidden": "true"}
    return Element("div", pane, [Element("span", {}, [letter])])


def rating(item: Item, locale: str) -> list[Element | str]:
    """Return a product's stars and the number of its reviews; nothing while it has none."""
    if item["rating"] is None:
        return []
    count = count_text(item["reviews"], locale)
    shown = Element("span", {"class": "v-count"}, [count])
    return [Element("p", {"class": "v-rating"}, [stars(item["rating"], locale), shown])]


def stars(tenths: int, locale: str) -> Element:
    """Return five stars, filled so far, that are read aloud as a number."""
    text = word("rating", locale, rating=rating_text(tenths, locale))
    style = f"--filled:{tenths * 2}%"
    return Element("span", {"class": "v-stars", "role": "img", "aria-label": text, "style": style})


def price(item: Item, node: RenderNode, locale: str) -> list[Element | str]:
    """Return a product's price in the node's currency, or in the first that it has."""
    found = price_of(item, node)
    if found is None:
        return []
    inside: list[Element | str] = []
    if found["varies"]:
        inside.append(Element("span", {"class": "v-from"}, [f"{word('from', locale)} "]))
    now = price_text(found, found["amount"], locale)
    inside.append(Element("strong", {}, [now]))
    before = found["compareAt"]
    if before is not None:
        said = Element("span", {"class": "v-said"}, [f" {word('was', locale)} "])
        inside += [said, Element("s", {}, [price_text(found, before, locale)])]
    return [Element("p", {"class": "v-price"}, inside)]


def price_of(item: Item, node: RenderNode) -> Mapping[str, Any] | None:
    """Return the price of a product that a node shows."""
    prices: Sequence[Mapping[str, Any]] = item["prices"]
    wanted = node.prop("currency")
    first = prices[0] if prices else None
    return next((found for found in prices if found["currency"] == wanted), first)
