"""The contact form of a published page, from the visitor's click to the team's list."""

from __future__ import annotations

import re
from typing import Any

import httpx2
import pytest

from tests.servers import Vitrail

FORM = re.compile(r'<form[^>]*method="post" action="(/f/[^"]+)"')
MESSAGE = {"name": "Ana", "email": "ana@example.org", "message": "Bonjour <b>toi</b>"}


def run(owner: httpx2.Client, page: str, *ops: dict[str, Any]) -> None:
    owner.post(
        f"/api/pages/{page}/commands", json={"version": 1, "ops": list(ops)}
    ).raise_for_status()


@pytest.fixture
def site(owner: httpx2.Client) -> dict[str, Any]:
    made = owner.post("/api/sites", json={"name": "Formulaires"}).json()
    [home] = owner.get(f"/api/sites/{made['id']}/pages").json()
    run(owner, home["id"], {"op": "insert", "block": "contact"})
    owner.post(f"/api/sites/{made['id']}/publish").raise_for_status()
    return made


@pytest.fixture
def visitor(shared_vitrail: Vitrail):
    # A published page is sandboxed: browsers send "null" as its Origin.
    with httpx2.Client(base_url=shared_vitrail.base, headers={"Origin": "null"}) as client:
        yield client


def form_of(visitor: httpx2.Client, site: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Return where the site's form leads and a value for each of its fields."""
    html = visitor.get(f"/s/{site['slug']}/").text
    found = FORM.search(html)
    assert found is not None
    names = re.findall(r'<(?:input|textarea|select)[^>]* name="([^"]+)"', html)
    return found[1], {n: MESSAGE.get(n, "1") for n in names if n != "website"}


def test_a_visitor_writes_and_the_team_reads(owner, visitor, site):
    action, values = form_of(visitor, site)
    sent = visitor.post(action, data=values)
    assert sent.status_code == 303
    thanks = visitor.get(sent.headers["location"])
    assert "Merci" in thanks.text
    assert "sandbox" in thanks.headers["content-security-policy"]
    [entry] = owner.get(f"/api/sites/{site['id']}/messages").json()
    assert {f["name"]: f["value"] for f in entry["fields"]} == values
    assert all(f["label"] for f in entry["fields"])
    left = owner.delete(f"/api/sites/{site['id']}/messages/{entry['id']}")
    assert left.json() == []


def test_what_a_form_does_not_ask_for_is_left_out_and_robots_are_thanked(owner, visitor, site):
    action, values = form_of(visitor, site)
    assert visitor.post(action, data={**values, "extra": "x"}).status_code == 303
    assert visitor.post(action, data={**values, "website": "spam"}).status_code == 303
    entries = owner.get(f"/api/sites/{site['id']}/messages").json()
    assert len(entries) == 1
    assert "extra" not in {f["name"] for f in entries[0]["fields"]}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda values: dict.fromkeys(values, ""), 400),
        (lambda values: {**values, next(iter(values)): "x" * 20_001}, 413),
        (lambda values: {f"n{i}": "1" for i in range(100)}, 400),
    ],
    ids=["empty", "too long", "too many fields"],
)
def test_a_bad_message_is_refused_and_kept_by_nobody(owner, visitor, site, change, status):
    action, values = form_of(visitor, site)
    refused = visitor.post(action, data=change(values))
    assert refused.status_code == status
    assert "Votre message n’est pas parti" in refused.text
    assert owner.get(f"/api/sites/{site['id']}/messages").json() == []


def test_a_form_that_is_not_published_takes_nothing(owner, visitor, site):
    action, values = form_of(visitor, site)
    page, node = action.split("/")[2:4]
    assert visitor.post(f"/f/{page}/nothing/fr", data=values).status_code == 404
    assert visitor.post(f"/f/{page}/{node}/de", data=values).status_code == 404


def test_a_form_taken_off_the_page_works_while_it_is_still_published(owner, visitor, site):
    action, values = form_of(visitor, site)
    page, node = action.split("/")[2:4]
    run(owner, page, {"op": "remove", "target": {"id": node}})
    assert visitor.post(action, data=values).status_code == 303
    owner.post(f"/api/sites/{site['id']}/publish").raise_for_status()
    assert visitor.post(action, data=values).status_code == 404
