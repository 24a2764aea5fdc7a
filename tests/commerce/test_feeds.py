"""Product feeds, as programs that fetch them read them, on a real server."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import httpx2
import pytest
from hypothesis import given, settings, strategies as st

from tests.servers import Vitrail
from vitrail.commerce.feeds import COLUMNS, Offer, _csv, _item, _row

G = "{http://base.google.com/ns/1.0}"
NASTY = "=SUM(1) <b>&\"'] ]> \x0b\U0001f600"


def graph(owner: httpx2.Client, query: str, **variables: Any) -> Any:
    answer = owner.post("/graphql", json={"query": query, "variables": variables}).json()
    assert "errors" not in answer, answer
    [result] = answer["data"].values()
    assert result["errors"] == [], result
    return result


def feed_set(owner: httpx2.Client, site: str, **how: Any) -> Any:
    return graph(
        owner,
        """mutation($site: ID!, $enabled: Boolean!, $link: String, $currency: String) {
             productFeedSet(siteId: $site, enabled: $enabled, link: $link, currency: $currency) {
               site { productFeed { enabled link currency googleUrl metaUrl } } errors { message }
             }
           }""",
        site=f"site:{site}",
        **how,
    )["site"]["productFeed"]


@pytest.fixture(scope="module")
def shop(shared_vitrail: Vitrail, owner_token: str) -> Iterator[tuple[httpx2.Client, str]]:
    """A published site with three products that may be fetched: its owner, and its id."""
    headers = {"Authorization": f"Bearer {owner_token}"}
    with httpx2.Client(base_url=shared_vitrail.base, headers=headers, timeout=30) as owner:
        site = owner.post("/api/sites", json={"name": "Flux & <fils>"}).json()["id"]
        make = (
            'mutation($s: ID!) { it: merchantCreate(siteId: $s, name: "Atelier & Cie")'
            " { merchant { id } errors { message } } }"
        )
        merchant = graph(owner, make, s=f"site:{site}")["merchant"]["id"]

        def product(names: dict[str, str], *variants: dict[str, Any], **more: Any) -> None:
            graph(
                owner,
                """mutation($s: ID!, $p: ProductInput!, $v: [VariantInput!]!) {
                     productCreate(siteId: $s, product: $p, variants: $v) { errors { message } }
                   }""",
                s=f"site:{site}",
                p={"names": names, "merchantId": merchant, "status": "ACTIVE", **more},
                v=list(variants),
            )

        def priced(sku: str, amount: int, **more: Any) -> dict[str, Any]:
            compare = {"compareAt": more.pop("before")} if "before" in more else {}
            prices = [{"amount": amount, "currency": more.pop("currency", "EUR"), **compare}]
            return {"sku": sku, "prices": prices, "available": 1, **more}

        product({"fr": "Lampe", "en": "Lamp"}, priced("L-1", 3900, before=4900))
        product(
            {"fr": "Chaise", "en": "Chair"}, priced("C-1", 1000), priced("C-2", 1100, available=0)
        )
        product({"fr": NASTY.replace("\x0b", ""), "en": "Nasty"}, priced("+N", 1, currency="EUR"))
        later = {"available": 0, "availableOn": "2031-03-01"}
        product(
            {"fr": "Banc", "en": "Bench"},
            priced("B-1", 9000, **later, policy="PREORDER"),
            priced("B-2", 9000, **later, policy="CONTINUE"),
            priced("B-3", 9000, **later),
        )
        product({"fr": "En dollars"}, priced("D-1", 500, currency="USD"))
        product({"fr": "Brouillon"}, priced("Z-1", 500), status="DRAFT")
        owner.post(f"/api/sites/{site}/publish").raise_for_status()
        yield owner, site


@pytest.fixture
def feed(shop: tuple[httpx2.Client, str]) -> dict[str, Any]:
    return feed_set(shop[0], shop[1], enabled=True, link="/?product={slug}", currency="EUR")


def items(text: bytes) -> dict[str, dict[str, str]]:
    root = ElementTree.fromstring(text)
    assert (root.tag, root.attrib) == ("rss", {"version": "2.0"})
    assert root.findtext("channel/title") == "Flux & <fils>"
    found = [{each.tag: each.text or "" for each in item} for item in root.iter("item")]
    return {item[f"{G}id"]: item for item in found}


def test_google_reads_active_products_a_row_for_each_variant(feed: dict[str, Any]):
    answer = httpx2.get(feed["googleUrl"])
    assert answer.headers["content-type"] == "application/rss+xml; charset=utf-8"
    found = items(answer.content)
    assert found.keys() == {"L-1", "C-1", "C-2", "+N", "B-1", "B-2", "B-3"}
    lamp = found["L-1"]
    assert lamp[f"{G}title"] == "Lampe"
    assert (lamp[f"{G}price"], lamp[f"{G}sale_price"]) == ("49.00 EUR", "39.00 EUR")
    assert lamp[f"{G}link"].endswith("/?product=lamp")
    assert lamp[f"{G}link"].startswith(feed["googleUrl"].removesuffix("/feeds/google.xml"))
    assert (lamp[f"{G}brand"], lamp[f"{G}condition"]) == ("Atelier & Cie", "new")
    assert f"{G}item_group_id" not in lamp
    assert found["C-1"][f"{G}item_group_id"] == found["C-2"][f"{G}item_group_id"] != ""
    assert [found[sku][f"{G}availability"] for sku in ("C-1", "C-2")] == [
        "in_stock",
        "out_of_stock",
    ]
    told = [
        (found[sku][f"{G}availability"], found[sku].get(f"{G}availability_date"))
        for sku in ("L-1", "B-1", "B-2", "B-3")
    ]
    assert told == [
        ("in_stock", None),
        ("preorder", "2031-03-01T00:00Z"),
        ("backorder", "2031-03-01T00:00Z"),
        ("out_of_stock", None),
    ]
    assert found["+N"][f"{G}title"] == NASTY.replace("\x0b", "")
    english = items(httpx2.get(feed["googleUrl"], params={"locale": "en"}).content)
    assert english["L-1"][f"{G}title"] == "Lamp"
    assert httpx2.get(feed["googleUrl"], params={"locale": "de"}).status_code == 404


def test_meta_reads_the_same_and_no_cell_is_a_formula(feed: dict[str, Any]):
    answer = httpx2.get(feed["metaUrl"])
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    found = {row["id"]: row for row in rows}
    assert found.keys() == {"L-1", "C-1", "C-2", "'+N", "B-1", "B-2", "B-3"}
    assert found["B-1"]["availability_date"] == "2031-03-01T00:00Z"
    assert found["L-1"]["availability_date"] == ""
    assert (found["L-1"]["price"], found["L-1"]["sale_price"]) == ("49.00 EUR", "39.00 EUR")
    assert found["C-2"]["availability"] == "out of stock"
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+-@\t\r" and cell]


def test_what_has_not_changed_is_not_sent_again(
    feed: dict[str, Any], shop: tuple[httpx2.Client, str]
):
    for url in (feed["googleUrl"], feed["metaUrl"]):
        tag = httpx2.get(url).headers["etag"]
        again = httpx2.get(url, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        english = httpx2.get(url, params={"locale": "en"}, headers={"If-None-Match": tag})
        assert english.status_code == 200
    before = httpx2.get(feed["metaUrl"]).headers["etag"]
    feed_set(*shop, enabled=True, link="https://shop.example.com/{locale}/{sku}", currency="USD")
    answer = httpx2.get(feed["metaUrl"])
    assert answer.headers["etag"] != before
    [row] = csv.DictReader(io.StringIO(answer.text))
    assert (row["link"], row["price"]) == ("https://shop.example.com/fr/D-1", "5.00 USD")


def test_a_feed_is_off_until_it_is_turned_on(feed: dict[str, Any], shop: tuple[httpx2.Client, str]):
    feed_set(*shop, enabled=False)
    for url in (feed["googleUrl"], feed["metaUrl"]):
        assert httpx2.get(url).status_code == 404


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "http://a.com/{slug}", "//a.com/", "/{nope}", "/a b", "/" + "a" * 300],
)
def test_what_is_no_link_is_refused(shop: tuple[httpx2.Client, str], link: str):
    query = """mutation($s: ID!, $l: String) {
      productFeedSet(siteId: $s, enabled: true, link: $l) { errors { message } }
    }"""
    variables = {"s": f"site:{shop[1]}", "l": link}
    done = shop[0].post("/graphql", json={"query": query, "variables": variables}).json()
    assert done["data"]["productFeedSet"]["errors"]


@given(texts=st.lists(st.text(max_size=40), min_size=6, max_size=6))
@settings(max_examples=150, deadline=None)
def test_whatever_people_write_is_read_back_by_those_who_fetch(texts: list[str]):
    name, description, brand, sku, option, image = texts
    offer = Offer(
        id=sku,
        title=name,
        description=description,
        availability="in_stock",
        availability_date="",
        price="1.00 EUR",
        sale_price="",
        link="https://example.com/",
        images=(image,),
        brand=brand,
        group="",
        options={"color": option},
    )
    item = ElementTree.fromstring(
        f'<rss xmlns:g="http://base.google.com/ns/1.0">{_item(offer)}</rss>'.encode(
            "utf-8", "replace"
        )
    )
    if name.isalnum() and name.isascii():
        assert item.findtext(f"item/{G}title") == name
    [row] = csv.reader(io.StringIO(_csv([_row(offer)]).decode(), newline=""))
    assert len(row) == len(COLUMNS)
    assert not [cell for cell in row if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}]
