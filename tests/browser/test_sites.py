"""From the library and the language to the published site and back."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, canvas
from tests.browser.test_building import open_panel
from tests.servers import fetch

pytestmark = pytest.mark.browser
DROP = """async ([frame, target, name, bytes]) => {
    const page = frame ? document.querySelector(frame).contentDocument : document;
    const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([content], name, {type: 'image/png'}));
    const at = page.querySelector(target);
    const box = at.getBoundingClientRect();
    const options = {bubbles: true, cancelable: true, dataTransfer,
        clientX: box.left + box.width / 2, clientY: box.top + 2};
    at.dispatchEvent(new DragEvent('dragover', options));
    at.dispatchEvent(new DragEvent('drop', options));
}"""


def drop_image(page: Page, frame: str | None, target: str, name: str) -> None:
    drawn = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").save(drawn, "PNG")
    page.evaluate(DROP, [frame, target, name, base64.b64encode(drawn.getvalue()).decode()])


def test_images_are_dropped_on_the_page_and_in_the_library(house: House) -> None:
    site = house.site("Images")
    lea = house.edit(site)
    karim = house.guest(site, "Karim")
    drop_image(lea, ".sheet-of-page iframe", "h1", "sur-la-page.png")
    expect(canvas(karim).locator("img[src$='.webp']")).to_have_count(1)
    shown = canvas(lea).locator("img[src$='.webp']")
    expect(shown).to_have_count(1)
    expect(lea.locator(".outline.selected")).to_have_text("Image")

    open_panel(lea, "Images")
    drop_image(lea, None, ".drop-zone", "bibliotheque.png")
    expect(lea.locator(".asset")).to_have_count(2)
    lea.locator(".asset").first.click()
    lea.get_by_label("Ce que montre l’image").fill("Un halo")
    lea.get_by_role("button", name="Insérer").click()
    expect(canvas(lea).locator("img[alt='Un halo']")).to_be_visible()


def test_a_site_is_published_changed_and_brought_back(house: House) -> None:
    site = house.site("Publier")
    lea = house.edit(site)
    address = f"{house.vitrail.base}/s/{site.slug}/"

    def publish(times: int) -> None:
        lea.get_by_role("button", name="Publier", exact=True).click()
        lea.get_by_role("button", name="Publier maintenant").click()
        expect(lea.locator(".rows li", has_text="page")).to_have_count(times)
        expect(lea.get_by_role("link", name="Voir le site")).to_be_visible()

    publish(1)
    assert "Le goût du Japon" in fetch(address)
    lea.keyboard.press("Escape")
    canvas(lea).locator("h1").click()
    lea.locator(".inspector textarea").fill("Deuxième version")
    expect(lea.locator("[data-state=saved]")).to_be_visible()
    publish(2)
    assert "Deuxième version" in fetch(address)
    lea.get_by_role("button", name="Remettre en ligne").click()
    expect(lea.get_by_text("La version précédente est de nouveau en ligne.")).to_be_visible()
    assert "Le goût du Japon" in fetch(address)


def test_everything_speaks_the_language_that_is_chosen(house: House) -> None:
    site = house.site("Langues")
    karim = house.guest(site, "Karim")
    expect(karim.get_by_role("tree", name="Calques")).to_contain_text("Accroche")
    karim.get_by_role("link", name="Tous les sites").click()
    karim.locator(".account").click()
    karim.get_by_role("menuitemradio", name="English").click()
    expect(karim.locator("html")).to_have_attribute("lang", "en")
    karim.get_by_role("link", name="Langues", exact=True).click()
    expect(karim.locator("[data-state=saved]")).to_have_text("Saved")
    expect(karim.get_by_role("tree", name="Layers")).to_contain_text("Hero")

    # The languages of the page are apart from that of the interface.
    karim.get_by_role("button", name="en", exact=True).click()
    expect(canvas(karim).locator("h2").first).to_have_text("Trois gestes, une maison")
    canvas(karim).locator("h1").click()
    karim.locator(".inspector textarea").fill("A taste of Japan")
    expect(canvas(karim).locator("h1")).to_have_text("A taste of Japan")
    karim.get_by_role("button", name="fr", exact=True).click()
    expect(canvas(karim).locator("h1")).to_have_text("Le goût du Japon, au cœur de Lyon")


def test_sites_and_pages_are_named_and_removed(house: House) -> None:
    site = house.site("À renommer")
    page = house.edit(site)
    open_panel(page, "Pages")
    page.get_by_label("Titre de la page").fill("Traiteur")
    page.keyboard.press("Enter")
    expect(page.locator(".crumb-page")).to_have_text("Traiteur")
    page.get_by_role("button", name="Autres actions, Traiteur").click()
    page.get_by_role("menuitem", name="Renommer").click()
    page.locator("input[name=title]").fill("Chef à domicile")
    page.locator("input[name=slug]").fill("chef")
    page.keyboard.press("Enter")
    expect(page.locator(".page-rows")).to_contain_text("/chef")
    page.get_by_role("button", name="Autres actions, Chef").click()
    page.get_by_role("menuitem", name="Supprimer").click()
    page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    expect(page.locator(".crumb-page")).to_have_text("Accueil")
    expect(page.locator(".page-rows")).not_to_contain_text("Chef")

    page.get_by_role("link", name="Tous les sites").click()
    card = page.locator(".card", has_text="À renommer")
    card.get_by_role("button").last.click()
    page.get_by_role("menuitem", name="Renommer").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("Renommé")
    page.keyboard.press("Enter")
    card = page.locator(".card", has_text="Renommé")
    expect(card).to_be_visible()
    card.get_by_role("button").last.click()
    page.get_by_role("menuitem", name="Supprimer").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("Renommé")
    page.get_by_role("button", name="Supprimer le site").click()
    expect(card).to_have_count(0)
