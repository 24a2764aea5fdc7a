"""Order keys between any two others (fractional indexing, base 62).

The algorithm is that of D. Greenspan, "Implementing Fractional Indexing" (2020), as in the npm
package `fractional-indexing` that the editor uses; both give the same keys.
"""

import math
import re
import secrets
from collections.abc import Callable

Random = Callable[[], float]
"""A source of numbers in [0, 1)."""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUE = {digit: value for value, digit in enumerate(DIGITS)}
_SMALLEST = "A" + "0" * 26
# Longer keys are malformed: no sequence of edits that repair follows makes them.
_MAX_KEY_LENGTH = 1024
_SHAPE = re.compile(r"[0-9A-Za-z]+")


def secure_random() -> float:
    """Return a number in [0, 1) that nobody can guess."""
    return secrets.randbits(53) / 2**53


def _integer_length(head: str) -> int:
    if head >= "a":
        return ord(head) - ord("a") + 2
    return ord("Z") - ord(head) + 2


def is_key(key: object) -> bool:
    """Tell whether `key` is an order key that both languages accept."""
    if not isinstance(key, str) or len(key) > _MAX_KEY_LENGTH or not _SHAPE.fullmatch(key):
        return False
    if key[0] < "A":
        return False
    length = _integer_length(key[0])
    if length > len(key) or key.startswith(_SMALLEST):
        return False
    return len(key) == length or not key.endswith("0")


def _midpoint(low: str, high: str | None) -> str:
    """Return the shortest fraction strictly between two; `high` None stands for one."""
    if high is not None:
        common = 0
        while common < len(high) and (low[common : common + 1] or "0") == high[common]:
            common += 1
        if common:
            return high[:common] + _midpoint(low[common:], high[common:])
    first = _VALUE[low[0]] if low else 0
    last = _VALUE[high[0]] if high else len(DIGITS)
    if last - first > 1:
        # Rounds halves up, as `Math.round` does, so that both languages agree.
        return DIGITS[math.floor((first + last) / 2 + 0.5)]
    if high is not None and len(high) > 1:
        return high[0]
    return DIGITS[first] + _midpoint(low[1:], None)


def _increment(integer: str) -> str | None:
    head, digits = integer[0], list(integer[1:])
    for place in range(len(digits) - 1, -1, -1):
        value = _VALUE[digits[place]] + 1
        if value < len(DIGITS):
            digits[place] = DIGITS[value]
            return head + "".join(digits)
        digits[place] = "0"
    if head == "z":
        return None
    if head == "Z":
        return "a0"
    following = chr(ord(head) + 1)
    if following > "a":
        digits.append("0")
    else:
        digits.pop()
    return following + "".join(digits)


def _decrement(integer: str) -> str | None:
    head, digits = integer[0], list(integer[1:])
    for place in range(len(digits) - 1, -1, -1):
        value = _VALUE[digits[place]] - 1
        if value >= 0:
            digits[place] = DIGITS[value]
            return head + "".join(digits)
        digits[place] = "z"
    if head == "A":
        return None
    if head == "a":
        return "Zz"
    preceding = chr(ord(head) - 1)
    if preceding < "Z":
        digits.append("z")
    else:
        digits.pop()
    return preceding + "".join(digits)


def _split(key: str) -> tuple[str, str]:
    length = _integer_length(key[0])
    return key[:length], key[length:]


def _generate(after: str | None, before: str | None) -> str:
    if after is None:
        if before is None:
            return "a0"
        integer, fraction = _split(before)
        if integer == _SMALLEST:
            return integer + _midpoint("", fraction)
        if integer < before:
            return integer
        smaller = _decrement(integer)
        if smaller is None:
            raise ValueError("no key below the smallest")
        return smaller
    integer, fraction = _split(after)
    larger = _increment(integer)
    if before is None:
        return larger if larger is not None else integer + _midpoint(fraction, None)
    if before.startswith(integer) and _split(before)[0] == integer:
        return integer + _midpoint(fraction, _split(before)[1])
    if larger is not None and larger < before:
        return larger
    return integer + _midpoint(fraction, None)


def _open_key(after: str | None, before: str | None) -> str:
    """Leave room below `before` so that any tail after the key still sorts under it."""
    key = _generate(after, before)
    while before is not None and before.startswith(key):
        key = _generate(key, before)
    return key


def _digit(random: Random, first: int) -> str:
    return DIGITS[first + math.floor(random() * (len(DIGITS) - first))]


def key_between(after: str | None, before: str | None, random: Random) -> str:
    """Make a key between two others; its random tail keeps two people's keys apart.

    Args:
        after: Key below the new one, or None for the start; valid, as `is_key` says.
        before: Key above it, or None for the end; greater than `after`.
        random: Drawn from twice.
    """
    return _open_key(after, before) + _digit(random, 0) + _digit(random, 1)


def keys_between(after: str | None, before: str | None, count: int, random: Random) -> list[str]:
    """Make `count` rising keys under one random prefix, so that two pasted runs stay apart."""
    prefix = key_between(after, before, random)
    if count == 1:
        return [prefix]
    width = 1
    while 62**width < count:
        width += 1
    keys: list[str] = []
    for index in range(count):
        rest, digits = index, ""
        for _ in range(width):
            rest, value = divmod(rest, 62)
            digits = DIGITS[value] + digits
        keys.append(f"{prefix}{digits}V")
    return keys
