"""A replica: the live document of a room. Nothing is applied that was not checked, and all is validated.

1. What a member sent is walked by the guard before native code sees it, and held against the document's
   rules after it was applied.
2. Any exception of native code, and any refused change that was applied, taints the replica: nothing
   more is taken until it was read anew from the log.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, TypeVar

from pycrdt import Doc

from vitrail.collab.applying import apply_in_time
from vitrail.collab.checked import covers
from vitrail.collab.client_ids import refuse_retired
from vitrail.collab.compact import apply_all
from vitrail.collab.guard import Clocks, check_state_vector, check_update
from vitrail.collab.halves import Halves, may_have_halves
from vitrail.collab.pieces import CutNeeded, may_take_long
from vitrail.collab.ports import Change, Scope
from vitrail.core.errors import InvalidInput, NotAllowed, TooLarge, VitrailError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pycrdt import TransactionEvent

    from vitrail.collab.checked import Checked
    from vitrail.collab.entries import Update
    from vitrail.collab.flight import Flights
    from vitrail.collab.outline import Outline
    from vitrail.collab.poison import Dose
    from vitrail.collab.ports import Schema

T = TypeVar("T")
LOG = logging.getLogger(__name__)
MAX_UPDATE_BYTES = 1 << 20
MAX_DOCUMENT_BYTES = 64 << 20
EMPTY_STATE = b"\0"  # state vector of a copy that has nothing yet


class Replica:
    """One live document.

    Args:
        name: Name of the document.
        schema: Its rules.
        flights: Where it is recorded what native code gets.

    Attributes:
        clocks: The next clock of every client id, with what was checked and is not applied yet.
        halves: Where characters of it have two halves.
        outline: Where everything in it is, from the first update that needs it until it is read anew.
        may_have_halves: Whether they are to be looked for in what was read.
        size: Bytes of the document, at most: what was overwritten counts until it is weighed.
        tainted: Whether it must be read anew.
        repair_due: Changes that the schema may have to repair.
    """

    def __init__(self, name: str, schema: Schema, flights: Flights) -> None:
        self.name = name
        self.schema = schema
        self.doc: Doc[Any] = Doc()
        self.clocks: Clocks = {}
        self.size = 0
        self.tainted = False
        self.repair_due: list[Change] = []
        self.halves: Halves = {}
        self.outline: Outline | None = None
        self.may_have_halves = False
        self._flights = flights
        self._retired: frozenset[int] = frozenset()  # client ids of histories that were replaced
        self._poison: Sequence[Dose] = ()
        self._changes: list[Change] = []
        self._subscriptions: list[tuple[Any, Any]] = []
        self._whole: bytes | None = None  # the document as one update, until it changes

    # ---- life -----------------------------------------------------------------------------

    def load(
        self, updates: Sequence[bytes], retired: frozenset[int], poison: Sequence[Dose]
    ) -> None:
        """Take the document from the log."""
        self.close()
        doc: Doc[Any] = Doc()
        apply_all(doc, updates)
        self.doc, self._retired, self._poison = doc, retired, poison
        self.size = sum(map(len, updates))
        self.clocks = check_state_vector(doc.get_state())
        self.may_have_halves = any(may_have_halves(update, self.clocks) for update in updates)
        self._changes, self.repair_due = [], []
        self._whole = updates[0] if len(updates) == 1 else None
        self.outline = None
        for name, kind in self.schema.roots.items():
            root = doc.get(name, type=kind)
            noter = _noter(name, self._changes)
            self._subscriptions.append((root, root.observe_deep(noter)))
        self.tainted = False

    def close(self) -> None:
        """Let go of the document: an observer that stays would keep it in memory for ever."""
        for target, subscription in self._subscriptions:
            target.unobserve(subscription)
        self._subscriptions = []

    # ---- reading --------------------------------------------------------------------------

    def know_halves(self, found: Mapping[int, set[int]]) -> None:
        """Take note where the document has characters of two halves."""
        for client, clocks in found.items():
            self.halves.setdefault(client, set()).update(clocks)

    def state(self) -> bytes:
        """Return the document's state vector."""
        return self.doc.get_state()

    def difference(self, state_vector: bytes) -> bytes:
        """Return what a copy with this state lacks, as an update.

        Raises:
            Malformed: The state vector is not one.
            Replaced: It is that of a copy of a history that was replaced.
        """
        if state_vector == EMPTY_STATE:
            if self._whole is None:
                self._whole = self._native(self.doc.get_update)
            return self._whole
        known = check_state_vector(state_vector)
        if self._retired:
            refuse_retired(self._retired, known)
        return self._native(lambda: self.doc.get_update(state_vector))

    # ---- updates of members ---------------------------------------------------------------

    def check(
        self, update: bytes, scope: Scope, walked: Callable[[], Checked] | None = None
    ) -> Checked | None:
        """Hold an update against bounds, form and rights; None when there is nothing to apply.

        Args:
            update: Yjs update v1.
            scope: What its author may do.
            walked: Returns what the guard found in it, or raises what that did, if it was there already.

        Raises:
            VitrailError: It is refused.
            Gap: It builds on others that have not come.
            OutlineNeeded: See `outline`.
        """
        if len(update) > MAX_UPDATE_BYTES:
            raise TooLarge(f"an update has at most {MAX_UPDATE_BYTES} bytes")
        if walked is None:
            checked = check_update(update, self.clocks, self.halves, self.outline, is_sent=True)
        else:
            checked = walked()
        if self._retired:
            refuse_retired(self._retired, checked.ranges)
            refuse_retired(self._retired, checked.deletes)
        if self._poison and any(dose.is_in(update, checked) for dose in self._poison):
            raise InvalidInput(
                "this edit has stopped the server before and is kept out",
                hint="copy what you need and open the page anew",
            )
        if scope is Scope.READ:
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

    def _require_nothing_new(self, checked: Checked) -> None:
        error = NotAllowed(
            "this connection may only read", hint="ask an owner or admin for another role"
        )
        if checked.brings_structs(self.clocks):
            raise error
        if checked.deletes:
            mine = check_update(self.doc.get_update(self.state()), self.clocks).deletes
            if not covers(mine, checked.deletes):
                raise error

    def _has_space(self, more: int) -> bool:
        """Weigh the document, and tell whether there is space in it."""
        self.size = len(self.doc.get_update())
        return self.size + more <= MAX_DOCUMENT_BYTES

    def expect(self, checked: Checked, *, is_answer: bool = False) -> bool:
        """Take note of what will be applied.

        Args:
            checked: What the guard found in it.
            is_answer: Whether it is a step 2, which repeats all that was ever deleted.

        Returns:
            Whether all of its structs follow what was there, so that applying it changes the document
            by exactly this update. Of deletions alone this is taken for granted: who sends them has just
            made them, and that they are stored twice harms nobody.
        """
        clocks = self.clocks
        if self.outline is not None:
            if checked.runs is None:  # it was checked before there was one
                self.outline = None
            else:
                self.outline.add(checked.runs, clocks)
        is_all_new = bool(checked.ranges) or (bool(checked.deletes) and not is_answer)
        for client, (start, end) in checked.ranges.items():
            known = clocks.get(client, 0)
            if start != known:
                is_all_new = False
            if end > known:
                clocks[client] = end
        if checked.halves:
            self.know_halves(checked.halves)
        return is_all_new

    def pieces(self, update: bytes, checked: Checked, waiting: int) -> Sequence[bytes]:
        """Return an update as it is to be applied: in pieces if it was cut.

        Args:
            update: Yjs update v1.
            checked: What the guard found in it.
            waiting: Bytes of others that were checked and are not applied yet.

        Raises:
            CutNeeded: It was not, and may take long.
        """
        if checked.pieces is not None:
            return checked.pieces
        if may_take_long(checked.structs, self.size + waiting + len(update)):
            raise CutNeeded
        return (update,)

    def apply(self, updates: Sequence[Update], pieces: Sequence[bytes], scope: Scope) -> None:
        """Apply updates that are all new: what each of them changes is the update as it came.

        Args:
            updates: As they came.
            pieces: The same, cut.
            scope: What their authors may do.

        Raises:
            VitrailError: They were refused; the replica is tainted.
        """
        self._flights.begin(self.name, [(u.author.actor_id, u.payload) for u in updates])
        try:
            self._change(lambda: self._apply(pieces), scope)
        finally:
            self._flights.end()
        self.size += sum(map(len, pieces))

    def apply_part(self, update: Update, pieces: Sequence[bytes], scope: Scope) -> list[bytes]:
        """Apply an update of which the document may have a part; return what that has changed.

        Args:
            update: As it came.
            pieces: The same, cut.
            scope: What its author may do.

        Raises:
            VitrailError: It was refused; the replica is tainted.
        """
        whole = self._whole
        self._flights.begin(self.name, [(update.author.actor_id, update.payload)])
        try:
            _, made = self._recorded(lambda: self._apply(pieces), scope)
        finally:
            self._flights.end()
        if not made:  # as when somebody comes who has nothing new, which everybody does
            self._whole = whole
        return made

    def _apply(self, pieces: Sequence[bytes]) -> None:
        apply_in_time(self.doc, pieces, is_observed=bool(self.schema.roots))

    # ---- edits of the server, and of other nodes ------------------------------------------

    def edit(self, change: Callable[[Doc[Any]], T]) -> tuple[T, list[bytes]]:
        """Run an edit of the server; return its result, and the updates that it has made.

        Raises:
            VitrailError: It was refused; the replica is tainted, as by any exception of `change`.
        """
        return self._recorded(lambda: change(self.doc), Scope.WRITE)

    def follow(self, updates: Sequence[bytes]) -> Sequence[bytes]:
        """Apply updates of the log; return what that has changed, as updates.

        They were checked by the node that logged them. Whatever goes wrong taints the replica.
        """
        self._changes.clear()
        self._whole = None
        try:
            expected = [self._is_expected(update) for update in updates]
            if all(expected):
                self._native(lambda: apply_all(self.doc, updates))
                made = updates
            else:
                _, made = self._recording(lambda: apply_all(self.doc, updates))
        except Exception:
            self.tainted = True
            LOG.exception("an update of the log could not be applied", extra={"doc": self.name})
            return ()
        self._note_repairs()
        return made

    def _is_expected(self, update: bytes) -> bool:
        """Tell whether an update of the log is all new here, which one of two nodes' edits is."""
        try:
            return self.expect(check_update(update, self.clocks, outline=self.outline))
        except InvalidInput:
            return False

    # ---- changes --------------------------------------------------------------------------

    def _recorded(self, call: Callable[[], T], scope: Scope) -> tuple[T, list[bytes]]:
        """Run a change and validate what it touched; return its result and the updates it made."""
        return self._recording(lambda: self._change(call, scope))

    def _recording(self, call: Callable[[], T]) -> tuple[T, list[bytes]]:
        made: list[bytes] = []

        def note(event: TransactionEvent) -> None:
            # Only copies: an event must not outlive its callback, and no exception may leave it.
            made.append(event.update)

        doc = self.doc
        subscription = doc.observe(note)
        try:
            result = call()
        finally:
            doc.unobserve(subscription)
        self._native(lambda: self._expect_all(made))
        return result, made

    def _expect_all(self, updates: Sequence[bytes]) -> None:
        for update in updates:
            self.size += len(update)
            self.expect(check_update(update, self.clocks, outline=self.outline))

    def _change(self, call: Callable[[], T], scope: Scope) -> T:
        """Run a change and validate what it touched."""
        self._changes.clear()
        self._whole = None
        try:
            result = self._native(call)
            if self._changes:
                self._native(lambda: self.schema.validate(self.doc, self._changes, scope))
        except ValueError as error:
            raise InvalidInput("the document could not take this update") from error
        self._note_repairs()
        return result

    def _note_repairs(self) -> None:
        if self._changes:
            self.repair_due += (c for c in self._changes if not c.path or "pos" in c.keys)

    def _native(self, call: Callable[[], T]) -> T:
        """Call pycrdt; whatever it raises taints the replica. A Rust panic is a BaseException."""
        try:
            return call()
        except BaseException as error:
            self.tainted = True
            if type(error).__name__ == "PanicException":  # told as a refusal
                raise InvalidInput("the document could not take this update") from error
            raise


def told(error: Exception) -> VitrailError:
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
