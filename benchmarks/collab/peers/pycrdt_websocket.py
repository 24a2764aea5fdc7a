"""pycrdt-websocket with its SQLite store, on uvicorn: pycrdt_websocket.py PORT DATABASE.

Durability: a background task writes every update to SQLite; clients are not told.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys

import uvicorn
from pycrdt.store import SQLiteYStore, YDocNotFound
from pycrdt.websocket import ASGIServer, WebsocketServer, YRoom
from typing_extensions import override

port, database = sys.argv[1:]


class Store(SQLiteYStore):
    db_path = database


class Server(WebsocketServer):
    @override
    async def get_room(self, name: str) -> YRoom:
        room = self.rooms.get(name)
        if room is None:
            room = YRoom(ready=False, ystore=Store(name), log=self.log)
            self.rooms[name] = room
            await self.start_room(room)
            await room.ystore.started.wait()
            with contextlib.suppress(YDocNotFound):
                await room.ystore.apply_updates(room.ydoc)
            room.ready = True
        return room


async def main() -> None:
    logging.disable(logging.INFO)
    async with Server(auto_clean_rooms=False) as server:
        app = ASGIServer(server)
        config = uvicorn.Config(
            app, host="127.0.0.1", port=int(port), loop="uvloop", log_level="error", lifespan="off"
        )
        await uvicorn.Server(config).serve()


asyncio.run(main())
