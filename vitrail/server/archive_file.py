"""The file of a backup: a zip with a manifest, tables as lines of JSON, and blobs.

    manifest.json             format, version, revision of the tables, date, and of each part its digest
    tables/NAME.jsonl         a row a line: bytes in base64, moments in ISO 8601
    blobs/NAME                as they are stored

It belongs to neither database: a backup of SQLite can be restored into PostgreSQL, and back.
"""

from __future__ import annotations

import base64
import hashlib
import zipfile
import zlib
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import DateTime, LargeBinary

from vitrail.core.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from sqlalchemy import Table

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20
MAX_MANIFEST_BYTES = 256 << 20


class Part(msgspec.Struct, frozen=True):
    """A part: how large it is unpacked, and its SHA-256 in hexadecimal digits."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What a backup is.

    Attributes:
        format: `FORMAT`.
        vitrail: Version that made it.
        revision: Of the tables.
        made_at: When.
        parts: Every other member of the zip.
    """

    format: int
    vitrail: str
    revision: str
    made_at: datetime
    parts: dict[str, Part]


def table_part(table: Table) -> str:
    """Return the name of a table's part."""
    return f"tables/{table.name}.jsonl"


class ArchiveWriter:
    """Writes a backup; the manifest comes last."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self.parts: dict[str, Part] = {}

    @contextmanager
    def part(self, name: str) -> Generator[Callable[[bytes], None]]:
        """Open a part; what is yielded takes its bytes."""
        digest = hashlib.sha256()
        size = 0
        with self._file.open(name, "w", force_zip64=True) as out:

            def write(content: bytes) -> None:
                nonlocal size
                digest.update(content)
                size += len(content)
                out.write(content)

            yield write
        self.parts[name] = Part(size, digest.hexdigest())

    def finish(self, version: str, revision: str, made_at: datetime) -> None:
        """Write the manifest."""
        manifest = Manifest(FORMAT, version, revision, made_at, self.parts)
        self._file.writestr(MANIFEST, msgspec.json.encode(manifest))


class ArchiveReader:
    """A backup that is whole: its digests were looked at."""

    def __init__(self, file: zipfile.ZipFile, manifest: Manifest) -> None:
        self._file = file
        self.manifest = manifest

    @property
    def blobs(self) -> list[str]:
        """The names of its blobs."""
        parts = self.manifest.parts
        return [name.removeprefix("blobs/") for name in parts if name.startswith("blobs/")]

    def blob(self, name: str) -> bytes:
        """Return a blob."""
        return self._file.read(f"blobs/{name}")

    def rows(self, table: Table) -> Iterator[dict[str, Any]]:
        """Yield the rows of a table in the order in which they were written."""
        packed = [c.name for c in table.columns if isinstance(c.type, LargeBinary)]
        moments = [c.name for c in table.columns if isinstance(c.type, DateTime)]
        with self._file.open(table_part(table)) as lines:
            for line in lines:
                row: dict[str, Any] = msgspec.json.decode(line)
                for name in packed:
                    row[name] = None if row[name] is None else base64.b64decode(row[name])
                for name in moments:
                    row[name] = None if row[name] is None else datetime.fromisoformat(row[name])
                yield row


@contextmanager
def read_archive(path: Path) -> Generator[ArchiveReader]:
    """Open a backup and hold every part against its digest, before anything is used.

    Raises:
        InvalidInput: It cannot be read, is cut off or was altered, or is of another format.
    """
    try:
        file = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise _broken(path, str(error)) from error
    with file:
        try:
            manifest = _verify(file)
        except (
            OSError,
            EOFError,
            ValueError,
            KeyError,
            NotImplementedError,
            zipfile.BadZipFile,
            zlib.error,
            msgspec.DecodeError,
        ) as error:
            raise _broken(path, str(error)) from error
        yield ArchiveReader(file, manifest)


def _verify(file: zipfile.ZipFile) -> Manifest:
    if file.getinfo(MANIFEST).file_size > MAX_MANIFEST_BYTES:
        raise ValueError("its manifest is too large")
    manifest = msgspec.json.decode(file.read(MANIFEST), type=Manifest)
    if manifest.format != FORMAT:
        raise ValueError(f"its format is {manifest.format}, and this version reads {FORMAT}")
    if sorted(file.namelist()) != sorted([MANIFEST, *manifest.parts]):
        raise ValueError("parts are missing, or there are more than it says")
    for name, part in manifest.parts.items():
        digest = hashlib.sha256()
        size = 0
        with file.open(name) as content:
            while chunk := content.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if size > part.size:
                    break
        if Part(size, digest.hexdigest()) != part:
            raise ValueError(f"{name} was altered")
    return manifest


def _broken(path: Path, why: str) -> InvalidInput:
    return InvalidInput(
        f"{path} is not a whole backup of Vitrail: {why}",
        hint="nothing was changed; take another copy of it, or an older backup",
    )
