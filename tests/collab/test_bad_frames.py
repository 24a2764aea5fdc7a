"""Frames that no honest client sends: each gets its close code or refusal, and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.collab.line import DIALECTS, Line
from tests.people import NOBODY, Asker, contents
from tests.servers import Vitrail
from vitrail.collab.codec import prefixed, string, uint
from vitrail.collab.connection import MAX_DOCUMENTS
from vitrail.collab.line import MAX_MESSAGE_BYTES
from vitrail.collab.replica import MAX_UPDATE_BYTES
from vitrail.collab.wire import Kind
from vitrail.server.serving import MAX_SOCKET_BYTES

UNKNOWN_PAGE = "page:01ARZ3NDEKTSV4RRFFQ69G5FAV"
# After the document's name.
CLOSING: Mapping[str, tuple[bytes, str]] = {
    "nothing": (b"", "integer is too long or cut off"),
    "an unknown kind": (b"\x63", "unknown message kind 99"),
    "a cut-off number": (b"\xff\xff", "integer is too long or cut off"),
    "a number beyond 53 bits": (b"\xff" * 9 + b"\x7f", "integer is too long or cut off"),
    "an unknown step": (b"\x00\x07\x01\x00", "unknown sync message"),
    "a sync message without payload": (b"\x00\x02", "integer is too long or cut off"),
    "a length beyond the end": (
        b"\x00\x02" + uint(1 << 40) + b"x",
        "length is beyond the end of the message",
    ),
    "a state vector of noise": (b"\x00\x00" + prefixed(b"\xff\xff\xff"), "integer is too long"),
}
REFUSED: Mapping[str, bytes] = {
    "noise": b"\xde\xad\xbe\xef" * 9,
    "an empty message": b"",
    "a cut-off update": b"\x01\x01\x01\x00\x04\x01",
    "a million structs that are not there": b"\x01" + uint(1_000_000) + b"\x01\x00",
    "an update beyond the limit": b"\x00" * (MAX_UPDATE_BYTES + 1),
}
PRESENCE: Mapping[str, bytes] = {
    "noise": b"\xff\xff",
    "more states than allowed": uint(65) + (uint(1) + uint(1) + prefixed(b"{}")) * 65,
    "a state beyond the limit": uint(1) + uint(1) + uint(1) + prefixed(b'"' + b"x" * 5000 + b'"'),
    "a state that is a list": uint(1) + uint(1) + uint(1) + prefixed(b"[]"),
    "a state nested without end": uint(1) + uint(1) + uint(1) + prefixed(b"[" * 4000),
}


@pytest.fixture(scope="module")
def page(askers: Mapping[str, Asker]) -> str:
    owner = askers["owner"]
    site = owner.ask("POST", "/api/sites", json={"name": "Trames"}).json()["id"]
    return owner.ask("GET", f"/api/sites/{site}/pages").json()[0]["id"]


@pytest.fixture(autouse=True)
def nothing_changes(shared_vitrail: Vitrail, askers, page):
    owner = askers["owner"]
    html = owner.ask("GET", f"/preview/{page}").text
    before = contents(shared_vitrail)
    yield
    assert contents(shared_vitrail)["collab_doc"] == before["collab_doc"]
    assert owner.ask("GET", f"/preview/{page}").text == html


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("case", CLOSING)
def test_a_malformed_frame_closes_the_socket(askers, page, dialect, case):
    frame, wanted = CLOSING[case]
    with Line(askers["owner"], dialect, f"page:{page}").open() as line:
        line.send(frame)
        code, reason = line.closed()
        assert code == 4400
        assert reason.startswith(wanted)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_text_frame_closes_the_socket(askers, page, dialect):
    with Line(askers["owner"], dialect, f"page:{page}").open() as line:
        line.socket.send("hello")
        assert line.closed() == (4400, "send binary frames")


@pytest.mark.parametrize("dialect", ["hp", "v"])
@pytest.mark.parametrize(
    "frame", [b"\x02\xff\xfe\x00", b"\x50page", uint(1 << 50) + b"p"], ids=["utf", "cut", "huge"]
)
def test_a_malformed_name_closes_the_socket(askers, page, dialect, frame):
    with Line(askers["owner"], dialect, f"page:{page}").open() as line:
        line.socket.send(frame)
        assert line.closed()[0] == 4400


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("case", REFUSED)
def test_a_malformed_update_is_refused_and_the_document_stays_readable(askers, page, dialect, case):
    with Line(askers["owner"], dialect, f"page:{page}").open() as line:
        assert line.push(REFUSED[case])
        line.pull()
    with Line(askers["viewer"], dialect, f"page:{page}").open() as other:
        assert other.doc.get_state() == line.doc.get_state()


@pytest.mark.parametrize("case", PRESENCE)
def test_malformed_presence_closes_our_socket_and_is_ignored_on_others(askers, page, case):
    message = b"\x01" + prefixed(PRESENCE[case])
    with Line(askers["viewer"], "v", f"page:{page}").open() as line:
        line.send(message)
        assert line.closed()[0] == 4400
    for dialect in ("y", "hp"):
        with Line(askers["viewer"], dialect, f"page:{page}").open() as line:
            line.send(message)
            line.pull()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_frame_beyond_the_limit_closes_the_socket(askers, page, dialect):
    with Line(askers["owner"], dialect, f"page:{page}").open() as line:
        line.send(b"\x00\x02" + prefixed(bytes(MAX_MESSAGE_BYTES)))
        assert line.closed() == (4413, f"a frame has at most {MAX_MESSAGE_BYTES} bytes")
    with Line(askers["owner"], dialect, f"page:{page}").open() as line:
        with suppress(ConnectionClosed):  # while it is being sent, if the server is quick
            line.send(b"\x00\x02" + prefixed(bytes(MAX_SOCKET_BYTES)))
        assert line.closed()[0] == 1009  # not even read


def test_a_socket_carries_only_so_many_documents(askers):
    with Line(askers["owner"], "v", UNKNOWN_PAGE) as line:
        line.until(Kind.AUTH)
        [home] = askers["owner"].ask("GET", "/api/sites").json()[-1:]
        name = f"site:{home['id']}"
        for number in range(MAX_DOCUMENTS + 1):
            line.socket.send(string(f"{name}\0{number}") + b"\x02\x00" + string(""))
        code, reason = line.closed()
    assert (code, reason) == (4429, f"at most {MAX_DOCUMENTS} documents on one socket")


@pytest.mark.parametrize("dialect", ["hp", "v"])
@pytest.mark.parametrize(
    "name",
    [UNKNOWN_PAGE, "page:../../etc", "", "component:x", "doc:", "doc:a/b", "doc:" + "x" * 61],
)
def test_an_unknown_document_is_denied_and_the_socket_stays(askers, page, dialect, name):
    with Line(askers["owner"], dialect, name).open() as line:
        assert line.denied
        line.name, line.address = f"page:{page}", string(f"page:{page}")
        line.send(b"\x02\x00" + string(""))
        line.denied = ""
        line.open()
        assert line.scope == "read-write"


def test_y_websocket_tells_why_and_closes_with_the_code(askers, page):
    cases = {
        4404: Line(askers["owner"], "y", UNKNOWN_PAGE),
        4401: Line(askers[NOBODY], "y", f"page:{page}"),
        4403: Line(askers["publish"], "y", f"page:{page}"),
    }
    for code, line in cases.items():
        with line:
            assert line.open().denied
            assert line.closed()[0] == code


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 5000])
def test_a_token_that_stands_for_nobody_is_signed_out(askers, page, token):
    with Line(askers[NOBODY], "hp", f"page:{page}", token=token).open() as line:
        assert line.denied
        assert line.closed()[0] == 4401


def test_our_socket_is_not_opened_for_nobody(askers, page):
    with pytest.raises(InvalidStatus, match="403"):
        Line(askers[NOBODY], "v", f"page:{page}")
