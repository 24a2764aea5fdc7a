"""The sockets of collaboration: who opens one is settled before it is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import WebSocketRoute

from vitrail.collab.asgi_line import AsgiLine
from vitrail.collab.line import RAW_LINE
from vitrail.collab.wire import Dialect
from vitrail.core.access import NOBODY, Action, Actor, authorize
from vitrail.core.errors import NotSignedIn, VitrailError
from vitrail.core.secrets import digest
from vitrail.web.calls import check_origin, find_actor

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from vitrail.collab.connection import Authenticate
    from vitrail.collab.line import RawLine
    from vitrail.web.services import Services

# What opening each socket asks; what its messages may do is `collab.connection.RULES`.
SOCKET_POLICIES = {
    "/collab/y/{doc}": Action.ANYONE,  # the token may come with the document
    "/collab/hp": Action.ANYONE,
    "/collab/v": Action.SIGNED_IN,
}


async def _serve(socket: WebSocket, path: str, dialect: Dialect) -> None:
    services: Services = socket.app.state.services
    try:
        opener = await opener_of(socket, services, SOCKET_POLICIES[path])
    except VitrailError as error:
        await socket.close(error.close_code, error.message[:100])  # before accept: HTTP 403
        return
    await socket.accept()
    raw: RawLine | None = socket.scope.get("extensions", {}).get(RAW_LINE)
    line = raw or AsgiLine(socket)
    try:
        receiver = services.collab.connect(
            line,
            dialect,
            authenticator(socket, services, opener),
            document=socket.path_params.get("doc"),
            token=socket.query_params.get("token", ""),
        )
    except VitrailError as error:
        await socket.close(error.close_code, error.message[:100])
        return
    if isinstance(line, AsgiLine):
        await line.run(receiver)
    else:
        line.take_over(receiver)


async def opener_of(socket: WebSocket, services: Services, action: Action) -> Actor:
    """Return who opens a socket, and authorise that.

    Raises:
        NotSignedIn: Nobody is known to open it, and the action is not for everybody.
        NotAllowed: The actor may not, or a page of another site asks.
    """
    actor = await find_actor(socket, services)
    if actor.session_hash is not None:
        # A browser sends the cookie to whoever asks: only our own pages may use it.
        if dict(socket.headers).get("origin") is None:
            actor = NOBODY
        else:
            check_origin(socket, services)
    authorize(actor, action)
    return actor


def authenticator(socket: WebSocket, services: Services, opener: Actor) -> Authenticate:
    """Return what tells who a token on a socket stands for; the empty one is who opened it.

    The socket may have been opened days ago: the roles are those of this moment.
    """
    origin = socket.headers.get("origin")
    identity, remembered = services.identity, services.collab.remembered

    async def authenticate(token: str) -> Actor:
        if token:
            key = ("token", digest(token), origin)
            return await remembered.ask(key, lambda: identity.actor_of_socket(token, origin))
        if opener.user_id is None:
            raise NotSignedIn("send a token", hint="POST /api/tickets makes one")
        return await remembered.ask(
            ("opener", opener.session_hash, opener.secret_id), lambda: identity.refresh(opener)
        )

    return authenticate


async def serve_y(socket: WebSocket) -> None:
    """Speak the y-websocket protocol about one document."""
    await _serve(socket, "/collab/y/{doc}", Dialect.Y)


async def serve_hocuspocus(socket: WebSocket) -> None:
    """Speak the Hocuspocus protocol about many documents."""
    await _serve(socket, "/collab/hp", Dialect.HOCUSPOCUS)


async def serve_vitrail(socket: WebSocket) -> None:
    """Speak our superset of it."""
    await _serve(socket, "/collab/v", Dialect.VITRAIL)


SOCKETS = [
    WebSocketRoute("/collab/y/{doc}", serve_y),
    WebSocketRoute("/collab/hp", serve_hocuspocus),
    WebSocketRoute("/collab/v", serve_vitrail),
]
