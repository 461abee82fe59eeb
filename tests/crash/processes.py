"""The processes of a crash test, a look into the bot's tables for choosing the moment of a kill, and a keyless far end."""

import asyncio
import os
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import aiohttp
import psycopg
from aiohttp import web
from sqlalchemy.engine import make_url

from locales import words

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "70000001:crash-canary-token-that-must-never-be-logged"
START_SECONDS = 30.0
RUNNING = words("zh-CN").say("cli-running")


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Process:
    """A command of ours in a process of its own; its output goes to a file."""

    def __init__(self, name: str, command: list[str], folder: Path, **environment: str) -> None:
        self.command = [sys.executable, *command]
        self.log = folder / f"{name}.log"
        self.folder = folder
        self.environment = {**os.environ, "PYTHONPATH": str(ROOT), "TELEGRAM_BOT_TOKEN": TOKEN, **environment}
        self.process: asyncio.subprocess.Process | None = None
        self.lives = 0  # how often it had said that it runs before it was started last

    async def start(self) -> None:
        """Begin; what was written before stays in the log."""
        self.lives = self.output().count(RUNNING)
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self.command, cwd=self.folder, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    async def up(self) -> None:
        """Wait until it says that it runs; a SIGTERM while Python still imports ends any program the hard way."""
        for _ in range(int(START_SECONDS / 0.05)):
            if self.output().count(RUNNING) > self.lives:
                return
            await asyncio.sleep(0.05)
        raise AssertionError("the bot did not come up")

    async def kill(self) -> None:
        """kill -9, this process only."""
        assert self.process is not None
        if self.process.returncode is None:
            os.kill(self.process.pid, signal.SIGKILL)
        await self.process.wait()

    async def end(self) -> int:
        """SIGTERM; returns the exit code."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.terminate()
        try:
            return await asyncio.wait_for(self.process.wait(), 20)
        except TimeoutError:
            await self.kill()
            return -9

    def output(self) -> str:
        """Everything it wrote."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""


class Tables:
    """The bot's queue tables, looked at from outside and only to choose when to kill."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self._connection: Any
        if parsed.get_backend_name() == "sqlite":
            self._connection = sqlite3.connect(f"file:{parsed.database}?mode=ro", uri=True, timeout=5)
        else:
            dsn = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
            self._connection = psycopg.connect(dsn, autocommit=True)

    def _count(self, query: str) -> int:
        return int(self._connection.execute(query).fetchone()[0])

    def unfinished(self) -> int:
        """Rows of the inbox in a worker's hands."""
        return self._count(f"SELECT count(*) FROM inbox WHERE done_at IS NULL AND lease_until > {time.time()}")

    def waiting(self) -> int:
        """Rows of the inbox that are not done."""
        return self._count("SELECT count(*) FROM inbox WHERE done_at IS NULL")

    def leased(self) -> int:
        """Rows of the outbox in a sender's hands."""
        return self._count(f"SELECT count(*) FROM outbox WHERE done_at IS NULL AND lease_until > {time.time()}")

    def said(self) -> int:
        """Rows of the outbox, done or not."""
        return self._count("SELECT count(*) FROM outbox")

    def parked(self) -> int:
        """Rows somebody would have to look into."""
        return self._count("SELECT count(*) FROM inbox WHERE outcome = 'parked'") + self._count(
            "SELECT count(*) FROM outbox WHERE outcome = 'dead'"
        )

    def close(self) -> None:
        self._connection.close()


@asynccontextmanager
async def keyless(gateway: str, delay: float = 0.03) -> AsyncIterator[str]:
    """A thin proxy in front of the gateway that strips the idempotency key and answers late, as a far server would."""

    async def forward(request: web.Request) -> web.Response:
        body: bytes | None = await request.read()
        if request.content_type == "application/x-www-form-urlencoded":
            pairs = parse_qsl((body or b"").decode(), keep_blank_values=True)
            body = urlencode([pair for pair in pairs if pair[0] != "idempotency_key"]).encode()
        headers = {"content-type": request.headers.get("content-type", "application/x-www-form-urlencoded")}
        async with session.post(f"{gateway}{request.path_qs}", data=body, headers=headers) as answer:
            content = await answer.read()
        if "getUpdates" not in request.path:
            await asyncio.sleep(delay)
        return web.Response(body=content, status=answer.status, content_type="application/json")

    app = web.Application(client_max_size=60 * 1024 * 1024)
    app.router.add_route("*", "/{rest:.*}", forward)
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=200)) as session:
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        try:
            port = free_port()
            await web.TCPSite(runner, "127.0.0.1", port).start()
            yield f"http://127.0.0.1:{port}"
        finally:
            await runner.cleanup()
