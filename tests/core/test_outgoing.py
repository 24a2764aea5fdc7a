"""Requests to places that others name, over real sockets, with a real name server that lies."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
import struct
import subprocess
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from typing_extensions import override

from tests.clock import HandClock
from tests.receiver import receiving
from vitrail.core import outgoing
from vitrail.core.addresses import Address
from vitrail.core.errors import InvalidInput
from vitrail.core.outgoing import KEPT_BYTES, Outgoing, Unreachable

PUBLIC, INSIDE = "127.0.0.2", "127.0.0.1"  # what these tests hold to be so
NAME = "hooks.example.com"


class NameServer(asyncio.DatagramProtocol):
    """Answers questions for A records, each time with the next of its answers (RFC 1035)."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked = 0
        self.port = 0
        self.transport: asyncio.DatagramTransport | None = None

    @override
    def connection_made(self, transport: asyncio.DatagramTransport) -> None:
        self.transport = transport
        self.port = transport.get_extra_info("sockname")[1]

    @override
    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.asked += 1
        addresses = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        head = data[:2] + struct.pack("!HHHHH", 0x8180, 1, len(addresses), 0, 0)
        record = struct.pack("!HHHIH", 0xC00C, 1, 1, 0, 4)  # no time to live
        found = b"".join(record + ipaddress.IPv4Address(a).packed for a in addresses)
        assert self.transport is not None
        self.transport.sendto(head + data[12:] + found, addr)

    async def resolve(self, host: str, _port: int) -> Sequence[str]:
        """Ask over the network, as a resolver without a cache does."""
        labels = b"".join(bytes([len(part)]) + part.encode() for part in host.split("."))
        question = labels + b"\0" + struct.pack("!HH", 1, 1)
        loop, answered = asyncio.get_running_loop(), asyncio.Event()
        heard = bytearray()

        class Asking(asyncio.DatagramProtocol):
            @override
            def datagram_received(self, data: bytes, addr: object) -> None:
                heard.extend(data)
                answered.set()

        transport, _ = await loop.create_datagram_endpoint(
            Asking, remote_addr=("127.0.0.1", self.port)
        )
        transport.sendto(struct.pack("!HHHHHH", 7, 0x0100, 1, 0, 0, 0) + question)
        await answered.wait()
        transport.close()
        count = struct.unpack("!H", heard[6:8])[0]
        tail = bytes(heard[12 + len(question) :])
        return [str(ipaddress.IPv4Address(tail[16 * n + 12 : 16 * n + 16])) for n in range(count)]


@asynccontextmanager
async def names(*answers: list[str]) -> AsyncGenerator[NameServer]:
    loop = asyncio.get_running_loop()
    transport, server = await loop.create_datagram_endpoint(
        lambda: NameServer(*answers), local_addr=("127.0.0.1", 0)
    )
    try:
        yield server
    finally:
        transport.close()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for our name that signs itself, with its key."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-nodes", "-days", "30", "-subj", f"/CN={NAME}"),
            *("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-addext", f"subjectAltName=DNS:{NAME}"),
            *("-keyout", folder / "both.pem", "-out", folder / "certificate.pem"),
        ],
        check=True,
        capture_output=True,
    )
    both = folder / "both.pem"
    both.write_text(both.read_text() + (folder / "certificate.pem").read_text())
    return both


@pytest.fixture
def serving_tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def reaching(server: NameServer, certificate: Path, port: int) -> Outgoing:
    """Return a way out that holds one address of this machine to be public, and trusts our certificate."""
    return Outgoing(
        HandClock(),
        resolve=server.resolve,
        may_reach=is_held_public,
        ports=frozenset({port}),
        tls=ssl.create_default_context(cafile=str(certificate)),
    )


def is_held_public(address: Address) -> bool:
    return str(address) == PUBLIC


@pytest.fixture
def loopback() -> Outgoing:
    return Outgoing(HandClock(), loopback=True)


async def test_a_request_is_sent_as_it_is_and_the_answer_is_told(loopback: Outgoing):
    async with receiving() as receiver:
        receiver.answers = [202]
        answered = await loopback.post(f"{receiver.url}?a=1", b'{"x": 1}', {"X-Own": "yes"})
    [received] = receiver.received
    assert (answered.status, answered.body) == (202, b"ok")
    assert (received.target, received.body) == ("/hook?a=1", b'{"x": 1}')
    assert received.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert received.headers["x-own"] == "yes"
    assert not {"cookie", "authorization", "accept-encoding"} & received.headers.keys()


async def test_a_redirect_is_an_answer_and_nothing_else(loopback: Outgoing):
    async with receiving() as inside, receiving() as receiver:
        for status in (301, 302, 303, 307, 308):
            receiver.answers = [status]
            receiver.headers = {"Location": inside.url}
            assert (await loopback.post(receiver.url, b"", {})).status == status
        assert inside.connections == 0


async def test_proxies_of_the_environment_are_not_asked(
    loopback: Outgoing, monkeypatch: pytest.MonkeyPatch
):
    async with receiving() as proxy, receiving() as receiver:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        await loopback.post(receiver.url, b"", {})
        assert (proxy.connections, receiver.connections) == (0, 1)


async def test_what_is_answered_is_read_to_a_bound(loopback: Outgoing):
    async with receiving() as receiver:
        receiver.body = b"x" * (4 << 20)
        answered = await loopback.post(receiver.url, b"", {})
    assert answered.body == b"x" * KEPT_BYTES


async def test_who_does_not_answer_is_not_waited_for(
    loopback: Outgoing, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(outgoing, "SECONDS", 0.2)
    async with receiving() as receiver:
        receiver.open.clear()
        with pytest.raises(Unreachable, match="no answer within"):
            await loopback.post(receiver.url, b"", {})


@pytest.mark.parametrize(
    "said", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 9_000, b"HTTP/1.1"]
)
async def test_what_is_not_http_is_said_so(loopback: Outgoing, said: bytes):
    async def speak(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(said)
        writer.close()

    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(Unreachable):
        await loopback.post(f"http://127.0.0.1:{port}/", b"", {})
    server.close()


async def test_nobody_at_the_port_is_said_so(loopback: Outgoing):
    async with receiving() as receiver:
        pass
    with pytest.raises(Unreachable, match="no connection"):
        await loopback.post(receiver.url, b"", {})


async def test_headers_cannot_hold_lines_of_their_own(loopback: Outgoing):
    async with receiving() as receiver:
        with pytest.raises(Exception, match="header"):
            await loopback.post(receiver.url, b"", {"X": "a\r\nHost: b"})
        assert receiver.received == []


async def test_this_machine_is_not_asked_unless_a_setting_lets_it():
    async with receiving() as receiver:
        for url in (receiver.url, f"https://localhost:{receiver.port}/"):
            with pytest.raises(InvalidInput):
                await Outgoing(HandClock()).post(url, b"", {})
        assert receiver.connections == 0


async def test_a_name_that_leads_inside_is_refused_whatever_else_it_leads_to():
    clock = HandClock()
    for answer in (
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["8.8.8.8", "169.254.169.254"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::a9fe:a9fe"],
        ["fe80::1%eth0"],
        ["fd00:ec2::254"],
    ):

        async def resolve(_host: str, _port: int, answer: list[str] = answer) -> Sequence[str]:
            return answer

        with pytest.raises(Unreachable, match="not public"):
            await Outgoing(clock, resolve=resolve).post(f"https://{NAME}/", b"", {})


async def test_a_name_without_an_address_is_said_so():
    async with names([]) as server:
        with pytest.raises(Unreachable, match="has no address"):
            await Outgoing(HandClock(), resolve=server.resolve).post(f"https://{NAME}/", b"", {})


async def test_a_name_is_asked_once_and_its_checked_address_connected_to(
    certificate: Path, serving_tls: ssl.SSLContext
):
    async with (
        receiving(PUBLIC, tls=serving_tls) as public,
        receiving(INSIDE, public.port, serving_tls) as inside,
        names([PUBLIC], [INSIDE]) as server,
    ):
        out = reaching(server, certificate, public.port)
        url = f"https://{NAME}:{public.port}/hook"
        assert (await out.post(url, b"1", {})).status == 200
        assert (server.asked, public.connections, inside.connections) == (1, 1, 0)
        assert public.received[0].headers["host"] == f"{NAME}:{public.port}"
        with pytest.raises(Unreachable, match="not public"):  # the answer is another one now
            await out.post(url, b"2", {})
        assert (server.asked, public.connections, inside.connections) == (2, 1, 0)


async def test_the_certificate_must_be_that_of_the_name(
    certificate: Path, serving_tls: ssl.SSLContext
):
    async with receiving(PUBLIC, tls=serving_tls) as receiver, names([PUBLIC]) as server:
        out = reaching(server, certificate, receiver.port)
        with pytest.raises(Unreachable, match="TLS failed"):
            await out.post(f"https://other.example.com:{receiver.port}/", b"", {})
        stranger = Outgoing(
            HandClock(),
            resolve=server.resolve,
            may_reach=is_held_public,
            ports=frozenset({receiver.port}),
        )
        with pytest.raises(Unreachable, match="TLS failed"):
            await stranger.post(f"https://{NAME}:{receiver.port}/", b"", {})
        assert receiver.received == []
