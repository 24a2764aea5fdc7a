"""What visitors send through the forms of published pages, and how a team reads it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.responses import RedirectResponse, Response

from vitrail.core.access import Action
from vitrail.core.errors import InvalidInput, VitrailError
from vitrail.web.calls import Call, answer, read_body, route
from vitrail.web.cards import card

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_FIELDS = 60
TEXTS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "title": "Votre message n’est pas parti",
        "required": "Il manque une réponse : {label}.",
        "not_found": "Ce formulaire n’est plus en ligne.",
        "too_large": "Votre message est trop long.",
        "too_many_requests": "Trop de messages en peu de temps : attendez une minute et réessayez.",
        "other": "Revenez en arrière et réessayez.",
        "again": "Utilisez le bouton « précédent » de votre navigateur : rien n’est perdu.",
    },
    "en": {
        "title": "Your message was not sent",
        "required": "An answer is missing: {label}.",
        "not_found": "This form is no longer online.",
        "too_large": "Your message is too long.",
        "too_many_requests": "Too many messages in a short time: wait a minute and try again.",
        "other": "Go back and try again.",
        "again": "Use your browser’s back button: nothing is lost.",
    },
}


@route("POST", "/f/{form_page}/{node}/{locale}", Action.ANYONE, visitors=True)
async def send_form(call: Call) -> Response:
    """Keep what a visitor sent, then thank them in the site's own looks."""
    locale = call.path("locale")
    client = call.request.client
    try:
        call.services.visitors.take(f"address {client.host if client else ''}")
        sent = await _fields(call)
        thanks = await call.services.forms.receive(
            call.path("form_page"), call.path("node"), locale, sent
        )
    except VitrailError as error:
        return _refusal(locale, error)
    return RedirectResponse(thanks, 303)


async def _fields(call: Call) -> list[tuple[str, str]]:
    try:
        text = (await read_body(call.request)).decode()
        return parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise InvalidInput("this is not what a form sends") from error


def _refusal(locale: str, error: VitrailError) -> Response:
    language = "fr" if locale.startswith("fr") else "en"
    words = TEXTS[language]
    text = words.get(error.code, words["other"]).format(label=error.message)
    again = f"<p>{html.escape(words['again'])}</p>"
    return card(language, words["title"], text, again, error.status)


@route("GET", "/api/sites/{site}/messages", Action.SITE_MESSAGES)
async def list_messages(call: Call) -> Response:
    """List what visitors sent, the newest first."""
    return answer(await call.services.forms.entries(call.site_id))


@route("DELETE", "/api/sites/{site}/messages/{message}", Action.SITE_MESSAGES_DELETE)
async def remove_message(call: Call) -> Response:
    """Delete a message for good."""
    await call.services.forms.remove(call.site_id, call.path("message"))
    return answer(await call.services.forms.entries(call.site_id))
