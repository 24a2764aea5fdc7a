"""Routes for whoever runs the server: what is open, how the nodes fare, closing and setting apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import Response

from vitrail.collab.overview import survey
from vitrail.collab.segments import moment
from vitrail.core.access import Action
from vitrail.core.errors import NotFound
from vitrail.web.calls import Call, answer, route

if TYPE_CHECKING:
    from vitrail.collab.overview import NodeReport, OpenDocument
    from vitrail.collab.sizes import Size

MAX_DOCUMENTS = 200
MAX_NAME = 64


class SetApart(msgspec.Struct, forbid_unknown_fields=True):
    """Body of a quarantine."""

    reason: str = ""


@route("GET", "/api/instance", Action.INSTANCE_READ)
async def read_instance(call: Call) -> Response:
    """Tell which documents are open on which nodes, and how those fare."""
    services = call.services
    nodes, silent = await survey(services.collab)
    apart = await services.collab.quarantine.all()
    kept_out = await services.collab.quarantine.kept_out()
    people = await services.identity.accounts.names(
        [found.actor_id for found in apart]
        + [dose.actor_id for found in kept_out for dose in found.doses]
    )
    open_documents = sorted(_merge(nodes).values(), key=lambda d: (-d["connections"], d["name"]))
    shown = open_documents[:MAX_DOCUMENTS]
    names = [document["name"] for document in shown]
    sizes = await services.sizes.of(names)
    owners = await services.catalogue.owners(
        [*names, *(found.name for found in apart), *(found.name for found in kept_out)]
    )
    titles: dict[str, str] = {}
    for site in {owner["id"] for owner in owners.values()}:
        titles |= services.pages.titles_at_hand(site)

    def whose(name: str) -> dict[str, Any]:
        return {"site": owners.get(name), "title": titles.get(name.partition(":")[2])}

    return answer(
        {
            "version": services.version,
            "nodes": [_describe_node(node) for node in nodes],
            "silent_nodes": silent,
            "open_documents": len(open_documents),
            "documents": [
                {
                    **document,
                    **_describe_size(sizes.get(document["name"])),
                    **whose(document["name"]),
                }
                for document in shown
            ],
            "quarantined": [
                {
                    "name": found.name,
                    "since": found.since,
                    "reason": found.reason,
                    "by": people.get(found.actor_id or ""),
                    **whose(found.name),
                }
                for found in apart
            ],
            "kept_out": [
                {
                    "name": found.name,
                    **whose(found.name),
                    "updates": [
                        {
                            "id": dose.digest.hex()[:16],
                            "at": moment(dose.at) if dose.at else None,
                            "by": people.get(dose.actor_id or ""),
                        }
                        for dose in found.doses
                    ],
                }
                for found in kept_out
            ],
        }
    )


def _describe_node(node: NodeReport) -> dict[str, Any]:
    described = msgspec.structs.asdict(node)
    del described["documents"]
    return described


def _merge(nodes: list[NodeReport]) -> dict[str, dict[str, Any]]:
    """Return each document once, with what all nodes have of it."""
    found: dict[str, dict[str, Any]] = {}
    for node in nodes:
        for document in node.documents:
            known = found.setdefault(document.name, _start(document))
            known["nodes"].append(node.node)
            for key in ("connections", "lagging", "unsaved"):
                known[key] += getattr(document, key)
            known["people"] = sorted({*known["people"], *document.people}, key=str.casefold)
            known["state"] = min(known["state"], document.state, key=WORST.index)
    return found


WORST = ("tainted", "occupied", "lingering")


def _start(document: OpenDocument) -> dict[str, Any]:
    empty: dict[str, Any] = {"connections": 0, "lagging": 0, "unsaved": 0}
    return {
        "name": document.name,
        "state": document.state,
        "people": [],
        "nodes": [],
        **empty,
    }


def _describe_size(size: Size | None) -> dict[str, Any]:
    if size is None:
        return {"updates": 0, "tail": 0, "stored_bytes": 0, "edited_at": None}
    return {
        "updates": size.updates,
        "tail": size.tail,
        "stored_bytes": size.stored_bytes,
        "edited_at": size.edited_at,
    }


def _document(call: Call) -> str:
    name = call.path("doc")
    if len(name) > MAX_NAME:
        raise NotFound("there is no such document")
    return name


@route("POST", "/api/instance/documents/{doc}/close", Action.INSTANCE_MANAGE)
async def close_document(call: Call) -> Response:
    """Close every socket that has a document open, on all nodes; their clients come back."""
    call.services.collab.rooms.nodes.close(_document(call))
    return Response(status_code=204)


@route("POST", "/api/instance/documents/{doc}/quarantine", Action.INSTANCE_MANAGE, takes=SetApart)
async def set_apart(call: Call) -> Response:
    """Close a document to everybody until it is released."""
    body: SetApart = await call.body(SetApart)
    await call.services.collab.set_apart(_document(call), body.reason, call.actor.user_id)
    return Response(status_code=204)


@route("DELETE", "/api/instance/documents/{doc}/quarantine", Action.INSTANCE_MANAGE)
async def release(call: Call) -> Response:
    """Let a document be opened again."""
    await call.services.collab.release(_document(call))
    return Response(status_code=204)
