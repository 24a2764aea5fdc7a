"""Walks beside the event loop, which the others need meanwhile: big updates, what must be cut, whole documents.

One after another: each that walks at the same time as the loop runs makes it wait for its turn.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from vitrail.collab.guard import Clocks, Walk, check_update
from vitrail.collab.outline import Outline
from vitrail.collab.pieces import Segments
from vitrail.core.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vitrail.collab.checked import Checked
    from vitrail.collab.replica import Replica

BIG_UPDATE_BYTES = 32 << 10
_THREAD = ThreadPoolExecutor(1, "guard")
_READER = ThreadPoolExecutor(1, "reader")  # of whole documents, which may be big


async def walk(update: bytes, replica: Replica, waiting: int) -> asyncio.Future[Checked]:
    """Have the guard walk what a client sends, and cut it if it may take long to apply.

    Args:
        update: Yjs update v1.
        replica: The document that it is for.
        waiting: Bytes of others that were checked and are not applied yet.

    Returns:
        What came of it, a result or an exception.
    """
    size = replica.size + waiting + len(update)
    call = partial(_walk, update, replica.clocks, replica.halves, replica.outline, size)
    done = asyncio.get_running_loop().run_in_executor(_THREAD, call)
    done.add_done_callback(_read_error)  # whoever asks may have gone by then
    await asyncio.wait([done])
    return done


def _read_error(done: asyncio.Future[Checked]) -> None:
    if not done.cancelled():
        done.exception()


def _walk(
    update: bytes,
    clocks: Mapping[int, int],
    halves: Mapping[int, set[int]],
    outline: Outline | None,
    size: int,
) -> Checked:
    segments = Segments(clocks)
    found = Walk(update, clocks, halves, outline, is_sent=True, segments=segments).run()
    found.pieces = segments.cut(update, size)
    return found


async def halves_of(document: bytes) -> Mapping[int, set[int]]:
    """Return where a document, given as one update, has characters of two halves."""
    found = await _read(document, None)
    return {} if found is None else found.halves


async def outline_of(document: bytes) -> Outline:
    """Return the outline of a document that is given as one update."""
    outline = Outline()
    found = await _read(document, outline)
    if found is not None:
        outline.add(found.runs or (), {})
    return outline


async def _read(document: bytes, outline: Outline | None) -> Checked | None:
    nothing: Clocks = {}
    call = partial(check_update, document, nothing, outline=outline)
    try:
        return await asyncio.get_running_loop().run_in_executor(_READER, call)
    except InvalidInput:  # of what was stored before the guard knew better
        return None
