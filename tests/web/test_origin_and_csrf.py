"""A page of another site cannot act with somebody's cookie: not by HTTP, not by socket."""

from __future__ import annotations

import socket
from collections.abc import Mapping

import httpx2
import pytest
from websockets.exceptions import InvalidStatus

from tests.clock import HandClock
from tests.collab.line import DIALECTS, Line
from tests.people import NOBODY, PASSWORD, Asker
from vitrail.core import passwords
from vitrail.core.settings import Settings
from vitrail.server.application import create_app
from vitrail.web.calls import POLICIES, SAFE_METHODS

LOCAL = "http://localhost"
FOREIGN = {
    "another site": "https://evil.example",
    "another port": "http://127.0.0.1:1",
    "another scheme and port": "https://127.0.0.1",
    "a sandboxed page": "null",
    "a suffix of ours": "http://127.0.0.1.evil.example",
    "an extension": "chrome-extension://abc",
}
FOR_ANYBODY = ("/f/", "/api/uploads/")  # whoever asks there is nobody, whatever cookie came along
UNSAFE = [
    key for key in POLICIES if key[0] not in SAFE_METHODS and not key[1].startswith(FOR_ANYBODY)
]


def change(asker: Asker, headers: Mapping[str, str | None]) -> httpx2.Response:
    """Change one's own name with some headers changed or, by None, left out."""
    wanted = {**asker.headers, **headers}
    sent = {k: v for k, v in wanted.items() if v is not None}
    return asker.ask("PATCH", "/api/me", headers=sent, json={"name": asker.name.title()})


def code(response: httpx2.Response) -> str:
    return response.json()["error"]["code"]


# ---- HTTP ---------------------------------------------------------------------------------


def test_our_own_page_may_write(askers):
    assert change(askers["editor"], {}).status_code == 200


@pytest.mark.parametrize("origin", [None, *FOREIGN.values()])
def test_a_cookie_writes_from_our_origin_only(askers, origin):
    refused = change(askers["editor"], {"Origin": origin})
    assert (refused.status_code, code(refused)) == (403, "origin")


@pytest.mark.parametrize("csrf", [None, "", "wrong"])
def test_a_cookie_writes_with_its_own_csrf_header_only(askers, csrf):
    for header in (csrf, askers["owner"].headers["X-CSRF-Token"]):
        refused = change(askers["editor"], {"X-CSRF-Token": header})
        assert (refused.status_code, code(refused)) == (403, "csrf")


@pytest.mark.parametrize("key", UNSAFE, ids=" ".join)
def test_no_route_that_writes_forgets_the_origin(askers, key):
    method, path = key
    headers = {**askers["owner"].headers, "Origin": FOREIGN["another site"]}
    refused = askers["owner"].ask(method, path, headers=headers)
    assert (refused.status_code, code(refused)) == (403, "origin")


def test_reading_needs_no_origin_and_a_token_neither(askers):
    cookie = {"Cookie": askers["editor"].headers["Cookie"]}
    assert askers["editor"].ask("GET", "/api/me", headers=cookie).status_code == 200
    foreign = {**askers["write"].headers, "Origin": FOREIGN["another site"]}
    made = askers["write"].ask("POST", "/api/sites", headers=foreign, json={"name": "Par jeton"})
    assert made.status_code == 201


def test_a_wrong_token_is_nobody_even_beside_a_good_cookie(askers):
    both = {**askers["owner"].headers, "Authorization": "Bearer nonsense"}
    assert askers["owner"].ask("GET", "/api/me", headers=both).status_code == 401


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "vitrail"])
def test_a_host_that_is_not_ours_is_turned_away(askers, host):
    refused = askers["owner"].ask("GET", "/", headers={**askers["owner"].headers, "Host": host})
    assert refused.status_code == 400
    assert code(refused) == "host"
    assert askers[NOBODY].ask("GET", "/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_loopback_names_are_ours(askers, host):
    assert askers[NOBODY].ask("GET", "/", headers={"Host": f"{host}:8000"}).status_code == 200


# ---- sockets ------------------------------------------------------------------------------


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("origin", FOREIGN)
def test_a_cookie_opens_no_socket_from_elsewhere(askers, dialect, origin):
    headers = {**askers["owner"].headers, "Origin": FOREIGN[origin]}
    with pytest.raises(InvalidStatus, match="403"):
        Line(askers["owner"], dialect, "doc:origin", headers=headers)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_cookie_without_an_origin_is_nobody(askers, dialect):
    headers = {"Cookie": askers["owner"].headers["Cookie"]}
    if dialect == "v":
        with pytest.raises(InvalidStatus, match="403"):
            Line(askers["owner"], dialect, "doc:origin", headers=headers)
        return
    with Line(askers["owner"], dialect, "doc:origin", headers=headers).open() as line:
        assert line.denied


@pytest.mark.parametrize("dialect", ["y", "hp"])
def test_a_token_opens_a_socket_from_anywhere(askers, dialect):
    headers = {"Origin": FOREIGN["another site"]}
    with Line(askers["collab:create"], dialect, "doc:origin", headers=headers).open() as line:
        assert not line.denied


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_socket_for_a_host_that_is_not_ours_is_turned_away(shared_vitrail, askers, dialect):
    there = ("127.0.0.1", shared_vitrail.port)
    with (
        socket.create_connection(there) as sock,
        pytest.raises(InvalidStatus, match="403"),
    ):
        Line(askers["owner"], dialect, "doc:origin", base="ws://evil.example", sock=sock)


# ---- signing in ---------------------------------------------------------------------------


def attributes(cookie: str) -> set[str]:
    return {part.strip().lower() for part in cookie.split(";")[1:]}


def sign_in(asker: Asker, password: str = PASSWORD, **headers: str) -> httpx2.Response:
    origin = {"Origin": asker.headers["Origin"], **headers}
    body = {"email": asker.email, "password": password}
    return asker.ask("POST", "/api/sign-in", headers=origin, json=body)


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(askers):
    cookie = sign_in(askers["analyst"]).headers["set-cookie"]
    assert {"httponly", "samesite=lax", "path=/"} < attributes(cookie)
    assert not any(part.startswith("domain") for part in attributes(cookie))
    assert any(part.startswith("max-age=") for part in attributes(cookie))


def test_a_foreign_page_cannot_sign_somebody_in(askers):
    assert sign_in(askers["analyst"], Origin="https://evil.example").status_code == 403


def test_signing_out_takes_the_cookie_back(askers):
    name, _, value = (
        sign_in(askers["commenter"]).headers["set-cookie"].partition(";")[0].partition("=")
    )
    cookie = {"Cookie": f"{name}={value}", "Origin": askers["commenter"].headers["Origin"]}
    csrf = askers["commenter"].ask("GET", "/api/me", headers=cookie).json()["csrf"]
    out = askers["commenter"].ask("POST", "/api/sign-out", headers={**cookie, "X-CSRF-Token": csrf})
    assert out.status_code == 204
    assert {"max-age=0", "httponly"} < attributes(out.headers["set-cookie"])
    assert out.headers["clear-site-data"] == '"cache", "storage"'
    assert askers["commenter"].ask("GET", "/api/me", headers=cookie).status_code == 401


async def test_tries_are_limited_by_account_from_however_many_addresses(tmp_path, monkeypatch):
    monkeypatch.setattr(passwords, "COST", 2**8)  # what counts here is how often, not how slowly
    clock = HandClock()
    door = create_app(Settings(data=str(tmp_path)), clock)
    async with door.app.router.lifespan_context(door.app):

        async def guess(number: int, email: str) -> int:
            transport = httpx2.ASGITransport(app=door, client=(f"10.9.8.{number}", 1))
            async with httpx2.AsyncClient(transport=transport, base_url=LOCAL) as client:
                body = {"email": email, "password": "a guess at it"}
                sent = await client.post("/api/sign-in", headers={"Origin": LOCAL}, json=body)
                return sent.status_code

        codes = [await guess(number, "Ana@example.org ") for number in range(12)]
        assert codes == [401] * 10 + [429] * 2
        assert await guess(20, "ana@example.org") == 429
        assert await guess(20, "bo@example.org") == 401  # others are not locked out
        clock.move(seconds=5)
        assert await guess(21, "ana@example.org") == 401
        assert await guess(22, "ana@example.org") == 429


def test_tries_are_limited_by_address_on_every_door(askers, http):
    origin = {"Origin": askers[NOBODY].headers["Origin"]}
    here = {**origin, "X-Forwarded-For": "192.0.2.7"}
    for number in range(10):
        path = ("/sign-in/x", "/join/x")[number % 2]
        assert http.post(path, headers=here, data={"name": "x"}).status_code == 404
    for path in ("/sign-in/x", "/join/x"):
        assert http.post(path, headers=here, data={"name": "x"}).status_code == 429
    there = {**origin, "X-Forwarded-For": "192.0.2.8"}
    assert http.post("/join/x", headers=there, data={"name": "x"}).status_code == 404
