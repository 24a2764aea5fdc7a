"""Operations on the site document: theme, pages."""

from vitrail.builder.commands import AddPage, RenamePage, Theme
from vitrail.builder.primitives import themes
from vitrail.builder.values import TOKEN_NAME, is_color, is_safe_css, is_slug
from vitrail.builder.workbench import Workbench, existing_page, request
from vitrail.core.errors import InvalidInput


def change_theme(bench: Workbench, operation: Theme) -> list[str]:
    """Set tokens, or the theme itself."""
    writes: list[tuple[list[str], str | None]] = []
    for name, value in operation.set.items():
        if name == "theme":
            if value is None or value not in themes():
                raise InvalidInput(f"there is no theme {value!r}", hint=", ".join(themes()))
            writes.append((["meta", "theme"], value))
            continue
        token = name.removeprefix("dark/")
        if not TOKEN_NAME.fullmatch(token) or "." not in token:
            raise InvalidInput(f"{name!r} is not a token", hint="write color.primary or space.4")
        if value is not None and not is_safe_css(value):
            raise InvalidInput(f"{name!r} cannot have this value")
        if value is not None and token.startswith("color.") and value.startswith("#"):
            _check_color(name, value)
        writes.append(([*(["themes"] if token != name else ["tokens"]), name], value))
    for path, value in writes:
        bench.journal.set("site", path, value)
    return []


def _check_color(name: str, value: str) -> None:
    if not is_color(value):
        raise InvalidInput(f"{name!r} must be a colour such as #2f4fe0")


def _check_slug(slug: str | None) -> None:
    if slug is not None and not is_slug(slug):
        raise InvalidInput(f"{slug!r} cannot be part of an address")


def _check_title(title: str | None) -> None:
    if title is not None and not 0 < len(title.strip()) <= 200:
        raise InvalidInput("a title has 1 to 200 characters")


def add_page(bench: Workbench, operation: AddPage) -> list[str]:
    """Ask for a page."""
    _check_title(operation.title)
    _check_slug(operation.slug)
    if operation.after is not None:
        existing_page(bench, operation.after)
    fields = {
        "title": operation.title,
        "slug": operation.slug,
        "after": operation.after,
        "locale": bench.language(operation.locale),
    }
    return request(bench, "add_page", fields)


def rename_page(bench: Workbench, operation: RenamePage) -> list[str]:
    """Change the title or the path of a page."""
    existing_page(bench, operation.page)
    _check_title(operation.title)
    _check_slug(operation.slug)
    locale = bench.language(operation.locale)
    if operation.title is not None:
        bench.journal.set("site", ["pages", operation.page, f"title@{locale}"], operation.title)
    if operation.slug is not None:
        bench.journal.set("site", ["pages", operation.page, f"slug@{locale}"], operation.slug)
    return []
