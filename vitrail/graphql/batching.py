"""Breadth-first resolvers: a field is fetched once for all objects of a level, whatever their number.

A batched field is written as a function of all parents: parents in, one value for each of them out. Root
fields fetch what was selected below them, level by level, before graphql-core walks the result; that
walk then finds everything in its place and waits for nothing. So the number of statements of a query
depends on its shape and not on its rows.
"""

from __future__ import annotations

import inspect
from collections import deque
from contextlib import aclosing
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, cast, get_args

import strawberry
from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSkipDirective,
    GraphQLUnionType,
    InlineFragmentNode,
    SelectionSetNode,
    get_named_type,
)
from graphql.execution.values import get_argument_values, get_directive_values
from strawberry.types import Info

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence

    from graphql import GraphQLField, GraphQLNamedType
    from strawberry.types.field import StrawberryField

    from vitrail.graphql.context import Context

RawInfo = GraphQLResolveInfo[Any]
BATCH = "batch"  # in the metadata of a field


class Batched:
    """An object with batched fields."""

    @cached_property
    def fetched(self) -> dict[str, Any]:
        """The values of its batched fields, by the names that they have in the answer."""
        return {}


def batched(field: Callable[..., Awaitable[Sequence[Any]]]) -> Any:
    """Make a field of a static `async def f(parents: list[T], context: Context, ...) -> list[R]`.

    The result has one value of the field's type, R, for each parent, in their order.
    """
    function = field.__func__ if isinstance(field, staticmethod) else field
    signature = inspect.signature(function)
    _, _, *arguments = signature.parameters.values()
    (returned,) = get_args(signature.return_annotation)

    def resolve(self: Any, info: Info, **_: Any) -> Any:
        return self.fetched[info.path.key]

    own = [
        inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD),
        inspect.Parameter("info", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Info),
    ]
    resolve.__signature__ = inspect.Signature([*own, *arguments], return_annotation=returned)
    resolve.__annotations__ = {"info": Info, "return": returned} | {
        argument.name: argument.annotation for argument in arguments
    }
    resolve.__name__, resolve.__module__ = function.__name__, function.__module__
    resolve.__doc__ = function.__doc__
    return strawberry.field(
        resolver=resolve, description=inspect.getdoc(function), metadata={BATCH: function}
    )


def fetching(resolver: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """Let a root resolver, which takes `info`, fetch what is selected of what it returns."""

    @wraps(resolver)
    async def resolve(*args: Any, info: Info, **kwargs: Any) -> Any:
        result = await resolver(*args, info=info, **kwargs)
        await prefetch(_raw(info), info.context, result)
        return result

    return resolve


def following(
    subscriber: Callable[..., AsyncGenerator[Any, None]],
) -> Callable[..., AsyncGenerator[Any, None]]:
    """Let a subscription, which takes `info`, fetch what is selected of each of its events.

    With an event in the context it tells that one, and nothing else.
    """

    @wraps(subscriber)
    async def subscribe(*args: Any, info: Info, **kwargs: Any) -> AsyncGenerator[Any, None]:
        context: Context = info.context
        if context.given is not None:
            await prefetch(_raw(info), context, context.given)
            yield context.given
            return
        async with aclosing(subscriber(*args, info=info, **kwargs)) as events:
            async for event in events:
                await prefetch(_raw(info), info.context, event)
                yield event

    return subscribe


def selected(info: Info) -> frozenset[str]:
    """Return the names of the fields that are selected of what a root field gives, an object."""
    raw = _raw(info)
    returned = type_of(raw.parent_type.fields[raw.field_name])
    if not isinstance(returned, GraphQLObjectType):
        raise TypeError(f"{raw.field_name} gives no object")
    selections = [node.selection_set for node in raw.field_nodes if node.selection_set]
    fields = _Fetch(raw, info.context).fields(returned, selections)
    return frozenset(nodes[0].name.value for nodes in fields.values())


def _raw(info: Any) -> RawInfo:
    return info._raw_info


async def prefetch(info: RawInfo, context: Context, result: Any) -> None:
    """Fetch the batched fields that a field's selection asks for, of all objects in its result."""
    selections = [node.selection_set for node in info.field_nodes if node.selection_set]
    returned: Any = info.parent_type.fields[info.field_name]
    await _Fetch(info, context).run(type_of(returned), _flat(result), selections)


@dataclass(frozen=True, slots=True)
class _Level:
    """Objects of one type, and what is selected of them."""

    of: GraphQLNamedType
    objects: list[Any]
    selections: list[SelectionSetNode]


class _Fetch:
    """One walk down a selection, a level at a time."""

    def __init__(self, info: RawInfo, context: Context) -> None:
        self._info = info
        self._context = context

    async def run(
        self, of: GraphQLNamedType, objects: list[Any], selections: list[SelectionSetNode]
    ) -> None:
        todo = deque([_Level(of, objects, selections)])
        while todo:
            level = todo.popleft()
            for kind, found in self._by_type(level.of, level.objects).items():
                for key, nodes in self.fields(kind, level.selections).items():
                    below = await self._field(kind, found, key, nodes)
                    if below is not None:
                        todo.append(below)

    def _by_type(
        self, of: GraphQLNamedType, objects: list[Any]
    ) -> dict[GraphQLObjectType, list[Any]]:
        if isinstance(of, GraphQLObjectType):
            return {of: objects} if objects else {}
        found: dict[GraphQLObjectType, list[Any]] = {}
        if isinstance(of, GraphQLInterfaceType | GraphQLUnionType):
            for each in objects:
                kind = self._info.schema.type_map[each.__strawberry_definition__.name]
                if isinstance(kind, GraphQLObjectType):
                    found.setdefault(kind, []).append(each)
        return found

    def fields(
        self, kind: GraphQLObjectType, selections: list[SelectionSetNode]
    ) -> dict[str, list[FieldNode]]:
        """Return what is selected of a type, by the names that it has in the answer."""
        fields: dict[str, list[FieldNode]] = {}
        seen: set[str] = set()
        todo = list(reversed(selections))
        while todo:
            for node in todo.pop().selections:
                if not self._is_wanted(node):
                    continue
                if isinstance(node, FieldNode):
                    key = node.alias.value if node.alias else node.name.value
                    fields.setdefault(key, []).append(node)
                elif isinstance(node, InlineFragmentNode):
                    condition = node.type_condition
                    if condition is None or self._fits(kind, condition.name.value):
                        todo.append(node.selection_set)
                elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                    seen.add(node.name.value)
                    fragment = self._info.fragments[node.name.value]
                    definition = getattr(fragment, "definition", fragment)
                    if self._fits(kind, definition.type_condition.name.value):
                        todo.append(definition.selection_set)
        return fields

    def _is_wanted(self, node: Any) -> bool:
        if not node.directives:
            return True
        variables = self._info.variable_values
        skip = get_directive_values(GraphQLSkipDirective, node, variables)
        include = get_directive_values(GraphQLIncludeDirective, node, variables)
        return not (skip and skip["if"]) and not (include and not include["if"])

    def _fits(self, kind: GraphQLObjectType, name: str) -> bool:
        other = self._info.schema.type_map[name]
        if other is kind:
            return True
        abstract = isinstance(other, GraphQLInterfaceType | GraphQLUnionType)
        return abstract and self._info.schema.is_sub_type(other, kind)

    async def _field(
        self, kind: GraphQLObjectType, objects: list[Any], key: str, nodes: list[FieldNode]
    ) -> _Level | None:
        field = field_of(kind, nodes[0].name.value)
        if field is None:  # __typename
            return None
        definition = definition_of(field)
        batch = definition.metadata.get(BATCH)
        below = [node.selection_set for node in nodes if node.selection_set]
        if batch is None and not below:
            return None
        if batch is not None:
            arguments = get_argument_values(field, nodes[0], self._info.variable_values)
            values = await batch(objects, self._context, **_named(definition, arguments))
            for each, value in zip(objects, values, strict=True):
                each.fetched[key] = value
        else:
            values = [getattr(each, definition.python_name, None) for each in objects]
        return _Level(type_of(field), _flat(list(values)), below) if below else None


def type_of(field: Any) -> GraphQLNamedType:
    """Return the type of a field without its lists and non-nulls."""
    return cast("GraphQLNamedType", get_named_type(field.type))


def field_of(of: GraphQLNamedType | None, name: str) -> GraphQLField | None:
    """Return a field of a type; None if it has none of that name, or none at all."""
    fields: dict[str, GraphQLField] = getattr(of, "fields", {})
    return fields.get(name)


def definition_of(field: GraphQLField) -> StrawberryField:
    """Return how a field of the schema was declared."""
    found: StrawberryField = field.extensions["strawberry-definition"]
    return found


def is_batched(field: GraphQLField) -> bool:
    """Tell whether a field's values are fetched by level."""
    definition = field.extensions.get("strawberry-definition")
    return definition is not None and BATCH in definition.metadata


def python_name(field: GraphQLField) -> str | None:
    """Return the attribute whose value a field is; None if it is made in another way."""
    definition = field.extensions.get("strawberry-definition")
    return definition.python_name if definition is not None and definition.is_basic_field else None


def _named(definition: StrawberryField, values: dict[str, Any]) -> dict[str, Any]:
    """Return arguments by the names that the function gives them."""
    names = {
        (argument.graphql_name or _camel(argument.python_name)): argument.python_name
        for argument in definition.arguments
    }
    return {names[name]: value for name, value in values.items()}


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other.title() for other in others)


def _flat(value: Any) -> list[Any]:
    """Return the objects in nested lists, without nulls, each once."""
    found: dict[int, Any] = {}
    todo: list[Any] = [value]
    while todo:
        each = todo.pop()
        if isinstance(each, list):
            todo += reversed(cast("list[Any]", each))
        elif each is not None:
            found[id(each)] = each
    return list(found.values())
