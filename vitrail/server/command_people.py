"""Commands about people: sign-in links, accounts, API tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vitrail.server.command_services import data_option, with_services

if TYPE_CHECKING:
    from vitrail.web.services import Services


def _sign_in_link(services: Services, secret: str) -> str:
    return f"{services.settings.address}/sign-in/{secret}"


@click.command("login-link")
@click.argument("email", required=False)
@data_option
def login_link(email: str | None, data: str | None) -> None:
    """Print a one-time sign-in link, also for a lost password."""

    async def work(services: Services) -> None:
        user = await services.identity.accounts.by_email(email)
        secret = await services.identity.secrets.create_login_link(user["id"])
        click.echo(_sign_in_link(services, secret))

    with_services(data, work)


@click.group()
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

    with_services(data, work)


@click.group()
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

    with_services(data, work)
