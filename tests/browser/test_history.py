"""The page's past in the editor: look at it, name it, bring it back, think better of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Response, Route, expect

from tests.browser.conftest import House, canvas
from tests.browser.test_building import open_panel

pytestmark = pytest.mark.browser


def test_a_moment_is_looked_at_named_restored_and_undone(house: House) -> None:
    site = house.site("Remonter le temps")
    home = site.pages[0]["id"]
    lea = house.edit(site)
    karim = house.guest(site, "Karim")
    viewer = house.guest(site, "Vera", role="viewer")
    expect(viewer.get_by_role("button", name="Historique", exact=True)).to_have_count(0)

    open_panel(lea, "Historique")
    lea.get_by_label("Nommer l’état actuel").fill("Avant travaux")
    lea.keyboard.press("Enter")
    named = lea.get_by_role("button", name="Avant travaux")
    expect(named).to_be_visible()
    house.run(home, [{"op": "remove", "target": {"type": "features"}}])
    expect(canvas(lea).get_by_text("Trois gestes")).to_have_count(0)

    # By keyboard: the page as it was lies over the canvas, and Escape leaves it.
    named.focus()
    lea.keyboard.press("Enter")
    past = lea.get_by_role("region", name="La page telle qu’elle était")
    then = lea.frame_locator(".past iframe")
    expect(then.get_by_text("Trois gestes")).to_be_visible()
    lea.keyboard.press("Escape")
    expect(past).to_have_count(0)
    expect(named).to_be_focused()

    named.click()
    past.get_by_role("button", name="Restaurer").click()
    for page in (lea, karim):
        expect(canvas(page).get_by_text("Trois gestes")).to_be_visible()
    expect(lea.get_by_role("button", name="Avant une restauration")).to_be_visible()

    # Redo is pressed once the undo is seen, before its answer is here.
    def press_redo(route: Route) -> None:
        answer = route.fetch()
        for page in (lea, karim):
            expect(canvas(page).get_by_text("Trois gestes")).to_have_count(0)
        lea.keyboard.press("Control+Shift+z")
        route.fulfill(response=answer)

    lea.route("**/commands", press_redo, times=1)
    answers: list[Response] = []
    lea.on("response", lambda answer: answers.append(answer))
    with lea.expect_event("response", lambda _: len(answers) == 2):
        lea.keyboard.press("Control+z")
    assert [answer.status for answer in answers] == [200, 200]
    for page in (lea, karim):
        expect(canvas(page).get_by_text("Trois gestes")).to_be_visible()
