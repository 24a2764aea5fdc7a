"""Honest messages made dishonest: bytes, the order of messages, and the frames around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.collab.test_rfc6455 import frame
from tests.fuzz.attack import How

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

EDGES = (0, 1, 2, 4, 8, 10, 32, 64, 117, 118, 119, 127, 128, 255)
LIES = (b"\x80\x80\x40", b"\xff\xff\xff\xff\x0f", b"\xff" * 7 + b"\x0f", b"\x80" * 10)


def mutate(chance: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """Return a message with one to four things wrong."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(len(out) + 1)
        end = min(len(out), at + chance.choice((1, 2, 8, 64)))
        match chance.randrange(8):
            case 0 if at < len(out):
                out[at] ^= 1 << chance.randrange(8)
            case 1 if at < len(out):
                out[at] = chance.choice(EDGES)
            case 2:
                del out[at:end]
            case 3:
                out[at:at] = out[at:end] * chance.choice((1, 2, 200))
            case 4:
                del out[at:]
            case 5:
                out[at : at + 1] = chance.choice(LIES)
            case 6:
                other = chance.choice(others)
                start = chance.randrange(len(other) + 1)
                out[at:end] = other[start : start + chance.choice((4, 40, 400))]
            case _:
                out[at:at] = chance.randbytes(chance.choice((1, 4)))
    return bytes(out)


def shuffle(chance: Random, messages: list[bytes]) -> list[bytes]:
    """Return messages with some repeated, lost, reordered or glued together."""
    out = list(messages)
    for _ in range(chance.choice((0, 1, 3))):
        if not out:
            break
        one, other = chance.randrange(len(out)), chance.randrange(len(out))
        match chance.randrange(4):
            case 0:
                out.insert(other, out[one])
            case 1:
                out[one], out[other] = out[other], out[one]
            case 2:
                del out[one]
            case _:
                out[one] += out[other]
    return out


def frames(chance: Random, message: bytes) -> list[tuple[How, bytes]]:
    """Return a message as frames that are cut, wrong or spread over several writes."""
    match chance.randrange(6):
        case 0:
            cut = chance.randrange(len(message) + 1)
            whole = frame(2, message[:cut], fin=False) + frame(0, message[cut:])
        case 1:
            whole = frame(chance.randrange(16), message, rsv=chance.choice((0, 0, 1, 4)))
        case 2:
            whole = frame(2, message, width=8)
        case 3:
            whole = frame(2, message) + frame(9, b"x" * chance.choice((0, 125, 126)))
        case 4:
            whole = mutate(chance, frame(2, message), [b"\x88\x80\x00\x00\x00\x00"])
        case _:
            whole = frame(2, message)[: chance.randrange(1, len(message) + 7)]
    at = chance.randrange(len(whole) + 1)
    return [(How.RAW, part) for part in (whole[:at], whole[at:]) if part]
