"""The recipe for Apollo: its files say what the schema and the documents are.

The generators of Apollo are not run here: they come with Swift's and Kotlin's own tool chains.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from graphql import build_schema, parse, validate

from clients.generator.__main__ import CLIENTS
from clients.generator.inputs import custom_scalars

APOLLO = CLIENTS / "apollo"
CONFIG = json.loads((APOLLO / "apollo-codegen-config.json").read_text())
GRADLE = (APOLLO / "build.gradle.kts").read_text()
# What ApolloCodegenConfiguration of apollo-ios 1 takes; it refuses any other key.
KEYS = {
    "": {"schemaNamespace", "input", "output", "options", "operationManifest"},
    "input": {"schemaSearchPaths", "operationSearchPaths"},
    "output": {"schemaTypes", "operations", "testMocks"},
    "operationManifest": {"path", "version", "generateManifestOnCodeGeneration"},
}


def texts(patterns: list[str]) -> str:
    """Return what the files say that patterns of paths find from the folder of the configuration."""
    found = [
        file for each in patterns for file in (APOLLO / each.split("*")[0]).resolve().rglob("*")
    ]
    files = [APOLLO / each for each in patterns if "*" not in each] + found
    return "\n".join(file.read_text() for file in files if file.suffix == ".graphql")


def test_the_configuration_has_what_the_generator_for_swift_takes():
    for path, keys in KEYS.items():
        assert (CONFIG[path] if path else CONFIG).keys() <= keys
    assert CONFIG["options"]["operationDocumentFormat"] == ["definition", "operationId"]
    assert CONFIG["operationManifest"]["version"] == "persistedQueries"


def test_the_documents_that_it_finds_are_those_of_the_schema_that_it_finds():
    schema = build_schema(texts(CONFIG["input"]["schemaSearchPaths"]))
    document = parse(texts(CONFIG["input"]["operationSearchPaths"]))
    assert len(document.definitions) > 50
    assert validate(schema, document) == []


def test_the_configuration_for_kotlin_finds_the_same():
    [schema] = re.findall(r'schemaFiles\.from\("([^"]+)"\)', GRADLE)
    [folder] = re.findall(r'srcDir\("([^"]+)"\)', GRADLE)
    assert [schema] == CONFIG["input"]["schemaSearchPaths"]
    assert CONFIG["input"]["operationSearchPaths"] == [f"{folder}/**/*.graphql"]


def test_each_custom_scalar_has_a_type():
    schema = build_schema(texts(CONFIG["input"]["schemaSearchPaths"]))
    scalars = custom_scalars(schema)
    kotlin = re.findall(r'mapScalar\w*\("(\w+)"', GRADLE)
    swift = re.findall(r"public (?:typealias|struct) (\w+)", (APOLLO / "scalars.swift").read_text())
    assert sorted(kotlin) == sorted(swift) == scalars


def test_operations_and_fragments_are_named_as_the_generators_can_take_them():
    """Both make a type of each name, in one namespace."""
    document = parse(texts(CONFIG["input"]["operationSearchPaths"]))
    names = [node.name.value.lower() for node in document.definitions]  # pyright: ignore[reportAttributeAccessIssue]
    assert len(names) == len(set(names))


def test_the_folder_is_where_the_documentation_says():
    text = (Path(__file__).parents[2] / "docs" / "clients.md").read_text()
    for name in ("apollo-codegen-config.json", "build.gradle.kts", "scalars.swift"):
        assert f"clients/apollo/{name}" in text
