"""Every kind of message in every dialect, sent by everybody: what is let in, and what changes."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from pycrdt import Map
from websockets.exceptions import InvalidStatus

from tests.collab.line import DIALECTS, Line
from tests.people import NOBODY, ROLES, SCOPES, STRANGER, Asker, contents
from tests.servers import Vitrail
from vitrail.collab.codec import Reader, prefixed, string, uint
from vitrail.collab.connection import RULES, UNBOUND
from vitrail.collab.wire import Kind
from vitrail.web.sockets import SOCKET_POLICIES, SOCKETS

WRITE, CONTENT, READ, NOTHING = "read-write", "content", "readonly", ""
# What each may do to a page.
SCOPE: Mapping[str, str] = {
    "owner": WRITE,
    "admin": WRITE,
    "designer": WRITE,
    "editor": CONTENT,
    "commenter": READ,
    "analyst": READ,
    "viewer": READ,
    STRANGER: NOTHING,
    NOBODY: NOTHING,
    "read": READ,
    "write": NOTHING,  # a scope to write does not include one to read
    "publish": NOTHING,
    "manage": NOTHING,
    "webhooks": NOTHING,
    "collab:create": NOTHING,
    "metrics": NOTHING,
    "instance": NOTHING,
}
MEMBERS = [name for name, scope in SCOPE.items() if scope]
OUTSIDERS = [name for name, scope in SCOPE.items() if not scope]
STATE = json.dumps({"cursor": {"x": 1, "y": 2}, "user": {"name": "Somebody else"}}).encode()
UNKNOWN_CLIENT = 77
# A message of every kind that exists, and whether clients may send it on an open document.
MESSAGES: Mapping[Kind, tuple[bytes, bool]] = {
    Kind.SYNC: (b"\x00\x00" + prefixed(b"\x00"), True),
    Kind.AWARENESS: (
        b"\x01" + prefixed(uint(1) + uint(UNKNOWN_CLIENT) + uint(1) + prefixed(STATE)),
        True,
    ),
    Kind.AUTH: (b"\x02\x00" + string(""), True),
    Kind.QUERY_AWARENESS: (b"\x03", True),
    Kind.SYNC_REPLY: (b"\x04\x00" + prefixed(b"\x00"), True),
    Kind.STATELESS: (b"\x05" + string("hello"), False),
    Kind.BROADCAST_STATELESS: (b"\x06" + string("hello"), False),
    Kind.CLOSE: (b"\x07" + string(""), True),
    Kind.SYNC_STATUS: (b"\x08\x01", False),
    Kind.PING: (b"\x09", True),
    Kind.PONG: (b"\x0a", True),
    Kind.DURABLE: (b"\x10\x01\x01", False),
    Kind.REJECT: (b"\x11" + string("no") + string("no"), False),
    Kind.LINEAGE: (b"\x12" + string("x"), False),
    Kind.PERMISSION: (b"\x13" + string(WRITE), False),
}
# y-websocket has no authentication message and no ping.
NOT_IN_Y = {Kind.AUTH, Kind.PING, Kind.PONG}


def test_every_kind_and_every_socket_has_a_rule():
    assert RULES.keys() | UNBOUND == set(Kind) == MESSAGES.keys()
    assert {s.path for s in SOCKETS} == SOCKET_POLICIES.keys()
    assert {path.split("/")[2] for path in SOCKET_POLICIES} == set(DIALECTS)
    assert SCOPE.keys() == {*ROLES, STRANGER, NOBODY, *SCOPES}


@pytest.fixture(scope="module")
def page(askers: Mapping[str, Asker]) -> str:
    owner = askers["owner"]
    site = owner.ask("POST", "/api/sites", json={"name": "Messages"}).json()["id"]
    [home] = owner.ask("GET", f"/api/sites/{site}/pages").json()
    ops = [{"op": "insert", "block": "hero"}]
    url = f"/api/pages/{home['id']}/commands"
    assert owner.ask("POST", url, json={"version": 1, "ops": ops}).is_success
    return home["id"]


def site_of(askers: Mapping[str, Asker], page: str) -> str:
    return askers["owner"].ask("GET", f"/api/pages/{page}").json()["site"]["id"]


def html(askers: Mapping[str, Asker], page: str) -> str:
    return askers["owner"].ask("GET", f"/preview/{page}", params={"locale": "fr"}).text


@pytest.mark.parametrize("name", MEMBERS)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_member_sees_the_page_and_changes_what_the_role_allows(askers, page, dialect, name):
    scope, text = SCOPE[name], f"Titre de {name} par {dialect}"
    with Line(askers[name], dialect, f"page:{page}").open() as line:
        if dialect != "y":
            coarse = scope if dialect == "v" or scope == READ else WRITE
            assert line.scope == coarse
        assert line.doc.get("nodes", type=Map).to_py()
        assert (line.write(text) == "") is (scope in {WRITE, CONTENT})
    assert (text in html(askers, page)) is (scope in {WRITE, CONTENT})


@pytest.mark.parametrize("name", MEMBERS)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_only_designers_change_the_design(askers, page, dialect, name):
    color = f"#00{DIALECTS.index(dialect)}0{MEMBERS.index(name):02x}"
    with Line(askers[name], dialect, f"page:{page}").open() as line:
        refusal = line.paint(color)
        assert (refusal == "") is (SCOPE[name] == WRITE)
        if dialect != "hp" and refusal:
            assert "may" in refusal
        if refusal:  # a connection that was refused stays shut for what builds on it
            assert color not in html(askers, page)
    assert (color in html(askers, page)) is (SCOPE[name] == WRITE)


@pytest.mark.parametrize("name", OUTSIDERS)
@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("kind", ["page", "site"])
def test_outsiders_see_nothing(askers, page, dialect, name, kind):
    name_of = f"{kind}:{site_of(askers, page) if kind == 'site' else page}"
    if dialect == "v" and name != STRANGER:  # not even the socket
        with pytest.raises(InvalidStatus, match="403"):
            Line(askers[name], dialect, name_of)
        return
    with Line(askers[name], dialect, name_of).open() as line:
        assert line.denied
        assert line.scope == ""


@pytest.mark.parametrize("name", MEMBERS)
@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("kind", MESSAGES, ids=lambda kind: kind.name.lower())
def test_each_kind_is_let_in_or_closes_the_socket(
    shared_vitrail: Vitrail, askers, page, dialect, name, kind
):
    message, let_in = MESSAGES[kind]
    before = contents(shared_vitrail)
    with Line(askers[name], dialect, f"page:{page}").open() as line:
        bare = kind in {Kind.PING, Kind.PONG}
        line.socket.send(message) if bare else line.send(message)
        if not let_in or (dialect == "y" and kind in NOT_IN_Y):
            code, reason = line.closed()
            assert code == 4400
            assert reason == f"clients do not send {kind.name.lower()} messages"
        elif kind is Kind.PING:
            line.until(Kind.PONG)
        elif kind is Kind.CLOSE:
            line.send(MESSAGES[Kind.SYNC][0])  # not heard any more, and nothing breaks
        else:
            line.pull()
    assert contents(shared_vitrail) == before


@pytest.mark.parametrize("name", MEMBERS)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_colleagues_see_who_it_is_whatever_a_client_says(askers, page, dialect, name):
    with (
        Line(askers["owner"], "v", f"page:{page}").open() as watcher,
        Line(askers[name], dialect, f"page:{page}").open() as line,
    ):
        line.send(MESSAGES[Kind.AWARENESS][0])
        user = {}
        while not user:
            states = Reader(watcher.until(Kind.AWARENESS)[1].bytes())
            for _ in range(states.uint()):
                client, _, state = states.uint(), states.uint(), json.loads(states.bytes())
                if client == UNKNOWN_CLIENT and state is not None:
                    user = state["user"]
        assert user["id"] == askers[name].id
        assert user["name"] == ("Owner" if name in SCOPES else name.title())
    watcher.socket.close()


def test_an_editor_of_content_leaves_the_theme_alone(askers, page):
    site = site_of(askers, page)
    for name, let in (("designer", True), ("editor", False), ("viewer", False)):
        with Line(askers[name], "v", f"site:{site}").open() as line:
            before = line.doc.get_state()
            line.doc.get("tokens", type=Map)["color-accent"] = "#123456"
            assert (line.push(line.doc.get_update(before)) == "") is let
