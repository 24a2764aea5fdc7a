"""Blobs keep what they are given, whole, and nothing outside their folder."""

from __future__ import annotations

import pytest

from vitrail.core.blobs import Blobs, content_hash
from vitrail.core.errors import NotFound

OUTSIDE = [
    "../secret",
    "../../etc/passwd",
    "/etc/passwd",
    "media/../../secret",
    "..",
    ".",
    "a//b",
    "a\x00b",
    "%2e%2e/secret",
    "..\\secret",
]


@pytest.fixture
def blobs(tmp_path) -> Blobs:
    (tmp_path / "secret").write_text("secret")
    return Blobs(tmp_path / "blobs")


async def test_what_was_put_is_got_and_the_last_counts(blobs):
    await blobs.put("media/a.webp", b"one")
    await blobs.put("media/a.webp", b"two")
    assert await blobs.get("media/a.webp") == b"two"
    await blobs.delete("media/a.webp")
    await blobs.delete("media/a.webp")
    with pytest.raises(NotFound):
        await blobs.get("media/a.webp")


@pytest.mark.parametrize("name", OUTSIDE)
async def test_no_name_leads_out_of_the_folder(blobs, tmp_path, name):
    with pytest.raises(NotFound):
        await blobs.get(name)
    assert (tmp_path / "secret").read_text() == "secret"


async def test_an_empty_blob_is_one(blobs):
    await blobs.put("empty", b"")
    assert await blobs.get("empty") == b""


def test_a_hash_tells_contents_apart():
    assert content_hash(b"a") == content_hash(b"a") != content_hash(b"b")
    assert len(content_hash(b"")) == 20
