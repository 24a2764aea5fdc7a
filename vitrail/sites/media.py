"""Media: images are decoded, bounded, and encoded anew; nothing that was uploaded is served."""

from __future__ import annotations

import asyncio
import io
import warnings
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from vitrail.core.accounts import check_name
from vitrail.core.background import in_background
from vitrail.core.blobs import Blobs, content_hash
from vitrail.core.database import record
from vitrail.core.errors import InvalidInput, NotFound, TooLarge
from vitrail.core.ids import new_id
from vitrail.sites import tables as t

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.core.clock import Clock
    from vitrail.core.database import Database
    from vitrail.core.jobs import Jobs

MAX_UPLOAD_BYTES = 20 << 20
MAX_PIXELS = 40_000_000
MAX_SIDE = 16_383  # of WebP
WIDTHS = (480, 960, 1600)
THUMB_WIDTH = 320
WEBP_QUALITY, AVIF_QUALITY = 80, 55
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")


class Media:
    """The image libraries of the sites."""

    def __init__(self, database: Database, blobs: Blobs, jobs: Jobs, clock: Clock) -> None:
        self._database = database
        self._blobs = blobs
        self._jobs = jobs
        self._clock = clock

    async def add(
        self,
        site_id: str,
        name: str,
        content: bytes,
        *,
        alt: Mapping[str, str] | None = None,
        asset_id: str | None = None,
        later: bool = False,
    ) -> dict[str, Any]:
        """Add an image: the WebP sizes at once, the AVIF ones by a job.

        Args:
            site_id: The library's site.
            name: What to call it.
            content: JPEG, PNG, WebP, GIF or AVIF, at most `MAX_UPLOAD_BYTES`.
            alt: Text for those who do not see it, by locale.
            asset_id: Its id, when a page refers to it already.
            later: Leave the smaller WebP sizes to the job too; the content must be WebP.

        Raises:
            TooLarge: It has too many bytes or pixels.
            InvalidInput: It is not an image.
        """
        if len(content) > MAX_UPLOAD_BYTES:
            raise TooLarge(f"an image has at most {MAX_UPLOAD_BYTES >> 20} MB")
        hashed = content_hash(content)
        if later:
            width, height = _size(content)
            encoded = [(width, content)]
        else:
            width, height, encoded = await asyncio.to_thread(_encode, content, "WEBP")
        variants = await self._store(hashed, encoded, "webp")
        row = {
            "id": asset_id or new_id(self._clock),
            "site_id": site_id,
            "name": check_name(name[:200] or "image"),
            "alt": dict(alt or {}),
            "kind": "image",
            "hash": hashed,
            "width": width,
            "height": height,
            "size": sum(v["size"] for v in variants),
            "variants": variants,
            "created_at": self._clock.now(),
        }
        async with self._database.write() as sql:
            await sql.execute(insert(t.asset).values(**row))
            await self._touch(sql, site_id)
            await self._jobs.enqueue(sql, "image-sizes", {"asset": row["id"]})
        self._jobs.wake()
        return describe(row)

    async def _touch(self, sql: AsyncConnection, site_id: str) -> None:
        changed = update(t.site).where(t.site.c.id == site_id)
        await sql.execute(changed.values(updated_at=self._clock.now()))

    async def _store(
        self, hashed: str, encoded: Sequence[tuple[int, bytes]], extension: str
    ) -> list[dict[str, Any]]:
        variants: list[dict[str, Any]] = []
        for width, content in encoded:
            name = f"{hashed}-{width}.{extension}"
            await self._blobs.put(f"media/{name}", content)
            variants.append(
                {"width": width, "format": extension, "name": name, "size": len(content)}
            )
        return variants

    async def make_sizes(self, payload: dict[str, Any]) -> None:
        """Job: add the sizes that an asset lacks, from its largest WebP; AVIF ones come last."""
        async with self._database.read() as sql:
            query = select(t.asset).where(t.asset.c.id == payload["asset"])
            row = (await sql.execute(query)).first()
        if row is None or any(v["format"] == "avif" for v in row.variants):
            return
        largest = max(row.variants, key=lambda v: v["width"])
        source = await self._blobs.get(f"media/{largest['name']}")
        variants = list(row.variants)
        if len(variants) == 1:
            _, _, encoded = await in_background(_encode, source, "WEBP")
            variants += await self._store(row.hash, encoded[:-1], "webp")
        _, _, encoded = await in_background(_encode, source, "AVIF")
        variants += await self._store(row.hash, encoded, "avif")
        async with self._database.write() as sql:
            await sql.execute(
                update(t.asset)
                .where(t.asset.c.id == row.id)
                .values(variants=variants, size=sum(v["size"] for v in variants))
            )

    async def list(self, site_id: str) -> list[dict[str, Any]]:
        """List a site's images, the newest first."""
        async with self._database.read() as sql:
            rows = await sql.execute(
                select(t.asset).where(t.asset.c.site_id == site_id).order_by(t.asset.c.id.desc())
            )
            return [describe(record(row)) for row in rows]

    async def find(self, asset_id: str) -> tuple[str, dict[str, Any]]:
        """Return an image, and the site that has it.

        Raises:
            NotFound: There is no such image.
        """
        async with self._database.read() as sql:
            row = (await sql.execute(select(t.asset).where(t.asset.c.id == asset_id))).first()
        if row is None:
            raise NotFound("there is no such image")
        return row.site_id, describe(record(row))

    async def change(
        self, site_id: str, asset_id: str, *, name: str | None, alt: Mapping[str, str] | None
    ) -> dict[str, Any]:
        """Rename an image or change its alternative texts.

        Raises:
            NotFound: The site has no such image.
        """
        values: dict[str, Any] = {}
        if name is not None:
            values["name"] = check_name(name)
        if alt is not None:
            values["alt"] = {str(k)[:8]: str(v)[:1000] for k, v in alt.items()}
        async with self._database.write() as sql:
            where = (t.asset.c.id == asset_id, t.asset.c.site_id == site_id)
            if values:
                await sql.execute(update(t.asset).where(*where).values(**values))
            row = (await sql.execute(select(t.asset).where(*where))).first()
            if row is None:
                raise NotFound("there is no such image")
            await self._touch(sql, site_id)
        return describe(record(row))

    async def remove(self, site_id: str, asset_id: str) -> None:
        """Take an image out of the library. Published pages keep their copies.

        Raises:
            NotFound: The site has no such image.
        """
        async with self._database.write() as sql:
            gone = await sql.execute(
                delete(t.asset).where(t.asset.c.id == asset_id, t.asset.c.site_id == site_id)
            )
            if gone.rowcount != 1:
                raise NotFound("there is no such image")
            await self._touch(sql, site_id)

    async def file(self, name: str) -> bytes:
        """Return an image's bytes.

        Raises:
            NotFound: There is no such file.
        """
        stem, dot, extension = name.rpartition(".")
        plain = stem.replace("-", "")
        if not dot or extension not in {"webp", "avif"} or not plain.isalnum() or len(name) > 60:
            raise NotFound("there is no such file")
        return await self._blobs.get(f"media/{name}")


def describe(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return an asset as programs see it; the largest WebP is its plain URL."""
    shown = [
        {**{k: v[k] for k in ("width", "format")}, "url": f"/media/{row['id']}/{v['name']}"}
        for v in row["variants"]
    ]
    webp = sorted((v for v in shown if v["format"] == "webp"), key=lambda v: v["width"])
    return {
        "id": row["id"],
        "name": row["name"],
        "alt": row["alt"],
        "width": row["width"],
        "height": row["height"],
        "size": row["size"],
        "kind": row["kind"],
        "url": webp[-1]["url"],
        "thumb": webp[0]["url"],
        "variants": shown,
    }


def _too_many_pixels() -> TooLarge:
    return TooLarge(f"an image has at most {MAX_PIXELS // 10**6} million pixels")


def _size(content: bytes) -> tuple[int, int]:
    from PIL import Image  # noqa: PLC0415 - heavy, rarely needed

    with Image.open(io.BytesIO(content), formats=("WEBP",)) as opened:
        return opened.size


def _encode(content: bytes, form: str) -> tuple[int, int, list[tuple[int, bytes]]]:
    """Decode an image and encode it at several widths; return its size and (width, bytes) each."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - heavy, rarely needed

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise _too_many_pixels()
                upright = ImageOps.exif_transpose(opened)
                mode = (
                    "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB"
                )
                image = upright.convert(mode)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _too_many_pixels() from error
    except (UnidentifiedImageError, OSError, RuntimeError, SyntaxError, ValueError) as error:
        raise InvalidInput(
            "this file is not an image that can be read", hint="send JPEG, PNG, WebP, GIF or AVIF"
        ) from error
    largest = min(image.width, WIDTHS[-1])
    if image.height * largest > MAX_SIDE * image.width:
        raise TooLarge(f"an image is at most {MAX_SIDE} pixels high")
    widths = sorted({*((THUMB_WIDTH,) if form == "WEBP" else ()), *WIDTHS, largest})
    out: list[tuple[int, bytes]] = []
    for width in (w for w in widths if w <= largest):
        height = max(1, round(image.height * width / image.width))
        resized = image.resize(  # pyright: ignore[reportUnknownMemberType]  - NumPy's types
            (width, height), Image.Resampling.LANCZOS
        )
        buffer = io.BytesIO()
        quality = WEBP_QUALITY if form == "WEBP" else AVIF_QUALITY
        options = {} if form == "WEBP" else {"speed": 8}
        resized.save(buffer, form, quality=quality, **options)
        out.append((width, buffer.getvalue()))
    return largest, max(1, round(image.height * largest / image.width)), out
