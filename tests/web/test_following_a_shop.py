"""The socket with which an editor follows its site's shop: for whoever may, as long as they may, and not without end."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.collab.test_access_changes import Site
from tests.people import Asker
from vitrail.server.application import SHOPS_FOLLOWED


def follow(asker: Asker, site: str) -> connect:
    base = str(asker.http.base_url).rstrip("/").replace("http", "ws", 1)
    headers = {name: asker.headers[name] for name in ("Cookie", "Origin")}
    return connect(f"{base}/api/sites/{site}/shop/live", additional_headers=headers)


async def closed(socket: ClientConnection) -> int:
    with pytest.raises(ConnectionClosed) as ending:
        async with asyncio.timeout(20):
            await socket.recv()
    assert ending.value.rcvd is not None
    return ending.value.rcvd.code


async def test_who_loses_access_is_closed_though_nothing_happens(askers: dict[str, Asker]):
    site = await asyncio.to_thread(Site, askers["owner"])
    guest = await asyncio.to_thread(lambda: site.come(site.link("viewer")))
    async with follow(guest, site.id) as socket:
        await socket.send("what")
        await socket.send(b"\x00")
        gone = await asyncio.to_thread(site.owner.ask, "DELETE", f"{site.url}/members/{guest.id}")
        assert gone.is_success
        assert await closed(socket) == 4404
    with pytest.raises(InvalidStatus, match="403"):
        await follow(guest, site.id)


async def test_one_person_follows_only_so_many(askers: dict[str, Asker]):
    site = await asyncio.to_thread(Site, askers["owner"])
    guest = await asyncio.to_thread(lambda: site.come(site.link("viewer")))
    async with AsyncExitStack() as stack:
        first, *_ = [
            await stack.enter_async_context(follow(guest, site.id)) for _ in range(SHOPS_FOLLOWED)
        ]
        with pytest.raises(InvalidStatus, match="403"):
            await follow(guest, site.id)
        await stack.enter_async_context(follow(site.owner, site.id))  # others do
        await first.close()

        async def come() -> ClientConnection:
            while True:  # until the server has seen the other one go
                try:
                    return await follow(guest, site.id)
                except InvalidStatus:
                    pass

        async with asyncio.timeout(20):
            await stack.enter_async_context(await come())
