"""What the doctor finds of files: images, and the pages of what is published now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from vitrail.core.finding import broken, well
from vitrail.sites import tables as t

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from vitrail.core.database import Database
    from vitrail.core.finding import Finding

NAMED = 3  # of the files that are lost
ADVICE = (
    "bring `blobs/` back from a backup; what is published is made anew when it is published again"
)


async def examine_files(database: Database, folder: Path) -> AsyncIterator[Finding]:
    """Look whether each file that the database names is there; those of earlier publications are not asked for.

    Args:
        database: At this version.
        folder: Where files are stored.
    """
    live = t.deployment.c.id == t.site.c.live_deployment
    wanted: dict[str, int] = {}
    for row in await database.fetch(select(t.asset.c.variants)):
        wanted |= {f"media/{made['name']}": made["size"] for made in row.variants}
    for row in await database.fetch(
        select(t.deployment.c.files, t.deployment.c.edition).where(live)
    ):
        wanted |= {file["blob"]: file["size"] for file in row.files.values()}
        if row.edition is not None:
            wanted.setdefault(row.edition, -1)
    lost = sorted(name for name, size in wanted.items() if not _is_whole(folder / name, size))
    if not lost:
        yield well("files", f"{len(wanted)} are there, whole")
        return
    some = ", ".join(lost[:NAMED]) + (" …" if len(lost) > NAMED else "")
    words = f"{len(lost)} of {len(wanted)} in {folder} are lost or cut: {some}"
    yield broken("files", words, ADVICE)


def _is_whole(path: Path, size: int) -> bool:
    """Tell whether a file is there with its size in bytes, which -1 leaves open."""
    try:
        found = path.stat().st_size
    except OSError:
        return False
    return size in {-1, found}
