"""Commands about what sites sell: `vitrail catalogue`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vitrail.core.errors import InvalidInput
from vitrail.server.command_services import data_option, with_services

if TYPE_CHECKING:
    from vitrail.commerce.cards import Format
    from vitrail.commerce.imports import ImportReport
    from vitrail.web.services import Services


@click.group()
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

    with_services(data, work)


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

    with_services(data, work)


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

    with_services(data, work)


def _format_of(path: Path) -> Format:
    if path.suffix == ".json":
        return "json"
    if path.suffix == ".csv":
        return "csv"
    raise InvalidInput(f"{path} is no catalogue", hint="its name ends in .csv or .json")


def _counted(report: ImportReport) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in report.counts.items())
