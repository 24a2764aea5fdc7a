"""Where traces go: to an OTLP endpoint if one is set, and nowhere otherwise."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from vitrail.core.errors import Unavailable
from vitrail.core.tracing import install

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from vitrail.core.settings import Settings


@asynccontextmanager
async def tracing(settings: Settings) -> AsyncGenerator[None]:
    """Send traces where the settings name a place for them.

    Raises:
        Unavailable: It needs packages that are not installed.
    """
    if not settings.otlp_endpoint:
        yield
        return
    try:
        from vitrail.server.otlp import OtlpTraces  # noqa: PLC0415 - an extra, and slow to import
    except ModuleNotFoundError as error:
        raise Unavailable(
            "VITRAIL_OTLP_ENDPOINT is set, and OpenTelemetry is not installed",
            hint="pip install 'vitrail[obs]'",
        ) from error
    traces = OtlpTraces(settings.otlp_endpoint)
    try:
        with install(traces):
            yield
    finally:
        await asyncio.to_thread(traces.close)
