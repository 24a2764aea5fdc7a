"""Documents that nobody would write, made from the schema: a server answers each as GraphQL does, and stays whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLObjectType, build_schema, parse_value
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from hypothesis_graphql import mutations, nodes, queries

from tests.api.conftest import Api
from tests.api.test_products import create

SCHEMA = build_schema((Path(__file__).parents[2] / "docs" / "schema.graphql").read_text())
BOUNDED = settings(
    max_examples=75,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)
GONE = "0" * 26
# What a document of the schema may not be answered: the server's own faults.
FAULTS = {"internal", "error", "unavailable"}
JSONS = ('{fr: "Lampe"}', "{}", "[]", "null", "1.5", '"x"', '{op: "insert", block: "hero"}')
TIMES = ("2026-11-01T10:00:00Z", "2026-11-01", "0001-01-01T00:00:00+14:00", "yesterday", "")


@pytest.fixture(scope="module")
def ids(apis: dict[str, Api]) -> list[str]:
    """Ids of a site that may be destroyed, of what is on it, and of nothing."""
    api = apis["owner"]
    site = api('mutation { siteCreate(name: "Sable") { site { id pages { nodes { id } } } } }')
    site = site["siteCreate"]["site"]
    merchant = api(
        'mutation($s: ID!) { merchantCreate(siteId: $s, name: "M") { merchant { id } } }',
        s=site["id"],
    )["merchantCreate"]["merchant"]["id"]
    product = create(api, site["id"], merchant, "Vase")
    found = [site["id"], site["pages"]["nodes"][0]["id"], merchant, product["id"]]
    nothing = [f"{kind}:{GONE}" for kind in ("site", "page", "product", "user", "asset")]
    return [*found * 3, product["variants"][0]["id"], *nothing, GONE, "", "site:", "\x00"]


@BOUNDED
@given(data=st.data())
def ask(api: Api, ids: list[str], made: Callable[..., Any], root: Any, told: Any, data: Any):
    assert isinstance(root, GraphQLObjectType)
    name = data.draw(st.sampled_from(sorted(root.fields)))
    scalars = {
        "ID": st.sampled_from(ids).map(nodes.String),
        "JSON": st.sampled_from(JSONS).map(parse_value),
        "DateTime": st.sampled_from(TIMES).map(nodes.String),
    }
    text = data.draw(made(SCHEMA, fields=[name], custom_scalars=scalars))
    response = api.post({"query": text})
    answer = response.json()
    assert response.status_code < 500, (answer, text)
    assert response.headers["content-type"].startswith("application/json")
    assert answer.keys() <= {"data", "errors", "extensions"}
    errors = answer.get("errors", [])
    assert errors or isinstance(answer["data"], dict), text
    codes = {error["extensions"]["code"] for error in errors}
    for payload in (answer.get("data") or {}).values():
        if isinstance(payload, dict):
            codes |= {each.get("code") for each in payload.get("errors") or []}
    assert not codes & FAULTS, (answer, text)
    told["refused" if "data" not in answer else "answered"] += 1


@pytest.mark.parametrize(
    ("made", "root"),
    [(queries, SCHEMA.query_type), (mutations, SCHEMA.mutation_type)],
    ids=["queries", "mutations"],
)
def test_whatever_is_asked_is_answered(api: Api, ids: list[str], made: Any, root: Any):
    told = Counter[str]()
    ask(api, ids, made, root, told)
    assert told["answered"] > 20, told
    assert api("{ me { name } }")["me"]
