"""Commands on a page: run by the builder's executor in the live rooms, kept so that they may be undone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import msgspec
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from vitrail.builder import commands, executor
from vitrail.builder.past import restore
from vitrail.collab.server_edits import edit_documents
from vitrail.core.access import Action, Actor, Subject, authorize
from vitrail.core.errors import Conflict, InvalidInput, NotFound
from vitrail.core.ids import new_id
from vitrail.sites import tables as t

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pycrdt import Doc

    from vitrail.collab.entries import Author
    from vitrail.collab.rooms import Rooms
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database
    from vitrail.sites.pages import Pages

MAX_OPS = 200


class Envelope(msgspec.Struct, forbid_unknown_fields=True):
    """What is posted to a page's commands."""

    ops: list[msgspec.Raw]
    version: int = 1
    idempotency_key: str | None = None
    partial: bool = False
    locale: str | None = None
    selection: list[str] = []


@dataclass(frozen=True, slots=True)
class _Run:
    """One request for edits."""

    id: str
    page_id: str
    site_id: str
    author: Author
    ops: Sequence[commands.Command]
    envelope: Envelope
    actor_id: str | None
    digest: str = ""  # of what was asked, of runs that have a key

    def documents(self, page_id: str = "") -> list[str]:
        """Return the names of the page's document, or of another page's, and of the site's."""
        return [f"page:{page_id or self.page_id}", f"site:{self.site_id}"]

    def answer(self, seq: int, results: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Return what the asker is told."""
        return {"run": self.id, "seq": seq, "results": list(results)}


class Editing:
    """Runs commands for programs, phones and the assistant."""

    def __init__(self, database: Database, rooms: Rooms, pages: Pages, clock: Clock) -> None:
        self._database = database
        self._rooms = rooms
        self._pages = pages
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
        ops = commands.decode(envelope.ops)
        for op in ops:
            authorize(actor, _action(op), subject)
        digest = "" if envelope.idempotency_key is None else _digest(envelope)
        site_id, actor_id = str(subject.site_id), actor.user_id
        run = _Run(new_id(self._clock), page_id, site_id, author, ops, envelope, actor_id, digest)
        known = await self._claim(run)
        if known is not None:
            return known
        try:
            answer, inverses = await self._perform(run)
        except BaseException:
            await self._give_up(run)
            raise
        await self._keep(run, answer, inverses)
        await self._pages.touch(run.site_id)
        return answer

    async def has_run(self, actor: Actor, page_id: str, key: str | None) -> bool:
        """Tell whether an actor's run of a page took a key before."""
        r = t.run.c
        query = select(r.id).where(
            r.page_id == page_id, r.actor_id == actor.user_id, r.idempotency_key == key
        )
        return key is not None and bool(await self._database.fetch(query))

    async def _perform(self, run: _Run) -> tuple[dict[str, Any], list[Any]]:
        kinds = {_kind(op) for op in run.ops}
        if len(kinds) > 1 or (kinds == {"undo"} and len(run.ops) > 1):
            raise InvalidInput(
                "undo, adding and removing pages, and copying to another page go alone",
                hint="send them in requests of their own",
            )
        if kinds == {"undo"}:
            return await self._undo(run)
        if kinds == {"pages"}:
            return await self._change_pages(run)
        return await self._execute(run)

    async def restore(
        self, author: Author, subject: Subject, page_id: str, past: Doc[Any]
    ) -> dict[str, Any]:
        """Make a page what it was, as a run that can be undone.

        Args:
            author: Whom the log names.
            subject: The page's.
            page_id: The page.
            past: The page document as it was.
        """
        site_id, actor_id = str(subject.site_id), author.actor_id
        run = _Run(new_id(self._clock), page_id, site_id, author, (), Envelope([]), actor_id)

        def change(docs: list[Doc[Any]]) -> list[Any]:
            return restore(docs[0], docs[1], past)

        inverses, seq = await edit_documents(self._rooms, run.documents(), author, change)
        result = {"op": "restore", "status": "ok", "changed": len(inverses)}
        answer = run.answer(seq, [result])
        await self._claim(run)
        await self._keep(run, answer, inverses)
        await self._pages.touch(site_id)
        return answer

    async def _execute(self, run: _Run) -> tuple[dict[str, Any], list[Any]]:
        context = executor.Context(
            page_id=run.page_id,
            locale=run.envelope.locale,
            selection=tuple(run.envelope.selection),
        )
        partial = run.envelope.partial

        def change(docs: list[Doc[Any]]) -> executor.Outcome:
            return executor.execute(docs[0], docs[1], run.ops, context, partial=partial)

        outcome, seq = await edit_documents(self._rooms, run.documents(), run.author, change)
        if outcome.page_requests and outcome.is_ok:
            outcome, seq = await self._copy_to_page(run, outcome.page_requests)
        return run.answer(seq, outcome.results), list(outcome.inverses)

    async def _copy_to_page(
        self, run: _Run, requests: Sequence[Mapping[str, Any]]
    ) -> tuple[executor.Outcome, int]:
        """Paste what was copied at the end of the other page, as a run of that page."""
        other = requests[0]["to_page"]
        paste = commands.decode([{"op": "insert", "nodes": r["nodes"]} for r in requests])
        context = executor.Context(page_id=other)

        def change(docs: list[Doc[Any]]) -> executor.Outcome:
            return executor.execute(docs[0], docs[1], paste, context)

        outcome, seq = await edit_documents(self._rooms, run.documents(other), run.author, change)
        pasted = _Run(
            new_id(self._clock), other, run.site_id, run.author, paste, Envelope([]), run.actor_id
        )
        await self._claim(pasted)
        await self._keep(pasted, pasted.answer(seq, outcome.results), list(outcome.inverses))
        results = [{**result, "op": "duplicate", "run": pasted.id} for result in outcome.results]
        return executor.Outcome(results), seq

    async def _change_pages(self, run: _Run) -> tuple[dict[str, Any], list[Any]]:
        results: list[dict[str, Any]] = []
        inverses: list[Any] = []
        for op in cast("Sequence[commands.AddPage | commands.RemovePage]", run.ops):
            if isinstance(op, commands.AddPage):
                page, undoing = await self._pages.add(
                    run.site_id, op.title, run.author, slug=op.slug or "", after=op.after
                )
                results.append({"op": "add_page", "status": "ok", "created": [page]})
            else:
                undoing = await self._pages.remove(run.site_id, op.page, run.author)
                results.append({"op": "remove_page", "status": "ok"})
            inverses += undoing
        return run.answer(0, results), inverses

    async def _undo(self, run: _Run) -> tuple[dict[str, Any], list[Any]]:
        op = cast("commands.Undo", run.ops[0])
        query = select(t.run.c.inverses).where(t.run.c.id == op.run, t.run.c.page_id == run.page_id)
        async with self._database.read() as sql:
            row = (await sql.execute(query)).first()
        if row is None:
            raise NotFound("there is no such run on this page")

        def change(docs: list[Doc[Any]]) -> executor.Undone:
            return executor.undo(docs[0], docs[1], row.inverses)

        undone, seq = await edit_documents(self._rooms, run.documents(), run.author, change)
        result: dict[str, Any] = {"op": "undo", "status": "ok" if undone.done else "skipped"}
        if undone.kept:
            result["error"] = {
                "code": "changed_since",
                "message": f"{len(undone.kept)} values were changed since by someone and were left",
            }
        return run.answer(seq, [result]), list(undone.inverses)

    # ---- what ran, once per idempotency key --------------------------------------------------

    async def _claim(self, run: _Run) -> dict[str, Any] | None:
        """Take the run's key, or return the answer of the run that took it before.

        Raises:
            Conflict: That run was of other operations, or has not ended, or the server died during it.
        """
        try:
            async with self._database.write() as sql:
                await sql.execute(
                    insert(t.run).values(
                        id=run.id,
                        page_id=run.page_id,
                        site_id=run.site_id,
                        actor_id=run.actor_id,
                        idempotency_key=run.envelope.idempotency_key,
                        answer={},
                        inverses=[],
                        created_at=self._clock.now(),
                    )
                )
        except IntegrityError:
            query = select(t.run.c.answer).where(
                t.run.c.page_id == run.page_id,
                t.run.c.actor_id == run.actor_id,
                t.run.c.idempotency_key == run.envelope.idempotency_key,
            )
            async with self._database.read() as sql:
                answer = (await sql.execute(query)).scalar_one_or_none()
            if answer and answer.pop("digest", run.digest) != run.digest:
                raise Conflict(
                    f"the key {run.envelope.idempotency_key!r} was used for other operations",
                    code="idempotency_key",
                    hint="what is sent again says the same; anything else has a key of its own",
                ) from None
            if answer:
                return answer
            raise Conflict(
                "a request with this idempotency key has not ended",
                hint="read the page to see whether it was done, then use a new key",
            ) from None
        return None

    async def _give_up(self, run: _Run) -> None:
        async with self._database.write() as sql:
            await sql.execute(delete(t.run).where(t.run.c.id == run.id))

    async def _keep(self, run: _Run, answer: dict[str, Any], inverses: list[Any]) -> None:
        values = {"answer": answer | {"digest": run.digest}, "inverses": inverses}
        async with self._database.write() as sql:
            await sql.execute(update(t.run).where(t.run.c.id == run.id).values(values))


def _decode(body: bytes) -> Envelope:
    try:
        envelope = msgspec.json.decode(body, type=Envelope)
    except (msgspec.DecodeError, RecursionError) as error:
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


def _digest(envelope: Envelope) -> str:
    """Return the hash of what an envelope asks for, however its operations are spaced."""
    asked = msgspec.to_builtins(msgspec.structs.replace(envelope, ops=[]))
    asked["ops"] = [msgspec.json.decode(op) for op in envelope.ops]
    return hashlib.sha256(msgspec.json.encode(asked, order="sorted")).hexdigest()


def _kind(op: commands.Command) -> str:
    match op:
        case commands.Undo():
            return "undo"
        case commands.AddPage() | commands.RemovePage():
            return "pages"
        case commands.Duplicate(to_page=str()):
            return "copy"
        case _:
            return "document"


def _action(op: commands.Command) -> Action:
    match op:
        case commands.AddPage() | commands.RemovePage() | commands.RenamePage():
            return Action.PAGE_CREATE
        case commands.SetText():
            return Action.PAGE_WRITE
        case _:
            return Action.PAGE_EDIT
