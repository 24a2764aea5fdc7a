"""What every answer says to browsers, and the server behind a TLS proxy."""

from __future__ import annotations

import io
from urllib.parse import urlsplit

import httpx2
import pytest
from PIL import Image

from tests.people import NOBODY
from tests.servers import Vitrail, free_port

SHELLS = ["/", "/sign-in/unknown", "/join/unknown"]


def policy(response) -> dict[str, str]:
    parts = [
        p.strip().partition(" ") for p in response.headers["content-security-policy"].split(";")
    ]
    return {name: rest for name, _, rest in parts}


@pytest.fixture(scope="module")
def site(askers) -> dict[str, str]:
    owner = askers["owner"]
    made = owner.ask("POST", "/api/sites", json={"name": "En-têtes"}).json()
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(buffer, "PNG")
    files = {"file": ("a.png", buffer.getvalue(), "image/png")}
    asset = owner.ask("POST", f"/api/sites/{made['id']}/assets", files=files).json()
    [page] = owner.ask("GET", f"/api/sites/{made['id']}/pages").json()
    assert owner.ask("POST", f"/api/sites/{made['id']}/publish").is_success
    return {**made, "media": asset["url"], "page": page["id"]}


@pytest.mark.parametrize("path", SHELLS)
def test_shells_run_our_scripts_only_and_are_framed_by_nobody(askers, path):
    found = askers[NOBODY].ask("GET", path)
    csp = policy(found)
    assert csp["default-src"] == "'none'"
    assert csp["script-src"] == csp["connect-src"] == csp["form-action"] == "'self'"
    assert csp["frame-ancestors"] == csp["base-uri"] == "'none'"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["referrer-policy"] == "same-origin"
    assert found.headers["cache-control"] == "no-store"


def test_published_pages_have_no_scripts_and_no_origin(askers, site):
    found = askers[NOBODY].ask("GET", f"/s/{site['slug']}/")
    csp = policy(found)
    assert "allow-scripts" not in csp["sandbox"]
    assert "allow-same-origin" not in csp["sandbox"]
    assert csp["default-src"] == csp["base-uri"] == "'none'"
    assert "script-src" not in csp
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "set-cookie" not in found.headers


def test_a_preview_is_framed_by_us_only_and_runs_nothing(askers, site):
    found = askers["viewer"].ask("GET", f"/preview/{site['page']}")
    csp = policy(found)
    assert "allow-scripts" not in csp["sandbox"]
    assert csp["frame-ancestors"] == "'self'"
    assert found.headers["cache-control"] == "no-store"
    assert found.headers["x-content-type-options"] == "nosniff"


def test_media_is_only_an_image_for_ever(askers, site):
    found = askers[NOBODY].ask("GET", site["media"])
    assert found.headers["content-type"] == "image/webp"
    assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert policy(found) == {"default-src": "'none'", "sandbox": ""}
    assert found.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/api/me", "/api/sites", "/api/blocks", "/nowhere", "/api/x"])
def test_answers_of_the_interface_are_not_kept_and_not_guessed(askers, path):
    found = askers["owner"].ask("GET", path)
    assert found.headers["content-type"] == "application/json"
    assert found.headers["cache-control"] == "no-store"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert len(found.headers["x-request-id"]) == 16


def test_an_error_tells_the_request_and_nothing_of_the_server(askers):
    found = askers["owner"].ask("GET", "/nowhere")
    assert found.status_code == 404
    assert found.json()["error"]["request_id"] == found.headers["x-request-id"]
    assert "server" not in found.headers
    wrong = askers["owner"].ask("PUT", "/api/me")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (405, "method")
    assert "GET" in wrong.headers["allow"]


def test_under_tls_the_cookie_is_bound_to_its_host(tmp_path):
    environment = {"VITRAIL_BASE_URL": "https://studio.example"}
    server = Vitrail(tmp_path / "data", port=free_port(), environment=environment)
    server.start()
    ours = {"Host": "studio.example", "Origin": "https://studio.example"}
    path = urlsplit(server.link).path
    try:
        with httpx2.Client(base_url=server.base) as client:
            assert server.link.startswith("https://studio.example/sign-in/")
            for origin in ("http://studio.example", "https://studio.example.evil", server.base):
                refused = client.post(path, headers={**ours, "Origin": origin})
                assert (refused.status_code, refused.json()["error"]["code"]) == (403, "origin")
            away = client.get("/", headers={"Host": "other.example"})
            assert away.json()["error"]["code"] == "host"
            cookie = client.post(path, headers=ours).headers["set-cookie"]
    finally:
        server.stop()
    assert cookie.startswith("__Host-vitrail_session=")
    assert "; Secure" in cookie
    assert "Domain" not in cookie
