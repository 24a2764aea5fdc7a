"""What may be sent: the enums and the inputs of a schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    is_introspection_type,
    is_required_input_field,
    is_scalar_type,
    is_specified_scalar_type,
)

from clients.generator.shapes import Member, member_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphql import GraphQLSchema


@dataclass(frozen=True)
class Enumeration:
    """An enum; its values with what is said of them."""

    name: str
    description: str
    values: dict[str, str]


@dataclass(frozen=True)
class Input:
    """An object that is sent."""

    name: str
    description: str
    members: tuple[Member, ...]


def enumerations(schema: GraphQLSchema) -> Iterator[Enumeration]:
    """Yield the enums of a schema."""
    for name, of in sorted(schema.type_map.items()):
        if isinstance(of, GraphQLEnumType) and not is_introspection_type(of):
            values = {key: value.description or "" for key, value in of.values.items()}
            yield Enumeration(name, of.description or "", values)


def inputs(schema: GraphQLSchema) -> Iterator[Input]:
    """Yield the inputs of a schema."""
    for name, of in sorted(schema.type_map.items()):
        if isinstance(of, GraphQLInputObjectType):
            members = tuple(
                member_of(
                    key,
                    field.type,
                    field.description or "",
                    is_optional=not is_required_input_field(field),
                )
                for key, field in of.fields.items()
            )
            yield Input(name, of.description or "", members)


def custom_scalars(schema: GraphQLSchema) -> list[str]:
    """Return the names of the scalars that are not of GraphQL itself."""
    return sorted(
        name
        for name, of in schema.type_map.items()
        if is_scalar_type(of) and not is_specified_scalar_type(of)
    )
