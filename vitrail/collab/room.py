"""A room: one live document; what comes to it is taken in, logged, and handed to its audience.

Pure and synchronous: bytes in, bytes out.

1. An update reaches other members and the log only after it was applied and validated. What came
   between two flushes is applied together, and each update forwarded and logged as it came.
2. A room with updates that are not on disk is never unloaded.
"""

from __future__ import annotations

import logging
import time
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from vitrail.collab.audience import Audience
from vitrail.collab.entries import Appended, Author, Update
from vitrail.collab.guard import Gap
from vitrail.collab.inbox import Inbox, Received
from vitrail.collab.outbox import Outbox, Window
from vitrail.collab.outline import OutlineNeeded
from vitrail.collab.presence import Presence
from vitrail.collab.receipts import Receipts
from vitrail.collab.replica import Replica, told
from vitrail.collab.sequence import Heads
from vitrail.core.errors import VitrailError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pycrdt import Doc

    from vitrail.collab.checked import Checked
    from vitrail.collab.counts import Counts
    from vitrail.collab.flight import Flights
    from vitrail.collab.member import Member
    from vitrail.collab.poison import Dose
    from vitrail.collab.ports import Schema
    from vitrail.collab.receipts import Owed

T = TypeVar("T")
LOG = logging.getLogger(__name__)
TURN_SECONDS = 0.05  # of a room that applies what it was sent, then others have theirs


class Wake(Protocol):
    """Asks for a flush of a room, soon or when its window allows."""

    def __call__(self, room: Room, *, has_edits: bool) -> None:
        """Plan it; an edit goes sooner than presence alone."""
        ...


class Room:
    """One live document with those who have it open.

    Args:
        name: Name of the document.
        schema: Its rules.
        append: Takes an update towards the log.
        wake: Called when `flush` has something to do.
        soon: Runs a call after the present one, as `loop.call_soon` does.
        counts: Where the process counts what its rooms do.
        flights: Where it is recorded what native code gets.

    Attributes:
        logged_bytes: Of all updates that came in since the room was opened.
    """

    def __init__(
        self,
        name: str,
        schema: Schema,
        append: Callable[[Appended], None],
        wake: Wake,
        soon: Callable[[Callable[[], None]], object],
        counts: Counts,
        flights: Flights,
    ) -> None:
        self.name = name
        self.replica = Replica(name, schema, flights)
        self.lineage = ""
        self.heads = Heads(0)
        self.presence = Presence()
        self.inbox: Inbox[Member] = Inbox()
        self.outbox = Outbox()
        self.audience = Audience(self.replica, self.presence, self.outbox, counts)
        self.window = Window()
        self.receipts = Receipts(soon)
        self.logged_bytes = 0
        self._append = append
        self._wake = wake
        self._counts = counts

    # ---- life -----------------------------------------------------------------------------

    @property
    def doc(self) -> Doc[Any]:
        """The live document, for reading."""
        return self.replica.doc

    @property
    def tainted(self) -> bool:
        """Whether the document must be read anew before anything is taken."""
        return self.replica.tainted

    @property
    def is_dirty(self) -> bool:
        """Whether something that was accepted is not on disk yet."""
        return self.receipts.committed < self.receipts.produced or bool(self.inbox)

    @property
    def head_seq(self) -> int:
        """Number of the last update up to which the live document holds all of the log."""
        return self.heads.head

    def load(
        self,
        updates: Sequence[bytes],
        lineage: str,
        head_seq: int,
        retired: frozenset[int] = frozenset(),
        poison: Sequence[Dose] = (),
    ) -> None:
        """Take the document from the log; members that are here are asked for what it lacks."""
        self.replica.load(updates, retired, poison)
        has_grown = head_seq > self.head_seq  # when it is read anew: by what other nodes logged
        self.lineage, self.heads = lineage, Heads(head_seq)
        self.audience.start_over(has_missed=has_grown)
        if self.inbox:
            self.inbox.be_careful()
            self._wake(self, has_edits=True)

    def close(self) -> None:
        """Let go of the document."""
        self.replica.close()

    # ---- messages -------------------------------------------------------------------------

    def receive_presence(self, member: Member, message: bytes) -> None:
        """Take in where a member is.

        Raises:
            Malformed: The message is not an awareness update, or is beyond the limits.
        """
        self._counts.presence += 1
        self.presence.receive(member, member.user, message)
        self._wake(self, has_edits=False)

    def leave(self, member: Member) -> None:
        """Remove a member with all its presence."""
        self.audience.members.discard(member)
        self.presence.leave(member)
        self._wake(self, has_edits=False)

    def receive(
        self,
        member: Member,
        update: bytes,
        *,
        is_answer: bool = False,
        walked: Callable[[], Checked] | None = None,
    ) -> None:
        """Take in an update of a member: check it now; the next flush applies it.

        Args:
            member: Who sent it.
            update: Yjs update v1.
            is_answer: Whether it is a step 2, which brings all that the server has asked for.
            walked: See `Replica.check`.

        Raises:
            VitrailError: It was refused; nothing of it is kept.
            OutlineNeeded: See `Replica.outline`; it is to be received again then.
            CutNeeded: It is to be walked by `walker.walk`.
        """
        if member.refused:
            return  # its later updates build on the one that was refused
        replica, inbox, scope = self.replica, self.inbox, member.scope
        try:
            checked = replica.check(update, scope, walked)
        except Gap:
            if inbox:  # of which nothing is known any more after a reload
                self.take_in()
            self.audience.ask(member)
            return
        if checked is None:
            self._settle(member, is_answer=is_answer)
            return
        pieces = replica.pieces(update, checked, inbox.size)
        if not inbox:
            self._wake(self, has_edits=True)
        is_new = replica.expect(checked, is_answer=is_answer)
        sent = Update(update, member.author)
        inbox.add(Received(member, sent, scope, is_new, is_answer, pieces))
        if inbox.is_full:
            self.take_in()

    def refuse(self, member: Member, error: VitrailError) -> None:
        """Tell a member that its update was refused, and take no more from it."""
        LOG.warning(
            "update refused",
            extra={"doc": self.name, "user": member.actor.user_id, "reason": error.message},
        )
        self._counts.refuse(error.code)
        member.refuse(error)

    # ---- taking in ------------------------------------------------------------------------

    def take_in(self) -> None:
        """Apply what came since the last time, and queue it for the log and the other members.

        When a batch fails, each of its updates is tried by itself, once the document was read anew.
        What is left after a turn's time, which is almost never, is taken in at the next flush.
        """
        inbox, replica = self.inbox, self.replica
        end = time.perf_counter() + TURN_SECONDS
        while inbox and not replica.tainted:
            is_careful = inbox.is_careful
            batch = inbox.take()
            if is_careful:
                self._take_carefully(batch[0])
            elif batch[0].is_all_new:
                self._take_many(batch)
            else:
                self._take_one(batch[0])
            if inbox and time.perf_counter() > end:
                self._wake(self, has_edits=True)
                return

    def _take_many(self, batch: Sequence[Received[Member]]) -> None:
        updates = [item.update for item in batch]
        try:
            pieces = [piece for item in batch for piece in item.pieces]
            self.replica.apply(updates, pieces, batch[0].scope)
        except Exception as error:  # noqa: BLE001 - told to the member, and logged
            if len(batch) == 1:
                self.refuse(batch[0].member, told(error))
            else:
                self.inbox.put_back(batch)
            return
        take = self.receipts.take
        owed = [take(item.member, is_answer=item.is_answer) for item in batch]
        for item in batch:
            self.outbox.add(item.member, item.update.payload)
        self._log(updates, owed)

    def _take_one(self, item: Received[Member]) -> None:
        """Apply an update of which the document may have a part."""
        member, (_, author) = item.member, item.update
        try:
            made = self.replica.apply_part(item.update, item.pieces, item.scope)
        except Exception as error:  # noqa: BLE001 - told to the member, and logged
            self.refuse(member, told(error))
            return
        if not made:
            self._settle(member, is_answer=item.is_answer)
            return
        for update in made:
            self.outbox.add(member, update)
        owed = self.receipts.take(member, is_answer=item.is_answer)
        self._log([Update(update, author) for update in made], [owed])

    def _take_carefully(self, item: Received[Member]) -> None:
        member = item.member
        if member.refused:
            return
        try:
            checked = self.replica.check(item.update.payload, member.scope)
        except (Gap, OutlineNeeded):
            self.audience.ask(member)
        except VitrailError as error:
            self.refuse(member, error)
        else:
            if checked is None:
                self._settle(member, is_answer=item.is_answer)
            else:
                self._take_one(item)

    def edit(
        self,
        author: Author,
        change: Callable[[Doc[Any]], T],
        on_durable: Callable[[int | None], None],
    ) -> T:
        """Run an edit of the server on the live document.

        Args:
            author: Who the log names.
            change: Makes the edit; it must not wait, and an exception that it raises taints the room.
            on_durable: Called with a sequence number once all is on disk, at once if nothing changed; with
                None if the document was deleted before.

        Raises:
            VitrailError: The edit was refused.
        """
        result, made = self.replica.edit(change)
        if made:
            self._wake(self, has_edits=True)
            for update in made:
                self.outbox.add(None, update)
            self._log([Update(update, author) for update in made], (), on_durable)
        else:
            on_durable(self.head_seq)
        return result

    # ---- the log --------------------------------------------------------------------------

    def _log(
        self,
        updates: Sequence[Update],
        owed: Sequence[Owed],
        on_durable: Callable[[int | None], None] | None = None,
    ) -> None:
        """Send updates that were applied towards the disk.

        Args:
            updates: At least one.
            owed: The messages that are to be acknowledged once all of them are there.
            on_durable: See `edit`.
        """
        size = 0
        for update in updates:
            size += len(update.payload)
        self.logged_bytes += size
        self.receipts.produced += len(updates)
        done = partial(self.committed, self.heads, len(updates), owed, on_durable)
        self._append(Appended(self.name, updates, done, self.lineage, size))

    def committed(
        self,
        heads: Heads,
        count: int,
        owed: Sequence[Owed],
        on_durable: Callable[[int | None], None] | None,
        first: int | None,
    ) -> None:
        """Take note that updates are on disk, under a number and those that follow it.

        Args:
            heads: What followed the log when they were accepted.
            count: How many there are.
            owed: The messages that are acknowledged by it.
            on_durable: See `edit`.
            first: Number of the first; None if the document is gone.
        """
        receipts = self.receipts
        receipts.committed += count
        if first is not None:
            if heads is not self.heads:
                # The document was read anew meanwhile, perhaps without these.
                self.heads.saw(first + count - 1)
            elif not self.replica.tainted:
                due = heads.own(first, count)
                if due or heads.has_gap:
                    self._follow(due)
            receipts.acknowledge(owed, self.heads.head)
        if on_durable is not None:
            on_durable(None if first is None else first + count - 1)

    def _settle(self, member: Member, *, is_answer: bool) -> None:
        """Acknowledge a message that changed nothing, after all that came before it is on disk."""
        self.receipts.settle(self.receipts.take(member, is_answer=is_answer), self.head_seq)

    # ---- other nodes ----------------------------------------------------------------------

    def receive_remote(self, first: int, updates: Sequence[bytes]) -> None:
        """Take in updates that the log holds already; `first` is the number of the first."""
        if not self.tainted:
            self._follow(self.heads.others(first, updates))

    def _follow(self, updates: Sequence[bytes]) -> None:
        if updates:
            for update in self.replica.follow(updates):
                self.logged_bytes += len(update)
                self.outbox.add(None, update)
        if updates or self.heads.has_gap:
            self._wake(self, has_edits=True)

    # ---- sending --------------------------------------------------------------------------

    def flush(self) -> None:
        """Take in what came, and send what gathered since the last flush."""
        if self.inbox:
            self.take_in()
        self.audience.flush()
