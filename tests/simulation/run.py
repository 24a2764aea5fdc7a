"""One life of a cluster from one seed: `python -m tests.simulation.run 1 100000` looks for a seed that fails."""

from __future__ import annotations

import sys
from typing import Any

from pycrdt import Doc, Map

from tests.simulation.client import Client
from tests.simulation.disk import Disk
from tests.simulation.node import BAD_KEY, Node, Wires
from tests.simulation.world import World
from vitrail.collab.compact import apply_all
from vitrail.collab.guard import check_state_vector

EDITS = 40
TROUBLE_SECONDS = 3.0
HEAL_SECONDS = 2.0  # after which all must be equal


def simulate(seed: int) -> list[bytes]:
    """Run a cluster through trouble and let it heal; return its log.

    Raises:
        AssertionError: Something acknowledged was lost, something refused was kept, or copies differ.
    """
    world = World(seed)
    chance = world.chance("trouble")
    disk, wires = Disk(), Wires(world)
    nodes = [Node(f"node {n}", world, disk, wires) for n in range(chance.choice((1, 2, 3)))]
    clients = [Client(n, world, disk, nodes) for n in range(1, chance.choice((2, 3, 4)) + 1)]
    for client in clients:
        client.connect()
    moments = [TROUBLE_SECONDS * chance.random() for _ in range(EDITS // 4)]
    for _ in range(EDITS):  # in bursts, so that several come between two flushes
        world.after(chance.choice(moments) + 0.01 * chance.random(), chance.choice(clients).edit)
    for _ in range(chance.randrange(12)):
        world.after(
            TROUBLE_SECONDS * chance.random(), _trouble(world, chance, disk, wires, clients)
        )
    world.run(TROUBLE_SECONDS)
    disk.is_down = wires.is_cut = False
    for node in nodes:
        if not node.is_up:
            node.start()
    for client in clients:
        client.connect()
    world.run(TROUBLE_SECONDS + HEAL_SECONDS)
    _judge(disk, nodes, clients)
    for node in nodes:
        node.room.close()
    return disk.updates


def _trouble(world: World, chance: Any, disk: Disk, wires: Wires, clients: list[Client]) -> Any:
    kind = chance.choice(("lose", "stall", "die", "disk", "bus"))
    seconds = 0.5 * chance.random()
    client, node = chance.choice(clients), chance.choice(wires.nodes)
    if kind == "lose":
        return lambda: (client.lose(), world.after(seconds, client.connect))
    if kind == "stall":
        return client.stall
    if kind == "die":
        return lambda: _die(world, node, clients, seconds)
    if kind == "disk":
        return lambda: _fail(world, disk, "is_down", seconds)
    return lambda: _fail(world, wires, "is_cut", seconds)


def _fail(world: World, what: Any, how: str, seconds: float) -> None:
    setattr(what, how, True)
    world.after(seconds, lambda: setattr(what, how, False))


def _die(world: World, node: Node, clients: list[Client], seconds: float) -> None:
    if not node.is_up:
        return
    node.die()
    world.after(seconds, lambda: None if node.is_up else node.start())
    for client in clients:
        world.after(seconds + 0.01, client.connect)


def _judge(disk: Disk, nodes: list[Node], clients: list[Client]) -> None:
    stored: Doc[Any] = Doc()
    apply_all(stored, disk.updates)
    content = stored.get("m", type=Map).to_py()
    assert BAD_KEY not in content, "what was refused is stored"
    for node in nodes:
        assert node.room.doc.get("m", type=Map).to_py() == content, "a node differs from the log"
        assert clocks(node.room.doc) == clocks(stored)
        assert node.room.head_seq == disk.head
        assert not node.room.is_dirty
    for client in clients:
        if client.id not in client.refused:
            assert client.map.to_py() == content, f"client {client.id} differs from the log"
        for own, clock in client.promised.items():
            assert disk.clocks.get(own, 0) >= clock, f"what client {own} was promised is lost"


def clocks(doc: Doc[Any]) -> dict[int, int]:
    """Return what a document holds of each client."""
    return check_state_vector(doc.get_state())


def main() -> None:
    """Run the seeds from one number to another."""
    first, last = int(sys.argv[1]), int(sys.argv[2])
    for seed in range(first, last):
        try:
            simulate(seed)
        except Exception:
            sys.stderr.write(f"seed {seed} fails\n")
            raise


if __name__ == "__main__":
    main()
