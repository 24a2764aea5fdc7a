"""What may be changed of pages: live in every open editor, and as runs that can be undone."""

from typing import Any

import msgspec
import strawberry
from strawberry import ID
from strawberry.scalars import JSON
from strawberry.types import Info

from vitrail.core.access import Action
from vitrail.core.errors import Conflict, InvalidInput
from vitrail.graphql.batching import fetching
from vitrail.graphql.context import Context
from vitrail.graphql.errors import UserError, attempt
from vitrail.graphql.ids import read_id
from vitrail.graphql.once import once, once_live
from vitrail.graphql.site_queries import find_page
from vitrail.graphql.site_types import Page, Version, version_of


@strawberry.type(description="What became of edits to a page.")
class PageEdited:
    """What became of edits to a page."""

    page: Page | None
    run: ID | None = strawberry.field(description="What pageUndo takes.")
    seq: int | None
    results: JSON | None = strawberry.field(description="One for each operation.")
    errors: list[UserError]


@strawberry.type(description="What became of a new page.")
class PageCreated:
    """What became of a new page."""

    page: Page | None
    errors: list[UserError]


@strawberry.type(description="What became of a page that was removed.")
class PageDeleted:
    """What became of a page that was removed."""

    deleted_id: ID | None
    errors: list[UserError]


@strawberry.type(description="What became of a name for a moment.")
class VersionKept:
    """What became of a name for a moment."""

    version: Version | None
    errors: list[UserError]


@strawberry.type
class PageMutation:
    """Mutations of pages."""

    @strawberry.mutation(
        description="Run edit commands on a page (docs/edit-commands.md): live in every open editor, one run to undo."
    )
    @fetching
    async def page_edit(
        self,
        info: Info,
        page_id: ID,
        ops: list[JSON],
        partial: bool = False,
        locale: str | None = None,
        if_revision: int | None = None,
        client_mutation_id: str | None = None,
    ) -> PageEdited:
        """Run edit commands on a page."""
        context: Context = info.context

        async def run() -> tuple[Page, dict[str, Any]]:
            key = read_id(page_id, "page")
            subject = await context.page(key, Action.PAGE_WRITE)
            # Who asks again, since no answer came, has made the page what it is now.
            editing = context.house.editing
            has_run = await editing.has_run(context.actor, key, client_mutation_id)
            if if_revision is not None and not has_run:
                await _check_revision(context, key, if_revision)
            envelope = {
                "ops": ops,
                "partial": partial,
                "locale": locale,
                "idempotency_key": client_mutation_id,
            }
            body = msgspec.json.encode(envelope)
            done = await editing.run(context.actor, context.author, subject, key, body)
            return await find_page(context, key), done

        return _edited(*await attempt(run()))

    @strawberry.mutation(description="Undo a run of edits, whatever came after it.")
    @fetching
    async def page_undo(self, info: Info, page_id: ID, run: ID) -> PageEdited:
        """Undo a run of edits."""
        context: Context = info.context

        async def undo() -> tuple[Page, dict[str, Any]]:
            key = read_id(page_id, "page")
            subject = await context.page(key, Action.PAGE_WRITE)
            body = msgspec.json.encode({"ops": [{"op": "undo", "run": run}]})
            done = await context.house.editing.run(
                context.actor, context.author, subject, key, body
            )
            return await find_page(context, key), done

        return _edited(*await attempt(undo()))

    @strawberry.mutation(description="Add a page to a site.")
    @fetching
    @once_live
    async def page_create(
        self, info: Info, site_id: ID, title: str, slug: str = "", after: ID | None = None
    ) -> PageCreated:
        """Add a page to a site."""
        context: Context = info.context

        async def create() -> Page:
            key = read_id(site_id, "site")
            await context.site(key, Action.PAGE_CREATE)
            made, _ = await context.house.pages.add(
                key,
                title,
                context.author,
                slug=slug,
                after=read_id(after, "page") if after else None,
            )
            return await find_page(context, made)

        page, errors = await attempt(create())
        return PageCreated(page=page, errors=errors)

    @strawberry.mutation(description="Take a page out of its site.")
    async def page_delete(self, info: Info, id: ID) -> PageDeleted:
        """Take a page out of its site."""
        context: Context = info.context

        async def delete() -> ID:
            key = read_id(id, "page")
            subject = await context.page(key, Action.PAGE_CREATE)
            await context.house.pages.remove(str(subject.site_id), key, context.author)
            return id

        found, errors = await attempt(delete())
        return PageDeleted(deleted_id=found, errors=errors)

    @strawberry.mutation(description="Name a moment of a page, the present one without a number.")
    @once
    async def version_keep(
        self, info: Info, page_id: ID, label: str, seq: int | None = None
    ) -> VersionKept:
        """Name a moment of a page."""
        context: Context = info.context

        async def keep() -> Version:
            key = read_id(page_id, "page")
            await context.page(key, Action.PAGE_WRITE)
            return version_of(await context.house.history.name(key, context.author, label, seq))

        found, errors = await attempt(keep())
        return VersionKept(version=found, errors=errors)

    @strawberry.mutation(
        description="Bring a page back to a moment or to a version, as a run that can be undone."
    )
    @fetching
    async def page_restore(
        self, info: Info, page_id: ID, seq: int | None = None, version_id: ID | None = None
    ) -> PageEdited:
        """Bring a page back."""
        context: Context = info.context

        async def restore() -> tuple[Page, dict[str, Any]]:
            key = read_id(page_id, "page")
            subject = await context.page(key, Action.PAGE_EDIT)
            if (seq is None) == (version_id is None):
                raise InvalidInput("send either seq or versionId")
            version = read_id(version_id, "version") if version_id else None
            done = await context.house.history.restore(
                context.author, subject, key, seq=seq, version=version
            )
            return await find_page(context, key), done

        return _edited(*await attempt(restore()))


def _edited(found: tuple[Page, dict[str, Any]] | None, errors: list[UserError]) -> PageEdited:
    if found is None:
        return PageEdited(page=None, run=None, seq=None, results=None, errors=errors)
    page, done = found
    results: list[dict[str, Any]] = done["results"]
    if all(result["status"] != "ok" for result in results):
        errors = [
            UserError(
                code=result["error"]["code"],
                message=result["error"]["message"],
                hint=result["error"].get("hint"),
                path=["ops", str(place)],
            )
            for place, result in enumerate(results)
            if "error" in result
        ]
    return PageEdited(
        page=page, run=ID(done["run"]), seq=done["seq"], results=JSON(results), errors=errors
    )


async def _check_revision(context: Context, page_key: str, expected: int) -> None:
    name = f"page:{page_key}"
    found = (await context.house.collab.rooms.log.heads([name])).get(name, 0)
    if found != expected:
        raise Conflict(
            f"the page is at revision {found}, not {expected}",
            hint="read the page again and decide whether your edit still fits",
            code="stale_revision",
        )
