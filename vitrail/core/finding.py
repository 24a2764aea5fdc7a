"""What an examination finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Degree(StrEnum):
    """How bad it is."""

    WELL = "ok"
    ODD = "look"
    BROKEN = "FAIL"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        degree: How bad it is.
        part: What was looked at.
        words: What was found.
        advice: What to do; empty when all is well.
    """

    degree: Degree
    part: str
    words: str
    advice: str = ""


def well(part: str, words: str) -> Finding:
    """Return that a part is as it should be."""
    return Finding(Degree.WELL, part, words)


def odd(part: str, words: str, advice: str) -> Finding:
    """Return that a part works, and might be better."""
    return Finding(Degree.ODD, part, words, advice)


def broken(part: str, words: str, advice: str) -> Finding:
    """Return that a part is broken."""
    return Finding(Degree.BROKEN, part, words, advice)
