"""What commands share: the settings of a data folder, and its services opened for as long as one works."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vitrail.core.errors import VitrailError
from vitrail.core.logs import set_up_logs
from vitrail.core.settings import Settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from vitrail.web.services import Services

SETTINGS_FILE = "vitrail.toml"

data_option = click.option(
    "--data", metavar="DIR", help="Folder of database and files (default: ./vitrail-data)."
)


def settings_of(data: str | None) -> Settings:
    """Return the settings of a data folder, or of the default one."""
    file = Path(SETTINGS_FILE)
    return load_settings(os.environ, file=file if file.exists() else None, data=data)


def with_services(data: str | None, work: Callable[[Services], Awaitable[None]]) -> None:
    """Open the services of a data folder, do something with them, close them."""
    from vitrail.server.application import open_services  # noqa: PLC0415 - half a second of imports

    async def main() -> None:
        async with open_services(settings_of(data)) as services:
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
