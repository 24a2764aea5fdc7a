"""What a document may ask for: bounds that are held before anything is validated or executed.

Every count is linear in the document: a fragment is weighed once, however often it is spread. The cost of a
field that returns objects is 1, or what it declares, and that of what is selected below it as often as the
list may be long (`first`, `ids`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    is_composite_type,
)

from vitrail.core.errors import InvalidInput, TooLarge
from vitrail.graphql.batching import definition_of, field_of, type_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import DocumentNode, GraphQLNamedType, GraphQLSchema, SelectionSetNode, ValueNode

MAX_DOCUMENT_BYTES = 16 << 10
MAX_TOKENS = 2_000
MAX_DEPTH = 20  # of fields and of fragments in each other
MAX_ALIASES = 60
MAX_FRAGMENTS = 60
MAX_DIRECTIVES = 60
MAX_ROOT_FIELDS = 30
MAX_MUTATIONS = 10
MAX_COST = 6_000
MAX_PAGE = 100
COST, LISTS = "cost", ("first", "ids")


@dataclass(frozen=True, slots=True)
class Weight:
    """How much an operation may do.

    Attributes:
        cost: Its points.
        depth: The levels of fields and of fragments without a name.
        nodes: How many nodes of the document were looked at.
        is_fixed: Whether no variable changes it.
    """

    cost: int
    depth: int
    nodes: int
    is_fixed: bool


def weigh(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
) -> Weight:
    """Return how much an operation may do.

    Raises:
        TooLarge: It asks for more than one request may.
        InvalidInput: Its fragments spread each other in a circle.
    """
    scales = _Scales(schema, document, {**_defaults(operation), **variables})
    root = schema.get_root_type(operation.operation)
    _limit(len(operation.selection_set.selections), MAX_ROOT_FIELDS, "fields at its root")
    cost, depth = scales.selection(operation.selection_set, root)
    if operation.operation is OperationType.MUTATION:
        _limit(scales.root_fields(operation.selection_set), MAX_MUTATIONS, "mutations")
    _limit(scales.aliases, MAX_ALIASES, "aliases")
    _limit(scales.directives, MAX_DIRECTIVES, "directives")
    _limit(depth, MAX_DEPTH, "levels of fields and fragments")
    _limit(cost, MAX_COST, "points of cost", "ask for shorter lists, or less of each")
    return Weight(cost, depth, scales.nodes, scales.is_fixed)


def _defaults(operation: OperationDefinitionNode) -> dict[str, Any]:
    """Return the values that variables have when they are left out: those that may be lengths."""
    found: dict[str, Any] = {}
    for declared in operation.variable_definitions or ():
        if isinstance(declared.default_value, IntValueNode):
            found[declared.variable.name.value] = int(declared.default_value.value[:12])
        elif isinstance(declared.default_value, ListValueNode):
            found[declared.variable.name.value] = list(declared.default_value.values)
    return found


class _Scales:
    """One walk over a document; each fragment is weighed once for each type that it is spread on."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]
    ) -> None:
        self.aliases = self.directives = self.nodes = 0
        self.is_fixed = True
        self._schema = schema
        self._variables = variables
        self._fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        _limit(len(self._fragments), MAX_FRAGMENTS, "fragments")
        self._weighed: dict[str, tuple[int, int] | None] = {}

    def selection(self, selected: SelectionSetNode, of: GraphQLNamedType | None) -> tuple[int, int]:
        """Return the cost and the depth of what is selected of a type."""
        cost = depth = 0
        for node in selected.selections:
            self.nodes += 1
            self.directives += len(node.directives or ())
            if isinstance(node, FieldNode):
                found = self._field(node, of)
            elif isinstance(node, InlineFragmentNode):
                below = self.selection(node.selection_set, self._condition(node, of))
                found = below[0], below[1] + 1
            elif isinstance(node, FragmentSpreadNode):
                found = self._fragment(node.name.value)
            else:
                continue
            cost += found[0]
            depth = max(depth, found[1])
        return cost, depth

    def root_fields(self, selected: SelectionSetNode) -> int:
        """Return how many fields are at a root, those in fragments too; each fragment once."""
        count, todo, seen = 0, [selected], set[str]()
        while todo:
            for node in todo.pop().selections:
                if isinstance(node, FieldNode):
                    count += 1
                elif isinstance(node, InlineFragmentNode):
                    todo.append(node.selection_set)
                elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                    seen.add(node.name.value)
                    if (fragment := self._fragments.get(node.name.value)) is not None:
                        todo.append(fragment.selection_set)
        return count

    def _condition(
        self, node: InlineFragmentNode, of: GraphQLNamedType | None
    ) -> GraphQLNamedType | None:
        condition = node.type_condition
        return of if condition is None else self._schema.type_map.get(condition.name.value)

    def _fragment(self, name: str) -> tuple[int, int]:
        if name in self._weighed:
            if (weighed := self._weighed[name]) is None:
                raise InvalidInput(f"the fragment {name} spreads itself")
            return weighed
        fragment = self._fragments.get(name)
        if fragment is None:
            return 0, 0  # which validation refuses
        self._weighed[name] = None
        of = self._schema.type_map.get(fragment.type_condition.name.value)
        found = self._weighed[name] = self.selection(fragment.selection_set, of)
        return found

    def _field(self, node: FieldNode, of: GraphQLNamedType | None) -> tuple[int, int]:
        self.aliases += node.alias is not None
        field = field_of(of, node.name.value)
        own, times, kind = 0, 1, None
        if field is not None:
            kind = type_of(field)
            own = 1 if is_composite_type(kind) else 0
            if "strawberry-definition" in field.extensions:
                own = definition_of(field).metadata.get(COST, own)
            if (first := field.args.get("first")) is not None and isinstance(
                first.default_value, int
            ):
                times = first.default_value
        for argument in node.arguments or ():
            if argument.name.value in LISTS:
                times = self._length(argument.value, times)
        if node.selection_set is None:
            return own, 1
        cost, depth = self.selection(node.selection_set, kind)
        return own + times * cost, depth + 1

    def _length(self, value: ValueNode, default: int) -> int:
        found: Any = None
        if isinstance(value, VariableNode):
            self.is_fixed = False
            found = self._variables.get(value.name.value, default)
        elif isinstance(value, IntValueNode):
            found = int(value.value[:12])
        elif isinstance(value, ListValueNode):
            found = len(value.values)
        if isinstance(found, list):
            found = len(found)  # pyright: ignore[reportUnknownArgumentType]
        return max(found, 1) if isinstance(found, int) else 1


def _limit(count: int, limit: int, what: str, hint: str | None = None) -> None:
    if count > limit:
        raise TooLarge(f"a request has at most {limit} {what}, this one {count}", hint=hint)
