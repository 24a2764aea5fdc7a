"""GraphiQL: signed-in people try the API out where they are."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import House

pytestmark = pytest.mark.browser


def test_the_schema_is_read_and_a_query_is_run(house: House) -> None:
    page = house.owner()
    with page.expect_response("**/graphql"):  # introspection
        page.goto(f"{house.vitrail.base}/graphql")
    expect(page).to_have_url(f"{house.vitrail.base}/graphiql")
    page.locator(".graphiql-query-editor .CodeMirror").click()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".result-window")).to_contain_text('"sites"')
