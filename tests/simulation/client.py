"""A client that speaks our dialect: edits, loses its connection, reads slowly, and keeps promises to account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pycrdt import Doc, Map

from tests.simulation.node import BAD_KEY
from vitrail.collab import wire
from vitrail.collab.codec import Reader
from vitrail.collab.guard import check_state_vector
from vitrail.collab.member import Member
from vitrail.collab.ports import Scope
from vitrail.collab.wire import Dialect, Kind
from vitrail.core.access import Actor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.simulation.disk import Disk
    from tests.simulation.node import Node
    from tests.simulation.world import World
    from vitrail.collab.line import Batch

KEYS = "abcdefgh"


class Line:
    """A connection: messages arrive late, and in order."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.is_full = False
        self.sent_bytes = 0
        self.is_open = True
        self._free_at = 0.0

    def send(self, batch: Batch) -> None:
        for message in batch.messages:
            self.carry(lambda message=message: self.client.receive(message))

    def carry(self, arrive: Any) -> None:
        world, chance = self.client.world, self.client.chance
        self._free_at = max(self._free_at, world.time + 0.01 * chance.random())
        world.after(self._free_at - world.time, lambda: arrive() if self.is_open else None)

    def pause(self) -> None:
        pass

    def resume(self) -> None:
        pass

    def close(self, code: int, reason: str) -> None:
        self.client.lose()


class Client:
    """A person with a copy of the document.

    Attributes:
        promised: For each of its client ids, up to which clock it was told that all is stored.
    """

    def __init__(self, number: int, world: World, disk: Disk, nodes: Sequence[Node]) -> None:
        self.number, self.world, self.disk, self.nodes = number, world, disk, nodes
        self.chance = world.chance(f"client {number}")
        self.promised: dict[int, int] = {}
        self.refused: set[int] = set()
        self.line: Line | None = None
        self.member: Member | None = None
        self.node = nodes[0]
        self._unanswered: list[int] = []
        self._copies = 0
        self._count = 0
        self._begin()

    def _begin(self) -> None:
        """Begin with an empty copy."""
        self._copies += 1
        self.id = self.number * 100 + self._copies
        self.doc: Doc[Any] = Doc(client_id=self.id)
        self.map = self.doc.get("m", type=Map)

    # ---- what it does ---------------------------------------------------------------------

    def connect(self) -> None:
        """Open the document on a node that is up."""
        up = [node for node in self.nodes if node.is_up]
        if self.line is not None or not up:
            return
        self.node = self.chance.choice(up)
        self.line = Line(self)
        actor = Actor(user_id=str(self.number), name=str(self.number), color="#2f4fe0")
        self._unanswered = []
        member = Member(self.line, Dialect.VITRAIL, actor, Scope.WRITE, b"")
        self.member = member
        self.node.room.audience.join(member)
        self.node.room.audience.greet(member)
        self._send(wire.step1(self.doc.get_state()))

    def lose(self) -> None:
        """Lose the connection, with all that is on its way."""
        if self.line is None or self.member is None:
            return
        self.line.is_open = False
        if self.node.is_up:
            self.node.room.leave(self.member)
        self.line = self.member = None

    def edit(self) -> None:
        """Change something, connected or not."""
        made: list[bytes] = []
        noting = self.doc.observe(lambda event: made.append(event.update))
        self._change()
        self.doc.unobserve(noting)
        if self.line is not None:
            for update in made:
                self._send(wire.update_message(update), self._clock())

    def _change(self) -> None:
        self._count += 1
        if self.chance.random() < 0.04:
            self.map[BAD_KEY] = self._count
            self.refused.add(self.id)
        elif self.chance.random() < 0.2 and (keys := sorted(self.map.keys())):
            del self.map[self.chance.choice(keys)]
        else:
            self.map[self.chance.choice(KEYS)] = f"{self.number}.{self._count}"

    def stall(self) -> None:
        """Read nothing more for a while."""
        if self.line is not None:
            line, line.is_full = self.line, True
            self.world.after(self.chance.random(), lambda: self._read_on(line))

    def _read_on(self, line: Line) -> None:
        line.is_full = False
        if line is self.line and self.member is not None and self.node.is_up:
            self.node.room.audience.drained(self.member)

    def _clock(self) -> int:
        return check_state_vector(self.doc.get_state()).get(self.id, 0)

    def _send(self, message: bytes, clock: int | None = None) -> None:
        member, node = self.member, self.node
        assert self.line is not None
        assert member is not None
        if clock is not None:
            self._unanswered.append(clock)
        self.line.carry(lambda: node.take(member, message) if node.is_up else None)

    # ---- what it is told ------------------------------------------------------------------

    def receive(self, message: bytes) -> None:
        reader = Reader(message)
        kind = reader.uint()
        if kind == Kind.SYNC:
            step, payload = reader.uint(), reader.bytes()
            if step == wire.STEP1:
                self._send(wire.step2(self.doc.get_update(payload)), self._clock())
            else:
                self.doc.apply_update(payload)
        elif kind == Kind.DURABLE:
            reader.uint()
            self._hold_to_account(reader.uint())
        elif kind == Kind.REJECT:
            self.lose()
            self._begin()
            self.connect()

    def _hold_to_account(self, count: int) -> None:
        """What it is told to be stored must be stored now."""
        for _ in range(count):
            clock = self._unanswered.pop(0)
            assert self.disk.clocks.get(self.id, 0) >= clock, f"client {self.id} was told {clock}"
            self.promised[self.id] = max(clock, self.promised.get(self.id, 0))
