"""Keeping what one has in step with a site, also after having been away."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from vitrail_client.errors import AnswerError, RequestFailed
from vitrail_client.operations import sync

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, MutableMapping, Sequence

    from vitrail_client.client import Client
    from vitrail_client.operations import SyncPageChanged
    from vitrail_client.schema import SyncKind


@dataclass(frozen=True)
class Step:
    """What to do with what one has: in one transaction, with keeping the cursor.

    Attributes:
        cursor: Where to go on the next time, as `since`.
        is_reset: Whether to drop everything first: the server no longer knows what has changed since.
        changed: Things as they are now.
        deleted: Ids of what is gone.
    """

    cursor: str | None
    is_reset: bool = False
    changed: Sequence[SyncPageChanged] = ()
    deleted: Sequence[str] = field(default_factory=list[str])


async def steps(
    client: Client,
    site_id: str,
    *,
    since: str | None = None,
    kinds: list[SyncKind] | UnsetType = UNSET,
    first: int | UnsetType = UNSET,
) -> AsyncGenerator[Step]:
    """Yield what has changed on a site, page by page, until there is no more.

    Args:
        client: Who asks.
        site_id: The site.
        since: The cursor of the last step that was done; none begins anew.
        kinds: What is kept; products, if nothing is said.
        first: How many things a page has at most.

    Raises:
        RequestFailed: The server refuses.
        Unreachable: It does not answer; go on later from the last step that was done.
    """
    while True:
        asked = sync(site_id=site_id, since=since, kinds=kinds, first=first)
        page = (await client.run(asked)).sync
        if page.reset:
            if since is None:
                raise RequestFailed([AnswerError("the server cannot tell all of the site")])
            since = None
            yield Step(None, is_reset=True)
            continue
        since = page.cursor
        yield Step(since, changed=page.changed, deleted=page.deleted)
        if not page.has_more:
            return


def apply(step: Step, things: MutableMapping[str, SyncPageChanged]) -> None:
    """Do to things, by their ids, what a step says."""
    if step.is_reset:
        things.clear()
    things.update((thing.id, thing) for thing in step.changed)
    for key in step.deleted:
        things.pop(key, None)
