"""A room: one live document, its members, its outbox. Pure and synchronous: bytes in, bytes out.

1. An update reaches other members and the log only after it was applied and validated. What came
   between two flushes is applied together, and each update forwarded and logged as it came.
2. Any exception of native code, and any refused update that was applied, taints the room: nothing
   more is taken until the document was read anew from the log.
3. A room with updates that are not on disk is never unloaded.
4. A member that reads too slowly gets no frames; once it has drained it gets one difference.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pycrdt import Doc

from vitrail.collab import wire
from vitrail.collab.client_ids import refuse_retired
from vitrail.collab.compact import apply_all
from vitrail.collab.entries import Appended, Author, Update
from vitrail.collab.guard import Checked, Clocks, Gap, check_state_vector, check_update
from vitrail.collab.inbox import Inbox, Received
from vitrail.collab.line import Batch
from vitrail.collab.native import apply_updates
from vitrail.collab.outbox import Outbox, Window
from vitrail.collab.ports import Change, Scope
from vitrail.collab.presence import Presence
from vitrail.collab.sequence import Heads
from vitrail.collab.wire import Dialect
from vitrail.core.errors import InvalidInput, NotAllowed, TooLarge, VitrailError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pycrdt import TransactionEvent

    from vitrail.collab.counts import Counts
    from vitrail.collab.flight import Flights
    from vitrail.collab.line import Line
    from vitrail.collab.poison import Dose
    from vitrail.collab.ports import Schema
    from vitrail.core.access import Actor

T = TypeVar("T")
LOG = logging.getLogger(__name__)
MAX_UPDATE_BYTES = 1 << 20
MAX_MEMBERS = 2000
MAX_DOCUMENT_BYTES = 64 << 20
# Between two notes of what everybody was sent: a note costs as much as a small edit, and who lags is
# sent no more than the edits of so many flushes twice.
STATE_FLUSHES = 50


def author_of(actor: Actor) -> Author:
    """Return whom the log names for an actor's edits."""
    return Author(actor.user_id, actor.kind)


class Member:
    """A document opened on a connection."""

    __slots__ = (
        "actor",
        "address",
        "author",
        "dialect",
        "lag",
        "line",
        "owed",
        "refused",
        "room",
        "scope",
    )

    def __init__(
        self, line: Line, room: Room, dialect: Dialect, actor: Actor, scope: Scope, address: bytes
    ) -> None:
        self.line = line
        self.room = room
        self.dialect = dialect
        self.actor = actor
        self.author = author_of(actor)  # whom the log names for this member's edits
        self.scope = scope
        self.address = address
        self.refused = False
        self.owed = 0  # messages that wait for a resync before they can be acknowledged
        self.lag: bytes | None = None  # state vector of what it has got, while it reads too slowly

    @property
    def user(self) -> dict[str, str]:
        """What colleagues see of this member."""
        return {"id": self.actor.user_id or "", "name": self.actor.name, "color": self.actor.color}

    def send(self, body: bytes) -> None:
        """Send a message of this document."""
        self.line.send(Batch((self.address + body,)))

    def acknowledge(self, seq: int, count: int) -> None:
        """Tell the member that some of its messages are on disk."""
        if self.dialect is Dialect.VITRAIL:
            self.send(wire.durable(seq, count))
        elif self.dialect is Dialect.HOCUSPOCUS:
            self.line.send(Batch((self.address + wire.sync_status(saved=True),) * count))

    def refuse(self, error: VitrailError) -> None:
        """Tell the member that its update was refused, and take no more from it."""
        self.refused = True
        if self.dialect is Dialect.VITRAIL:
            self.send(wire.reject(error.message, error.hint or ""))
        elif self.dialect is Dialect.HOCUSPOCUS:
            self.send(wire.sync_status(saved=False))
        else:
            self.send(wire.denied(Dialect.Y, error.message))


class Wake(Protocol):
    """Asks for a flush of a room, soon or when its window allows."""

    def __call__(self, room: Room, *, has_edits: bool) -> None:
        """Plan it; an edit goes sooner than presence alone."""
        ...


class Room:
    """One live document.

    Args:
        name: Name of the document.
        schema: Its rules.
        append: Takes an update towards the log.
        wake: Called when `flush` has something to do.
        soon: Runs a call after the present one, as `loop.call_soon` does.
        counts: Where the process counts what its rooms do.
        flights: Where it is recorded what native code gets.
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
        self.schema = schema
        self.lineage = ""
        self.retired: frozenset[int] = frozenset()  # client ids of histories that were replaced
        self.members: set[Member] = set()
        self.presence = Presence()
        self.produced = 0
        self.committed = 0
        self.logged_bytes = 0  # of all updates that came in since the room was opened
        self.size = (
            0  # bytes of the document, at most: what was overwritten counts until it is weighed
        )
        self.heads = Heads(0)
        self.tainted = False
        self.repair_due: list[Change] = []
        self._append = append
        self._wake = wake
        self._soon = soon
        self._counts = counts
        self._flights = flights
        self._poison: Sequence[Dose] = ()
        self.inbox: Inbox[Member] = Inbox()
        self.outbox = Outbox()
        self.window = Window()
        self._acks: dict[Member, tuple[int, int]] = {}
        self._waiting: list[tuple[int, Member, int]] = []  # acknowledgements due at a commit
        self._events: list[bytes] = []
        self._is_recording = False
        self._changes: list[Change] = []
        self._subscriptions: list[tuple[Any, Any]] = []
        self._sent_state = b"\x00"
        self._flushes = 0
        self.clocks: Clocks = {}
        self.doc: Doc[Any] = Doc()

    # ---- life -----------------------------------------------------------------------------

    @property
    def is_dirty(self) -> bool:
        """Whether something that was accepted is not on disk yet."""
        return self.committed < self.produced or bool(self.inbox)

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
        self._poison = poison
        self.size = sum(map(len, updates))
        self.close()
        doc: Doc[Any] = Doc()
        apply_all(doc, updates)
        # By those who are here, when a room is read anew: what other nodes logged meanwhile.
        has_missed = bool(self.members) and head_seq > self.head_seq
        missed = doc.get_update(self._sent_state) if has_missed else wire.EMPTY_UPDATE
        self.doc, self.lineage, self.heads = doc, lineage, Heads(head_seq)
        self.retired = retired
        self._sent_state, self._flushes = doc.get_state(), 0
        self.clocks = check_state_vector(self._sent_state)
        self._changes, self.repair_due = [], []
        self._observe(doc)
        self.tainted = False
        for member in self.members:
            if member.lag is None and missed != wire.EMPTY_UPDATE:
                member.send(wire.update_message(missed))
            member.send(wire.step1(doc.get_state()))
        if self.inbox:
            self.inbox.be_careful()
            self._wake(self, has_edits=True)

    def close(self) -> None:
        """Let go of the document: an observer that stays would keep it in memory for ever."""
        for target, subscription in self._subscriptions:
            target.unobserve(subscription)
        self._subscriptions = []

    def _observe(self, doc: Doc[Any]) -> None:
        changes = self._changes
        self._subscriptions.append((doc, doc.observe(self._note_update)))
        for name, kind in self.schema.roots.items():
            root = doc.get(name, type=kind)
            self._subscriptions.append((root, root.observe_deep(_noter(name, changes))))

    def _note_update(self, event: TransactionEvent) -> None:
        # Only copies: an event must not outlive its callback, and no exception may leave it.
        if self._is_recording:
            self._events.append(event.update)

    # ---- members --------------------------------------------------------------------------

    def join(self, member: Member) -> None:
        """Add a member.

        Raises:
            TooLarge: The room is full.
        """
        if len(self.members) >= MAX_MEMBERS:
            raise TooLarge(f"at most {MAX_MEMBERS} connections to one document")
        self.members.add(member)

    def greet(self, member: Member) -> None:
        """Ask a member for what it has, and tell it who is here."""
        member.send(wire.step1(self.doc.get_state()))
        if states := self.presence.snapshot():
            member.send(wire.awareness(states))

    def leave(self, member: Member) -> None:
        """Remove a member with all its presence."""
        self.members.discard(member)
        self.presence.leave(member)
        self._wake(self, has_edits=False)

    def dismiss(self, code: int, reason: str) -> None:
        """Close the socket of every member."""
        for member in list(self.members):
            member.line.close(code, reason)

    # ---- messages -------------------------------------------------------------------------

    def answer(self, member: Member, state_vector: bytes) -> None:
        """Send a member what it lacks.

        Raises:
            Malformed: The state vector is not one.
            Replaced: It is that of a copy of a history that was replaced.
        """
        known = check_state_vector(state_vector)
        if self.retired:
            refuse_retired(self.retired, known)
        member.send(wire.step2(self._native(lambda: self.doc.get_update(state_vector))))

    def receive_presence(self, member: Member, message: bytes) -> None:
        """Take in where a member is.

        Raises:
            Malformed: The message is not an awareness update, or is beyond the limits.
        """
        self._counts.presence += 1
        self.presence.receive(member, member.user, message)
        self._wake(self, has_edits=False)

    def receive(self, member: Member, update: bytes, *, is_answer: bool = False) -> None:
        """Take in an update of a member: check it now; the next flush applies it.

        Args:
            member: Who sent it.
            update: Yjs update v1.
            is_answer: Whether it is a step 2, which brings all that the server has asked for.

        Raises:
            VitrailError: It was refused; nothing of it is kept.
        """
        if member.refused:
            return  # its later updates build on the one that was refused
        try:
            checked = self._check(member, update)
        except Gap:
            if self.inbox:  # of which nothing is known any more after a reload
                self.take_in()
            self._ask(member)
            return
        if checked is None:
            self._settle(member, is_answer=is_answer)
            return
        if not self.inbox:
            self._wake(self, has_edits=True)
        is_all_new = checked.is_all_new(self.clocks)
        self.inbox.add(Received(member, member.scope, update, checked, is_all_new, is_answer))
        self._note_clocks(checked.ranges)
        if self.inbox.is_full:
            self.take_in()

    def _check(self, member: Member, update: bytes) -> Checked | None:
        """Hold an update against bounds, form and rights; None when there is nothing to apply.

        Raises:
            VitrailError: It is refused.
            Gap: It builds on others that have not come.
        """
        if len(update) > MAX_UPDATE_BYTES:
            raise TooLarge(f"an update has at most {MAX_UPDATE_BYTES} bytes")
        checked = check_update(update, self.clocks)
        if self.retired:
            refuse_retired(self.retired, checked.ranges)
            refuse_retired(self.retired, checked.deletes)
        if self._poison and any(dose.is_in(update, checked) for dose in self._poison):
            raise InvalidInput(
                "this edit has stopped the server before and is kept out",
                hint="copy what you need and open the page anew",
            )
        if member.scope is Scope.READ:
            self._require_nothing_new(checked)
            return None
        if self.size + len(update) > MAX_DOCUMENT_BYTES and not self._has_space(len(update)):
            raise TooLarge(
                f"this document has the most that a document may have, {MAX_DOCUMENT_BYTES >> 20} MiB",
                hint="begin another one",
            )
        roots = self.schema.roots
        if roots and not checked.roots <= roots.keys():
            unknown = min(checked.roots - roots.keys())
            raise InvalidInput(f"this document has no root named {unknown[:40]!r}")
        return checked

    def _ask(self, member: Member) -> None:
        """Ask for what is missing; the message is acknowledged with the answer, as all until then."""
        member.owed += 1
        member.send(wire.step1(self.doc.get_state()))

    def _has_space(self, more: int) -> bool:
        """Weigh the document, and tell whether there is space in it."""
        self.size = len(self.doc.get_update())
        return self.size + more <= MAX_DOCUMENT_BYTES

    def refuse(self, member: Member, error: VitrailError) -> None:
        """Tell a member that its update was refused, and take no more from it."""
        LOG.info(
            "update refused",
            extra={"doc": self.name, "user": member.actor.user_id, "reason": error.message},
        )
        self._counts.refuse(error.code)
        member.refuse(error)

    def take_in(self) -> None:
        """Apply what came since the last time, and queue it for the log and the other members.

        When a batch fails, each of its updates is tried by itself, once the document was read anew.
        """
        while not self.tainted and self.inbox:
            is_careful = self.inbox.is_careful
            batch = self.inbox.take()
            if is_careful:
                self._take_carefully(batch[0])
            elif batch[0].is_all_new:
                self._take_many(batch)
            else:
                self._take_one(batch[0], batch[0].checked)

    def _take_off(self, batch: Sequence[Received[Member]]) -> None:
        """Record what native code gets, in case that it never returns."""
        passengers = [(item.member.actor.user_id, item.update) for item in batch]
        self._flights.begin(self.name, passengers)

    def _take_many(self, batch: Sequence[Received[Member]]) -> None:
        """Apply updates that are all new: what each of them changes is the update as it came."""
        self._take_off(batch)
        try:
            self._change(lambda: self._apply([item.update for item in batch]), batch[0].scope)
        except Exception as error:  # noqa: BLE001 - told to the member, and logged
            if len(batch) == 1:
                self.refuse(batch[0].member, _told(error))
            else:
                self.inbox.put_back(batch)
            return
        finally:
            self._flights.end()
        updates = [(item.member, Update(item.update, item.member.author)) for item in batch]
        self._queue(updates, [self._owed(item.member, item.is_answer) for item in batch])

    def _take_one(self, item: Received[Member], checked: Checked) -> None:
        """Apply an update of which the document may have a part."""
        self._take_off([item])
        try:
            _, applied = self._capture(lambda: self._apply([item.update]), item.scope)
        except Exception as error:  # noqa: BLE001 - told to the member, and logged
            self.refuse(item.member, _told(error))
            return
        finally:
            self._flights.end()
        if not applied:
            self._settle(item.member, is_answer=item.is_answer)
            return
        is_whole = applied == [item.update]
        owed = [self._owed(item.member, item.is_answer)]
        author, known = item.member.author, checked if is_whole else None
        self._accept(applied, author, item.member, known, owed=owed)

    def _take_carefully(self, item: Received[Member]) -> None:
        if item.member.refused:
            return
        try:
            checked = self._check(item.member, item.update)
        except Gap:
            self._ask(item.member)
            return
        except VitrailError as error:
            self.refuse(item.member, error)
            return
        if checked is None:
            self._settle(item.member, is_answer=item.is_answer)
        else:
            self._take_one(item, checked)

    def _apply(self, updates: Sequence[bytes]) -> None:
        """Apply updates in one transaction."""
        if self.schema.roots:
            with self.doc.transaction():
                for update in updates:
                    self.doc.apply_update(update)
        else:
            apply_updates(self.doc, updates)

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
        result, applied = self._capture(lambda: change(self.doc), Scope.WRITE)
        if applied:
            self._wake(self, has_edits=True)
            self._accept(applied, author, None, on_durable=on_durable)
        else:
            on_durable(self.head_seq)
        return result

    def repair(self) -> None:
        """Write what concurrent moves made necessary."""
        due, self.repair_due = self.repair_due, []
        if due:
            author = Author(None, "system")
            self.edit(author, lambda doc: self.schema.repair(doc, due), lambda _: None)
            self.repair_due = []

    def _require_nothing_new(self, checked: Checked) -> None:
        error = NotAllowed(
            "this connection may only read", hint="ask an owner or admin for another role"
        )
        if checked.brings_structs(self.clocks):
            raise error
        if checked.deletes:
            mine = check_update(self.doc.get_update(self.doc.get_state()), self.clocks).deletes
            if not _covers(mine, checked.deletes):
                raise error

    def _native(self, call: Callable[[], T]) -> T:
        """Call pycrdt; whatever it raises taints the room. A Rust panic is a BaseException."""
        try:
            return call()
        except BaseException as error:
            self._taint(error)
            raise

    def _taint(self, error: BaseException) -> None:
        """Take nothing more before the document was read anew; a panic is told as a refusal."""
        self.tainted = True
        if type(error).__name__ == "PanicException":
            raise InvalidInput("the document could not take this update") from error

    def _capture(self, call: Callable[[], T], scope: Scope) -> tuple[T, list[bytes]]:
        """Run a change and validate what it touched; return its result and the updates it made."""
        self._events.clear()
        self._is_recording = True
        try:
            result = self._change(call, scope)
        finally:
            self._is_recording = False
        return result, list(self._events)

    def _change(self, call: Callable[[], T], scope: Scope) -> T:
        """Run a change and validate what it touched.

        Raises:
            VitrailError: It was refused; the room is tainted.
        """
        self._changes.clear()
        try:
            result = self._native(call)
            if self._changes:
                self._native(lambda: self.schema.validate(self.doc, self._changes, scope))
        except ValueError as error:
            raise InvalidInput("the document could not take this update") from error
        self.repair_due.extend(c for c in self._changes if not c.path or "pos" in c.keys)
        return result

    def _accept(
        self,
        updates: Sequence[bytes],
        author: Author,
        member: Member | None,
        checked: Checked | None = None,
        owed: Sequence[tuple[Member, int]] = (),
        on_durable: Callable[[int | None], None] | None = None,
    ) -> None:
        """Queue the updates that one message or one edit of the server has made."""
        for update in updates:
            self._note_clocks((checked or check_update(update, self.clocks)).ranges)
        self._queue([(member, Update(update, author)) for update in updates], owed, on_durable)

    def _queue(
        self,
        updates: Sequence[tuple[Member | None, Update]],
        owed: Sequence[tuple[Member, int]],
        on_durable: Callable[[int | None], None] | None = None,
    ) -> None:
        """Queue updates that were applied for the other members, whom the next flush tells, and the log.

        Args:
            updates: Each with the member who does not get it, having made it.
            owed: The messages that are to be acknowledged once all of them are on disk.
            on_durable: See `edit`.
        """
        for member, update in updates:
            self.outbox.add(member, update.payload)
            self.logged_bytes += len(update.payload)
            self.size += len(update.payload)
        self.produced += len(updates)
        done = _Commit(self, len(updates), owed, on_durable)
        logged = [update for _, update in updates]
        self._append(Appended(self.name, logged, done, self.lineage))

    def _owed(self, member: Member, is_answer: bool) -> tuple[Member, int]:
        """Return how many messages of a member are acknowledged with the one at hand.

        Acknowledgements are counted, so none may overtake a message that waits for an answer.
        """
        if member.owed and not is_answer:
            member.owed += 1
            return member, 0
        owed, member.owed = member.owed + 1, 0
        return member, owed

    def _note_clocks(self, ranges: Mapping[int, tuple[int, int]]) -> None:
        for client, (_, end) in ranges.items():
            if end > self.clocks.get(client, 0):
                self.clocks[client] = end

    def numbered(
        self, first: int | None, count: int, heads: Heads, owed: Sequence[tuple[Member, int]]
    ) -> None:
        """Take note that updates are on disk, under a number and those that follow it.

        Args:
            first: Number of the first; None if the document is gone.
            count: How many there are.
            heads: What followed the log when they were accepted.
            owed: The messages that are acknowledged by it.
        """
        self.committed += count
        if first is None:
            return
        if heads is not self.heads:
            # The document was read anew meanwhile, perhaps without these.
            self.heads.saw(first + count - 1)
        elif not self.tainted:
            self._apply_remote(heads.own(first, count))
        for member, messages in owed:
            self._owe(member, messages)
        while self._waiting and self._waiting[0][0] <= self.committed:
            _, waiting, messages = self._waiting.pop(0)
            self._owe(waiting, messages)

    def _owe(self, member: Member, count: int) -> None:
        """Acknowledge some messages of a member, together with what else is committed with them."""
        if not count:
            return
        if not self._acks:
            self._soon(self._send_acks)
        self._acks[member] = (self.head_seq, self._acks.get(member, (0, 0))[1] + count)

    def _send_acks(self) -> None:
        acks, self._acks = self._acks, {}
        for member, (seq, count) in acks.items():
            member.acknowledge(seq, count)

    # ---- other nodes ----------------------------------------------------------------------

    def receive_remote(self, first: int, updates: Sequence[bytes]) -> None:
        """Take in updates that the log holds already; `first` is the number of the first.

        They were checked by the node that logged them. Whatever goes wrong taints the room.
        """
        if not self.tainted:
            self._apply_remote(self.heads.others(first, updates))

    def _apply_remote(self, updates: Sequence[bytes]) -> None:
        if updates:
            self._events.clear()
            self._changes.clear()
            self._is_recording = True
            try:
                self._native(lambda: apply_all(self.doc, updates))
                for update in self._events:
                    self._note_clocks(check_update(update, self.clocks).ranges)
                    self.logged_bytes += len(update)
                    self.outbox.add(None, update)
            except Exception:
                self.tainted = True
                LOG.exception("an update of the log could not be applied", extra={"doc": self.name})
            finally:
                self._is_recording = False
            self.repair_due.extend(c for c in self._changes if not c.path or "pos" in c.keys)
        if updates or self.heads.has_gap:
            self._wake(self, has_edits=True)

    def _settle(self, member: Member, *, is_answer: bool) -> None:
        """Acknowledge a message that changed nothing, after all that came before it is on disk."""
        member, messages = self._owed(member, is_answer)
        if self.committed < self.produced:
            self._waiting.append((self.produced, member, messages))
        else:
            self._owe(member, messages)

    # ---- sending --------------------------------------------------------------------------

    def flush(self) -> None:
        """Send what gathered since the last flush, made ready once for all who get the same."""
        self.take_in()
        had_edits = self.outbox.has_edits
        self.outbox.presence = self.presence.take_changes()
        batches = self.outbox.batches()
        if not batches:
            return
        made_by, under = batches.made_by, batches.under
        left_out = 0  # deliveries that do not take place
        for member in self.members:
            line = member.line
            if member.lag is not None:
                left_out += batches.edits
                continue
            if line.is_full:
                # Of the outbox it gets nothing: what it has is at least the state that was noted last.
                member.lag = self._sent_state
                self._counts.lags += 1
                left_out += batches.edits
            elif made_by(member):
                left_out += batches.count_of(member)
                line.send(batches.without(member, member.address))
            else:
                line.send(under(member.address))
        if had_edits:
            self._counts.delivered += batches.edits * len(self.members) - left_out
            self._flushes += 1
        if self._flushes >= STATE_FLUSHES:
            self._flushes, self._sent_state = 0, self.doc.get_state()

    def drained(self, member: Member) -> None:
        """Bring a member up to date that reads again."""
        if member.lag is not None and not member.line.is_full:
            since, member.lag = member.lag, None
            member.send(wire.step2(self.doc.get_update(since)))
            if states := self.presence.snapshot():
                member.send(wire.awareness(states))


class _Commit:
    """What becomes of updates once they are on disk."""

    __slots__ = ("_count", "_heads", "_on_durable", "_owed", "_room")

    def __init__(
        self,
        room: Room,
        count: int,
        owed: Sequence[tuple[Member, int]],
        on_durable: Callable[[int | None], None] | None,
    ) -> None:
        self._room = room
        self._heads = room.heads
        self._count = count
        self._owed = owed
        self._on_durable = on_durable

    def __call__(self, first: int | None) -> None:
        self._room.numbered(first, self._count, self._heads, self._owed)
        if self._on_durable is not None:
            self._on_durable(None if first is None else first + self._count - 1)


def _told(error: Exception) -> VitrailError:
    """Return what a member is told whose update failed."""
    if isinstance(error, VitrailError):
        return error
    LOG.error("an update could not be applied", exc_info=error)
    return InvalidInput("the document could not take this update")


def _noter(root: str, changes: list[Change]) -> Callable[[Sequence[Any]], None]:
    # pycrdt counts the parameters of a callback: this one must have exactly one.
    def note(events: Sequence[Any]) -> None:
        for event in events:
            keys = {k: v["action"] for k, v in getattr(event, "keys", {}).items()}
            changes.append(Change(root, tuple(str(p) for p in event.path), keys))

    return note


def _covers(
    mine: Mapping[int, Sequence[tuple[int, int]]], theirs: Mapping[int, Sequence[tuple[int, int]]]
) -> bool:
    """Tell whether every deleted range of theirs lies in one of mine, which are merged."""
    return all(
        any(start <= clock and clock + size <= start + length for start, length in mine.get(c, ()))
        for c, ranges in theirs.items()
        for clock, size in ranges
    )
