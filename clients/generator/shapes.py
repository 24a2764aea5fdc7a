"""What operations ask and are answered, in terms that every language has."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    print_ast,
    type_from_ast,
)

from clients.generator.names import pascal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphql import (
        DocumentNode,
        GraphQLNamedType,
        GraphQLSchema,
        GraphQLType,
    )

TYPENAME = "__typename"


@dataclass(frozen=True)
class Kind:
    """The type of a value.

    Attributes:
        name: Of the scalar, enum, input, shape or choice of shapes.
        lists: From the outside in, whether each list may be null.
        is_null: Whether the value itself may be null.
    """

    name: str
    lists: tuple[bool, ...]
    is_null: bool


@dataclass(frozen=True)
class Member:
    """A field of a shape, or an argument: `is_optional` if it may be left out."""

    name: str
    kind: Kind
    description: str = ""
    is_optional: bool = False


@dataclass(frozen=True)
class Shape:
    """An object of an answer.

    Attributes:
        name: Unique among the shapes of the documents.
        typename: The type of the schema that it is of.
        members: Its fields.
        is_told: Whether `__typename` is among what it holds.
    """

    name: str
    typename: str
    description: str
    members: tuple[Member, ...]
    is_told: bool


@dataclass(frozen=True)
class Choice:
    """One of several shapes, told apart by `__typename`."""

    name: str
    description: str
    shapes: tuple[str, ...]


@dataclass(frozen=True)
class Operation:
    """A named operation: its text holds the fragments that it needs, and no others."""

    name: str
    kind: str
    description: str
    text: str
    variables: tuple[Member, ...]
    answer: Shape

    @property
    def hash(self) -> str:
        """SHA-256 of its text, in hexadecimal: what it is called as a persisted document."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class Documents:
    """The operations of a folder, and the shapes that they share, each after those that it holds."""

    operations: Sequence[Operation]
    shapes: Sequence[Shape | Choice]

    def names(self) -> set[str]:
        """Return the names of all types that are used."""
        shapes = [shape for shape in self.shapes if isinstance(shape, Shape)]
        members = [member for shape in shapes for member in shape.members]
        for each in self.operations:
            members += [*each.variables, *each.answer.members]
        return {member.kind.name for member in members}


def read_documents(schema: GraphQLSchema, document: DocumentNode) -> Documents:
    """Return what a valid document asks for.

    Raises:
        ValueError: It has what these shapes cannot tell: a directive, or two shapes of one name.
    """
    reader = _Reader(schema, document)
    operations = [
        reader.operation(node)
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode)
    ]
    return Documents(operations, list(reader.shapes.values()))


def member_of(name: str, of: GraphQLType, description: str = "", *, is_optional: bool) -> Member:
    """Return a field or an argument that holds no shape."""
    return Member(name, _wrapped(of, get_named_type(of).name), description, is_optional)


class _Reader:
    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self.shapes: dict[str, Shape | Choice] = {}
        self._schema = schema
        self._fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }

    def operation(self, node: OperationDefinitionNode) -> Operation:
        root = self._schema.get_root_type(node.operation)
        if root is None or node.name is None:
            raise ValueError("an operation needs a name, and a schema that has its kind")
        name = node.name.value
        spread: dict[str, FragmentDefinitionNode] = {}
        self._spread(node.selection_set, spread)
        text = "\n\n".join(print_ast(each) for each in (node, *spread.values()))
        fields = self._flat(node.selection_set, root)
        asked = [root.fields[each[0].name.value] for each in fields.values()]
        return Operation(
            name=name,
            kind=node.operation.value,
            description=" ".join(each.description or "" for each in asked).strip(),
            text=text,
            variables=tuple(self._variables(node)),
            answer=Shape(
                f"{name}Data", root.name, "", self._members(fields, root, name), is_told=False
            ),
        )

    def _variables(self, node: OperationDefinitionNode) -> Iterable[Member]:
        for each in node.variable_definitions or ():
            of = type_from_ast(self._schema, each.type)
            if of is None:
                raise ValueError(f"the schema has no type {print_ast(each.type)}")
            is_optional = not isinstance(of, GraphQLNonNull) or each.default_value is not None
            yield member_of(each.variable.name.value, of, is_optional=is_optional)

    def _spread(self, selected: SelectionSetNode, into: dict[str, FragmentDefinitionNode]) -> None:
        """Collect the fragments that are needed, each once, in the order of their first use."""
        for node in selected.selections:
            if isinstance(node, FragmentSpreadNode):
                if (name := node.name.value) not in into:
                    into[name] = self._fragments[name]
                    self._spread(self._fragments[name].selection_set, into)
            elif isinstance(node, FieldNode | InlineFragmentNode) and node.selection_set:
                self._spread(node.selection_set, into)

    def _flat(
        self, selected: SelectionSetNode, of: GraphQLObjectType
    ) -> dict[str, list[FieldNode]]:
        """Return the fields that are selected of an object, by the name that they are given."""
        found: dict[str, list[FieldNode]] = {}
        for node in selected.selections:
            if node.directives:
                raise ValueError(f"directives are not known here: {print_ast(node)}")
            if isinstance(node, FieldNode):
                key = (node.alias or node.name).value
                found.setdefault(key, []).append(node)
                continue
            if isinstance(node, FragmentSpreadNode):
                inside: InlineFragmentNode | FragmentDefinitionNode = self._fragments[
                    node.name.value
                ]
            elif isinstance(node, InlineFragmentNode):
                inside = node
            else:
                continue
            condition = inside.type_condition
            if condition is None or self._is_a(of, condition.name.value):
                for key, nodes in self._flat(inside.selection_set, of).items():
                    found.setdefault(key, []).extend(nodes)
        return found

    def _is_a(self, of: GraphQLObjectType, name: str) -> bool:
        other = self._schema.type_map[name]
        return other is of or (is_abstract_type(other) and self._schema.is_sub_type(other, of))

    def _members(
        self, fields: dict[str, list[FieldNode]], of: GraphQLObjectType, title: str
    ) -> tuple[Member, ...]:
        found: list[Member] = []
        for key, nodes in fields.items():
            if key == TYPENAME:
                continue
            definition = of.fields[nodes[0].name.value]
            inside = get_named_type(definition.type)
            name = inside.name
            if not is_leaf_type(inside):
                name = self._inside(_merged(nodes), inside, title, key)
            description = definition.description or ""
            found.append(Member(key, _wrapped(definition.type, name), description))
        return tuple(found)

    def _inside(
        self, selected: SelectionSetNode, of: GraphQLNamedType, title: str, key: str
    ) -> str:
        """Return the name of the shape that a value has, or of those that it may have."""
        if isinstance(of, GraphQLObjectType):
            return self._shape(selected, of, _title(title, of.name))
        if not isinstance(of, GraphQLInterfaceType | GraphQLUnionType):
            raise TypeError(f"{of.name} has no fields")
        name = _title(title, pascal(key))
        possible = sorted(self._schema.get_possible_types(of), key=lambda each: each.name)
        shapes = [self._shape(selected, each, f"{name}{each.name}") for each in possible]
        self._keep(Choice(name, of.description or "", tuple(shapes)))
        return name

    def _shape(self, selected: SelectionSetNode, of: GraphQLObjectType, title: str) -> str:
        """Return the name of a shape: of a fragment, if it is all that is selected."""
        fields = self._flat(selected, of)
        for node in selected.selections:
            if isinstance(node, FragmentSpreadNode):
                fragment = self._fragments[node.name.value]
                is_same = fragment.type_condition.name.value == of.name
                if is_same and self._flat(fragment.selection_set, of).keys() == fields.keys():
                    name = node.name.value.removesuffix("Fields")
                    return self._add(name, of, self._flat(fragment.selection_set, of))
        return self._add(title, of, fields)

    def _add(self, name: str, of: GraphQLObjectType, fields: dict[str, list[FieldNode]]) -> str:
        is_told = TYPENAME in fields
        members = self._members(fields, of, name)
        self._keep(Shape(name, of.name, of.description or "", members, is_told))
        return name

    def _keep(self, shape: Shape | Choice) -> None:
        if self.shapes.setdefault(shape.name, shape) != shape:
            raise ValueError(f"two shapes would be named {shape.name}")


def _merged(nodes: list[FieldNode]) -> SelectionSetNode:
    selections = [
        each
        for node in nodes
        if node.selection_set is not None
        for each in node.selection_set.selections
    ]
    return SelectionSetNode(selections=tuple(selections))


def _title(title: str, inside: str) -> str:
    return inside if inside.startswith(title) else f"{title}{inside}"


def _wrapped(of: GraphQLType, name: str) -> Kind:
    lists: list[bool] = []
    while True:
        is_null = not isinstance(of, GraphQLNonNull)
        inner = of.of_type if isinstance(of, GraphQLNonNull) else of
        if not isinstance(inner, GraphQLList):
            return Kind(name, tuple(lists), is_null)
        lists.append(is_null)
        of = inner.of_type
