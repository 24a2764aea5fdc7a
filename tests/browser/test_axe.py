"""No screen has a serious fault that axe can find, in either language or colour scheme."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, canvas

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[1] / "peers" / "node_modules" / "axe-core" / "axe.min.js"
# The canvas shows the designer's own page, which other rules hold; only what is around it is ours.
RUN = """async () => {
    const found = await axe.run({exclude: [['.sheet-of-page iframe']]}, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], iframes: false,
        resultTypes: ['violations'],
    });
    return found.violations
        .filter(({impact}) => impact === 'serious' || impact === 'critical')
        .map(({id, nodes}) => `${id}: ${nodes.map(({target}) => target.join(' ')).join(' | ')}`);
}"""
PANELS = {
    "fr": ("Ajouter", "Calques", "Pages", "Thème", "Images", "Historique"),
    "en": ("Add", "Layers", "Pages", "Theme", "Media", "History"),
}
WORDS = {
    "fr": ("Style", "Partager", "Publier", "Menu", "Nouveau site", "Commandes"),
    "en": ("Style", "Share", "Publish", "Menu", "New site", "Commands"),
}


class Judge:
    """Runs axe on screens and keeps what it finds."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: list[str] = []

    def look(self, name: str) -> None:
        # What fades in is not judged before it is there; what a change of screen cuts short is.
        self.page.evaluate(
            "() => Promise.allSettled(document.getAnimations().map((one) => one.finished))"
        )
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text())
        self.found += [f"{name}: {fault}" for fault in self.page.evaluate(RUN)]


def watch_editor(judge: Judge, language: str) -> None:
    page = judge.page
    style, share, publish, menu, _, commands = WORDS[language]
    judge.look("editor")
    canvas(page).locator("h1").click()
    judge.look("content")
    page.get_by_role("tab", name=style).click()
    for panel in PANELS[language]:
        button = page.locator(".rail").get_by_role("button", name=panel, exact=True)
        if button.get_attribute("aria-pressed") != "true":
            button.click()
        expect(page.locator(".panel.left h2")).to_have_text(panel)
        judge.look(panel)
    for name in (share, publish):
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_role("dialog").last).to_be_visible()
        judge.look(name)
        page.keyboard.press("Escape")
    page.get_by_role("button", name=menu, exact=True).click()
    judge.look(menu)
    page.keyboard.press("Escape")
    page.locator(".color-choice").first.click()
    judge.look("colours")
    page.keyboard.press("Escape")
    page.locator(".rail").get_by_role("button", name=commands).click()
    expect(page.get_by_role("listbox")).to_be_visible()
    judge.look(commands)
    page.keyboard.press("Escape")


@pytest.mark.parametrize(("language", "scheme"), [("fr", "light"), ("en", "dark")])
def test_no_screen_has_a_serious_fault(house: House, language: str, scheme: Any) -> None:
    site = house.site(f"Axe {language}")
    page = house.guest(site, "Karim", "admin", locale=language, color_scheme=scheme)
    judge = Judge(page)
    watch_editor(judge, language)
    page.goto(house.vitrail.base)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    judge.look("sites")
    page.get_by_role("button", name=WORDS[language][4]).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    judge.look("new site")

    link = house.call("POST", f"/api/sites/{site.id}/links", {"role": "viewer"})["url"]
    for number, address in enumerate([house.vitrail.base, link]):
        stranger = house.page(house.context(locale=language, color_scheme=scheme))
        stranger.goto(address)
        expect(stranger.get_by_role("heading", level=1)).to_be_visible()
        outside = Judge(stranger)
        outside.look(f"outside {number}")
        judge.found += outside.found
    assert "\n".join(judge.found) == ""
