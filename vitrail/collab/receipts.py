"""Receipts: which edits of a room are on disk, and which messages are acknowledged by that."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vitrail.collab.member import Member

Owed = tuple["Member", int]
"""A member, and how many of its messages are acknowledged together."""


class Receipts:
    """What a room owes its members for their messages.

    Acknowledgements are counted, not named: none may overtake another of the same member.

    Args:
        soon: Runs a call after the present one, as `loop.call_soon` does.

    Attributes:
        produced: Edits that were accepted since the room was opened.
        committed: Those of them that are on disk, or never will be, having no document any more.
    """

    __slots__ = ("_due", "_seq", "_soon", "_waiting", "committed", "produced")

    def __init__(self, soon: Callable[[Callable[[], None]], object]) -> None:
        self.produced = 0
        self.committed = 0
        self._soon = soon
        self._seq = 0
        self._due: dict[Member, int] = {}
        self._waiting: list[tuple[int, Member, int]] = []  # due at a commit

    def take(self, member: Member, *, is_answer: bool) -> Owed:
        """Return what a message of a member is to be acknowledged with.

        Where the member was asked for what is missing, that is nothing: its messages wait for the
        answer, and are acknowledged with it.
        """
        owed = member.owed
        if not owed:
            return member, 1
        if is_answer:
            member.owed = 0
            return member, owed + 1
        member.owed = owed + 1
        return member, 0

    def settle(self, owed: Owed, seq: int) -> None:
        """Acknowledge messages that changed nothing, after all that came before is on disk."""
        if self.committed < self.produced:
            self._waiting.append((self.produced, *owed))
        else:
            self._owe(owed, seq)

    def acknowledge(self, owed: Sequence[Owed], seq: int) -> None:
        """Acknowledge messages whose edits are on disk, and what waited for them."""
        for each in owed:
            self._owe(each, seq)
        while self._waiting and self._waiting[0][0] <= self.committed:
            _, member, count = self._waiting.pop(0)
            self._owe((member, count), seq)

    def _owe(self, owed: Owed, seq: int) -> None:
        member, count = owed
        if not count:
            return
        if not self._due:
            self._soon(self._send)
        self._seq = seq
        self._due[member] = self._due.get(member, 0) + count

    def _send(self) -> None:
        """Acknowledge, in one message to each member, all that is committed by now."""
        due, self._due = self._due, {}
        for member, count in due.items():
            member.acknowledge(self._seq, count)
