"""Two people in two browsers: the path that the product exists for."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import box, canvas
from tests.servers import Vitrail, fetch

pytestmark = pytest.mark.browser
SAVED = "[data-state=saved]"
TITLE = "Le goût du Japon, au cœur de Lyon"


def context(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR")


def open_as_owner(browser: Browser, vitrail: Vitrail) -> Page:
    page = context(browser).new_page()
    page.goto(vitrail.base + vitrail.sign_in_path())
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("link", name="Maison Sakura", exact=True).click()
    expect(page.locator(SAVED)).to_be_visible(timeout=20_000)
    return page


def invite(page: Page, role: str) -> str:
    page.get_by_role("button", name="Partager").click()
    page.get_by_role("dialog").get_by_label("Rôle").first.select_option(role)
    page.get_by_role("button", name="Créer un lien").click()
    url = page.locator("input[name=share-url]").input_value()
    page.keyboard.press("Escape")
    return url


def join(browser: Browser, url: str, name: str) -> Page:
    page = context(browser).new_page()
    page.goto(url)
    page.get_by_label("Votre nom").fill(name)
    page.get_by_role("button", name="Rejoindre").click()
    expect(page.locator("[data-state=saved], [data-state=readonly]")).to_be_visible(timeout=20_000)
    return page


def type_title(page: Page, words: str, end: bool) -> None:
    title = canvas(page).locator("h1")
    size = box(title)
    x, y = (size["width"] - 2, size["height"] - 4) if end else (1, 4)
    title.dblclick(position={"x": x, "y": y})  # the caret goes where the click was
    expect(canvas(page).locator("h1[contenteditable=true]")).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Escape")


def test_two_designers_build_a_page_offline_and_back_and_publish_it(
    browser: Browser, vitrail: Vitrail
) -> None:
    lea = open_as_owner(browser, vitrail)
    karim = join(browser, invite(lea, "designer"), "Karim Ouali")

    # They see each other.
    expect(lea.get_by_role("button", name="Suivre Karim Ouali")).to_be_visible()
    canvas(karim).locator("h1").click()
    expect(lea.locator(".outline.theirs .tag")).to_have_text("Karim Ouali")

    # Both type into one title at once: every character of both is there.
    type_title(lea, "Ici, ", end=False)
    type_title(karim, ", depuis 2016", end=True)
    both = f"Ici, {TITLE}, depuis 2016"
    expect(canvas(lea).locator("h1")).to_have_text(both)
    expect(canvas(karim).locator("h1")).to_have_text(both)

    # Each undoes only their own work: a step is what was typed without a pause, which a busy machine makes.
    for _ in "Ici, ":
        if canvas(lea).locator("h1").inner_text().startswith("I"):
            lea.keyboard.press("ControlOrMeta+z")
    expect(canvas(karim).locator("h1")).to_have_text(f"{TITLE}, depuis 2016")

    # A block that one inserts appears for the other; undo takes it away again.
    canvas(lea).locator("h1").click()
    lea.get_by_role("button", name="Ajouter", exact=True).click()
    lea.get_by_role("button", name="Tarifs").click()
    expect(canvas(karim).get_by_text("Des formules claires")).to_be_visible()

    # The server is killed; both go on, and what they did meanwhile arrives.
    expect(lea.locator(SAVED)).to_be_visible()
    vitrail.kill()
    expect(lea.locator("[data-state=offline]")).to_be_visible(timeout=15_000)
    type_title(lea, "Hors ligne, ", end=False)
    expect(lea.locator("[data-state=offline]")).to_contain_text("à envoyer")
    vitrail.start()
    expect(lea.locator(SAVED)).to_be_visible(timeout=30_000)
    final = f"Hors ligne, {TITLE}, depuis 2016"
    expect(canvas(karim).locator("h1")).to_have_text(final, timeout=30_000)

    # Published, it is plain HTML with what both made, and no script.
    lea.get_by_role("button", name="Publier").click()
    lea.get_by_role("button", name="Publier maintenant").click()
    expect(lea.get_by_role("link", name="Voir le site")).to_be_visible(timeout=20_000)
    html = fetch(f"{vitrail.base}/s/maison-sakura/")
    assert final in html
    assert "Des formules claires" in html
    assert "<script" not in html


def test_a_viewer_cannot_edit_and_a_revoked_one_is_shown_the_door(
    browser: Browser, vitrail: Vitrail
) -> None:
    lea = open_as_owner(browser, vitrail)
    guest = join(browser, invite(lea, "viewer"), "Vera")
    expect(guest.locator("[data-state=readonly]")).to_be_visible()
    canvas(guest).locator("h1").click()
    guest.keyboard.press("Delete")
    expect(canvas(guest).locator("h1")).to_have_text(TITLE)
    members = lea.evaluate(
        """async () => {
            const me = await (await fetch('/api/me')).json();
            const site = (await (await fetch('/api/sites')).json())[0].id;
            const all = await (await fetch(`/api/sites/${site}/members`)).json();
            const vera = all.members.find((member) => member.name === 'Vera');
            const gone = await fetch(`/api/sites/${site}/members/${vera.id}`,
                {method: 'DELETE', headers: {'X-CSRF-Token': me.csrf}});
            return JSON.stringify([gone.status]);
        }"""
    )
    assert json.loads(members) == [204]
    expect(guest.get_by_role("heading", name="Cette page vous est fermée")).to_be_visible(
        timeout=20_000
    )
