"""What visitors get: whole deployments, addresses that search engines understand, honest caches."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest

from tests.people import NOBODY, Asker


class Site:
    """A site from a template, and how its owner changes it."""

    def __init__(self, askers: Mapping[str, Asker], template: str) -> None:
        self.owner, self.visitor = askers["owner"], askers[NOBODY]
        body = {"name": f"Publié {template}", "template": template}
        made = self.owner.ask("POST", "/api/sites", json=body).json()
        self.id, self.root = made["id"], f"/s/{made['slug']}/"
        self.url = f"/api/sites/{self.id}"
        self.pages = self.owner.ask("GET", f"{self.url}/pages").json()

    def run(self, *ops: dict[str, Any], page: int = 0) -> None:
        url = f"/api/pages/{self.pages[page]['id']}/commands"
        done = self.owner.ask("POST", url, json={"version": 1, "ops": ops})
        assert done.is_success, done.text

    def publish(self) -> dict[str, Any]:
        done = self.owner.ask("POST", f"{self.url}/publish")
        assert done.is_success, done.text
        return done.json()

    def get(self, path: str = "", **what: Any) -> Any:
        return self.visitor.ask(what.pop("method", "GET"), urljoin(self.root, path), **what)

    def paths(self) -> list[str]:
        """Return the path of every page in every language, from the sitemap."""
        tree = ElementTree.fromstring(self.get("sitemap.xml").text)
        base = str(self.visitor.http.base_url).rstrip("/")
        return [(e.text or "").removeprefix(base) for e in tree.iter() if e.tag.endswith("}loc")]


@pytest.fixture(scope="module")
def demo(askers) -> Site:
    site = Site(askers, "restaurant")
    site.publish()
    return site


@pytest.fixture
def small(askers) -> Site:
    site = Site(askers, "blank")
    site.run({"op": "insert", "block": "hero"})
    return site


def attribute(html: str, pattern: str) -> list[Any]:
    return re.findall(pattern, html)


# ---- what is published --------------------------------------------------------------------


def test_every_page_is_there_in_every_language_without_a_script(demo):
    paths = demo.paths()
    assert len(paths) == len(set(paths)) == 2 * len(demo.pages)
    for path in paths:
        page = demo.get(path)
        assert page.status_code == 200
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert "<script" not in page.text.lower()
        assert not re.search(r"\son[a-z]+=", page.text)
        assert "javascript:" not in page.text


def test_each_page_says_where_it_is_what_it_is_and_its_other_languages(demo):
    base = str(demo.visitor.http.base_url).rstrip("/")
    for path in demo.paths():
        html = demo.get(path).text
        [language] = attribute(html, r'<html lang="([^"]+)"')
        assert attribute(html, r'<link rel="canonical" href="([^"]+)"') == [base + path]
        assert attribute(html, r'<meta property="og:url" content="([^"]+)"') == [base + path]
        for name in ("og:title", "og:type", "og:locale"):
            [value] = attribute(html, rf'<meta property="{name}" content="([^"]*)"')
            assert value
        alternates = dict(
            attribute(html, r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"')
        )
        assert alternates.keys() == {"fr", "en", "x-default"}
        assert alternates[language] == base + path
        for href in alternates.values():
            other = demo.get(href.removeprefix(base))
            back = attribute(other.text, r'hreflang="([^"]+)" href="([^"]+)"')
            assert (language, base + path) in back
        assert len(attribute(html, r"<title>([^<]+)</title>")) == 1
        assert len(attribute(html, r"<h1[ >]")) == 1


def test_every_link_inside_the_site_leads_somewhere(demo):
    seen: set[str] = set()
    todo = [demo.root]
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        page = demo.get(path)
        assert page.status_code == 200, path
        if page.headers["content-type"].startswith("text/html"):
            links = attribute(page.text, r'(?:href|src)="([^"#][^"]*)"')
            links += [
                part.split()[0]
                for srcset in attribute(page.text, r'srcset="([^"]+)"')
                for part in srcset.split(",")
            ]
            todo += [t for t in (urljoin(path, x) for x in links) if t.startswith(demo.root)]
    assert set(demo.paths()) <= seen


def test_robots_find_the_sitemap(demo):
    robots = demo.get("robots.txt")
    assert robots.headers["content-type"] == "text/plain; charset=utf-8"
    [address] = attribute(robots.text, r"(?m)^Sitemap: (\S+)$")
    assert demo.visitor.ask("GET", address).headers["content-type"].startswith("application/xml")


def test_the_address_without_a_slash_leads_to_the_one_with(demo):
    moved = demo.visitor.ask("GET", demo.root.rstrip("/"))
    assert (moved.status_code, moved.headers["location"]) == (308, demo.root)


@pytest.mark.parametrize(
    "path",
    [
        "nowhere/",
        "nowhere",
        "assets/nowhere.webp",
        "../../healthz/x",
        "%2e%2e/%2e%2e/vitrail.db",
        "..%2f..%2fvitrail.db",
        "assets/..%2f..%2f..%2fvitrail.db",
        "//etc/passwd",
        "%00",
        "index.html/index.html",
        "x" * 3000,
    ],
)
def test_an_unknown_address_is_a_page_that_leads_back(demo, path):
    found = demo.visitor.ask("GET", demo.root + path)
    assert found.status_code == 404
    assert "SQLite" not in found.text
    if "healthz" not in path:
        assert f'href="{demo.root}"' in found.text
        assert "<script" not in found.text


# ---- caches -------------------------------------------------------------------------------


def test_images_are_kept_for_ever_under_names_of_their_content(demo):
    html = demo.get().text
    images = set(attribute(html, rf'src="({demo.root}assets/[^"]+)"'))
    assert images
    for image in images:
        found = demo.get(image)
        assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert found.headers["content-type"] in {"image/webp", "image/avif"}
        assert re.search(r"/[0-9a-f]{20}-\d+\.(webp|avif)$", image)


@pytest.mark.parametrize("path", ["", "sitemap.xml"])
def test_pages_are_asked_for_again_and_answered_shortly(demo, path):
    first = demo.get(path)
    assert first.headers["cache-control"] == "no-cache"
    tag = first.headers["etag"]
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = demo.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b""), known
        assert again.headers["etag"] == tag
    assert demo.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_head_tells_what_get_would(demo):
    head, get = demo.get(method="HEAD"), demo.get()
    assert head.status_code == 200
    assert head.content == b""
    for name in ("content-type", "content-length", "etag", "cache-control"):
        assert head.headers[name] == get.headers[name]


def test_a_page_that_did_not_change_keeps_its_etag_when_the_site_is_published_again(small):
    small.publish()
    before = small.get().headers["etag"]
    small.publish()
    assert small.get().headers["etag"] == before
    small.run({"op": "set_text", "target": {"type": "heading"}, "text": "Autre", "locale": "fr"})
    assert small.get().headers["etag"] == before  # not before it is published
    small.publish()
    assert small.get().headers["etag"] != before


# ---- deployments --------------------------------------------------------------------------


def test_a_site_is_not_there_before_it_is_published(small):
    assert small.get().status_code == 404
    published = small.publish()
    assert published["url"] == small.root
    assert published["bytes"] > 0
    assert small.get().status_code == 200


def test_going_back_brings_the_earlier_pages_and_forward_again(small):
    deployments = []
    for text in ("Un", "Deux"):
        op = {"op": "set_text", "target": {"type": "heading"}, "text": text, "locale": "fr"}
        small.run(op)
        deployments.append(small.publish()["deployment"])
    for deployment, text in zip([*deployments, deployments[0]], ("Un", "Deux", "Un"), strict=True):
        body = {"deployment": deployment}
        listed = small.owner.ask("POST", f"{small.url}/rollback", json=body).json()
        assert [d["id"] for d in listed if d["live"]] == [deployment]
        assert f">{text}<" in small.get().text
    assert [d["id"] for d in listed] == deployments[::-1]


def test_going_back_to_what_is_not_ours_is_refused(small, demo):
    theirs = demo.publish()["deployment"]
    live = small.publish()["deployment"]
    for unknown in (theirs, "01ARZ3NDEKTSV4RRFFQ69G5FAV", ""):
        refused = small.owner.ask("POST", f"{small.url}/rollback", json={"deployment": unknown})
        assert refused.status_code == 404
    listed = small.owner.ask("GET", f"{small.url}/deployments").json()
    assert [d["id"] for d in listed if d["live"]] == [live]


def test_a_reader_never_meets_a_mixture_while_a_site_is_published(small, shared_vitrail):
    """Every page of a deployment carries the same number, on the page and in its language's twin."""
    add = {"title": "Deuxième", "slug": "deux"}
    made = small.owner.ask("POST", f"{small.url}/pages", json=add).json()
    small.pages.append(made)
    small.run({"op": "insert", "block": "hero"}, page=1)

    def number(n: int) -> None:
        for page in (0, 1):
            text = {"op": "set_text", "target": {"type": "heading"}, "text": f"Version {n}."}
            small.run(text, page=page)
        small.publish()

    number(0)
    done, seen, wrong = threading.Event(), set[str](), list[Any]()

    def read() -> None:
        import httpx2

        with httpx2.Client(base_url=shared_vitrail.base) as http:
            while not done.is_set():
                found = []
                for path in ("", "deux/", ""):
                    page = http.get(small.root + path)
                    match = re.search(r"Version (\d+)\.", page.text)
                    if page.status_code != 200 or match is None:
                        wrong.append((path, page.status_code))
                        return
                    found.append(int(match[1]))
                if found[0] == found[2] != found[1]:
                    wrong.append(found)
                seen.add(str(found[0]))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for n in range(1, 9):
            number(n)
    finally:
        done.set()
        reader.join()
    assert wrong == []
    assert len(seen) > 1
