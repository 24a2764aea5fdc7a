"""Tells, from outside, which processes do not move any more: their own loop could not.

A process shows where it is in the record of its flights (`collab.flight`), which needs neither its
interpreter nor its event loop to be read.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vitrail.collab.flight import record_of, watch

if TYPE_CHECKING:
    from vitrail.collab.flight import Pulse
    from vitrail.core.clock import Clock

# A loop that has not turned for so long serves nobody, whatever holds it.
MAX_STILL_SECONDS = 30.0
NANOSECONDS = 1e9


class _Since(NamedTuple):
    at: float
    cpu: float


class _Seen(NamedTuple):
    pulse: Pulse
    flight: _Since
    beat: _Since


class Watch:
    """Looks at processes by their records.

    Args:
        folder: Where the records are.
        clock: For how long nothing has moved.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._seen: dict[int, _Seen] = {}

    def what_is_wrong(self, pid: int) -> str:
        """Look at a process, as is done several times a second; return why it must end, or nothing."""
        pulse = watch(record_of(self._folder, pid))
        if pulse is None:
            self._seen.pop(pid, None)
            return ""
        now = _Since(self._clock.monotonic(), _processor_seconds(pid))
        last = self._seen.get(pid) or _Seen(pulse, now, now)
        is_same = pulse.is_flying and last.pulse.is_flying and pulse.flights == last.pulse.flights
        flight = last.flight if is_same else now
        beat = last.beat if pulse.beats == last.pulse.beats else now
        self._seen[pid] = _Seen(pulse, flight, beat)
        # In processor time, so that nobody is killed for a machine that is busy with other things.
        if is_same and now.cpu - flight.cpu > pulse.patience:
            return "an update does not come to an end"
        if pulse.beats and now.at - beat.at > MAX_STILL_SECONDS:
            return "its event loop stands still"
        return ""


def _processor_seconds(pid: int) -> float:
    """Return how much of a processor a process's first thread has used, or 0 where that is not told."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / NANOSECONDS
    except (OSError, ValueError, IndexError):
        return 0.0
