"""pycrdt-websocket with its SQLite store, on uvicorn: pycrdt_websocket.py PORT DATABASE.

Durability: a background task writes every update to SQLite; clients are not told.
"""

from __future__ import annotations

import asyncio
import logging
import sys

import uvicorn
from pycrdt.store import SQLiteYStore
from pycrdt.websocket import ASGIServer, WebsocketServer, YRoom

port, database = sys.argv[1:]


class Store(SQLiteYStore):
    db_path = database


class Server(WebsocketServer):
    async def get_room(self, name: str) -> YRoom:
        if name not in self.rooms:
            room = YRoom(ready=False, ystore=Store(name, log=None), log=self.log)
            self.rooms[name] = room
            await self.start_room(room)
            await load(room)
            room.ready = True
        room = self.rooms[name]
        await self.start_room(room)
        return room


async def load(room: YRoom) -> None:
    """Read the document before anybody is answered."""
    from pycrdt.store import YDocNotFound

    try:
        await room.ystore.apply_updates(room.ydoc)
    except YDocNotFound:
        return


async def main() -> None:
    logging.disable(logging.INFO)
    async with Server(auto_clean_rooms=False) as server:
        app = ASGIServer(server)
        config = uvicorn.Config(
            app, host="127.0.0.1", port=int(port), loop="uvloop", log_level="error", lifespan="off"
        )
        await uvicorn.Server(config).serve()


asyncio.run(main())
