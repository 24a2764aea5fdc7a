"""The server's page: seen by its owner, worked by keyboard, and free of faults that axe can find."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import House
from tests.browser.test_axe import Judge
from tests.collab.client import Client

pytestmark = pytest.mark.browser


def test_the_owner_closes_sets_apart_and_releases_by_keyboard(house: House):
    name = "doc:tableau"
    page = house.owner()
    judge = Judge(page)
    with Client(house.vitrail.base, house.token, name) as client:
        client.edit("a", 1)
        client.settle()
        page.goto(house.vitrail.base)
        page.locator(".account").click()
        page.get_by_role("menuitem", name="Serveur").press("Enter")
        row = page.get_by_role("row").filter(has_text=name)
        expect(row).to_contain_text("Owner")
        judge.look("server")
        close = row.get_by_role("button", name="Fermer les connexions de tableau")
        close.focus()
        close.press("Enter")
        expect(close).to_be_disabled()  # the page saw by itself that nobody is left
    row.get_by_role("button", name="Mettre de côté tableau").press("Enter")
    judge.look("dialog")
    page.keyboard.type("Ana regarde")
    page.keyboard.press("Enter")
    apart = page.get_by_role("listitem").filter(has_text=name)
    expect(apart).to_contain_text("Ana regarde")
    expect(row).to_have_count(0)
    judge.look("set apart")
    page.emulate_media(color_scheme="dark")
    judge.look("dark")
    page.set_viewport_size({"width": 390, "height": 844})
    judge.look("narrow")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    apart.get_by_role("button", name="Libérer tableau").press("Enter")
    expect(apart).to_have_count(0)
    assert judge.found == []


def test_others_are_told_that_it_is_not_theirs(house: House):
    site = house.site("Serveur des autres")
    guest: Any = house.guest(site, "Karim", "admin", locale="en-GB")
    guest.goto(house.vitrail.base + "/admin")
    expect(guest.get_by_text("This page is for the owner of this server.")).to_be_visible()
    expect(guest.get_by_role("table")).to_have_count(0)
