"""JSON inside of updates: strict, and not too deep for those who read it by recursion."""

from __future__ import annotations

import json
import math

from vitrail.collab.codec import Malformed

MAX_DEPTH = 32  # nesting of JSON and Any values


def check_json(text: str) -> None:
    """Refuse what is not JSON, or nested too deep.

    Raises:
        Malformed: It is one of these.
    """
    depth = deepest = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    if deepest > MAX_DEPTH:
        raise Malformed("a value is nested too deep")
    try:
        json.loads(text, parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Malformed("a value is not JSON") from error


def _no_constant(name: str) -> None:
    """Refuse NaN and the infinities, which only Python takes for JSON."""
    raise ValueError(name)


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(text)
    return value
