"""The address of this server, as browsers know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vitrail.web.calls import Call


def own_origin(call: Call) -> str:
    """Return where the browser reached us, as a CSP source."""
    base = call.services.settings.sites_url or call.services.settings.base_url
    return base.rstrip("/") or f"http://{call.request.headers.get('host', '')}"
