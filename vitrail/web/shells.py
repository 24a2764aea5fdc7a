"""The pages around the editor: shells that load it, sign-in and join forms, published sites."""

from __future__ import annotations

import contextlib
import html
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import HTMLResponse, RedirectResponse, Response

from vitrail.core.access import Action
from vitrail.core.errors import NotFound, VitrailError
from vitrail.web.account import describe_me, set_cookie
from vitrail.web.calls import Call, admit, answer, route
from vitrail.web.cards import HEADERS, ICON, card, language_of
from vitrail.web.origin import own_origin
from vitrail.web.sites_api import describe_page

if TYPE_CHECKING:
    from collections.abc import Mapping

DIST = Path(__file__).parent / "dist"
FONT = "node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"
# Published pages share our origin under /s/: they get no scripts and no origin of ours.
PUBLISHED_HEADERS = {
    "Content-Security-Policy": "sandbox allow-forms allow-popups allow-top-navigation-by-user-activation; "
    "default-src 'none'; img-src {own} data: https:; media-src {own} https:; "
    "style-src 'unsafe-inline'; form-action {own}; base-uri 'none'",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}

TEXTS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "sign_in": "Se connecter à Vitrail",
        "sign_in_text": "Ce lien ne sert qu’une fois.",
        "sign_in_button": "Se connecter",
        "join": "Vous êtes invité sur Vitrail",
        "join_text": "Dites comment vos collègues vous verront.",
        "name": "Votre nom",
        "join_button": "Rejoindre",
        "bad": "Ce lien ne marche plus",
        "bad_text": "Il est inconnu, déjà utilisé ou trop ancien. Demandez-en un autre ; sur le "
        "serveur, « vitrail login-link » en crée un.",
        "missing": "Cette page n’existe pas, ou n’est pas publiée.",
        "home": "Retour à l’accueil",
    },
    "en": {
        "sign_in": "Sign in to Vitrail",
        "sign_in_text": "This link works once.",
        "sign_in_button": "Sign in",
        "join": "You are invited to Vitrail",
        "join_text": "Say how your colleagues will see you.",
        "name": "Your name",
        "join_button": "Join",
        "bad": "This link no longer works",
        "bad_text": "It is unknown, used or too old. Ask for another; on the server, "
        "`vitrail login-link` makes one.",
        "missing": "There is no such page, or it is not published.",
        "home": "Back to the start",
    },
}


def _bad_link(language: str) -> Response:
    words = TEXTS[language]
    back = f'<a class="button" href="/">{html.escape(words["home"])}</a>'
    return card(language, words["bad"], words["bad_text"], back, 404)


@cache
def _manifest() -> dict[str, Any]:
    return json.loads((DIST / ".vite" / "manifest.json").read_text())


def _shell(language: str, entry: str, start: dict[str, Any] | None = None) -> Response:
    """Return the page that loads a script; in it `start`, which the script would ask for first."""
    try:
        manifest = _manifest()
    except OSError as error:
        raise NotFound(
            "the editor is not built", hint="`make run` builds it, or install the wheel"
        ) from error
    chunk = manifest[f"src/{entry}/main.tsx"]
    styles: list[str] = list(chunk.get("css", []))
    preload: list[str] = []
    for name in chunk.get("imports", []):
        styles += manifest[name].get("css", [])
        preload.append(manifest[name]["file"])
    preload.append(manifest[f"src/i18n/{language}.ts"]["file"])
    links = "".join(f'<link rel="stylesheet" href="/static/{s}">' for s in dict.fromkeys(styles))
    links += "".join(f'<link rel="modulepreload" href="/static/{p}">' for p in preload)
    links += (
        '<link rel="preload" as="font" type="font/woff2" crossorigin '
        f'href="/static/{manifest[FONT]["file"]}">'
    )
    data = ""
    if start is not None:
        # Without "<", no name that a user chose can end the element.
        text = msgspec.json.encode(start).decode().replace("<", "\\u003c")
        data = f'<script type="application/json" id="start">{text}</script>'
    page = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><title>Vitrail</title>'
        f'{ICON}{links}<script type="module" src="/static/{chunk["file"]}"></script></head>'
        f'<body><div id="app"></div>{data}</body></html>'
    )
    return HTMLResponse(page, headers=HEADERS)


@route("GET", "/", Action.ANYONE)
async def dashboard(call: Call) -> Response:
    """Show the dashboard of sites, or its sign-in form."""
    return _shell(language_of(call), "dashboard")


@route("GET", "/admin", Action.ANYONE)
async def admin(call: Call) -> Response:
    """Show the page of whoever runs the server; what it may tell is decided when it asks."""
    return _shell(language_of(call), "admin")


@route("GET", "/graphiql", Action.ANYONE)
async def graphiql(call: Call) -> Response:
    """Show GraphiQL, with which signed-in people try out what they may ask for."""
    if call.services.settings.graphql_accepts == "trusted":
        raise NotFound("this server takes trusted documents only")
    if call.actor.user_id is None:
        return RedirectResponse("/", 303)
    return _shell(language_of(call), "graphiql")


@route("GET", "/edit/{page}", Action.ANYONE)
async def editor(call: Call) -> Response:
    """Show the editor; what it may open is decided when it asks for it."""
    if call.actor.user_id is None:
        return RedirectResponse("/", 303)
    me = await describe_me(call)
    start = {"me": me}
    # Without the page the editor asks for it, and tells why it may not have it.
    with contextlib.suppress(VitrailError):
        start["page"] = await describe_page(await admit(call.request, Action.PAGE_READ))
    return _shell(me["user"]["language"] or language_of(call), "editor", start)


@route("GET", "/sites/{site}", Action.ANYONE)
async def open_site(call: Call) -> Response:
    """Open a site's first page in the editor; whoever may not is where their own sites are."""
    with contextlib.suppress(VitrailError):
        call = await admit(call.request, Action.SITE_READ)
        pages = await call.services.pages.list(call.site_id)
        return RedirectResponse(f"/edit/{pages[0]['id']}" if pages else "/", 303)
    return RedirectResponse("/", 303)


@route("GET", "/sign-in/{token}", Action.ANYONE)
async def sign_in_page(call: Call) -> Response:
    """Show a button: link previews open addresses, and must not use the link up."""
    language = language_of(call)
    try:
        await call.services.identity.secrets.find("login", call.path("token"))
    except NotFound:
        return _bad_link(language)
    words = TEXTS[language]
    form = f'<form method="post"><button>{html.escape(words["sign_in_button"])}</button></form>'
    return card(language, words["sign_in"], words["sign_in_text"], form)


@route("POST", "/sign-in/{token}", Action.ANYONE, forms=True)
async def use_sign_in_link(call: Call) -> Response:
    """Spend a one-time link."""
    client = call.request.client
    call.services.sign_ins.take(f"address {client.host if client else ''}")
    try:
        session = await call.services.identity.sessions.consume_login_link(call.path("token"))
    except NotFound:
        return _bad_link(language_of(call))
    return set_cookie(RedirectResponse("/", 303), call.services, session)


@route("GET", "/join/{token}", Action.ANYONE)
async def join_page(call: Call) -> Response:
    """Ask for a name, unless the guest is known."""
    language = language_of(call)
    try:
        await call.services.identity.secrets.find("link", call.path("token"))
    except NotFound:
        return _bad_link(language)
    words = TEXTS[language]
    field = (
        ""
        if call.actor.user_id
        else f'<label for="name">{html.escape(words["name"])}</label>'
        '<input id="name" name="name" required maxlength="200" autocomplete="name" autofocus>'
    )
    form = f'<form method="post">{field}<button>{html.escape(words["join_button"])}</button></form>'
    return card(language, words["join"], words["join_text"], form)


@route("POST", "/join/{token}", Action.ANYONE, forms=True)
async def join(call: Call) -> Response:
    """Take the role that a link offers and open the site's first page."""
    client = call.request.client
    call.services.sign_ins.take(f"address {client.host if client else ''}")
    language = language_of(call)
    form = await call.request.form(max_files=0, max_fields=4)
    name = str(form.get("name", ""))
    try:
        session, site_id = await call.services.identity.sessions.join_by_link(
            call.path("token"), call.actor, name=name, email=None, language=language
        )
    except NotFound:
        return _bad_link(language)
    call.services.collab.access_changed()
    pages = await call.services.pages.list(site_id)
    response = RedirectResponse(f"/edit/{pages[0]['id']}" if pages else "/", 303)
    return set_cookie(response, call.services, session) if session else response


async def _published(call: Call, slug: str, path: str) -> Response:
    content, kind, digest = await call.services.publishing.file(slug, path)
    tag = f'"{digest}"'
    immutable = path.startswith("assets/")
    headers = {
        **PUBLISHED_HEADERS,
        # In a sandbox 'self' is nobody: our own address has to be said.
        "Content-Security-Policy": PUBLISHED_HEADERS["Content-Security-Policy"].format(
            own=own_origin(call)
        ),
        "ETag": tag,
        "Cache-Control": "public, max-age=31536000, immutable" if immutable else "no-cache",
    }
    known = call.request.headers.get("if-none-match", "")
    if known.strip() == "*" or tag in (t.strip().removeprefix("W/") for t in known.split(",")):
        return Response(status_code=304, headers=headers)
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    return Response(content, headers={**headers, "Content-Type": kind + charset})


@route("GET", "/s/{site_slug}", Action.ANYONE)
async def published_root(call: Call) -> Response:
    """Send visitors to the address with its slash, where relative links work."""
    return RedirectResponse(f"/s/{call.path('site_slug')}/", 308)


@route("GET", "/s/{site_slug}/{path:path}", Action.ANYONE)
async def published(call: Call) -> Response:
    """Serve a published site."""
    slug, path = call.path("site_slug"), call.path("path")
    try:
        return await _published(call, slug, path)
    except NotFound:
        language = language_of(call)
        words = TEXTS[language]
        back = f'<a class="button" href="/s/{html.escape(slug)}/">{html.escape(words["home"])}</a>'
        return card(language, "404", words["missing"], back, 404)


@route("GET", "/healthz", Action.ANYONE, visitors=True)
async def healthz(_call: Call) -> Response:
    """Tell that the process answers."""
    return answer({"status": "ok"})


@route("GET", "/readyz", Action.ANYONE, visitors=True)
async def readyz(call: Call) -> Response:
    """Tell whether edits reach the disk and the server is not about to stop, part by part."""
    report = await call.services.readiness.report()
    return answer(report, 200 if report.is_ready else 503)
