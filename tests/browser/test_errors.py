"""What the server and the executor refuse is said in the language of the interface."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, canvas

pytestmark = pytest.mark.browser


def refuse(page: Page) -> None:
    """Have the server refuse an address, in the dialog of the account."""
    dialog = page.get_by_role("dialog")
    dialog.locator("#account-email").fill("pas une adresse")
    dialog.locator("button[type=submit]").click()


def open_account(house: House, page: Page) -> None:
    page.goto(house.vitrail.base)
    page.locator(".home-top button").last.click()
    page.get_by_role("menuitem", name=re.compile("^(Votre compte|Your account)$")).click()


def test_a_refusal_of_the_server_is_told_in_french(house: House) -> None:
    lea = house.owner()
    fetched: list[str] = []
    lea.on("request", lambda request: fetched.append(request.url))
    open_account(house, lea)
    assert not [url for url in fetched if "french-errors" in url]

    refuse(lea)

    told = "« pas une adresse » n’est pas une adresse e-mail."
    expect(lea.get_by_role("alert")).to_have_text(told)
    assert len([url for url in fetched if "french-errors" in url]) == 1


def test_a_refusal_is_told_in_english_while_its_french_does_not_come(house: House) -> None:
    lea = house.owner()
    lea.route("**/french-errors*", lambda route: route.abort())
    open_account(house, lea)

    refuse(lea)

    expect(lea.get_by_role("alert")).to_have_text("'pas une adresse' is not an e-mail address.")


def test_a_refusal_of_the_executor_is_told_in_french(house: House) -> None:
    lea = house.edit(house.site("Refus"))
    canvas(lea).locator("h1").click()
    anchor = lea.get_by_label("Ancre")
    anchor.fill("9 lignes")
    anchor.press("Enter")

    told = "« anchor » (Texte) attend des lettres, chiffres, - et _, avec une lettre au début."
    expect(lea.locator(".toast")).to_contain_text(told)
