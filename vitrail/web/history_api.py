"""Routes of a page's past."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from vitrail.core.access import Action
from vitrail.core.errors import InvalidInput
from vitrail.web.calls import Call, answer, route
from vitrail.web.sites_api import show_page

if TYPE_CHECKING:
    from starlette.responses import Response

MAX_SEQ = 1 << 53  # numbers that JavaScript keeps exactly


class NewVersion(msgspec.Struct, forbid_unknown_fields=True):
    """Body of a moment that gets a name; without a number the present one."""

    label: str
    seq: int | None = None


class Restore(msgspec.Struct, forbid_unknown_fields=True):
    """Body of a restoration: a moment, or a version."""

    seq: int | None = None
    version: str | None = None


def _number(call: Call, name: str) -> int | None:
    text = call.request.query_params.get(name)
    return None if text is None else _read_number(text, name)


def _read_number(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text[:20]) > MAX_SEQ:
        raise InvalidInput(f"{name} is the number of a moment", hint="as GET …/history tells it")
    return int(text)


@route("GET", "/api/pages/{page}/history", Action.PAGE_HISTORY)
async def list_sessions(call: Call) -> Response:
    """List who worked on a page when."""
    found = await call.services.history.sessions(call.path("page"), _number(call, "before"))
    return answer(found)


@route("GET", "/api/pages/{page}/history/{seq}", Action.PAGE_HISTORY)
async def show_moment(call: Call) -> Response:
    """Show a page as it was."""
    seq = _read_number(call.path("seq"), "seq")
    locale = call.request.query_params.get("locale")
    html = await call.services.history.show(call.site_id, call.path("page"), seq, locale)
    return show_page(call, html)


@route("GET", "/api/pages/{page}/versions", Action.PAGE_HISTORY)
async def list_versions(call: Call) -> Response:
    """List a page's versions."""
    return answer(await call.services.history.versions(call.path("page")))


@route("POST", "/api/pages/{page}/versions", Action.PAGE_WRITE, takes=NewVersion)
async def create_version(call: Call) -> Response:
    """Name a moment."""
    body: NewVersion = await call.body(NewVersion)
    made = await call.services.history.name(call.path("page"), call.author, body.label, body.seq)
    return answer(made, 201)


@route("GET", "/api/pages/{page}/compare", Action.PAGE_HISTORY)
async def compare(call: Call) -> Response:
    """Tell what differs between two moments, or between one and now."""
    before = _number(call, "from")
    if before is None:
        raise InvalidInput("from is missing", hint="add ?from=12&to=34")
    found = await call.services.history.compare(call.path("page"), before, _number(call, "to"))
    return answer(found)


@route("GET", "/api/pages/{page}/blame", Action.PAGE_HISTORY)
async def blame(call: Call) -> Response:
    """Tell who changed each node last."""
    return answer(await call.services.history.blame(call.path("page")))


@route("POST", "/api/pages/{page}/restore", Action.PAGE_EDIT, takes=Restore)
async def restore(call: Call) -> Response:
    """Bring a page back to a moment or a version."""
    body: Restore = await call.body(Restore)
    if (body.seq is None) == (body.version is None):
        raise InvalidInput("send either seq or version")
    done = await call.services.history.restore(
        call.author, call.known_subject, call.path("page"), seq=body.seq, version=body.version
    )
    return answer(done)
