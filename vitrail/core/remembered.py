"""Answers to who may do what, remembered for a moment.

A thousand people who come back at once ask the same few questions of the database. An answer is as good
as a socket that is open: what changes access reaches both within the same half second, and at once on
the node where it was changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable

    from vitrail.core.clock import Clock

T = TypeVar("T")
# After a look at the database; without a new one nothing is taken from memory.
GOOD_SECONDS = 1.0
# Names and colours change without a change of access; they are as old as this at most.
KEEP_SECONDS = 10.0
MAX_ANSWERS = 10_000


class Remembered:
    """Answers, until access changes. Refusals are not remembered.

    Attributes:
        generation: Moves on when answers are forgotten: those of before may be old.
        wanted: Called when the last look is too old for what is asked.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._answers: dict[Hashable, Any] = {}
        self._good_until = self._emptied_at = clock.monotonic()
        self.generation = 0
        self.wanted: Callable[[], None] = lambda: None

    async def ask(self, key: Hashable, question: Callable[[], Awaitable[T]]) -> T:
        """Return what is known, or else ask, and remember it."""
        if self._clock.monotonic() < self._good_until:
            known: T | None = self._answers.get(key)
            if known is not None:
                return known
        else:
            self.wanted()
        generation = self.generation
        answer = await question()
        if generation == self.generation and len(self._answers) < MAX_ANSWERS:
            self._answers[key] = answer
        return answer

    @property
    def is_asked(self) -> bool:
        """Whether anybody has asked lately, so that it is worth looking at the database."""
        return bool(self._answers)

    def looked(self) -> None:
        """Take note that access was looked at, and is as it was."""
        now = self._clock.monotonic()
        self._good_until = now + GOOD_SECONDS
        if now - self._emptied_at > KEEP_SECONDS:
            self.forget()

    def forget(self) -> None:
        """Forget everything: access has changed."""
        self._answers.clear()
        self.generation += 1  # what is being asked just now may be of before
        self._emptied_at = self._clock.monotonic()


class Lately:
    """What happened within some time, by key.

    Args:
        clock: The clock.
        seconds: How long it is told.
    """

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._at: dict[Hashable, float] = {}

    def note(self, key: Hashable) -> None:
        """Take note that it happened now."""
        now = self._clock.monotonic()
        for old in [known for known, at in self._at.items() if now - at > self._seconds]:
            del self._at[old]
        self._at[key] = now

    def knows(self, key: Hashable) -> bool:
        """Tell whether it happened lately."""
        at = self._at.get(key)
        return at is not None and self._clock.monotonic() - at <= self._seconds
