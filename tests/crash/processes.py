# ruff: noqa: ASYNC110  (what is waited for happens in another process)
"""The processes of a crash test, and a look into the bot's tables, only to choose when to kill and when to turn the clock."""

import asyncio
import os
import signal
import socket
import sqlite3
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

from delivery.clock import FileClock
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
    """The bot's queues, looked at from outside and only to choose when to kill and when to go on; and what was given up."""

    def __init__(self, url: str, clock: FileClock | None = None) -> None:
        self._clock = clock
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

    def leased(self) -> int:
        """Rows of the outbox in a sender's hands."""
        return self._count(f"SELECT count(*) FROM outbox WHERE done_at IS NULL AND lease_until > {time.time()}")

    def due(self) -> int:
        """Due rows that have not run although the clock's file asks for a later instant."""
        by = self._clock.target() if self._clock else datetime.now(UTC)
        return self._count(f"SELECT count(*) FROM due WHERE done_at IS NULL AND due_at <= '{by:%Y-%m-%d %H:%M:%S+00}'")

    async def turn(self, days: int) -> None:
        """快进: ask for a later day in the clock's file, and wait until the bot has walked there."""
        assert self._clock is not None
        self._clock.ask(timedelta(days=days))
        while self.due():
            await asyncio.sleep(0.05)

    def ran(self) -> int:
        """Due rows that have run."""
        return self._count("SELECT count(*) FROM due WHERE outcome = 'done'")

    def said(self) -> int:
        """Rows of the outbox, done or not."""
        return self._count("SELECT count(*) FROM outbox")

    async def at_rest(self, seconds: float = 20) -> None:
        """Until nothing waits in either queue: what is still to come has come."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and (self._open("inbox") or self._open("outbox")):
            await asyncio.sleep(0.05)

    def _open(self, table: str) -> int:
        return self._count(f"SELECT count(*) FROM {table} WHERE done_at IS NULL")

    def parked(self) -> int:
        """Rows somebody would have to look into."""
        given_up = {"inbox": "parked", "outbox": "dead", "due": "parked"}
        return sum(self._count(f"SELECT count(*) FROM {t} WHERE outcome = '{how}'") for t, how in given_up.items())

    def close(self) -> None:
        self._connection.close()
