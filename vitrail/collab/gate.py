"""The gate of a process: asks who may open what, and remembers it until access changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vitrail.collab.ports import Admission, Gate
    from vitrail.core.access import Actor
    from vitrail.core.remembered import Remembered


class RememberingGate:
    """A `Gate` that asks another.

    Args:
        gate: Decides.
        remembered: What it has decided.
    """

    def __init__(self, gate: Gate, remembered: Remembered) -> None:
        self._gate = gate
        self._remembered = remembered

    async def admit(self, actor: Actor, name: str) -> Admission:
        """Return what an actor may do to a document; see `Gate.admit`."""
        key = ("admit", actor.user_id, actor.secret_id, actor.session_hash, name)
        return await self._remembered.ask(key, lambda: self._gate.admit(actor, name))

    async def refresh(self, actor: Actor) -> Actor:
        """Read an actor's roles anew; see `Gate.refresh`."""
        key = ("refresh", actor.user_id, actor.secret_id, actor.session_hash)
        return await self._remembered.ask(key, lambda: self._gate.refresh(actor))
