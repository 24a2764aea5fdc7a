"""One designer at work: by mouse, by keyboard, in the inspector, across pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, bands, box, canvas, carry, middle

pytestmark = pytest.mark.browser


def open_panel(page: Page, name: str) -> None:
    page.locator(".rail").get_by_role("button", name=name, exact=True).click()


def go_to(page: Page, title: str) -> None:
    page.locator(".crumb-page").click()
    page.get_by_role("menuitemradio", name=title).click()
    expect(page.locator(".crumb-page")).to_have_text(title)
    expect(page.locator("[data-state=saved]")).to_be_visible()


def test_blocks_are_dragged_from_the_palette_and_reordered(house: House) -> None:
    site = house.site("Glisser")
    lea = house.edit(site)
    karim = house.guest(site, "Karim")
    open_panel(lea, "Ajouter")

    # From the palette to the page: a line says where it lands, and in what.
    x, y = middle(canvas(lea).get_by_text("Trois gestes"))
    carry(lea, middle(lea.get_by_role("button", name="Tarifs")), (x, y - 50))
    expect(lea.locator(".drop-line")).to_have_text("dans la page")
    lea.mouse.up()
    expect(canvas(karim).get_by_text("Des formules claires")).to_be_visible()
    assert bands(karim)[1:4] == ["Le goût du J", "Des formules", "Trois gestes"]

    # On the page: the title goes under the text beside it.
    below = box(canvas(lea).locator("h1 + p"))
    carry(
        lea,
        middle(canvas(lea).locator("h1")),
        (below["x"] + 40, below["y"] + below["height"] - 2),
    )
    expect(lea.locator(".drop-line")).to_have_text("dans Texte")
    lea.mouse.up()
    expect(canvas(karim).locator("p + h1")).to_be_visible()

    # Escape leaves all as it was.
    carry(lea, middle(canvas(lea).locator("h1")), (x, y))
    lea.keyboard.press("Escape")
    lea.mouse.up()
    expect(lea.locator(".ghost")).to_have_count(0)
    expect(canvas(lea).locator("p + h1")).to_be_visible()

    # In the layers: back to where it was.
    open_panel(lea, "Calques")
    layers = lea.get_by_role("tree")
    row = box(layers.get_by_role("treeitem", name="Sous-titre").first)
    carry(lea, middle(lea.locator(".layer.selected")), (row["x"] + 90, row["y"] + 3))
    expect(lea.locator(".layer-line")).to_be_visible()
    lea.mouse.up()
    expect(canvas(karim).locator("h1 + p")).to_be_visible()


def test_a_page_is_built_with_the_keyboard_alone(house: House) -> None:
    page = house.edit(house.site("Clavier"), at=2)

    def command(words: str) -> None:
        page.keyboard.press("ControlOrMeta+k")
        expect(page.get_by_label("Que voulez-vous faire")).to_be_focused()
        page.keyboard.type(words)
        page.keyboard.press("Enter")

    command("Ajouter accroche")
    expect(canvas(page).locator("h1")).to_be_visible()
    command("Ajouter tarifs")
    expect(canvas(page).get_by_text("Des formules claires")).to_be_visible()

    # Into the page: arrows walk it, Enter goes in and writes, Alt and arrows move.
    canvas(page).locator("body").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".outline.selected")).to_have_text("Accroche")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".outline.selected")).to_have_text("Titre")
    page.keyboard.press("Enter")
    expect(page.get_by_role("toolbar", name="Mise en forme")).to_be_visible()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Écrit sans souris")
    page.keyboard.press("Escape")
    expect(canvas(page).locator("h1")).to_have_text("Écrit sans souris")
    page.keyboard.press("Alt+ArrowDown")
    expect(canvas(page).locator("p + h1")).to_be_visible()
    for _ in range(2):
        page.keyboard.press("Escape")
    expect(page.locator(".outline.selected")).to_have_text("Accroche")
    page.keyboard.press("ControlOrMeta+d")
    expect(canvas(page).locator("h1")).to_have_count(2)
    page.keyboard.press("Delete")
    expect(canvas(page).locator("h1")).to_have_count(1)
    page.keyboard.press("ControlOrMeta+z")
    expect(canvas(page).locator("h1")).to_have_count(2)


def test_the_inspector_changes_words_and_looks_for_everyone(house: House) -> None:
    site = house.site("Inspecteur")
    lea = house.edit(site)
    karim = house.guest(site, "Karim")
    title = canvas(lea).locator("h1")
    theirs = canvas(karim).locator("h1")
    title.click()
    lea.locator(".inspector textarea").fill("Un autre titre")
    expect(theirs).to_have_text("Un autre titre")

    lea.get_by_role("tab", name="Style").click()
    size = lea.get_by_label("Taille", exact=True)
    size.fill("50px")
    size.press("Enter")
    expect(theirs).to_have_css("font-size", "50px")

    # Narrow screens have their own size; wide ones keep theirs.
    lea.get_by_role("button", name="Téléphone 390").click()
    size.fill("31px")
    size.press("Enter")
    expect(title).to_have_css("font-size", "31px")
    expect(theirs).to_have_css("font-size", "50px")
    karim.get_by_role("button", name="Téléphone 390").click()
    expect(theirs).to_have_css("font-size", "31px")
    lea.get_by_role("button", name="Réinitialiser Taille").click()
    expect(theirs).to_have_css("font-size", "50px")

    # A colour of the theme, and a link to a page.
    lea.get_by_role("button", name="Ordinateur 1440").click()
    lea.locator(".color-choice").first.click()
    lea.get_by_role("button", name="primary", exact=True).click()
    expect(theirs).to_have_css("background-color", "rgb(37, 70, 216)")
    canvas(lea).get_by_text("Réserver une table").first.click()
    lea.get_by_role("tab", name="Contenu").click()
    lea.get_by_role("combobox", name="Lien").select_option("Contact")
    expect(canvas(karim).get_by_role("link", name="Réserver une table").first).to_have_attribute(
        "href", f"/edit/{site.pages[1]['id']}"
    )


def test_what_is_chosen_is_copied_to_another_page_and_tab(house: House) -> None:
    site = house.site("Copier")
    lea = house.edit(site)
    canvas(lea).locator("h2").first.click()
    canvas(lea).locator("h3").first.click(modifiers=["Shift"])
    expect(lea.locator(".outline.selected")).to_have_count(2)
    expect(lea.locator(".inspect-head")).to_contain_text("2 éléments")
    lea.keyboard.press("ControlOrMeta+c")

    go_to(lea, "Contact")
    lea.keyboard.press("ControlOrMeta+v")
    expect(canvas(lea).locator("h2", has_text="Trois gestes")).to_be_visible()
    expect(canvas(lea).locator("h3", has_text="Le bouillon")).to_be_visible()

    # Cut takes both away, and they are pasted in another tab.
    lea.keyboard.press("ControlOrMeta+x")
    expect(canvas(lea).locator("h2", has_text="Trois gestes")).to_have_count(0)
    other = house.page(lea.context)
    other.goto(f"{house.vitrail.base}/edit/{site.pages[1]['id']}")
    expect(other.locator("[data-state=saved]")).to_be_visible()
    other.bring_to_front()
    canvas(other).locator("h1").click()
    other.keyboard.press("ControlOrMeta+v")
    expect(canvas(other).locator("h2", has_text="Trois gestes")).to_be_visible()
    expect(canvas(other).locator("h3", has_text="Le bouillon")).to_be_visible()
