"""Inviting, accepting, changing and taking away roles; nobody rises above those who decide."""

from __future__ import annotations

import pytest

from tests.collab.test_access_changes import Site
from tests.people import NOBODY, ROLES, contents

RANKS = {role: rank for rank, role in enumerate(ROLES)}


@pytest.fixture
def site(askers) -> Site:
    return Site(askers["owner"])


def members(site: Site) -> dict[str, dict]:
    found = site.owner.ask("GET", f"{site.url}/members").json()["members"]
    return {member["id"]: member for member in found}


@pytest.mark.parametrize("role", ROLES)
def test_whoever_opens_a_link_gets_its_role_on_that_site_only(site, role):
    guest = site.come(site.link(role))
    [seen] = guest.ask("GET", "/api/sites").json()
    assert (seen["id"], seen["role"]) == (site.id, role)
    assert guest.ask("GET", f"/api/pages/{site.page}").json()["role"] == role
    assert guest.ask("POST", "/api/sites", json={"name": "À moi"}).status_code == 404
    assert members(site)[guest.id]["inherited"] is False


def test_a_link_leads_to_the_first_page_and_asks_for_a_name(site, askers):
    path = "/join/" + site.link("editor")["url"].rpartition("/")[2]
    shown = askers[NOBODY].ask("GET", path)
    assert 'name="name"' in shown.text
    joined = askers[NOBODY].ask("POST", path, data={"name": "Zoé"})
    assert (joined.status_code, joined.headers["location"]) == (303, f"/edit/{site.page}")
    assert askers[NOBODY].ask("POST", path, data={"name": "  "}).status_code == 400


def test_a_link_is_shown_once_and_listed_without_its_secret(site):
    link = site.link("editor")
    listed = site.owner.ask("GET", f"{site.url}/members")
    assert link["url"].rpartition("/")[2] not in listed.text
    assert [(found["id"], found["role"]) for found in listed.json()["links"]] == [
        (link["id"], "editor")
    ]


def test_a_closed_link_works_no_more_and_takes_its_role_back(site, askers):
    link = site.link("editor")
    guest = site.come(link)
    assert site.owner.ask("DELETE", f"{site.url}/links/{link['id']}").status_code == 204
    assert guest.ask("GET", site.url).status_code == 404
    path = "/join/" + link["url"].rpartition("/")[2]
    assert askers[NOBODY].ask("POST", path, data={"name": "Max"}).status_code == 404
    assert site.owner.ask("DELETE", f"{site.url}/links/{link['id']}").status_code == 404


def test_a_link_of_another_site_is_out_of_reach(shared_vitrail, site):
    other = Site(site.owner)
    link = other.link("editor")
    guest = other.come(link)
    before = contents(shared_vitrail)
    assert site.owner.ask("DELETE", f"{site.url}/links/{link['id']}").status_code == 404
    assert contents(shared_vitrail) == before
    assert guest.ask("GET", other.url).status_code == 200


def test_a_link_of_a_deleted_site_works_no_more(site, askers):
    path = "/join/" + site.link("editor")["url"].rpartition("/")[2]
    assert site.owner.ask("DELETE", site.url).status_code == 204
    assert askers[NOBODY].ask("GET", path).status_code == 404
    refused = askers[NOBODY].ask("POST", path, data={"name": "Max"})
    assert refused.status_code == 404
    assert "set-cookie" not in refused.headers


@pytest.mark.parametrize("role", ["owner", "admin"])
def test_those_who_share_give_and_take_no_role_above_their_own(site, role):
    manager = site.come(site.link(role))
    target = site.come(site.link("owner"))
    for wanted in ROLES:
        may = RANKS[wanted] >= RANKS[role]
        body = {"role": wanted}
        made = manager.ask("POST", f"{site.url}/links", json=body)
        assert (made.status_code == 201) is may
    body = {"role": "viewer"}
    changed = manager.ask("PATCH", f"{site.url}/members/{target.id}", json=body)
    assert (changed.status_code == 200) is (role == "owner")
    lower = site.come(site.link("editor"))
    risen = manager.ask("PATCH", f"{site.url}/members/{lower.id}", json={"role": "owner"})
    assert (risen.status_code == 200) is (role == "owner")


def test_an_admin_does_not_raise_themselves(site):
    admin = site.come(site.link("admin"))
    body = {"role": "owner"}
    assert admin.ask("PATCH", f"{site.url}/members/{admin.id}", json=body).status_code == 403
    made = admin.ask("POST", f"{site.url}/links", json=body)
    assert made.status_code == 403


def test_the_owner_of_the_organisation_cannot_be_put_out_of_its_sites(site, askers):
    intruder = site.come(site.link("owner"))
    for method, body in (("PATCH", {"role": "viewer"}), ("DELETE", None)):
        refused = intruder.ask(method, f"{site.url}/members/{site.owner.id}", json=body)
        assert refused.status_code == 404
        own = site.owner.ask(method, f"{site.url}/members/{site.owner.id}", json=body)
        assert own.status_code == 404  # the last owner cannot leave by mistake
    assert members(site)[site.owner.id]["role"] == "owner"


def test_a_removed_member_has_nothing_left(site):
    guest = site.come(site.link("designer"))
    assert site.owner.ask("DELETE", f"{site.url}/members/{guest.id}").status_code == 204
    assert guest.ask("GET", "/api/sites").json() == []
    assert guest.ask("GET", f"/api/pages/{site.page}").status_code == 404
    assert site.owner.ask("DELETE", f"{site.url}/members/{guest.id}").status_code == 404


@pytest.mark.parametrize("role", ["", "boss", "Owner", "owner "])
def test_an_unknown_role_is_refused_with_those_that_exist(site, role):
    refused = site.owner.ask("POST", f"{site.url}/links", json={"role": role})
    assert refused.status_code == 400
    assert "designer" in refused.json()["error"]["hint"]


def test_an_invitation_carries_its_address(site, askers):
    body = {"role": "designer", "email": "invitee@example.org"}
    link = site.owner.ask("POST", f"{site.url}/links", json=body).json()
    guest = site.come(link)
    assert guest.ask("GET", "/api/me").json()["user"]["email"] == "invitee@example.org"
    path = "/join/" + link["url"].rpartition("/")[2]
    again = askers[NOBODY].ask("POST", path, data={"name": "Somebody else"})
    assert again.status_code == 409  # the address has its account now: sign in, then open the link
    bad = site.owner.ask("POST", f"{site.url}/links", json={**body, "email": "nobody"})
    assert bad.status_code == 400


def test_those_who_do_not_share_see_names_and_no_addresses(site):
    guest = site.come(site.link("designer"))
    found = guest.ask("GET", f"{site.url}/members").json()
    assert found["links"] == []
    assert found["members"]
    assert not any("email" in member for member in found["members"])
