"""The one way out: requests to addresses that somebody else has named.

A name is resolved once, every address that it has is checked, and the connection goes to a checked address:
who changes the answer between the look and the connection gains nothing (DNS rebinding). TLS is verified
against the name. No redirect is followed, no proxy or cookie is taken from anywhere.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import h11

from vitrail import __version__
from vitrail.core.addresses import OPEN_PORTS, is_public, read_url
from vitrail.core.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence

    from vitrail.core.addresses import Address, Place
    from vitrail.core.clock import Clock

    Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

SECONDS = 10.0  # for all of a request
MAX_HEAD_BYTES = 16 << 10
KEPT_BYTES = 4 << 10  # of an answer; the rest is not read
MAX_TRIED = 2  # addresses of a name
# Threads of their own: names whose servers are slow to answer hold up nothing but other names.
_NAMES = ThreadPoolExecutor(8, thread_name_prefix="names")


class Unreachable(Unavailable):
    """The other side was not reached, or did not answer as HTTP servers do."""

    default_code = "unreachable"


@dataclass(frozen=True, slots=True)
class Answered:
    """What the other side answered.

    Attributes:
        status: HTTP status.
        headers: By names in lower case.
        body: Its beginning, at most `KEPT_BYTES`.
        seconds: How long it took.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float


class Sender(Protocol):
    """Whoever sends requests out."""

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        """Send a request and return what is answered."""
        ...


class Outgoing:
    """Sends requests to places that others name.

    Args:
        clock: To tell how long they take.
        loopback: Whether this machine may be asked too, by http and on any port: for development.
        resolve: Returns the addresses of a name, as text; the system's resolver by default.
        may_reach: Which addresses may be connected to.
        ports: On which ports.
        tls: Whom to trust; the system's authorities by default.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        loopback: bool = False,
        resolve: Resolve | None = None,
        may_reach: Callable[[Address], bool] = is_public,
        ports: frozenset[int] = OPEN_PORTS,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._clock = clock
        self._loopback = loopback
        self._resolve = resolve or _ask_system
        self._may_reach = may_reach
        self._ports = ports
        self._given_tls = tls

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return self._given_tls or ssl.create_default_context()

    def check(self, url: str) -> None:
        """See that an address may be asked, as far as it can be told without asking for its name.

        Raises:
            InvalidInput: It may not.
        """
        read_url(url, loopback=self._loopback, ports=self._ports)

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        """Send a request and return what is answered, whatever its status.

        Raises:
            InvalidInput: The address is not one that may be asked.
            Unreachable: It leads inside, nobody answers there within `SECONDS`, or not in HTTP.
        """
        place = read_url(url, loopback=self._loopback, ports=self._ports)
        began = self._clock.monotonic()
        try:
            async with asyncio.timeout(SECONDS), self._connected(place) as (reader, writer):
                status, answered, content = await _exchange(place, reader, writer, body, headers)
        except TimeoutError as error:
            raise Unreachable(f"no answer within {SECONDS:.0f} s") from error
        except ssl.SSLError as error:
            raise Unreachable(f"TLS failed: {error.reason or 'it ended'}") from error
        except OSError as error:
            raise Unreachable(f"no connection: {error.strerror or type(error).__name__}") from error
        except h11.RemoteProtocolError as error:
            raise Unreachable("the answer is not HTTP") from error
        return Answered(status, answered, content, self._clock.monotonic() - began)

    @asynccontextmanager
    async def _connected(
        self, place: Place
    ) -> AsyncGenerator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        reader, writer = await self._connect(place)
        try:
            yield reader, writer
        finally:
            writer.transport.abort()  # nothing more is wanted; a polite end could take for ever
            with suppress(OSError):
                await writer.wait_closed()

    async def _connect(self, place: Place) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        addresses = await self._addresses(place)
        tls = self._tls if place.scheme == "https" else None
        for number, address in enumerate(addresses, 1):
            try:
                return await asyncio.open_connection(
                    str(address),
                    place.port,
                    ssl=tls,
                    server_hostname=place.host if tls else None,
                    limit=MAX_HEAD_BYTES,
                )
            except ssl.SSLError:
                raise
            except OSError:
                if number == len(addresses):
                    raise
        raise AssertionError("a name has an address")

    async def _addresses(self, place: Place) -> list[Address]:
        """Return where a place may be connected to; one address inside refuses the whole name."""
        try:
            found = [ipaddress.ip_address(place.host)]
        except ValueError:
            texts = await self._resolve(place.host, place.port)
            found = [ipaddress.ip_address(text) for text in dict.fromkeys(texts)]
        if not found:
            raise Unreachable(f"the name {place.host} has no address")
        for address in found:
            own = self._loopback and address.is_loopback
            if not own and not self._may_reach(address):
                raise Unreachable(f"the name {place.host} leads to {address}, which is not public")
        return found[:MAX_TRIED]


async def _ask_system(host: str, port: int) -> Sequence[str]:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.run_in_executor(
            _NAMES, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        )
    except OSError as error:
        raise Unreachable(f"the name {host} is not known") from error
    return [str(sockaddr[0]) for _, _, _, _, sockaddr in found]


async def _exchange(
    place: Place,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    body: bytes,
    headers: Mapping[str, str],
) -> tuple[int, dict[str, str], bytes]:
    talk = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD_BYTES)
    request = h11.Request(
        method="POST",
        target=place.target,
        headers=[
            ("Host", place.authority),
            ("User-Agent", f"Vitrail/{__version__}"),
            ("Accept", "*/*"),
            ("Connection", "close"),
            ("Content-Length", str(len(body))),
            *headers.items(),
        ],
    )
    for event in (request, h11.Data(data=body), h11.EndOfMessage()):
        writer.write(talk.send(event) or b"")
    with suppress(ConnectionError):  # who answers without reading has answered all the same
        await writer.drain()
    status, answered, content = 0, dict[str, str](), bytearray()
    while len(content) < KEPT_BYTES:
        event = talk.next_event()
        if event is h11.NEED_DATA:
            talk.receive_data(await reader.read(MAX_HEAD_BYTES))
        elif isinstance(event, h11.Response):
            status = event.status_code
            answered = {name.decode(): text.decode("latin-1") for name, text in event.headers}
        elif isinstance(event, h11.Data):
            content += event.data
        elif isinstance(event, h11.EndOfMessage):
            break
    return status, answered, bytes(content[:KEPT_BYTES])
