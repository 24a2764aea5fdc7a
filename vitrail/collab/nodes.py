"""What this node tells the others of its rooms, and what it hears of theirs.

1. At most one message goes out for a commit, whatever number of nodes there is, and only after it.
2. Presence that changes in many rooms goes out together.
3. A node that was not heard of for `DEAD_SECONDS` has nobody in any room.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Protocol, TypeAlias

from vitrail.collab.bus import (
    MAX_INLINE_BYTES,
    Answer,
    Ask,
    Beat,
    Close,
    Committed,
    Entry,
    Here,
    Look,
    Message,
    Present,
    Survey,
    Whereabouts,
    decode,
    encode,
)
from vitrail.core.ids import new_secret

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from vitrail.collab.bus import Bus
    from vitrail.collab.log import Appended
    from vitrail.collab.room import Room
    from vitrail.core.clock import Clock

LOG = logging.getLogger(__name__)
BEAT_SECONDS = 5.0
DEAD_SECONDS = 15.0
WATCH_SECONDS = 1.0
# A tick of presence between nodes: cursors move together, one message carries them all.
PRESENCE_SECONDS = 0.02
SURVEY_SECONDS = 1.0
RESTART_CODE = 1012

Numbers: TypeAlias = "Sequence[int | None]"


class Lodging(Protocol):
    """The rooms, as this module needs them."""

    @property
    def live(self) -> Mapping[str, Room]:
        """The rooms that are loaded, by document."""
        ...

    def hint(self, doc: str, seq: int) -> None:
        """Note for a document that is being loaded how far its log has got."""
        ...

    def wake(self, room: Room) -> None:
        """Send soon what a room has to send."""
        ...


class Nodes:
    """This node among the others.

    Args:
        bus: Between them.
        rooms: The rooms of this node.
        clock: For who is still there.

    Attributes:
        describe: Returns how this node is, for another one that asks.
        look: Called when the database should be looked at before its time.
        is_leaving: Whether this node has said that it goes.
        received: Messages of other nodes.
    """

    def __init__(self, bus: Bus, rooms: Lodging, clock: Clock) -> None:
        self.bus = bus
        self.id = new_secret()[:12]
        self.is_leaving = False
        self.received = 0
        self.look: Callable[[], None] = lambda: None
        self.describe: Callable[[], bytes] = bytes
        self._rooms = rooms
        self._clock = clock
        self._heard: dict[str, float] = {}
        self._leaving: set[str] = set()
        self._untold: dict[str, Whereabouts] = {}
        self._questions: dict[str, tuple[set[str], list[bytes], asyncio.Event]] = {}

    @property
    def others(self) -> set[str]:
        """The nodes that live and stay."""
        return self._heard.keys() - self._leaving

    async def run(self) -> None:
        """Carry messages and heartbeats until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.bus.run(self.receive, self._connected))
            if self.bus.is_shared:
                tasks.create_task(self._beat())

    async def _beat(self) -> None:
        beats_in = 0.0
        while True:
            if beats_in <= 0:
                self._say(self._here())
                beats_in = BEAT_SECONDS
            await asyncio.sleep(WATCH_SECONDS)
            beats_in -= WATCH_SECONDS
            self.bury()

    def bury(self) -> None:
        """Remove the presence of nodes that were not heard of for too long."""
        now = self._clock.monotonic()
        for node, heard in list(self._heard.items()):
            if now - heard > DEAD_SECONDS:
                self._drop(node)

    def _drop(self, node: str) -> None:
        self._heard.pop(node, None)
        self._leaving.discard(node)
        for room in list(self._rooms.live.values()):
            room.presence.drop_node(node)
            self._rooms.wake(room)

    # ---- telling --------------------------------------------------------------------------

    def _say(self, message: Message) -> None:
        if self.bus.is_shared:
            self.bus.publish(encode(message))

    def committed(self, batch: Sequence[Appended], numbers: Numbers) -> None:
        """Tell of a commit: one message for all its documents."""
        if not self.bus.is_shared:
            return
        found: dict[str, tuple[int, list[bytes]]] = {}
        for entry, first in zip(batch, numbers, strict=True):
            if first is not None:
                _, payloads = found.setdefault(entry.doc, (first, []))
                payloads.extend(update.payload for update in entry.updates)
        size = sum(len(payload) for _, payloads in found.values() for payload in payloads)
        entries = [
            Entry(
                doc,
                room.lineage,
                first,
                first + len(payloads) - 1,
                payloads if size <= MAX_INLINE_BYTES else None,
            )
            for doc, (first, payloads) in found.items()
            if (room := self._rooms.live.get(doc)) is not None
        ]
        if entries:
            self._say(Committed(self.id, entries))

    def tell_look(self) -> None:
        """Make the others look at the database: access changed, or documents were deleted."""
        self._say(Look(self.id))

    def tell_presence(self, room: Room) -> None:
        """Tell, with the next tick, what changed of who is in a room."""
        untold = room.presence.take_untold()
        if not untold or not self.bus.is_shared:
            return
        if not self._untold:
            asyncio.get_running_loop().call_later(PRESENCE_SECONDS, self._tell_presence)
        waiting = self._untold.setdefault(room.name, Whereabouts(room.name, room.lineage, []))
        waiting.states.extend(untold)

    def _tell_presence(self) -> None:
        untold, self._untold = self._untold, {}
        if untold:
            self._say(Present(self.id, list(untold.values())))

    def ask(self, docs: Sequence[str]) -> None:
        """Ask who is in rooms that were just loaded."""
        if docs:
            self._say(Ask(self.id, list(docs)))

    def leave(self) -> None:
        """Say that this node goes: nobody should be sent to it any more."""
        self.is_leaving = True
        self._say(self._here())

    def _here(self) -> Beat:
        rooms = [
            Here(room.name, room.lineage, [state.client for state in local])
            for room in self._rooms.live.values()
            if (local := room.presence.local())
        ]
        return Beat(self.id, rooms, self.is_leaving)

    def _connected(self) -> None:
        """Catch up with what was said while nothing could be heard, on this side and on theirs."""
        live = list(self._rooms.live)
        self._say(self._here())
        self._answer(live)  # whoever asked for it may have done so a moment too early
        self.ask(live)
        self.look()

    # ---- for whoever runs the server -------------------------------------------------------

    def close(self, doc: str) -> None:
        """Close the sockets of a document on every node; their clients come back by themselves."""
        self._close(doc)
        self._say(Close(self.id, doc))

    def _close(self, doc: str) -> None:
        room = self._rooms.live.get(doc)
        if room is not None:
            room.audience.dismiss(RESTART_CODE, "the connections of this document were closed")

    async def survey(self) -> tuple[list[bytes], int]:
        """Return what the other nodes say of themselves, and how many of those that stay say nothing in time."""
        question, missing = new_secret()[:12], set(self._heard)
        if not missing:
            return [], 0
        answers: list[bytes] = []
        complete = asyncio.Event()
        self._questions[question] = (missing, answers, complete)
        self._say(Survey(self.id, question))
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(SURVEY_SECONDS):
                    await complete.wait()
        finally:
            del self._questions[question]
        if silent := missing - self._leaving:
            LOG.warning("some nodes do not say how they are", extra={"nodes": sorted(silent)})
        return answers, len(silent)

    def _take_answer(self, answer: Answer) -> None:
        asked = self._questions.get(answer.question)
        if asked is not None:
            missing, answers, complete = asked
            answers.append(answer.body)
            missing.discard(answer.node)
            if not missing:
                complete.set()

    # ---- hearing --------------------------------------------------------------------------

    def receive(self, data: bytes) -> None:
        """Take in a message of any node; one that cannot be read is of another version."""
        try:
            message = decode(data)
        except ValueError as error:
            LOG.warning("a message of another node cannot be read: %s", error)
            return
        if message.node == self.id:
            return
        self.received += 1
        self._heard[message.node] = self._clock.monotonic()
        try:
            self._take(message)
        except Exception:  # a hint that is lost costs little, a listener that ends much
            LOG.exception("a message of another node could not be taken in")

    def _take(self, message: Message) -> None:
        match message:
            case Committed(entries=entries):
                for entry in entries:
                    self._receive_entry(entry)
            case Present(node=node, rooms=rooms):
                for where in rooms:
                    room = self._room(where.doc, where.lineage)
                    if room is not None:
                        room.presence.receive_from_node(node, where.states)
                        self._rooms.wake(room)
            case Beat():
                self._receive_beat(message)
            case Ask(docs=docs):
                self._answer(docs)
            case Look():
                self.look()
            case Close(doc=doc):
                self._close(doc)
            case Survey(question=question):
                self._say(Answer(self.id, question, self.describe()))
            case Answer():
                self._take_answer(message)

    def _room(self, doc: str, lineage: str) -> Room | None:
        room = self._rooms.live.get(doc)
        return room if room is not None and room.lineage == lineage else None

    def _receive_entry(self, entry: Entry) -> None:
        room = self._room(entry.doc, entry.lineage)
        if room is None:
            self._rooms.hint(entry.doc, entry.last)
            return
        if entry.updates is not None:
            room.receive_remote(entry.first, entry.updates)
        else:
            room.heads.saw(entry.last)
            self._rooms.wake(room)

    def _receive_beat(self, beat: Beat) -> None:
        node, here = beat.node, {(h.doc, h.lineage): set(h.clients) for h in beat.rooms}
        if beat.is_leaving:
            self._leaving.add(node)
        unknown: list[str] = []
        for room in self._rooms.live.values():
            clients = here.get((room.name, room.lineage), set())
            known = room.presence.of_node(node)
            if known - clients:
                room.presence.drop_node(node, keep=clients)
                self._rooms.wake(room)
            if clients - known:
                unknown.append(room.name)
        self.ask(unknown)

    def _answer(self, docs: Sequence[str]) -> None:
        rooms = [
            Whereabouts(doc, room.lineage, local)
            for doc in docs
            if (room := self._rooms.live.get(doc)) is not None and (local := room.presence.local())
        ]
        if rooms:
            self._say(Present(self.id, rooms))
