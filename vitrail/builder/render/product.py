"""One product by itself, and what people say of it; twin of `src/model/product.ts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitrail.builder.render.elements import Element, add_class, resolve, text_prop
from vitrail.builder.render.products import address, answered, price, rating, shot, stars, track
from vitrail.builder.render.shop_words import date_text, localised, rating_text, word
from vitrail.builder.render.wants import wants_of

if TYPE_CHECKING:
    from vitrail.builder.render.elements import RenderContext
    from vitrail.builder.render.nodes import RenderNode
    from vitrail.builder.render.products import Item

LEVELS = ("h1", "h2", "h3")
HALF = "(max-width:1024px) 100vw, 50vw"


def product(node: RenderNode, element: Element, context: RenderContext) -> None:
    """Make a product by itself: in detail, or to open a page with."""
    wanted = wants_of(node, "")
    found = answered(wanted, element, context, "choose" if not wanted else "notActive")
    if not found:
        return
    item = found[0]
    is_lead = node.prop("layout") == "hero"
    add_class(element, "v-lead" if is_lead else "v-detail")
    facts = Element("div", {"class": "v-facts"}, _facts(item, node, context, is_lead=is_lead))
    element.children += [_gallery(item, context, is_lead=is_lead), facts]


def _gallery(item: Item, context: RenderContext, *, is_lead: bool) -> Element:
    name = localised(item["name"], context.locale)
    count = 1 if is_lead else max(1, len(item["images"]))
    shots: list[Element | str] = [shot(item, at, context, HALF, name) for at in range(count)]
    if count > 1:
        label = word("pictures", context.locale, name=name)
        shots = [track(label, shots, context.locale)]
    return Element("div", {"class": "v-shots"}, shots)


def _facts(
    item: Item, node: RenderNode, context: RenderContext, *, is_lead: bool
) -> list[Element | str]:
    locale = context.locale
    level = node.prop("level")
    title = Element(level if level in LEVELS else "h2", {}, [localised(item["name"], locale)])
    badge = text_prop(node, "badge", context)
    parts: list[Element | str] = []
    if badge:
        parts.append(Element("p", {"class": "v-badge"}, [badge]))
    if node.prop("showMaker") is not False:
        parts.append(Element("p", {"class": "v-maker"}, [item["maker"]]))
    parts.append(title)
    if node.prop("showRating") is not False:
        parts += rating(item, locale)
    if node.prop("showPrice") is not False:
        parts += price(item, node, locale)
    parts += _description(item, locale)
    if not is_lead:
        parts += _options(item)
    if node.prop("showStock") is not False:
        stock = {"class": f"v-stock v-{item['stock']}"}
        parts.append(Element("p", stock, [word(item["stock"], locale)]))
    return [*parts, *_button(item, node, context)]


def _description(item: Item, locale: str) -> list[Element | str]:
    lines = [line.strip() for line in localised(item["description"], locale).split("\n")]
    said: list[Element | str] = [Element("p", {}, [line]) for line in lines if line]
    return [Element("div", {"class": "v-prose"}, said)] if said else []


def _options(item: Item) -> list[Element | str]:
    rows: list[Element | str] = []
    for option in item["options"]:
        values: list[Element | str] = [Element("li", {}, [value]) for value in option["values"]]
        inside = Element("dd", {}, [Element("ul", {}, values)])
        rows.append(Element("div", {}, [Element("dt", {}, [option["name"]]), inside]))
    return [Element("dl", {"class": "v-options"}, rows)] if rows else []


def _button(item: Item, node: RenderNode, context: RenderContext) -> list[Element | str]:
    """Return what leads to buying: to where the designer says, or where the product leads."""
    own = resolve(text_prop(node, "href", context), context)
    href = own or address(item, context)
    if not href or item["stock"] == "out":
        return []
    label = text_prop(node, "button", context) or word("buy", context.locale)
    return [Element("a", {"class": "v-button v-primary", "href": href}, [label])]


def reviews(node: RenderNode, element: Element, context: RenderContext) -> None:
    """Make what people say of a product, with the mean of it."""
    wanted = wants_of(node, context.shop.product)
    found = answered(wanted, element, context, "choose" if not wanted else "noReviews")
    if not found:
        return
    locale = context.locale
    item = context.shop.answers[wanted[0]][0]
    if item["rating"] is not None:
        mean = Element("strong", {"aria-hidden": "true"}, [rating_text(item["rating"], locale)])
        element.children.append(Element("div", {"class": "v-score"}, [mean, *rating(item, locale)]))
    element.children.append(Element("ul", {}, [_review(review, locale) for review in found]))


def _review(review: Item, locale: str) -> Element:
    lines = [line.strip() for line in review["body"].split("\n")]
    said: list[Element | str] = [Element("p", {}, [line]) for line in lines if line]
    day = Element("time", {"datetime": review["day"]}, [date_text(review["day"], locale)])
    signed: list[Element | str] = [Element("cite", {}, [review["author"]]), day]
    if review["verified"]:
        verified = word("verified", locale)
        signed.append(Element("span", {"class": "v-verified"}, [verified]))
    quote = Element("blockquote", {"lang": review["locale"]} if review["locale"] else {}, said)
    parts: list[Element | str] = [stars(review["rating"] * 10, locale)]
    return Element("li", {}, [*parts, quote, Element("footer", {}, signed)])
