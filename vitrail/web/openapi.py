"""The description of the routes for programs: OpenAPI 3.1, made from the routes themselves."""

from __future__ import annotations

import inspect
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from vitrail import __version__
from vitrail.core.access import ALLOWED, SCOPES, Action
from vitrail.web.calls import DESCRIBED, POLICIES, Call, answer, route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.responses import Response

# What is for programs; the rest are pages for people, and what they are made of.
FOR_PROGRAMS = re.compile(r"/api/|/graphql$|/healthz$|/readyz$|/metrics$|/s/[^/]+/feeds/")
PARTS = re.compile(r"{(\w+)(?::\w+)?}")
PLAIN = re.compile(r"\W+")
JSON = "application/json"
OTHERS = {  # what is not answered in JSON
    "/metrics": "text/plain",
    "/s/{site_slug}/feeds/google.xml": "application/rss+xml",
    "/s/{site_slug}/feeds/meta.csv": "text/csv",
    "/api/pages/{page}/history/{seq}": "text/html",
}
BODIES: dict[tuple[str, str], dict[str, Any]] = {  # those that no struct describes
    ("POST", "/api/pages/{page}/commands"): {
        JSON: {
            "schema": {
                "type": "object",
                "required": ["ops"],
                "properties": {
                    "version": {"const": 1},
                    "ops": {"type": "array", "items": {"type": "object"}},
                    "idempotency_key": {"type": "string"},
                    "partial": {"type": "boolean"},
                },
            }
        }
    },
    ("POST", "/api/sites/{site}/assets"): {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {"file": {"type": "string", "format": "binary"}},
            }
        }
    },
    ("POST", "/api/sites/{site}/catalogue.{format}"): {
        "text/csv": {"schema": {"type": "string"}},
        JSON: {"schema": {"type": "object"}},
    },
    ("POST", "/graphql"): {
        JSON: {
            "schema": {
                "type": "object",
                "properties": {
                    "query": {"type": "string"},
                    "operationName": {"type": ["string", "null"]},
                    "variables": {"type": ["object", "null"]},
                    "extensions": {"type": ["object", "null"]},
                },
            }
        }
    },
}
QUERIES: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/graphql"): ("query", "operationName", "variables", "extensions"),
    ("GET", "/api/pages/{page}/history"): ("before",),
    ("GET", "/api/pages/{page}/history/{seq}"): ("locale",),
    ("POST", "/api/sites/{site}/catalogue.{format}"): ("dryRun", "skipRefused"),
    ("GET", "/s/{site_slug}/feeds/google.xml"): ("locale",),
    ("GET", "/s/{site_slug}/feeds/meta.csv"): ("locale",),
}
ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "request_id"],
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string"},
                "hint": {"type": "string"},
                "request_id": {"type": "string"},
            },
        }
    },
}

GRAPHQL_ERROR = {
    "type": "object",
    "required": ["errors"],
    "properties": {
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message"],
                "properties": {"message": {"type": "string"}},
            },
        }
    },
}


def described() -> Iterator[tuple[str, str]]:
    """Yield the method and path of each route that the description has."""
    for method, path in sorted(POLICIES, key=lambda each: (each[1], each[0])):
        if FOR_PROGRAMS.match(path) and method != "OPTIONS":
            yield method, path


@cache
def describe() -> dict[str, Any]:
    """Return the description of all routes for programs."""
    taken = sorted(
        {d.takes for key in described() if (d := DESCRIBED[key]).takes is not None},
        key=lambda struct: struct.__name__,
    )
    schemas, components = msgspec.json.schema_components(
        taken, ref_template="#/components/schemas/{name}"
    )
    bodies = dict(zip(taken, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for method, path in described():
        operation = _operation(method, path, bodies)
        paths.setdefault(PARTS.sub(r"{\1}", path), {})[method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Vitrail",
            "version": __version__,
            "description": "Routes for programs. /graphql reads and edits everything; see docs/graphql.md.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": {**components, "Error": ERROR},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "vitrail_session"},
            },
        },
    }


def _operation(method: str, path: str, bodies: dict[type[Any], Any]) -> dict[str, Any]:
    handler, takes = DESCRIBED[method, path]
    action = POLICIES[method, path]
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in PARTS.findall(path)
    ]
    parameters += [
        {"name": name, "in": "query", "schema": {"type": "string"}}
        for name in QUERIES.get((method, path), ())
    ]
    good: dict[str, Any] = {"description": "It is done, or this is what was asked for."}
    if method != "DELETE":
        good["content"] = {OTHERS.get(path, JSON): {}}
    schema = {"$ref": "#/components/schemas/Error"}
    if path == "/graphql":  # which has errors of its own beside those of every route
        schema = {"anyOf": [schema, GRAPHQL_ERROR]}
    error = {"schema": schema}
    told: dict[str, Any] = {
        "operationId": f"{handler.__name__}_{PLAIN.sub('_', path).strip('_')}",
        "summary": (inspect.getdoc(handler) or "").split("\n")[0],
        "description": _who_may(action),
        "parameters": parameters,
        "responses": {
            "204": {"description": "It is done."},
            "2XX": good,
            "default": {"description": "Why not.", "content": {JSON: error}},
        },
        "security": [{}] if action is Action.ANYONE else [{"token": []}, {"session": []}],
    }
    body = {JSON: {"schema": bodies[takes]}} if takes else BODIES.get((method, path))
    if body is not None:
        told["requestBody"] = {"required": True, "content": body}
    return told


def _who_may(action: Action) -> str:
    if action is Action.ANYONE:
        return "For everybody."
    if action is Action.SIGNED_IN:
        return "For whoever is signed in."
    roles = ", ".join(sorted(ALLOWED[action]))
    scope = next((name for name, actions in SCOPES.items() if action in actions), "none")
    return f"Roles: {roles}. Scope of a token: {scope}."


@route("GET", "/api/openapi.json", Action.ANYONE, foreign=True)
async def openapi(_call: Call) -> Response:
    """Describe the routes for programs."""
    return answer(describe())
