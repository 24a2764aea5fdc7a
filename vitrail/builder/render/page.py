"""A whole page: head, styles without repetition, and a body without scripts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pycrdt import Map

from vitrail.builder.documents import read_site
from vitrail.builder.pages import site_paths
from vitrail.builder.render import css
from vitrail.builder.render.data import base_css, shop_css
from vitrail.builder.render.elements import (
    NO_SHOP,
    Element,
    PageLink,
    RenderContext,
    ShopView,
    escape,
    to_html,
)
from vitrail.builder.render.html import describe
from vitrail.builder.render.linked_data import linked_data
from vitrail.builder.render.nodes import inside, read_nodes
from vitrail.builder.render.wants import SHOP_TYPES, product_of_page
from vitrail.builder.themes import resolve_tokens
from vitrail.builder.tree import ROOT, build_tree, read_positions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pycrdt import Doc

    from vitrail.builder.documents import Site
    from vitrail.builder.render.elements import AssetLookup
    from vitrail.builder.render.nodes import RenderNode

MAX_DEPTH = 64
ANNOUNCING = frozenset(
    {"text", "stack", "box", "divider"}
)  # says what follows, shows nothing itself
LANDMARKS = frozenset({"header", "footer"})
SKIP = {"fr": "Aller au contenu", "en": "Skip to content"}
THANKS = {
    "fr": ("Merci, votre message est bien arrivé.", "Retour au site"),
    "en": ("Thank you, your message has arrived.", "Back to the site"),
}
DIRECTION = {"ar": "rtl", "he": "rtl", "fa": "rtl"}


class _Body:
    """Walks the tree once; gathers the styles that the elements share."""

    def __init__(self, page: Doc[Any], context: RenderContext) -> None:
        self._nodes = read_nodes(page)
        self._tree = build_tree(read_positions(page.get("nodes", type=Map)))
        self.context = context
        self._vacant: set[str] = set()
        self.rules: dict[str, list[css.Rule]] = {}

    def top(self) -> list[Element]:
        return self._children(ROOT, 0)

    def shop_nodes(self) -> list[RenderNode]:
        nodes = inside(ROOT, self._nodes, self._tree.children)
        return [node for node in nodes if node.type in SHOP_TYPES]

    def _children(self, parent: str, depth: int) -> list[Element]:
        if depth > MAX_DEPTH:
            return []
        found: list[Element] = []
        for node_id in self._tree.children.get(parent, ()):
            node = self._nodes.get(node_id)
            if node is not None and not node.hidden and self._is_shown(node):
                element = self._element(node, depth)
                if not (node.type == "section" and self._is_bare(node_id)):
                    found.append(element)
        return found

    def _is_bare(self, section: str) -> bool:
        """Tell whether a section only announces products that are not there."""
        nodes = list(inside(section, self._nodes, self._tree.children))
        rest = [node for node in nodes if node.id not in self._vacant]
        return len(rest) < len(nodes) and all(node.type in ANNOUNCING for node in rest)

    def _is_shown(self, node: RenderNode) -> bool:
        wanted = node.prop("locale") if node.type == "when" else None
        return not wanted or wanted == self.context.locale

    def _element(self, node: RenderNode, depth: int) -> Element:
        element = describe(node, self._children(node.id, depth + 1), self.context)
        if node.type in SHOP_TYPES and "hidden" in element.attrs:
            self._vacant.add(node.id)
        rules = css.node_rules(node.styles, self.context.picture)
        if rules:
            name = css.class_of(rules)
            self.rules[name] = rules
            element.attrs["class"] += f" {name}"
        return element


def render_page(
    page: Doc[Any],
    site: Doc[Any],
    page_id: str,
    locale: str,
    *,
    assets: AssetLookup,
    base_url: str = "",
    shop: ShopView = NO_SHOP,
) -> str:
    """Return a page as a complete HTML document.

    Args:
        page: The page's document.
        site: The site's document.
        page_id: The page's id.
        locale: One of the site's locales.
        assets: Looks images up by id.
        base_url: Where the site is published; a preview, linked to other previews, if empty.
        shop: What answers the page's wants; `links` name pages by id.
    """
    plain = read_site(site)
    names = [locale.name for locale in plain.locales]
    paths = site_paths(site)
    context = RenderContext(
        locale=locale,
        page_id=page_id,
        pages=_links(plain, paths, locale, base_url),
        alternates={name: _path(paths, page_id, name, base_url) for name in names},
        asset=assets,
    )
    body = _Body(page, context)
    shown = body.shop_nodes()
    if shown:
        paths_of = {
            product: _path(paths, at, locale, base_url) for product, at in shop.links.items()
        }
        shop = replace(shop, links=paths_of, product=product_of_page(shown))
        context = body.context = replace(context, shop=shop)
    top = body.top()
    _lead_with_first_image(top)
    tokens, dark = resolve_tokens(site)
    style = css.token_css(tokens, dark) + base_css() + (shop_css() if shown else "")
    style += css.primitive_css() + _cascade(body.rules)
    head = _head(page, plain, context, paths, base_url, assets)
    if shown and base_url:
        head += linked_data(shown, context, base_url)
    skip = f'<a class="v-skip" href="#content">{SKIP.get(locale, SKIP["en"])}</a>'
    direction = DIRECTION.get(locale[:2], "ltr")
    return (
        f'<!doctype html><html lang="{escape(locale)}" dir="{direction}"><head>{head}'
        f"<style>{style}</style></head><body>{skip}{_landmarks(top)}</body></html>"
    )


def render_thanks(site: Doc[Any], locale: str, home: str) -> str:
    """Return the page that a visitor sees after sending a form, in the site's theme."""
    title, back = THANKS.get(locale[:2], THANKS["en"])
    name = escape(str(read_site(site).meta.get("name") or ""))
    style = css.token_css(*resolve_tokens(site)) + base_css()
    return (
        f'<!doctype html><html lang="{escape(locale)}" dir="{DIRECTION.get(locale[:2], "ltr")}">'
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,'
        f'initial-scale=1"><meta name="robots" content="noindex"><title>{title} · {name}</title>'
        f'<link rel="icon" href="data:,"><style>{style}</style></head><body>'
        f'<main class="v-section v-thanks" id="content"><h1>{title}</h1>'
        f'<p><a class="v-button v-primary" href="{escape(home)}">{back}</a></p></main></body></html>'
    )


def _cascade(rules: Mapping[str, list[css.Rule]]) -> str:
    """Write rules for narrow screens after all others, whichever node they come from."""
    out: list[str] = []
    for point in css.breakpoint_widths():
        for name, found in rules.items():
            out.extend(css.rule_text(f".{name}", rule) for rule in found if rule[0] == point)
    return "".join(out)


def _landmarks(top: list[Element]) -> str:
    """Put what is neither the site's header nor its footer into `main`."""
    first = next((i for i, e in enumerate(top) if e.tag not in LANDMARKS), len(top))
    last = next((i for i in range(len(top), first, -1) if top[i - 1].tag not in LANDMARKS), first)
    before, inside, after = top[:first], top[first:last], top[last:]
    main = Element("main", {"id": "content"}, [*inside])
    return "".join(to_html(element) for element in [*before, main, *after])


def _lead_with_first_image(top: list[Element]) -> None:
    """Let the browser fetch the first image at once: it is the largest thing of most pages."""
    waiting: list[Element | str] = list(reversed(top))
    while waiting:
        element = waiting.pop()
        if isinstance(element, str):
            continue
        if element.tag == "img":
            del element.attrs["loading"]
            element.attrs["fetchpriority"] = "high"
            return
        waiting.extend(reversed(element.children))


def _path(paths: Mapping[tuple[str, str], str], page_id: str, locale: str, base_url: str) -> str:
    if not base_url:
        return f"/preview/{page_id}?locale={locale}"
    return urlsplit(base_url).path + paths[page_id, locale]


def _links(
    site: Site, paths: Mapping[tuple[str, str], str], locale: str, base_url: str
) -> list[PageLink]:
    return [
        PageLink(
            page_id,
            site.pages[page_id].title(locale, site.default_locale),
            _path(paths, page_id, locale, base_url),
            site.pages[page_id].in_nav,
        )
        for page_id in site.page_ids()
    ]


def _head(
    page: Doc[Any],
    site: Site,
    context: RenderContext,
    paths: Mapping[tuple[str, str], str],
    base_url: str,
    assets: AssetLookup,
) -> str:
    meta = page.get("meta", type=Map)
    locale = context.locale
    name = str(site.meta.get("name") or "")
    title = site.pages[context.page_id].title(locale, site.default_locale)
    full = title if title == name else f"{title} · {name}" if name else title
    description = meta.get(f"description@{locale}")
    out = [
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{escape(full)}</title>",
        '<link rel="icon" href="data:,">',
        _meta("og:title", title, key="property"),
        _meta("og:type", "website", key="property"),
        _meta("og:locale", locale, key="property"),
        _meta("og:site_name", name, key="property"),
    ]
    if isinstance(description, str) and description:
        out += [
            _meta("description", description),
            _meta("og:description", description, key="property"),
        ]
    robots = meta.get("robots")
    if isinstance(robots, str) and robots:
        out.append(_meta("robots", robots))
    if base_url:
        url = base_url + paths[context.page_id, locale]
        out += [
            f'<link rel="canonical" href="{escape(url)}">',
            _meta("og:url", url, key="property"),
        ]
        names = [locale.name for locale in site.locales]
        if len(names) > 1:
            out += [_alternate(n, base_url + paths[context.page_id, n]) for n in names]
            default = base_url + paths[context.page_id, site.default_locale]
            out.append(_alternate("x-default", default))
    image = assets(str(meta.get("ogImage") or ""))
    if image is not None and base_url:
        host = base_url.split("/s/")[0]
        out.append(_meta("og:image", host + image["variants"][-1]["url"], key="property"))
    return "".join(out)


def _meta(name: str, content: str, *, key: str = "name") -> str:
    return f'<meta {key}="{name}" content="{escape(content)}">' if content else ""


def _alternate(locale: str, url: str) -> str:
    return f'<link rel="alternate" hreflang="{escape(locale)}" href="{escape(url)}">'


def sitemap(site: Doc[Any], base_url: str) -> str:
    """Return the sitemap of a site: every page in every locale, with its translations."""
    plain = read_site(site)
    names = [locale.name for locale in plain.locales]
    paths = site_paths(site)
    out: list[str] = []
    for page_id in plain.page_ids():
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{escape(locale)}" '
            f'href="{escape(base_url + paths[page_id, locale])}"/>'
            for locale in names
        )
        out += [
            f"<url><loc>{escape(base_url + paths[page_id, locale])}</loc>{links}</url>"
            for locale in names
        ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?><urlset '
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:xhtml="http://www.w3.org/1999/xhtml">{"".join(out)}</urlset>'
    )


def robots(base_url: str) -> str:
    """Return the robots file of a site."""
    return f"User-agent: *\nAllow: /\nSitemap: {base_url}/sitemap.xml\n"
