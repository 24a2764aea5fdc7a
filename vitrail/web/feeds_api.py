"""Products of published sites, for shops of others to fetch, when a site's team lets them.

These routes stand before that of published pages, which takes every address below a site's.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import Response, StreamingResponse

from vitrail.builder import documents
from vitrail.commerce.feeds import Feed, write_google, write_meta
from vitrail.core.access import Action
from vitrail.core.errors import NotFound
from vitrail.web.calls import Call, route

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from vitrail.commerce.model import Image
    from vitrail.commerce.reads import Reads

    Write = Callable[[Feed, Reads], AsyncIterator[bytes]]


@route("GET", "/s/{site_slug}/feeds/google.xml", Action.ANYONE)
async def google_feed(call: Call) -> Response:
    """Tell a site's products as Google Merchant reads them; `?locale=` chooses the language."""
    return await _feed(call, write_google, "application/rss+xml; charset=utf-8")


@route("GET", "/s/{site_slug}/feeds/meta.csv", Action.ANYONE)
async def meta_feed(call: Call) -> Response:
    """Tell a site's products as Meta reads them; `?locale=` chooses the language."""
    return await _feed(call, write_meta, "text/csv; charset=utf-8")


async def _feed(call: Call, write: Write, kind: str) -> Response:
    services, slug = call.services, call.path("site_slug")
    live = await services.publishing.live(slug)
    setting = await services.commerce.feeds.setting(live.site_id)
    if not setting.enabled:
        raise NotFound("this site has no product feed")
    site = await services.collab.rooms.read(f"site:{live.site_id}")
    locale = call.request.query_params.get("locale") or documents.default_locale(site)
    if locale not in documents.locales(site):
        raise NotFound(f"this site has no locale {locale[:10]!r}")
    head = await services.commerce.ledger.head(live.site_id)
    base_url = f"{services.settings.sites_address}/s/{slug}"
    made_of = (kind, head, live.deployment, live.name, locale, base_url, setting)
    tag = f'"{hashlib.sha256(msgspec.json.encode(made_of)).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    known = call.request.headers.get("if-none-match", "")
    if known.strip() == "*" or tag in (t.strip().removeprefix("W/") for t in known.split(",")):
        return Response(status_code=304, headers=headers)
    assets = {asset["id"]: asset for asset in await services.media.list(live.site_id)}

    def image_url(image: Image) -> str | None:
        return image.url or _published(assets.get(image.asset_id or ""), live.files, base_url)

    feed = Feed(live.site_id, live.name, base_url, locale, setting, image_url)
    reads = services.commerce.reading([live.site_id], public_only=True)
    return StreamingResponse(write(feed, reads), headers={**headers, "Content-Type": kind})


def _published(asset: dict[str, Any] | None, files: frozenset[str], base_url: str) -> str | None:
    """Return where the widest form of an image is published, if it is."""
    variants = sorted(asset["variants"] if asset else [], key=lambda v: v["width"], reverse=True)
    for variant in variants:
        path = f"assets/{variant['url'].rpartition('/')[2]}"
        if path in files:
            return f"{base_url}/{path}"
    return None
