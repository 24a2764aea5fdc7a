"""What is generated is of the schema as it is now."""

from __future__ import annotations

import hashlib

import pytest
from graphql import OperationDefinitionNode, build_schema, parse

from clients.generator.__main__ import CLIENTS, SDL, written
from clients.generator.shapes import read_documents
from vitrail.graphql.documents import Documents
from vitrail.graphql.schema import build, native
from vitrail.graphql.trusted import Trusted, read_manifest


def test_what_is_generated_is_current():
    stale = [
        str(file.relative_to(CLIENTS))
        for file, text in written().items()
        if not file.exists() or file.read_text() != text
    ]
    left = {file.resolve() for file in (CLIENTS / "operations" / "generated").iterdir()}
    assert stale == [], "run `make clients`"
    assert left <= {file.resolve() for file in written()}


def test_every_root_field_has_an_operation():
    schema = build_schema(SDL.read_text())
    wanted = {
        (root.name, field)
        for root in (schema.query_type, schema.mutation_type, schema.subscription_type)
        if root is not None
        for field in root.fields
    }
    texts = [text for file, text in written().items() if file.suffix == ".graphql"]
    found = {
        (node.operation.value.capitalize(), chosen.name.value)  # pyright: ignore[reportAttributeAccessIssue]
        for node in parse("\n".join(texts)).definitions
        if isinstance(node, OperationDefinitionNode)
        for chosen in node.selection_set.selections
    }
    assert found == wanted


def test_a_server_that_takes_trusted_documents_only_takes_all_of_ours():
    trusted = Trusted(read_manifest(CLIENTS / "documents.json"), only=True)
    documents = Documents(native(build()), trusted)
    for key, text in trusted.texts.items():
        assert hashlib.sha256(text.encode()).hexdigest() == key
        assert documents.find(None, None, key, may_introspect=False).document


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("query A { a @include(if: true) }", "directives"),
        ("{ a }", "name"),
        (
            "query A { b { c } } fragment ABFields on B { d } query C { b { ...ABFields } }",
            "two shapes",
        ),
    ],
)
def test_what_the_shapes_cannot_tell_is_refused(text: str, message: str):
    schema = build_schema("type Query { a: Int b: B } type B { c: Int d: Int }")
    with pytest.raises(ValueError, match=message):
        read_documents(schema, parse(text))


def test_lists_and_what_may_be_missing_are_told_apart():
    schema = build_schema("type Query { a(b: [Int!], c: Int! = 1, d: ID!): [[Int]!] }")
    [operation] = read_documents(
        schema, parse("query A($b: [Int!], $c: Int, $d: ID!) { a(b: $b, c: $c, d: $d) }")
    ).operations
    [member] = operation.answer.members
    assert (member.kind.name, member.kind.lists, member.kind.is_null) == (
        "Int",
        (True, False),
        True,
    )
    assert [(each.name, each.is_optional) for each in operation.variables] == [
        ("b", True),
        ("c", True),
        ("d", False),
    ]
