"""Images come in, are decoded within bounds, and go out re-encoded; nothing else passes."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping
from typing import Any

import pytest
from PIL import Image

from tests.people import NOBODY, Asker, contents
from vitrail.sites.media import MAX_PIXELS, MAX_UPLOAD_BYTES, WIDTHS


class Library:
    def __init__(self, askers: Mapping[str, Asker]) -> None:
        self.owner, self.visitor = askers["owner"], askers[NOBODY]
        made = self.owner.ask("POST", "/api/sites", json={"name": "Images"}).json()
        self.url = f"/api/sites/{made['id']}/assets"

    def send(self, content: bytes, name: str = "a.png", kind: str = "image/png") -> Any:
        return self.owner.ask("POST", self.url, files={"file": (name, content, kind)})

    def list(self) -> list[Any]:
        return self.owner.ask("GET", self.url).json()

    def image(self, url: str) -> Image.Image:
        return Image.open(io.BytesIO(self.visitor.ask("GET", url).content))


@pytest.fixture(scope="module")
def library(askers) -> Library:
    return Library(askers)


def encoded(form: str, size: tuple[int, int] = (600, 400), **options: Any) -> bytes:
    image = Image.new("RGB", size, "teal")
    image.paste("tomato", (0, 0, size[0] // 2, size[1] // 2))  # top left
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that claims to be of some size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_an_image_of_each_format_becomes_webp_of_several_widths(library, form):
    made = library.send(encoded(form, (2000, 1000)), f"photo.{form.lower()}")
    assert made.status_code == 201, made.text
    asset = made.json()
    assert (asset["width"], asset["height"]) == (1600, 800)
    webp = [v for v in asset["variants"] if v["format"] == "webp"]
    assert [v["width"] for v in webp] == sorted({320, *WIDTHS})
    for variant in webp:
        image = library.image(variant["url"])
        assert (image.format, image.width) == ("WEBP", variant["width"])
    assert asset["url"] == webp[-1]["url"]


def test_a_small_image_is_not_blown_up(library):
    asset = library.send(encoded("PNG", (40, 30))).json()
    assert [v["width"] for v in asset["variants"]] == [40]
    assert library.image(asset["url"]).size == (40, 30)


def test_an_image_lying_on_its_side_is_put_upright_and_loses_what_it_tells_of_its_owner(library):
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by a quarter to the right
    exif[0x010F] = "Secret camera"
    asset = library.send(encoded("JPEG", (60, 40), exif=exif), "a.jpg").json()
    image = library.image(asset["url"])
    assert image.size == (40, 60)
    assert not image.getexif()
    red, green, _ = image.convert("RGB").getpixel((35, 5))
    assert red > green  # what was top left is now top right


def test_transparency_stays(library):
    buffer = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(buffer, "PNG")
    asset = library.send(buffer.getvalue()).json()
    assert library.image(asset["url"]).convert("RGBA").getpixel((5, 5))[3] == 0


def test_avif_comes_by_and_by(library):
    asset = library.send(encoded("PNG", (64, 64))).json()
    formats: set[str] = set()
    while "avif" not in formats:  # the job runs in the server; pytest bounds the wait
        [found] = [a for a in library.list() if a["id"] == asset["id"]]
        formats = {v["format"] for v in found["variants"]}
    avif = next(v for v in found["variants"] if v["format"] == "avif")
    assert library.image(avif["url"]).format == "AVIF"
    assert library.visitor.ask("GET", avif["url"]).headers["content-type"] == "image/avif"


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BAD: Mapping[str, tuple[bytes, int]] = {
    "no bytes": (b"", 400),
    "a text": (b"hello", 400),
    "SVG with a script": (SVG, 400),
    "SVG that says it is a PNG": (b"\x89PNG\r\n\x1a\n" + SVG, 400),
    "HTML": (b"<!doctype html><script>alert(1)</script>", 400),
    "a PDF": (b"%PDF-1.7\n", 400),
    "a cut-off JPEG": (encoded("JPEG")[:300], 400),
    "a cut-off PNG": (encoded("PNG")[:200], 400),
    "a damaged AVIF": (encoded("AVIF").replace(b"av01", b"av00"), 400),
    "a cut-off WebP": (encoded("WEBP")[:60], 400),
    "a PNG without pixels": (huge_png(10, 10), 400),
    "no width": (huge_png(0, 10), 400),
    "a bomb": (huge_png(8000, 8000), 413),
    "a big bomb": (huge_png(12_000, 12_000), 413),
    "a bomb beyond belief": (huge_png(60_000, 60_000), 413),
    "a strip too long for WebP": (encoded("PNG", (4, 17_000)), 413),
    "a TIFF": (encoded("TIFF", (4, 4)), 400),
    "a BMP": (encoded("BMP", (4, 4)), 400),
    "too many bytes": (bytes(MAX_UPLOAD_BYTES + 1), 413),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_not_a_fair_image_is_refused_and_leaves_nothing(shared_vitrail, library, case):
    content, status = BAD[case]
    before = contents(shared_vitrail)["asset"]
    refused = library.send(content)
    assert refused.status_code == status, refused.text
    error = refused.json()["error"]
    assert error["code"] == ("too_large" if status == 413 else "invalid_input")
    assert contents(shared_vitrail)["asset"] == before


def test_the_most_pixels_are_about_those_of_a_good_camera():
    assert 24_000_000 <= MAX_PIXELS <= 50_000_000


def test_an_upload_without_a_file_is_refused(library):
    for what in ({"data": {"x": "1"}}, {"files": {"other": ("a.png", b"x")}}, {"json": {}}, {}):
        assert library.owner.ask("POST", library.url, **what).status_code in {400, 413}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("été à la plage.PNG", "été à la plage.PNG"),
        ("  a   b.png ", "a b.png"),
        ("<script>.png", "<script>.png"),
        ("x" * 250 + ".png", None),
        ("🦐.png", "🦐.png"),
    ],
)
def test_odd_names_are_kept_as_text_and_never_as_paths(library, sent, kept):
    made = library.send(encoded("PNG", (4, 4)), sent)
    assert made.status_code == 201, made.text
    asset = made.json()
    assert asset["name"] == kept or (kept is None and 0 < len(asset["name"]) <= 200)
    assert asset["url"].isascii()
    assert ".." not in asset["url"]


@pytest.mark.parametrize(
    "name",
    [
        "..%2f..%2fvitrail.db",
        "%2e%2e.webp",
        "a.svg",
        "a",
        ".webp",
        "-.webp",
        "x" * 100 + ".webp",
        "é.webp",
        "nothing-320.webp",
    ],
)
def test_no_address_of_media_leads_elsewhere(library, name):
    assert library.visitor.ask("GET", f"/media/x/{name}").status_code == 404


def test_words_for_those_who_do_not_see_are_kept(library):
    asset = library.send(encoded("PNG", (4, 4))).json()
    url = f"{library.url}/{asset['id']}"
    changed = library.owner.ask("PATCH", url, json={"alt": {"fr": "Un carré"}, "name": "Carré"})
    assert (changed.json()["alt"], changed.json()["name"]) == ({"fr": "Un carré"}, "Carré")
    assert library.owner.ask("DELETE", url).status_code == 204
    assert library.owner.ask("DELETE", url).status_code == 404
    assert asset["id"] not in {a["id"] for a in library.list()}


def test_an_image_of_another_site_is_out_of_reach(askers, library):
    theirs = Library(askers)
    asset = library.send(encoded("PNG", (4, 4))).json()
    for method in ("PATCH", "DELETE"):
        answer = theirs.owner.ask(method, f"{theirs.url}/{asset['id']}", json={})
        assert answer.status_code == 404
