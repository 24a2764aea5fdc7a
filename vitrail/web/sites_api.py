"""Routes of sites, pages, members, media and publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import HTMLResponse, Response

from vitrail.builder import blocks, documents, templates, themes
from vitrail.core.access import Action, allowed
from vitrail.core.errors import InvalidInput, NotFound, TooLarge
from vitrail.sites.media import MAX_UPLOAD_BYTES
from vitrail.sites.members import read_role
from vitrail.web.calls import Call, answer, read_body, route
from vitrail.web.origin import own_origin

if TYPE_CHECKING:
    from starlette.datastructures import UploadFile


class NewSite(msgspec.Struct, forbid_unknown_fields=True):
    """Body of a new site."""

    name: str
    template: str = "blank"
    locales: tuple[str, ...] = ("fr", "en")


class Named(msgspec.Struct, forbid_unknown_fields=True):
    """Body with a name."""

    name: str


class NewPage(msgspec.Struct, forbid_unknown_fields=True):
    """Body of a new page."""

    title: str
    slug: str = ""
    after: str | None = None


class NewLink(msgspec.Struct, forbid_unknown_fields=True):
    """Body of an invitation or share link."""

    role: str
    email: str | None = None


class NewRole(msgspec.Struct, forbid_unknown_fields=True):
    """Body of a member's change of role."""

    role: str


class ChangedAsset(msgspec.Struct, forbid_unknown_fields=True):
    """Body of a change to an image."""

    name: str | None = None
    alt: dict[str, str] | None = None


class RollBack(msgspec.Struct, forbid_unknown_fields=True):
    """Body of a rollback."""

    deployment: str


@route("GET", "/api/sites", Action.SIGNED_IN)
async def list_sites(call: Call) -> Response:
    """List the sites on which one has a role."""
    return answer(await call.services.catalogue.list(call.actor))


@route("POST", "/api/sites", Action.SITE_CREATE, takes=NewSite)
async def create_site(call: Call) -> Response:
    """Create a site from a template."""
    body: NewSite = await call.body(NewSite)
    site_id = await call.services.catalogue.create(
        call.known_subject.organisation_id,
        body.name,
        template=body.template,
        locales=body.locales,
        author=call.author,
    )
    call.services.collab.access_changed()
    return answer(await call.services.catalogue.describe(call.actor, site_id), 201)


@route("GET", "/api/sites/{site}", Action.SITE_READ)
async def read_site(call: Call) -> Response:
    """Return one site."""
    return answer(await call.services.catalogue.describe(call.actor, call.site_id))


@route("PATCH", "/api/sites/{site}", Action.SITE_RENAME, takes=Named)
async def change_site(call: Call) -> Response:
    """Rename a site."""
    body: Named = await call.body(Named)
    await call.services.catalogue.rename(call.site_id, body.name, call.author)
    return answer(await call.services.catalogue.describe(call.actor, call.site_id))


@route("DELETE", "/api/sites/{site}", Action.SITE_DELETE)
async def delete_site(call: Call) -> Response:
    """Delete a site."""
    await call.services.catalogue.remove(call.site_id)
    call.services.collab.access_changed()
    return Response(status_code=204)


@route("GET", "/api/sites/{site}/pages", Action.SITE_READ)
async def list_pages(call: Call) -> Response:
    """List a site's pages in order."""
    return answer(await call.services.pages.list(call.site_id))


@route("POST", "/api/sites/{site}/pages", Action.PAGE_CREATE, takes=NewPage)
async def create_page(call: Call) -> Response:
    """Add a page."""
    body: NewPage = await call.body(NewPage)
    page_id, _ = await call.services.pages.add(
        call.site_id, body.title, call.author, slug=body.slug, after=body.after
    )
    pages = await call.services.pages.list(call.site_id)
    return answer(next(page for page in pages if page["id"] == page_id), 201)


async def describe_page(call: Call) -> dict[str, Any]:
    """Return what the editor must know of a page.

    Raises:
        NotFound: The page was removed.
    """
    page_id = call.path("page")
    pages = await call.services.pages.list(call.site_id)
    found = next((page for page in pages if page["id"] == page_id), None)
    if found is None:
        raise NotFound("this page was removed from its site")
    site = await call.services.collab.rooms.read(f"site:{call.site_id}")
    apart = await call.services.collab.quarantine.among([f"page:{page_id}"])
    subject = call.known_subject

    def may(action: Action) -> bool:
        return allowed(call.actor, action, subject)

    return {
        **found,
        "site": await call.services.catalogue.describe(call.actor, call.site_id),
        "role": call.actor.role_on(subject),
        "locales": documents.locales(site),
        "default_locale": documents.default_locale(site),
        "set_apart": next(iter(apart.values()), None),
        "can": {
            "edit": may(Action.PAGE_EDIT),
            "content": may(Action.PAGE_WRITE),
            "comment": may(Action.PAGE_COMMENT),
            "publish": may(Action.SITE_PUBLISH),
            "share": may(Action.SITE_SHARE),
            "history": may(Action.PAGE_HISTORY),
        },
    }


@route("GET", "/api/pages/{page}", Action.PAGE_READ)
async def read_page(call: Call) -> Response:
    """Tell what the editor must know of a page."""
    return answer(await describe_page(call))


@route("DELETE", "/api/pages/{page}", Action.PAGE_CREATE)
async def delete_page(call: Call) -> Response:
    """Take a page out of its site."""
    await call.services.pages.remove(call.site_id, call.path("page"), call.author)
    return Response(status_code=204)


@route("POST", "/api/pages/{page}/commands", Action.PAGE_WRITE)
async def run_commands(call: Call) -> Response:
    """Run edit commands on a page; each is held against the asker's role as well."""
    body = await read_body(call.request)
    done = await call.services.editing.run(
        call.actor, call.author, call.known_subject, call.path("page"), body
    )
    return answer(done)


@route("GET", "/preview/{page}", Action.PAGE_READ)
async def preview(call: Call) -> Response:
    """Show a page as publishing would write it now."""
    html = await call.services.publishing.preview(
        call.site_id, call.path("page"), call.request.query_params.get("locale")
    )
    return show_page(call, html)


@route("GET", "/sites/{site}/preview", Action.SITE_READ)
async def preview_site(call: Call) -> Response:
    """Show the first page of a site as publishing would write it now."""
    pages = await call.services.pages.list(call.site_id)
    if not pages:
        raise NotFound("this site has no page")
    html = await call.services.publishing.preview(call.site_id, pages[0]["id"], None)
    return show_page(call, html)


def show_page(call: Call, html: str) -> Response:
    """Answer with a page of a site, which can do nothing to whoever looks at it."""
    return HTMLResponse(
        html,
        headers={
            "Content-Security-Policy": "sandbox allow-popups; default-src 'none'; "
            f"img-src {own_origin(call)} data:; style-src 'unsafe-inline'; frame-ancestors 'self'",
            "Cache-Control": "no-store",
        },
    )


@route("GET", "/api/sites/{site}/members", Action.SITE_READ)
async def list_members(call: Call) -> Response:
    """List members and open links."""
    found = await call.services.members.list(call.known_subject)
    if not allowed(call.actor, Action.SITE_SHARE, call.known_subject):
        found["links"] = []
        for member in found["members"]:
            member.pop("email")
    return answer(found)


@route("POST", "/api/sites/{site}/links", Action.SITE_SHARE, takes=NewLink)
async def create_link(call: Call) -> Response:
    """Make a link that gives a role to whoever opens it; it is shown this once."""
    body: NewLink = await call.body(NewLink)
    role = read_role(body.role)
    link_id, secret = await call.services.members.invite(
        call.actor, call.known_subject, role, body.email
    )
    base = call.services.settings.base_url or f"http://{call.request.headers.get('host', '')}"
    url = f"{base.rstrip('/')}/join/{secret}"
    return answer({"id": link_id, "role": role, "email": body.email, "url": url}, 201)


@route("DELETE", "/api/sites/{site}/links/{link}", Action.SITE_SHARE)
async def delete_link(call: Call) -> Response:
    """Close a link; those who came by it lose its role, on their open sockets too."""
    await call.services.members.close_link(call.known_subject, call.path("link"))
    call.services.collab.access_changed()
    return Response(status_code=204)


@route("PATCH", "/api/sites/{site}/members/{user}", Action.SITE_SHARE, takes=NewRole)
async def change_member(call: Call) -> Response:
    """Give a member another role."""
    body: NewRole = await call.body(NewRole)
    await call.services.members.set_role(
        call.actor, call.known_subject, call.path("user"), read_role(body.role)
    )
    call.services.collab.access_changed()
    return answer(await call.services.members.list(call.known_subject))


@route("DELETE", "/api/sites/{site}/members/{user}", Action.SITE_SHARE)
async def delete_member(call: Call) -> Response:
    """Take a member's role away; their sockets close within a second."""
    await call.services.members.set_role(call.actor, call.known_subject, call.path("user"), None)
    call.services.collab.access_changed()
    return Response(status_code=204)


@route("GET", "/api/sites/{site}/assets", Action.SITE_READ)
async def list_assets(call: Call) -> Response:
    """List a site's images."""
    return answer(await call.services.media.list(call.site_id))


@route("POST", "/api/sites/{site}/assets", Action.MEDIA_WRITE)
async def create_asset(call: Call) -> Response:
    """Upload an image."""
    length = call.request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > MAX_UPLOAD_BYTES + 4096:
        raise TooLarge(f"an upload has a length, of at most {MAX_UPLOAD_BYTES >> 20} MB")
    async with call.request.form(max_files=1, max_fields=4) as form:
        found: UploadFile | str | None = form.get("file")
        if found is None or isinstance(found, str):
            raise InvalidInput("send one image in the field `file`")
        content = await found.read(MAX_UPLOAD_BYTES + 1)
        name = (found.filename or "image").rsplit("/", 1)[-1]
        return answer(await call.services.media.add(call.site_id, name, content), 201)


@route("PUT", "/api/uploads/{ticket}", Action.ANYONE, visitors=True, foreign=True)
async def receive_upload(call: Call) -> Response:
    """Take the bytes of an image that a ticket was given for: it says whose they are."""
    content = await read_body(call.request, MAX_UPLOAD_BYTES)
    return answer(await call.services.uploads.receive(call.path("ticket"), content), 201)


@route("OPTIONS", "/api/uploads/{ticket}", Action.ANYONE, foreign=True)
async def upload_options(_call: Call) -> Response:
    """Tell browsers that pages of other sites may send what they have a ticket for."""
    headers = {
        "Access-Control-Allow-Methods": "PUT",
        "Access-Control-Allow-Headers": "content-type",
        "Access-Control-Max-Age": "7200",
    }
    return Response(status_code=204, headers=headers)


@route("PATCH", "/api/sites/{site}/assets/{asset}", Action.MEDIA_WRITE, takes=ChangedAsset)
async def change_asset(call: Call) -> Response:
    """Rename an image or change its alternative texts."""
    body: ChangedAsset = await call.body(ChangedAsset)
    changed = await call.services.media.change(
        call.site_id, call.path("asset"), name=body.name, alt=body.alt
    )
    return answer(changed)


@route("DELETE", "/api/sites/{site}/assets/{asset}", Action.MEDIA_WRITE)
async def delete_asset(call: Call) -> Response:
    """Take an image out of the library."""
    await call.services.media.remove(call.site_id, call.path("asset"))
    return Response(status_code=204)


@route("GET", "/media/{asset}/{name}", Action.ANYONE)
async def read_media(call: Call) -> Response:
    """Return an image: its name holds its hash, so it never changes and cannot be guessed."""
    name = call.path("name")
    content = await call.services.media.file(name)
    return Response(
        content,
        media_type=f"image/{name.rpartition('.')[2]}",
        headers={
            "Cache-Control": "public, max-age=31536000, immutable",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


@route("POST", "/api/sites/{site}/publish", Action.SITE_PUBLISH)
async def publish(call: Call) -> Response:
    """Publish a site."""
    return answer(await call.services.publishing.publish(call.site_id, call.author))


@route("GET", "/api/sites/{site}/deployments", Action.SITE_READ)
async def list_deployments(call: Call) -> Response:
    """List what was published."""
    return answer(await call.services.publishing.deployments(call.site_id))


@route("POST", "/api/sites/{site}/rollback", Action.SITE_PUBLISH, takes=RollBack)
async def roll_back(call: Call) -> Response:
    """Make an earlier deployment live again."""
    body: RollBack = await call.body(RollBack)
    await call.services.publishing.roll_back(call.site_id, body.deployment)
    return answer(await call.services.publishing.deployments(call.site_id))


def _registry(path: str, content: Any) -> None:
    @route("GET", path, Action.SIGNED_IN)
    async def registry(_call: Call) -> Response:
        """List what a page can be made with."""
        found = content()
        return answer(found)


_registry("/api/blocks", lambda: list(blocks.blocks().values()))
_registry("/api/themes", themes.manifests)
_registry("/api/templates", templates.summaries)
