"""The audience of a room: who has its document open, and what each of them is sent.

A member that reads too slowly gets no frames; once it has drained it gets one difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitrail.collab import wire
from vitrail.core.errors import TooLarge

if TYPE_CHECKING:
    from vitrail.collab.counts import Counts
    from vitrail.collab.member import Member
    from vitrail.collab.outbox import Outbox
    from vitrail.collab.presence import Presence
    from vitrail.collab.replica import Replica

MAX_MEMBERS = 2000
# Between two notes of what everybody was sent: a note costs as much as a small edit, and who lags is
# sent no more than the edits of so many flushes twice.
STATE_FLUSHES = 50


class Audience:
    """The members of one room. It never asks for a flush: what makes one necessary comes to the room.

    Args:
        replica: The document.
        presence: Who is where in it.
        outbox: The edits that wait for the next flush.
        counts: Where the process counts what its rooms do.

    Attributes:
        members: They; `Room.leave` removes one, and has the others told.
    """

    __slots__ = (
        "_counts",
        "_flushes",
        "_outbox",
        "_presence",
        "_replica",
        "_sent_state",
        "members",
    )

    def __init__(
        self, replica: Replica, presence: Presence, outbox: Outbox, counts: Counts
    ) -> None:
        self.members: set[Member] = set()
        self._replica = replica
        self._presence = presence
        self._outbox = outbox
        self._counts = counts
        self._sent_state = b"\x00"
        self._flushes = 0

    def start_over(self, *, has_missed: bool) -> None:
        """Ask everybody for what the document lacks, which was read from the log.

        Args:
            has_missed: Whether it has more than they were sent, which they get first.
        """
        replica = self._replica
        has_missed = has_missed and bool(self.members)
        missed = replica.doc.get_update(self._sent_state) if has_missed else wire.EMPTY_UPDATE
        self._sent_state, self._flushes = replica.state(), 0
        for member in self.members:
            if member.lag is None and missed != wire.EMPTY_UPDATE:
                member.send(wire.update_message(missed))
            member.send(wire.step1(self._sent_state))

    def dismiss(self, code: int, reason: str) -> None:
        """Close the socket of every member."""
        for member in list(self.members):
            member.line.close(code, reason)

    # ---- one of them ----------------------------------------------------------------------

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
        member.send(wire.step1(self._replica.state()))
        self._show_presence(member)

    def answer(self, member: Member, state_vector: bytes) -> None:
        """Send a member what it lacks.

        Raises:
            Malformed: The state vector is not one.
            Replaced: It is that of a copy of a history that was replaced.
        """
        member.send(wire.step2(self._replica.difference(state_vector)))

    def ask(self, member: Member) -> None:
        """Ask for what is missing; the message is acknowledged with the answer, as all until then."""
        member.owed += 1
        member.send(wire.step1(self._replica.state()))

    def drained(self, member: Member) -> None:
        """Bring a member up to date that reads again."""
        if member.lag is not None and not member.line.is_full:
            since, member.lag = member.lag, None
            member.send(wire.step2(self._replica.doc.get_update(since)))
            self._show_presence(member)

    def _show_presence(self, member: Member) -> None:
        if states := self._presence.snapshot():
            member.send(wire.awareness(states))

    # ---- all of them ----------------------------------------------------------------------

    def flush(self) -> None:
        """Send what gathered since the last flush, made ready once for all who get the same."""
        batches = self._outbox.take(self._presence.take_changes())
        if batches is None:
            return
        senders, count = batches.senders, batches.edits
        left_out = 0  # deliveries that do not take place
        for member in self.members:
            line = member.line
            if member.lag is not None:
                left_out += count
            elif line.is_full:
                # Of the outbox it gets nothing: what it has is at least the state that was noted last.
                member.lag = self._sent_state
                self._counts.lags += 1
                left_out += count
            elif member in senders:
                left_out += len(senders[member])
                if (batch := batches.without(member, member.address)) is not None:
                    line.send(batch)
            else:
                line.send(batches[member.address])
        if count:
            self._counts.delivered += count * len(self.members) - left_out
            self._flushes += 1
            if self._flushes >= STATE_FLUSHES:
                self._flushes, self._sent_state = 0, self._replica.state()
