"""API keys, invitations and upload tickets: what they are good for, for whom, and how often."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from sqlalchemy import delete

from tests.api.conftest import Api, Place
from tests.clock import HandClock
from tests.servers import Vitrail
from tests.web.test_every_route import picture
from vitrail.core import tables as core
from vitrail.core.access import SYSTEM
from vitrail.core.errors import NotFound
from vitrail.core.settings import Settings
from vitrail.server.application import open_services

KEY = """mutation($name: String!, $scopes: [String!]) {
  apiKeyCreate(name: $name, scopes: $scopes) {
    apiKey { id name scopes } secret errors { code hint } } }"""
REVOKE = "mutation($id: ID!) { apiKeyRevoke(id: $id) { deletedId errors { code } } }"
INVITE = """mutation($s: ID!, $role: String!) {
  invitationCreate(siteId: $s, role: $role) { invitationId url errors { code } } }"""
CLOSE = """mutation($s: ID!, $id: ID!) {
  invitationRevoke(siteId: $s, id: $id) { deletedId errors { code } } }"""
TICKET = """mutation($s: ID!) {
  imageUploadTicket(siteId: $s, name: "Vitrine") { uploadUrl expiresAt errors { code } } }"""


def as_key(vitrail: Vitrail, secret: str, query: str, **variables: Any) -> httpx2.Response:
    return httpx2.post(
        f"{vitrail.base}/graphql",
        json={"query": query, "variables": variables},
        headers={"Authorization": f"Bearer {secret}"},
    )


def test_a_key_is_good_until_it_is_revoked_and_makes_no_keys(api: Api, shared_vitrail: Vitrail):
    made = api(KEY, name="Téléphone", scopes=["read"])["apiKeyCreate"]
    assert made["errors"] == []
    assert made["apiKey"]["scopes"] == ["read"]
    secret = made["secret"]
    assert as_key(shared_vitrail, secret, "{ me { id } }").json()["data"]["me"] is not None
    told = as_key(shared_vitrail, secret, KEY, name="Encore").json()["data"]["apiKeyCreate"]
    assert (told["apiKey"], told["errors"][0]["code"]) == (None, "not_allowed")
    kept = api("{ apiKeys { id name } }")["apiKeys"]
    assert {"id": made["apiKey"]["id"], "name": "Téléphone"} in kept
    assert secret not in str(kept)
    assert api(REVOKE, id=made["apiKey"]["id"])["apiKeyRevoke"]["errors"] == []
    assert as_key(shared_vitrail, secret, "{ me { id } }").status_code == 401


def test_a_key_of_an_unknown_scope_is_refused(api: Api):
    [error] = api(KEY, name="x", scopes=["everything"])["apiKeyCreate"]["errors"]
    assert error["code"] == "invalid_input"
    assert "read" in error["hint"]


def test_an_invitation_is_listed_and_closed(api: Api, apis: dict[str, Api], place: Place):
    made = api(INVITE, s=place.site, role="editor")["invitationCreate"]
    assert made["errors"] == []
    assert "/join/" in made["url"]
    query = "query($s: ID!) { invitations(siteId: $s) { id role email } }"
    expected = {"id": made["invitationId"], "role": "editor", "email": None}
    assert expected in api(query, s=place.site)["invitations"]
    [error] = apis["editor"].errors(query, s=place.site)
    assert error["extensions"]["code"] == "not_allowed"
    closed = api(CLOSE, s=place.site, id=made["invitationId"])["invitationRevoke"]
    assert closed["deletedId"] == made["invitationId"]
    assert expected not in api(query, s=place.site)["invitations"]


@pytest.fixture
def ticket(api: Api, place: Place) -> str:
    made = api(TICKET, s=place.site)["imageUploadTicket"]
    assert made["errors"] == []
    return "/api/uploads/" + made["uploadUrl"].rpartition("/")[2]


def test_a_ticket_takes_one_image(api: Api, http: httpx2.Client, place: Place, ticket: str):
    sent = http.put(ticket, content=picture()[1])
    assert (sent.status_code, sent.json()["name"]) == (201, "Vitrine")
    images = api("query($s: ID!) { site(id: $s) { images { nodes { id name } } } }", s=place.site)
    assert {"id": f"asset:{sent.json()['id']}", "name": "Vitrine"} in images["site"]["images"][
        "nodes"
    ]
    again = http.put(ticket, content=picture()[1])
    assert again.status_code == 404


def test_what_is_no_image_is_refused(http: httpx2.Client, ticket: str):
    assert http.put(ticket, content=b"<svg/>").status_code == 400
    assert http.put("/api/uploads/none", content=b"x").status_code == 404


async def test_a_ticket_dies_with_time_and_with_the_right_to_use_it(tmp_path):
    clock = HandClock()
    async with open_services(Settings(data=str(tmp_path)), clock) as services:
        owner = await services.identity.accounts.by_email("owner@localhost")
        [site] = await services.catalogue.list(SYSTEM)
        actor = await services.identity.actor_of_absent(owner["id"], None)
        late, _ = await services.uploads.ticket(actor, site["id"], "Trop tard")
        clock.move(minutes=11)
        with pytest.raises(NotFound):
            await services.uploads.receive(late, picture()[1])
        good, _ = await services.uploads.ticket(actor, site["id"], "Parti")
        async with services.database.write() as sql:
            await sql.execute(delete(core.grant).where(core.grant.c.user_id == owner["id"]))
        with pytest.raises(NotFound):  # who has no role may not know of the site
            await services.uploads.receive(good, picture()[1])


def test_what_is_left_to_spend_is_told(api: Api):
    told = api("{ rateLimit { cost available limit restorePerSecond } }")["rateLimit"]
    assert told["cost"] >= 1
    assert 0 < told["available"] <= told["limit"]
    assert told["restorePerSecond"] > 0
