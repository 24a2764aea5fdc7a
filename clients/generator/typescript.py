"""Writes the types and the operations in TypeScript."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from clients.generator.inputs import custom_scalars, enumerations, inputs
from clients.generator.names import camel, pascal
from clients.generator.shapes import Choice, Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphql import GraphQLSchema

    from clients.generator.shapes import Documents, Kind, Member, Operation

HEAD = "// Written by `make clients` from docs/schema.graphql; changes are lost.\n"
SCALARS = {
    "ID": "string",
    "String": "string",
    "Int": "number",
    "Float": "number",
    "Boolean": "boolean",
    "JSON": "Json",  # the other is a global
}
CUSTOM = {
    "Date": "/** A day, as ISO 8601 writes it. */\nexport type Date = string;",
    "DateTime": "/** ISO 8601. */\nexport type DateTime = string;",
    "JSON": "export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };",
}


def write_typescript(schema: GraphQLSchema, documents: Documents) -> dict[str, str]:
    """Return the modules, by file name.

    Raises:
        KeyError: The schema has a scalar that nobody has said the type of.
    """
    return {
        "schema.ts": HEAD + "\n" + "\n\n".join(_schema(schema)) + "\n",
        "operations.ts": HEAD + "\n".join(_operations(schema, documents)),
    }


def _schema(schema: GraphQLSchema) -> Iterator[str]:
    for name in custom_scalars(schema):
        yield CUSTOM[name]
    for each in enumerations(schema):
        values = " | ".join(f'"{value}"' for value in each.values)
        yield f"{_comment(each.description)}export type {each.name} = {values};"
    for each in inputs(schema):
        yield _interface(each.name, each.description, [], each.members)


def _operations(schema: GraphQLSchema, documents: Documents) -> Iterator[str]:
    named = [*custom_scalars(schema), *(each.name for each in enumerations(schema))]
    named += [each.name for each in inputs(schema)]
    used = documents.names().intersection(named)
    imported = ", ".join(sorted(SCALARS.get(name, name) for name in used))
    yield 'import type { Mutation, Query, Subscription } from "../operation.ts";'
    yield f'import type {{ {imported} }} from "./schema.ts";\n'
    for shape in documents.shapes:
        yield _shape(shape) + "\n"
    for each in documents.operations:
        yield _operation(each) + "\n"


def _shape(shape: Shape | Choice) -> str:
    if isinstance(shape, Choice):
        return (
            _comment(shape.description) + f"export type {shape.name} = {' | '.join(shape.shapes)};"
        )
    first = [f'__typename: "{shape.typename}";'] if shape.is_told else []
    return _interface(shape.name, shape.description, first, shape.members)


def _operation(each: Operation) -> str:
    variables = "Record<string, never>"
    parts = [_interface(each.answer.name, "", [], each.answer.members)]
    if each.variables:
        variables = f"{each.name}Variables"
        parts.append(_interface(variables, "", [], each.variables))
    text = json.dumps(each.text, ensure_ascii=False)
    parts.append(
        f"{_comment(each.description)}"
        f"export const {camel(each.name)}: {pascal(each.kind)}<{each.answer.name}, {variables}> = {{\n"
        f'  kind: "{each.kind}",\n  name: "{each.name}",\n  hash: "{each.hash}",\n  text: {text},\n}};'
    )
    return "\n\n".join(parts)


def _interface(name: str, description: str, first: list[str], members: Iterable[Member]) -> str:
    lines = [*first]
    for member in members:
        mark = "?" if member.is_optional else ""
        comment = _comment(member.description).replace("\n", "\n  ")
        lines.append(f"{comment}{member.name}{mark}: {_written(member.kind)};")
    body = "\n".join(f"  {line}" for line in lines)
    return f"{_comment(description)}export interface {name} {{\n{body}\n}}"


def _written(kind: Kind) -> str:
    found = SCALARS.get(kind.name, kind.name)
    found += " | null" if kind.is_null else ""
    for is_null in reversed(kind.lists):
        found = f"({found})[]" if " " in found else f"{found}[]"
        found += " | null" if is_null else ""
    return found


def _comment(text: str) -> str:
    return f"/** {text.replace('*/', '* /')} */\n" if text else ""
