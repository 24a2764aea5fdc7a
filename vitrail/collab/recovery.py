"""Looks at what processes were doing when they died, before anybody may do it again.

1. The documents in question open to nobody until they were looked at; all others open at once.
2. What was in flight is tried once more in a process of its own: a process that was killed from
   outside leaves flights behind that are harmless.
3. An update that ends or stops that process too is poison: it is kept out of its document from now
   on, and saved for whoever wants to find out why. A document that cannot be read is set apart.
"""

from __future__ import annotations

import asyncio
import logging
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pycrdt import Doc

from vitrail.collab import poison
from vitrail.collab.compact import apply_all
from vitrail.collab.guard import check_state_vector, check_update
from vitrail.collab.segments import milliseconds
from vitrail.collab.trial import find_poison, is_harmless
from vitrail.core.errors import NotFound, VitrailError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vitrail.collab.flight import Flight
    from vitrail.collab.quarantine import Quarantine
    from vitrail.collab.rooms import Rooms
    from vitrail.core.clock import Clock

LOG = logging.getLogger(__name__)


class Recovery:
    """Examines the flights that were left behind.

    Args:
        flights: What processes that have died left behind.
        folder: Where poison is saved.
        rooms: Where documents are held back meanwhile.
        quarantine: For documents that cannot be read.
        clock: When it was found.
    """

    def __init__(
        self,
        flights: Sequence[Flight],
        folder: Path,
        rooms: Rooms,
        quarantine: Quarantine,
        clock: Clock,
    ) -> None:
        self._folder = folder
        self._rooms = rooms
        self._quarantine = quarantine
        self._flights = flights
        self._clock = clock
        for flight in flights:
            rooms.hold(flight.doc)

    async def run(self) -> None:
        """Examine each flight and let its document go."""
        for flight in self._flights:
            try:
                await self._examine(flight)
            except NotFound:
                LOG.info("the document is gone", extra={"doc": flight.doc})
            except (VitrailError, OSError):
                LOG.exception("what ended a process could not be found", extra={"doc": flight.doc})
            finally:
                self._rooms.release(flight.doc)

    async def _examine(self, flight: Flight) -> None:
        stored = (await self._rooms.log.load(flight.doc)).updates
        if not await is_harmless(stored, []):
            LOG.error("reading a document ends the process", extra={"doc": flight.doc})
            await self._quarantine.put(
                flight.doc, "whoever reads it dies; restore it from a backup"
            )
            return
        payloads = [update.payload for update in flight.updates]
        places = await find_poison(stored, payloads)
        if not places:
            LOG.info("a process died, and not of this document", extra={"doc": flight.doc})
            return
        clocks, now = _clocks(stored), milliseconds(self._clock.now())
        doses: list[poison.Dose] = []
        for place, update in enumerate(flight.updates):
            if place in places:
                doses.append(poison.dose(update.payload, update.actor_id, clocks, now))
                await self._save(flight.doc, update.payload, update.actor_id)
            for client, (_, end) in check_update(update.payload, clocks).ranges.items():
                clocks[client] = max(end, clocks.get(client, 0))
        await self._rooms.log.add_poison(flight.doc, doses)

    async def _save(self, doc: str, payload: bytes, actor_id: str | None) -> None:
        name = sha256(payload).hexdigest()[:16]
        path = self._folder / f"{name}.poison"
        await asyncio.to_thread(path.write_bytes, payload)
        LOG.error(
            "an update that ends the process is kept out",
            extra={"doc": doc, "user": actor_id, "saved": str(path)},
        )


def _clocks(stored: Sequence[bytes]) -> dict[int, int]:
    doc: Doc[Any] = Doc()
    apply_all(doc, stored)
    return check_state_vector(doc.get_state())
