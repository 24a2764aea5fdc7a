"""The schema as it is published: nothing that clients rely on is taken away unnoticed."""

from __future__ import annotations

from pathlib import Path

import graphql
from graphql import build_schema

from vitrail.graphql.schema import build, native

SNAPSHOT = Path(__file__).parents[2] / "docs" / "schema.graphql"


def test_the_published_schema_is_that_of_the_server():
    published = SNAPSHOT.read_text()
    broken = [
        change.description
        for change in graphql.find_breaking_changes(build_schema(published), native(build()))
    ]
    assert broken == [], "clients would break; deprecate first, then remove in another version"
    assert published == build().as_str() + "\n", "write docs/schema.graphql anew: vitrail schema"


def test_everything_is_described():
    schema = native(build())
    roots = (schema.query_type, schema.mutation_type, schema.subscription_type)
    bare = [
        f"{root}.{name}"
        for root in roots
        if root is not None
        for name, field in root.fields.items()
        if not field.description
    ]
    assert bare == []
