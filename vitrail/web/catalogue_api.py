"""Whole catalogues as files, in and out: see `docs/commerce.md` for what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from vitrail.commerce.sheets import MAX_BYTES
from vitrail.core.access import Action
from vitrail.core.errors import InvalidInput, NotFound
from vitrail.web.calls import Call, answer, read_body, route

if TYPE_CHECKING:
    from vitrail.commerce.cards import Format

PATH = "/api/sites/{site}/catalogue.{format}"
KINDS: dict[Format, str] = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@route("GET", PATH, Action.SITE_READ)
async def export_catalogue(call: Call) -> Response:
    """Return all that a site sells as a file, `csv` or `json`, which can be taken in again."""
    format_ = _format(call)
    content = await call.services.commerce.imports.export(call.site_id, format_)
    headers = {"Content-Disposition": f'attachment; filename="catalogue.{format_}"'}
    return Response(content, headers=headers, media_type=KINDS[format_])


@route("POST", PATH, Action.SHOP_WRITE)
async def import_catalogue(call: Call) -> Response:
    """Take in a file, all of it or nothing; the answer tells what became of each line.

    With `dryRun=true` nothing is changed; with `skipRefused=true` the rest is taken when lines are refused.
    """
    format_, imports = _format(call), call.services.commerce.imports
    is_dry, skips = _said(call, "dryRun"), _said(call, "skipRefused")
    content = await read_body(call.request, MAX_BYTES)
    if is_dry:
        return answer(await imports.plan_import(call.site_id, content, format_))
    report = await imports.apply_import(
        call.site_id, call.actor, content, format_, skips_refused=skips
    )
    return answer(report, 200 if report.is_applied else 422)


def _format(call: Call) -> Format:
    format_ = call.path("format")
    if format_ not in KINDS:
        raise NotFound("a catalogue is a .csv or a .json file")
    return format_


def _said(call: Call, name: str) -> bool:
    match call.request.query_params.get(name, "false"):
        case "true":
            return True
        case "false":
            return False
        case _:
            raise InvalidInput(f"{name} is true or false")
