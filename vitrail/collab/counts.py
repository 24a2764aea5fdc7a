"""What the rooms of a process have done since it started: plain numbers, read when somebody asks."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Counts:
    """Numbers that only grow. Those who do the work count it; nobody adds up while it is done.

    Attributes:
        delivered: Edits that were sent to a member: one edit to ten members is ten.
        received_bytes: Bytes of messages that came in on sockets.
        sent_bytes: Bytes that went out on sockets which are closed now.
        presence: Presence messages that came in.
        refused: Updates that were refused, by the code of the error.
        turned_away: Documents that were not opened to somebody, by the code of the error.
        reloads: Times that a room was read anew since it could not be trusted any more.
        gaps: Times that the log was read for updates of other nodes which had not come.
        repaired: Updates that were found there.
        lags: Times that a member fell behind and got a difference later.
    """

    delivered: int = 0
    received_bytes: int = 0
    sent_bytes: int = 0
    presence: int = 0
    refused: dict[str, int] = field(default_factory=dict[str, int])
    turned_away: dict[str, int] = field(default_factory=dict[str, int])
    reloads: int = 0
    gaps: int = 0
    repaired: int = 0
    lags: int = 0

    def refuse(self, code: str) -> None:
        """Count an update that was refused."""
        self.refused[code] = self.refused.get(code, 0) + 1

    def turn_away(self, code: str) -> None:
        """Count a document that was not opened to somebody."""
        self.turned_away[code] = self.turned_away.get(code, 0) + 1
