"""Trusted documents: what a server's own clients ask, known before they ask it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from vitrail.core.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vitrail.core.settings import Settings

APOLLO = "apollo-persisted-query-manifest"


class _Operation(msgspec.Struct):
    id: str
    body: str


class _Manifest(msgspec.Struct):
    format: str
    operations: list[_Operation]


@dataclass(frozen=True)
class Trusted:
    """The documents that a server trusts.

    Attributes:
        texts: By the id that clients send.
        only: Whether no others are taken.
    """

    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    only: bool = False

    @cached_property
    def hashes(self) -> frozenset[str]:
        """SHA-256 of each text, in hexadecimal."""
        return frozenset(hashlib.sha256(text.encode()).hexdigest() for text in self.texts.values())

    def takes(self, digest: str) -> bool:
        """Tell whether a document may be asked for, by its hash."""
        return not self.only or digest in self.hashes


def read_trusted(settings: Settings) -> Trusted:
    """Read the documents that the settings name.

    Raises:
        InvalidInput: The file cannot be read, or is in no format that is known.
    """
    only = settings.graphql_accepts == "trusted"
    if not settings.graphql_documents:
        return Trusted(only=only)
    return Trusted(read_manifest(Path(settings.graphql_documents)), only)


def read_manifest(file: Path) -> dict[str, str]:
    """Read a file of documents: of ids and texts (Relay, GraphQL Code Generator), or Apollo's.

    Raises:
        InvalidInput: It cannot be read, or is neither.
    """
    try:
        found: Any = msgspec.json.decode(file.read_bytes())
        if isinstance(found, dict) and "format" in found:
            manifest = msgspec.convert(found, _Manifest)
            if manifest.format != APOLLO:
                raise InvalidInput(f"{file} has the format {manifest.format!r}, not {APOLLO!r}")
            return {operation.id: operation.body for operation in manifest.operations}
        return msgspec.convert(found, dict[str, str])
    except OSError as error:
        raise InvalidInput(f"the documents {file} cannot be read: {error.strerror}") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise InvalidInput(
            f"{file} is not a file of documents: {error}",
            hint='it is {"id": "query …"}, or the manifest that Apollo writes',
        ) from error
