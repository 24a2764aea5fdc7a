import json

import pytest

from tests.builder import render_cases

DATA = json.loads(render_cases.FILE.read_text("utf-8"))


@pytest.mark.parametrize("case", DATA["cases"], ids=[case["name"] for case in DATA["cases"]])
def test_a_node_is_published_as_the_canvas_draws_it(case):
    assert render_cases.render(case, DATA["asset"], DATA["shop"]) == case["gives"]


def test_hostile_content_stays_content():
    hostile = next(case for case in DATA["cases"] if case["name"].startswith("hostile"))
    html = hostile["gives"]["html"]
    assert "<script" not in html
    assert "<img src=x" not in html
    assert "javascript:" not in html
