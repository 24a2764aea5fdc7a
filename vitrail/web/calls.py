"""One way in for HTTP: who asks, may they, then the handler. A route without an action cannot exist."""

from __future__ import annotations

import hmac
import ipaddress
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import msgspec
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from vitrail.collab.entries import Author
from vitrail.core.access import NOBODY, OF_INSTANCE, SYSTEM, Action, Actor, Subject, authorize
from vitrail.core.database import is_out
from vitrail.core.errors import (
    InvalidInput,
    NotAllowed,
    NotFound,
    NotSignedIn,
    TooLarge,
    Unavailable,
    VitrailError,
)
from vitrail.core.ids import is_id
from vitrail.core.logs import REQUEST_ID
from vitrail.core.secrets import digest

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import HTTPConnection, Request

    from vitrail.web.services import Services

    Handler = Callable[["Call"], Awaitable[Response]]

LOG = logging.getLogger(__name__)
COOKIE = "vitrail_session"
MAX_BODY_BYTES = 1 << 20
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
READ_BY_ALL = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "*"}
ROUTES: list[Route] = []
POLICIES: dict[tuple[str, str], Action] = {}


class Described(NamedTuple):
    """What the description of a route is made from."""

    handler: Handler
    takes: type[Any] | None


DESCRIBED: dict[tuple[str, str], Described] = {}


@dataclass(slots=True)
class Call:
    """A request that was let in.

    Attributes:
        request: The request.
        services: The services of this process.
        actor: Who asks.
        subject: The site or page of the path, or the asker's organisation, or none.
    """

    request: Request
    services: Services
    actor: Actor
    subject: Subject | None

    @property
    def site_id(self) -> str:
        """The site of the path."""
        if self.subject is None or self.subject.site_id is None:
            raise AssertionError("this route has no site")
        return self.subject.site_id

    @property
    def known_subject(self) -> Subject:
        """What is asked about, on routes whose path or asker always has one."""
        if self.subject is None:
            raise AssertionError("this route has a subject")
        return self.subject

    @property
    def author(self) -> Author:
        """Whom the log names for what this call changes."""
        return Author(self.actor.user_id, self.actor.kind)

    @property
    def user_id(self) -> str:
        """The asker's account."""
        if self.actor.user_id is None:
            raise NotSignedIn("sign in first")
        return self.actor.user_id

    def path(self, name: str) -> str:
        """Return a part of the path."""
        return str(self.request.path_params[name])

    async def body(self, shape: type[Any]) -> Any:
        """Return the JSON body as a struct.

        Raises:
            InvalidInput: It is not that; the message tells the field.
        """
        try:
            return msgspec.json.decode(await read_body(self.request), type=shape)
        except (msgspec.DecodeError, RecursionError) as error:
            raise InvalidInput(f"the body is not what this route takes: {error}") from error


def route(  # noqa: PLR0913 - each is a fact of a route
    method: str,
    path: str,
    action: Action,
    *,
    forms: bool = False,
    visitors: bool = False,
    neighbours: bool = False,
    foreign: bool = False,
    takes: type[Any] | None = None,
) -> Callable[[Handler], Handler]:
    """Register a handler with the action that it stands for.

    Args:
        method: HTTP method.
        path: Starlette path; `{site}` and `{page}` decide the subject.
        action: What `authorize` is asked.
        forms: Whether a plain HTML form may post here: the Origin is checked, no CSRF header asked.
        visitors: Whether it is for visitors of published sites: from any Origin, since whoever
            asks is nobody, whatever cookie came along.
        neighbours: Whether `VITRAIL_METRICS` may let it be asked without a token.
        foreign: Whether pages of other sites may read the answer, with a token that somebody gave
            them: browsers send them no cookie of ours.
        takes: The struct that its JSON body is read as, for the description of all routes.
    """

    def register(handler: Handler) -> Handler:
        async def endpoint(request: Request) -> Response:
            call = await admit(
                request, action, forms=forms, visitors=visitors, neighbours=neighbours
            )
            return await handler(call)

        async def read_by_all(request: Request) -> Response:
            try:
                response = await endpoint(request)
            except VitrailError as error:
                response = await on_error(request, error)
            response.headers.update(READ_BY_ALL)
            return response

        POLICIES[method, path] = action
        DESCRIBED[method, path] = Described(handler, takes)
        answering = read_by_all if foreign else endpoint
        ROUTES.append(Route(path, answering, methods=[method], name=handler.__name__))
        return handler

    return register


async def admit(
    request: Request,
    action: Action,
    *,
    forms: bool = False,
    visitors: bool = False,
    neighbours: bool = False,
) -> Call:
    """Find out who asks and about what, and authorise it; the arguments are those of `route`.

    Raises:
        NotSignedIn: Nobody asks, and the action is not for everybody.
        NotAllowed: The actor may not, or the request comes from elsewhere.
        NotFound: There is no such thing, or none that the actor may know of.
    """
    services: Services = request.app.state.services
    if neighbours:
        return await _admit_reader(request, services, action)
    actor = NOBODY if visitors else await find_actor(request, services)
    if not visitors and request.method not in SAFE_METHODS:
        await _check_unsafe(request, services, actor, forms=forms)
    subject = await _find_subject(request, services, actor, action)
    authorize(actor, action, subject)
    return Call(request, services, actor, subject)


async def _admit_reader(request: Request, services: Services, action: Action) -> Call:
    """Let in whoever reads the numbers, which are wanted most while the database is gone.

    Then a token is as good as it was when it was last used; nobody can find out more.
    """
    readers, token = services.readers, request.headers.get("authorization", "")
    subject: Subject | None = None
    try:
        actor = await find_actor(request, services)
        if actor is NOBODY and _is_neighbour(request, services):
            actor = SYSTEM
        else:
            subject = await _find_subject(request, services, actor, action)
        authorize(actor, action, subject)
    except SQLAlchemyError:
        if not readers.knows(digest(token)):
            raise
        actor = SYSTEM
        authorize(actor, action)
    if token:
        readers.note(digest(token))
    return Call(request, services, actor, subject)


def answer(value: Any, status: int = 200) -> Response:
    """Answer with JSON."""
    return Response(
        msgspec.json.encode(value),
        status,
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


async def read_body(request: Request, most: int = MAX_BODY_BYTES) -> bytes:
    """Return the body.

    Args:
        request: The request.
        most: Bytes that it may have.

    Raises:
        TooLarge: It is longer; the rest was not read.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise TooLarge(f"a body has at most {most} bytes")
    return bytes(body)


async def find_actor(request: HTTPConnection, services: Services) -> Actor:
    """Return who asks, by token or cookie; nobody without either.

    Raises:
        NotSignedIn: A token was sent and it is not one.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        token = token.strip()
        return await services.collab.remembered.ask(
            ("bearer", digest(token)), lambda: services.identity.actor_of_token(token)
        )
    cookie = request.cookies.get(services.cookie_name)
    if cookie:
        try:
            return await services.identity.actor_of_session(cookie)
        except NotSignedIn:
            return NOBODY
    return NOBODY


async def _check_unsafe(request: Request, services: Services, actor: Actor, *, forms: bool) -> None:
    if request.headers.get("authorization"):
        return  # a page of another site cannot make a browser send this
    check_origin(request, services)
    if forms or actor.session_hash is None:
        return
    wanted = await services.identity.sessions.csrf(actor.session_hash)
    if not hmac.compare_digest(request.headers.get("x-csrf-token", ""), wanted):
        raise NotAllowed(
            "the header X-CSRF-Token is missing or old",
            hint="take it from GET /api/me",
            code="csrf",
        )


def check_origin(request: HTTPConnection, services: Services) -> None:
    """Let only our own pages act with a person's cookie.

    Raises:
        NotAllowed: The Origin is not ours.
    """
    origin = request.headers.get("origin", "")
    if services.settings.base_url:
        ours = urlsplit(services.settings.base_url)
        wanted = f"{ours.scheme}://{ours.netloc}"
        if origin != wanted:
            raise NotAllowed(f"the Origin must be {wanted}", code="origin")
        return
    host = request.headers.get("host", "")
    if origin not in {f"http://{host}", f"https://{host}"} or not is_loopback(host):
        raise NotAllowed(
            "the Origin is not this server",
            hint="set VITRAIL_BASE_URL to its address",
            code="origin",
        )


def _is_neighbour(request: Request, services: Services) -> bool:
    """Tell whether the setting `metrics` lets whoever asks do so without a token.

    Behind a proxy on this machine everybody seems to come from here: so a program on this machine
    is one that asks by a name of this machine, with no proxy's header, while browsers are not told
    to come by another address.
    """
    settings = services.settings
    if settings.metrics == "open":
        return True
    host, client = request.headers.get("host", ""), request.client
    proxied = {"x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via"}
    return (
        settings.metrics == "local"
        and client is not None
        and is_loopback(f"[{client.host}]" if ":" in client.host else client.host)
        and is_loopback(host)
        and is_loopback(urlsplit(settings.base_url).netloc or host)
        and not proxied & set(request.headers.keys())
    )


def is_loopback(host: str) -> bool:
    """Tell whether a Host names this machine."""
    name = urlsplit(f"//{host}").hostname or ""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


async def _find_subject(
    request: Request, services: Services, actor: Actor, action: Action
) -> Subject | None:
    if action in {Action.ANYONE, Action.SIGNED_IN}:
        return None
    if actor.user_id is None and actor.kind != "system":
        raise NotSignedIn("sign in first", hint="open the sign-in page, or send a token")
    if action in OF_INSTANCE:
        return await services.catalogue.subject_of_instance()
    if "site" in request.path_params:
        return await services.catalogue.subject(request.path_params["site"])
    if "page" in request.path_params:
        page = request.path_params["page"]
        if not is_id(page):
            raise NotFound("there is no such page")
        return await services.catalogue.subject_of_page(page)
    organisation = actor.organisation_id
    if organisation is None:
        raise NotFound("you belong to no organisation")
    return Subject(organisation, label="organisation")


def told(error: Exception) -> VitrailError:
    """Return what is said of an error that is not of the tree."""
    if is_out(error):
        return Unavailable("the database does not answer", hint="try again in a moment")
    return VitrailError("something went wrong on the server", code="internal")


async def on_error(_request: Request, error: Exception) -> Response:
    """Answer an error of the tree; anything else is logged and answered with a request id."""
    if not isinstance(error, VitrailError):
        LOG.error("request failed", exc_info=error)
        error = told(error)
    body: dict[str, Any] = {
        "code": error.code,
        "message": error.message,
        "request_id": REQUEST_ID.get(),
    }
    if error.hint:
        body["hint"] = error.hint
    headers = {"Cache-Control": "no-store", **error.headers}
    return JSONResponse({"error": body}, error.status, headers)
