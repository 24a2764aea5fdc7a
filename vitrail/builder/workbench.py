"""The documents of a run, and what its operations know of each other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vitrail.builder.commands import Place, Target
from vitrail.builder.documents import Page, YDoc, default_locale, locales, root
from vitrail.builder.journal import Journal
from vitrail.builder.keys import Random
from vitrail.builder.targets import Spot, resolve_place, resolve_target
from vitrail.builder.values import is_locale
from vitrail.core.errors import InvalidInput, NotFound


@dataclass(slots=True)
class Workbench:
    """The documents of a run and what its operations know of each other."""

    page: YDoc
    site: YDoc
    journal: Journal
    locale: str | None
    selection: Sequence[str]
    last: list[str]
    new_id: Callable[[], str]
    random: Random
    place: int = 0
    requests: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def locales(self) -> list[str]:
        """Return the languages of the site."""
        return locales(self.site)

    def default_locale(self) -> str:
        """Return the language of pages without a prefix."""
        return default_locale(self.site)

    def language(self, given: str | None) -> str:
        """Return the language that an operation writes in."""
        locale = given or self.locale or self.default_locale()
        if not is_locale(locale):
            raise InvalidInput(f"{locale!r} is not a language tag")
        return locale

    def resolve(self, page: Page, target: Target) -> list[str]:
        """Return the nodes that a target names."""
        return resolve_target(page, target, self.selection, self.last)

    def spot(self, page: Page, place: Place | None, moving: Sequence[str] = ()) -> Spot:
        """Return the parent and index that a position names."""
        return resolve_place(page, place, self.selection, self.last, moving)


def request(bench: Workbench, name: str, fields: Mapping[str, Any]) -> list[str]:
    """Leave an operation to whoever owns pages."""
    given = {key: value for key, value in fields.items() if value is not None}
    bench.requests.append({"op": name, "at": bench.place, **given})
    return []


def existing_page(bench: Workbench, page: str) -> None:
    """Raise unless the site has a page."""
    if page not in root(bench.site, "pages"):
        raise NotFound(f"the site has no page {page!r}")
