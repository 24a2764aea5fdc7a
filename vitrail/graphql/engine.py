"""Executes requests: bounds first, then graphql-core over what the schema fetches level by level."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
from graphql import (
    ExecutionResult,
    FieldNode,
    GraphQLError,
    NullValueNode,
    OperationType,
    VariableNode,
    execute,  # pyright: ignore[reportUnknownVariableType]
    subscribe,  # pyright: ignore[reportUnknownVariableType]
)

from vitrail.core.errors import InvalidInput, Overloaded, VitrailError
from vitrail.core.limits import Buckets, Empty
from vitrail.graphql.context import Context
from vitrail.graphql.cost import weigh
from vitrail.graphql.documents import Documents, Known, Refused
from vitrail.graphql.errors import extensions, formatted
from vitrail.graphql.revisions import Revisions
from vitrail.graphql.schema import build, native
from vitrail.graphql.trusted import Trusted
from vitrail.graphql.walking import Walk, settle

if TYPE_CHECKING:
    from graphql import OperationDefinitionNode, ValueNode

    from vitrail.core.access import Actor
    from vitrail.graphql.asked import Asked
    from vitrail.graphql.context import House

SECONDS = 10.0  # for a query
SINCE = "sinceSeq"
# Points that a person, a token or an address may spend: so many at once, so many a second after that.
BURST, PER_SECOND = 20_000, 1_000
PERSONAL = frozenset({"notifications"})  # subscriptions that are of who asks, and of nobody else
NONE_TRUSTED = Trusted()
FRESH = {"Cache-Control": "private, no-cache"}  # keep it, and ask whether it is still so


@dataclass(slots=True)
class Answer:
    """What came of a request.

    Attributes:
        body: The answer's JSON.
        status: HTTP status.
        headers: For the answer.
        is_whole: Whether nothing went wrong.
    """

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])
    is_whole: bool = False


class Spent(Overloaded):
    """Somebody has not the points that a request takes.

    Attributes:
        cost: Its points.
        left: What they have.
    """

    def __init__(self, cost: int, error: Empty) -> None:
        super().__init__(
            "this key has spent the cost that it has for now", hint=error.hint, after=error.after
        )
        self.cost = cost
        self.left = error.level


@dataclass(frozen=True, slots=True)
class Admitted:
    """A request that is within its bounds.

    Attributes:
        known: Its document.
        operation: Which operation of it.
        variables: Their values.
        cost: Its points.
        left: What its asker has left.
    """

    known: Known
    operation: OperationDefinitionNode
    variables: Mapping[str, Any]
    cost: int
    left: float

    @property
    def is_personal(self) -> bool:
        """Whether each person is told something else."""
        return any(
            not isinstance(field, FieldNode)
            or field.name.value in PERSONAL  # in a fragment, perhaps
            for field in self.operation.selection_set.selections
        )

    @property
    def resumes(self) -> bool:
        """Whether it is a subscription that begins in the past."""
        return any(
            argument.name.value == SINCE and self._value(argument.value) is not None
            for field in self.operation.selection_set.selections
            if isinstance(field, FieldNode)
            for argument in field.arguments or ()
        )

    def _value(self, node: ValueNode) -> Any:
        if isinstance(node, VariableNode):
            return self.variables.get(node.name.value)
        return None if isinstance(node, NullValueNode) else node


class Engine:
    """Answers GraphQL requests.

    Args:
        house: The services that the schema calls.
        trusted: The documents that are known before they are asked.

    Attributes:
        schema: The schema, as graphql-core has it.
        documents: What was asked for last.
    """

    def __init__(self, house: House, trusted: Trusted = NONE_TRUSTED) -> None:
        self.house = house
        self.schema = native(build())
        self._places = settle(self.schema)
        self.documents = Documents(self.schema, trusted)
        self._revisions = Revisions(house)
        self._buckets = Buckets(BURST, PER_SECOND, house.clock)

    def find(self, asked: Asked, actor: Actor) -> Known:
        """Return the document of a request.

        Raises:
            InvalidInput: It is not one of this schema.
            NotFound: Its hash is not known.
            TooLarge: It is longer, or asks for more, than a document may.
        """
        persisted = asked.extensions.persistedQuery if asked.extensions else None
        return self.documents.find(
            asked.query,
            persisted.sha256Hash if persisted else None,
            asked.documentId,
            may_introspect=actor.user_id is not None,
        )

    def admit(self, asked: Asked, known: Known, actor: Actor, address: str) -> Admitted:
        """Hold a request against its bounds.

        Args:
            asked: The request.
            known: Its document.
            actor: Who asks.
            address: From where, if nobody is known to be asking.

        Raises:
            InvalidInput: It has no such operation.
            TooLarge: It asks for more than one request may.
            Spent: Its asker has not so many points for now.
        """
        operation = known.operation(asked.operationName)
        variables = asked.variables or {}
        weight = known.weights.get(asked.operationName)
        if weight is None:
            weight = weigh(self.schema, known.document, operation, variables)
            if weight.is_fixed:
                known.weights[asked.operationName] = weight
        left = self._pay(weight.cost, actor, address)
        return Admitted(known, operation, variables, weight.cost, left)

    def _pay(self, cost: int, actor: Actor, address: str) -> float:
        key = actor.secret_id or actor.user_id or address
        try:
            return self._buckets.take(key, max(cost, 1))
        except Empty as error:
            raise Spent(cost, error) from error

    async def look_up(self, asked: Asked, actor: Actor, address: str, tags: str) -> Answer:
        """Answer a query that came by GET: mutations do not.

        Args:
            asked: The request.
            actor: Who asks.
            address: From where.
            tags: The ETags of the answers that the asker has, as in `If-None-Match`.
        """
        try:
            known = self.find(asked, actor)
            operation = known.operation(asked.operationName).operation
            if operation is OperationType.MUTATION:
                raise InvalidInput("mutations go by POST", code="method")
            if not known.moves_with_sites:
                return await self._answer(asked, known, Context(self.house, actor), address)
            question = await self._revisions.question(asked, known.hash, actor)
            if (tag := self._revisions.unchanged(question, tags)) is not None:
                self._pay(1, actor, address)
                return Answer(b"", 304, {"ETag": tag, **FRESH})
        except VitrailError as error:
            return refusal(error)
        context = Context(self.house, actor)
        answer = await self._answer(asked, known, context, address)
        if answer.is_whole and context.is_revised and context.sites:
            answer.headers |= {"ETag": self._revisions.answered(question, context.sites), **FRESH}
        return answer

    async def answer(self, asked: Asked, actor: Actor, address: str) -> Answer:
        """Answer a query or a mutation.

        Args:
            asked: The request.
            actor: Who asks.
            address: From where.
        """
        try:
            known = self.find(asked, actor)
        except VitrailError as error:
            return refusal(error)
        return await self._answer(asked, known, Context(self.house, actor), address)

    async def _answer(self, asked: Asked, known: Known, context: Context, address: str) -> Answer:
        try:
            admitted = self.admit(asked, known, context.actor, address)
            if admitted.operation.operation is OperationType.SUBSCRIPTION:
                raise InvalidInput("subscriptions go over a WebSocket: graphql-transport-ws")
        except VitrailError as error:
            return refusal(error)
        context.cost, context.left = admitted.cost, admitted.left
        context.limits = BURST, PER_SECOND
        # A change that has begun is not given up half-way.
        is_query = admitted.operation.operation is OperationType.QUERY
        try:
            async with asyncio.timeout(SECONDS if is_query else None):
                result = execute(
                    self.schema,
                    admitted.known.document,
                    context_value=context,
                    variable_values=dict(admitted.variables),
                    operation_name=asked.operationName,
                    executor_class=Walk,
                    places=self._places,
                )
                if not isinstance(result, ExecutionResult):
                    result = await result
        except RecursionError:
            return refusal(InvalidInput("the variables are nested too deep"))
        except TimeoutError:
            return refusal(Overloaded(f"this request took more than {SECONDS:.0f} s"))
        if not is_query:
            self._revisions.forget()
        more, headers = told_cost(admitted.cost, admitted.left)
        return Answer(encode(result, more), 200, headers, is_whole=not result.errors)

    async def events(
        self, asked: Asked, admitted: Admitted, actor: Actor
    ) -> AsyncIterator[ExecutionResult]:
        """Return the events of a subscription.

        Raises:
            Refused: It could not begin.
        """
        found = subscribe(
            self.schema,
            admitted.known.document,
            context_value=Context(self.house, actor, admitted.cost),
            variable_values=dict(admitted.variables),
            operation_name=asked.operationName,
        )
        if not isinstance(found, AsyncIterator | ExecutionResult):
            found = await found
        if isinstance(found, ExecutionResult):
            raise Refused(list(found.errors or [GraphQLError("the subscription did not begin")]))
        return found


def encode(result: ExecutionResult, more: Mapping[str, Any] | None = None) -> bytes:
    """Write a result as JSON."""
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = [formatted(error) for error in result.errors]
    if more:
        body["extensions"] = more
    return msgspec.json.encode(body)


def refusal(error: VitrailError) -> Answer:
    """Return the answer to a request that was not executed."""
    body: dict[str, Any] = {"errors": refused(error)}
    headers = error.headers
    if isinstance(error, Spent):
        body["extensions"], told = told_cost(error.cost, error.left)
        headers = headers | told
    return Answer(msgspec.json.encode(body), error.status, headers)


def told_cost(cost: int, left: float) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the extensions and headers that tell what a request takes and what its asker has."""
    told = {
        "requested": cost,
        "available": int(left),
        "limit": BURST,
        "restorePerSecond": PER_SECOND,
    }
    return {"cost": told}, {"X-Cost": str(cost), "X-Cost-Available": str(int(left))}


def refused(error: VitrailError) -> list[dict[str, Any]]:
    """Return what is told of a request that was not executed."""
    if isinstance(error, Refused):
        return [formatted(each) for each in error.errors]
    return [{"message": error.message, "extensions": extensions(error)}]
