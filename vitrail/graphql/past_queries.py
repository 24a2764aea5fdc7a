"""A page's past: who worked on it when, what it was, what has changed."""

from datetime import datetime
from typing import Any

import strawberry
from strawberry import ID
from strawberry.scalars import JSON
from strawberry.types import Info

from vitrail.core.access import Action
from vitrail.graphql.context import Context
from vitrail.graphql.cost import COST
from vitrail.graphql.ids import read_id
from vitrail.graphql.site_types import User

REPLAY = {COST: 100}  # a page is made anew from its past


@strawberry.type(description="What somebody did to a page without a pause.")
class EditSession:
    """Edits of one actor without a pause."""

    first: int = strawberry.field(description="Its first moment.")
    last: int = strawberry.field(description="Its last moment: what pageAt and pageRestore take.")
    began_at: datetime
    ended_at: datetime
    edits: int
    user: User | None
    kind: str = strawberry.field(description="person, token, assistant or system.")


@strawberry.type(description="Who worked on a page when, the latest first.")
class EditSessions:
    """Some sessions of a page."""

    sessions: list[EditSession]
    next: int | None = strawberry.field(description="Send it as `before` for those before these.")


@strawberry.type
class PastQuery:
    """Queries of what pages were."""

    @strawberry.field(description="Who worked on a page when, the latest first.")
    async def page_history(
        self, info: Info, page_id: ID, before: int | None = None
    ) -> EditSessions:
        """Return who worked on a page when."""
        context, key = await _page(info, page_id)
        found = await context.house.history.sessions(key, before)
        return EditSessions(
            sessions=[_session(session) for session in found["sessions"]], next=found["next"]
        )

    @strawberry.field(
        description="A page as it was at a moment, as HTML in the site of today.", metadata=REPLAY
    )
    async def page_at(self, info: Info, page_id: ID, seq: int, locale: str | None = None) -> str:
        """Return a page as it was."""
        context, key = await _page(info, page_id)
        subject = await context.page(key, Action.PAGE_HISTORY)
        return await context.house.history.show(str(subject.site_id), key, seq, locale)

    @strawberry.field(
        description="What differs between two moments of a page, or between one and now: nodes that came, went and changed.",
        metadata=REPLAY,
    )
    async def page_compare(
        self, info: Info, page_id: ID, earlier: int, later: int | None = None
    ) -> JSON:
        """Tell what differs between two moments."""
        context, key = await _page(info, page_id)
        return JSON(await context.house.history.compare(key, earlier, later))

    @strawberry.field(description="Who changed each node of a page last, and when, by node.")
    async def page_blame(self, info: Info, page_id: ID) -> JSON:
        """Tell who changed each node last."""
        context, key = await _page(info, page_id)
        return JSON(await context.house.history.blame(key))


async def _page(info: Info, page_id: str) -> tuple[Context, str]:
    context: Context = info.context
    key = read_id(page_id, "page")
    await context.page(key, Action.PAGE_HISTORY)
    return context, key


def _session(session: dict[str, Any]) -> EditSession:
    actor = session["actor"]
    user = None
    if actor["id"] and actor["name"] is not None:
        user = User(id=ID(f"user:{actor['id']}"), name=actor["name"], color=actor["color"])
    return EditSession(
        first=session["from"],
        last=session["to"],
        began_at=session["began_at"],
        ended_at=session["ended_at"],
        edits=session["edits"],
        user=user,
        kind=actor["kind"],
    )
