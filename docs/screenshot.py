"""Make docs/editor.png: two people at work on the demo restaurant.

Usage: .venv/bin/python docs/screenshot.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.servers import CHROMIUM_ARGUMENTS, Vitrail, chromium  # noqa: E402

OUT = ROOT / "docs" / "editor.png"


def tab(browser: Browser) -> Page:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        locale="en-GB",
        color_scheme="light",
    )
    return context.new_page()


def open_demo(page: Page, vitrail: Vitrail) -> None:
    page.goto(vitrail.base + vitrail.sign_in_path())
    page.locator("form button").click()
    page.locator(".account").click()
    page.get_by_role("menuitemradio", name="English").click()
    page.get_by_role("link", name="Maison Sakura", exact=True).click()
    expect(page.locator("[data-state=saved]")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="en", exact=True).click()


def invite(page: Page) -> str:
    page.get_by_role("button", name="Share").click()
    page.get_by_role("button", name="Create").click()
    url = page.locator("input[name=share-url]").input_value()
    page.keyboard.press("Escape")
    return url


def join(page: Page, url: str, name: str) -> None:
    page.goto(url)
    page.locator("#name").fill(name)
    page.get_by_role("button").click()
    expect(page.locator("[data-state=saved]")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="en", exact=True).click()


def pose(lea: Page, karim: Page) -> None:
    """One has the button in hand, the other is at the title."""
    mine = lea.frame_locator(".sheet-of-page iframe")
    theirs = karim.frame_locator(".sheet-of-page iframe")
    theirs.locator("h1").click()
    box = theirs.locator("h1").bounding_box()
    assert box is not None
    karim.mouse.move(box["x"] + box["width"] * 0.84, box["y"] + box["height"] * 0.45, steps=4)
    expect(lea.locator(".pointer")).to_have_text("Karim Ouali")
    mine.locator("a", has_text="table").first.click()
    lea.get_by_role("tab", name="Style").click()
    lea.mouse.move(1300, 880)
    lea.wait_for_function("() => document.fonts.status === 'loaded'")
    expect(lea.locator(".outline.theirs .tag")).to_have_text("Karim Ouali")
    expect(lea.locator(".outline.selected")).to_be_visible()
    lea.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished))")


def main() -> None:
    """Start a server, seat two people, and take the picture."""
    path, env = chromium()
    vitrail = Vitrail(Path(tempfile.mkdtemp(prefix="vitrail-picture-")) / "data")
    vitrail.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=path, env=env, args=CHROMIUM_ARGUMENTS
            )
            lea, karim = tab(browser), tab(browser)
            open_demo(lea, vitrail)
            join(karim, invite(lea), "Karim Ouali")
            pose(lea, karim)
            lea.screenshot(path=OUT)
            browser.close()
    finally:
        vitrail.stop()


if __name__ == "__main__":
    main()
