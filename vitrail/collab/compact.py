"""What is computed on a document's log, in a worker process: pycrdt holds the GIL.

Pure: bytes in, bytes out; nothing here knows what is in a document.
"""

from __future__ import annotations

import zlib
from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import msgspec
from pycrdt import Doc, Map, merge_updates

from vitrail.collab.guard import Clocks, check_state_vector, check_update
from vitrail.collab.segments import (
    PAUSE_MS,
    SEVERAL,
    Entry,
    Session,
    pack,
    sessions_of,
    unpack,
)
from vitrail.core.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# One transaction over more updates than this grows quadratically in yrs.
MAX_IN_TRANSACTION = 64
DIGEST_BYTES = 16

Touched = dict[str, dict[str, tuple[int, int, str | None, str]]]
"""By root and key: the number, moment, actor and actor's kind of the last update that touched it."""


class Fold(msgspec.Struct, array_like=True):
    """Work: fold the updates of a document into a snapshot, and pack the oldest.

    Attributes:
        snapshot: As `shrink` gave it, or None when the entries begin with the first.
        snap_seq: Number of the last update that it holds.
        touched: As `Folded.touched` was then.
        roots: Root maps whose keys are of interest.
        entries: Updates with their numbers, some perhaps already in the snapshot.
        pack_to: Entries up to this number are packed; at most the last one's.
        segment: A segment that they are added to, or None for one of their own.
    """

    snapshot: bytes | None
    snap_seq: int
    touched: bytes | None
    roots: list[str]
    entries: list[Entry]
    pack_to: int
    segment: bytes | None


class Segment(msgspec.Struct, array_like=True):
    """Entries, packed, with what a timeline shows of them."""

    first: int
    last: int
    began: int
    ended: int
    sessions: list[Session]
    payload: bytes


class Folded(msgspec.Struct, array_like=True):
    """The result of `Fold`."""

    snapshot: bytes
    digest: str
    touched: bytes
    segment: Segment | None


class Replay(msgspec.Struct, array_like=True):
    """Work: bring a document to a moment, and tell what was touched on the way.

    Attributes:
        snapshot: As `shrink` gave it, or None to begin with nothing.
        touched: What was touched before.
        segments: Payloads of segments, in order.
        entries: Updates after them.
        after: What is in the snapshot; entries up to this number are left out.
        until: The moment; later entries are left out.
        roots: Root maps whose keys are of interest.
    """

    snapshot: bytes | None
    touched: bytes | None
    segments: list[bytes]
    entries: list[Entry]
    after: int
    until: int
    roots: list[str] = []


class Replayed(msgspec.Struct, array_like=True):
    """The result of `Replay`: a document as one update, and the last entry that is in it."""

    state: bytes
    seq: int
    touched: Touched


class Thin(msgspec.Struct, array_like=True):
    """Work: keep of a segment only some moments.

    Attributes:
        base: What brings a document to where the segment begins.
        segment: Its payload.
        keep: Numbers of moments that must stay, besides the last of each day.
    """

    base: Replay
    segment: bytes
    keep: list[int]


def apply_all(doc: Doc[Any], updates: Sequence[bytes]) -> None:
    """Apply updates in order, at most `MAX_IN_TRANSACTION` in one transaction."""
    for start in range(0, len(updates), MAX_IN_TRANSACTION):
        with doc.transaction():
            for payload in updates[start : start + MAX_IN_TRANSACTION]:
                doc.apply_update(payload)


def shrink(update: bytes) -> tuple[bytes, str]:
    """Return a document's update deflated, and its digest."""
    return zlib.compress(update, 1), blake2b(update, digest_size=DIGEST_BYTES).hexdigest()


def expand(payload: bytes, digest: str) -> bytes | None:
    """Undo `shrink`; None if what comes out is not what went in."""
    try:
        update = zlib.decompress(payload)
    except zlib.error:
        return None
    found = blake2b(update, digest_size=DIGEST_BYTES).hexdigest()
    return update if found == digest else None


def fold(work: Fold) -> Folded | None:
    """Fold updates into a snapshot and pack the oldest; None if either could not be verified.

    Verified is that nothing of the updates still waits for another; that the snapshot, loaded anew,
    has the same clocks and writes the same bytes, in whatever order; and that the segment, unpacked,
    has the same entries.
    """
    doc, touched = _open(work.snapshot), _read_touched(work.touched)
    fresh = [entry for entry in work.entries if entry.seq > work.snap_seq]
    clocks: Clocks = _clocks(doc)
    _play(doc, fresh, work.roots, touched)
    if not _is_complete(doc, fresh, clocks):
        return None
    update = doc.get_update()
    again: Doc[Any] = Doc()
    again.apply_update(update)
    # yrs writes clients and deletions in any order, so the same document has more than one update.
    if _clocks(again) != _clocks(doc) or Counter(again.get_update()) != Counter(update):
        return None
    snapshot, digest = shrink(update)
    old = [entry for entry in work.entries if entry.seq <= work.pack_to]
    segment = _segment([*(unpack(work.segment) if work.segment else []), *old]) if old else None
    if segment is not None and unpack(segment.payload)[-len(old) :] != old:
        return None
    return Folded(snapshot, digest, zlib.compress(msgspec.json.encode(touched)), segment)


def replay(work: Replay) -> Replayed:
    """Bring a document to a moment."""
    doc, touched = _open(work.snapshot), _read_touched(work.touched)
    seq = work.after
    for entries in (*map(unpack, work.segments), work.entries):
        wanted = [e for e in entries if work.after < e.seq <= work.until]
        _play(doc, wanted, work.roots, touched)
        seq = wanted[-1].seq if wanted else seq
    return Replayed(doc.get_update(), seq, touched)


def thin(work: Thin) -> Segment:
    """Merge the entries of each day (UTC), but for the moments to keep."""
    doc: Doc[Any] = Doc()
    doc.apply_update(replay(work.base).state)
    kept: list[Entry] = []
    for group in _days(unpack(work.segment), frozenset(work.keep)):
        before = doc.get_state()
        apply_all(doc, [entry.payload for entry in group])
        kept.append(_merged(group, doc.get_update(before)))
    return _segment(kept)


def _segment(entries: list[Entry]) -> Segment:
    first, last = entries[0], entries[-1]
    return Segment(
        first.seq - first.edits + 1,
        last.seq,
        first.at,
        last.at,
        sessions_of(entries),
        pack(entries),
    )


def _days(entries: Sequence[Entry], keep: frozenset[int]) -> Iterator[list[Entry]]:
    day_ms = 86_400_000
    group: list[Entry] = []
    for entry in entries:
        if group and (entry.at // day_ms != group[-1].at // day_ms or group[-1].seq in keep):
            yield group
            group = []
        group.append(entry)
    yield group


def _merged(group: Sequence[Entry], payload: bytes) -> Entry:
    last = group[-1]
    is_one = len({(entry.actor_id, entry.kind) for entry in group}) == 1
    actor_id, kind = (last.actor_id, last.kind) if is_one else (None, SEVERAL)
    return Entry(last.seq, last.at, actor_id, kind, payload, sum(e.edits for e in group))


def _open(snapshot: bytes | None) -> Doc[Any]:
    doc: Doc[Any] = Doc()
    if snapshot is not None:
        doc.apply_update(zlib.decompress(snapshot))
    return doc


def _clocks(doc: Doc[Any]) -> Clocks:
    return check_state_vector(doc.get_state())


def _read_touched(packed: bytes | None) -> Touched:
    return msgspec.json.decode(zlib.decompress(packed), type=Touched) if packed else {}


def _play(doc: Doc[Any], entries: Sequence[Entry], roots: Sequence[str], touched: Touched) -> None:
    """Apply entries, those of one actor together, and note which keys they touched."""
    keys: set[tuple[str, str]] = set()
    watched = [(root, doc.get(root, type=Map)) for root in roots]
    subscriptions = [(of, of.observe_deep(_noter(root, keys))) for root, of in watched]
    for group in _stretches(entries):
        with doc.transaction():
            for entry in group:
                doc.apply_update(entry.payload)
        last = group[-1]
        for root, key in keys:
            touched.setdefault(root, {})[key] = (last.seq, last.at, last.actor_id, last.kind)
        keys.clear()
    for of, subscription in subscriptions:
        of.unobserve(subscription)


def _stretches(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    group: list[Entry] = []
    for entry in entries:
        if group and (len(group) == MAX_IN_TRANSACTION or not _continues(group[-1], entry)):
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _continues(before: Entry, entry: Entry) -> bool:
    same = (entry.actor_id, entry.kind) == (before.actor_id, before.kind)
    return same and entry.at - before.at <= PAUSE_MS


def _noter(root: str, keys: set[tuple[str, str]]) -> Callable[[Sequence[Any]], None]:
    def note(events: Sequence[Any]) -> None:
        for event in events:
            names = event.path[:1] or getattr(event, "keys", {})
            keys.update((root, str(name)) for name in names)

    return note


def _is_complete(doc: Doc[Any], entries: Sequence[Entry], clocks: Clocks) -> bool:
    """Tell whether a document holds all that entries brought: yrs drops what still waits."""
    for start in range(0, len(entries), MAX_IN_TRANSACTION):
        chunk = [entry.payload for entry in entries[start : start + MAX_IN_TRANSACTION]]
        try:
            ranges = check_update(merge_updates(*chunk), clocks).ranges
        except InvalidInput:
            return False
        for client, (_, end) in ranges.items():
            clocks[client] = max(end, clocks.get(client, 0))
    return _clocks(doc) == clocks
