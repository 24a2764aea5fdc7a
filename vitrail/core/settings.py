"""Settings from `VITRAIL_*` variables and a TOML file, checked before anything starts."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import msgspec

from vitrail.core.errors import InvalidInput, Unavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

# Kubernetes injects VITRAIL_PORT=tcp://… and its kin for a Service of that name.
INJECTED = ("VITRAIL_SERVICE_", "VITRAIL_PORT_")

ADDRESS_FILE = "address"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What can be set. Each field is the variable of the same name, such as `VITRAIL_DATA`.

    Attributes:
        data: Folder of the database and blobs when they have no URL of their own.
        database_url: SQLAlchemy URL; SQLite in `data` when empty.
        redis_url: Bus between nodes; in this process when empty.
        base_url: Where browsers reach this server, such as `https://studio.example`.
        sites_url: Where visitors reach published sites, when that is another host.
        secret: Key for signing, at least 32 characters; made and kept in `data` when empty.
        metrics: Who may read `/metrics` without a token: `local` (programs on this machine, as long
            as no proxy stands in front), `token` (nobody) or `open` (everybody).
        outgoing: Where webhooks may go: `public` (the public internet, by https) or `loopback` (this
            machine too, by http and on any port, for development).
        otlp_endpoint: Where traces go by OTLP over HTTP, such as `http://localhost:4318`; nowhere
            when empty.
        drain_seconds: How long a node that stops takes to send its people to the others, 0 to 600.
        history_days: For so many days every moment of a page is kept, then the last of each day and
            those with a name; 0 keeps everything for ever.
        graphql_documents: File of the GraphQL documents that clients may name by an id.
        graphql_accepts: Which documents GraphQL takes: `all`, or those of that file, `trusted`.
        openai_base_url: Endpoint of a language model.
        openai_api_key: Its key.
        openai_model: Its model.
    """

    data: str = "./vitrail-data"
    database_url: str = ""
    redis_url: str = ""
    base_url: str = ""
    sites_url: str = ""
    secret: str = ""
    metrics: Literal["local", "token", "open"] = "local"
    outgoing: Literal["public", "loopback"] = "public"
    otlp_endpoint: str = ""
    drain_seconds: float = 3.0
    history_days: int = 30
    graphql_documents: str = ""
    graphql_accepts: Literal["all", "trusted"] = "all"
    openai_base_url: str = ""
    openai_api_key: str = ""
    openai_model: str = ""

    @property
    def folder(self) -> Path:
        """The data folder, absolute."""
        return Path(self.data).expanduser().absolute()

    def make_folder(self) -> None:
        """Make the data folder if it is new, for its owner only.

        Raises:
            Unavailable: It cannot be made.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise Unavailable(
                f"the data folder {self.folder} cannot be made: {error.strerror}",
                hint="name another with --data",
            ) from error

    @property
    def sql_url(self) -> str:
        """The SQLAlchemy URL, with the default filled in."""
        return self.database_url or f"sqlite+aiosqlite:///{self.folder / 'vitrail.db'}"

    @property
    def address(self) -> str:
        """Where browsers reach this server; without `base_url`, where it listened last."""
        last = self.folder / ADDRESS_FILE
        return self.base_url.rstrip("/") or (
            last.read_text() if last.exists() else "http://127.0.0.1:8000"
        )

    @property
    def sites_address(self) -> str:
        """Where visitors reach published sites."""
        return self.sites_url.rstrip("/") or self.address

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is SQLite."""
        return self.sql_url.startswith("sqlite")


def load_settings(
    environ: Mapping[str, str], *, file: Path | None = None, **given: str | None
) -> Settings:
    """Read the settings: what is given wins over the environment, which wins over the file.

    Args:
        environ: The process's environment.
        file: A TOML file with `VITRAIL_*` names, or none.
        given: Fields that the command line sets; None means not given.

    Raises:
        InvalidInput: A name is unknown or a value is out of range; the message names it.
    """
    found: dict[str, str] = {}
    if file is not None:
        found.update(_names(_read_toml(file), str(file)))
    found.update(_names({k: v for k, v in environ.items() if k.startswith("VITRAIL_")}, ""))
    found.update({k: v for k, v in given.items() if v is not None})
    try:
        settings = msgspec.convert(found, Settings, strict=False)  # numbers come as text
    except msgspec.ValidationError as error:
        name = str(error).rpartition("$.")[2].rstrip("`")
        kinds = {
            "metrics": "local, token or open",
            "graphql_accepts": "all or trusted",
            "outgoing": "public or loopback",
        }
        raise InvalidInput(
            f"VITRAIL_{name.upper()} must be {kinds.get(name, 'a number')}"
        ) from error
    _check(settings)
    return settings


def _read_toml(file: Path) -> dict[str, str]:
    try:
        content = tomllib.loads(file.read_text())
    except OSError as error:
        raise InvalidInput(f"settings file {file} cannot be read: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(f"settings file {file} is not TOML: {error}") from error
    return {key: str(value) for key, value in content.items()}


def _names(values: Mapping[str, str], where: str) -> dict[str, str]:
    known = {f"VITRAIL_{name.upper()}": name for name in Settings.__struct_fields__}
    out: dict[str, str] = {}
    for key, value in values.items():
        if key in known:
            out[known[key]] = value
        elif key == "VITRAIL_PORT" or key.startswith(INJECTED):
            continue
        else:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)
            place = f" in {where}" if where else ""
            raise InvalidInput(
                f"unknown setting {key}{place}", hint=f"did you mean {near[0]}?" if near else None
            )
    return out


def _check(settings: Settings) -> None:
    url = settings.database_url
    if url and not url.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
        raise InvalidInput(
            "VITRAIL_DATABASE_URL must start with sqlite+aiosqlite:/// or postgresql+asyncpg://"
        )
    if settings.redis_url and not settings.redis_url.startswith(
        ("redis://", "rediss://", "unix://")
    ):
        raise InvalidInput("VITRAIL_REDIS_URL must start with redis://, rediss:// or unix://")
    for name in ("base_url", "sites_url", "openai_base_url", "otlp_endpoint"):
        value: str = getattr(settings, name)
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.netloc):
            raise InvalidInput(
                f"VITRAIL_{name.upper()} must be a full URL such as https://studio.example"
            )
    if not 0 <= settings.history_days <= 36_500:
        raise InvalidInput("VITRAIL_HISTORY_DAYS is 0 to 36500")
    if not 0 <= settings.drain_seconds <= 600:
        raise InvalidInput("VITRAIL_DRAIN_SECONDS must be from 0 to 600")
    if settings.secret and len(settings.secret) < 32:
        raise InvalidInput("VITRAIL_SECRET must have at least 32 characters")
