"""The description of the routes for programs is that of the routes, and answers keep to it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx2

import vitrail.server.application  # noqa: F401 - registers every route
from tests.servers import Vitrail
from vitrail.web import calls
from vitrail.web.openapi import FOR_PROGRAMS, describe

SNAPSHOT = Path(__file__).parents[2] / "docs" / "openapi.json"


def test_the_published_description_is_that_of_the_server(shared_vitrail: Vitrail):
    published = json.loads(SNAPSHOT.read_text())
    served = httpx2.get(f"{shared_vitrail.base}/api/openapi.json")
    assert served.headers["content-type"] == "application/json"
    assert served.json() == published, "write docs/openapi.json anew: vitrail openapi"


def test_every_route_for_programs_is_described():
    described = {
        (method.upper(), path)
        for path, methods in describe()["paths"].items()
        for method in methods
    }
    routes = {
        (method, re.sub(r"{(\w+):\w+}", r"{\1}", path))
        for method, path in calls.POLICIES
        if FOR_PROGRAMS.match(path) and method != "OPTIONS"
    }
    assert described == routes
    assert {path for _, path in routes} >= {"/graphql", "/api/sites", "/healthz"}
    assert {path.split("/")[1] for method, path in calls.POLICIES.keys() - routes if method != "OPTIONS"} == {
        "", "admin", "edit", "f", "graphiql", "join", "media", "preview", "s", "sign-in", "sites",
    }  # fmt: skip


def test_every_part_is_described_and_every_reference_leads_somewhere():
    description = describe()
    text = json.dumps(description)
    for reference in set(re.findall(r'"\$ref": "#/([^"]+)"', text)):
        found = description
        for part in reference.split("/"):
            found = found[part]
    ids: list[str] = []
    for path, methods in description["paths"].items():
        for operation in methods.values():
            ids.append(operation["operationId"])
            assert operation["summary"]
            named = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
            assert named == set(re.findall(r"{(\w+)}", path))
            assert {"204", "2XX", "default"} == operation["responses"].keys()
    assert len(ids) == len(set(ids))
