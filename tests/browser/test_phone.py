"""On a phone: every window of the dashboard and of the editor fits its screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import House, box

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = 390, 844
PHONE = ViewportSize(width=WIDTH, height=HEIGHT)
NARROW = ViewportSize(width=320, height=568)  # what WCAG 2.2 asks for: 1.4.10, reflow
OUTSIDE = """() => [...document.querySelectorAll("a, button, input, select, textarea")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .map((one) => ({ one, box: one.getBoundingClientRect() }))
  .filter(({ box }) => box.width > 1 && (box.left < 0 || box.right > innerWidth))
  .map(({ one }) => one.ariaLabel || one.textContent || one.name)"""
OF_A_SITE = ("Pages", "Membres et liens", "Messages reçus", "Webhooks", "Renommer", "Supprimer")
OF_A_PERSON = ("Votre compte", "Jetons d’API")


def look(page: Page, name: str) -> list[str]:
    """Return what does not fit of the window that is open, and close it."""
    window = page.get_by_role("dialog")
    place = box(window)
    troubles: list[str] = []
    if place["x"] < 0 or place["x"] + place["width"] > WIDTH:
        troubles.append(f"{name}: wider than the screen")
    if place["y"] < 0 or place["y"] + place["height"] > HEIGHT:
        troubles.append(f"{name}: higher than the screen")
    if window.evaluate("(dialog) => dialog.scrollWidth > dialog.clientWidth"):
        troubles.append(f"{name}: what is in it is wider")
    if page.evaluate("document.documentElement.scrollWidth") > WIDTH:
        troubles.append(f"{name}: the page under it is wider")
    page.keyboard.press("Escape")
    expect(window).to_have_count(0)
    return troubles


def test_windows_of_the_dashboard_fit_a_phone(house: House) -> None:
    site = house.site("Téléphone")
    page = house.owner(viewport=PHONE, has_touch=True)
    page.goto(house.vitrail.base)
    troubles: list[str] = []
    page.get_by_role("button", name="Nouveau site").first.click()
    troubles += look(page, "Nouveau site")
    assert page.evaluate(OUTSIDE) == []
    for name in OF_A_SITE:
        page.get_by_role("button", name=f"Autres actions, {site.name}").click()
        page.get_by_role("menuitem", name=name).click()
        troubles += look(page, name)
    for name in OF_A_PERSON:
        page.locator(".account").click()
        page.get_by_role("menuitem", name=name).click()
        troubles += look(page, name)
    assert troubles == []
    page.set_viewport_size(NARROW)
    assert page.evaluate(OUTSIDE) == []


def test_windows_of_the_editor_fit_a_phone(house: House) -> None:
    page = house.edit(house.site("Poche"), viewport=PHONE, has_touch=True)
    assert page.evaluate(OUTSIDE) == []
    troubles: list[str] = []
    page.get_by_role("button", name="Publier", exact=True).click()
    troubles += look(page, "Publier")
    page.get_by_role("button", name="Menu", exact=True).click()
    page.get_by_role("menuitem", name="Partager").click()
    troubles += look(page, "Partager")
    page.keyboard.press("ControlOrMeta+k")
    troubles += look(page, "Commandes")
    page.locator(".rail").get_by_role("button", name="Pages", exact=True).click()
    page.get_by_role("button", name="Autres actions, Vide").click()
    page.get_by_role("menuitem", name="Supprimer").click()
    troubles += look(page, "Supprimer une page")
    assert troubles == []
    page.set_viewport_size(NARROW)
    assert page.evaluate(OUTSIDE) == []
