"""Filters, sorts, pages and `sync` over GraphQL give what a plain model of the same products gives."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from tests.api.house import House, opened

PRODUCT = """id names tags status merchant { id } prices { amount currency } inStock rating
  createdAt updatedAt revision"""
LIST = f"""query($s: ID!, $n: Int!, $after: String, $filter: ProductFilterInput, $sort: ProductSortInput) {{
  products(siteId: $s, first: $n, after: $after, filter: $filter, sort: $sort) {{
    nodes {{ {PRODUCT} }} pageInfo {{ hasNextPage endCursor }}
  }}
}}"""
CREATE = """mutation($s: ID!, $product: ProductInput!, $variants: [VariantInput!]!) {
  productCreate(siteId: $s, product: $product, variants: $variants) {
    product { id variants { id } } errors { code message }
  }
}"""
MERCHANT = """mutation($s: ID!, $name: String!) {
  merchantCreate(siteId: $s, name: $name) { merchant { id } errors { code } }
}"""
REVIEW = """mutation($p: ID!, $rating: Int!) {
  reviewCreate(productId: $p, author: "Ana", rating: $rating, body: "B") {
    review { id } errors { code }
  }
}"""
APPROVE = "mutation($r: ID!) { reviewModerate(id: $r, status: APPROVED) { errors { code } } }"
ORDER = """mutation($s: ID!, $o: OrderInput!) {
  orderRecord(siteId: $s, order: $o) { errors { code message } }
}"""
SYNC = f"""query($s: ID!, $since: String, $n: Int!) {{
  sync(siteId: $s, since: $since, first: $n) {{
    changed {{ id ... on Product {{ {PRODUCT} }} }} deleted cursor hasMore reset
  }}
}}"""
TAGS, CURRENCIES = ("bois", "fer", "lin"), ("EUR", "JPY")
STATUSES = ("DRAFT", "ACTIVE", "ARCHIVED")
COUNT = 24


@dataclass
class Model:
    """A house, and what is in its shop as the answers told it."""

    house: House
    merchants: list[str]
    products: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    sold: dict[str, int] = field(default_factory=dict[str, int])
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def price(self, product: dict[str, Any], currency: str) -> int | None:
        found = [each["amount"] for each in product["prices"] if each["currency"] == currency]
        return min(found, default=None)

    def holds(self, product: dict[str, Any], wanted: dict[str, Any]) -> bool:
        known = wanted.get
        ranged = known("price")
        price = self.price(product, ranged["currency"]) if ranged else None
        return all(
            (
                known("merchantId") in {None, product["merchant"]["id"]},
                known("status") in {None, product["status"]},
                known("inStock") in {None, product["inStock"]},
                ranged is None
                or (
                    price is not None
                    and price >= (ranged.get("minimum") or 0)
                    and price <= ranged.get("maximum", math.inf)
                ),
                known("minimumRating") is None
                or (product["rating"] or 0) >= wanted["minimumRating"] > 0,
                known("updatedSince") is None
                or moment(product["updatedAt"]) >= moment(wanted["updatedSince"]),
                set(known("tags", ())) <= set(product["tags"]),
                all(self.holds(product, one) for one in known("allOf", ())),
                known("anyOf") is None or any(self.holds(product, one) for one in wanted["anyOf"]),
                not any(self.holds(product, one) for one in known("noneOf", ())),
            )
        )

    def list(self, wanted: dict[str, Any], sort: dict[str, Any]) -> list[str]:
        by = sort["field"]
        falls = sort.get("descending", by not in {"NAME", "PRICE"})

        def key(product: dict[str, Any]) -> Any:
            price = self.price(product, sort.get("currency", "EUR"))
            return {
                "PRICE": price if price is not None else -1 if falls else math.inf,
                "NAME": product["names"][sort.get("locale", "en")].lower(),
                "RATING": product["rating"] or 0,
                "CREATED": moment(product["createdAt"]),
                "UPDATED": moment(product["updatedAt"]),
                "BEST_SELLING": self.sold.get(product["id"], 0),
            }[by]

        found = [product for product in self.products if self.holds(product, wanted)]
        found.sort(key=lambda product: (key(product), product["id"]), reverse=falls)
        return [product["id"] for product in found]

    def whole(self) -> list[dict[str, Any]]:
        return self.house(LIST, s=self.house.site, n=100)["products"]["nodes"]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def model(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Model]:
    is_postgres = request.param == "postgres"
    cluster = request.getfixturevalue("postgres") if is_postgres else None
    with opened(tmp_path_factory.mktemp("model"), cluster) as house:
        names = ("Un", "Deux")
        merchants = [
            house(MERCHANT, s=house.site, name=name)["merchantCreate"]["merchant"]["id"]
            for name in names
        ]
        model = Model(house, merchants)
        for _ in range(COUNT):
            fill(model)
        model.products = model.whole()
        yield model


def fill(model: Model) -> None:
    """Make a product that differs from the others in all that is filtered by."""
    house, n = model.house, next(model.numbers)
    variants = [
        {
            "sku": f"{n}-{k}",
            "prices": [
                {"amount": (n * 7 + k * 3) % 20, "currency": c} for c in CURRENCIES[: (n + k) % 3]
            ],
            "available": (n + k) % 3,
            "policy": ("DENY", "CONTINUE", "PREORDER")[n % 7 // 3],
        }
        for k in range(n % 3)
    ]
    product = {
        "names": {"fr": f"Nom {n * 13 % COUNT:02}", "en": f"Name {n * 29 % COUNT:02}"},
        "merchantId": model.merchants[n % 2],
        "status": STATUSES[n % 4 % 3],
        "tags": [tag for place, tag in enumerate(TAGS) if n >> place & 1],
    }
    made = house(CREATE, s=house.site, product=product, variants=variants)["productCreate"][
        "product"
    ]
    for rating in range(n % 4, n % 4 + n % 3):
        said = house(REVIEW, p=made["id"], rating=rating + 1)["reviewCreate"]["review"]["id"]
        house(APPROVE, r=said)
    if n % 5 == 0 and variants:
        model.sold[made["id"]] = n + 1
        line = {
            "name": "N",
            "quantity": n + 1,
            "unitAmount": 1,
            "productId": made["id"],
            "variantId": made["variants"][0]["id"],
        }
        order = {"externalId": str(n), "currency": "EUR", "lines": [line]}
        house(ORDER, s=house.site, o={**order, "placedAt": "2026-11-01T10:00:00Z"})


def filters(model: Model) -> st.SearchStrategy[dict[str, Any]]:
    times = [product["updatedAt"] for product in model.products]
    conditions = {
        "merchantId": st.sampled_from([*model.merchants, "merchant:" + "0" * 26]),
        "status": st.sampled_from(STATUSES),
        "inStock": st.booleans(),
        "price": st.fixed_dictionaries(
            {"currency": st.sampled_from(CURRENCIES)},
            optional={"minimum": st.integers(0, 9), "maximum": st.integers(6, 20)},
        ),
        "minimumRating": st.sampled_from([1.0, 2.5, 3.0, 4.5]),
        "updatedSince": st.sampled_from(times),
        "tags": st.lists(st.sampled_from(TAGS), min_size=1, max_size=2),
    }
    singles = [st.fixed_dictionaries({name: value}) for name, value in conditions.items()]
    # More than two at once hold of nothing.
    one = st.builds(
        lambda some, more: some | more, st.one_of(singles), st.just({}) | st.one_of(singles)
    )
    groups = ("allOf", "anyOf", "noneOf")
    return st.recursive(
        one,
        lambda inner: st.fixed_dictionaries(
            {}, optional={name: st.lists(inner, max_size=2) for name in groups}
        ),
        max_leaves=5,
    )


SORTS = st.fixed_dictionaries(
    {"field": st.sampled_from(["PRICE", "NAME", "RATING", "CREATED", "UPDATED", "BEST_SELLING"])},
    optional={
        "descending": st.booleans(),
        "currency": st.sampled_from(CURRENCIES),
        "locale": st.sampled_from(["fr", "en"]),
    },
)
BOUNDED = settings(
    max_examples=40,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


@BOUNDED
@given(data=st.data())
def compare(model: Model, lengths: list[int], data: Any):
    wanted, sort = data.draw(filters(model)), data.draw(SORTS)
    first = data.draw(st.integers(1, COUNT + 1))
    found: list[str] = []
    after = None
    while True:
        page = model.house(
            LIST, s=model.house.site, n=first, after=after, filter=wanted, sort=sort
        )["products"]
        found += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        assert len(page["nodes"]) == first
    assert found == model.list(wanted, sort)
    lengths.append(len(found))


def test_pages_joined_are_what_the_model_lists(model: Model):
    lengths: list[int] = []
    compare(model, lengths)
    assert len({*lengths}) > 5  # they were not all empty, nor all whole


CHANGES = {
    "name": 'mutation($p: ID!) { it: productUpdate(id: $p, product: {names: {fr: "Neuf"}}) { errors { code } } }',
    "tags": "mutation($p: ID!) { it: productUpdate(id: $p, product: {tags: []}) { errors { code } } }",
    "review": REVIEW.replace("$rating: Int!", "$rating: Int! = 5"),
    "delete": "mutation($p: ID!) { it: productDelete(id: $p) { errors { code } } }",
    "create": "",
}


@settings(BOUNDED, max_examples=6)
@given(data=st.data())
def stay_in_step(model: Model, data: Any):
    house = model.house
    copies: list[tuple[str | None, dict[str, Any]]] = [(None, {})]

    def catch_up(since: str | None, had: dict[str, Any], first: int) -> str:
        while True:
            page = house(SYNC, s=house.site, since=since, n=first)["sync"]
            assert not page["reset"]
            assert len(page["changed"]) + len(page["deleted"]) <= first
            had.update((node["id"], node) for node in page["changed"])
            for gone in page["deleted"]:
                had.pop(gone, None)
            since = page["cursor"]
            if not page["hasMore"]:
                return page["cursor"]
            copies.append((since, dict(had)))

    steps = st.lists(
        st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0)), min_size=1, max_size=4
    )
    for done, number in data.draw(steps):
        there = model.whole()
        if done == "create" or len(there) < 4:
            fill(model)
        else:
            house(CHANGES[done], p=there[number % len(there)]["id"])
        since, had = copies[number % len(copies)]
        had = dict(had)
        copies.append((catch_up(since, had, 1 + number % 7), had))
    whole = {node["id"]: node for node in model.whole()}
    for since, had in copies[-12:]:
        catch_up(since, had, 100)
        assert had == whole


def test_who_syncs_from_any_cursor_ends_with_a_full_fetch(model: Model):
    stay_in_step(model)
