"""The queries of webhooks: which subscriptions they may be, and what they tell of an event.

A webhook's query is executed for one event at a time, as a subscription would be, with the rights of who made
it. It may declare `$siteId`, which is the webhook's site.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import msgspec
from graphql import (
    ExecutionResult,
    FieldNode,
    OperationType,
    subscribe,  # pyright: ignore[reportUnknownVariableType]
)
from graphql.execution.values import get_argument_values, get_variable_values

from vitrail.core.access import Action
from vitrail.core.errors import InvalidInput, NotFound, VitrailError
from vitrail.graphql.batching import field_of
from vitrail.graphql.context import Context
from vitrail.graphql.cost import weigh
from vitrail.graphql.engine import SINCE
from vitrail.graphql.errors import formatted
from vitrail.graphql.ids import read_id
from vitrail.graphql.site_events import SiteEventKind, Told, events_since, products_since
from vitrail.graphql.site_queries import find_page
from vitrail.graphql.site_subscriptions import PageChanged
from vitrail.sites.webhook import Batch, News

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import DocumentNode

    from vitrail.core.access import Actor
    from vitrail.graphql.engine import Engine

    Since = Callable[[Context, Mapping[str, Any], int], Awaitable[Told]]

MAX_BODY_BYTES = 256 << 10
SITE_VARIABLE = "siteId"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query that a webhook can have.

    Attributes:
        document: What it says.
        operation_name: Which operation of it, if it has a name.
        variables: Their values.
        field: The subscription.
        arguments: Its arguments, as the schema names them.
        cost: Its points.
    """

    document: DocumentNode
    operation_name: str | None
    variables: Mapping[str, Any]
    field: str
    arguments: Mapping[str, Any]
    cost: int


class WebhookQueries:
    """Reads and executes the queries of webhooks.

    Args:
        engine: The engine of this process.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def read(self, site_id: str, text: str) -> Wanted:
        """Read the query of a webhook of a site.

        Raises:
            InvalidInput: It is not a query of this schema, or none that a webhook can have.
        """
        schema = self._engine.schema
        known = self._engine.documents.read(text)
        operation = known.operation(None)
        if operation.operation is not OperationType.SUBSCRIPTION:
            raise InvalidInput(
                "the query of a webhook is a subscription",
                hint="write subscription { siteEvents(siteId: …) { … } }",
            )
        given = {SITE_VARIABLE: f"site:{site_id}"}
        declared = [each.variable.name.value for each in operation.variable_definitions or ()]
        if unknown := [name for name in declared if name not in given]:
            raise InvalidInput(
                f"a webhook knows no variable ${unknown[0]}",
                hint=f"only ${SITE_VARIABLE}: write other values into the query",
            )
        given = {name: given[name] for name in declared}
        [selected] = operation.selection_set.selections
        if not isinstance(selected, FieldNode) or selected.name.value not in SOURCES:
            raise InvalidInput(
                "a webhook cannot follow this", hint=f"it follows {', '.join(SOURCES)}"
            )
        if any(argument.name.value == SINCE for argument in selected.arguments or ()):
            raise InvalidInput(f"a webhook remembers by itself where it was: leave out {SINCE}")
        values = get_variable_values(schema, operation.variable_definitions or (), given)
        if isinstance(values, list):
            raise InvalidInput(values[0].message)
        name = selected.name.value
        field = field_of(schema.subscription_type, name)
        if field is None:
            raise AssertionError(f"the schema has no subscription {name}")
        arguments = get_argument_values(field, selected, values)
        weight = weigh(schema, known.document, operation, given)
        of = operation.name.value if operation.name else None
        return Wanted(known.document, of, given, name, arguments, weight.cost)

    async def topic(self, actor: Actor, site_id: str, text: str) -> str:
        """Return whose changes a query follows; see `vitrail.sites.webhook.Feed`."""
        wanted = self.read(site_id, text)
        return await SOURCES[wanted.field].topic(self._context(actor, wanted), site_id, wanted)

    async def since(self, actor: Actor, site_id: str, text: str, cursor: int) -> Batch:
        """Return what has happened since a number; see `vitrail.sites.webhook.Feed`."""
        wanted = self.read(site_id, text)
        context = self._context(actor, wanted)
        await SOURCES[wanted.field].topic(context, site_id, wanted)
        told = await SOURCES[wanted.field].since(context, wanted.arguments, cursor)
        news: list[News] = []
        for event in told.events:
            body = await self._body(actor, wanted, event)
            news.append(News(event.seq, wanted.field, body))
        return Batch(news, told.cursor, told.has_more)

    def _context(self, actor: Actor, wanted: Wanted, event: Any = None) -> Context:
        return Context(self._engine.house, actor, wanted.cost, given=event)

    async def _body(self, actor: Actor, wanted: Wanted, event: Any) -> str:
        """Return the message that tells of an event."""
        result = await self._execute(self._context(actor, wanted, event), wanted)
        message: dict[str, Any] = {
            "type": wanted.field,
            "timestamp": self._engine.house.clock.now(),
            "seq": event.seq,
            "data": result.data,
        }
        if result.errors:
            message["errors"] = [formatted(error) for error in result.errors]
        body = msgspec.json.encode(message)
        if len(body) > MAX_BODY_BYTES:
            too_large = f"the message would have more than {MAX_BODY_BYTES} bytes: select less"
            message |= {"data": None, "errors": [{"message": too_large}]}
            body = msgspec.json.encode(message)
        return body.decode()

    async def _execute(self, context: Context, wanted: Wanted) -> ExecutionResult:
        found = subscribe(
            self._engine.schema,
            wanted.document,
            context_value=context,
            variable_values=dict(wanted.variables),
            operation_name=wanted.operation_name,
        )
        if not isinstance(found, AsyncIterator | ExecutionResult):
            found = await found
        if isinstance(found, ExecutionResult):
            cause = found.errors[0].original_error if found.errors else None
            if isinstance(cause, VitrailError):
                raise cause
            return found
        async with aclosing(cast("AsyncGenerator[ExecutionResult]", found)) as results:
            return await anext(results)


class _OfSite:
    """A subscription to a site, whose changes are numbered together."""

    def __init__(self, since: Since) -> None:
        self.since = since

    async def topic(self, context: Context, site_id: str, wanted: Wanted) -> str:
        """Return the site that is followed, which must be the webhook's."""
        site = read_id(wanted.arguments["siteId"], "site")
        if site != site_id:
            raise InvalidInput("a webhook follows its own site", hint=f"declare ${SITE_VARIABLE}")
        await context.site(site, Action.SITE_READ)
        return f"site:{site}"


class _OfPage:
    """The subscription to a page, which has numbers of its own."""

    async def topic(self, context: Context, site_id: str, wanted: Wanted) -> str:
        """Return the page that is followed, which must be of the webhook's site."""
        page = read_id(wanted.arguments["pageId"], "page")
        if (await context.page(page, Action.PAGE_READ)).site_id != site_id:
            raise NotFound("this site has no such page")
        return f"page:{page}"

    async def since(self, context: Context, arguments: Mapping[str, Any], seq: int) -> Told:
        """Return the page if it has changed since."""
        key = read_id(arguments["pageId"], "page")
        name = f"page:{key}"
        head = (await context.house.collab.rooms.log.heads([name])).get(name, 0)
        if head == seq:
            return Told([], seq, has_more=False)
        event = PageChanged(seq=head, page=await find_page(context, key))
        return Told([event], head, has_more=False)


async def _products(context: Context, arguments: Mapping[str, Any], seq: int) -> Told:
    return await products_since(context, read_id(arguments["siteId"], "site"), seq)


async def _events(context: Context, arguments: Mapping[str, Any], seq: int) -> Told:
    only = arguments.get("only")
    kinds = None if only is None else [SiteEventKind(kind) for kind in only]
    return await events_since(context, read_id(arguments["siteId"], "site"), seq, kinds)


SOURCES: dict[str, _OfSite | _OfPage] = {
    "siteEvents": _OfSite(_events),
    "productChanged": _OfSite(_products),
    "pageChanged": _OfPage(),
}
