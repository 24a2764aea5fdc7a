"""Operation documents for all that a schema offers, with a selection that most programs want.

Each root field has an operation of its name. Each object that is found inside of others has a fragment: its
values, and the objects that it has one of. Lists of things with ids, and fields that need to be asked
precisely, are left out of it: what is found by its id has a query for each of those.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
    OperationType,
    get_named_type,
    is_abstract_type,
    is_enum_type,
    is_leaf_type,
    is_required_argument,
)

from clients.generator.names import camel, pascal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set as AbstractSet

    from graphql import (
        GraphQLArgument,
        GraphQLField,
        GraphQLNamedType,
        GraphQLOutputType,
        GraphQLSchema,
    )

# Lists of things that nobody wants the whole without.
ALSO = {("Product", "variants")}
INDENT = "  "


def write_documents(schema: GraphQLSchema) -> dict[str, str]:
    """Return the documents, by file name."""
    writer = _Writer(schema)
    files = {
        f"{kind.value}.graphql": "\n".join(writer.operations(kind))
        for kind in OperationType
        if schema.get_root_type(kind) is not None
    }
    return files | {"fragments.graphql": "\n".join(writer.written_fragments())}


class _Writer:
    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._fragments: dict[str, str] = {}
        self._names: set[str] = set()

    def operations(self, kind: OperationType) -> Iterator[str]:
        if (root := self._schema.get_root_type(kind)) is None:
            return
        for name, field in root.fields.items():
            yield self._operation(
                kind, self._unused(name, kind), [_Asked(name, field.type, field.args)]
            )
        if kind is OperationType.QUERY:
            for name, field in root.fields.items():
                yield from self._parts(name, field)

    def written_fragments(self) -> list[str]:
        return [self._fragments[name] for name in sorted(self._fragments)]

    def _unused(self, name: str, kind: OperationType) -> str:
        """Return a name for an operation; a query and a subscription may have fields of one name."""
        chosen = pascal(name)
        if chosen in self._names:
            chosen += pascal(kind.value)
        if chosen in self._names:
            raise ValueError(f"two operations would be named {chosen}")
        self._names.add(chosen)
        return chosen

    def _parts(self, root_name: str, root_field: GraphQLField) -> Iterator[str]:
        """Write a query for each part of a thing that its fragment leaves out."""
        owner = _bare(root_field)
        if not isinstance(owner, GraphQLObjectType) or "id" not in root_field.args:
            return
        whole = _Asked(root_name, root_field.type, {"id": root_field.args["id"]})
        for name, field in owner.fields.items():
            if not self._is_included(owner, name, field):
                title = self._unused(f"{root_name}{pascal(name)}", OperationType.QUERY)
                part = _Asked(name, field.type, field.args)
                yield self._operation(OperationType.QUERY, title, [whole, part])

    def _operation(self, kind: OperationType, title: str, path: Sequence[_Asked]) -> str:
        variables = [
            f"${name}: {_variable_type(argument, is_needed=len(path) > 1 and step is path[0])}"
            for step in path
            for name, argument in step.args.items()
        ]
        lines = [f"{kind.value} {title}" + (f"({', '.join(variables)})" if variables else "")]
        for depth, step in enumerate(path, 1):
            given = ", ".join(f"{argument}: ${argument}" for argument in step.args)
            lines[-1] += " {"
            lines.append(INDENT * depth + step.name + (f"({given})" if given else ""))
        last, depth = get_named_type(path[-1].type), len(path)
        if not is_leaf_type(last):
            lines[-1] += " {"
            depth += 1
            lines += self._selection(last, depth, _named_by_enums(path[0].args))
        lines += [INDENT * level + "}" for level in range(depth - 1, -1, -1)]
        return "\n".join(lines) + "\n"

    def _selection(
        self, of: GraphQLNamedType, depth: int, only: AbstractSet[str] = frozenset()
    ) -> list[str]:
        """Return the lines that select a type; `only` are the types that are told of, if any."""
        if isinstance(of, GraphQLInterfaceType | GraphQLUnionType):
            return self._choices(of, depth, only)
        if not isinstance(of, GraphQLObjectType):
            raise TypeError(f"{of.name} has no fields")
        chooses = any(is_abstract_type(_bare(field)) for field in of.fields.values())
        if only and chooses:
            return self._fields(of, depth, only)
        return [f"{INDENT * depth}...{self._fragment(of)}"]

    def _choices(
        self, of: GraphQLInterfaceType | GraphQLUnionType, depth: int, only: AbstractSet[str]
    ) -> list[str]:
        """Select each possible type; what would conflict with another is given a name of its own."""
        possible = sorted(self._schema.get_possible_types(of), key=lambda each: each.name)
        wanted = [each for each in possible if each.name.upper() in only] or possible
        common = list(of.fields) if isinstance(of, GraphQLInterfaceType) else []
        margin = INDENT * depth
        lines = [margin + "__typename", *[margin + name for name in common]]
        kinds: dict[str, str] = {}
        for each in wanted:
            fields = {
                name: str(field.type)
                for name, field in each.fields.items()
                if self._is_included(each, name, field)
            }
            clashing = {
                name for name, kind in fields.items() if kinds.setdefault(name, kind) != kind
            }
            if clashing:
                inside = self._fields(each, depth + 1, clashing=clashing)
                lines += [f"{margin}... on {each.name} {{", *inside, margin + "}"]
            else:
                lines.append(f"{margin}...{self._fragment(each)}")
        return lines

    def _fragment(self, of: GraphQLObjectType) -> str:
        name = f"{of.name}Fields"
        if name not in self._fragments:
            self._fragments[name] = ""  # whoever is inside of it does not spread it again
            lines = [f"{INDENT}__typename"] if of.interfaces else []
            lines += self._fields(of, 1)
            self._fragments[name] = "\n".join([f"fragment {name} on {of.name} {{", *lines, "}\n"])
        return name

    def _fields(
        self,
        of: GraphQLObjectType,
        depth: int,
        only: AbstractSet[str] = frozenset(),
        clashing: AbstractSet[str] = frozenset(),
    ) -> list[str]:
        lines: list[str] = []
        for name, field in of.fields.items():
            if not self._is_included(of, name, field):
                continue
            margin, inside = INDENT * depth, _bare(field)
            title = f"{camel(of.name)}{pascal(name)}: {name}" if name in clashing else name
            if is_leaf_type(inside):
                lines.append(margin + title)
            elif self._fragments.get(f"{inside.name}Fields") != "":
                below = self._selection(inside, depth + 1, only)
                lines += [f"{margin}{title} {{", *below, margin + "}"]
        return lines

    def _is_included(self, owner: GraphQLObjectType, name: str, field: GraphQLField) -> bool:
        if _is_connection(owner):
            return name != "edges"
        if (owner.name, name) in ALSO or not owner.interfaces:
            return not any(is_required_argument(each) for each in field.args.values())
        return not field.args and not (_is_list(field) and _holds_things(_bare(field)))


@dataclass(frozen=True)
class _Asked:
    """A field, asked with some of its arguments."""

    name: str
    type: GraphQLOutputType
    args: Mapping[str, GraphQLArgument]


def _variable_type(argument: GraphQLArgument, *, is_needed: bool) -> str:
    """Return a variable's type: what has a default need not be given; an id that finds must be."""
    written = str(argument.type)
    if is_needed:
        return written.removesuffix("!") + "!"
    return written if is_required_argument(argument) else written.removesuffix("!")


def _named_by_enums(arguments: Mapping[str, GraphQLArgument]) -> set[str]:
    """Return the values of enums among arguments: they may name the types that are told of."""
    found: set[str] = set()
    for argument in arguments.values():
        kind = get_named_type(argument.type)
        if is_enum_type(kind):
            found |= kind.values.keys()
    return {name.replace("_", "") for name in found}


def _bare(field: GraphQLField) -> GraphQLNamedType:
    return get_named_type(field.type)


def _is_list(field: GraphQLField) -> bool:
    return "[" in str(field.type) or _is_connection(_bare(field))


def _is_connection(of: GraphQLNamedType) -> bool:
    return isinstance(of, GraphQLObjectType) and {"nodes", "pageInfo"} <= of.fields.keys()


def _is_thing(of: GraphQLNamedType) -> bool:
    return isinstance(of, GraphQLObjectType) and "id" in of.fields and bool(of.interfaces)


def _holds_things(of: GraphQLNamedType) -> bool:
    return isinstance(of, GraphQLObjectType) and (
        "id" in of.fields or any(_is_thing(_bare(field)) for field in of.fields.values())
    )
