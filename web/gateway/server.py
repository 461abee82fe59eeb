"""Running the gateway: uvicorn without its habits (prototype traps 13 and 14).

It captures no signals, writes no access log (paths hold the token) and keeps connections longer than its clients do.
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette

from delivery.tasks import Tasks

BACKLOG = 512


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"


class QuietServer(uvicorn.Server):
    """A server inside somebody else's program."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self.ending = asyncio.Event()

    def capture_signals(self) -> contextlib.AbstractContextManager[None]:  # type: ignore[override]
        return contextlib.nullcontext()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        finally:
            self.ready.set()

    async def main_loop(self) -> None:
        """Sleep until the end, instead of looking for it ten times a second."""
        await self.on_tick(0)
        await self.ending.wait()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. With proto 0, as socket.create_server makes it, asyncio leaves Nagle on: 40 ms an answer."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


@contextlib.asynccontextmanager
async def serve(app: Starlette, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[Address]:
    """Serve `app` inside the block; port 0 takes a free one. Stop the bot first, then leave the block."""
    listener = listen(host, port)
    server = QuietServer(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=1,
            timeout_keep_alive=75,
        )
    )
    task = Tasks().start(server.serve(sockets=[listener]), name="gateway-server")
    try:
        await server.ready.wait()
        yield Address(host, listener.getsockname()[1])
    finally:
        app.state.gateway.wake()
        server.ending.set()
        await asyncio.wait([task])
        listener.close()
