"""What belongs to a shop beside its products: pictures, links, categories, collections, stock."""

from __future__ import annotations

import contextlib
import io
import sqlite3
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image

from tests.api.conftest import Api, Place
from tests.api.test_products import create, merchant  # noqa: F401 - a fixture
from tests.servers import Vitrail

buffer = io.BytesIO()
Image.new("RGB", (4, 4)).save(buffer, "PNG")
PIXELS = buffer.getvalue()
WHOLE = """query($id: ID!) { product(id: $id) {
  category options { name values } images { imageId url alt } affiliateLinks { network url commission }
  variants { options }
} }"""


@pytest.fixture(name="lamp")
def lamp_(api: Api, place: Place, merchant: str, request: pytest.FixtureRequest) -> dict[str, Any]:  # noqa: F811
    """A product of one's own, with 3 in stock."""
    return create(api, place.site, merchant, request.node.name)


def test_a_product_has_pictures_options_links_and_a_category(
    api: Api, place: Place, lamp: dict[str, Any]
):
    made = api(
        'mutation($s: ID!) { categoryCreate(siteId: $s, names: {fr: "Salon"}) { category { id } } }',
        s=place.site,
    )["categoryCreate"]["category"]["id"]
    product = {
        "categoryId": made,
        "options": [{"name": "Teinte", "values": ["ambre", "fumé"]}],
        "images": [{"url": "https://example.org/lampe.jpg", "alt": {"fr": "La lampe"}}],
        "affiliateLinks": [
            {"network": "awin", "url": "https://example.org/l", "commission": 750},
        ],
    }
    changed = api(
        """mutation($id: ID!, $product: ProductInput!) {
          productUpdate(id: $id, product: $product) { errors { code message } }
        }""",
        id=lamp["id"],
        product=product,
    )["productUpdate"]
    assert changed["errors"] == []
    found = api(WHOLE, id=lamp["id"])["product"]
    assert found["category"] == made
    assert found["options"] == product["options"]
    assert found["images"] == [{"imageId": None, **product["images"][0]}]
    assert found["affiliateLinks"] == product["affiliateLinks"]
    out = {"id": lamp["id"], "product": {"categoryId": None}}
    api(
        """mutation($id: ID!, $product: ProductInput!) {
          productUpdate(id: $id, product: $product) { errors { code } }
        }""",
        **out,
    )
    assert api(WHOLE, id=lamp["id"])["product"]["category"] is None


def test_a_picture_is_an_image_or_an_address(api: Api, lamp: dict[str, Any]):
    [error] = api(
        """mutation($id: ID!) {
          productUpdate(id: $id, product: {images: [{}]}) { errors { code } }
        }""",
        id=lamp["id"],
    )["productUpdate"]["errors"]
    assert error["code"] == "invalid_input"


def test_categories_are_a_tree(api: Api, place: Place):
    make = """mutation($s: ID!, $names: JSON!, $in: ID) {
      categoryCreate(siteId: $s, names: $names, parentId: $in) {
        category { id names parent slug } errors { code } } }"""
    move = """mutation($id: ID!, $in: ID) {
      categoryUpdate(id: $id, parentId: $in) { category { parent } errors { code } } }"""
    drop = "mutation($id: ID!) { categoryDelete(id: $id) { deletedId errors { code } } }"
    top = api(make, s=place.site, names={"fr": "Maison"})["categoryCreate"]["category"]
    below = api(make, s=place.site, names={"fr": "Cuisine"}, **{"in": top["id"]})
    below = below["categoryCreate"]["category"]
    assert (top["parent"], below["parent"]) == (None, top["id"])
    listed = api(
        "query($s: ID!) { categories(siteId: $s) { id parent } node(id: $s) { id } }", s=place.site
    )["categories"]
    assert {"id": below["id"], "parent": top["id"]} in listed
    circle = api(move, id=top["id"], **{"in": below["id"]})["categoryUpdate"]
    assert [error["code"] for error in circle["errors"]] == ["conflict"]
    assert api(drop, id=top["id"])["categoryDelete"]["errors"][0]["code"] == "conflict"
    assert api(move, id=below["id"], **{"in": None})["categoryUpdate"]["category"] == {
        "parent": None
    }
    assert api(drop, id=top["id"])["categoryDelete"] == {"deletedId": top["id"], "errors": []}
    assert api("query($id: ID!) { node(id: $id) { id } }", id=top["id"])["node"] is None
    seen = api("query($id: ID!) { node(id: $id) { ... on Category { slug } } }", id=below["id"])
    assert seen["node"] == {"slug": "cuisine"}


def test_a_collection_is_renamed_reordered_and_deleted(
    api: Api,
    place: Place,
    merchant: str,  # noqa: F811
):
    ids = [create(api, place.site, merchant, f"Ordre {n}")["id"] for n in range(3)]
    made = api(
        """mutation($s: ID!, $ids: [ID!]!) {
          collectionCreate(siteId: $s, names: {fr: "Été"}, productIds: $ids) {
            collection { id } errors { code } } }""",
        s=place.site,
        ids=ids,
    )["collectionCreate"]["collection"]["id"]
    changed = api(
        """mutation($id: ID!, $ids: [ID!]!) {
          collectionUpdate(id: $id, names: {fr: "Hiver"}, productIds: $ids) {
            collection { names products { nodes { id } } } errors { code } } }""",
        id=made,
        ids=ids[::-1],
    )["collectionUpdate"]["collection"]
    assert changed["names"] == {"fr": "Hiver"}
    assert [node["id"] for node in changed["products"]["nodes"]] == ids[::-1]
    listed = api(
        "query($s: ID!) { collections(siteId: $s, first: 100) { nodes { id } } }", s=place.site
    )["collections"]["nodes"]
    assert {"id": made} in listed
    gone = api("mutation($id: ID!) { collectionDelete(id: $id) { deletedId } }", id=made)
    assert gone["collectionDelete"]["deletedId"] == made


RESERVE = """mutation($s: ID!, $lines: [StockLineInput!]!, $reference: String) {
  stockReserve(siteId: $s, lines: $lines, reference: $reference) {
    reservation { id state expiresAt lines { variantId quantity } } errors { code } } }"""
END = """mutation($s: ID!, $r: ID!) {
  %s(siteId: $s, reservationId: $r) { reservation { state } errors { code } } }"""
STOCK = "query($id: ID!) { product(id: $id) { stock { available reserved } } }"


def test_stock_is_set_aside_sold_and_given_back(api: Api, place: Place, lamp: dict[str, Any]):
    variant = lamp["variants"][0]["id"]

    def stock() -> tuple[int, int]:
        found = api(STOCK, id=lamp["id"])["product"]["stock"]
        return found["available"], found["reserved"]

    def reserve(quantity: int, reference: str | None = None) -> Any:
        lines = [{"variantId": variant, "quantity": quantity}]
        return api(RESERVE, s=place.site, lines=lines, reference=reference)["stockReserve"]

    first = reserve(2, lamp["id"])["reservation"]
    assert first["lines"] == [{"variantId": variant, "quantity": 2}]
    assert stock() == (1, 2)
    assert reserve(2, lamp["id"])["reservation"]["id"] == first["id"]
    assert reserve(2)["errors"][0]["code"] == "out_of_stock"
    second = reserve(1)["reservation"]
    sold = api(END % "stockCommit", s=place.site, r=first["id"])["stockCommit"]
    assert (sold["reservation"]["state"], stock()) == ("committed", (0, 1))
    back = api(END % "stockRelease", s=place.site, r=second["id"])["stockRelease"]
    assert (back["reservation"]["state"], stock()) == ("released", (1, 0))
    late = api(END % "stockCommit", s=place.site, r=second["id"])["stockCommit"]
    assert late["errors"][0]["code"] == "reservation"
    more = (
        "mutation($v: ID!, $by: Int!) { stockAdjust(variantId: $v, by: $by) { errors { code } } }"
    )
    assert api(more, v=variant, by=9)["stockAdjust"]["errors"] == []
    assert api(more, v=variant, by=-99)["stockAdjust"]["errors"][0]["code"] == "out_of_stock"
    assert stock() == (10, 0)


def test_a_server_gives_back_what_is_due(
    api: Api, place: Place, lamp: dict[str, Any], shared_vitrail: Vitrail
):
    lines = [{"variantId": lamp["variants"][0]["id"], "quantity": 3}]
    held = api(RESERVE, s=place.site, lines=lines)["stockReserve"]["reservation"]["id"]
    with contextlib.closing(sqlite3.connect(shared_vitrail.data / "vitrail.db")) as sql, sql:
        statement = "UPDATE commerce_reservation SET expires_at = '2026-01-01' WHERE id = ?"
        assert sql.execute(statement, [held.partition(":")[2]]).rowcount == 1
    while api(STOCK, id=lamp["id"])["product"]["stock"] != {"available": 3, "reserved": 0}:
        pass  # pytest-timeout ends what never comes


def test_moderators_see_what_waits(
    api: Api, apis: dict[str, Api], lamp: dict[str, Any], place: Place
):
    api(
        """mutation($id: ID!) {
          reviewCreate(productId: $id, author: "Ana", rating: 4, body: "À voir") { errors { code } }
        }""",
        id=lamp["id"],
    )
    query = "query($s: ID!) { reviews(siteId: $s, status: PENDING) { nodes { body } } }"
    assert {"body": "À voir"} in api(query, s=place.site)["reviews"]["nodes"]
    [error] = apis["viewer"].errors(query, s=place.site)
    assert error["extensions"]["code"] == "not_allowed"


def test_a_review_says_of_what_it_is_and_waits_unseen(
    api: Api, apis: dict[str, Api], lamp: dict[str, Any], place: Place
):
    made = api(
        """mutation($id: ID!) {
          reviewCreate(productId: $id, author: "Ana", rating: 1, body: "Spam") { review { id } }
        }""",
        id=lamp["id"],
    )["reviewCreate"]["review"]["id"]
    query = """query($s: ID!, $r: ID!) {
      node(id: $r) { ... on Review { productId status } }
      sync(siteId: $s, kinds: [REVIEW]) { changed { id } deleted } }"""

    def seen(who: Api) -> tuple[Any, bool]:
        found = who(query, s=place.site, r=made)
        return found["node"], {"id": made} in found["sync"]["changed"]

    assert seen(api) == ({"productId": lamp["id"], "status": "PENDING"}, True)
    assert seen(apis["viewer"]) == (None, False)
    moderate = """mutation($r: ID!, $to: ReviewStatus!) {
      reviewModerate(id: $r, status: $to) { review { status } errors { code } } }"""
    for status in ("APPROVED", "REJECTED"):
        told = api(moderate, r=made, to=status)["reviewModerate"]["review"]
        assert told == {"status": status}
        is_there = status == "APPROVED"
        expected = {"productId": lamp["id"], "status": status} if is_there else None
        assert seen(apis["viewer"]) == (expected, is_there)


def test_the_products_of_a_category_are_those_of_its_branches_too(
    api: Api, place: Place, lamp: dict[str, Any]
):
    make = """mutation($s: ID!, $p: ID) {
      categoryCreate(siteId: $s, names: {fr: "Maison"}, parentId: $p) { category { id } } }"""
    root = api(make, s=place.site, p=None)["categoryCreate"]["category"]["id"]
    branch = api(make, s=place.site, p=root)["categoryCreate"]["category"]["id"]
    api(
        """mutation($id: ID!, $c: ID!) {
          productUpdate(id: $id, product: {categoryId: $c}) { errors { code } } }""",
        id=lamp["id"],
        c=branch,
    )
    query = """query($s: ID!, $c: ID!) {
      in: products(siteId: $s, filter: {categoryId: $c}) { nodes { id } totalCount }
      out: products(siteId: $s, first: 100, filter: {noneOf: [{categoryId: $c}]}) { nodes { id } } }"""
    for category in (root, branch):
        found = api(query, s=place.site, c=category)
        assert found["in"] == {"nodes": [{"id": lamp["id"]}], "totalCount": 1}
        assert {"id": lamp["id"]} not in found["out"]["nodes"]


def test_a_search_for_nothing_is_none(api: Api, place: Place, lamp: dict[str, Any]):
    query = """query($s: ID!, $q: String) {
      products(siteId: $s, search: $q) { nodes { id } totalCount } }"""
    everything = api(query, s=place.site, q=None)
    assert {"id": lamp["id"]} in everything["products"]["nodes"]
    for blank in ("", "  "):
        assert api(query, s=place.site, q=blank) == everything
    assert api(query, s=place.site, q="-")["products"] == {"nodes": [], "totalCount": 0}


def test_variants_pictures_and_orders_are_found_by_their_ids(
    api: Api, apis: dict[str, Api], place: Place, lamp: dict[str, Any]
):
    ticket = api(
        'mutation($s: ID!) { imageUploadTicket(siteId: $s, name: "p.png") { uploadUrl } }',
        s=place.site,
    )["imageUploadTicket"]["uploadUrl"]
    image = api.asker.http.put(urlsplit(ticket).path, content=PIXELS).json()["id"]
    order = api(
        """mutation($s: ID!, $id: String!) { orderRecord(siteId: $s, order: {
          externalId: $id, currency: "EUR", placedAt: "2026-11-20T10:00:00Z"
          lines: [{name: "Lampe", quantity: 2, unitAmount: 1990}] }) { id errors { code } } }""",
        s=place.site,
        id=lamp["id"],
    )["orderRecord"]["id"]
    variant = lamp["variants"][0]["id"]
    ids = [variant, f"asset:{image}", order]
    query = """query($ids: [ID!]!) { nodes(ids: $ids) { id
      ... on Variant { sku } ... on Image { name } ... on OrderFact { units } } }"""
    found = api(query, ids=ids)["nodes"]
    assert [node["id"] for node in found] == ids
    assert (found[1]["name"], found[2]["units"]) == ("p.png", 2)
    assert apis["stranger"](query, ids=ids)["nodes"] == [None] * 3
    assert [bool(node) for node in apis["viewer"](query, ids=ids)["nodes"]] == [True, True, False]


def test_orders_are_listed_with_what_was_bought_and_what_went_back(
    api: Api, apis: dict[str, Api], place: Place, lamp: dict[str, Any]
):
    record = """mutation($s: ID!, $o: OrderInput!) {
      orderRecord(siteId: $s, order: $o) { id errors { code } } }"""
    back = """mutation($s: ID!, $of: String!) { refundRecord(siteId: $s, orderExternalId: $of, refund: {
      externalId: "r", amount: 1990, reason: "cassé", refundedAt: "2126-11-22T10:00:00Z" }) {
        errors { code } } }"""
    line = {"name": "Lampe", "quantity": 2, "unitAmount": 1990, "productId": lamp["id"]}
    facts = [
        {
            "externalId": f"{lamp['id']}-{day}",
            "currency": "EUR",
            "placedAt": f"2126-11-2{day}T10:00:00Z",  # those of other tests are before
            "lines": [line],
        }
        for day in range(3)
    ]
    ids = [api(record, s=place.site, o=fact)["orderRecord"]["id"] for fact in facts]
    api(back, s=place.site, of=facts[2]["externalId"])
    query = """query($s: ID!, $after: String) { orders(siteId: $s, first: 2, after: $after) {
      nodes { id externalId refunded { amount } placedAt
        lines { name quantity unitPrice { amount currency } productId variantId }
        refunds { externalId amount { amount } reason refundedAt } }
      pageInfo { hasNextPage endCursor } } }"""
    page = api(query, s=place.site)["orders"]
    assert [node["id"] for node in page["nodes"]] == ids[:0:-1]
    newest = page["nodes"][0]
    assert newest["lines"] == [
        {
            "name": "Lampe",
            "quantity": 2,
            "unitPrice": {"amount": 1990, "currency": "EUR"},
            "productId": lamp["id"],
            "variantId": None,
        }
    ]
    [refund] = newest["refunds"]
    assert (refund["amount"], refund["reason"]) == ({"amount": 1990}, "cassé")
    assert newest["refunded"] == {"amount": 1990}
    assert page["pageInfo"]["hasNextPage"]
    rest = api(query, s=place.site, after=page["pageInfo"]["endCursor"])["orders"]["nodes"]
    assert rest[0]["id"] == ids[0]
    asked = {"query": query, "variables": {"s": place.site}}
    [error] = apis["viewer"].post(asked).json()["errors"]
    assert error["extensions"]["code"] == "not_allowed"


def test_variants_come_and_go(api: Api, lamp: dict[str, Any]):
    make = """mutation($id: ID!, $v: VariantInput!) { it: variantCreate(productId: $id, variant: $v) {
      product { variants { id sku revision prices { amount } } } errors { code } } }"""
    drop = """mutation($id: ID!, $at: Int) { it: variantDelete(id: $id, ifRevision: $at) {
      product { variants { id } } errors { code } } }"""
    [first] = api("query($id: ID!) { product(id: $id) { variants { id sku } } }", id=lamp["id"])[
        "product"
    ]["variants"]
    wanted = {"sku": f"{first['sku']}-G", "prices": [{"amount": 4200, "currency": "EUR"}]}
    made = api(make, id=lamp["id"], v=wanted)["it"]
    assert [v["sku"] for v in made["product"]["variants"]] == [first["sku"], wanted["sku"]]
    second = made["product"]["variants"][1]
    assert second["prices"] == [{"amount": 4200}]
    assert api(make, id=lamp["id"], v=wanted)["it"]["errors"] == [{"code": "sku"}]
    stale = api(drop, id=second["id"], at=second["revision"] + 1)["it"]["errors"]
    assert stale == [{"code": "revision"}]
    left = api(drop, id=second["id"], at=second["revision"])["it"]["product"]["variants"]
    assert left == [{"id": first["id"]}]


def test_a_merchant_is_changed_and_goes_when_nothing_is_left(api: Api, place: Place):
    make = """mutation($s: ID!) { it: merchantCreate(siteId: $s, name: "Verrerie", url: "https://example.org/") {
      merchant { id revision url country } } }"""
    change = """mutation($id: ID!, $name: String, $url: String, $at: Int) {
      it: merchantUpdate(id: $id, name: $name, url: $url, country: "FR", ifRevision: $at) {
        merchant { name url country revision } errors { code } } }"""
    drop = "mutation($id: ID!) { it: merchantDelete(id: $id) { deletedId errors { code } } }"
    made = api(make, s=place.site)["it"]["merchant"]
    assert (made["url"], made["country"]) == ("https://example.org/", "")
    changed = api(change, id=made["id"], name="Verrerie Sud", at=made["revision"])["it"]
    found = changed["merchant"]
    assert (found["name"], found["url"], found["country"]) == ("Verrerie Sud", made["url"], "FR")
    assert api(change, id=made["id"], url=None)["it"]["merchant"]["url"] is None
    stale = api(change, id=made["id"], name="X", at=made["revision"])["it"]["errors"]
    assert stale == [{"code": "revision"}]
    product = create(api, place.site, made["id"], "Carafe")
    assert api(drop, id=made["id"])["it"]["errors"] == [{"code": "conflict"}]
    api("mutation($id: ID!) { productDelete(id: $id) { errors { code } } }", id=product["id"])
    assert api(drop, id=made["id"])["it"] == {"deletedId": made["id"], "errors": []}


def test_a_review_is_deleted_and_counts_no_more(api: Api, lamp: dict[str, Any]):
    said = api(
        """mutation($p: ID!) {
          reviewCreate(productId: $p, author: "Ana", rating: 1, body: "Cassée") { review { id } } }""",
        p=lamp["id"],
    )["reviewCreate"]["review"]["id"]
    api(
        "mutation($r: ID!) { reviewModerate(id: $r, status: APPROVED) { errors { code } } }", r=said
    )
    rating = "query($id: ID!) { product(id: $id) { rating reviewCount } }"
    assert api(rating, id=lamp["id"])["product"] == {"rating": 1.0, "reviewCount": 1}
    drop = "mutation($r: ID!) { reviewDelete(id: $r) { deletedId errors { code } } }"
    assert api(drop, r=said)["reviewDelete"] == {"deletedId": said, "errors": []}
    assert api(rating, id=lamp["id"])["product"] == {"rating": None, "reviewCount": 0}
    assert api(drop, r=said)["reviewDelete"]["errors"] == [{"code": "not_found"}]
