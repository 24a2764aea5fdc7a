"""The ASGI application: every room of the house, wired together."""

from __future__ import annotations

import asyncio
import logging
import secrets
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import func, insert, select
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import BaseRoute, Mount

import vitrail.sites.tables  # noqa: F401  # pyright: ignore[reportUnusedImport]  - declares its tables
from vitrail.collab.bus import NoBus
from vitrail.collab.entries import Author
from vitrail.collab.rooms import Rooms
from vitrail.collab.service import Collab
from vitrail.core import tables as core
from vitrail.core.access import Role
from vitrail.core.blobs import Blobs
from vitrail.core.clock import Clock, SystemClock
from vitrail.core.database import Database
from vitrail.core.errors import InvalidInput, NotFound, Unavailable, VitrailError, WrongMethod
from vitrail.core.identity import Identity
from vitrail.core.ids import new_id
from vitrail.core.jobs import Jobs
from vitrail.core.limits import Buckets
from vitrail.core.logs import REQUEST_ID
from vitrail.core.migrate import migrate, require_current
from vitrail.server.schemas import schemas
from vitrail.sites.catalogue import Catalogue
from vitrail.sites.editing import Editing
from vitrail.sites.forms import Forms
from vitrail.sites.gate import SitesGate
from vitrail.sites.history import PageHistory
from vitrail.sites.media import Media
from vitrail.sites.members import Members
from vitrail.sites.publishing import Publishing
from vitrail.web import account, forms_api, history_api, shells, sites_api  # noqa: F401  # pyright: ignore[reportUnusedImport]  - register their routes
from vitrail.web.calls import ROUTES, is_loopback, on_error
from vitrail.web.services import Services
from vitrail.web.sockets import SOCKETS
from vitrail.web.static import Static

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.responses import Response
    from starlette.types import Message, Receive, Scope, Send

    from vitrail.collab.bus import Bus
    from vitrail.core.settings import Settings

LOG = logging.getLogger(__name__)
SYSTEM_AUTHOR = Author(None, "system")
FIRST_RUN = 7_461_028_114  # a lock of PostgreSQL: any number that no other lock of ours has
SIGN_IN_BURST, SIGN_IN_PER_SECOND = 10, 0.2
VISITOR_BURST, VISITOR_PER_SECOND = 10, 0.1  # messages through the forms of published pages


@asynccontextmanager
async def open_services(settings: Settings, clock: Clock | None = None) -> AsyncGenerator[Services]:
    """Open everything that a process needs, in a data folder that is made if it is new.

    Raises:
        Unavailable: The PostgreSQL database is not at this version.
    """
    clock = clock or SystemClock()
    settings.make_folder()
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(Database(settings.sql_url))
        if database.is_sqlite:
            await migrate(database)
        else:
            await require_current(database)
        identity = Identity(database, clock)
        jobs = Jobs(database, clock)
        blobs = Blobs(settings.folder / "blobs")
        media = Media(database, blobs, jobs, clock)
        rooms = Rooms(
            database,
            clock,
            schemas(),
            open_bus(settings),
            history_days=settings.history_days,
        )
        catalogue = Catalogue(database, rooms, media, clock)
        collab = Collab(rooms, SitesGate(catalogue, identity), clock)
        await stack.enter_async_context(collab.running())
        editing = Editing(database, rooms, catalogue, clock)
        publishing = Publishing(database, rooms, media, blobs, clock, settings)
        services = Services(
            settings=settings,
            clock=clock,
            database=database,
            identity=identity,
            collab=collab,
            catalogue=catalogue,
            editing=editing,
            history=PageHistory(database, rooms, editing, publishing),
            media=media,
            members=Members(database, identity, clock),
            publishing=publishing,
            forms=Forms(database, clock),
            sign_ins=Buckets(SIGN_IN_BURST, SIGN_IN_PER_SECOND, clock),
            visitors=Buckets(VISITOR_BURST, VISITOR_PER_SECOND, clock),
            jobs=jobs,
        )
        async with database.alone(FIRST_RUN):
            await _first_run(services)
        yield services


def open_bus(settings: Settings) -> Bus:
    """Return the bus between nodes that the settings name.

    Raises:
        Unavailable: It needs a package that is not installed.
    """
    if not settings.redis_url:
        return NoBus()
    try:
        from vitrail.collab.redis_bus import RedisBus  # noqa: PLC0415 - an extra, and slow to import
    except ModuleNotFoundError as error:
        raise Unavailable(
            "VITRAIL_REDIS_URL is set, and the package redis is not installed",
            hint="pip install 'vitrail[scale]'",
        ) from error
    return RedisBus(settings.redis_url)


async def _first_run(services: Services) -> None:
    """Make the organisation, its owner and the demo site, unless somebody is here."""
    async with services.database.read() as sql:
        if (await sql.execute(select(func.count()).select_from(core.user))).scalar_one():
            return
    owner = await services.identity.create_user("Owner", "owner@localhost")
    organisation = new_id(services.clock)
    async with services.database.write() as sql:
        await sql.execute(
            insert(core.organisation).values(
                id=organisation, name="Studio", created_at=services.clock.now()
            )
        )
        await services.identity.put_grant(sql, owner, "organisation", organisation, Role.OWNER)
    await services.catalogue.create(
        organisation, "Maison Sakura", template="restaurant", author=SYSTEM_AUTHOR
    )
    LOG.info("first run: owner account and demo site created", extra={"owner": "owner@localhost"})


def create_app(settings: Settings, clock: Clock | None = None) -> Door:
    """Return the ASGI application. Its lifespan opens the services and closes them."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        async with open_services(settings, clock) as services, asyncio.TaskGroup() as tasks:
            app.state.services = services
            worker = tasks.create_task(
                services.jobs.run({"image-sizes": services.media.make_sizes})
            )
            try:
                yield
            finally:
                worker.cancel()

    routes: list[BaseRoute] = [*ROUTES, *SOCKETS]
    if shells.DIST.exists():
        routes.append(Mount("/static", Static(shells.DIST)))
    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={
            VitrailError: on_error,
            Exception: on_error,
            404: _missing,
            405: _method,
        },
    )
    return Door(app, settings)


async def _missing(request: Request, _error: Exception) -> Response:
    return await on_error(request, NotFound("there is no such address"))


async def _method(request: Request, error: Exception) -> Response:
    response = await on_error(request, WrongMethod(f"{request.method} is not for this address"))
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)  # Allow
    return response


class Door:
    """The whole application. Every request gets an id; a Host that is not ours is turned away before anything runs."""

    def __init__(self, app: Starlette, settings: Settings) -> None:
        self.app = app
        self._hosts = {
            urlsplit(url).netloc for url in (settings.base_url, settings.sites_url) if url
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        token = REQUEST_ID.set(request_id)
        try:
            host = next((v.decode("latin-1") for k, v in scope["headers"] if k == b"host"), "")
            known = host in self._hosts or is_loopback(host)
            if not known and scope["path"] not in {"/healthz", "/readyz"}:
                await self._turn_away(scope, receive, send)
                return

            async def tagged(message: Message) -> None:
                if message["type"] == "http.response.start":
                    headers = MutableHeaders(scope=message)
                    headers["X-Request-ID"] = request_id
                    headers["X-Content-Type-Options"] = "nosniff"
                await send(message)

            await self.app(scope, receive, tagged)
        finally:
            REQUEST_ID.reset(token)

    @staticmethod
    async def _turn_away(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 4400, "reason": "unknown host"})
            return
        error = InvalidInput(
            "this server is not known by that name",
            hint="set VITRAIL_BASE_URL to the address that browsers use",
            code="host",
        )
        response = await on_error(Request(scope), error)
        await response(scope, receive, send)
