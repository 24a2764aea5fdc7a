"""A change of who may do what reaches sockets that are open."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from pycrdt import Map

from tests.collab.line import DIALECTS, Line
from tests.people import NOBODY, PASSWORD, Asker
from vitrail.collab.codec import string
from vitrail.collab.wire import Kind

_numbers = itertools.count()


class Site:
    """A site of the owner's, and those who come to it."""

    def __init__(self, owner: Asker) -> None:
        self.owner = owner
        made = owner.ask("POST", "/api/sites", json={"name": "Accès"}).json()
        self.id = made["id"]
        self.url = f"/api/sites/{self.id}"
        [home] = owner.ask("GET", f"{self.url}/pages").json()
        self.page = home["id"]
        self.commands = f"/api/pages/{self.page}/commands"
        ops = [{"op": "insert", "block": "hero"}]
        assert owner.ask("POST", self.commands, json={"version": 1, "ops": ops}).is_success

    def link(self, role: str) -> dict[str, str]:
        return self.owner.ask("POST", f"{self.url}/links", json={"role": role}).json()

    def come(self, link: Mapping[str, str], *, by: Asker | None = None) -> Asker:
        """Open a link, as somebody new unless told who."""
        origin = {"Origin": self.owner.headers["Origin"]}
        path = "/join/" + link["url"].rpartition("/")[2]
        if by is not None:
            assert by.ask("POST", path).status_code == 303
            return by
        name = f"Invitée {next(_numbers)}"
        answer = self.owner.ask("POST", path, headers=origin, data={"name": name})
        cookie = answer.headers["set-cookie"].partition(";")[0]
        guest = Asker(name, self.owner.http, {**origin, "Cookie": cookie})
        me = guest.ask("GET", "/api/me").json()
        headers = {**guest.headers, "X-CSRF-Token": me["csrf"]}
        return Asker(name, guest.http, headers, me["user"]["id"])

    def title(self) -> str:
        return self.owner.ask("GET", f"/preview/{self.page}").text


@pytest.fixture
def site(askers: Mapping[str, Asker]) -> Site:
    return Site(askers["owner"])


def write_until_refused(line: Line) -> str:
    """Edit again and again: what was sent while the change was on its way may still count."""
    for number in range(10_000):
        if refusal := line.write(f"Encore {number}"):
            return refusal
    raise AssertionError("nothing was ever refused")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_designer_made_viewer_is_told_and_writes_no_more(site, dialect):
    guest = site.come(site.link("designer"))
    with Line(guest, dialect, f"page:{site.page}").open() as line:
        assert line.write("Avant") == ""
        done = site.owner.ask("PATCH", f"{site.url}/members/{guest.id}", json={"role": "viewer"})
        assert done.is_success
        if dialect == "v":
            assert line.until(Kind.PERMISSION)[1].string() == "readonly"
        elif dialect == "hp":
            line.until(Kind.AUTH)
            assert line.scope == "readonly"
        assert write_until_refused(line)
        before = site.title()
        line.send(b"\x00\x02" + b"\x02\x00\x00")
        line.pull()  # it still reads
        assert site.title() == before
    with Line(guest, dialect, f"page:{site.page}").open() as line:
        assert line.write("Après")
    assert "Après" not in site.title()


@pytest.mark.parametrize("dialect", ["hp", "v"])
def test_a_viewer_made_designer_writes_on_the_open_socket(site, dialect):
    guest = site.come(site.link("viewer"))
    with Line(guest, dialect, f"page:{site.page}").open() as line:
        site.owner.ask("PATCH", f"{site.url}/members/{guest.id}", json={"role": "designer"})
        line.until(Kind.PERMISSION, Kind.AUTH)
        assert line.write("Promue") == ""
    assert "Promue" in site.title()


def remove_member(site: Site, guest: Asker) -> Any:
    return site.owner.ask("DELETE", f"{site.url}/members/{guest.id}")


def close_links(site: Site, _: Asker) -> Any:
    [link] = site.owner.ask("GET", f"{site.url}/members").json()["links"]
    return site.owner.ask("DELETE", f"{site.url}/links/{link['id']}")


def sign_out(_: Site, guest: Asker) -> Any:
    return guest.ask("POST", "/api/sign-out")


def change_password(_: Site, guest: Asker) -> Any:
    return guest.ask("PATCH", "/api/me", json={"password": PASSWORD})


def remove_site(site: Site, _: Asker) -> Any:
    return site.owner.ask("DELETE", site.url)


ENDS: Mapping[str, tuple[Callable[[Site, Asker], Any], int]] = {
    "removed from the site": (remove_member, 4403),
    "the link closed": (close_links, 4403),
    "signed out": (sign_out, 4401),
    "password changed": (change_password, 4401),
    "the site deleted": (remove_site, 4403),
}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("case", ENDS)
def test_access_that_ends_closes_the_open_socket(site, dialect, case):
    end, code = ENDS[case]
    guest = site.come(site.link("designer"))
    with Line(guest, dialect, f"page:{site.page}").open() as line:
        assert line.write("Encore là") == ""
        assert end(site, guest).is_success
        assert line.closed() == (code, "access was revoked")


def test_one_closed_document_of_many_closes_the_socket_of_that_person_only(site):
    leaving, staying = site.come(site.link("editor")), site.come(site.link("editor"))
    with (
        Line(leaving, "v", f"page:{site.page}").open() as gone,
        Line(staying, "v", f"page:{site.page}").open() as kept,
    ):
        remove_member(site, leaving)
        assert gone.closed()[0] == 4403
        assert kept.write("Je reste") == ""


@pytest.mark.parametrize("end", [remove_member, sign_out])
def test_a_socket_that_was_opened_before_access_ended_opens_nothing_more(site, end):
    guest = site.come(site.link("designer"))
    with Line(guest, "v", "page:none") as line:
        assert line.open().denied  # there is no such page; the socket stays
        assert end(site, guest).is_success
        line.name = f"page:{site.page}"
        line.address = string(line.name)
        line.send(b"\x02\x00" + string(""))
        assert line.open().denied


def new_token(asker: Asker, *scopes: str) -> tuple[str, str]:
    body = {"name": "socket", "scopes": list(scopes)}
    made = asker.ask("POST", "/api/tokens", json=body).json()
    return made["id"], made["token"]


def ticket_of(asker: Asker, page: str, **options: Any) -> str:
    made = asker.ask("POST", "/api/tickets", json={"doc": f"page:{page}"}, **options)
    return made.json()["ticket"]


@pytest.mark.parametrize("dialect", ["y", "hp"])
def test_a_revoked_token_closes_its_sockets(site, askers, dialect):
    token_id, token = new_token(site.owner, "read", "write")
    with Line(askers[NOBODY], dialect, f"page:{site.page}", token=token).open() as line:
        assert line.write("Par jeton") == ""
        assert site.owner.ask("DELETE", f"/api/tokens/{token_id}").is_success
        assert line.closed() == (4401, "access was revoked")


@pytest.mark.parametrize("dialect", ["y", "hp"])
def test_a_ticket_admits_again_and_again_until_its_session_ends(site, askers, dialect):
    guest = site.come(site.link("designer"))
    ticket = ticket_of(guest, site.page)
    for number in range(2):  # stock clients send it with every reconnection
        with Line(askers[NOBODY], dialect, f"page:{site.page}", token=ticket).open() as line:
            assert line.write(f"Billet {number}") == ""
    with Line(askers[NOBODY], dialect, f"page:{site.page}", token=ticket).open() as line:
        assert change_password(site, guest).is_success
        assert line.closed()[0] == 4401
    with Line(askers[NOBODY], dialect, f"page:{site.page}", token=ticket).open() as line:
        assert line.denied


@pytest.mark.parametrize("dialect", ["y", "hp"])
def test_a_ticket_of_a_token_ends_with_it(site, askers, dialect):
    token_id, token = new_token(site.owner, "read", "write")
    ticket = ticket_of(site.owner, site.page, headers={"Authorization": f"Bearer {token}"})
    with Line(askers[NOBODY], dialect, f"page:{site.page}", token=ticket).open() as line:
        assert line.write("Billet de jeton") == ""
        site.owner.ask("DELETE", f"/api/tokens/{token_id}")
        assert line.closed()[0] == 4401


def test_a_ticket_is_for_sockets_and_for_its_origin_only(site, askers):
    ticket = ticket_of(site.owner, site.page)
    bearer = {"Authorization": f"Bearer {ticket}"}
    assert site.owner.ask("GET", "/api/me", headers=bearer).status_code == 401
    made = site.owner.ask("POST", "/api/tokens", headers=bearer, json={"name": "for ever"})
    assert made.status_code == 401
    elsewhere = {"Origin": "https://elsewhere.example"}
    nobody = askers[NOBODY]
    with Line(nobody, "hp", f"page:{site.page}", token=ticket, headers=elsewhere).open() as line:
        assert "origin" in line.denied
    with Line(nobody, "hp", f"page:{site.page}", token=ticket).open() as line:
        assert line.scope == "read-write"


def test_a_free_document_belongs_to_those_who_claimed_it(askers):
    name = f"doc:libre-{next(_numbers)}"
    for outsider in ("stranger", "viewer", "read", NOBODY):
        with Line(askers[outsider], "hp", name).open() as line:
            assert line.denied or outsider == "stranger"
        if outsider == "stranger":
            name = f"doc:libre-{next(_numbers)}"  # the stranger has claimed it for their own
    with Line(askers["collab:create"], "hp", name).open() as line:
        before = line.doc.get_state()
        line.doc.get("edits", type=Map)["a"] = 1
        assert line.push(line.doc.get_update(before)) == ""
    for outsider in ("stranger", "viewer", "read", NOBODY):
        with Line(askers[outsider], "hp", name).open() as line:
            assert line.denied
    with Line(askers["editor"], "hp", name).open() as line:
        assert line.doc.get("edits", type=Map).to_py() == {"a": 1}
