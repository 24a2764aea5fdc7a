"""Attack after attack from one seed, each judged by what it does to everybody else."""

from __future__ import annotations

import hashlib
import random
import statistics
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz import honest, mutation
from tests.fuzz.attack import DIALECTS, DOCUMENTS, SCOPES, Attack, How
from tests.fuzz.grammar import Grammar
from tests.fuzz.target import Editor, Probe, Target

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.servers import Vitrail

CORPUS = Path(__file__).parent / "corpus"
MAX_STALL_SECONDS = 0.25
MAX_GROWTH_BYTES = 100 << 20
WARM_UP = 60  # attacks before the memory is noted
ROUND = 150  # attacks on one free document


def read(path: Path) -> Attack:
    """Read an attack of the corpus."""
    return Attack.decode(zlib.decompress(path.read_bytes()))


class Finding(Exception):  # noqa: N818 - it is what was looked for, no error of ours
    """The server did what it must not do. Its text says how to see it again."""


class Campaign:
    """Attacks from a seed, on a server of its own."""

    def __init__(self, server: Vitrail, seed: int) -> None:
        self.seed = seed
        self.played = self.sent = 0  # attacks, and what they sent
        self.target = Target(server)
        self.worst = 0.0
        self.grown = 0
        self._sessions = honest.sessions(seed)
        self._pool = [m for session in self._sessions for m in session] + honest.broken_updates()
        self._quiet = 0.0
        self._copies = 0  # of documents on which one attack is played by itself
        self._probe = Probe(self.target)

    def run(self, seconds: float) -> None:
        """Replay the corpus, then make attacks until the time is over.

        Raises:
            Finding: One of them broke something; it was written to the corpus.
        """
        self._probe.start()
        for _ in range(200):
            self._quiet = max(self._quiet, self._probe.take().computed)
        end = time.monotonic() + seconds
        kept = map(read, sorted(CORPUS.glob("*.bin")))
        before = 0
        attacks = self._attacks()
        for number in range(1 << 30):
            self.target.free = f"doc:fuzz-{number}"
            editor = Editor(self.target)
            editor.start()
            for attack in kept:
                self._judge(attack)
            for attack in attacks:
                self._judge(attack)
                if self.played == WARM_UP:
                    before = self.target.memory()
                if self.played % ROUND == 0 or time.monotonic() > end:
                    break
            if wrong := editor.finish():
                raise Finding(f"{wrong} (seed {self.seed}, attacks before {self.played})")
            if before:
                self.grown = self.target.memory() - before
                if self.grown > MAX_GROWTH_BYTES:
                    raise Finding(f"memory grew by {self.grown >> 20} MiB (seed {self.seed})")
            if time.monotonic() > end:
                break
        self._probe.stop()

    def _attacks(self) -> Iterator[Attack]:
        while True:
            yield self._make(random.Random(f"{self.seed} {self.played}"))

    def _make(self, chance: Random) -> Attack:
        messages, grammar = self._messages(chance), Grammar(chance)
        if chance.random() < 0.3:
            messages += [grammar.message() for _ in range(3)]
        if chance.random() < 0.5:
            messages = mutation.shuffle(chance, messages)
        steps: list[tuple[How, bytes]] = [(How.BODY, message) for message in messages]
        if chance.random() < 0.1:
            steps.append(
                (How.MESSAGE, mutation.mutate(chance, b"\x05doc:x\x02\x00\x01x", self._pool))
            )
        if chance.random() < 0.15:
            steps += mutation.frames(chance, chance.choice(self._pool))
        return Attack(
            chance.choice(DIALECTS),
            chance.choices(DOCUMENTS, (6, 2, 2))[0],
            chance.choices(SCOPES, (9, 1))[0],
            tuple(steps),
        )

    def _messages(self, chance: Random) -> list[bytes]:
        if chance.random() < 0.5:
            grammar = Grammar(chance)
            messages = [grammar.message() for _ in range(chance.choice((1, 3, 10)))]
            spoilt = chance.random() < 0.3
        else:
            session = chance.choice(self._sessions)
            messages = session[: chance.choice((3, 10, len(session)))]
            spoilt = True
        if spoilt:
            at = chance.randrange(len(messages))
            messages[at] = mutation.mutate(chance, messages[at], self._pool)
        return messages

    # ---- judgement ------------------------------------------------------------------------

    def _judge(self, attack: Attack) -> None:
        self.played += 1
        self.sent += len(attack.steps)
        self._probe.take()
        try:
            self.target.play(attack)
            longest = self._probe.take().waited
        except OSError as error:
            self._found(attack, f"the server does not answer: {error!r}")
        if not self.target.is_alive() or not self._probe.is_alive():
            self._found(attack, "a serving process died")
        if longest > MAX_STALL_SECONDS:
            # Others use this machine too: only what stalls again and again, by itself, counts, and
            # for no longer than the event loop computed.
            longest = statistics.median(self._alone(attack) for _ in range(3))
            if longest > MAX_STALL_SECONDS + self._quiet:
                self._found(attack, f"the event loop stalled for {longest:.2f} s")
        self.worst = max(self.worst, longest)

    def _alone(self, attack: Attack) -> float:
        shared = self.target.free
        self._copies += 1
        self.target.free = f"doc:fuzz-alone-{self._copies}"
        self._probe.take()
        self.target.play(attack)
        self.target.free = shared
        return min(self._probe.take())

    def _found(self, attack: Attack, what: str) -> None:
        data = zlib.compress(attack.encode(), 9)
        path = CORPUS / f"{hashlib.sha256(data).hexdigest()[:12]}.bin"
        path.write_bytes(data)
        raise Finding(
            f"{what}; kept as {path.name}, {len(data)} bytes "
            f"(seed {self.seed}, attack {self.played})"
        )
