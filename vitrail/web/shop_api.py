"""Routes with which the editor shows what a site sells, as visitors will see it, and follows its changes."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Annotated

import msgspec
from sqlalchemy.exc import SQLAlchemyError
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocketDisconnect, WebSocketDisconnected

from vitrail.commerce.choices import KINDS, ChoiceKind
from vitrail.commerce.news import following
from vitrail.core.access import Action, authorize
from vitrail.core.errors import InvalidInput, VitrailError
from vitrail.web.calls import Call, answer, route
from vitrail.web.sockets import authenticator, opener_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.responses import Response
    from starlette.websockets import WebSocket

    from vitrail.commerce.ledger import Ledger
    from vitrail.web.services import Services

MAX_WANTS = 100
MAX_CHOICES = 20


class Wants(msgspec.Struct, forbid_unknown_fields=True):
    """Body of a question."""

    wants: Annotated[tuple[str, ...], msgspec.Meta(max_length=MAX_WANTS)]


@route("POST", "/api/sites/{site}/shop", Action.SITE_READ)
async def answer_wants(call: Call) -> Response:
    """Answer what the nodes of a page want of the site's shop."""
    body: Wants = await call.body(Wants)
    return answer(await call.services.shop.answer(call.site_id, body.wants))


@route("GET", "/api/sites/{site}/shop/choices", Action.SITE_READ)
async def list_choices(call: Call) -> Response:
    """List what a field of the inspector offers: by words, or what was chosen by its ids."""
    asked = call.request.query_params
    kind: ChoiceKind | None = next((k for k in KINDS if k == asked.get("kind")), None)
    if kind is None:
        raise InvalidInput("there is no such kind", hint=f"use {', '.join(KINDS)}")
    ids = [word for word in asked.get("ids", "").split(" ") if word][:MAX_WANTS]
    found = await call.services.commerce.choices.find(
        call.site_id, kind, search=asked.get("search", ""), ids=ids, most=MAX_CHOICES
    )
    return answer(found)


async def follow(socket: WebSocket) -> None:
    """Tell an editor that its site's shop has changed, each time; what it is, it asks then."""
    services: Services = socket.app.state.services
    site_id = str(socket.path_params["site"])
    with ExitStack() as place:
        try:
            opener = await opener_of(socket, services, Action.SIGNED_IN)
            who, catalogue = authenticator(socket, services, opener), services.catalogue
            remembered = services.collab.remembered

            async def check() -> None:
                key = ("site", site_id)
                subject = await remembered.ask(key, lambda: catalogue.subject(site_id))
                authorize(await who(""), Action.SITE_READ, subject)

            await check()
            place.enter_context(services.shop_followers.take(str(opener.user_id)))
        except VitrailError as error:
            await socket.close(error.close_code, error.message[:100])  # before accept: HTTP 403
            return
        await socket.accept()
        async with asyncio.TaskGroup() as tasks:
            telling = tasks.create_task(_tell(socket, services.commerce.ledger, site_id, check))
            while (await socket.receive())["type"] != "websocket.disconnect":
                pass  # nothing is expected: so leaving is noticed
            telling.cancel()


async def _tell(
    socket: WebSocket, ledger: Ledger, site_id: str, check: Callable[[], Awaitable[None]]
) -> None:
    """Tell of each change, and look at each turn, of half a second, whether one still may be told."""
    seen: int | None = None
    gone = suppress(WebSocketDisconnect, WebSocketDisconnected)
    with gone, following(ledger, site_id) as news:
        while True:
            news.look()
            try:
                await check()
                head = await ledger.head(site_id)
            except VitrailError as error:
                await socket.close(error.close_code, error.message[:100])
                return
            except SQLAlchemyError:
                await socket.close(1013, "the database does not answer")
                return
            if seen is not None and head != seen:
                await socket.send_json({"seq": head})
            seen = head
            await news.wait()


SOCKETS = [WebSocketRoute("/api/sites/{site}/shop/live", follow)]
