"""Commands on a page: run by the builder's executor in the live rooms, kept so that they may be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from vitrail.builder import commands, executor
from vitrail.core.access import Action, Actor, Subject, authorize
from vitrail.core.errors import Conflict, InvalidInput, NotFound
from vitrail.core.ids import new_id
from vitrail.sites import tables as t

if TYPE_CHECKING:
    from pycrdt import Doc

    from vitrail.collab.log import Author
    from vitrail.collab.rooms import Rooms
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database
    from vitrail.sites.catalogue import Catalogue

MAX_OPS = 200


class Envelope(msgspec.Struct, forbid_unknown_fields=True):
    """What is posted to a page's commands."""

    ops: list[msgspec.Raw]
    version: int = 1
    idempotency_key: str | None = None
    partial: bool = False
    locale: str | None = None
    selection: list[str] = []


class Editing:
    """Runs commands for programs, phones and the assistant."""

    def __init__(
        self, database: Database, rooms: Rooms, catalogue: Catalogue, clock: Clock
    ) -> None:
        self._database = database
        self._rooms = rooms
        self._catalogue = catalogue
        self._clock = clock

    async def run(
        self, actor: Actor, author: Author, subject: Subject, page_id: str, body: bytes
    ) -> dict[str, Any]:
        """Run commands on a page and return the answer once they are on disk.

        Args:
            actor: Who asks.
            author: Whom the log names.
            subject: The page's, for what single operations need beyond editing.
            page_id: The page.
            body: An envelope as JSON.

        Raises:
            InvalidInput: The envelope or an operation is malformed; nothing was done.
            NotAllowed: The actor's role does not allow an operation; nothing was done.
        """
        envelope = _decode(body)
        key = envelope.idempotency_key
        if key is not None and (known := await self._answered(page_id, actor, key)) is not None:
            return known
        ops = commands.decode(envelope.ops)
        for op in ops:
            authorize(actor, _action(op), subject)
        if len(ops) == 1 and isinstance(ops[0], commands.Undo):
            answer, inverses = await self._undo(author, subject, page_id, ops[0].run)
        else:
            answer, inverses = await self._execute(author, subject, page_id, ops, envelope)
        await self._keep(page_id, subject, actor, key, answer, inverses)
        await self._catalogue.touch(str(subject.site_id))
        return answer

    async def _execute(
        self,
        author: Author,
        subject: Subject,
        page_id: str,
        ops: list[commands.Command],
        envelope: Envelope,
    ) -> tuple[dict[str, Any], list[Any]]:
        if any(isinstance(op, commands.Undo) for op in ops):
            raise InvalidInput("undo stands alone", hint="send it in a request of its own")
        inner = [o for o in ops if not isinstance(o, commands.AddPage | commands.RemovePage)]
        context = executor.Context(
            page_id=page_id, locale=envelope.locale, selection=tuple(envelope.selection)
        )

        def change(docs: list[Doc[Any]]) -> executor.Outcome:
            return executor.execute(docs[0], docs[1], inner, context, partial=envelope.partial)

        outcome: executor.Outcome | None = None
        seq = 0
        if inner:
            names = [f"page:{page_id}", f"site:{subject.site_id}"]
            outcome, seq = await self._rooms.edit(names, author, change)
        found = iter(outcome.results if outcome else ())
        results: list[dict[str, Any]] = []
        for op in ops:
            if isinstance(op, commands.AddPage | commands.RemovePage):
                results.append(await self._page_op(author, subject, op))
            else:
                results.append(dict(next(found)))
        answer = {"run": new_id(self._clock), "seq": seq, "results": results}
        return answer, list(outcome.inverses if outcome else ())

    async def _page_op(
        self, author: Author, subject: Subject, op: commands.AddPage | commands.RemovePage
    ) -> dict[str, Any]:
        site_id = str(subject.site_id)
        if isinstance(op, commands.AddPage):
            page = await self._catalogue.add_page(
                site_id, op.title, author, slug=op.slug or "", after=op.after
            )
            return {"op": "add_page", "status": "ok", "created": [page]}
        if (await self._catalogue.subject_of_page(op.page)).site_id != site_id:
            raise NotFound("there is no such page in this site")
        await self._catalogue.remove_page(site_id, op.page, author)
        return {"op": "remove_page", "status": "ok"}

    async def _undo(
        self, author: Author, subject: Subject, page_id: str, run_id: str
    ) -> tuple[dict[str, Any], list[Any]]:
        query = select(t.run.c.inverses, t.run.c.site_id).where(
            t.run.c.id == run_id, t.run.c.page_id == page_id
        )
        async with self._database.read() as sql:
            row = (await sql.execute(query)).first()
        if row is None:
            raise NotFound("there is no such run on this page")

        def change(docs: list[Doc[Any]]) -> executor.Undone:
            return executor.undo(docs[0], docs[1], row.inverses)

        names = [f"page:{page_id}", f"site:{subject.site_id}"]
        undone, seq = await self._rooms.edit(names, author, change)
        result: dict[str, Any] = {"op": "undo", "status": "ok" if undone.done else "skipped"}
        if undone.kept:
            result["error"] = {
                "code": "changed_since",
                "message": f"{len(undone.kept)} values were changed since by someone and were left",
            }
        answer = {"run": new_id(self._clock), "seq": seq, "results": [result]}
        return answer, list(undone.inverses)

    async def _answered(self, page_id: str, actor: Actor, key: str) -> dict[str, Any] | None:
        query = select(t.run.c.answer).where(
            t.run.c.page_id == page_id,
            t.run.c.actor_id == actor.user_id,
            t.run.c.idempotency_key == key,
        )
        async with self._database.read() as sql:
            return (await sql.execute(query)).scalar_one_or_none()

    async def _keep(
        self,
        page_id: str,
        subject: Subject,
        actor: Actor,
        key: str | None,
        answer: dict[str, Any],
        inverses: list[Any],
    ) -> None:
        try:
            async with self._database.write() as sql:
                await sql.execute(
                    insert(t.run).values(
                        id=answer["run"],
                        page_id=page_id,
                        site_id=subject.site_id,
                        actor_id=actor.user_id,
                        idempotency_key=key,
                        answer=answer,
                        inverses=inverses,
                        created_at=self._clock.now(),
                    )
                )
        except IntegrityError as error:
            raise Conflict("a request with this idempotency key ran at the same time") from error


def _decode(body: bytes) -> Envelope:
    try:
        envelope = msgspec.json.decode(body, type=Envelope)
    except msgspec.DecodeError as error:
        raise InvalidInput(
            f"this is not a list of commands: {error}", hint="see docs/edit-commands.md"
        ) from error
    if envelope.version != 1:
        raise InvalidInput("version is 1")
    if not 0 < len(envelope.ops) <= MAX_OPS:
        raise InvalidInput(f"send 1 to {MAX_OPS} operations")
    if envelope.idempotency_key is not None and not 0 < len(envelope.idempotency_key) <= 100:
        raise InvalidInput("an idempotency key has 1 to 100 characters")
    return envelope


def _action(op: commands.Command) -> Action:
    match op:
        case commands.AddPage() | commands.RemovePage() | commands.RenamePage():
            return Action.PAGE_CREATE
        case commands.SetText():
            return Action.PAGE_WRITE
        case _:
            return Action.PAGE_EDIT
