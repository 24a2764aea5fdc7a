"""The command line. Exit codes: 0 done, 1 failed, 2 wrong usage."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from typing_extensions import override

from vitrail import __version__
from vitrail.collab.entries import Author
from vitrail.core.errors import InvalidInput, VitrailError
from vitrail.core.logs import set_up_logs
from vitrail.core.settings import Settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from vitrail.commerce.cards import Format
    from vitrail.commerce.imports import ImportReport
    from vitrail.web.services import Services

SETTINGS_FILE = "vitrail.toml"


class Group(click.Group):
    """Turns errors of the tree into a sentence and an exit code."""

    @override
    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except VitrailError as error:
            click.echo(f"vitrail: {error.message}", err=True)
            if error.hint:
                click.echo(f"  {error.hint}", err=True)
            sys.exit(1)


@click.group(cls=Group)
@click.version_option(__version__)
def cli() -> None:
    """Vitrail: build websites together, live."""


data_option = click.option(
    "--data", metavar="DIR", help="Folder of database and files (default: ./vitrail-data)."
)


def _settings(data: str | None) -> Settings:
    file = Path(SETTINGS_FILE)
    return load_settings(os.environ, file=file if file.exists() else None, data=data)


def _run(data: str | None, work: Callable[[Services], Awaitable[None]]) -> None:
    """Open the services of a data folder, do something with them, close them."""
    from vitrail.server.application import open_services  # noqa: PLC0415 - half a second of imports

    async def main() -> None:
        async with open_services(_settings(data)) as services:
            await work(services)

    set_up_logs("WARNING")
    try:
        asyncio.run(main())
    except BaseExceptionGroup as group:
        found = group.subgroup(VitrailError)
        if found is None:
            raise
        error: BaseException = found
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        raise error from None


def _sign_in_link(services: Services, secret: str) -> str:
    return f"{services.settings.address}/sign-in/{secret}"


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

    settings = _settings(data)
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


@cli.command("login-link")
@click.argument("email", required=False)
@data_option
def login_link(email: str | None, data: str | None) -> None:
    """Print a one-time sign-in link, also for a lost password."""

    async def work(services: Services) -> None:
        user = await services.identity.accounts.by_email(email)
        secret = await services.identity.secrets.create_login_link(user["id"])
        click.echo(_sign_in_link(services, secret))

    _run(data, work)


@cli.group()
def user() -> None:
    """Accounts."""


@user.command("add")
@click.argument("email")
@click.option("--name", default="", help="What colleagues see (default: from the address).")
@click.option("--role", default="designer", show_default=True)
@data_option
def user_add(email: str, name: str, role: str, data: str | None) -> None:
    """Make an account in the organisation and print its sign-in link."""

    async def work(services: Services) -> None:
        from sqlalchemy import select  # noqa: PLC0415

        from vitrail.core import tables  # noqa: PLC0415
        from vitrail.core.grants import put_grant  # noqa: PLC0415
        from vitrail.sites.members import read_role  # noqa: PLC0415

        wanted = read_role(role)
        user_id = await services.identity.accounts.create(name or email.partition("@")[0], email)
        async with services.database.write() as sql:
            query = select(tables.organisation.c.id).order_by(tables.organisation.c.id)
            organisation = (await sql.execute(query)).scalars().first()
            where = ("organisation", str(organisation))
            await put_grant(sql, services.clock, user_id, where, wanted)
        secret = await services.identity.secrets.create_login_link(user_id)
        click.echo(_sign_in_link(services, secret))

    _run(data, work)


@cli.group()
def token() -> None:
    """API tokens."""


@token.command("create")
@click.option("--name", default="command line", show_default=True)
@click.option("--scope", "scopes", multiple=True, help="May be given many times (default: all).")
@click.option("--email", help="Whose token (default: the owner's).")
@data_option
def token_create(name: str, scopes: tuple[str, ...], email: str | None, data: str | None) -> None:
    """Print an API token, alone on the last line."""

    async def work(services: Services) -> None:
        from vitrail.core.access import SCOPES  # noqa: PLC0415

        owner = await services.identity.accounts.by_email(email)
        _, secret = await services.identity.secrets.create_token(
            owner["id"], name, list(scopes) or list(SCOPES)
        )
        click.echo(secret)

    _run(data, work)


@cli.command()
@click.argument("site")
@data_option
def publish(site: str, data: str | None) -> None:
    """Publish a site, by id or slug."""

    async def work(services: Services) -> None:
        subject = await services.catalogue.subject(site)
        done = await services.publishing.publish(str(subject.site_id), Author(None, "system"))
        click.echo(f"published {done['pages']} pages, {done['bytes']} bytes, at {done['url']}")

    _run(data, work)


@cli.group()
def catalogue() -> None:
    """What sites sell."""


site_option = click.option("--site", required=True, metavar="SITE", help="Id or slug.")


@catalogue.command("demo")
@site_option
@data_option
def catalogue_demo(site: str, data: str | None) -> None:
    """Fill a site with 500 products in French and English."""

    async def work(services: Services) -> None:
        from vitrail.commerce.demo import fill  # noqa: PLC0415
        from vitrail.commerce.service import Commerce  # noqa: PLC0415
        from vitrail.core.access import SYSTEM  # noqa: PLC0415

        site_id = str((await services.catalogue.subject(site)).site_id)
        report = await fill(Commerce(services.database, services.clock), site_id, SYSTEM)
        click.echo(_counted(report))

    _run(data, work)


@catalogue.command("import")
@click.argument("path", metavar="IN", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@site_option
@click.option("--dry-run", is_flag=True, help="Tell what would happen, and change nothing.")
@click.option("--skip-refused", is_flag=True, help="Take the rest when something is refused.")
@data_option
def catalogue_import(
    path: Path, site: str, dry_run: bool, skip_refused: bool, data: str | None
) -> None:
    """Take in the products of the file IN, .csv or .json."""

    async def work(services: Services) -> None:
        from vitrail.commerce.planning import Outcome  # noqa: PLC0415
        from vitrail.commerce.service import Commerce  # noqa: PLC0415
        from vitrail.core.access import SYSTEM  # noqa: PLC0415

        site_id = str((await services.catalogue.subject(site)).site_id)
        imports = Commerce(services.database, services.clock).imports
        content, format_ = path.read_bytes(), _format_of(path)  # noqa: ASYNC240 - nobody else waits
        if dry_run:
            report = await imports.plan_import(site_id, content, format_)
        else:
            report = await imports.apply_import(
                site_id, SYSTEM, content, format_, skips_refused=skip_refused
            )
        for line in report.lines:
            if line.outcome is Outcome.REFUSED:
                click.echo(f"{line.kind} {line.line}: {line.slug}: {line.reason}", err=True)
        click.echo(_counted(report))
        if not report.is_applied and not dry_run:
            raise InvalidInput(
                "nothing was changed",
                hint="mend the lines above, or take the rest by --skip-refused",
            )

    _run(data, work)


@catalogue.command("export")
@click.argument("path", metavar="OUT", type=click.Path(path_type=Path, dir_okay=False))
@site_option
@data_option
def catalogue_export(path: Path, site: str, data: str | None) -> None:
    """Write what a site sells into the file OUT, .csv or .json."""

    async def work(services: Services) -> None:
        from vitrail.commerce.service import Commerce  # noqa: PLC0415

        site_id = str((await services.catalogue.subject(site)).site_id)
        imports = Commerce(services.database, services.clock).imports
        path.write_bytes(await imports.export(site_id, _format_of(path)))  # noqa: ASYNC240
        click.echo(f"{path}: {path.stat().st_size} bytes")  # noqa: ASYNC240

    _run(data, work)


def _format_of(path: Path) -> Format:
    if path.suffix == ".json":
        return "json"
    if path.suffix == ".csv":
        return "csv"
    raise InvalidInput(f"{path} is no catalogue", hint="its name ends in .csv or .json")


def _counted(report: ImportReport) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in report.counts.items())


@cli.command()
@data_option
def migrate(data: str | None) -> None:
    """Bring the database to this version."""
    from vitrail.core.database import Database  # noqa: PLC0415
    from vitrail.core.migrate import migrate as run  # noqa: PLC0415

    settings = _settings(data)

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

    asyncio.run(back_up(_settings(data), out, SystemClock(), _tell))
    click.echo(f"{out}: {out.stat().st_size} bytes")


@cli.command()
@click.argument("path", metavar="IN", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Let it take the place of the data that is there.")
@data_option
def restore(path: Path, replace: bool, data: str | None) -> None:
    """Restore the backup in the file IN. The server may run."""
    from vitrail.core.clock import SystemClock  # noqa: PLC0415
    from vitrail.server.restore import restore as run  # noqa: PLC0415

    asyncio.run(run(_settings(data), path, SystemClock(), _tell, replace=replace))
    click.echo("restored; whoever had a page open gets it anew")


def _tell(words: str) -> None:
    click.echo(words, err=True)


@cli.command()
@data_option
def doctor(data: str | None) -> None:
    """Look at everything the server stands on, and say what to do. Changes nothing."""
    from vitrail.core.finding import Degree  # noqa: PLC0415
    from vitrail.server.doctor import examine  # noqa: PLC0415

    settings = _settings(data)
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


def main() -> None:
    """Run the command line."""
    cli(prog_name="vitrail")
