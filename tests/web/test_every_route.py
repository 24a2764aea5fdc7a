"""Every route, asked by everybody: who gets an answer, who is refused, and that nothing changes then.

Who may do what is written here once more, in words, and does not come from the code under test.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx2
import pytest
from PIL import Image

from tests.people import NOBODY, PASSWORD, ROLES, SCOPES, STRANGER, Asker, contents, login_link
from tests.servers import Vitrail
from vitrail.server import application  # noqa: F401 - registers all routes
from vitrail.web import calls

OWN, LOOK, WRITE, DESIGN, MANAGE = "one's own", "look", "write", "design", "manage"
READ_MAIL, DELETE_MAIL = "read what visitors wrote", "delete what visitors wrote"
OPEN, FOUND, PUBLISH = "open to all", "make a site", "publish"
LOOK_BACK = "look back"
METRICS, RUN = "read the numbers", "run the server"
_BUILD = {OPEN, OWN, FOUND, LOOK, LOOK_BACK, WRITE, DESIGN, PUBLISH, READ_MAIL, DELETE_MAIL}

MAY: Mapping[str, set[str]] = {
    "owner": _BUILD | {MANAGE, METRICS, RUN},
    "admin": _BUILD | {MANAGE},
    "designer": _BUILD,
    "editor": {OPEN, OWN, LOOK, LOOK_BACK, WRITE},
    "commenter": {OPEN, OWN, LOOK},
    "analyst": {OPEN, OWN, LOOK},
    "viewer": {OPEN, OWN, LOOK},
    STRANGER: {OPEN, OWN, FOUND},
    NOBODY: {OPEN},
    # Tokens of the owner, each with one scope.
    "read": {OPEN, OWN, LOOK, LOOK_BACK, READ_MAIL},
    "write": {OPEN, FOUND, WRITE, DESIGN, DELETE_MAIL},
    "publish": {OPEN, PUBLISH},
    "manage": {OPEN, MANAGE},
    "webhooks": {OPEN},
    "collab:create": {OPEN},
    "metrics": {OPEN, METRICS},
    "instance": {OPEN, RUN},
}
_names = itertools.count()


class World:
    """A site with one of everything, each made when it is first asked for."""

    def __init__(self, vitrail: Vitrail, owner: Asker) -> None:
        self.vitrail = vitrail
        self.owner = owner

    def get(self, path: str) -> Any:
        return self.owner.ask("GET", path).raise_for_status().json()

    def post(self, path: str, **what: Any) -> Any:
        found = self.owner.ask("POST", path, **what)
        assert found.is_success, found.text
        return found.json()

    @cached_property
    def _site(self) -> dict[str, Any]:
        return self.post("/api/sites", json={"name": f"Portes {next(_names)}"})

    @property
    def site(self) -> str:
        return self._site["id"]

    @property
    def slug(self) -> str:
        return self._site["slug"]

    @cached_property
    def page(self) -> str:
        return self.post(f"/api/sites/{self.site}/pages", json={"title": "Carte"})["id"]

    @cached_property
    def link(self) -> dict[str, str]:
        return self.post(f"/api/sites/{self.site}/links", json={"role": "viewer"})

    @property
    def invitation(self) -> str:
        return "/join/" + self.link["url"].rpartition("/")[2]

    @cached_property
    def member(self) -> str:
        nobody = {"Origin": self.owner.headers["Origin"]}
        self.owner.ask("POST", self.invitation, headers=nobody, data={"name": "Ana"})
        members = self.get(f"/api/sites/{self.site}/members")["members"]
        return next(m["id"] for m in members if m["name"] == "Ana")

    @cached_property
    def asset(self) -> dict[str, Any]:
        return self.post(f"/api/sites/{self.site}/assets", files={"file": picture()})

    def upload_ticket(self) -> str:
        """The address for one upload, made anew each time."""
        query = """mutation($site: ID!) {
          imageUploadTicket(siteId: $site, name: "a") { uploadUrl }
        }"""
        asked = {"query": query, "variables": {"site": f"site:{self.site}"}}
        made = self.post("/graphql", json=asked)["data"]["imageUploadTicket"]
        return "/api/uploads/" + made["uploadUrl"].rpartition("/")[2]

    @cached_property
    def deployment(self) -> str:
        insert = {"op": "insert", "block": "contact"}
        self.post(f"/api/pages/{self.page}/commands", json={"version": 1, "ops": [insert]})
        return self.post(f"/api/sites/{self.site}/publish")["deployment"]

    @property
    def form(self) -> str:
        assert self.deployment
        html = self.owner.ask("GET", f"/s/{self.slug}/carte/").text
        found = re.search(r'action="(/f/[^"]+)"', html)
        assert found is not None
        return found[1]

    @cached_property
    def set_apart(self) -> str:
        """The address of a document in quarantine."""
        page = self.post(f"/api/sites/{self.site}/pages", json={"title": "À part"})["id"]
        address = f"/api/instance/documents/page:{page}"
        asked = self.owner.ask("POST", address + "/quarantine", json={"reason": "it is looked at"})
        assert asked.status_code == 204
        return address

    @cached_property
    def message(self) -> str:
        assert self.owner.ask("POST", self.form, data=FORM).status_code == 303
        return self.get(f"/api/sites/{self.site}/messages")[0]["id"]


FORM = {"name": "Ana", "email": "ana@example.org", "message": "Bonjour", "consent": "1"}


def picture() -> tuple[str, bytes, str]:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(buffer, "PNG")
    return "a.png", buffer.getvalue(), "image/png"


@dataclass(frozen=True)
class Sample:
    """A call of a route that is answered with `status` when the asker may.

    Attributes:
        deed: What it takes, as in `MAY`.
        path: The address in a world, for an asker.
        status: Of the answer.
        what: Body of the request.
        nobody: The status for nobody, when it is another.
        or_else: A status that is as good: what is told of may be so or not.
        people_only: Whether tokens are turned away whatever their scopes.
        spare: Whether it ends the session, so that another one is used.
    """

    deed: str
    path: Callable[[World, Asker], str]
    status: int = 200
    what: Callable[[World, Asker], dict[str, Any]] = lambda _w, _a: {}
    nobody: int | None = None
    or_else: int | None = None
    people_only: bool = False
    spare: bool = False


def at(template: str) -> Callable[[World, Asker], str]:
    """Return an address with the ids of the world in it."""
    return lambda world, _: template.format(w=world)


def json(**body: Any) -> Callable[[World, Asker], dict[str, Any]]:
    return lambda _w, _a: {"json": body}


def own_token(_: World, asker: Asker) -> str:
    if "Cookie" not in asker.headers:
        return "/api/tokens/unknown"
    return "/api/tokens/" + asker.ask("POST", "/api/tokens", json={"name": "x"}).json()["id"]


def sign_in_link(world: World, asker: Asker) -> str:
    return "/sign-in/" + login_link(world.vitrail, asker.id or world.owner.id)


def password(world: World, asker: Asker) -> dict[str, Any]:
    """Only nobody tries a password, which takes long to check; the others forget it."""
    whole = {"email": world.owner.email, "password": PASSWORD}
    return {"json": whole if asker.name == NOBODY else {}}


ONE_EDIT = {"version": 1, "ops": [{"op": "set_text", "target": {"type": "heading"}, "text": "A"}]}
DOCUMENT = "/api/instance/documents/page:{w.page}"
SITE, PAGE = "/api/sites/{w.site}", "/api/pages/{w.page}"
SAMPLES: Mapping[tuple[str, str], Sample] = {
    ("POST", "/api/sign-in"): Sample(OPEN, at("/api/sign-in"), 400, password, nobody=204),
    ("POST", "/api/sign-out"): Sample(OPEN, at("/api/sign-out"), 204, spare=True),
    ("GET", "/api/me"): Sample(OWN, at("/api/me")),
    ("PATCH", "/api/me"): Sample(
        OWN, at("/api/me"), what=lambda _, a: {"json": {"name": a.name.title()}}, people_only=True
    ),
    ("GET", "/api/tokens"): Sample(OWN, at("/api/tokens")),
    ("POST", "/api/tokens"): Sample(
        OWN, at("/api/tokens"), 201, json(name="CI", scopes=["read"]), people_only=True
    ),
    ("DELETE", "/api/tokens/{token}"): Sample(OWN, own_token, 204, people_only=True),
    ("POST", "/api/tickets"): Sample(OWN, at("/api/tickets"), 201, json(doc="doc:x")),
    ("GET", "/"): Sample(OPEN, at("/")),
    ("GET", "/admin"): Sample(OPEN, at("/admin")),
    ("GET", "/graphiql"): Sample(OPEN, at("/graphiql"), nobody=303),
    ("GET", "/edit/{page}"): Sample(OPEN, at("/edit/{w.page}"), nobody=303),
    ("GET", "/sign-in/{token}"): Sample(OPEN, sign_in_link),
    ("POST", "/sign-in/{token}"): Sample(OPEN, sign_in_link, 303),
    ("GET", "/join/{token}"): Sample(OPEN, at("{w.invitation}")),
    ("POST", "/join/{token}"): Sample(
        OPEN, at("{w.invitation}"), 303, lambda _, a: {"data": {"name": a.name}}
    ),
    ("GET", "/s/{site_slug}"): Sample(OPEN, at("/s/{w.slug}"), 308),
    ("GET", "/s/{site_slug}/feeds/google.xml"): Sample(
        OPEN,
        at("/s/{w.slug}/feeds/google.xml"),
        404,  # until it is turned on
    ),
    ("GET", "/s/{site_slug}/feeds/meta.csv"): Sample(OPEN, at("/s/{w.slug}/feeds/meta.csv"), 404),
    ("GET", "/s/{site_slug}/{path:path}"): Sample(
        OPEN, lambda w, _: w.deployment and f"/s/{w.slug}/carte/"
    ),
    ("GET", "/healthz"): Sample(OPEN, at("/healthz")),
    ("OPTIONS", "/graphql"): Sample(OPEN, at("/graphql"), status=204),
    ("GET", "/graphql"): Sample(OPEN, at("/graphql?query=%7B__typename%7D")),
    ("POST", "/graphql"): Sample(
        OPEN, at("/graphql"), what=lambda _w, _n: {"json": {"query": "{ __typename }"}}
    ),
    ("GET", "/readyz"): Sample(OPEN, at("/readyz"), or_else=503),
    ("GET", "/metrics"): Sample(METRICS, at("/metrics")),
    ("GET", "/api/instance"): Sample(RUN, at("/api/instance")),
    ("POST", "/api/instance/documents/{doc}/close"): Sample(RUN, at(DOCUMENT + "/close"), 204),
    ("POST", "/api/instance/documents/{doc}/quarantine"): Sample(
        RUN, lambda w, _: w.set_apart + "/quarantine", 204, json(reason="it is looked at")
    ),
    ("DELETE", "/api/instance/documents/{doc}/quarantine"): Sample(
        RUN, lambda w, _: w.set_apart + "/quarantine", 204
    ),
    ("GET", "/media/{asset}/{name}"): Sample(OPEN, lambda w, _: w.asset["url"]),
    ("POST", "/f/{form_page}/{node}/{locale}"): Sample(
        OPEN, at("{w.form}"), 303, lambda _w, _a: {"data": FORM}
    ),
    ("GET", "/api/openapi.json"): Sample(OPEN, at("/api/openapi.json")),
    ("GET", "/api/blocks"): Sample(OWN, at("/api/blocks")),
    ("GET", "/api/themes"): Sample(OWN, at("/api/themes")),
    ("GET", "/api/templates"): Sample(OWN, at("/api/templates")),
    ("GET", "/api/sites"): Sample(OWN, at("/api/sites")),
    ("POST", "/api/sites"): Sample(FOUND, at("/api/sites"), 201, json(name="Nouveau")),
    ("GET", "/api/sites/{site}"): Sample(LOOK, at(SITE)),
    ("PATCH", "/api/sites/{site}"): Sample(DESIGN, at(SITE), what=json(name="Autre nom")),
    ("DELETE", "/api/sites/{site}"): Sample(MANAGE, at(SITE), 204),
    ("GET", "/api/sites/{site}/pages"): Sample(LOOK, at(SITE + "/pages")),
    ("POST", "/api/sites/{site}/pages"): Sample(
        DESIGN, at(SITE + "/pages"), 201, json(title="Nous")
    ),
    ("GET", "/api/pages/{page}"): Sample(LOOK, at(PAGE)),
    ("DELETE", "/api/pages/{page}"): Sample(DESIGN, at(PAGE), 204),
    ("POST", "/api/pages/{page}/commands"): Sample(
        WRITE, at(PAGE + "/commands"), what=json(**ONE_EDIT)
    ),
    ("GET", "/api/pages/{page}/history"): Sample(LOOK_BACK, at(PAGE + "/history")),
    ("GET", "/api/pages/{page}/history/{seq}"): Sample(LOOK_BACK, at(PAGE + "/history/1")),
    ("GET", "/api/pages/{page}/versions"): Sample(LOOK_BACK, at(PAGE + "/versions")),
    ("POST", "/api/pages/{page}/versions"): Sample(
        WRITE, at(PAGE + "/versions"), 201, json(label="Avant")
    ),
    ("GET", "/api/pages/{page}/compare"): Sample(LOOK_BACK, at(PAGE + "/compare?from=0")),
    ("GET", "/api/pages/{page}/blame"): Sample(LOOK_BACK, at(PAGE + "/blame")),
    ("POST", "/api/pages/{page}/restore"): Sample(DESIGN, at(PAGE + "/restore"), what=json(seq=1)),
    ("GET", "/preview/{page}"): Sample(LOOK, at("/preview/{w.page}")),
    ("GET", "/sites/{site}"): Sample(OPEN, at("/sites/{w.site}"), 303),
    ("GET", "/sites/{site}/preview"): Sample(LOOK, at("/sites/{w.site}/preview")),
    ("GET", "/api/sites/{site}/members"): Sample(LOOK, at(SITE + "/members")),
    ("POST", "/api/sites/{site}/links"): Sample(
        MANAGE, at(SITE + "/links"), 201, json(role="viewer")
    ),
    ("DELETE", "/api/sites/{site}/links/{link}"): Sample(
        MANAGE, lambda w, _: f"/api/sites/{w.site}/links/{w.link['id']}", 204
    ),
    ("PATCH", "/api/sites/{site}/members/{user}"): Sample(
        MANAGE, at(SITE + "/members/{w.member}"), what=json(role="editor")
    ),
    ("DELETE", "/api/sites/{site}/members/{user}"): Sample(
        MANAGE, at(SITE + "/members/{w.member}"), 204
    ),
    ("GET", "/api/sites/{site}/assets"): Sample(LOOK, at(SITE + "/assets")),
    ("POST", "/api/sites/{site}/assets"): Sample(
        WRITE, at(SITE + "/assets"), 201, lambda _w, _a: {"files": {"file": picture()}}
    ),
    ("PUT", "/api/uploads/{ticket}"): Sample(
        OPEN, lambda w, _: w.upload_ticket(), 201, lambda _w, _a: {"content": picture()[1]}
    ),
    ("OPTIONS", "/api/uploads/{ticket}"): Sample(OPEN, at("/api/uploads/x"), 204),
    ("PATCH", "/api/sites/{site}/assets/{asset}"): Sample(
        WRITE, at(SITE + "/assets/{w.asset[id]}"), what=json(alt={"fr": "Un carré"})
    ),
    ("DELETE", "/api/sites/{site}/assets/{asset}"): Sample(
        WRITE, at(SITE + "/assets/{w.asset[id]}"), 204
    ),
    ("POST", "/api/sites/{site}/shop"): Sample(
        LOOK, at(SITE + "/shop"), what=json(wants=["newest::2"])
    ),
    ("GET", "/api/sites/{site}/shop/choices"): Sample(LOOK, at(SITE + "/shop/choices?kind=tag")),
    ("GET", "/api/sites/{site}/catalogue.{format}"): Sample(LOOK, at(SITE + "/catalogue.csv")),
    ("POST", "/api/sites/{site}/catalogue.{format}"): Sample(
        WRITE, at(SITE + "/catalogue.json"), what=json(merchants=[{"slug": "a", "name": "A"}])
    ),
    ("POST", "/api/sites/{site}/publish"): Sample(PUBLISH, at(SITE + "/publish")),
    ("GET", "/api/sites/{site}/deployments"): Sample(LOOK, at(SITE + "/deployments")),
    ("POST", "/api/sites/{site}/rollback"): Sample(
        PUBLISH, at(SITE + "/rollback"), what=lambda w, _: {"json": {"deployment": w.deployment}}
    ),
    ("GET", "/api/sites/{site}/messages"): Sample(READ_MAIL, at(SITE + "/messages")),
    ("DELETE", "/api/sites/{site}/messages/{message}"): Sample(
        DELETE_MAIL, at(SITE + "/messages/{w.message}")
    ),
}
EVERYBODY = (*ROLES, STRANGER, NOBODY, *SCOPES)


def test_every_route_has_a_policy_and_a_sample():
    routes = {(m, r.path) for r in calls.ROUTES for m in r.methods or () if m != "HEAD"}
    assert routes == calls.POLICIES.keys() == SAMPLES.keys()
    assert MAY.keys() == set(EVERYBODY)


@pytest.fixture(scope="module")
def shared_world(shared_vitrail: Vitrail, askers: Mapping[str, Asker]) -> World:
    return World(shared_vitrail, askers["owner"])


def may(asker: Asker, sample: Sample) -> bool:
    token_turned_away = sample.people_only and asker.name in SCOPES
    return sample.deed in MAY[asker.name] and not token_turned_away


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("route", SAMPLES, ids=" ".join)
def test_each_route_answers_those_who_may_and_only_those(
    shared_vitrail: Vitrail, askers, shared_world: World, route: tuple[str, str], name: str
):
    method, sample, asker = route[0], SAMPLES[route], askers[name]
    if not may(asker, sample):
        check_refusal(shared_vitrail, shared_world, sample, method, asker)
        return
    uses_up = method != "GET" and sample.deed != OWN
    world = World(shared_vitrail, askers["owner"]) if uses_up else shared_world
    headers = asker.spare if sample.spare and asker.spare else None
    found = ask(world, sample, method, asker, headers)
    wanted = sample.nobody if name == NOBODY and sample.nobody else sample.status
    assert found.status_code in {wanted, sample.or_else}, found.text


def ask(world: World, sample: Sample, method: str, asker: Asker, headers=None) -> httpx2.Response:
    url, what = sample.path(world, asker), sample.what(world, asker)
    return asker.ask(method, url, headers=headers, **what)


def check_refusal(
    vitrail: Vitrail, world: World, sample: Sample, method: str, asker: Asker
) -> None:
    url, what = sample.path(world, asker), sample.what(world, asker)
    before = contents(vitrail)
    found = asker.ask(method, url, **what)
    statuses = {NOBODY: 401, STRANGER: 404}
    assert found.status_code == statuses.get(asker.name, 403), found.text
    error = found.json()["error"]
    told = {"code", "message", "request_id"} | ({"hint"} if found.status_code != 404 else set())
    assert error.keys() == told
    assert all(isinstance(text, str) and text for text in error.values())
    assert contents(vitrail) == before


def test_a_deleted_site_leaves_nothing_behind(shared_vitrail: Vitrail, askers):
    world = World(shared_vitrail, askers["owner"])
    assert all((world.page, world.member, world.asset, world.message))
    left = {world.site, world.page, world.member}
    assert world.owner.ask("DELETE", f"/api/sites/{world.site}").status_code == 204
    for name, rows in contents(shared_vitrail).items():
        for row in rows:
            mentioned = [value for value in row if any(i in str(value) for i in left)]
            assert not mentioned or name in {"account", "session"}, (name, row)
