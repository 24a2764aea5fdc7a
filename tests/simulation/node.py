"""A node: the real room, sequence and messages between nodes, on a simulated loop."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pycrdt import Map

from vitrail.collab import wire
from vitrail.collab.codec import Reader
from vitrail.collab.counts import Counts
from vitrail.collab.flight import Unrecorded
from vitrail.collab.nodes import Nodes
from vitrail.collab.room import Room
from vitrail.collab.wire import Kind
from vitrail.core.errors import InvalidInput, VitrailError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pycrdt import Doc

    from tests.simulation.disk import Disk
    from tests.simulation.world import World
    from vitrail.collab.entries import Appended
    from vitrail.collab.member import Member
    from vitrail.collab.ports import Change, Scope

NAME = "doc:simulated"
LINEAGE = "one"
BAD_KEY = "bad"
GLANCE_SECONDS = 0.5


class Rules:
    """A document with one map, in which one key must not be."""

    roots: Mapping[str, type[Any]] = MappingProxyType({"m": Map})

    def validate(self, doc: Doc[Any], changes: Sequence[Change], scope: Scope) -> None:
        if any(BAD_KEY in change.keys for change in changes):
            raise InvalidInput("this key is not allowed")

    def repair(self, doc: Doc[Any], changes: Sequence[Change]) -> None:
        pass


class Wires:
    """The bus of all nodes: late, lost, repeated, out of order."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chance = world.chance("bus")
        self.nodes: list[Node] = []
        self.is_cut = False

    def send(self, data: bytes) -> None:
        for node in self.nodes:
            copies = 0 if self.is_cut else self.chance.choice((0, 1, 1, 1, 1, 2))
            for _ in range(copies):
                late = self.chance.choice((0.001, 0.002, 0.02, 0.2))
                self.world.after(late * self.chance.random(), lambda to=node: to.hear(data))


class Bus:
    """A node's end of the wires."""

    is_shared = is_up = True
    published = dropped = 0

    def __init__(self, wires: Wires) -> None:
        self._wires = wires

    def publish(self, data: bytes) -> None:
        self._wires.send(data)

    async def run(self, receive: Callable[[bytes], None], connected: Callable[[], None]) -> None:
        raise AssertionError("time is simulated: nothing is awaited")


class Node:
    """One server process, which dies and comes back."""

    def __init__(self, name: str, world: World, disk: Disk, wires: Wires) -> None:
        self.world, self.disk, self.wires = world, disk, wires
        self.chance = world.chance(name)
        self.life = 0
        self.is_up = False
        wires.nodes.append(self)
        self.start()

    def start(self) -> None:
        """Begin a life: nothing of the one before is known."""
        self.life += 1
        self.is_up = True
        self.live: dict[str, Room] = {}
        self.nodes = Nodes(Bus(self.wires), self, self.world)
        self._queue: list[Appended] = []
        self._is_committing = False
        self._flush_at: float | None = None
        self._held: list[tuple[Member, bytes]] = []
        self.room = Room(
            NAME, Rules(), self._append, self._wake, self._soon, Counts(), Unrecorded()
        )
        self._load()
        self.live[NAME] = self.room
        self._later(GLANCE_SECONDS, self._glance)

    def die(self) -> None:
        """Lose all that is in memory."""
        self.is_up = False
        self.room.close()
        for member in list(self.room.audience.members):
            member.line.close(1006, "the node died")

    def _later(self, seconds: float, event: Callable[[], None]) -> None:
        life = self.life

        def unless_dead() -> None:
            if self.is_up and self.life == life:
                event()

        self.world.after(seconds, unless_dead)

    def _soon(self, event: Callable[[], None]) -> None:
        self._later(0, event)

    def _load(self) -> None:
        self.room.load(self.disk.updates, LINEAGE, self.disk.head)

    # ---- the log --------------------------------------------------------------------------

    def _append(self, entry: Appended) -> None:
        self._queue.append(entry)
        if not self._is_committing:
            self._is_committing = True
            self._later(0.003 * self.chance.random(), self._commit)

    def _commit(self) -> None:
        if self.disk.is_down:
            self._later(0.05, self._commit)
            return
        batch = self._queue.copy()
        numbers = self.disk.commit(batch)
        if self.chance.random() < 0.05:  # it went through, and nobody hears of it
            self._later(0.05, self._commit)
        else:
            self._later(0.002 * self.chance.random(), lambda: self._committed(batch, numbers))

    def _committed(self, batch: list[Appended], numbers: list[int | None]) -> None:
        del self._queue[: len(batch)]
        for entry, number in zip(batch, numbers, strict=True):
            entry.on_durable(number)
        self.nodes.committed(batch, numbers)
        self._is_committing = bool(self._queue)
        if self._queue:
            self._later(0.003, self._commit)

    # ---- the room -------------------------------------------------------------------------

    def _wake(self, room: Room, *, has_edits: bool) -> None:
        due = self.world.time + (0.004 if has_edits else 0.02) * self.chance.random()
        if self._flush_at is None or due < self._flush_at:
            self._flush_at = due
            self._later(due - self.world.time, lambda: self._flush(due))

    def _flush(self, due: float) -> None:
        if self._flush_at != due:
            return  # an edit has come, which does not wait so long
        self._flush_at = None
        self.room.flush()
        if self.room.tainted:
            self._heal()
        elif self.room.heads.has_gap:
            self._later(0.01, self._catch_up)

    def _heal(self) -> None:
        """Read the room anew, once all that it has accepted is stored."""
        if not self.room.tainted:
            return
        if self._queue or self.disk.is_down:
            self._later(0.01, self._heal)
            return
        self._load()
        held, self._held = self._held, []
        for member, message in held:
            self.take(member, message)

    def _catch_up(self) -> None:
        room = self.room
        if room.heads.has_gap and not room.tainted and not self.disk.is_down:
            after = room.head_seq
            room.receive_remote(after + 1, self.disk.updates[after : after + 20])

    def _glance(self) -> None:
        if not self.disk.is_down:
            self.room.heads.saw(self.disk.head)
            self._catch_up()
        self._later(GLANCE_SECONDS, self._glance)

    # ---- messages -------------------------------------------------------------------------

    def take(self, member: Member, message: bytes) -> None:
        """Take in a message of a member that is here."""
        if member not in self.room.audience.members:
            return
        if self.room.tainted:
            self._held.append((member, message))
            return
        reader = Reader(message)
        assert reader.uint() == Kind.SYNC
        step, payload = reader.uint(), reader.bytes()
        if step == wire.STEP1:
            self.room.take_in()
            if self.room.tainted:
                self._held.append((member, message))
            else:
                self.room.audience.answer(member, payload)
            return
        try:
            self.room.receive(member, payload, is_answer=step == wire.STEP2)
        except VitrailError as error:
            self.room.refuse(member, error)

    def hear(self, data: bytes) -> None:
        """Take in a message of a node."""
        if self.is_up:
            self.nodes.receive(data)

    def hint(self, doc: str, seq: int) -> None:
        raise AssertionError("every node has the document open")

    def wake(self, room: Room) -> None:
        self._wake(room, has_edits=True)
