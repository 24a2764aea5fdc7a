"""Site templates: a site with its pages, ready to be edited."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from vitrail.builder import documents, executor, pages
from vitrail.builder.commands import decode
from vitrail.builder.primitives import read_data
from vitrail.builder.values import is_locale
from vitrail.core.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Image:
    """An image that a template brings along.

    Attributes:
        file: Its name in `data/templates/images`.
        name: What the library calls it.
        alt: By locale.
    """

    file: str
    name: str
    alt: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """A site made from a template: Yjs updates of its documents, and its images by asset id."""

    site: bytes
    pages: Mapping[str, bytes]
    images: Mapping[str, Image]


@cache
def _templates() -> dict[str, dict[str, Any]]:
    folder = files("vitrail.builder").joinpath("data", "templates")
    names = sorted(e.name for e in folder.iterdir() if e.name.endswith(".json"))
    return {name.removesuffix(".json"): read_data(f"templates/{name}") for name in names}


def summaries() -> list[dict[str, Any]]:
    """Return what there is to choose from: id, label, description and number of pages."""
    return [
        {
            "id": name,
            "label": template["label"],
            "description": template["description"],
            "pages": len(template["pages"]),
        }
        for name, template in _templates().items()
    ]


def instantiate(
    template: str, *, site_id: str, name: str, locales: Sequence[str], new_id: Callable[[], str]
) -> Made:
    """Make the documents of a site.

    Args:
        template: Id of a template.
        site_id: Id of the site.
        name: Name of the site.
        locales: Its locales; the first is the default one.
        new_id: Makes ids for pages and images.

    Raises:
        InvalidInput: There is no such template, or a locale is not one.
    """
    source = _templates().get(template)
    if source is None:
        raise InvalidInput(
            f"there is no template {template[:40]!r}", hint=f"templates: {', '.join(_templates())}"
        )
    if not 0 < len(locales) <= 20 or len(set(locales)) < len(locales):
        raise InvalidInput("a site has 1 to 20 locales, each once")
    for locale in locales:
        if not is_locale(locale):
            raise InvalidInput(f"{locale!r} is not a language tag")
    page_ids = {page["key"]: new_id() for page in source["pages"]}
    images = {entry["key"]: new_id() for entry in source.get("images", [])}
    site = documents.create_site(name, list(locales), theme=source["theme"])
    after: str | None = None
    for page in source["pages"]:
        titles = {locale: _localised(page["title"], locale) for locale in locales}
        slugs = {locale: _localised(page["slug"], locale) for locale in locales}
        pages.add_page(site, page_ids[page["key"]], titles, slugs, after=after)
        after = page_ids[page["key"]]
    made: dict[str, bytes] = {}
    for page in source["pages"]:
        doc = documents.create_page(site_id)
        for locale in locales:
            text = _localised(page.get("description", {}), locale)
            documents.set_meta(doc, f"description@{locale}", text)
        nodes = [*source.get("header", []), *page["nodes"], *source.get("footer", [])]
        filled = _fill(nodes, name, page_ids, images)
        context = executor.Context(page_id=page_ids[page["key"]], locale=locales[0])
        outcome = executor.execute(doc, site, decode(filled), context)
        if not outcome.is_ok:
            raise AssertionError(f"template {template}: {outcome.results}")
        made[page_ids[page["key"]]] = doc.get_update()
    found = {
        images[e["key"]]: Image(e["file"], e["name"], e["alt"]) for e in source.get("images", [])
    }
    return Made(site.get_update(), made, found)


def _localised(texts: Mapping[str, str], locale: str) -> str:
    return texts.get(locale, texts.get("en", next(iter(texts.values()), "")))


def _fill(value: Any, name: str, pages: Mapping[str, str], images: Mapping[str, str]) -> Any:
    """Replace `@page:key`, `@image:key` and `@name` in a template's operations."""
    if isinstance(value, str):
        if value.startswith("@page:"):
            return f"page:{pages[value[6:]]}"
        if value.startswith("@image:"):
            return images[value[7:]]
        return name if value == "@name" else value
    if isinstance(value, list):
        items = cast("list[Any]", value)
        return [_fill(item, name, pages, images) for item in items]
    if isinstance(value, dict):
        entries = cast("dict[str, Any]", value)
        return {key: _fill(item, name, pages, images) for key, item in entries.items()}
    return value
