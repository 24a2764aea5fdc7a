"""Presence: who is here, where their cursor is. Kept in memory, bounded, gone with the socket.

1. A client id belongs to the member that announced it first; others cannot change or remove it.
2. The server fills in `user`: nobody can take another's name.
3. Only the newest state of a client is kept, and sent once per flush.
4. States of other nodes' clients are theirs to change and remove, and go when their node does.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import msgspec

from vitrail.collab.bus import Shared
from vitrail.collab.codec import Malformed, Reader, prefixed, uint

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

MAX_STATE_BYTES = 4096
MAX_ENTRIES = 64  # in one message
MAX_CLIENTS = 4  # of one member
NULL = b"null"
VERSIONS = itertools.count(1)


@dataclass(slots=True)
class Entry:
    """The state of one client id; its owner is a member here, or a node elsewhere."""

    owner: Hashable
    user_id: str | None
    clock: int
    state: bytes
    is_local: bool = True


class Presence:
    """The states of a room. Pure: what is to be sent is taken with `take_changes`.

    Attributes:
        version: Grows with each change; no two rooms of a process have the same.
        untold: What changed of this node's clients and was not told to other nodes, by client.
    """

    def __init__(self) -> None:
        self._entries: dict[int, Entry] = {}
        self._changed: dict[int, tuple[int, bytes]] = {}
        self.version = next(VERSIONS)
        self.untold: dict[int, Shared] = {}

    def receive(self, owner: Hashable, user: Mapping[str, str], message: bytes) -> None:
        """Take in an awareness update of a member.

        Raises:
            Malformed: It is not one, or is beyond the limits; nothing of it was taken.
        """
        for client, clock, state in self._read(message):
            self._set(owner, user, client, clock, state)

    def _read(self, message: bytes) -> list[tuple[int, int, dict[str, Any] | None]]:
        reader = Reader(message)
        count = reader.uint()
        if count > min(MAX_ENTRIES, reader.left // 3 + 1):
            raise Malformed(f"at most {MAX_ENTRIES} presence states in one message")
        entries: list[tuple[int, int, dict[str, Any] | None]] = []
        for _ in range(count):
            client, clock, raw = reader.uint(), reader.uint(), reader.bytes()
            if len(raw) > MAX_STATE_BYTES:
                raise Malformed(f"a presence state has at most {MAX_STATE_BYTES} bytes")
            try:
                state = msgspec.json.decode(raw)
            except (msgspec.DecodeError, ValueError, RecursionError) as error:
                raise Malformed("a presence state is not JSON") from error
            if state is not None and not isinstance(state, dict):
                raise Malformed("a presence state is an object or null")
            entries.append((client, clock, cast("dict[str, Any] | None", state)))
        return entries

    def _set(
        self,
        owner: Hashable,
        user: Mapping[str, str],
        client: int,
        clock: int,
        state: dict[str, Any] | None,
    ) -> None:
        old = self._entries.get(client)
        # After a lost connection the same person comes back with the same client id.
        mine = old is None or old.owner == owner or old.user_id == user.get("id")
        if not mine or (old is not None and clock < old.clock) or clock >= 1 << 32:
            return
        if state is None:
            if old is not None:
                self._remove(client, clock)
            return
        if old is not None and clock == old.clock and old.owner == owner:
            return
        if old is None and self._count(owner) >= MAX_CLIENTS:
            return
        raw = msgspec.json.encode({**state, "user": user})
        self._entries[client] = Entry(owner, user.get("id"), clock, raw)
        self._change(client, clock, raw)
        self.untold[client] = Shared(client, clock, user.get("id"), raw)

    def _count(self, owner: Hashable) -> int:
        return sum(entry.owner == owner for entry in self._entries.values())

    def _remove(self, client: int, clock: int) -> None:
        gone = self._entries.pop(client)
        self._change(client, clock, NULL)
        if gone.is_local:
            self.untold[client] = Shared(client, clock, gone.user_id, NULL)

    def _change(self, client: int, clock: int, state: bytes) -> None:
        self._changed[client] = (clock, state)
        self.version = next(VERSIONS)

    def states(self) -> list[dict[str, Any]]:
        """Return what every client says of itself, with who it is as `user`."""
        return [msgspec.json.decode(entry.state) for entry in self._entries.values()]

    @property
    def size(self) -> int:
        """How many clients are shown."""
        return len(self._entries)

    def leave(self, owner: Hashable) -> None:
        """Remove all that a member announced."""
        for client, entry in list(self._entries.items()):
            if entry.owner == owner:
                self._remove(client, entry.clock + 1)

    def take_changes(self) -> bytes | None:
        """Return an awareness update with what changed since the last call, or None."""
        if not self._changed:
            return None
        changed, self._changed = self._changed, {}
        return _encode((c, *rest) for c, rest in changed.items())

    def snapshot(self) -> bytes | None:
        """Return an awareness update with every state, or None."""
        entries = [(c, e.clock, e.state) for c, e in self._entries.items()]
        return _encode(entries) if entries else None

    # ---- other nodes ----------------------------------------------------------------------

    def take_untold(self) -> list[Shared]:
        """Return what changed of this node's clients since the last call."""
        untold, self.untold = self.untold, {}
        return list(untold.values())

    def local(self) -> list[Shared]:
        """Return the states of this node's clients."""
        return [
            Shared(client, entry.clock, entry.user_id, entry.state)
            for client, entry in self._entries.items()
            if entry.is_local
        ]

    def receive_from_node(self, node: str, states: Sequence[Shared]) -> None:
        """Take in what a node says of its clients."""
        for shared in states:
            old = self._entries.get(shared.client)
            if shared.state == NULL:
                if old is not None and old.owner == node:
                    self._remove(shared.client, max(shared.clock, old.clock))
                continue
            if old is not None:
                is_other = old.owner != node and old.user_id != shared.user_id
                is_known = old.owner == node and shared.clock == old.clock
                if is_other or is_known or shared.clock < old.clock:
                    continue
            self._entries[shared.client] = Entry(
                node, shared.user_id, shared.clock, shared.state, is_local=False
            )
            self._change(shared.client, shared.clock, shared.state)
            self.untold.pop(shared.client, None)

    def of_node(self, node: str) -> set[int]:
        """Return the clients that a node has here."""
        return {client for client, entry in self._entries.items() if entry.owner == node}

    def drop_node(self, node: str, keep: Collection[int] = ()) -> None:
        """Remove the clients of a node, but for those it still has."""
        for client in self.of_node(node).difference(keep):
            self._remove(client, self._entries[client].clock + 1)


def _encode(entries: Iterable[tuple[int, int, bytes]]) -> bytes:
    parts = [uint(client) + uint(clock) + prefixed(state) for client, clock, state in entries]
    return uint(len(parts)) + b"".join(parts)
