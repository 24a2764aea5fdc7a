"""What people say to each other about pages: threads that hang on a node, or on a page as a whole.

1. A thread stays when its node is removed; `quote` tells what the node said when it began.
2. Whoever may comment answers, resolves and reopens; a comment is changed by its author, and deleted by its
   author or by whoever manages the site.
3. A first comment that was answered leaves its place when it is deleted; the thread goes with its last comment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from vitrail.builder import documents
from vitrail.builder.tree import ROOT, descendants
from vitrail.core.access import Action, authorize
from vitrail.core.clock import aware
from vitrail.core.database import record
from vitrail.core.errors import Conflict, InvalidInput, NotAllowed, NotFound, TooLarge
from vitrail.core.ids import is_id, new_id
from vitrail.sites import tables as t
from vitrail.sites.audience import Person, people, who_may
from vitrail.sites.comment import Comment, Said, check_body
from vitrail.sites.notifications import Kind, Ring

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.collab.rooms import Rooms
    from vitrail.core.access import Actor, Subject
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database
    from vitrail.sites.journal import Journal
    from vitrail.sites.notifications import Notifications

MAX_QUOTE, MAX_MENTIONS = 140, 20
MAX_THREADS, MAX_REPLIES = 500, 200  # of a page, of a thread: they are read whole


class Comments:
    """The comments of all pages. The door authorises reading, commenting and the page."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        rooms: Rooms,
        journal: Journal,
        notifications: Notifications,
    ) -> None:
        self._notifications = notifications
        self._database = database
        self._clock = clock
        self._rooms = rooms
        self._journal = journal

    # ---- writing --------------------------------------------------------------------------

    async def add(
        self, actor: Actor, subject: Subject, page_id: str, said: Said, node_id: str | None = None
    ) -> str:
        """Begin a thread and return its id.

        Raises:
            InvalidInput: The text is empty, or somebody is named who is not of the site.
            TooLarge: The text is too long.
            NotFound: The page has no such node.
            Conflict: The page has `MAX_THREADS` already.
        """
        body = check_body(said.body)
        quote = "" if node_id is None else await self._quote(page_id, node_id)
        c = t.comment.c
        async with self._database.write() as sql:
            first = (c.page_id == page_id) & (c.thread_id == c.id)
            await self._check_room(sql, first, MAX_THREADS, "a page", "threads")
            values = {"node_id": node_id, "quote": quote}
            return await self._insert(sql, actor, subject, page_id, said, body=body, **values)

    async def reply(self, actor: Actor, subject: Subject, comment_id: str, said: Said) -> str:
        """Answer in the thread of a comment and return the answer's id.

        Raises:
            InvalidInput: The text is empty, or somebody is named who is not of the site.
            TooLarge: The text is too long.
            NotFound: There is no such comment.
            Conflict: The thread has `MAX_REPLIES` already.
        """
        body = check_body(said.body)
        async with self._database.write() as sql:
            row = await _row(sql, comment_id)
            in_thread = t.comment.c.thread_id == row["thread_id"]
            await self._check_room(sql, in_thread, MAX_REPLIES + 1, "a thread", "comments")
            thread = {"thread_id": row["thread_id"]}
            page_id = row["page_id"]
            return await self._insert(sql, actor, subject, page_id, said, body=body, **thread)

    async def change(self, actor: Actor, subject: Subject, comment_id: str, said: Said) -> None:
        """Give a comment another text.

        Raises:
            InvalidInput: The text is empty, or somebody is named who is not of the site.
            TooLarge: The text is too long.
            NotFound: There is no such comment.
            NotAllowed: Somebody else wrote it.
        """
        body = check_body(said.body)
        async with self._database.write() as sql:
            row = await _row(sql, comment_id)
            if row["author_id"] is None or row["author_id"] != actor.user_id:
                raise NotAllowed("only its author changes a comment", hint="answer it instead")
            mentions = await self._check_mentions(sql, subject, said.mentions)
            values = {"body": body, "mentions": mentions, "edited_at": self._clock.now()}
            await self._update(sql, comment_id, values)
            await self._note(sql, row["site_id"], comment_id, actor)
            ring = Ring(
                Kind.MENTION, row["site_id"], comment_id, actor.user_id, page_id=row["page_id"]
            )
            await self._notifications.ring(sql, ring, set(mentions) - set(row["mentions"]))

    async def resolve(self, actor: Actor, comment_id: str, *, resolved: bool) -> None:
        """Resolve or reopen the thread of a comment; it may be so already.

        Raises:
            NotFound: There is no such comment.
        """
        async with self._database.write() as sql:
            found = await _row(sql, comment_id)
            first = await _row(sql, found["thread_id"], deleted_too=True)
            if (first["resolved_at"] is not None) == resolved:
                return
            at = self._clock.now() if resolved else None
            by = actor.user_id if resolved else None
            await self._update(sql, first["id"], {"resolved_at": at, "resolved_by": by})
            await self._note(sql, first["site_id"], first["id"], actor)

    async def delete(self, actor: Actor, subject: Subject, comment_id: str) -> None:
        """Delete a comment for good.

        Raises:
            NotFound: There is no such comment.
            NotAllowed: Somebody else wrote it, and the actor does not manage the site.
        """
        c = t.comment.c
        async with self._database.write() as sql:
            row = await _row(sql, comment_id)
            if row["author_id"] is None or row["author_id"] != actor.user_id:
                authorize(actor, Action.PAGE_MODERATE, subject)
            thread = row["thread_id"]
            others = select(c.id, c.deleted_at).where(c.thread_id == thread, c.id != comment_id)
            left = (await sql.execute(others)).all()
            if comment_id == thread and left:
                gone: dict[str, Any] = {
                    "body": "",
                    "mentions": [],
                    "deleted_at": self._clock.now(),
                }
                await self._update(sql, comment_id, gone)
            else:
                await sql.execute(delete(t.comment).where(c.id == comment_id))
                if all(other.deleted_at for other in left):
                    await sql.execute(delete(t.comment).where(c.thread_id == thread))
            await self._notifications.withdraw(sql, [comment_id])
            await self._note(sql, row["site_id"], comment_id, actor)

    async def _insert(
        self,
        sql: AsyncConnection,
        actor: Actor,
        subject: Subject,
        page_id: str,
        said: Said,
        **values: Any,
    ) -> str:
        comment_id, site_id = new_id(self._clock), str(subject.site_id)
        row = {
            "id": comment_id,
            "site_id": site_id,
            "page_id": page_id,
            "thread_id": comment_id,
            "author_id": actor.user_id,
            "mentions": await self._check_mentions(sql, subject, said.mentions),
            "created_at": self._clock.now(),
            "quote": "",
            **values,
        }
        await sql.execute(insert(t.comment).values(row))
        await self._note(sql, site_id, comment_id, actor)
        await self._tell(sql, subject, row)
        return comment_id

    async def _tell(self, sql: AsyncConnection, subject: Subject, row: dict[str, Any]) -> None:
        """Tell whom a new comment names, those of its thread, and those who spoke on its page; each once."""
        c = t.comment.c
        spoke = select(c.author_id, c.thread_id).where(
            c.page_id == row["page_id"], c.author_id.is_not(None), c.deleted_at.is_(None)
        )
        said = (await sql.execute(spoke.distinct())).all()
        left = await who_may(sql, subject, Action.PAGE_READ)
        for kind, users in (
            (Kind.MENTION, set(row["mentions"])),
            (Kind.REPLY, {user for user, thread in said if thread == row["thread_id"]}),
            (Kind.COMMENT, {user for user, _ in said}),
        ):
            ring = Ring(kind, row["site_id"], row["id"], row["author_id"], page_id=row["page_id"])
            await self._notifications.ring(sql, ring, users & left)
            left -= users

    async def _update(self, sql: AsyncConnection, comment_id: str, values: dict[str, Any]) -> None:
        await sql.execute(update(t.comment).where(t.comment.c.id == comment_id).values(values))

    async def _note(
        self, sql: AsyncConnection, site_id: str, comment_id: str, actor: Actor
    ) -> None:
        await self._journal.note(sql, site_id, "comment", comment_id, (actor.user_id, actor.kind))

    @staticmethod
    async def _check_room(
        sql: AsyncConnection, which: ColumnElement[bool], most: int, where: str, what: str
    ) -> None:
        count = select(func.count()).select_from(t.comment).where(which)
        if (await sql.execute(count)).scalar_one() >= most:
            raise Conflict(f"{where} has at most {most} {what}", hint="delete old ones")

    @staticmethod
    async def _check_mentions(
        sql: AsyncConnection, subject: Subject, mentions: Sequence[str]
    ) -> list[str]:
        if len(mentions) > MAX_MENTIONS:
            raise TooLarge(f"a comment names at most {MAX_MENTIONS} people")
        named = list(dict.fromkeys(mentions))
        if named and not await who_may(sql, subject, Action.PAGE_READ) >= set(named):
            raise InvalidInput("somebody who is named has no role on this site", code="mention")
        return named

    async def _quote(self, page_id: str, node_id: str) -> str:
        """Return the beginning of what a node says.

        Raises:
            NotFound: The page has no such node.
        """
        page = documents.read_page(await self._rooms.read(f"page:{page_id}"))
        if node_id not in descendants(page.tree, ROOT):
            raise NotFound("the page has no such block")
        for each in descendants(page.tree, node_id):
            text = " ".join(next(filter(None, page.nodes[each].texts.values()), "").split())
            if text:
                return text if len(text) <= MAX_QUOTE else f"{text[: MAX_QUOTE - 1]}…"
        return ""

    # ---- reading --------------------------------------------------------------------------

    async def threads(
        self, page_ids: Collection[str], *, resolved: bool | None = None
    ) -> dict[str, list[Comment]]:
        """Return the first comments of pages, the newest first; all, or those that are resolved or not."""
        c = t.comment.c
        which = c.page_id.in_(list(page_ids)) & (c.thread_id == c.id)
        if resolved is not None:
            which &= c.resolved_at.is_not(None) if resolved else c.resolved_at.is_(None)
        found: dict[str, list[Comment]] = {page_id: [] for page_id in page_ids}
        for comment in reversed(await self._read(which)):
            found[comment.page_id].append(comment)
        return found

    async def replies(self, thread_ids: Collection[str]) -> dict[str, list[Comment]]:
        """Return the answers in threads, the oldest first."""
        c = t.comment.c
        found: dict[str, list[Comment]] = {thread_id: [] for thread_id in thread_ids}
        for comment in await self._read(c.thread_id.in_(list(thread_ids)) & (c.thread_id != c.id)):
            found[comment.thread_id].append(comment)
        return found

    async def some(self, site_id: str, ids: Collection[str]) -> dict[str, Comment]:
        """Return comments of a site by their ids, of those that are there."""
        c = t.comment.c
        which = (c.site_id == site_id) & c.id.in_(list(ids)) & c.deleted_at.is_(None)
        return {comment.id: comment for comment in await self._read(which)}

    async def several(self, ids: Collection[str]) -> dict[str, Comment]:
        """Return comments by their ids, of those that are there; the caller knows that they may be read."""
        c = t.comment.c
        which = c.id.in_(list(ids)) & c.deleted_at.is_(None)
        return {comment.id: comment for comment in await self._read(which)}

    async def find(self, comment_id: str) -> Comment:
        """Return a comment.

        Raises:
            NotFound: There is none of this id.
        """
        for comment in await self._read(t.comment.c.id == comment_id) if is_id(comment_id) else ():
            return comment
        raise NotFound("there is no such comment")

    async def _read(self, which: ColumnElement[bool]) -> list[Comment]:
        """Return comments in the order in which they were written."""
        c = t.comment.c
        async with self._database.read() as sql:
            query = select(t.comment).where(which).order_by(c.created_at, c.id)
            rows = [record(row) for row in await sql.execute(query)]
            ids = {row[name] for row in rows for name in ("author_id", "resolved_by")}
            ids |= {user for row in rows for user in row["mentions"]}
            known = await people(sql, ids - {None})
        return [_comment(row, known) for row in rows]


async def _row(
    sql: AsyncConnection, comment_id: str, *, deleted_too: bool = False
) -> dict[str, Any]:
    query = select(t.comment).where(t.comment.c.id == comment_id)
    row = (await sql.execute(query)).first()
    if row is None or (row.deleted_at is not None and not deleted_too):
        raise NotFound("there is no such comment")
    return record(row)


def _comment(row: dict[str, Any], known: dict[str, Person]) -> Comment:
    for name in ("created_at", "edited_at", "deleted_at", "resolved_at"):
        row[name] = row[name] and aware(row[name])
    row["author"] = known.get(row.pop("author_id"))
    row["resolved_by"] = known.get(row["resolved_by"])
    row["mentions"] = tuple(known[user] for user in row["mentions"] if user in known)
    return Comment(**row)
