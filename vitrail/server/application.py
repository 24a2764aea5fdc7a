"""The ASGI application: every room of the house, wired together."""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import AsyncExitStack, asynccontextmanager, closing
from functools import cache, partial
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount

import vitrail.commerce.tables  # noqa: F401  # pyright: ignore[reportUnusedImport]  - declares its tables
import vitrail.sites.tables  # noqa: F401  # pyright: ignore[reportUnusedImport]  - declares its tables
import vitrail.web.catalogue_api  # noqa: F401  # pyright: ignore[reportUnusedImport]  - registers its routes
import vitrail.web.feeds_api  # noqa: F401  # pyright: ignore[reportUnusedImport]  - its routes come before those of published pages
import vitrail.web.openapi  # noqa: F401  # pyright: ignore[reportUnusedImport]  - registers its route
from vitrail.collab.bus import NoBus
from vitrail.collab.entries import Author
from vitrail.collab.flight import Recorder, left_behind, record_of
from vitrail.collab.overview import answer_surveys
from vitrail.collab.quarantine import Quarantine
from vitrail.collab.recovery import Recovery
from vitrail.collab.rooms import Rooms
from vitrail.collab.service import Collab
from vitrail.collab.sizes import Sizes
from vitrail.commerce.service import Commerce
from vitrail.commerce.showcase import Showcase
from vitrail.core import tables as core
from vitrail.core.access import Role
from vitrail.core.blobs import Blobs
from vitrail.core.clock import Clock, SystemClock
from vitrail.core.database import Database
from vitrail.core.errors import NotFound, Unavailable, VitrailError, WrongMethod
from vitrail.core.grants import put_grant
from vitrail.core.housekeeping import keep_house
from vitrail.core.idempotency import IdempotencyKeys
from vitrail.core.identity import Identity
from vitrail.core.ids import new_id
from vitrail.core.jobs import Jobs
from vitrail.core.keeping import end, keep_on
from vitrail.core.limits import Buckets, Places
from vitrail.core.loop_watch import LoopWatch
from vitrail.core.migrate import migrate, require_current
from vitrail.core.outgoing import Outgoing
from vitrail.core.remembered import Lately
from vitrail.graphql.trusted import read_trusted
from vitrail.server import graphql_door, metrics_door  # noqa: F401  # pyright: ignore[reportUnusedImport]  - register their routes
from vitrail.server.door import Door
from vitrail.server.metrics import collect
from vitrail.server.requests import Requests
from vitrail.server.schemas import schemas
from vitrail.server.traces import tracing
from vitrail.server.webhook_feed import WebhookFeed
from vitrail.server.workers import Place, Workers
from vitrail.sites.catalogue import Catalogue
from vitrail.sites.comments import Comments
from vitrail.sites.deliveries import Deliveries
from vitrail.sites.editing import Editing
from vitrail.sites.forms import Forms
from vitrail.sites.free_documents import FreeDocuments
from vitrail.sites.gate import SitesGate
from vitrail.sites.history import PageHistory
from vitrail.sites.journal import PageNews
from vitrail.sites.media import Media
from vitrail.sites.members import Members
from vitrail.sites.notifications import Notifications
from vitrail.sites.pages import Pages
from vitrail.sites.press import Press
from vitrail.sites.publishing import Publishing
from vitrail.sites.refreshing import JOB as REFRESH, Refreshing
from vitrail.sites.uploads import Uploads
from vitrail.sites.webhooks import Webhooks
from vitrail.web import account, forms_api, history_api, instance_api, shells, shop_api, sites_api  # noqa: F401  # pyright: ignore[reportUnusedImport]  - register their routes
from vitrail.web.calls import ROUTES, on_error
from vitrail.web.readiness import Readiness
from vitrail.web.services import Services
from vitrail.web.sockets import SOCKETS
from vitrail.web.static import Static

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable
    from pathlib import Path

    from vitrail.collab.bus import Bus
    from vitrail.collab.flight import Flights
    from vitrail.core.settings import Settings
    from vitrail.graphql.engine import Engine
    from vitrail.server.exposition import Family

LOG = logging.getLogger(__name__)
CLIENT_CLOSED_REQUEST = 499  # as nginx counts what whoever asked did not bring to its end
SYSTEM_AUTHOR = Author(None, "system")
FIRST_RUN = 7_461_028_114  # a lock of PostgreSQL: any number that no other lock of ours has
BEAT_SECONDS = 0.5
SIGN_IN_BURST, SIGN_IN_PER_SECOND = 10, 0.2
SHOPS_FOLLOWED = 100  # by one person at a time: an editor follows one
READER_SECONDS = 300  # Prometheus asks again after a minute at most
VISITOR_BURST, VISITOR_PER_SECOND = 10, 0.1  # messages through the forms of published pages


@asynccontextmanager
async def open_services(
    settings: Settings, clock: Clock | None = None, flights: Flights | None = None
) -> AsyncGenerator[Services]:
    """Open everything that a process needs, in a data folder that is made if it is new.

    Args:
        settings: The settings.
        clock: The clock; the system's by default.
        flights: Where it is recorded what is done with bytes of others, when there are others.

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
            # A command comes and goes: nodes find what it did when they glance at the database.
            open_bus(settings) if flights else NoBus(),
            history_days=settings.history_days,
            flights=flights,
        )
        pages = Pages(database, rooms, clock)
        catalogue = Catalogue(database, rooms, pages, media, clock)
        gate = SitesGate(catalogue, FreeDocuments(database, clock), identity)
        collab = Collab(rooms, gate, clock, Quarantine(database, clock))
        answer_surveys(collab)
        loop = LoopWatch(clock)
        await stack.enter_async_context(collab.running())
        editing = Editing(database, rooms, pages, clock)
        notifications = Notifications(database, clock)
        commerce = Commerce(database, clock, notifications)
        journal = commerce.ledger
        shop = Showcase(commerce.ledger)
        press = Press(media, blobs, shop, settings)
        publishing = Publishing(database, rooms, press, jobs, clock, journal, notifications)
        page_news = PageNews(database, clock, journal)

        trusted = read_trusted(settings)

        @cache
        def engine() -> Engine:
            from vitrail.graphql.engine import Engine  # noqa: PLC0415 - 0.4 s and 15 MB

            return Engine(services, trusted)

        feed = WebhookFeed(journal, rooms, page_news, engine)
        outgoing = Outgoing(clock, loopback=settings.outgoing == "loopback")
        webhooks = Webhooks(database, clock, feed, outgoing, identity, catalogue)
        services = Services(
            settings=settings,
            clock=clock,
            database=database,
            identity=identity,
            idempotency=IdempotencyKeys(database, clock),
            collab=collab,
            catalogue=catalogue,
            pages=pages,
            commerce=commerce,
            shop=shop,
            comments=Comments(database, clock, rooms, journal, notifications),
            editing=editing,
            history=PageHistory(database, rooms, editing, publishing),
            media=media,
            uploads=Uploads(database, identity, catalogue, media, clock),
            members=Members(database, identity.secrets, clock, notifications),
            notifications=notifications,
            publishing=publishing,
            refreshing=Refreshing(database, press, jobs, clock),
            forms=Forms(database, clock, journal),
            page_news=page_news,
            webhooks=webhooks,
            deliveries=Deliveries(database, clock, webhooks, feed, outgoing, notifications),
            engine=engine,
            sign_ins=Buckets(SIGN_IN_BURST, SIGN_IN_PER_SECOND, clock),
            visitors=Buckets(VISITOR_BURST, VISITOR_PER_SECOND, clock),
            readers=Lately(clock, READER_SECONDS),
            shop_followers=Places(SHOPS_FOLLOWED),
            jobs=jobs,
            sizes=Sizes(database, clock),
            loop=loop,
            readiness=Readiness(collab, database, loop, clock),
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
    owner = await services.identity.accounts.create("Owner", "owner@localhost")
    organisation = new_id(services.clock)
    async with services.database.write() as sql:
        await sql.execute(
            insert(core.organisation).values(
                id=organisation, name="Studio", created_at=services.clock.now()
            )
        )
        where = ("organisation", organisation)
        await put_grant(sql, services.clock, owner, where, Role.OWNER)
    await services.catalogue.create(
        organisation, "Maison Sakura", template="restaurant", author=SYSTEM_AUTHOR
    )
    LOG.info("first run: owner account and demo site created", extra={"owner": "owner@localhost"})


def create_app(settings: Settings, clock: Clock | None = None, place: Place | None = None) -> Door:
    """Return the ASGI application. Its lifespan opens the services and closes them.

    Args:
        settings: The settings.
        clock: The clock; the system's by default.
        place: Which of the workers that share a port this process is, if it is one.
    """
    requests = Requests()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        folder = flight_folder(settings)
        left = list(left_behind(folder))  # before a record of ours may take the name of one of them
        with closing(Recorder(record_of(folder, os.getpid()))) as flights:
            async with (
                tracing(settings),
                open_services(settings, clock, flights) as services,
                _metrics(app, services, requests, place),
                graphql_door.graph_running(services) as graph,
                asyncio.TaskGroup() as tasks,
            ):
                app.state.services, app.state.graph = services, graph
                collab = services.collab
                work: tuple[Callable[[], Awaitable[None]], ...] = (
                    Recovery(left, folder, collab.rooms, collab.quarantine, services.clock).run,
                    partial(_beat, flights),
                    # Pictures take minutes at times; prices do not wait for them.
                    partial(services.jobs.run, {"image-sizes": services.media.make_sizes}),
                    partial(services.jobs.run, {REFRESH: services.refreshing.refresh}),
                    services.refreshing.run,
                    services.commerce.stocks.run,
                    services.loop.run,
                    services.deliveries.run,
                    services.notifications.run,
                    partial(
                        keep_house,
                        services.idempotency.forget,
                        services.notifications.forget,
                        services.commerce.ledger.forget,
                    ),
                )
                running = [tasks.create_task(keep_on(each)) for each in work]
                try:
                    yield
                finally:
                    await end(running)

    # The first that fits is taken: sockets need not be held against every page first.
    routes: list[BaseRoute] = [
        *SOCKETS,
        *shop_api.SOCKETS,
        *graphql_door.SOCKETS,
        *ROUTES,
    ]
    if shells.DIST.exists():
        routes.append(Mount("/static", Static(shells.DIST)))
    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={
            VitrailError: on_error,
            SQLAlchemyError: on_error,
            ClientDisconnect: _gone,
            Exception: on_error,
            404: _missing,
            405: _method,
        },
    )
    return Door(app, settings, requests)


def flight_folder(settings: Settings) -> Path:
    """Return the folder in which servers on this data record their flights."""
    settings.make_folder()
    folder = settings.folder / "flights"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


async def _beat(flights: Recorder) -> None:
    """Show the supervisor that the event loop turns."""
    while True:
        flights.beat()
        await asyncio.sleep(BEAT_SECONDS)


@asynccontextmanager
async def _metrics(
    app: Starlette, services: Services, requests: Requests, place: Place | None
) -> AsyncGenerator[None]:
    """Let `/metrics` be answered, for all workers of this machine if there are several."""
    started_at = services.clock.now().timestamp()

    def own() -> list[Family]:
        return collect(services.collab, services.loop, requests, started_at)

    async def alone() -> list[Family]:
        return own()

    if place is None:
        app.state.scrape = alone
        yield
        return
    workers = Workers(place, own)
    app.state.scrape = workers.gather
    async with workers.listening():
        yield


async def _gone(_request: Request, _error: Exception) -> Response:
    return Response(status_code=CLIENT_CLOSED_REQUEST)


async def _missing(request: Request, _error: Exception) -> Response:
    return await on_error(request, NotFound("there is no such address"))


async def _method(request: Request, error: Exception) -> Response:
    response = await on_error(request, WrongMethod(f"{request.method} is not for this address"))
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)  # Allow
    return response
