"""The command line as people type it: what it prints, how it ends, what it leaves behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import httpx2
import pytest
from click.testing import CliRunner, Result

from tests.servers import Vitrail
from vitrail.core.database import Database
from vitrail.core.migrate import is_current
from vitrail.server.command import cli

COMMANDS = [
    "serve",
    "login-link",
    "user add",
    "token create",
    "publish",
    "migrate",
    "backup",
    "restore",
]


class Shell:
    """Runs `vitrail` on one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "vitrail", *words],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={**os.environ, **environment},
        )

    def on_data(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.run(*words, "--data", str(self.data), **environment)


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    return Shell(tmp_path_factory.mktemp("command") / "data")


def fails(done: subprocess.CompletedProcess[str], code: int, *said: str) -> None:
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for words in said:
        assert words in done.stderr


# ---- words: nothing is started, so no process is needed ------------------------------------


def say(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(cli, words, env=environment, prog_name="vitrail")


def refuses(done: Result, code: int, *said: str) -> None:
    assert (done.exit_code, done.stdout) == (code, "")
    for words in said:
        assert words in done.stderr


def test_help_names_every_command():
    done = say("--help")
    assert done.exit_code == 0
    for command in COMMANDS:
        assert command.split()[0] in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command):
    done = say(*command.split(), "--help")
    assert done.exit_code == 0
    assert "--data DIR" in done.stdout


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "VITRAIL_DATABASE_URL"),
        ({}, "VITRAIL_REDIS_URL"),
        ({}, "pip install 'vitrail[scale]'"),
        ({}, "docs/nodes.md"),
        ({"VITRAIL_REDIS_URL": "redis://x"}, "VITRAIL_DATABASE_URL=postgresql+asyncpg://"),
        ({"VITRAIL_DATABASE_URL": "postgresql+asyncpg://x/y"}, "VITRAIL_REDIS_URL=redis://"),
    ],
)
def test_workers_without_what_keeps_them_together_are_refused_with_the_way_to_get_it(
    environment, said
):
    refuses(say("serve", "--workers", "2", **environment), 2, said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("explode",), "No such command"),
        (("serve", "--port", "70000"), "70000"),
        (("serve", "--port", "many"), "not a valid integer"),
        (("serve", "--workers", "2"), "more than one worker"),
        (("user", "add"), "Missing argument"),
        (("publish",), "Missing argument"),
    ],
)
def test_wrong_usage_ends_with_2(words, said):
    refuses(say(*words), 2, said)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("VITRAIL_DATBASE_URL", "x", "did you mean VITRAIL_DATABASE_URL?"),
        ("VITRAIL_SECRET", "short", "32 characters"),
        ("VITRAIL_BASE_URL", "studio", "full URL"),
    ],
)
def test_bad_settings_end_with_1_and_a_sentence(tmp_path, name, value, said):
    data = tmp_path / "data"
    refuses(say("migrate", "--data", str(data), **{name: value}), 1, "vitrail: ", said)
    assert not data.exists()


# ---- work ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def first_run(shell: Shell) -> str:
    """Any command makes the data folder: this one also prints a token."""
    done = shell.on_data("token", "create")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_token_is_alone_on_the_last_line_of_the_very_first_command(first_run, shell):
    assert re.fullmatch(r"[0-9A-Za-z]{32}", first_run.splitlines()[-1])
    assert (shell.data / "vitrail.db").exists()
    assert shell.data.stat().st_mode & 0o077 == 0  # secrets are nobody else's


@pytest.mark.usefixtures("first_run")
class TestWork:
    def test_a_sign_in_link_for_the_owner_and_for_nobody(self, shell):
        fails(
            shell.on_data("login-link", "no@example.org"), 1, "nobody has the address", "user add"
        )
        fails(shell.on_data("login-link", "no"), 1, "not an e-mail address")

    def test_links_carry_the_public_address(self, shell):
        done = shell.on_data("login-link", VITRAIL_BASE_URL="https://studio.example")
        assert re.fullmatch(r"https://studio\.example/sign-in/[0-9A-Za-z]{32}\n", done.stdout)

    def test_an_account_is_added_once_with_a_role_that_exists(self, shell):
        words = ("user", "add", "ana@example.org")
        fails(shell.on_data(*words, "--role", "boss"), 1, "unknown role", "designer")
        assert "/sign-in/" in shell.on_data(*words, "--role", "editor").stdout
        fails(shell.on_data(*words), 1, "has an account already")

    def test_a_token_has_the_scopes_that_were_asked_for(self, shell):
        fails(shell.on_data("token", "create", "--scope", "all"), 1, "unknown scope", "publish")

    def test_the_demo_site_is_published_and_an_unknown_one_is_not(self, shell):
        done = shell.on_data("publish", "maison-sakura")
        assert done.stdout.startswith("published 5 pages")
        assert "/s/maison-sakura/" in done.stdout
        fails(shell.on_data("publish", "nowhere"), 1, "no such site")

    def test_a_folder_that_cannot_be_made_is_named(self, shell):
        occupied = shell.data.parent / "occupied"
        occupied.write_text("a file")
        done = shell.run("token", "create", "--data", str(occupied))
        fails(done, 1, str(occupied))


@pytest.mark.parametrize("words", [("serve", "--port", "0"), ("serve", "--workers", "1")])
def test_a_server_whose_folder_cannot_be_made_ends_with_1_and_a_sentence(tmp_path, words):
    file = tmp_path / "file"
    file.write_text("")
    fails(Shell(file).on_data(*words), 1, f"vitrail: the data folder {file} cannot be made")


@pytest.mark.parametrize("words", [("token", "create"), ("backup", "no.zip"), ("migrate",)])
def test_a_database_that_is_gone_or_damaged_is_told_of_in_a_sentence(tmp_path, words):
    nobody = "postgresql+asyncpg://a:secret@127.0.0.1:9/x"
    gone = Shell(tmp_path).on_data(*words, VITRAIL_DATABASE_URL=nobody)
    (tmp_path / "vitrail.db").write_bytes(b"no database" * 1000)
    for done in (gone, Shell(tmp_path).on_data(*words)):
        fails(done, 1, "vitrail: the database does not answer, or is damaged", "vitrail doctor")
        assert len(done.stderr.splitlines()) == 2
        assert "secret" not in done.stderr


@pytest.mark.parametrize("words", [("serve", "--port", "0"), ("serve", "--workers", "1")])
def test_a_server_whose_database_is_damaged_does_not_start(tmp_path, words):
    (tmp_path / "vitrail.db").write_bytes(b"no database" * 1000)
    done = Shell(tmp_path).on_data(*words)
    fails(done, 1, "vitrail: the database does not answer, or is damaged", "vitrail doctor")
    assert len(done.stderr.splitlines()) == 2


def test_a_database_of_a_newer_version_is_told_of_and_left_alone(tmp_path):
    shell = Shell(tmp_path)
    assert shell.on_data("migrate").returncode == 0
    with closing(sqlite3.connect(tmp_path / "vitrail.db")) as sql, sql:
        sql.execute("UPDATE alembic_version SET version_num = '9999'")
    said = "the database is of a newer version of Vitrail"
    fails(shell.on_data("token", "create"), 1, f"vitrail: {said}", "start that version")
    assert f"FAIL  database: {said}" in shell.on_data("doctor").stdout


def test_a_busy_port_ends_with_1_and_says_which(shell):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = shell.on_data("serve", "--port", str(port))
    fails(done, 1, str(port), "--port")


@pytest.mark.postgres
async def test_postgresql_is_migrated_by_hand(postgres, tmp_path):
    from tests.core.test_migrations import new_postgres

    url = await new_postgres(postgres, "by_hand")
    shell = Shell(tmp_path / "data")
    environment = {"VITRAIL_DATABASE_URL": url}
    fails(shell.on_data("serve", "--port", "0", **environment), 1, "vitrail migrate")
    assert shell.on_data("migrate", **environment).returncode == 0
    async with Database(url) as database:
        assert await is_current(database)
    assert shell.on_data("token", "create", **environment).returncode == 0


# ---- serving ------------------------------------------------------------------------------


def test_a_restart_keeps_everything(tmp_path):
    server = Vitrail(tmp_path / "data")
    server.start()
    link, address = server.link, server.base
    try:
        with httpx2.Client(base_url=address) as client:
            assert client.get("/healthz").json() == {"status": "ok"}
            assert client.get("/readyz").json()["status"] == "ok"
            path = link.removeprefix(address)
            assert client.get(path).status_code == 200  # a preview does not use it up
            assert client.post(path, headers={"Origin": address}).status_code == 303
            assert client.post(path, headers={"Origin": address}).status_code == 404
            me = client.get("/api/me").json()
            assert me["organisations"][0]["role"] == "owner"
            [site] = client.get("/api/sites").json()
            assert (site["name"], site["pages"]) == ("Maison Sakura", 5)
            headers = {"Origin": address, "X-CSRF-Token": me["csrf"]}
            client.post(f"/api/sites/{site['id']}/publish", headers=headers).raise_for_status()
            before = client.get("/s/maison-sakura/").text
            server.kill()
            server.start()
            assert client.get("/api/me").json() == me  # the same session
            assert client.get("/s/maison-sakura/").text == before
            assert len(client.get("/api/sites").json()) == 1  # no second demo
        assert server.link
        assert server.link != link
        server.stop()
        assert server.process is not None
        assert server.process.returncode in {0, -signal.SIGTERM}
    finally:
        server.stop()
