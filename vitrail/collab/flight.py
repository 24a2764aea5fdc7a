"""What this process is doing with which document, where it is found when the process has died.

Native code that is given the bytes of others may crash or never return. Before it gets them, the
document, the people and the bytes are written to a file that is mapped into memory (0.5 µs, and no
system call): it outlives the process, though not the machine. Whoever starts next finds the files that
nobody holds any more.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
from collections.abc import Sequence  # noqa: TC003 - msgspec reads the annotations
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedRandom
    from pathlib import Path

SIZE = 4 << 20  # of the file, which takes space on the disk only as far as it was written
SUFFIX = ".flight"
# What is in flight, how many flights there were, how much of a processor this one may take (ms); then
# beats of the event loop.
FLIGHT, BEATS = struct.Struct("<QQQ"), struct.Struct("<Q")
HEADER = FLIGHT.size + BEATS.size
# A small update takes 10 µs. A long history, the slowest to read, comes with 3 MB/s (260,000 updates).
PATIENCE_MS, BYTES_PER_MS = 300, 500


class Passenger(msgspec.Struct, array_like=True, frozen=True):
    """An update in flight.

    Attributes:
        actor_id: Who sent it.
        payload: Yjs update v1.
    """

    actor_id: str | None
    payload: bytes


class Flight(msgspec.Struct, array_like=True, frozen=True):
    """What a process was doing.

    Attributes:
        doc: Name of the document.
        updates: What was being applied; empty when the document was being read from the log.
    """

    doc: str
    updates: Sequence[Passenger]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Flight)


class Pulse(NamedTuple):
    """A look at a process from outside.

    Attributes:
        is_flying: Whether native code has the bytes of somebody.
        flights: How many flights there were, with the present one.
        patience: Seconds of a processor that the present one may take.
        beats: How often its event loop has turned.
    """

    is_flying: bool
    flights: int
    patience: float
    beats: int


class Flights(Protocol):
    """Where a room records what it does."""

    def begin(
        self, doc: str, updates: Sequence[tuple[str | None, bytes]] = (), size: int = 0
    ) -> None:
        """Record that updates of some people are applied to a document; none: that it is read.

        Args:
            doc: Its name.
            updates: Each with who sent it.
            size: Bytes that are read.
        """
        ...

    def end(self) -> None:
        """Record that the process has lived through it."""
        ...


class Unrecorded:
    """For those who need no record: tests, and commands that open no document of others."""

    def begin(
        self, doc: str, updates: Sequence[tuple[str | None, bytes]] = (), size: int = 0
    ) -> None:
        """Do nothing."""

    def end(self) -> None:
        """Do nothing."""


class Recorder:
    """Records the flights of this process in a file of its own.

    Args:
        path: The file; made anew, and held until the process ends.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("w+b")
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._file.truncate(SIZE)
        self._map = mmap.mmap(self._file.fileno(), SIZE)
        self._flights = self._beats = 0

    def begin(
        self, doc: str, updates: Sequence[tuple[str | None, bytes]] = (), size: int = 0
    ) -> None:
        """Record that updates of some people are applied to a document; none: that it is read."""
        data = _ENCODER.encode((doc, updates))
        self._flights += 1
        self._map[HEADER : HEADER + len(data)] = data
        patience = PATIENCE_MS + max(size, len(data)) // BYTES_PER_MS
        # Last: from now on it counts.
        FLIGHT.pack_into(self._map, 0, len(data), self._flights, patience)

    def end(self) -> None:
        """Record that the process has lived through it."""
        FLIGHT.pack_into(self._map, 0, 0, self._flights, 0)

    def beat(self) -> None:
        """Show that the event loop turns."""
        self._beats += 1
        BEATS.pack_into(self._map, FLIGHT.size, self._beats)

    def close(self) -> None:
        """Leave nothing behind."""
        self._map.close()
        self.path.unlink(missing_ok=True)
        self._file.close()


def record_of(folder: Path, pid: int) -> Path:
    """Return where a process keeps its record."""
    return folder / f"{pid}{SUFFIX}"


def watch(path: Path) -> Pulse | None:
    """Look at a process's record from outside; None while there is none."""
    try:
        with path.open("rb") as file:
            header = file.read(HEADER)
    except FileNotFoundError:
        return None
    if len(header) < HEADER:
        return None
    length, flights, patience = FLIGHT.unpack_from(header)
    [beats] = BEATS.unpack_from(header, FLIGHT.size)
    return Pulse(length > 0, flights, patience / 1000, beats)


def left_behind(folder: Path) -> Iterator[Flight]:
    """Yield what processes that have died were doing, and remove their records.

    Each is taken once, by whoever comes first.
    """
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            file = path.open("r+b")
        except FileNotFoundError:
            continue
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue  # it lives
            if os.fstat(file.fileno()).st_nlink == 0:
                continue  # another one was faster
            flight = _read(file.read(HEADER), file)
            path.unlink(missing_ok=True)
        if flight is not None:
            yield flight


def _read(header: bytes, file: BufferedRandom) -> Flight | None:
    if len(header) < HEADER:
        return None
    length = FLIGHT.unpack_from(header)[0]
    if not 0 < length <= SIZE - HEADER:
        return None
    try:
        return _DECODER.decode(file.read(length))
    except ValueError:
        return None
