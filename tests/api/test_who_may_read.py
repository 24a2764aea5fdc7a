"""Every query and subscription, asked by everybody: who may is answered, and others learn nothing of what is there.

The operations are those of the clients: one for each root field, and one for each part that is fetched by itself.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from graphql import build_schema, parse

from clients.generator.names import pascal
from clients.generator.shapes import Operation, read_documents
from tests.api.conftest import Api
from tests.api.test_products import create
from tests.api.test_socket import bare, ended, hear, subscribe
from tests.people import NOBODY, ROLES, SCOPES, STRANGER

ROOT = Path(__file__).parents[2]


def names(operation: Operation) -> set[str]:
    """Return what an operation may be asked with."""
    return {each.name for each in operation.variables}


SCHEMA = build_schema((ROOT / "docs" / "schema.graphql").read_text())
DOCUMENTS = sorted((ROOT / "clients" / "operations" / "generated").glob("*.graphql"))
OPERATIONS = read_documents(
    SCHEMA, parse("\n".join(file.read_text() for file in DOCUMENTS))
).operations
QUERIES = [each for each in OPERATIONS if each.kind == "query"]
# Of a site or a page, and told at once of what there has been: others are silent until something happens.
SUBSCRIPTIONS = [
    each
    for each in OPERATIONS
    if each.kind == "subscription"
    and {"siteId", "pageId"} & names(each)
    and "sinceSeq" in names(each)
]
# A query with one of these is of one site; the others may tell of whatever else somebody is in.
ABOUT = {"id", "ids", "siteId", "pageId", "productId"}
EVERYBODY = (*ROLES, STRANGER, NOBODY, *SCOPES)
READERS = (*ROLES, "read")
HISTORIANS = ("owner", "admin", "designer", "editor", "read")
# Who is answered, where it is not whoever may read the site.
ANSWERED = {
    "Me": EVERYBODY,
    "RateLimit": EVERYBODY,
    "Sites": (*READERS, STRANGER),
    "ApiKeys": (*READERS, STRANGER),  # their own
    "Invitations": ("owner", "admin", "manage"),
    "Reviews": ("owner", "admin", "designer", "editor", "write"),
    "Orders": ("owner", "admin", "designer", "analyst", "read"),
    "SiteMessages": ("owner", "admin", "designer", "read"),
    "SiteWebhooks": ("owner", "admin", "webhooks"),
    "PageVersions": HISTORIANS,
    "PageHistory": HISTORIANS,
    "PageAt": HISTORIANS,
    "PageCompare": HISTORIANS,
    "PageBlame": HISTORIANS,
}
KINDS = {"site", "page", "product", "variant", "merchant", "collection", "review", "version"}
REFUSALS = {"not_allowed", "not_found", "not_signed_in"}
ID = re.compile(r"\b[a-z]+:[0-9A-HJKMNP-TV-Z]{26}\b")


@dataclass(frozen=True)
class Tenant:
    """A site of somebody's, with something of each kind; its secret, and all ids that they know of it."""

    secret: str
    site: str
    page: str
    product: str
    ids: frozenset[str]

    def variables(self, operation: Operation) -> dict[str, Any]:
        """Return what an operation is to be asked about, of this site; as little as it needs."""
        root = operation.answer.members[0].name
        by_name = {
            "id": {"page": self.page, "product": self.product}.get(root, self.site),
            "ids": [self.site, self.page, self.product],
            "siteId": self.site,
            "pageId": self.page,
            "productId": self.product,
            "sinceSeq": 0,
            "seq": 1,
            "earlier": 1,
        }
        needed = {each.name for each in operation.variables if not each.is_optional}
        assert needed <= by_name.keys(), f"say what {operation.name} is asked with here"
        if root in {"site", "product"}:
            needed.add("id")
        wanted = needed | {"sinceSeq"}
        return {
            each.name: by_name[each.name] for each in operation.variables if each.name in wanted
        }


def open_site(api: Api) -> Tenant:
    secret = f"Rien que pour {api.asker.name}"
    made = api(
        "mutation($n: String!) { siteCreate(name: $n) { site { id pages { nodes { id } } } } }",
        n=secret,
    )["siteCreate"]["site"]
    site, page = made["id"], made["pages"]["nodes"][0]["id"]
    merchant = api(
        "mutation($s: ID!, $n: String!) { merchantCreate(siteId: $s, name: $n) { merchant { id } } }",
        s=site,
        n=secret,
    )["merchantCreate"]["merchant"]["id"]
    product = create(api, site, merchant, secret)["id"]
    review = api(
        """mutation($p: ID!, $b: String!) {
          reviewCreate(productId: $p, author: "Ana", rating: 4, body: $b) { review { id } }
        }""",
        p=product,
        b=secret,
    )["reviewCreate"]["review"]["id"]
    api(
        """mutation($r: ID!, $s: ID!, $p: [ID!]!, $n: JSON!, $page: ID!, $label: String!) {
          reviewModerate(id: $r, status: APPROVED) { errors { code } }
          collectionCreate(siteId: $s, names: $n, productIds: $p) { errors { code } }
          versionKeep(pageId: $page, label: $label) { errors { code } }
          pageEdit(pageId: $page, ops: [{op: "insert", block: "hero"}]) { errors { code } }
        }""",
        r=review,
        s=site,
        p=[product],
        n={"fr": secret},
        page=page,
        label=secret,
    )
    bare_tenant = Tenant(secret, site, page, product, frozenset())
    told = json.dumps([ask(api, each, bare_tenant) for each in QUERIES if ABOUT & names(each)])
    people = {found for found in ID.findall(told) if found.startswith(("user:", "apikey:"))}
    return Tenant(
        secret, site, page, product, frozenset({*ID.findall(told), merchant, review} - people)
    )


def ask(api: Api, operation: Operation, about: Tenant) -> dict[str, Any]:
    return api.post({"query": operation.text, "variables": about.variables(operation)}).json()


@pytest.fixture(scope="module")
def ours(apis: dict[str, Api]) -> Tenant:
    return open_site(apis["owner"])


@pytest.fixture(scope="module")
def theirs(apis: dict[str, Api]) -> Tenant:
    return open_site(apis[STRANGER])


@pytest.mark.parametrize("name", EVERYBODY)
def test_who_may_read_is_answered_and_others_learn_nothing(
    apis: dict[str, Api], ours: Tenant, name: str
):
    wrong: list[tuple[str, Any]] = []
    for operation in QUERIES:
        answer = ask(apis[name], operation, ours)
        codes = {error["extensions"]["code"] for error in answer.get("errors", [])}
        if name in ANSWERED.get(operation.name, READERS):
            is_right = not codes and (operation.name == "Me" or None not in answer["data"].values())
        else:
            is_right = codes <= REFUSALS
        if name not in READERS and name not in ANSWERED.get(operation.name, ()):
            is_right &= not ours.ids & set(ID.findall(json.dumps(answer)))
            is_right &= ours.secret not in json.dumps(answer, ensure_ascii=False)
        if not is_right:
            wrong.append((operation.name, answer))
    assert wrong == []


def test_a_moment_is_told_with_its_zone(apis: dict[str, Api], ours: Tenant):
    apis["owner"](
        """mutation($s: ID!) {
          sitePublish(siteId: $s) { errors { code } }
          apiKeyCreate(name: "Poche") { errors { code } }
          invitationCreate(siteId: $s, role: "viewer") { errors { code } }
        }""",
        s=ours.site,
    )
    told = json.dumps([ask(apis["owner"], each, ours) for each in QUERIES])
    site, ask_for = ours.site.partition(":")[2], apis["owner"].asker.ask
    told += "".join(
        ask_for("GET", path).text
        for path in ("/api/sites", f"/api/sites/{site}/deployments", f"/api/sites/{site}/members")
    )
    moments = set(re.findall(r'"([0-9-]{10}T[^"]*)"', told))
    assert len(moments) > 5
    assert {each for each in moments if not each.endswith(("Z", "+00:00"))} == set()


@pytest.mark.parametrize(
    "wanted",
    [
        "name webhooks { id }",
        "webhooks: name",
        "...More webhooks { id }",
        "... on Site { slug webhooks { id } }",
        "webhooks { id } pages { nodes { id } }",
        "id",
    ],
)
def test_a_token_of_webhooks_reads_them_and_nothing_else_of_a_site(
    apis: dict[str, Api], ours: Tenant, wanted: str
):
    more = "fragment More on Site { role }" if "More" in wanted else ""
    query = f"query($s: ID!) {{ site(id: $s) {{ {wanted} }} }} {more}"
    [error] = apis["webhooks"].errors(query, s=ours.site)
    assert error["extensions"]["code"] == "not_allowed"
    messages = "query($s: ID!) { site(id: $s) { webhooks { url deliveries { nodes { body } } } } }"
    assert apis["webhooks"](messages, s=ours.site)["site"]["webhooks"] == []


@pytest.mark.parametrize("name", EVERYBODY)
async def test_who_may_read_is_told_of_changes_and_nobody_else(
    apis: dict[str, Api], ours: Tenant, name: str
):
    async with bare(apis[name]) as socket:
        if name == NOBODY:
            assert await ended(socket) == 4401
            return
        assert (await hear(socket))["type"] == "connection_ack"
        for operation in SUBSCRIPTIONS:
            key = operation.name
            await socket.send(subscribe(key, operation.text, **ours.variables(operation)))
            while (told := await hear(socket))["id"] != key:
                pass  # more of what was followed before
            if name in READERS:
                assert ours.ids & set(ID.findall(json.dumps(told))), told
            else:
                [error] = told["payload"] if told["type"] == "error" else told["payload"]["errors"]
                assert error["extensions"]["code"] in REFUSALS
                assert not ours.ids & set(ID.findall(json.dumps(told)))
            await socket.send(json.dumps({"type": "complete", "id": key}))


@pytest.mark.parametrize(("asker", "about"), [(STRANGER, "ours"), ("owner", "theirs")])
def test_two_tenants_never_see_each_other(
    apis: dict[str, Api], asker: str, about: str, request: pytest.FixtureRequest
):
    tenant: Tenant = request.getfixturevalue(about)
    assert {key.partition(":")[0] for key in tenant.ids} >= KINDS
    api, ids = apis[asker], sorted(tenant.ids)
    found = api("query($i: [ID!]!) { nodes(ids: $i) { id } }", i=ids)["nodes"]
    assert found == [None] * len(ids)
    answers = [ask(api, operation, tenant) for operation in QUERIES]
    for key in ids:
        for operation in QUERIES:
            root, given = operation.answer.members[0].name, tenant.variables(operation)
            asked_by = {each.name for each in operation.variables if each.kind.name == "ID"}
            swapped = {name: [key] if name == "ids" else key for name in asked_by & given.keys()}
            if operation.name == pascal(root) and swapped:
                body = {"query": operation.text, "variables": given | swapped}
                answers.append(api.post(body).json())
    told = json.dumps(answers, ensure_ascii=False)
    assert not tenant.ids & set(ID.findall(told))
    assert tenant.secret not in told
