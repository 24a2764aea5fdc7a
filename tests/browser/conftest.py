from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    FloatRect,
    FrameLocator,
    Locator,
    Page,
    expect,
)

from tests.servers import Vitrail

expect.set_options(timeout=20_000)  # the promises are about seconds; machines are slow at times
FIRST_ITEM = {"title": "Le bouillon", "text": "Douze heures de cuisson lente."}
HOME = [
    {"op": "set_text", "target": {"type": "heading"}, "text": "Le goût du Japon, au cœur de Lyon"},
    {"op": "set_text", "target": {"type": "button"}, "text": "Réserver une table"},
    {
        "op": "insert",
        "block": "features",
        "props": {"title": "Trois gestes, une maison", "items": [FIRST_ITEM, FIRST_ITEM]},
        "at": {"after": {"type": "hero"}},
    },
    {"op": "insert", "block": "gallery", "at": {"after": {"type": "features"}}},
    {"op": "insert", "block": "testimonials", "at": {"after": {"type": "gallery"}}},
]
CONTACT = [
    {"op": "insert", "block": "hero", "props": {"title": "Nous trouver"}},
    {"op": "insert", "block": "footer"},
]
HERE = "[data-state=saved], [data-state=readonly]"


@dataclass
class Site:
    """A site that the owner has made, for one test."""

    id: str
    name: str
    slug: str
    pages: list[dict[str, Any]]


@dataclass
class House:
    """People at their browsers, on one server."""

    vitrail: Vitrail
    browser: Browser
    token: str
    kept: dict[str, Any] = field(default_factory=dict)
    contexts: list[BrowserContext] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        answer = httpx2.request(
            method,
            self.vitrail.base + path,
            json=body,
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=30,
        )
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def site(self, name: str) -> Site:
        """Make a small site of three pages: a home page, `Contact`, and `Vide`, which is empty."""
        made = self.call("POST", "/api/sites", {"name": name, "locales": ["fr", "en"]})
        address = f"/api/sites/{made['id']}/pages"
        contact = self.call("POST", address, {"title": "Contact"})
        self.call("POST", address, {"title": "Vide"})
        pages = self.call("GET", address)
        self.run(pages[0]["id"], HOME)
        self.run(contact["id"], CONTACT)
        return Site(made["id"], made["name"], made["slug"], pages)

    def run(self, page: str, operations: list[dict[str, Any]]) -> None:
        body = {"version": 1, "ops": operations}
        self.call("POST", f"/api/pages/{page}/commands", body)

    def context(self, **options: Any) -> BrowserContext:
        options = {"viewport": {"width": 1440, "height": 900}, "locale": "fr-FR", **options}
        made = self.browser.new_context(**options)
        made.set_default_timeout(20_000)
        self.contexts.append(made)
        return made

    def page(self, context: BrowserContext) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        return page

    def owner(self, **options: Any) -> Page:
        """Return a tab of the owner, signed in, on no page yet."""
        if "owner" not in self.kept:
            page = self.page(self.context())
            page.goto(self.vitrail.base + self.vitrail.sign_in_path())
            page.get_by_role("button", name="Se connecter").click()
            page.wait_for_url(self.vitrail.base + "/")
            self.kept["owner"] = page.context.storage_state()
        return self.page(self.context(storage_state=self.kept["owner"], **options))

    def edit(self, site: Site, at: int = 0, **options: Any) -> Page:
        page = self.owner(**options)
        page.goto(f"{self.vitrail.base}/edit/{site.pages[at]['id']}")
        expect(page.locator(HERE)).to_be_visible(timeout=20_000)
        return page

    def guest(self, site: Site, name: str, role: str = "designer", **options: Any) -> Page:
        url = self.call("POST", f"/api/sites/{site.id}/links", {"role": role})["url"]
        page = self.page(self.context(**options))
        page.goto(url)
        page.locator("#name").fill(name)
        page.get_by_role("button").click()
        expect(page.locator(HERE)).to_be_visible(timeout=20_000)
        return page


@pytest.fixture(scope="session")
def kept() -> dict[str, Any]:
    return {}


@pytest.fixture
def house(
    shared_vitrail: Vitrail, browser: Browser, owner_token: str, kept: dict[str, Any]
) -> Iterator[House]:
    made = House(shared_vitrail, browser, owner_token, kept)
    yield made
    for context in made.contexts:
        context.close()
    assert made.troubles == []


def canvas(page: Page) -> FrameLocator:
    return page.frame_locator(".sheet-of-page iframe")


def bands(page: Page) -> list[str]:
    """Return the first words of each section of the page that is open."""
    return (
        canvas(page)
        .locator("body > *")
        .evaluate_all("all => all.map((one) => one.textContent.trim().slice(0, 12))")
    )


def box(thing: Locator) -> FloatRect:
    """Return where a thing is in its window, in CSS pixels, once it shows and keeps still."""
    thing.scroll_into_view_if_needed()
    found = thing.bounding_box()
    assert found is not None
    return found


def middle(thing: Locator) -> tuple[float, float]:
    found = box(thing)
    return found["x"] + found["width"] / 2, found["y"] + found["height"] / 2


def carry(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag without letting go."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 9, start[1] + 9, steps=2)
    page.mouse.move(*end, steps=6)
