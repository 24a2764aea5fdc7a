"""The doctor names what is broken and what to do, and changes nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.collab.past import some_history, store
from tests.server.test_command import Shell
from tests.servers import Vitrail
from vitrail.collab import poison
from vitrail.collab.compactor import MARGIN, Compactor
from vitrail.collab.log import UpdateLog
from vitrail.core.clock import SystemClock
from vitrail.core.database import Database
from vitrail.core.finding import Degree, Finding
from vitrail.core.settings import Settings
from vitrail.server.application import open_services
from vitrail.server.doctor import examine
from vitrail.server.schemas import schemas


async def found(**settings: Any) -> list[Finding]:
    return [finding async for finding in examine(Settings(**settings))]


def broken(findings: list[Finding]) -> list[str]:
    assert all(f.advice for f in findings if f.degree is not Degree.WELL)
    return [f"{f.part}: {f.words}" for f in findings if f.degree is Degree.BROKEN]


def state(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Return what is in a folder, to the last bit and date."""
    return {
        str(path.relative_to(folder)): (
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
            path.stat().st_mtime_ns,
            path.stat().st_mode,
        )
        for path in (folder, *folder.rglob("*"))
    }


@pytest.fixture(scope="module")
def well(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vitrail]:
    """A server of its own: others damage what is on the one that they share."""
    server = Vitrail(tmp_path_factory.mktemp("well") / "data")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def whole(well: Vitrail, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that nobody uses, as a server left it."""
    folder = tmp_path_factory.mktemp("doctor") / "data"
    folder.mkdir(mode=0o700)
    with (
        closing(sqlite3.connect(well.data / "vitrail.db")) as live,
        closing(sqlite3.connect(folder / "vitrail.db")) as copy,
    ):
        live.backup(copy)
    (folder / "vitrail.db").chmod(0o600)
    shutil.copytree(well.data / "blobs", folder / "blobs")
    return folder


@pytest.fixture
def data(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole, tmp_path / "data")
    return tmp_path / "data"


def test_a_server_that_is_well_can_be_looked_at_while_it_runs(well: Vitrail):
    done = Shell(well.data).on_data("doctor")
    assert done.returncode == 0, done.stdout
    assert "\n0 broken, " in done.stdout


async def test_nothing_is_changed_whatever_is_found(data: Path):
    before = state(data)
    assert broken(await found(data=str(data))) == []
    assert state(data) == before


async def test_a_folder_that_is_missing_is_not_made(tmp_path: Path):
    nowhere = tmp_path / "nowhere"
    assert broken(await found(data=str(nowhere))) == [f"data folder: there is no folder {nowhere}"]
    assert not nowhere.exists()
    nowhere.mkdir(mode=0o700)
    assert "there is no file" in broken(await found(data=str(nowhere)))[0]
    assert not list(nowhere.iterdir())


DAMAGE = {
    "a hole": "DELETE FROM collab_update WHERE doc_id = :doc AND seq = 1",
    "bad bytes": "UPDATE collab_update SET payload = x'ff0102' WHERE doc_id = :doc",
    "a lost number": "UPDATE collab_doc SET head_seq = 0 WHERE id = :doc",
    "quarantine": "UPDATE collab_doc SET quarantined_at = '2026-01-01 00:00:00.000000',"
    " quarantine_reason = 'it is looked at' WHERE id = :doc",
}


async def test_every_damage_is_named_with_its_document_and_what_to_do(data: Path):
    with closing(sqlite3.connect(data / "vitrail.db")) as sql, sql:
        query = "SELECT id FROM collab_doc WHERE id LIKE 'page:%' AND head_seq = 1 AND snap_seq = 0"
        docs = dict(zip(DAMAGE, (row[0] for row in sql.execute(query).fetchall()), strict=False))
        for name, statement in DAMAGE.items():
            assert sql.execute(statement, {"doc": docs[name]}).rowcount == 1
        sql.execute(
            "INSERT INTO collab_update VALUES ('page:gone', 1, '2026-01-01', NULL, 'person', x'0000')"
        )
        late = "'2999-01-01 00:00:00.000000'"
        sql.execute(f"INSERT INTO session SELECT 'x', id, 'y', {late}, {late} FROM account LIMIT 1")
    findings = await found(data=str(data))
    words = "\n".join(f"{f.part}: {f.words}" for f in findings)
    for name, said in {
        "a hole": "has a hole",
        "bad bytes": "its updates cannot be read",
        "a lost number": "has 1 updates after its last number",
        "quarantine": "is in quarantine: it is looked at",
    }.items():
        assert any(docs[name] in f.words and said in f.words for f in findings), words
    assert "rows: 1 rows belong to nothing: collab_update without its collab_doc" in words
    assert "clock: the last sign-in lies in the future" in words
    assert len(broken(findings)) == 5


PAST = {
    "a lost segment": "DELETE FROM collab_segment WHERE doc_id = :doc",
    "a cut segment": "UPDATE collab_segment SET payload = substr(payload, 1, 40) WHERE doc_id = :doc",
    "a segment of another": "UPDATE collab_segment SET first_seq = 2 WHERE doc_id = :doc",
    "a hole": "DELETE FROM collab_update WHERE doc_id = :doc AND seq BETWEEN 60 AND 62",
    "a lost end": "DELETE FROM collab_update WHERE doc_id = :doc AND seq > 240",
    "all lost": "DELETE FROM collab_update WHERE doc_id = :doc",
    "a bad update": "UPDATE collab_update SET payload = x'ff0102' WHERE doc_id = :doc AND seq = 60",
    "a lost snapshot": "DELETE FROM collab_snapshot WHERE doc_id = :doc",
    "a bad snapshot": "UPDATE collab_snapshot SET payload = x'00' WHERE doc_id = :doc",
}


async def test_what_is_packed_away_is_looked_at_too(data: Path):
    url = f"sqlite+aiosqlite:///{data / 'vitrail.db'}"
    entries = some_history(MARGIN + 50)
    names = {f"page:{damage.replace(' ', '')}": damage for damage in PAST}
    async with Database(url) as database:
        compactor = Compactor(database, schemas())
        for name in names:
            await store(database, name, entries)
            await compactor.compact(name)
        await compactor._worker.close()
        assert broken(await found(data=str(data))) == []
        poisoned = poison.Dose(b"d" * 32, "ada", {}, 1_900_000_000_000)
        await UpdateLog(database, SystemClock()).add_poison(next(iter(names)), [poisoned])
        async with database.write() as sql:
            for name, damage in names.items():
                assert (await sql.execute(text(PAST[damage]), {"doc": name})).rowcount
    findings = await found(data=str(data))
    words = [f.words for f in findings if f.part in {"past", "poison"}]
    for said in (
        "page:alostsegment: its updates 1 to 50 are in no segment",
        "page:acutsegment: the segment of its updates 1 to 50 cannot be unpacked",
        "page:asegmentofanother: its updates 1 to 1 are in no segment",
        "page:ahole: its updates 60 to 62 are lost",
        "page:alostend: its updates 241 to 250 are lost",
        "page:alllost: its updates 51 to 250 are lost",
        "page:abadupdate: its update 60 cannot be read",
        "page:alostsnapshot: the snapshot of its first 250 updates is lost",
        "page:abadsnapshot: the snapshot of its first 250 updates is damaged",
        "page:alostsegment: an update of ada is kept out since 2030-03-17 17:46 UTC",
    ):
        assert said in words
    assert len(broken(findings)) == 7  # the snapshots are made up for


@pytest.fixture
def exposed(data: Path) -> Path:
    data.chmod(0o755)
    return data


async def test_settings_and_folders_that_expose_something_are_told_of(exposed: Path):
    findings = await found(
        data=str(exposed), metrics="open", base_url="http://studio.example", redis_url="unix:///no"
    )
    odd = {f.words for f in findings if f.degree is Degree.ODD}
    assert any("shows the metrics" in words for words in odd)
    assert any("not https" in words for words in odd)
    assert any("other users of this machine can read" in words for words in odd)
    assert broken(findings) == ["redis: it does not answer (ConnectionError)"]


async def test_an_old_database_is_named_and_left_as_it_is(data: Path):
    with closing(sqlite3.connect(data / "vitrail.db")) as sql, sql:
        sql.execute("UPDATE alembic_version SET version_num = '0001'")
    before = state(data)
    assert broken(await found(data=str(data))) == ["database: it is not at this version of Vitrail"]
    assert state(data) == before


@pytest.mark.postgres
async def test_postgresql_and_redis_are_looked_at_too(postgres, redis, tmp_path: Path):
    from tests.core.test_migrations import new_postgres
    from vitrail.core.migrate import migrate

    url = await new_postgres(postgres, "doctor")
    settings: dict[str, Any] = {
        "data": str(tmp_path / "data"),
        "database_url": url,
        "redis_url": redis.url,
    }
    (tmp_path / "data").mkdir(mode=0o700)
    assert broken(await found(**settings)) == ["database: it is not at this version of Vitrail"]
    async with Database(url) as database:
        await migrate(database)
    async with open_services(Settings(**settings), SystemClock()):
        findings = await found(**settings)
    assert broken(findings) == []
    assert any("6 of 6 documents are whole" in f.words for f in findings)
    gone = {**settings, "database_url": "postgresql+asyncpg://a:secret@127.0.0.1:9/x"}
    [words] = broken(await found(**gone))
    assert words.startswith("database: it does not answer")
    assert "secret" not in words
    nowhere = tmp_path / "nowhere"
    assert broken(await found(**{**gone, "data": str(nowhere)})) == [
        f"data folder: there is no folder {nowhere}",
        words,
    ]


async def test_images_and_published_files_that_are_lost_are_told(data: Path):
    assert [f.degree for f in await found(data=str(data)) if f.part == "files"] == [Degree.WELL]
    images = sorted((data / "blobs" / "media").iterdir())
    with closing(sqlite3.connect(data / "vitrail.db")) as sql:
        [variants] = sql.execute("SELECT variants FROM asset LIMIT 1").fetchone()
    lost = json.loads(variants)[0]["name"]
    assert lost in {path.name for path in images}
    (data / "blobs" / "media" / lost).unlink()
    [words] = broken(await found(data=str(data)))
    assert words.startswith("files: 1 of ")
    assert f"media/{lost}" in words
    shutil.rmtree(data / "blobs")
    [words] = broken(await found(data=str(data)))
    assert words.endswith(" …")
