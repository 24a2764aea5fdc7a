"""Blob storage: a folder by default, S3 by URL; names are made by us, never by visitors."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING

from vitrail.core.errors import NotFound

if TYPE_CHECKING:
    from pathlib import Path

    from obstore.store import LocalStore


class Blobs:
    """Bytes by name. Writing the same name twice keeps the last."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder

    @cached_property
    def _store(self) -> LocalStore:
        from obstore.store import LocalStore  # noqa: PLC0415 - 4 MiB, for the first who need it

        return LocalStore(self._folder)

    async def put(self, name: str, content: bytes) -> None:
        """Store bytes under a name, wholly or not at all."""
        await self._store.put_async(name, content)

    async def get(self, name: str) -> bytes:
        """Return the bytes of a name.

        Raises:
            NotFound: Nothing is stored there.
        """
        try:
            result = await self._store.get_async(name)
            return bytes(await result.bytes_async())
        except (FileNotFoundError, ValueError) as error:  # it will not read a path with `..`
            raise NotFound("there is no such file") from error

    async def names(self) -> list[str]:
        """Return every name."""
        found = self._store.list()  # pyright: ignore[reportUnknownMemberType]
        return sorted([str(meta["path"]) async for batch in found for meta in batch])

    async def delete(self, name: str) -> None:
        """Forget a name, if it is there."""
        try:
            await self._store.delete_async(name)
        except FileNotFoundError:
            return


def content_hash(content: bytes) -> str:
    """Return the first 20 hexadecimal digits of the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()[:20]
