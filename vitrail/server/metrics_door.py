"""`/metrics`, for Prometheus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from vitrail.core.access import Action
from vitrail.server.exposition import CONTENT_TYPE, render
from vitrail.web.calls import Call, route

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from vitrail.server.exposition import Family

    Scrape = Callable[[], Awaitable[list[Family]]]


@route("GET", "/metrics", Action.INSTANCE_METRICS, neighbours=True)
async def read_metrics(call: Call) -> Response:
    """Tell all numbers, of all workers of this machine."""
    scrape: Scrape = call.request.app.state.scrape
    headers = {"Cache-Control": "no-store"}
    return Response(render(await scrape()), media_type=CONTENT_TYPE, headers=headers)
