"""The GraphQL endpoint. What it needs is imported with its first request: half the servers never get one."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import RedirectResponse, Response
from starlette.routing import WebSocketRoute

from vitrail.core.access import Action
from vitrail.core.errors import InvalidInput, VitrailError
from vitrail.web.calls import Call, read_body, route
from vitrail.web.sockets import authenticator, opener_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.requests import HTTPConnection
    from starlette.websockets import WebSocket

    from vitrail.graphql.asked import Asked
    from vitrail.graphql.engine import Answer, Engine
    from vitrail.graphql.shared import Streams
    from vitrail.web.services import Services

SUBPROTOCOL = "graphql-transport-ws"


class Graph:
    """What answers in this process."""

    def __init__(self, services: Services, tasks: asyncio.TaskGroup) -> None:
        self._services = services
        self._tasks = tasks
        self._streams: Streams | None = None

    @property
    def engine(self) -> Engine:
        """What executes requests."""
        return self._services.engine()

    @property
    def streams(self) -> Streams:
        """The subscriptions that go on."""
        if self._streams is None:
            from vitrail.graphql.shared import Streams  # noqa: PLC0415 - half the servers never need it

            self._streams = Streams(self._tasks)
        return self._streams

    def close(self) -> None:
        """End the subscriptions."""
        if self._streams is not None:
            self._streams.close()


@asynccontextmanager
async def graph_running(services: Services) -> AsyncGenerator[Graph]:
    """Let GraphQL be asked; at the end its subscriptions are over."""
    async with asyncio.TaskGroup() as tasks:
        graph = Graph(services, tasks)
        try:
            yield graph
        finally:
            graph.close()


@route("POST", "/graphql", Action.ANYONE, foreign=True)
async def post(call: Call) -> Response:
    """Answer a query or a mutation; each of its fields is authorised by itself."""
    body, engine = await read_body(call.request), _engine(call)
    return _response(await engine.answer(_asked(body), call.actor, _address(call.request)))


@route("OPTIONS", "/graphql", Action.ANYONE, foreign=True)
async def options(_call: Call) -> Response:
    """Tell browsers that pages of other sites may ask."""
    return Response(
        status_code=204,
        headers={
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": "authorization, content-type, if-none-match",
            "Access-Control-Max-Age": "7200",
        },
    )


@route("GET", "/graphql", Action.ANYONE, foreign=True)
async def get(call: Call) -> Response:
    """Answer a query whose parts are in the address; who looks by browser is shown GraphiQL."""
    parts: dict[str, Any] = dict(call.request.query_params)
    if not parts and "text/html" in call.request.headers.get("accept", ""):
        return RedirectResponse("/graphiql", 303)
    for name in {"variables", "extensions"} & parts.keys():
        try:
            parts[name] = msgspec.json.decode(parts[name])
        except (msgspec.DecodeError, RecursionError) as error:
            raise InvalidInput(f"{name} is not JSON: {error}") from error
    asked, engine = _asked(msgspec.json.encode(parts)), _engine(call)
    tags = call.request.headers.get("if-none-match", "")
    return _response(await engine.look_up(asked, call.actor, _address(call.request), tags))


def _engine(call: Call) -> Engine:
    graph: Graph = call.request.app.state.graph
    return graph.engine


def _asked(body: bytes) -> Asked:
    from vitrail.graphql.asked import read_asked  # noqa: PLC0415 - see Graph

    return read_asked(body)


def _response(answer: Answer) -> Response:
    headers = {"Cache-Control": "no-store", "Vary": "Authorization, Cookie", **answer.headers}
    return Response(answer.body, answer.status, headers, media_type="application/json")


async def serve(socket: WebSocket) -> None:
    """Speak graphql-transport-ws."""
    services: Services = socket.app.state.services
    try:
        opener = await opener_of(socket, services, Action.ANYONE)  # a token may come later
        if SUBPROTOCOL not in socket.scope.get("subprotocols", ()):
            raise InvalidInput(f"this socket speaks {SUBPROTOCOL}")
    except VitrailError as error:
        await socket.close(error.close_code, error.message[:100])
        return
    from vitrail.graphql.socket import GraphSocket  # noqa: PLC0415 - see Graph

    graph: Graph = socket.app.state.graph
    await socket.accept(SUBPROTOCOL)
    who = authenticator(socket, services, opener)
    remembered = services.collab.remembered
    await GraphSocket(
        socket, graph.engine, graph.streams, who, _address(socket), lambda: remembered.generation
    ).run()


def _address(connection: HTTPConnection) -> str:
    return connection.client.host if connection.client else ""


SOCKETS = [WebSocketRoute("/graphql", serve)]
