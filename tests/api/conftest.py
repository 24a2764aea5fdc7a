from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.people import Asker

HERO = {"version": 1, "ops": [{"op": "insert", "block": "hero"}]}


@dataclass(frozen=True)
class Api:
    """Somebody at the GraphQL endpoint."""

    asker: Asker

    def post(self, body: Any) -> Any:
        return self.asker.ask("POST", "/graphql", json=body)

    def __call__(self, query: str, **variables: Any) -> dict[str, Any]:
        """Ask for what must succeed."""
        answer = self.post({"query": query, "variables": variables}).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def errors(self, query: str, **variables: Any) -> list[dict[str, Any]]:
        """Ask for what must fail."""
        return self.post({"query": query, "variables": variables}).json()["errors"]


@dataclass(frozen=True)
class Place:
    """A site with pages; their ids as GraphQL writes them."""

    site: str
    pages: list[str]


@pytest.fixture(scope="session")
def apis(askers: dict[str, Asker]) -> dict[str, Api]:
    return {name: Api(asker) for name, asker in askers.items()}


@pytest.fixture
def api(apis: dict[str, Api]) -> Api:
    return apis["owner"]


@pytest.fixture(scope="session")
def place(askers: dict[str, Asker]) -> Place:
    return open_place(askers["owner"])


def open_place(owner: Asker) -> Place:
    site = owner.ask("POST", "/api/sites", json={"name": "Boutique"}).json()["id"]
    for title in ("Carte", "Vins", "Thés"):
        owner.ask("POST", f"/api/sites/{site}/pages", json={"title": title}).raise_for_status()
    pages = [page["id"] for page in owner.ask("GET", f"/api/sites/{site}/pages").json()]
    for page in pages:
        owner.ask("POST", f"/api/pages/{page}/commands", json=HERO).raise_for_status()
    return Place(f"site:{site}", [f"page:{page}" for page in pages])
