"""What search engines are told of the products on a page: schema.org, as JSON-LD."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from vitrail.builder.render.elements import resolve
from vitrail.builder.render.products import address, price_of
from vitrail.builder.render.shop_words import localised, rating_text
from vitrail.builder.render.wants import wants_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vitrail.builder.render.elements import RenderContext
    from vitrail.builder.render.nodes import RenderNode
    from vitrail.builder.render.products import Item

SCHEMA = "https://schema.org"
AVAILABILITY = {"in": "InStock", "out": "OutOfStock", "preorder": "PreOrder"}


def linked_data(nodes: Iterable[RenderNode], context: RenderContext, base_url: str) -> str:
    """Return the scripts that describe the products of a page.

    A product by itself is a `Product` with its offer, rating and reviews, a list an `ItemList`.

    Args:
        nodes: Those that show something of the shop, in order.
        context: What the page was rendered with.
        base_url: Where the site is published.
    """
    told = _Telling(list(nodes), context, base_url)
    return "".join(_script({"@context": SCHEMA, **thing}) for thing in told.things())


def _script(thing: dict[str, Any]) -> str:
    # No text of a product can end the element, or begin one inside of it.
    text = json.dumps(thing, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/ld+json">{text}</script>'


class _Telling:
    """Describes what is on one page, each product by itself once."""

    def __init__(self, nodes: list[RenderNode], context: RenderContext, base_url: str) -> None:
        self._nodes = nodes
        self._context = context
        address = urlsplit(base_url)
        self._origin = f"{address.scheme}://{address.netloc}"

    def things(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        told: set[str] = set()
        for node in self._nodes:
            items = self._answer(node)
            if node.type == "product" and items and items[0]["id"] not in told:
                told.add(items[0]["id"])
                found.append(self._product(items[0], node))
            elif node.type == "products" and items:
                found.append(self._list(items, node))
        return found

    def _answer(self, node: RenderNode) -> list[Item]:
        wanted = wants_of(node, self._context.shop.product)
        return list(self._context.shop.answers.get(wanted[-1]) or ()) if wanted else []

    def _list(self, items: list[Item], node: RenderNode) -> dict[str, Any]:
        places = [
            {"@type": "ListItem", "position": place, "item": self._brief(item, node)}
            for place, item in enumerate(items, 1)
        ]
        return {"@type": "ItemList", "itemListElement": places}

    def _brief(self, item: Item, node: RenderNode) -> dict[str, Any]:
        locale = self._context.locale
        brief: dict[str, Any] = {"@type": "Product", "name": localised(item["name"], locale)}
        url = self._absolute(address(item, self._context))
        if url:
            brief["url"] = url
        images = [url for image in item["images"] if (url := self._image(image))]
        if images:
            brief["image"] = images
        if offer := self._offer(item, node, url):
            brief["offers"] = offer
        if item["rating"] is not None:
            brief["aggregateRating"] = {
                "@type": "AggregateRating",
                "ratingValue": rating_text(item["rating"], "en"),
                "reviewCount": item["reviews"],
            }
        return brief

    def _product(self, item: Item, node: RenderNode) -> dict[str, Any]:
        thing = self._brief(item, node)
        description = localised(item["description"], self._context.locale)
        if description:
            thing["description"] = description
        thing["brand"] = {"@type": "Brand", "name": item["maker"]}
        if reviews := self._reviews_of(item["id"]):
            thing["review"] = reviews
        return thing

    def _offer(self, item: Item, node: RenderNode, url: str) -> dict[str, Any]:
        price = price_of(item, node)
        if price is None:
            return {}
        offer: dict[str, Any] = {
            "@type": "Offer",
            "price": _decimal(price["amount"], price["digits"]),
            "priceCurrency": price["currency"],
            "availability": f"{SCHEMA}/{AVAILABILITY[item['stock']]}",
        }
        if item["stock"] == "preorder" and item.get("availableOn"):
            offer["availabilityStarts"] = item["availableOn"]
        return {**offer, "url": url} if url else offer

    def _reviews_of(self, product_id: str) -> list[dict[str, Any]]:
        about = self._context.shop.product
        wanted = [w[-1] for n in self._nodes if n.type == "reviews" and (w := wants_of(n, about))]
        found = [w for w in wanted if w.startswith(f"reviews:{product_id}:")]
        reviews = self._context.shop.answers.get(found[0], ()) if found else ()
        return [
            {
                "@type": "Review",
                "author": {"@type": "Person", "name": review["author"]},
                "datePublished": review["day"],
                "reviewRating": {"@type": "Rating", "ratingValue": review["rating"]},
                "reviewBody": review["body"],
            }
            for review in reviews
        ]

    def _image(self, image: dict[str, Any]) -> str:
        asset = self._context.asset(image.get("asset", ""))
        webp = [v for v in asset["variants"] if v["format"] == "webp"] if asset else []
        own = max(webp, key=lambda v: v["width"])["url"] if webp else ""
        return self._absolute(own or resolve(str(image.get("url", "")), self._context))

    def _absolute(self, url: str) -> str:
        return self._origin + url if url.startswith("/") else url


def _decimal(amount: int, digits: int) -> str:
    whole, rest = divmod(amount, 10**digits)
    return f"{whole}.{rest:0{digits}}" if digits else str(whole)
