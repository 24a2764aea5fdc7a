"""The command line, and the commands about the server itself. Exit codes: 0 done, 1 failed, 2 wrong usage."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from typing_extensions import override

from vitrail import __version__
from vitrail.collab.entries import Author
from vitrail.core.errors import VitrailError
from vitrail.core.logs import set_up_logs
from vitrail.server.command_catalogue import catalogue
from vitrail.server.command_people import login_link, token, user
from vitrail.server.command_services import data_option, settings_of, with_services

if TYPE_CHECKING:
    from vitrail.core.settings import Settings
    from vitrail.web.services import Services


class Group(click.Group):
    """Turns errors of the tree into a sentence and an exit code."""

    @override
    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except VitrailError as error:
            _fail(error.message, error.hint)
        except Exception as error:
            if not _is_of_database(error):
                raise
            _fail("the database does not answer, or is damaged", "`vitrail doctor` looks at it")


def _is_of_database(error: Exception) -> bool:
    """Tell whether the database cannot be used, and not what it was asked is at fault."""
    from sqlalchemy.exc import DatabaseError  # noqa: PLC0415 - most commands end before they need it

    from vitrail.core.database import is_out  # noqa: PLC0415

    return is_out(error) or type(error) is DatabaseError  # by SQLite, of a file that is none


def _fail(words: str, hint: str | None) -> NoReturn:
    click.echo(f"vitrail: {words}", err=True)
    if hint:
        click.echo(f"  {hint}", err=True)
    sys.exit(1)


@click.group(cls=Group)
@click.version_option(__version__)
def cli() -> None:
    """Vitrail: build websites together, live."""


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Run so many processes and watch over them (default: this process, and nobody watches).",
)
@data_option
def serve(host: str, port: int, workers: int | None, data: str | None) -> None:
    """Start the server."""
    from vitrail.server.serving import serve as start  # noqa: PLC0415
    from vitrail.server.supervisor import supervise  # noqa: PLC0415

    settings = settings_of(data)
    if workers is not None and workers > 1:
        _require_parts_for_workers(settings)
    set_up_logs()
    if workers is not None:
        sys.exit(supervise(settings, host, port, workers))
    sys.exit(start(settings, host, port))


def _require_parts_for_workers(settings: Settings) -> None:
    missing: list[str] = []
    if settings.is_sqlite:
        missing.append("VITRAIL_DATABASE_URL=postgresql+asyncpg://USER:PASSWORD@HOST/DATABASE")
    if not settings.redis_url:
        missing.append("VITRAIL_REDIS_URL=redis://HOST:6379")
    if missing:
        raise click.UsageError(
            "more than one worker needs PostgreSQL and Redis, which keep the workers together:"
            f" set {' and '.join(missing)}, and install both clients with"
            " pip install 'vitrail[scale]'; docs/nodes.md shows how to get the servers"
        )


@cli.command()
@click.argument("site")
@data_option
def publish(site: str, data: str | None) -> None:
    """Publish a site, by id or slug."""

    async def work(services: Services) -> None:
        subject = await services.catalogue.subject(site)
        done = await services.publishing.publish(str(subject.site_id), Author(None, "system"))
        click.echo(f"published {done['pages']} pages, {done['bytes']} bytes, at {done['url']}")

    with_services(data, work)


@cli.command()
@data_option
def migrate(data: str | None) -> None:
    """Bring the database to this version."""
    from vitrail.core.database import Database  # noqa: PLC0415
    from vitrail.core.migrate import migrate as run  # noqa: PLC0415

    settings = settings_of(data)

    async def main() -> None:
        settings.make_folder()
        async with Database(settings.sql_url) as database:
            await run(database)

    asyncio.run(main())
    click.echo("the database is at this version")


@cli.command()
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@data_option
def backup(out: Path, data: str | None) -> None:
    """Write everything into the file OUT. The server may run."""
    from vitrail.core.clock import SystemClock  # noqa: PLC0415
    from vitrail.server.backup import back_up  # noqa: PLC0415

    asyncio.run(back_up(settings_of(data), out, SystemClock(), _tell))
    click.echo(f"{out}: {out.stat().st_size} bytes")


@cli.command()
@click.argument("path", metavar="IN", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Let it take the place of the data that is there.")
@data_option
def restore(path: Path, replace: bool, data: str | None) -> None:
    """Restore the backup in the file IN. The server may run."""
    from vitrail.core.clock import SystemClock  # noqa: PLC0415
    from vitrail.server.restore import restore as run  # noqa: PLC0415

    asyncio.run(run(settings_of(data), path, SystemClock(), _tell, replace=replace))
    click.echo("restored; whoever had a page open gets it anew")


def _tell(words: str) -> None:
    click.echo(words, err=True)


@cli.command()
@data_option
def doctor(data: str | None) -> None:
    """Look at everything the server stands on, and say what to do. Changes nothing."""
    from vitrail.core.finding import Degree  # noqa: PLC0415
    from vitrail.server.doctor import examine  # noqa: PLC0415

    settings = settings_of(data)
    found: list[Degree] = []

    async def main() -> None:
        async for finding in examine(settings):
            found.append(finding.degree)
            click.echo(f"{finding.degree:<4}  {finding.part}: {finding.words}")
            if finding.advice:
                click.echo(f"      -> {finding.advice}")

    set_up_logs("ERROR")
    asyncio.run(main())
    failures = found.count(Degree.BROKEN)
    click.echo(f"{failures} broken, {found.count(Degree.ODD)} to look at")
    sys.exit(1 if failures else 0)


@cli.command()
@click.option(
    "--check", "file", metavar="FILE", help="Check the trusted documents in a file instead."
)
def schema(file: str | None) -> None:
    """Print the GraphQL schema."""
    from vitrail.graphql.schema import build, native  # noqa: PLC0415 - 0.4 s

    if file is None:
        click.echo(build().as_str())
        return
    from vitrail.graphql.documents import Documents, Refused  # noqa: PLC0415 - as above
    from vitrail.graphql.trusted import Trusted, read_manifest  # noqa: PLC0415

    trusted = Trusted(read_manifest(Path(file)))
    documents, wrong = Documents(native(build()), trusted), 0
    for name in trusted.texts:
        try:
            documents.find(None, None, name, may_introspect=True)
        except VitrailError as error:
            wrong += 1
            told = error.errors if isinstance(error, Refused) else [error.message]
            for each in told:
                click.echo(f"{name}: {each}", err=True)
    click.echo(f"{len(trusted.texts)} documents, {wrong} of them not of this schema")
    sys.exit(1 if wrong else 0)


@cli.command()
def openapi() -> None:
    """Print the OpenAPI description of the routes for programs."""
    import vitrail.server.application  # noqa: F401, PLC0415  # pyright: ignore[reportUnusedImport]  - registers them
    from vitrail.web.openapi import describe  # noqa: PLC0415

    click.echo(json.dumps(describe(), indent=1, ensure_ascii=False))


for _elsewhere in (login_link, user, token, catalogue):
    cli.add_command(_elsewhere)


def main() -> None:
    """Run the command line."""
    cli(prog_name="vitrail")
