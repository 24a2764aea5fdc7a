"""Writes the types and the operations in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clients.generator.inputs import custom_scalars, enumerations, inputs
from clients.generator.names import camel, pascal, snake
from clients.generator.shapes import Choice, Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphql import GraphQLSchema

    from clients.generator.shapes import Documents, Kind, Member, Operation

NOTE = "Written by `make clients` from docs/schema.graphql; changes are lost."
SCALARS = {"ID": "str", "String": "str", "Int": "int", "Float": "float", "Boolean": "bool"}
CUSTOM = {"Date": "date", "DateTime": "datetime", "JSON": "Any"}
STRUCT = 'Struct, frozen=True, kw_only=True, rename="camel"'


def write_python(schema: GraphQLSchema, documents: Documents) -> dict[str, str]:
    """Return the modules, by file name.

    Raises:
        KeyError: The schema has a scalar that nobody has said the type of.
    """
    known = SCALARS | {name: CUSTOM[name] for name in custom_scalars(schema)}
    writer = _Writer(known)
    return {
        "schema.py": "\n\n\n".join(writer.schema(schema)) + "\n",
        "operations.py": "\n\n\n".join(writer.operations(schema, documents)) + "\n",
    }


class _Writer:
    def __init__(self, scalars: dict[str, str]) -> None:
        self._scalars = scalars

    def schema(self, schema: GraphQLSchema) -> Iterator[str]:
        yield (
            f'"""What may be sent. {NOTE}"""\n\n'
            "from __future__ import annotations\n\n"
            "from datetime import date, datetime\nfrom typing import Any\n\n"
            "from msgspec import UNSET, Struct, UnsetType\n\n"
            "from vitrail_client.enums import OpenEnum"
        )
        for each in enumerations(schema):
            lines = [f"class {each.name}(OpenEnum):", *_docstring(each.description, each.name)]
            for value, description in each.values.items():
                lines += [f'    {value} = "{value}"', *_docstring(description)]
            yield "\n".join(lines)
        for each in inputs(schema):
            yield self._struct(each.name, each.description, "", each.members)

    def operations(self, schema: GraphQLSchema, documents: Documents) -> Iterator[str]:
        named = [each.name for each in (*enumerations(schema), *inputs(schema))]
        imported = sorted(documents.names().intersection(named))
        yield (
            f'"""What may be asked, and the answers. {NOTE}"""\n\n'
            "from __future__ import annotations\n\n"
            "from datetime import date, datetime\nfrom typing import Any, TypeAlias\n\n"
            "from msgspec import UNSET, Struct, UnsetType\n\n"
            "from vitrail_client.requests import Mutation, Query, Subscription\n"
            "from vitrail_client.schema import (\n"
            + "".join(f"    {name},\n" for name in imported)
            + ")"
        )
        for shape in documents.shapes:
            yield self._shape(shape)
        for each in documents.operations:
            yield self._operation(each)

    def _shape(self, shape: Shape | Choice) -> str:
        if isinstance(shape, Choice):
            told = _docstring(shape.description)
            return "\n".join(
                [
                    f"{shape.name}: TypeAlias = {' | '.join(shape.shapes)}",
                    *(line.strip() for line in told),
                ]
            )
        more = f', tag_field="__typename", tag="{shape.typename}"' if shape.is_told else ""
        return self._struct(shape.name, shape.description, more, shape.members)

    def _struct(self, name: str, description: str, more: str, members: Iterable[Member]) -> str:
        lines = [f"class {name}({STRUCT}{more}):", *_docstring(description, name), ""]
        for member in members:
            title = snake(member.name)
            if _renamed(title) != member.name:
                raise ValueError(f"{name}.{member.name} is not found again from {title}")
            default = " = UNSET" if member.is_optional else ""
            lines.append(f"    {title}: {self._kind(member)}{default}")
            lines += _docstring(member.description)
        return "\n".join(lines)

    def _operation(self, each: Operation) -> str:
        arguments = "".join(
            f"    {snake(member.name)}: {self._kind(member)}"
            + (" = UNSET,\n" if member.is_optional else ",\n")
            for member in each.variables
        )
        head = f"(\n    *,\n{arguments})" if arguments else "()"
        given = "".join(
            f'            "{member.name}": {snake(member.name)},\n' for member in each.variables
        )
        variables = f"{{\n{given}        }}" if given else "{}"
        kind = f"{pascal(each.kind)}[{each.answer.name}]"
        return "\n\n\n".join(
            [
                self._struct(each.answer.name, "", "", each.answer.members),
                f"def {snake(camel(each.name))}{head} -> {kind}:\n"
                + "\n".join(_docstring(each.description, each.name))
                + f"\n    return {pascal(each.kind)}(\n"
                f'        "{each.name}",\n        "{each.hash}",\n'
                f'        """{each.text}""",\n'
                f"        {each.answer.name},\n        {variables},\n    )",
            ]
        )

    def _kind(self, member: Member) -> str:
        found = self._written(member.kind)
        return f"{found} | UnsetType" if member.is_optional else found

    def _written(self, kind: Kind) -> str:
        found = self._scalars.get(kind.name, kind.name)
        found += " | None" if kind.is_null else ""
        for is_null in reversed(kind.lists):
            found = f"list[{found}]" + (" | None" if is_null else "")
        return found


def _renamed(name: str) -> str:
    """Return what msgspec's rename="camel" makes of a name."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _docstring(text: str, otherwise: str = "") -> list[str]:
    said = text or (f"What `{otherwise}` is." if otherwise else "")
    return [f'    """{said}"""'] if said else []
