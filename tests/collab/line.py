"""One document on one real socket, in any of the three dialects, one message at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from pycrdt import Doc
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from vitrail.builder import commands, executor
from vitrail.collab.codec import Reader, prefixed, string
from vitrail.collab.wire import Kind

if TYPE_CHECKING:
    from tests.people import Asker

DIALECTS = ("y", "hp", "v")
STEP1, STEP2, UPDATE = range(3)


class Line:
    """A client that knows the protocol and nothing of what the server should allow.

    Attributes:
        scope: What the server lets this client do, in the server's words; y-websocket has none.
        denied: Why the document stays closed, or what was said when an edit was refused.
        doc: What this client has of the document.
    """

    def __init__(self, asker: Asker, dialect: str, name: str, **options: Any) -> None:
        base = options.pop("base", str(asker.http.base_url).rstrip("/").replace("http", "ws"))
        bearer = asker.headers.get("Authorization", "").removeprefix("Bearer ")
        headers = options.pop("headers", asker.headers)
        token = options.pop("token", bearer)
        path = f"/collab/y/{quote(name)}?token={token}" if dialect == "y" else f"/collab/{dialect}"
        self.dialect, self.name = dialect, name
        self.address = b"" if dialect == "y" else string(name)
        self.doc: Doc[Any] = Doc()
        self.scope = self.denied = self.lineage = ""
        self.socket = connect(
            base + path, additional_headers=dict(headers), max_size=None, legacy=True, **options
        )
        if dialect != "y":
            self.send(b"\x02\x00" + string(token))

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    # ---- frames ---------------------------------------------------------------------------

    def send(self, body: bytes) -> None:
        self.socket.send(self.address + body)

    def receive(self) -> tuple[int, Reader]:
        """Return the kind of the next message and the rest of it."""
        frame = self.socket.recv(timeout=20)
        assert isinstance(frame, bytes)
        reader = Reader(frame)
        if len(frame) > 1 and self.address:
            assert reader.string() == self.name
        kind = reader.uint()
        if kind == Kind.AUTH:
            verdict, words = reader.uint(), reader.string()
            self.scope, self.denied = (words, "") if verdict == 2 else ("", words)
        return kind, reader

    def until(self, *kinds: int) -> tuple[int, Reader]:
        while True:
            kind, reader = self.receive()
            if kind in kinds:
                return kind, reader

    def closed(self) -> tuple[int, str]:
        """Read until the server closes the socket; return its code and reason."""
        with pytest.raises(ConnectionClosed) as ended:
            self._read_on()
        assert ended.value.rcvd is not None
        return ended.value.rcvd.code, ended.value.rcvd.reason

    def _read_on(self) -> None:
        while True:
            self.socket.recv(timeout=20)

    # ---- what a client does ---------------------------------------------------------------

    def open(self) -> Line:
        """Wait for the verdict, and if it is good for the whole document."""
        kind, reader = self.until(Kind.AUTH, Kind.SYNC)
        if kind == Kind.AUTH and self.denied:
            return self
        if self.dialect == "v":
            self.lineage = self.until(Kind.LINEAGE)[1].string()
        del reader
        self.pull()
        return self

    def pull(self) -> None:
        """Ask for what is missing, and wait for it: whatever was sent before was dealt with."""
        self.send(b"\x00\x00" + prefixed(self.doc.get_state()))
        while True:
            kind, reader = self.receive()
            if kind == Kind.SYNC:
                step, payload = reader.uint(), reader.bytes()
                if step != STEP1:
                    self.doc.apply_update(payload)
                if step == STEP2:
                    return

    def push(self, update: bytes) -> str:
        """Send an update and wait for its fate: an empty text, or why it was refused."""
        self.send(b"\x00\x02" + prefixed(update))
        if self.dialect == "v":
            kind, reader = self.until(Kind.DURABLE, Kind.REJECT)
            return reader.string() if kind == Kind.REJECT else ""
        if self.dialect == "hp":
            return "" if self.until(Kind.SYNC_STATUS)[1].uint() else "refused"
        self.denied = ""
        self.pull()
        return self.denied

    def run(self, **op: Any) -> bytes:
        """Make an edit with the builder's own commands, on a copy; return the update."""
        copy: Doc[Any] = Doc()
        copy.apply_update(self.doc.get_update())
        before = copy.get_state()
        done = executor.execute(copy, _SITE, commands.decode([op]), executor.Context(locale="fr"))
        assert done.is_ok, done.results
        return copy.get_update(before)

    def write(self, text: str) -> str:
        """Change the page's first title."""
        return self.push(self.run(op="set_text", target={"type": "heading"}, text=text))

    def paint(self, color: str) -> str:
        """Change how the page's first title looks."""
        style = {"color": color}
        return self.push(self.run(op="style", target={"type": "heading"}, set=style))


_SITE: Doc[Any] = Doc()
