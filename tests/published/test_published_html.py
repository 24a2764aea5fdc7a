"""Published pages hold against an HTML validator and against axe, in every language and light."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from tests import servers
from tests.people import Asker
from tests.servers import Vitrail
from tests.sites.test_publishing import Site
from vitrail.builder import blocks, templates

HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
# All rules on every page; then what depends on the light, and on the width, on pages of one language.
VIEWS: Mapping[str, tuple[dict[str, Any], dict[str, Any], bool]] = {
    "wide": ({"viewport": WIDE}, {"runOnly": TAGS}, True),
    "narrow": (
        {"viewport": NARROW},
        {"runOnly": ["target-size", "scrollable-region-focusable", "color-contrast", "link-name"]},
        False,
    ),
    "dark": (
        {"viewport": WIDE, "color_scheme": "dark"},
        {"runOnly": ["color-contrast", "link-in-text-block"]},
        False,
    ),
}


@pytest.fixture(scope="module")
def published(askers: Mapping[str, Asker]) -> dict[str, str]:
    """Return the address of every page of every template, and of one with every block."""
    paths: dict[str, str] = {}
    for template in templates.summaries():
        site = Site(askers, template["id"])
        if template["id"] == "blank":
            others = blocks.blocks().keys() - {"navbar", "hero", "footer"}  # which a page has once
            site.run(*({"op": "insert", "block": block} for block in sorted(others)))
        site.publish()
        paths |= {f"{template['id']} {path.removeprefix(site.root)}": path for path in site.paths()}
    return paths


def test_every_page_is_valid_html(published: Mapping[str, str], http) -> None:
    pages = {name: http.get(path).text for name, path in published.items()}
    done = subprocess.run(
        [servers.node(), HERE / "validate.mjs"],
        input=json.dumps(pages),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]", done.stdout.replace('","', '",\n"')


def without_policy(route: Route) -> None:
    """Published pages allow no script at all: axe is one."""
    response = route.fetch()
    headers = {k: v for k, v in response.headers.items() if k != "content-security-policy"}
    route.fulfill(response=response, headers=headers)


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    found: Any = page.evaluate(
        """async (options) => {
            const found = await axe.run(options);
            return found.violations.flatMap((v) => v.nodes.map((n) =>
                `${v.id}: ${n.html.slice(0, 200)} ${n.any.map((a) => a.message).join(" ")}`));
        }""",
        options,
    )
    return found


@pytest.mark.browser
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(
    browser: Browser, shared_vitrail: Vitrail, published: Mapping[str, str], view: str
) -> None:
    look, options, in_each_language = VIEWS[view]
    context = browser.new_context(**look)
    context.route("**/*", without_policy)
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for name, path in published.items():
        if " en/" in name and not in_each_language:
            continue
        page.goto(shared_vitrail.base + path, wait_until="load")
        page.add_script_tag(path=AXE)
        if wrong := violations(page, options):
            found[name] = wrong
    context.close()
    assert not found, json.dumps(found, indent=1, ensure_ascii=False)
