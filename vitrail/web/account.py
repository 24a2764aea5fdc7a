"""Routes of one's own account: signing in and out, tokens, tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import select
from starlette.responses import Response

from vitrail.core import tables
from vitrail.core.access import SCOPES, Action, allowed
from vitrail.core.database import record
from vitrail.core.errors import InvalidInput, NotAllowed
from vitrail.core.sessions import SESSION_DAYS
from vitrail.web.calls import Call, answer, route

if TYPE_CHECKING:
    from vitrail.core.sessions import Session
    from vitrail.web.services import Services


class SignIn(msgspec.Struct, forbid_unknown_fields=True):
    """Body of a sign-in."""

    email: str
    password: str


class Me(msgspec.Struct, forbid_unknown_fields=True):
    """Body of a change to one's account."""

    name: str | None = None
    email: str | None = None
    language: str | None = None
    password: str | None = None


class NewToken(msgspec.Struct, forbid_unknown_fields=True):
    """Body of a new API token."""

    name: str
    scopes: list[str] = []


class NewTicket(msgspec.Struct, forbid_unknown_fields=True):
    """Body of a new ticket."""

    doc: str


def set_cookie(response: Response, services: Services, session: Session) -> Response:
    """Give a browser its session."""
    response.set_cookie(
        services.cookie_name,
        session.cookie,
        max_age=SESSION_DAYS * 86400,
        httponly=True,
        samesite="lax",
        secure=services.is_https,
        path="/",
    )
    return response


@route("POST", "/api/sign-in", Action.ANYONE, forms=True, takes=SignIn)
async def sign_in(call: Call) -> Response:
    """Open a session by password."""
    body: SignIn = await call.body(SignIn)
    client = call.request.client
    call.services.sign_ins.take(f"address {client.host if client else ''}")
    call.services.sign_ins.take(f"account {body.email.strip().lower()[:320]}")
    session = await call.services.identity.sessions.sign_in(body.email, body.password)
    return set_cookie(Response(status_code=204), call.services, session)


@route("POST", "/api/sign-out", Action.ANYONE)
async def sign_out(call: Call) -> Response:
    """End the session; its sockets close and the browser forgets what it stored."""
    if call.actor.session_hash:
        await call.services.identity.sessions.close(call.actor.session_hash)
        call.services.collab.access_changed()
    response = Response(status_code=204, headers={"Clear-Site-Data": '"cache", "storage"'})
    response.delete_cookie(
        call.services.cookie_name, secure=call.services.is_https, httponly=True, samesite="lax"
    )
    return response


async def describe_me(call: Call) -> dict[str, Any]:
    """Return who asks, with the token for changes and the organisations."""
    held = {key: role for (kind, key), role in call.actor.roles.items() if kind == "organisation"}
    organisation = tables.organisation.c
    query = select(organisation.id, organisation.name).where(organisation.id.in_(held))
    async with call.services.database.read() as sql:
        rows = [record(row) for row in await sql.execute(query)]
    session = call.actor.session_hash
    return {
        "user": await call.services.identity.accounts.get(call.user_id),
        "csrf": await call.services.identity.sessions.csrf(session) if session else "",
        "runs_server": allowed(
            call.actor, Action.INSTANCE_READ, await call.services.catalogue.subject_of_instance()
        ),
        "organisations": [{**row, "role": held[row["id"]]} for row in rows],
    }


@route("GET", "/api/me", Action.SIGNED_IN)
async def read_me(call: Call) -> Response:
    """Tell who asks."""
    return answer(await describe_me(call))


@route("PATCH", "/api/me", Action.SIGNED_IN, takes=Me)
async def change_me(call: Call) -> Response:
    """Change one's name, address, language or password."""
    if call.actor.session_hash is None:
        raise NotAllowed("an account is changed by its person, not by a token", hint="sign in")
    body: Me = await call.body(Me)
    await call.services.identity.accounts.change(
        call.user_id,
        name=body.name,
        email=body.email,
        language=body.language,
        password=body.password,
    )
    if body.password is not None:
        call.services.collab.access_changed()
        session = await call.services.identity.sessions.open(call.user_id)
        return set_cookie(Response(status_code=204), call.services, session)
    return answer(await describe_me(call))


@route("GET", "/api/tokens", Action.SIGNED_IN)
async def list_tokens(call: Call) -> Response:
    """List one's API tokens."""
    return answer(await call.services.identity.secrets.tokens(call.user_id))


@route("POST", "/api/tokens", Action.SIGNED_IN, takes=NewToken)
async def create_token(call: Call) -> Response:
    """Make an API token; it is shown this once."""
    if call.actor.session_hash is None:
        raise NotAllowed("a token cannot make tokens", hint="sign in, or use vitrail token create")
    body: NewToken = await call.body(NewToken)
    scopes = body.scopes or list(SCOPES)
    token_id, secret = await call.services.identity.secrets.create_token(
        call.user_id, body.name, scopes
    )
    return answer({"id": token_id, "token": secret, "name": body.name, "scopes": scopes}, 201)


@route("DELETE", "/api/tokens/{token}", Action.SIGNED_IN)
async def delete_token(call: Call) -> Response:
    """Revoke an API token."""
    if call.actor.session_hash is None:
        raise NotAllowed("a token cannot revoke tokens", hint="sign in")
    await call.services.identity.secrets.delete_token(call.user_id, call.path("token"))
    call.services.collab.access_changed()
    return Response(status_code=204)


@route("POST", "/api/tickets", Action.SIGNED_IN, takes=NewTicket)
async def create_ticket(call: Call) -> Response:
    """Make a ticket with which another program opens the sockets in one's name."""
    body: NewTicket = await call.body(NewTicket)
    if len(body.doc) > 64:
        raise InvalidInput("a document's name has at most 64 characters")
    origin = call.request.headers.get("origin")
    ticket = await call.services.identity.secrets.create_ticket(call.actor, body.doc, origin)
    return answer({"ticket": ticket, "expires_in": 60}, 201)
