"""The pages of a site: their order and paths, adding one and taking one out."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from pycrdt import Map

from vitrail.builder import executor
from vitrail.builder.commands import decode
from vitrail.builder.documents import SitePage, YDoc, create_page, read_page, read_site, root
from vitrail.builder.fragments import to_fragment
from vitrail.builder.journal import Inverse
from vitrail.builder.keys import Random, secure_random
from vitrail.builder.tree import (
    ROOT,
    TRASH,
    Position,
    build_tree,
    next_counter,
    positions_at,
    read_positions,
)

SHARED_BLOCKS = frozenset({"navbar", "footer"})


def site_pages(site: YDoc) -> list[SitePage]:
    """Return the pages of a site in order, children after their parent."""
    read = read_site(site)
    return [read.pages[identifier] for identifier in read.page_ids()]


def site_paths(site: YDoc) -> dict[tuple[str, str], str]:
    """Return the path of every page in every locale, from `/`, ending in `/`.

    Pages in other locales than the default one lie under `/{locale}/`. Two pages that ask for the
    same path get a number, the later one, so that neither hides the other.
    """
    read = read_site(site)
    paths: dict[tuple[str, str], str] = {}
    prefixes = {f"/{locale.name}/" for locale in read.locales}
    for locale in [locale.name for locale in read.locales] or [read.default_locale]:
        prefix = "/" if locale == read.default_locale else f"/{locale}/"
        taken = prefixes - {prefix}  # no page hides a language
        for identifier in read.page_ids():
            page = read.pages[identifier]
            slug = page.slugs.get(locale, page.slugs.get(read.default_locale, identifier))
            above = paths.get((page.parent or "", locale), prefix)
            path = f"{above}{quote(slug)}/" if slug else above
            number = 2
            while path in taken:
                path = f"{above}{quote(slug) or identifier}-{number}/"
                number += 1
            taken.add(path)
            paths[identifier, locale] = path
    return paths


def new_page(site: YDoc, site_id: str, page_id: str, like: YDoc | None = None) -> YDoc:
    """Make the document of a new page, with the navigation and the footer of another one."""
    doc = create_page(site_id)
    if like is not None:
        page = read_page(like)
        tops = [page.nodes[top] for top in page.tree.children.get(ROOT, [])]
        shared = [to_fragment(page, node.id) for node in tops if node.block in SHARED_BLOCKS]
        if shared:
            context = executor.Context(page_id=page_id)
            outcome = executor.execute(
                doc, site, decode([{"op": "insert", "nodes": shared}]), context
            )
            if not outcome.is_ok:
                raise AssertionError(f"a page refused its own blocks: {outcome.results}")
    return doc


def add_page(
    site: YDoc,
    page_id: str,
    titles: Mapping[str, str],
    slugs: Mapping[str, str],
    *,
    after: str | None = None,
    nav: bool = True,
    random: Random = secure_random,
) -> None:
    """Name a page in the site document, after another one or at the end."""
    pages = root(site, "pages")
    with site.transaction(origin="local"):
        positions = read_positions(pages)
        tree = build_tree(positions)
        parent, index = ROOT, len(tree.children.get(ROOT, []))
        if after is not None and tree.parents.get(after, TRASH) != TRASH:
            parent = tree.parents[after]
            index = tree.children[parent].index(after) + 1
        (place,) = positions_at(positions, tree, parent, index, 1, random=random)
        fields: dict[str, Any] = {"pos": place.register(), "nav": nav}
        fields |= {f"title@{locale}": title for locale, title in titles.items()}
        fields |= {f"slug@{locale}": slug for locale, slug in slugs.items()}
        pages[page_id] = Map(fields)


def remove_page(site: YDoc, page_id: str, *, origin: object = "local") -> None:
    """Take a page out of the site document; pages under it move up to its place."""
    pages = root(site, "pages")
    with site.transaction(origin=origin):
        if page_id not in pages:
            return
        positions = read_positions(pages)
        tree = build_tree(positions)
        above = tree.parents.get(page_id, ROOT)
        counter = next_counter(positions.values())
        for child in tree.children.get(page_id, []):
            at = positions[child]
            pages[child]["pos"] = Position(above, at.i, counter, page_id).register()
            counter += 1
        at = positions[page_id]
        pages[page_id]["pos"] = Position(TRASH, at.i, counter, above).register()


def inverses_of(before: Mapping[str, Position], site: YDoc) -> list[Inverse]:
    """Return what undoing needs after pages were added, moved or taken out.

    Args:
        before: The positions of the pages then, as `page_positions` returned them.
        site: The site document now.
    """
    found: list[Inverse] = []
    for page_id, now in page_positions(site).items():
        old = before.get(page_id, Position(TRASH, now.i, now.c, TRASH))
        if old != now:
            path = ["pages", page_id, "pos"]
            found.append(
                {"doc": "site", "path": path, "before": old.register(), "after": now.register()}
            )
    return found


def page_positions(site: YDoc) -> dict[str, Position]:
    """Return where every page of a site is."""
    return read_positions(root(site, "pages"))
