"""Mutations that a phone on a bad line sends twice, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.api.conftest import Api, open_place

MANY = 4
KEY = "clientMutationId: $key"
ERRORS = "errors { code message hint }"
COMMENT = f'commentAdd(pageId: $page, body: "Bien", {KEY}) {{ comment {{ id }} {ERRORS} }}'
# What makes something, the kind of it, and how it is listed; variables as in `variables`.
FOUND_AGAIN = {
    "siteCreate": f'siteCreate(name: "Atelier", {KEY}) {{ site {{ id name }} {ERRORS} }}',
    "pageCreate": f'pageCreate(siteId: $site, title: "Encore", {KEY}) {{ page {{ id title }} {ERRORS} }}',
    "merchantCreate": f'merchantCreate(siteId: $site, name: "Seul", {KEY}) {{ merchant {{ id name }} {ERRORS} }}',
    "productCreate": f"""productCreate(
      siteId: $site, product: {{names: {{fr: "Bol"}}, merchantId: $merchant}}, variants: [{{sku: $key}}], {KEY}
    ) {{ product {{ id slug variants {{ id }} }} {ERRORS} }}""",
    "variantCreate": f"variantCreate(productId: $product, variant: {{sku: $key}}, {KEY}) {{ product {{ id variants {{ id }} }} {ERRORS} }}",
    "collectionCreate": f'collectionCreate(siteId: $site, names: {{fr: "Été"}}, productIds: [], {KEY}) {{ collection {{ id }} {ERRORS} }}',
    "categoryCreate": f'categoryCreate(siteId: $site, names: {{fr: "Bols"}}, {KEY}) {{ category {{ id }} {ERRORS} }}',
    "reviewCreate": f'reviewCreate(productId: $product, author: "Ana", rating: 5, body: "Beau", {KEY}) {{ review {{ id }} {ERRORS} }}',
    "commentAdd": COMMENT,
    "commentReply": f'commentReply(id: $comment, body: "Oui", {KEY}) {{ comment {{ id }} {ERRORS} }}',
    "stockAdjust": f"stockAdjust(variantId: $variant, by: 2, {KEY}) {{ product {{ id variants {{ stock {{ available }} }} }} {ERRORS} }}",
}
SHOWN_ONCE = {
    "apiKeyCreate": f'apiKeyCreate(name: "Téléphone", {KEY}) {{ apiKey {{ id }} secret {ERRORS} }}',
    "invitationCreate": f'invitationCreate(siteId: $site, role: "viewer", {KEY}) {{ invitationId url {ERRORS} }}',
    "webhookCreate": f"""webhookCreate(
      siteId: $site, url: "http://127.0.0.1:9/", {KEY}
      query: "subscription($siteId: ID!) {{ siteEvents(siteId: $siteId) {{ seq }} }}"
    ) {{ webhook {{ id }} secret {ERRORS} }}""",
    "versionKeep": f'versionKeep(pageId: $page, label: "Avant", {KEY}) {{ version {{ id }} {ERRORS} }}',
}


@pytest.fixture(scope="module")
def variables(apis: dict[str, Api]) -> Iterator[dict[str, str]]:
    """A site of these tests alone: its webhook would go on trying."""
    api = apis["owner"]
    place = open_place(api.asker)
    found = {"site": place.site, "page": place.pages[0]}
    for name, query in (
        ("merchant", 'merchantCreate(siteId: $site, name: "Maison") { merchant { id } }'),
        ("product", FOUND_AGAIN["productCreate"].replace(KEY, "").replace("$key", '"BOL"')),
        ("comment", COMMENT.replace(KEY, "")),
    ):
        [made] = send(api, query.replace(", )", ")"), found).values()
        found[name] = made[name]["id"]
        if name == "product":
            found["variant"] = made[name]["variants"][0]["id"]
    yield found
    api("mutation($s: ID!) { siteDelete(siteId: $s) { errors { code } } }", s=place.site)


def send(api: Api, mutation: str, variables: dict[str, str], key: str | None = None) -> Any:
    used = {name: value for name, value in variables.items() if f"${name}" in mutation}
    if key is not None:
        used["key"] = key
    told = ", ".join(f"${name}: {'String' if name == 'key' else 'ID!'}" for name in used)
    head = f"mutation({told})" if told else "mutation"
    return api(f"{head} {{ {mutation} }}", **used)


def counted(api: Api, variables: dict[str, str]) -> Any:
    """Return how much there is of all that the mutations make."""
    return api(
        """query($site: ID!, $page: ID!, $product: ID!) {
          sites(first: 1) { totalCount } apiKeys { id } invitations(siteId: $site) { id }
          site(id: $site) { pages { totalCount } webhooks { id } }
          page(id: $page) { versions { id } comments(first: 9) { nodes { replies(first: 1) { totalCount } } } }
          products(siteId: $site, first: 1) { totalCount }
          reviews(siteId: $site) { nodes { id } } product(id: $product) { variants { stock { available } } }
          merchants(siteId: $site) { nodes { id } }
          collections(siteId: $site) { nodes { id } } categories(siteId: $site) { id }
        }""",
        **{name: variables[name] for name in ("site", "page", "product")},
    )


@pytest.mark.parametrize("name", FOUND_AGAIN)
def test_what_is_sent_again_is_made_once(api: Api, variables: dict[str, str], name: str):
    mutation, key = FOUND_AGAIN[name], f"again-{name}"
    before = counted(api, variables)
    first = send(api, mutation, variables, key)
    assert first[name]["errors"] == []
    after = counted(api, variables)
    assert after != before
    assert send(api, mutation, variables, key) == first
    assert counted(api, variables) == after


@pytest.mark.parametrize("name", SHOWN_ONCE)
def test_what_is_shown_once_is_named_to_who_asks_again(
    api: Api, variables: dict[str, str], name: str
):
    mutation, key = SHOWN_ONCE[name], f"shown-{name}"
    first = send(api, mutation, variables, key)[name]
    assert first.pop("errors") == []
    made, *secrets = first.values()
    after = counted(api, variables)
    again = send(api, mutation, variables, key)[name]
    [error] = again.pop("errors")
    assert error["code"] == "made_already"
    assert (made if isinstance(made, str) else made["id"]) in error["message"]
    assert set(again.values()) == {None}
    assert not any(secret in str(error) for secret in secrets)
    assert counted(api, variables) == after


@pytest.mark.parametrize("name", ["productCreate", "pageCreate", "commentReply"])
def test_what_is_sent_at_the_same_moment_is_made_once(
    api: Api, variables: dict[str, str], name: str
):
    kinds = {"productCreate": "product", "pageCreate": "page", "commentReply": "comment"}
    with ThreadPoolExecutor(MANY) as threads:
        asks = [
            threads.submit(send, api, FOUND_AGAIN[name], variables, f"at-once-{name}")
            for _ in range(MANY)
        ]
        told = [ask.result()[name] for ask in asks]
    made = {each[kinds[name]]["id"] for each in told if each[kinds[name]]}
    assert len(made) == 1
    codes = {error["code"] for each in told for error in each["errors"]}
    assert codes <= ({"idempotency_pending"} if name == "pageCreate" else set())


def test_a_key_is_of_one_person_one_mutation_and_one_request(
    api: Api, apis: dict[str, Api], variables: dict[str, str]
):
    first = send(api, COMMENT, variables, "mine")["commentAdd"]["comment"]["id"]
    other = send(api, COMMENT.replace("Bien", "Mal"), variables, "mine")["commentAdd"]
    assert [error["code"] for error in other["errors"]] == ["idempotency_key"]
    assert "'mine' was used for another commentAdd" in other["errors"][0]["message"]
    reply = send(api, FOUND_AGAIN["commentReply"], variables, "mine")["commentReply"]
    assert reply["errors"] == []
    theirs = send(apis["editor"], COMMENT, variables, "mine")["commentAdd"]["comment"]["id"]
    assert theirs != first
    for wrong in ("", "k" * 101):
        refused = send(api, COMMENT, variables, wrong)["commentAdd"]
        assert [error["code"] for error in refused["errors"]] == ["invalid_input"]


def test_what_made_nothing_may_be_sent_again(
    api: Api, apis: dict[str, Api], variables: dict[str, str]
):
    merchant = FOUND_AGAIN["merchantCreate"]
    refused = send(apis["viewer"], merchant, variables, "later")["merchantCreate"]
    assert [error["code"] for error in refused["errors"]] == ["not_allowed"]
    gone = {**variables, "comment": f"comment:{variables['page'].partition(':')[2]}"}
    reply = FOUND_AGAIN["commentReply"]
    for _ in "12":
        told = send(api, reply, gone, "gone")["commentReply"]
        assert [error["code"] for error in told["errors"]] == ["not_found"]
    page = FOUND_AGAIN["pageCreate"].replace("$site", '"site:00000000000000000000000000"')
    for _ in "12":
        told = send(api, page, variables, "nowhere")["pageCreate"]
        assert [error["code"] for error in told["errors"]] == ["not_found"]


def test_what_was_made_and_is_gone_is_not_made_again(api: Api, variables: dict[str, str]):
    made = send(api, COMMENT, variables, "short")["commentAdd"]["comment"]["id"]
    api("mutation($id: ID!) { commentDelete(id: $id) { errors { code } } }", id=made)
    again = send(api, COMMENT, variables, "short")["commentAdd"]
    assert [error["code"] for error in again["errors"]] == ["not_found"]
    assert made in again["errors"][0]["message"]
