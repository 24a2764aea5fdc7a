"""The way in: every request gets an id, is counted and traced, and comes by a name that is ours."""

from __future__ import annotations

import secrets
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request

from vitrail.core.errors import InvalidInput
from vitrail.core.logs import REQUEST_ID
from vitrail.core.tracing import span
from vitrail.server.requests import template_of
from vitrail.web.calls import is_loopback, on_error

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.types import Message, Receive, Scope, Send

    from vitrail.core.settings import Settings
    from vitrail.server.requests import Requests

# Asked by programs that know a node by its address only; a token guards the last one then.
OPEN_PATHS = {"/healthz", "/readyz", "/metrics"}
PARENTS = {b"traceparent", b"tracestate"}  # which span of somebody else a request belongs to


class Door:
    """The whole application. Every request gets an id; a Host that is not ours is turned away before anything runs."""

    def __init__(self, app: Starlette, settings: Settings, requests: Requests) -> None:
        self.app = app
        self._requests = requests
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
            if scope["type"] == "http":
                await self._watch(scope, receive, send, request_id)
            else:
                await self._let_in(scope, receive, send, request_id)
        finally:
            REQUEST_ID.reset(token)

    async def _watch(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        """Answer an HTTP request, and count and trace it by the template of its route."""
        status, began = 0, perf_counter()

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        headers = {
            name.decode("latin-1"): text.decode("latin-1")
            for name, text in scope["headers"]
            if name in PARENTS
        }
        self._requests.in_flight += 1
        try:
            with span(f"HTTP {scope['method']}", headers, request_id=request_id) as traced:
                await self._let_in(scope, receive, noted, request_id)
                traced.rename(f"{scope['method']} {template_of(scope)}")
                traced.tell({"http.response.status_code": status, "http.route": template_of(scope)})
        finally:
            self._requests.in_flight -= 1
            self._requests.note(scope, status, perf_counter() - began)

    async def _let_in(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        host = next((v.decode("latin-1") for k, v in scope["headers"] if k == b"host"), "")
        known = host in self._hosts or is_loopback(host)
        if not known and scope["path"] not in OPEN_PATHS:
            await self._turn_away(scope, receive, send)
            return

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await self.app(scope, receive, tagged)

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
