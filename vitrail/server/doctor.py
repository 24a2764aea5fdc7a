"""`vitrail doctor`: looks at everything that a server stands on, and says what to do. It changes nothing.

Findings come in three degrees: well, to be looked at, and broken; only the last makes it fail.
"""

from __future__ import annotations

import os
import shutil
import stat
from typing import TYPE_CHECKING

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from vitrail.collab.quarantine import Quarantine
from vitrail.collab.segments import moment
from vitrail.core import tables as core
from vitrail.core.clock import SystemClock, aware
from vitrail.core.database import Database
from vitrail.core.errors import Unavailable
from vitrail.core.finding import Finding, broken, odd, well
from vitrail.core.migrate import is_current
from vitrail.server.doctor_files import examine_files
from vitrail.server.doctor_logs import examine_logs
from vitrail.server.doctor_past import examine_past

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncConnection

    from vitrail.core.clock import Clock
    from vitrail.core.settings import Settings

LEAST_FREE_BYTES, WANTED_FREE_BYTES = 256 << 20, 2 << 30
MAX_CLOCK_SECONDS = 5.0
REDIS_SECONDS = 3.0


async def examine(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Finding]:
    """Yield what is found, in the order in which things stand on each other."""
    clock = clock or SystemClock()
    for finding in _settings(settings):
        yield finding
    if not settings.folder.is_dir():
        yield broken(
            "data folder",
            f"there is no folder {settings.folder}",
            "`vitrail serve` makes it; if it was there before, name the right one with --data",
        )
        if settings.is_sqlite:
            return
    else:
        for finding in (*_folder(settings), _disk(settings)):
            yield finding
    async for finding in _database(settings, clock):
        yield finding
    yield await _redis(settings)


def _settings(settings: Settings) -> Iterator[Finding]:
    yield well("settings", "every VITRAIL_ name is known and every value can be read")
    if settings.metrics == "open":
        yield odd(
            "settings",
            "VITRAIL_METRICS=open shows the metrics to everybody",
            "use `token`, and a token with scope `metrics` in Prometheus",
        )
    if settings.base_url.startswith("http://") and "//localhost" not in settings.base_url:
        yield odd(
            "settings",
            "VITRAIL_BASE_URL is not https: passwords and cookies cross the network as they are",
            "put a proxy with TLS in front, and set its https address",
        )
    if not settings.is_sqlite and not settings.redis_url:
        yield odd(
            "settings",
            "PostgreSQL is used without Redis: other nodes' edits come up to half a second late",
            "set VITRAIL_REDIS_URL, unless this node is alone",
        )


def _folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.folder
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield broken(
            "data folder",
            f"{folder} cannot be read and written by this user",
            "run this as the server's user, or give that user the folder (chown -R)",
        )
        return
    is_exposed = bool(folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    foreign = [path for path in (folder, *folder.glob("*")) if path.stat().st_uid != os.geteuid()]
    if is_exposed:
        yield odd(
            "data folder",
            f"other users of this machine can read {folder}, with all accounts in it",
            f"chmod 700 {folder}",
        )
    if foreign:
        yield odd(
            "data folder",
            f"{foreign[0]} belongs to another user than the one who asks",
            "run this as the server's user; if that is you, chown -R the folder",
        )
    if not is_exposed and not foreign:
        yield well("data folder", f"{folder} is there, and its owner's only")


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.folder).free
    words = f"{free / (1 << 30):.1f} GiB are free where {settings.folder} lies"
    advice = "make room: a full disk stops edits from being saved (none is lost that was)"
    if free < LEAST_FREE_BYTES:
        return broken("disk", words, advice)
    return odd("disk", words, advice) if free < WANTED_FREE_BYTES else well("disk", words)


async def _database(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    url = settings.sql_url
    if settings.is_sqlite:
        path = settings.folder / "vitrail.db"
        if not settings.database_url and not path.exists():
            advice = "`vitrail serve` makes it; if it was there before, restore it from a backup"
            yield broken("database", f"there is no file {path}", advice)
            return
        url = read_only(url)
    try:
        async with Database(url, looks_only=True) as database:
            async for finding in _tables(database, clock, settings.folder / "blobs"):
                yield finding
    except Unavailable as error:
        yield broken("database", error.message, error.hint or "")
    except (SQLAlchemyError, OSError) as error:
        kind = type(error).__name__  # its text may hold the password of the URL
        yield broken(
            "database",
            f"it does not answer ({kind})",
            "is VITRAIL_DATABASE_URL right, and does the server run?",
        )


def read_only(url: str) -> str:
    """Return the URL by which SQLite opens a file without writing to it or beside it."""
    path = url.partition(":///")[2]
    # Without a log beside it nobody has it open, and SQLite need not make one to read it.
    calm = "" if os.path.exists(f"{path}-wal") else "&immutable=1"  # noqa: PTH110
    return f"sqlite+aiosqlite:///file:{path}?mode=ro{calm}&uri=true"


async def _tables(database: Database, clock: Clock, files: Path) -> AsyncIterator[Finding]:
    if not await is_current(database):
        advice = "`vitrail serve` migrates it" if database.is_sqlite else "run `vitrail migrate`"
        yield broken("database", "it is not at this version of Vitrail", advice)
        return
    yield well("database", "it answers, and is at this version")
    async with database.read() as sql:
        found = await _sqlite(sql) if database.is_sqlite else []
        found.append(await _clock(sql, clock, is_sqlite=database.is_sqlite))
        found.append(await _owner(sql))
    for finding in found:
        yield finding
    async for finding in examine_logs(database, clock):
        yield finding
    async for finding in examine_past(database):
        yield finding
    async for finding in examine_files(database, files):
        yield finding
    async for finding in _kept_out(database, clock):
        yield finding


async def _kept_out(database: Database, clock: Clock) -> AsyncIterator[Finding]:
    for found in await Quarantine(database, clock).kept_out():
        for dose in found.doses:
            saved = f"flights/{dose.digest.hex()[:16]}.poison"
            since = f" since {moment(dose.at):%Y-%m-%d %H:%M} UTC" if dose.at else ""
            yield odd(
                "poison",
                f"{found.name}: an update of {dose.actor_id or 'nobody'} is kept out{since}",
                f"it ended a process; others can go on. Please send {saved} to those who make Vitrail",
            )


async def _sqlite(sql: AsyncConnection) -> list[Finding]:
    found: list[Finding] = []
    whole = [row[0] for row in (await sql.execute(text("PRAGMA quick_check(3)"))).all()]
    if whole == ["ok"]:
        found.append(well("database file", "its pages are whole"))
    else:
        advice = "stop the server, keep a copy of the file, restore the last backup"
        found.append(broken("database file", f"it is damaged: {whole[0]}", advice))
    orphans = (await sql.execute(text("PRAGMA foreign_key_check"))).all()
    if orphans:
        tables = ", ".join(sorted({f"{row[0]} without its {row[2]}" for row in orphans}))
        found.append(
            broken(
                "rows",
                f"{len(orphans)} rows belong to nothing: {tables}",
                "they harm nobody; a restored backup has none, and tell us how they came about",
            )
        )
    else:
        found.append(well("rows", "none is without what it belongs to"))
    return found


async def _clock(sql: AsyncConnection, clock: Clock, *, is_sqlite: bool) -> Finding:
    advice = "set the clock (NTP): sign-in links, sessions and dates of edits depend on it"
    if not is_sqlite:
        theirs = (await sql.execute(text("SELECT clock_timestamp()"))).scalar_one()
        apart = abs((aware(theirs) - clock.now()).total_seconds())
        if apart > MAX_CLOCK_SECONDS:
            words = f"this machine and the database differ by {apart:.0f} s"
            return broken("clock", words, advice)
    newest = (await sql.execute(select(func.max(core.session.c.created_at)))).scalar_one()
    if newest is not None and (aware(newest) - clock.now()).total_seconds() > MAX_CLOCK_SECONDS:
        return broken("clock", "the last sign-in lies in the future: the clock went back", advice)
    return well("clock", f"it says {clock.now():%Y-%m-%d %H:%M} UTC")


async def _owner(sql: AsyncConnection) -> Finding:
    query = select(func.count()).select_from(core.grant).where(core.grant.c.role == "owner")
    if (await sql.execute(query)).scalar_one():
        return well("accounts", "there is an owner")
    return broken("accounts", "there is no owner", "vitrail user add EMAIL --role owner")


async def _redis(settings: Settings) -> Finding:
    if not settings.redis_url:
        return well("redis", "none is set: this node is alone, or reads other nodes' edits late")
    try:
        from redis.asyncio import Redis  # noqa: PLC0415 - an extra
        from redis.exceptions import RedisError  # noqa: PLC0415
    except ModuleNotFoundError:
        return broken("redis", "its client is not installed", "pip install 'vitrail[scale]'")
    client = Redis.from_url(  # pyright: ignore[reportUnknownMemberType]
        settings.redis_url, socket_connect_timeout=REDIS_SECONDS, socket_timeout=REDIS_SECONDS
    )
    try:
        async with client:
            await client.execute_command("PING")  # pyright: ignore[reportUnknownMemberType]
    except (RedisError, OSError, TimeoutError) as error:
        return broken(
            "redis",
            f"it does not answer ({type(error).__name__})",
            "is VITRAIL_REDIS_URL right, and does Redis run? Until then nodes read the log: slower,"
            " and nothing is lost",
        )
    return well("redis", "it answers")
