"""Two people on one page: cursors, following, undo of one's own work, leaving."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import House, canvas
from tests.browser.test_building import go_to, open_panel

pytestmark = pytest.mark.browser


def test_people_see_and_follow_each_other(house: House) -> None:
    site = house.site("Suivre")
    lea = house.edit(site)
    karim = house.guest(site, "Karim Ouali")

    # A named cursor, and what is selected, in the page and in the layers.
    canvas(karim).locator("h1").click()
    expect(lea.locator(".pointer")).to_have_text("Karim Ouali")
    expect(lea.locator(".outline.theirs")).to_have_text("Karim Ouali")
    expect(lea.get_by_role("img", name="Karim Ouali est ici")).to_be_visible()

    # Followed from page to page; on the page that was left nothing is seen of them any more.
    go_to(karim, "Contact")
    expect(lea.locator(".outline.theirs")).to_have_count(0)
    lea.get_by_role("button", name="Suivre Karim Ouali").click()
    expect(lea.locator(".crumb-page")).to_have_text("Contact")
    expect(lea.get_by_text("Vous suivez Karim Ouali")).to_be_visible()
    karim.get_by_role("button", name="Tablette 1024").click()
    expect(lea.get_by_role("button", name="Tablette 1024")).to_have_attribute(
        "aria-pressed", "true"
    )
    go_to(karim, "Accueil")
    expect(lea.locator(".crumb-page")).to_have_text("Accueil")
    canvas(karim).locator("footer").evaluate("(foot) => foot.scrollIntoView()")
    expect(canvas(lea).locator("footer")).to_be_in_viewport()

    # A click on the page ends it.
    canvas(lea).locator("footer").click()
    expect(lea.get_by_text("Vous suivez Karim Ouali")).to_have_count(0)
    karim.close()
    expect(lea.get_by_role("button", name="Suivre Karim Ouali")).to_have_count(0)


def test_one_undoes_only_their_own_work_while_the_other_edits(house: House) -> None:
    site = house.site("Annuler")
    lea = house.edit(site)
    karim = house.guest(site, "Karim")
    canvas(lea).locator("h1").click()
    lea.locator(".inspector textarea").fill("Titre de Léa")
    expect(canvas(karim).locator("h1")).to_have_text("Titre de Léa")
    canvas(karim).locator("h2").first.click()
    karim.locator(".inspector textarea").fill("Gestes de Karim")
    canvas(karim).locator("h3").first.click()
    karim.keyboard.press("Delete")
    expect(canvas(lea).locator("h3", has_text="Le bouillon")).to_have_count(1)

    lea.keyboard.press("ControlOrMeta+z")
    expect(canvas(karim).locator("h1")).to_have_text("Le goût du Japon, au cœur de Lyon")
    expect(canvas(karim).locator("h2").first).to_have_text("Gestes de Karim")
    expect(canvas(lea).locator("h3", has_text="Le bouillon")).to_have_count(1)
    lea.keyboard.press("ControlOrMeta+Shift+z")
    expect(canvas(karim).locator("h1")).to_have_text("Titre de Léa")

    karim.get_by_role("status").get_by_role("button", name="Annuler").click()
    expect(canvas(lea).locator("h3", has_text="Le bouillon")).to_have_count(2)
    karim.keyboard.press("ControlOrMeta+z")
    expect(canvas(lea).locator("h2").first).to_have_text("Trois gestes, une maison")
    expect(canvas(lea).locator("h1")).to_have_text("Titre de Léa")


def test_a_name_goes_on_being_written_while_another_edits(house: House) -> None:
    """The rows of the panels stay when the page or the site changes under them."""
    site = house.site("Nommer")
    lea = house.edit(site)
    karim = house.guest(site, "Karim")
    lea.get_by_role("treeitem", name="Accroche").first.dblclick()
    lea.get_by_role("tree").get_by_label("Nom du calque").fill("Grand")
    canvas(karim).locator("h3").first.click()
    karim.keyboard.press("Delete")
    expect(canvas(lea).locator("h3", has_text="Le bouillon")).to_have_count(1)
    lea.keyboard.press("End")
    lea.keyboard.type(" accueil")
    lea.keyboard.press("Enter")
    expect(lea.get_by_role("treeitem", name="Grand accueil")).to_be_visible()

    open_panel(lea, "Pages")
    lea.get_by_role("button", name="Autres actions, Contact").click()
    lea.get_by_role("menuitem", name="Renommer").click()
    lea.get_by_label("Titre de la page").first.fill("Nous")
    open_panel(karim, "Pages")
    karim.locator(".panel-foot input").fill("Carte")
    karim.keyboard.press("Enter")
    expect(lea.locator(".page-rows")).to_contain_text("Carte")
    lea.keyboard.press("End")
    lea.keyboard.type(" écrire")
    lea.keyboard.press("Enter")
    expect(lea.locator(".page-rows")).to_contain_text("Nous écrire")


def test_one_types_while_another_changes_the_role(house: House) -> None:
    """Scopes change under open pages: what may not be done is not offered any more."""
    site = house.site("Rôles")
    lea = house.edit(site)
    karim = house.guest(site, "Karim")
    lea.get_by_role("button", name="Partager").click()
    role = lea.get_by_label("Rôle, Karim")
    role.focus()
    with lea.expect_response(lambda answer: answer.url.endswith("/members")):
        role.select_option("viewer")
    expect(karim.locator("[data-state=readonly]")).to_be_visible()
    canvas(karim).locator("h1").click()
    expect(karim.locator(".inspector textarea")).to_be_disabled()
    expect(role).to_be_focused()
    role.select_option("editor")
    expect(karim.locator("[data-state=saved]")).to_be_visible()
    expect(karim.locator(".inspector textarea")).to_be_enabled()
    karim.locator(".inspector textarea").fill("Par la rédaction")
    expect(canvas(lea).locator("h1")).to_have_text("Par la rédaction")
