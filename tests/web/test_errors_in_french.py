"""Whatever people are told of errors is there in French: `vitrail/web/src/i18n/errors` knows each message and hint."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from typing import Any

import pytest
from graphql import GraphQLError, GraphQLSyntaxError, build_schema, parse, validate

from tests.web.messages import MODEL, ROOT, VALUE, Found, of_python, of_typescript
from vitrail.builder.primitives import primitives
from vitrail.core.access import Role

SCHEMA = ROOT / "docs/schema.graphql"
FOLDER = ROOT / "vitrail/web/src/i18n/errors"
PHRASES = "phrases.fr.json"
# What graphql-core says of the slips that people make in a webhook's query.
LIBRARY = "graphql-core.fr.json"
SLIPS = (
    "{ site }",
    "subscription { foo(",
    "subscription { foo }",
    "subscription { siteEvents { seq } }",
    'subscription($a: ID!) { siteEvents(siteId: "x") { seq } }',
    "subscription { siteEvents(siteId: $siteId) { seq } }",
    "subscription { siteEvents(siteId: 3.5) { seq } }",
    'subscription { siteEvents(siteId: "x", foo: 1) { seq } }',
    'subscription { siteEvents(siteId: "x", siteId: "y") { seq } }',
    'subscription { siteEvents(siteId: "x") { seq { a } } }',
    'subscription { siteEvents(siteId: "x") { ...F } }',
    'subscription { siteEvents(siteId: "x") { seq @foo } }',
    'subscription { a: siteEvents(siteId: "x") { seq } b: siteEvents(siteId: "x") { seq } }',
    'subscription { siteEvents(siteId: "x) { seq } }',
    'subscription { siteEvents(siteId: "x") { ^ } }',
    "subscription($siteId: Foo!) { siteEvents(siteId: $siteId) { seq } }",
    "subscription($siteId: Int) { siteEvents(siteId: $siteId) { seq } }",
    'fragment F on Site { id } subscription { siteEvents(siteId: "x") { seq } }',
    "",
)

# Modules that speak to whoever starts the server or types its commands, and never to the editor or the dashboard.
LEFT_OUT = frozenset(
    {
        "vitrail/core/database.py",
        "vitrail/core/migrate.py",
        "vitrail/core/settings.py",
        "vitrail/graphql/trusted.py",
        "vitrail/server/archive_file.py",
        "vitrail/server/backup.py",
        "vitrail/server/command_catalogue.py",
        "vitrail/server/restore.py",
        "vitrail/server/serving.py",
        "vitrail/server/traces.py",
    }
)
# Messages that are values altogether, and where these come from.
VALUES_ALONE = {
    ("vitrail/builder/site_operations.py", "', '.join(themes())"),  # names
    ("vitrail/web/src/model/operations.ts", '[...themes.keys()].join(", ")'),  # names
    ("vitrail/graphql/documents.py", "errors[0].message"),  # graphql-core's: see SLIPS
    ("vitrail/graphql/webhook_queries.py", "values[0].message"),  # the same
    ("vitrail/graphql/engine.py", "error.hint"),  # of core/limits.py, which is read there
    ("vitrail/sites/deliveries.py", "error.hint"),  # the same
    ("vitrail/sites/forms.py", "form['labels'][name]"),  # for visitors, in the form's own language
}
# Values that are said alike in every language: addresses, names of parameters, names in examples.
NAMES = re.compile(
    r".*[/@:.<]|.*\b[a-z]+[A-Z]|(Maison Sakura|graphql-transport-ws|seq|from|to|before)?$"
)
# Phrases that messages take from attributes, where the test cannot follow.
FROM_ATTRIBUTES = {
    *{"document", "organisation"},  # labels of core.access.Subject
    *{"collections", "merchants"},  # kinds of commerce.planning
    *{"held", "released", "committed"},  # states of commerce.stock.Reservation
}


@cache
def said() -> Found:
    python, (typescript, _) = of_python(LEFT_OUT), of_typescript()
    return Found(
        texts=typescript.texts | python.texts,
        values=python.values,
        dynamic=python.dynamic | typescript.dynamic,
    )


@cache
def known() -> dict[str, dict[str, str]]:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert max(Counter(key for key, _ in pairs).values()) == 1, pairs
        return dict(pairs)

    files = sorted(FOLDER.glob("*.fr.json"))
    return {
        path.name: json.loads(path.read_text("utf-8"), object_pairs_hook=unique) for path in files
    }


def messages() -> Counter[str]:
    return Counter(
        text for name, each in known().items() if name not in {PHRASES, LIBRARY} for text in each
    )


def test_every_message_and_hint_has_its_french() -> None:
    missing = [f"{where}: {text}" for text, where in said().texts.items() if text not in messages()]
    assert missing == []


def test_no_french_is_left_of_a_message_that_is_gone() -> None:
    assert [text for text in messages() if text not in said().texts] == []


def test_each_message_is_translated_once() -> None:
    assert [text for text, count in messages().items() if count > 1] == []


def test_what_is_said_within_messages_has_its_french_too() -> None:
    phrases, elements = known()[PHRASES], set(primitives())
    wanted = {text for text in said().values if text not in messages() and not NAMES.match(text)}
    wanted |= {*elements, *Role, *FROM_ATTRIBUTES}
    assert wanted - {*phrases} == set()
    assert {*phrases} - wanted == set()


def _fits(template: str, message: str) -> bool:
    return bool(re.fullmatch(".*".join(map(re.escape, VALUE.split(template))), message))


def test_slips_in_a_query_are_told_in_french_too() -> None:
    schema, told = build_schema(SCHEMA.read_text("utf-8")), set[str]()
    for slip in SLIPS:
        try:
            found: list[GraphQLError] = validate(schema, parse(slip), hide_suggestions=True)
        except GraphQLSyntaxError as error:
            found = [error]
        told.add(found[0].message)
    library = known()[LIBRARY]
    assert [text for text in told if not any(_fits(each, text) for each in library)] == []
    assert [each for each in library if not any(_fits(each, text) for text in told)] == []


def test_messages_that_are_values_alone_are_known() -> None:
    assert said().dynamic == VALUES_ALONE


def test_modules_that_are_left_out_are_there() -> None:
    assert [path for path in LEFT_OUT if not (ROOT / path).exists()] == []


def test_every_error_of_the_executor_was_read() -> None:
    sources = [path.read_text("utf-8") for path in MODEL.glob("*.ts")]
    thrown = sum(
        len(re.findall(r"\bthrow (?!new Error\()(?:new )?\w+\(", text)) for text in sources
    )
    passed_on = sum(len(re.findall(r"=> invalid\(", text)) for text in sources)
    assert of_typescript()[1] == thrown + passed_on > 50


@pytest.mark.parametrize("name", [path.name for path in sorted(FOLDER.glob("*.fr.json"))])
def test_the_french_has_the_values_of_the_english_and_is_well_set(name: str) -> None:
    for english, french in known()[name].items():
        assert Counter(VALUE.findall(french)) == Counter(VALUE.findall(english)), english
        assert "'" not in french.replace("'vitrail[scale]'", ""), french
        # Words that a line must not end before, or begin with.
        assert not re.search(r"(?<!\xa0)[»]|[«](?!\xa0)|[ ][:;?!»]", french), french
        assert french == french.strip() != "", english


def test_a_message_is_found_however_it_is_written() -> None:
    """What the other tests stand on: constants, f-strings, alternatives, names, what is passed on."""
    texts = said().texts
    assert "sign in first" in texts  # a constant
    assert "'{0}' of {1} has no language '{2}'" in texts  # an f-string, with and without quotes
    assert "nobody has the address {0}" in texts  # one of two
    assert "there is no owner yet" in texts  # the other
    assert "a key holds more than one value" in texts  # a constant of another module
    assert "ask for shorter lists, or less of each" in texts  # passed on by a function
    assert "only {0} of this variant are left" in texts  # a class that makes its own message
    assert "operation {0} is malformed: {1}" in texts  # TypeScript
    assert "VITRAIL_SECRET must have at least 32 characters" not in texts
