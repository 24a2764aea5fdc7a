"""What stays in a browser: work that was not sent, and nothing once one has left."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, canvas

pytestmark = pytest.mark.browser
COPIES = """async () => {
    const all = await indexedDB.databases();
    const names = all.map(({name}) => name).filter((name) => name.startsWith('vitrail/'));
    const keys = Object.keys(localStorage).filter((key) => key.startsWith('vitrail/'));
    return names.length + keys.length;
}"""


def copies(page: Page) -> int:
    return page.evaluate(COPIES)


def expect_no_copies(page: Page) -> None:
    page.wait_for_function(f"async () => (await ({COPIES})()) === 0")


def test_work_made_without_the_network_survives_the_tab_and_is_sent(house: House) -> None:
    site = house.site("Hors ligne")
    lea = house.edit(site)
    karim = house.guest(site, "Karim")
    lea.context.set_offline(True)
    expect(lea.locator("[data-state=offline]")).to_be_visible()
    canvas(lea).locator("h1").click()
    lea.locator(".inspector textarea").fill("Écrit sans réseau")
    expect(lea.locator("[data-state=offline]")).to_contain_text("à envoyer")
    canvas(lea).locator("h2").first.click()
    lea.keyboard.press("ControlOrMeta+d")
    expect(canvas(lea).locator("h2", has_text="Trois gestes")).to_have_count(2)

    # The tab is closed before the network is back: the browser kept what was made.
    lea.close(run_before_unload=False)
    lea.context.set_offline(False)
    again = house.page(lea.context)
    again.goto(f"{house.vitrail.base}/edit/{site.pages[0]['id']}")
    expect(canvas(again).locator("h1")).to_have_text("Écrit sans réseau")
    expect(again.locator("[data-state=saved]")).to_be_visible()
    expect(canvas(karim).locator("h1")).to_have_text("Écrit sans réseau")
    expect(canvas(karim).locator("h2", has_text="Trois gestes")).to_have_count(2)


def test_hours_of_work_without_the_network_are_sent_in_pieces(house: House) -> None:
    """More than one frame may carry: 1 MiB is the server's limit."""
    site = house.site("Longtemps")
    lea = house.edit(site)
    karim = house.guest(site, "Karim")
    lea.context.set_offline(True)
    expect(lea.locator("[data-state=offline]")).to_be_visible()
    canvas(lea).locator("body").evaluate(
        """(body, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData('text/plain', text);
            body.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true}));
        }""",
        "\n\n".join([f"Paragraphe {at}: " + "abcdefghi " * 1_200 for at in range(60)]),
    )
    expect(canvas(lea).get_by_text("Paragraphe 59:")).to_be_attached()
    lea.context.set_offline(False)
    expect(lea.locator("[data-state=saved]")).to_be_visible(timeout=20_000)
    expect(canvas(karim).get_by_text("Paragraphe 59:")).to_be_attached(timeout=20_000)
    expect(canvas(karim).get_by_text("Paragraphe ")).to_have_count(60)


def test_signing_out_leaves_nothing_in_the_browser(house: House) -> None:
    site = house.site("Partir")
    karim = house.guest(site, "Karim")
    assert copies(karim) > 0
    karim.get_by_role("link", name="Tous les sites").click()
    karim.locator(".account").click()
    karim.get_by_role("menuitem", name="Se déconnecter").click()
    expect(karim.get_by_role("heading", name="Se connecter à Vitrail")).to_be_visible()
    expect_no_copies(karim)
    karim.goto(f"{house.vitrail.base}/edit/{site.pages[0]['id']}")
    expect(karim.get_by_role("heading", name="Se connecter à Vitrail")).to_be_visible()


def test_whoever_is_removed_keeps_nothing(house: House) -> None:
    site = house.site("Retirer")
    lea = house.edit(site)
    karim = house.guest(site, "Karim")
    assert copies(karim) > 0
    lea.get_by_role("button", name="Partager").click()
    lea.get_by_role("button", name="Retirer Karim").click()
    expect(karim.get_by_role("heading", name="Cette page vous est fermée")).to_be_visible()
    expect(karim.get_by_text("Votre accès a été retiré.")).to_be_visible()
    expect_no_copies(karim)
