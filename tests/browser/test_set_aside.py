"""What befalls a page from outside while people work on it: it is set aside, or replaced."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from playwright.sync_api import expect
from pycrdt import Doc

from tests.browser.conftest import House, canvas
from tests.browser.test_axe import Judge
from vitrail.collab import lineage
from vitrail.collab.compact import apply_all
from vitrail.collab.log import UpdateLog
from vitrail.core.clock import SystemClock
from vitrail.core.database import Database

pytestmark = pytest.mark.browser
REASON = "Un modèle est à réparer"


async def _replace(url: str, name: str) -> None:
    clock = SystemClock()
    async with Database(url) as database:
        doc: Doc[Any] = Doc()
        apply_all(doc, (await UpdateLog(database, clock).load(name)).updates)
        async with database.write() as sql:
            await lineage.reset(sql, clock, name, doc.get_update())


def replace(house: House, page: str) -> None:
    """Give a page another history with the same content, as restoring a backup does."""
    url = f"sqlite+aiosqlite:///{house.vitrail.data / 'vitrail.db'}"
    with ThreadPoolExecutor(1) as thread:  # the browser's loop runs in this one
        thread.submit(lambda: asyncio.run(_replace(url, f"page:{page}"))).result()


def test_a_page_that_is_set_aside_says_so_and_opens_again(house: House):
    site = house.site("Mise de côté")
    page = site.pages[0]["id"]
    address = f"/api/instance/documents/page:{page}/quarantine"
    lea = house.edit(site)
    house.call("POST", address, {"reason": REASON})
    badge = lea.locator("[data-state=denied]")
    expect(badge).to_have_text("Cette page est mise de côté")
    badge.press("Enter")
    expect(lea.get_by_role("dialog")).to_contain_text(REASON)
    expect(lea.get_by_role("dialog")).to_contain_text("rien n’en a été supprimé")

    elsewhere = house.owner(locale="en-GB", color_scheme="dark")
    judge = Judge(elsewhere)
    elsewhere.goto(f"{house.vitrail.base}/edit/{page}")
    expect(elsewhere.get_by_role("heading", name="Cette page est mise de côté")).to_be_visible()
    expect(elsewhere.get_by_role("alert")).to_contain_text(REASON)
    judge.look("set aside")
    house.call("DELETE", address)
    elsewhere.get_by_role("button", name="Réessayer").press("Enter")
    expect(canvas(elsewhere).locator("h1")).to_be_visible()
    expect(lea.locator("[data-state=saved]")).to_be_visible()  # by itself, whoever had it open
    assert judge.found == []


def test_words_that_were_not_sent_are_shown_when_the_page_is_replaced(house: House):
    site = house.site("Remplacée")
    lea = house.edit(site)
    judge = Judge(lea)
    lea.context.set_offline(True)
    expect(lea.locator("[data-state=offline]")).to_be_visible()
    canvas(lea).locator("h1").click()
    lea.locator(".inspector textarea").fill(
        "Mots jamais envoyés, non"
    )  # ends as what it replaces does
    expect(lea.locator("[data-state=offline]")).to_contain_text("à envoyer")
    replace(house, site.pages[0]["id"])
    lea.context.set_offline(False)
    dialog = lea.get_by_role("dialog", name="Cette page a été remplacée")
    words = dialog.get_by_label("Vos mots qui n’étaient pas arrivés")
    expect(words).to_have_value("Mots jamais envoyés, non")
    expect(canvas(lea).locator("h1")).not_to_have_text("Mots jamais envoyés, non")
    judge.look("replaced")
    with lea.expect_download() as download:
        dialog.get_by_role("button", name="Télécharger").press("Enter")
    assert download.value.path().read_text() == "Mots jamais envoyés, non"
    lea.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    lea.locator("[data-state=replaced]").press("Enter")  # they are kept until they are let go
    expect(lea.get_by_label("Vos mots qui n’étaient pas arrivés")).to_be_visible()
    lea.get_by_role("button", name="J’ai ce qu’il me faut").press("Enter")
    expect(lea.locator("[data-state=saved]")).to_be_visible()
    assert judge.found == []
