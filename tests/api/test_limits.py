"""Requests that ask for too much: each is refused with the right error, after little work.

The corpus is generated: a family of documents that grow, each up to far beyond its bound.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from graphql import GraphQLError, OperationDefinitionNode, parse

from tests.api.conftest import Api, Place
from vitrail.core.errors import InvalidInput
from vitrail.graphql import cost
from vitrail.graphql.schema import build, native

Attack = tuple[str, Any, str]  # what is sent, and the code of the answer
INVALID, LARGE, INPUT = "graphql_invalid", "too_large", "invalid_input"
SIZES = (1, 2, 3, 5, 8)


def attacks() -> Iterator[Attack]:
    yield from (("depth", {"query": q}, LARGE) for q in deep())
    yield from (("aliases", {"query": q}, LARGE) for q in aliased())
    yield from (("fragments", {"query": q}, c) for q, c in fragments())
    yield from (("directives", {"query": q}, c) for q, c in directives())
    yield from (("batches", b, INPUT) for b in batches())
    yield from (("variables", b, c) for b, c in variables())
    yield from (("introspection", {"query": q}, c) for q, c in introspection())
    yield from (("text", {"query": q}, c) for q, c in texts())
    yield from (("cost", b, LARGE) for b in costly())
    yield from (("mutations", {"query": q}, LARGE) for q in mutations())


def deep() -> Iterator[str]:
    for size in range(1, 26):  # of fields that exist, in circles through interfaces
        levels = cost.MAX_DEPTH + size
        circle = "node(id: 1) { ... on Page { " + "... on Node { " * levels + "id"
        yield "{ " + circle + " }" * (levels + 3)
        yield "{" + "a{" * (cost.MAX_DEPTH + size) + "b" + "}" * (cost.MAX_DEPTH + size + 1)


def aliased() -> Iterator[str]:
    for size in range(1, 26):
        many = cost.MAX_ALIASES + size
        yield "{ me { " + " ".join(f"a{n}: name" for n in range(many)) + " } }"
    for size in SIZES:
        yield (
            "{ " + " ".join(f"a{n}: me {{ id }}" for n in range(cost.MAX_ROOT_FIELDS + size)) + " }"
        )


def fragments() -> Iterator[tuple[str, str]]:
    for size in range(1, 16):  # a circle
        circle = " ".join(f"fragment F{n} on User {{ ...F{(n + 1) % size} }}" for n in range(size))
        yield f"{{ me {{ ...F0 }} }} {circle}", INPUT
    for size in range(8, 24):  # each spreads the next one twice: 2 to the power of size
        twice = " ".join(
            f"fragment F{n} on Site {{ pages {{ nodes {{ id }} }} ...F{n + 1} ...F{n + 1} }}"
            for n in range(size)
        )
        last = f"fragment F{size} on Site {{ pages(first: 100) {{ nodes {{ id }} }} }}"
        yield f"{{ sites(first: 100) {{ nodes {{ ...F0 }} }} }} {twice} {last}", LARGE
    for size in SIZES:
        many = cost.MAX_FRAGMENTS + size
        yield (
            "{ me { id } } " + " ".join(f"fragment F{n} on User {{ id }}" for n in range(many)),
            LARGE,
        )
        yield "{ me { ...Gone } }", INVALID


def directives() -> Iterator[tuple[str, str]]:
    for size in range(1, 16):
        many = cost.MAX_DIRECTIVES + size
        yield "{ me " + "@skip(if: false) " * many + "{ id } }", LARGE
        yield "{ me { id " + "@a " * size + "} }", INVALID


def batches() -> Iterator[Any]:
    one = {"query": "{ me { id } }"}
    for size in SIZES:
        yield [one] * size
    yield from ([], 7, "query", None, {"query": 7}, {"query": ["{ me { id } }"]}, {"variables": []})


def variables() -> Iterator[tuple[Any, str]]:
    ids = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Site { pages { nodes { id } } } } }"
    for size in SIZES:
        yield {"query": ids, "variables": {"ids": ["x"] * (size * 1_000)}}, LARGE
    first = "query($n: Int!) { sites(first: $n) { nodes { pages(first: $n) { nodes { id } } } } }"
    for number in (10**3, 10**6, 2**31 - 1, 2**31, 10**18):
        yield {"query": first, "variables": {"n": number}}, LARGE
    yield {"query": first, "variables": {"n": -1}}, INPUT
    yield {"query": first, "variables": {"n": 0}}, INPUT
    yield {"query": first, "variables": {"n": "x"}}, INVALID
    yield {"query": first, "variables": {}}, INVALID
    yield {"query": first, "variables": {"n": [[[[]]]]}}, INVALID


def introspection() -> Iterator[tuple[str, str]]:
    for size in range(2, 16):
        deep = "ofType { " * (cost.MAX_DEPTH + size) + "name" + " }" * (cost.MAX_DEPTH + size)
        yield "{ __schema { types { fields { type { " + deep + " } } } } }", LARGE
        yield (
            "{ __schema { " + "types { fields { type { " * size + "name" + " } } }" * size + " } }",
            (INVALID if 3 * size + 2 <= cost.MAX_DEPTH else LARGE),
        )


def texts() -> Iterator[tuple[str, str]]:
    for size in SIZES:
        yield "{ me { id } } #" + "x" * (cost.MAX_DOCUMENT_BYTES * size), LARGE
        yield "{" * (size * 400), INVALID
        yield (
            "{ me { " + "... { " * (800 + 120 * size) + "id" + " }" * (802 + 120 * size),
            INVALID,
        )
        deep = 560 + 10 * size  # beyond what the parser may descend, within the count of tokens
        yield "{ me { " + "... { " * deep + "id" + " }" * (deep + 2), INVALID
        yield "{ me { " + "id " * (cost.MAX_TOKENS + size) + "} }", INVALID
        yield '{ node(id: "' + "\\u0000" * size + '") { id } }', INPUT
        yield "\x00" * size, INVALID
        yield "{ me { id } } query { me { id } }" * size, INVALID
        yield "subscription { pageChanged(pageId: 1) { seq } }", INPUT
        yield "\ufeff" * size + "{", INVALID
        yield '{ node(id: """' + '"' * size, INVALID


def costly() -> Iterator[Any]:
    for size in range(5, 25):
        query = "{ sites(first: 100) { nodes { " + " ".join(
            f"p{n}: pages(first: 100) {{ nodes {{ id }} }}" for n in range(size)
        )
        yield {"query": query + " } } }"}


def mutations() -> Iterator[str]:
    for size in range(1, 16):
        one = 'siteRename(siteId: "x", name: "y") { errors { code } }'
        many = range(cost.MAX_MUTATIONS + size)
        yield "mutation { " + " ".join(f"m{n}: {one}" for n in many) + " }"


CORPUS = list(attacks())


def test_the_corpus_is_large():
    assert len(CORPUS) >= 200


@pytest.mark.parametrize("family", sorted({family for family, _, _ in CORPUS}))
def test_an_attack_is_refused_with_the_right_error(apis: dict[str, Api], family: str):
    wrong: list[tuple[Any, str, Any]] = []
    for name, body, code in CORPUS:
        if name != family:
            continue
        answer = apis["read"].post(body)
        told: dict[str, Any] = answer.json()
        errors: list[Any] = told.get("errors") or [
            {"extensions": told.get("error", {}), "message": ""}
        ]
        codes = {error.get("extensions", {}).get("code") for error in errors}
        is_given = any((told.get("data") or {}).values())
        if code not in codes or is_given or answer.status_code >= 500:
            wrong.append((json.dumps(body)[:200], code, str(told)[:300]))
    assert wrong == []


def test_what_is_looked_at_grows_with_the_document_and_no_faster(monkeypatch):
    limits = [name for name in dir(cost) if name.startswith("MAX_") and name != "MAX_TOKENS"]
    for name in limits:  # so that nothing is refused before all of it was looked at
        monkeypatch.setattr(cost, name, 10**300)
    schema = native(build())
    weighed = 0
    for _, body, _ in CORPUS:
        text = str(body.get("query")) if isinstance(body, dict) else ""
        try:
            document = parse(text, max_tokens=cost.MAX_TOKENS)
        except (GraphQLError, RecursionError):
            continue
        for operation in document.definitions:
            if isinstance(operation, OperationDefinitionNode):
                with suppress(InvalidInput):  # fragments in a circle
                    found = cost.weigh(schema, document, operation, body.get("variables") or {})
                    assert found.nodes <= text.count(" ") + text.count("{")
                    weighed += 1
    assert weighed > 100


@pytest.mark.parametrize("depth", [60, 150, 250, 350, 500, 900, 50_000])
def test_values_that_are_nested_deep_are_refused(api: Api, place: Place, depth: int):
    query = "query($s: ID!, $f: ProductFilterInput) { products(siteId: $s, filter: $f) { nodes { id } } }"
    nested = '{"noneOf": [' * depth + "{}" + "]}" * depth
    body = f'{{"query": "{query}", "variables": {{"s": "{place.site}", "f": {nested}}}}}'
    json_type = {**api.asker.headers, "Content-Type": "application/json"}
    answer = api.asker.ask("POST", "/graphql", content=body, headers=json_type).json()
    told = answer.get("error") or answer["errors"][0]["extensions"]
    assert told["code"] in {"invalid_input", "graphql_invalid"}


def test_a_key_that_has_spent_its_cost_waits(askers: dict[str, Any], apis: dict[str, Api]):
    query = "{ sites(first: 100) { nodes { pages(first: 50) { nodes { id } } } } }"
    for _ in range(10):
        answer = apis["viewer"].post({"query": query})
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    [error] = answer.json()["errors"]
    assert error["extensions"]["code"] == "too_many_requests"
    cost = answer.json()["extensions"]["cost"]
    assert cost["requested"] > cost["available"]
    told = (answer.headers["X-Cost"], answer.headers["X-Cost-Available"])
    assert told == (str(cost["requested"]), str(cost["available"]))
    due = (cost["requested"] - cost["available"]) / cost["restorePerSecond"]
    wait = int(answer.headers["Retry-After"])
    assert due <= wait <= due + 1
    assert error["extensions"]["hint"] == f"wait {wait} s and try again"
    assert apis["designer"].post({"query": query}).status_code == 200  # each has its own


def test_a_length_that_is_left_out_counts_as_what_it_is_by_default(api: Api, place: Place):
    """By the variable's default, or else by the argument's: `first` is 20 for products."""
    below = "nodes { merchant { name } reviews { nodes { rating } } }"
    forms = {
        20: ("$n: Int!", "first: $n", {"n": 20}),
        20.1: ("$n: Int", "first: $n", {}),
        100: ("$n: Int = 100", "first: $n", {}),
    }
    costs: dict[float, int] = {}
    for length, (declared, given, variables) in forms.items():
        query = f"query($s: ID!, {declared}) {{ products(siteId: $s, {given}) {{ {below} }} }}"
        asked = {"query": query, "variables": {"s": place.site, **variables}}
        answer = api.post(asked).json()
        costs[length] = answer["extensions"]["cost"]["requested"]
    assert costs[20] == costs[20.1]
    assert costs[100] > 4 * costs[20]
