"""The walk over what was fetched, by graphql-core's executor with a short way to values that are in their place.

When it begins, nearly all of an answer's values are attributes of objects, or were fetched for their level.
graphql-core would make a path and a description of the request for each of them, and call three functions.
"""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from graphql import GraphQLNonNull, GraphQLObjectType, is_leaf_type
from graphql.execution import Executor
from typing_extensions import override

from vitrail.graphql.batching import is_batched, python_name

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from graphql import GraphQLField, GraphQLSchema
    from graphql.pyutils import AwaitableOrValue, Path


class Leaf(NamedTuple):
    """A field whose value is in its place, and is a scalar.

    Attributes:
        read: Returns it, of an object and by the name that it has in the answer.
        write: Makes of it what is written.
        is_required: Whether it may not be null.
    """

    read: Callable[[Any, str], Any]
    write: Callable[[Any], Any]
    is_required: bool


Leaves = dict[str, dict[str, Leaf]]
_MISSING = object()


def settle(schema: GraphQLSchema) -> Leaves:
    """Let values that are in their place be read there; return the leaves among their fields, by type."""
    found: Leaves = {}
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType):
            found[kind.name] = {"__typename": Leaf(partial(_name, kind), str, is_required=True)}
            for name, field in kind.fields.items():
                if (read := _reader(field)) is None:
                    continue
                field.resolve = _resolver(read)
                required = isinstance(field.type, GraphQLNonNull)
                inner: Any = field.type.of_type if required else field.type
                if is_leaf_type(inner):
                    found[kind.name][name] = Leaf(read, inner.coerce_output_value, required)
    return found


def _name(kind: GraphQLObjectType, _source: Any, _key: str) -> str:
    return kind.name


def _reader(field: GraphQLField) -> Callable[[Any, str], Any] | None:
    if is_batched(field):
        return _fetched
    name = python_name(field)
    if name is None:
        return None
    get = attrgetter(name)
    return lambda source, _key: get(source)


def _fetched(source: Any, key: str) -> Any:
    return source.fetched[key]


def _resolver(read: Callable[[Any, str], Any]) -> Callable[..., Any]:
    def resolve(source: Any, info: Any, **_arguments: Any) -> Any:
        return read(source, info.path.key)

    return resolve


class Walk(Executor[Any]):
    """graphql-core's executor, with a short way.

    Args:
        leaves: What `settle` found in the schema.
    """

    def __init__(self, *args: Any, leaves: Leaves, **more: Any) -> None:
        super().__init__(*args, **more)  # pyright: ignore[reportUnknownMemberType]
        self._leaves = leaves

    @override
    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: dict[str, Any],
        position_context: Any,
    ) -> AwaitableOrValue[dict[str, Any]]:
        """Execute the fields of an object: the leaves here, the others as graphql-core does.

        What cannot be read or written is left to graphql-core too, which knows how to tell of it.
        """
        leaves = self._leaves[parent_type.name]
        results: dict[str, Any] = {}
        others: dict[str, Any] = {}
        for key, details in grouped_field_set.items():
            leaf = leaves.get(details[0].node.name.value)
            results[key] = value = _MISSING if leaf is None else _value(leaf, source_value, key)
            if value is _MISSING:
                others[key] = details
        if not others:
            return results
        rest = super().execute_fields(parent_type, source_value, path, others, position_context)
        if isinstance(rest, dict):
            return results | rest
        return _joined(results, rest)


def _value(leaf: Leaf, source: Any, key: str) -> Any:
    try:
        value = leaf.read(source, key)
        if value is not None:
            return leaf.write(value)
    except Exception:  # noqa: BLE001 - it is met once more, and told, in the long way
        return _MISSING
    return _MISSING if leaf.is_required else None


async def _joined(results: dict[str, Any], rest: Awaitable[dict[str, Any]]) -> dict[str, Any]:
    return results | await rest
