"""Blob storage: a folder by default, S3 by URL; names are made by us, never by visitors."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import obstore
from obstore.store import LocalStore

from vitrail.core.errors import NotFound

if TYPE_CHECKING:
    from pathlib import Path


class Blobs:
    """Bytes by name. Writing the same name twice keeps the last."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._store = LocalStore(folder)

    async def put(self, name: str, content: bytes) -> None:
        """Store bytes under a name, wholly or not at all."""
        await obstore.put_async(self._store, name, content)

    async def get(self, name: str) -> bytes:
        """Return the bytes of a name.

        Raises:
            NotFound: Nothing is stored there.
        """
        try:
            result = await obstore.get_async(self._store, name)
            return bytes(await result.bytes_async())
        except (FileNotFoundError, ValueError) as error:  # it will not read a path with `..`
            raise NotFound("there is no such file") from error

    async def names(self) -> list[str]:
        """Return every name."""
        found = obstore.list(self._store)  # pyright: ignore[reportUnknownMemberType]
        return sorted([str(meta["path"]) async for batch in found for meta in batch])

    async def delete(self, name: str) -> None:
        """Forget a name, if it is there."""
        try:
            await obstore.delete_async(self._store, name)
        except FileNotFoundError:
            return


def content_hash(content: bytes) -> str:
    """Return the first 20 hexadecimal digits of the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()[:20]
