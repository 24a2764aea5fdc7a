"""The walk over what was fetched, by graphql-core's executor with a short way to values that are in their place.

When it begins, nearly all of an answer's values are attributes of objects, or were fetched for their level.
graphql-core would make a path and a description of the request for each of them, and call a dozen functions.
"""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from graphql import GraphQLList, GraphQLNonNull, GraphQLObjectType, is_leaf_type
from graphql.execution import Executor
from typing_extensions import override

from vitrail.graphql.batching import is_batched, python_name

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from graphql import GraphQLField, GraphQLSchema
    from graphql.pyutils import AwaitableOrValue, Path


class InPlace(NamedTuple):
    """A field whose value is in its place.

    Attributes:
        read: Returns it, of an object and by the name that it has in the answer.
        type: Its type.
    """

    read: Callable[[Any, str], Any]
    type: Any


Places = dict[str, dict[str, InPlace]]


class LongWayError(Exception):
    """Only graphql-core knows what to make, or to tell, of a value."""


def settle(schema: GraphQLSchema) -> Places:
    """Let values that are in their place be read there; return their fields, by type."""
    found: Places = {}
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType):
            name_type = schema.type_map["String"]
            found[kind.name] = {"__typename": InPlace(partial(_name, kind), name_type)}
            for name, field in kind.fields.items():
                if (read := _reader(field)) is not None:
                    field.resolve = _resolver(read)
                    found[kind.name][name] = InPlace(read, field.type)
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
        places: What `settle` found in the schema.
    """

    def __init__(self, *args: Any, places: Places, **more: Any) -> None:
        super().__init__(*args, **more)  # pyright: ignore[reportUnknownMemberType]
        self._places = places
        self._long: set[int] = set()  # selections of which something went the long way

    @override
    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: dict[str, Any],
        position_context: Any,
    ) -> AwaitableOrValue[dict[str, Any]]:
        """Execute the fields of an object: what is in its place here, the others as graphql-core does."""
        results: dict[str, Any] = {}
        others: dict[str, Any] = {}
        for key, details in grouped_field_set.items():
            try:
                results[key] = self._written(parent_type, source_value, key, details)
            except LongWayError:
                results[key], others[key] = None, details
        if not others:
            return results
        rest = super().execute_fields(parent_type, source_value, path, others, position_context)
        if isinstance(rest, dict):
            return results | rest
        return _joined(results, rest)

    def _written(self, kind: GraphQLObjectType, source: Any, key: str, details: Any) -> Any:
        """Return what is written of a field.

        A selection that could not be followed once is not tried again, so that at most one walk is in vain.

        Raises:
            LongWayError: Something of it is not in its place, or cannot be read or written.
        """
        field = self._places[kind.name].get(details[0].node.name.value)
        if field is None or id(details) in self._long:
            raise LongWayError
        try:
            return self._complete(field.type, field.read(source, key), details)
        except Exception as error:
            self._long.add(id(details))
            raise LongWayError from error

    def _complete(self, of: Any, value: Any, details: Any) -> Any:
        if isinstance(of, GraphQLNonNull):
            if value is None:
                raise LongWayError
            of = cast("Any", of).of_type
        if value is None:
            return None
        if isinstance(of, GraphQLList):
            if not isinstance(value, list | tuple):
                raise LongWayError
            inner = cast("Any", of).of_type
            return [self._complete(inner, each, details) for each in cast("list[Any]", value)]
        if isinstance(of, GraphQLObjectType):
            fields = self.collect_subfields(of, details).grouped_field_set
            return {key: self._written(of, value, key, below) for key, below in fields.items()}
        if not is_leaf_type(of) or (written := of.coerce_output_value(value)) is None:
            raise LongWayError
        return written


async def _joined(results: dict[str, Any], rest: Awaitable[dict[str, Any]]) -> dict[str, Any]:
    return results | await rest
