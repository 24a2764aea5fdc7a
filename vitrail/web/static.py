"""The built editor's files: named after their content, so browsers keep them for good."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import Response

from vitrail.core.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from starlette.types import Receive, Scope, Send

# The build leaves each file three times; the smallest that the browser reads is sent.
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Built:
    """One file: its media type, and its bytes by content encoding ("" for as it is)."""

    kind: str
    bodies: Mapping[str, bytes] = field(repr=False)


def read_built(folder: Path) -> dict[str, Built]:
    """Read every built file into memory, by its path in the folder: some 2 MB."""
    endings = {ending for _, ending in ENCODINGS}
    found: dict[str, Built] = {}
    for path in sorted((folder / "assets").iterdir()):
        if path.suffix in endings:
            continue
        bodies = {"": path.read_bytes()}
        for name, ending in ENCODINGS:
            packed = path.with_name(path.name + ending)
            if packed.exists():
                bodies[name] = packed.read_bytes()
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if path.suffix == ".js":
            kind = "text/javascript"
        found[f"assets/{path.name}"] = Built(kind, bodies)
    return found


class Static:
    """Answer requests for built files, from memory."""

    def __init__(self, folder: Path) -> None:
        self._files = read_built(folder)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one GET or HEAD.

        Raises:
            NotFound: No such file was built.
        """
        path = scope["path"].removeprefix(scope.get("root_path", "")).lstrip("/")
        built = self._files.get(path)
        if built is None or scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            raise NotFound("there is no such file", hint="reload the page: a new version is here")
        accepted = Headers(scope=scope).get("accept-encoding", "")
        names = {part.split(";")[0].strip() for part in accepted.split(",")}
        encoding = next((n for n, _ in ENCODINGS if n in names and n in built.bodies), "")
        headers = {**HEADERS, **({"Content-Encoding": encoding} if encoding else {})}
        response = Response(built.bodies[encoding], headers=headers, media_type=built.kind)
        await response(scope, receive, send)
