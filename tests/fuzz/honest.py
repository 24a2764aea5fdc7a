"""What honest clients send: pycrdt and Yjs, each editing everything that it knows."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pycrdt import Array, Doc, Map, Text, XmlElement, XmlFragment, XmlText

from tests import servers
from vitrail.collab.codec import prefixed

if TYPE_CHECKING:
    from random import Random

SCRIPT = Path(__file__).parents[1] / "peers" / "honest.mjs"
HOSTILE = Path(__file__).parents[1] / "collab" / "hostile.json"
EDITS = 60


def sessions(seed: int) -> list[list[bytes]]:
    """Return the bodies of messages of some clients, each in order."""
    yjs = subprocess.run(
        [servers.node(), SCRIPT, str(seed % (1 << 32)), str(EDITS)],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    found = [[bytes.fromhex(update) for update in made] for made in json.loads(yjs.stdout)]
    found += [_pycrdt(random.Random(f"{seed} {number}")) for number in range(3)]
    return [[update_message(update) for update in updates] for updates in found]


def broken_updates() -> list[bytes]:
    """Return updates that broke pycrdt once, as bodies of messages."""
    return [update_message(bytes.fromhex(x)) for x in json.loads(HOSTILE.read_text()).values()]


def update_message(update: bytes) -> bytes:
    """Return the body of a message with an update."""
    return b"\x00\x02" + prefixed(update)


def _pycrdt(chance: Random) -> list[bytes]:
    doc: Doc[Any] = Doc(client_id=chance.getrandbits(32) + 1)
    updates: list[bytes] = []
    values, text = doc.get("m", type=Map), doc.get("t", type=Text)
    items, tree = doc.get("a", type=Array), doc.get("x", type=XmlFragment)
    tree.children.append(XmlElement("p", {"class": "é"}, [XmlText("x")]))
    subscription = doc.observe(lambda event: updates.append(event.update))
    for number in range(EDITS):
        match chance.randrange(7):
            case 0:
                values[chance.choice("abc")] = chance.choice((number, "é🎉", None, [1, {"k": 2}]))
            case 1:
                values["n"] = Map({"k": Text("x"), "list": Array([1, 2])})
            case 2:
                text.insert(0, chance.choice(("a", "é", "🎉", "long " * 9)))
            case 3 if len(text) > 2:
                text.format(0, 1, {"bold": True}) if str(text)[0].isascii() else text.clear()
            case 4:
                items.append(chance.choice((1, 2.5, "x", b"\x00\x01", True)))
            case 5 if len(items) > 1:
                del items[0]
            case _:
                tree.children.append(XmlElement("div", {"id": str(number)}))
    doc.unobserve(subscription)
    return updates
