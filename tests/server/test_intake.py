"""Sockets that are read together, over real ones."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager

import pytest
from typing_extensions import override

from vitrail.server.intake import BURST, Intake


class Ear(asyncio.Protocol):
    """Keeps what it hears."""

    def __init__(self, *, is_broken: bool = False) -> None:
        self.heard = b""
        self.news = asyncio.Event()
        self.is_broken = is_broken
        self.lost = asyncio.Event()
        self.transport: asyncio.Transport

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    @override
    def data_received(self, data: bytes) -> None:
        if self.is_broken:
            raise RuntimeError("broken")
        self.heard += data
        self.news.set()

    async def hears(self, words: bytes) -> None:
        """Wait until just this was heard since it was last waited for."""
        async with asyncio.timeout(20):
            while len(self.heard) < len(words):
                await self.news.wait()
                self.news.clear()
        assert self.heard == words
        self.heard = b""

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self.lost.set()


@asynccontextmanager
async def listening(intake: Intake, *ears: Ear):
    mouths: list[socket.socket] = []
    for ear in ears:
        mouth, theirs = socket.socketpair()
        mouths.append(mouth)
        await asyncio.get_running_loop().create_connection(lambda ear=ear: ear, sock=theirs)
        intake.add(ear)
    try:
        yield mouths
    finally:
        for ear, mouth in zip(ears, mouths, strict=True):
            intake.remove(ear)
            ear.transport.abort()
            mouth.close()


async def begin_to_tick(ear: Ear, mouth: socket.socket) -> None:
    """Say so much that sockets are read on a tick."""
    for _ in range(BURST + 2):
        mouth.send(b".")
        await ear.hears(b".")


async def test_what_has_come_is_read_before_something_is_sent():
    intake, ear = Intake(), Ear()
    async with listening(intake, ear) as [mouth]:
        await begin_to_tick(ear, mouth)
        intake.rhythm = lambda: 3600.0  # bounded: see the next test
        mouth.send(b"now")
        intake.gather()
        assert ear.heard == b"now"


async def test_a_tick_comes_however_seldom_something_is_sent():
    intake, ear = Intake(), Ear()
    async with listening(intake, ear) as [mouth]:
        await begin_to_tick(ear, mouth)
        intake.rhythm = lambda: 3600.0
        mouth.send(b"soon")
        await ear.hears(b"soon")


async def test_while_little_comes_there_is_nothing_to_gather():
    intake, ear = Intake(), Ear()
    async with listening(intake, ear) as [mouth]:
        mouth.send(b"at once")
        intake.gather()
        assert not ear.heard
        await ear.hears(b"at once")


@pytest.mark.parametrize("is_broken_first", [True, False])
async def test_one_that_cannot_be_read_does_not_keep_the_others(is_broken_first: bool):
    intake, good, bad = Intake(), Ear(), Ear(is_broken=True)
    pair = (bad, good) if is_broken_first else (good, bad)
    async with listening(intake, *pair) as mouths:
        for mouth in mouths:
            mouth.send(b"hello")
        await bad.lost.wait()
        await good.hears(b"hello")
