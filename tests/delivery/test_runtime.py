"""The whole process: start with and without a far end, SIGTERM under load, refused tokens, who is alone, what a log shows."""

import asyncio
import io
import logging
import subprocess
import sys
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from sqlmodel import Session
from telegram import Bot

from delivery import inbox, outbox
from delivery.presence import Presence
from delivery.redact import HIDDEN, Redactor
from delivery.request import AiohttpRequest
from delivery.runtime import Runtime, is_loopback
from delivery.store import Store
from tests.crash.processes import ROOT, Process, free_port
from tests.crash.processes import TOKEN as PROCESS_TOKEN
from tests.delivery.far import TOKEN, Far, message_update, serve
from tests.delivery.rig import open_rows, put, say

SECRET = PROCESS_TOKEN.partition(":")[2]


def bot_process(folder: Path, url: str, far_url: str, command: list[str] | None = None) -> Process:
    return Process("bot", command or [str(ROOT / "bot.py"), "run"], folder, DATABASE_URL=url, TELEGRAM_API_URL=far_url)


async def until(process: Process, done: Any, seconds: float = 20) -> None:
    began = monotonic()
    while not done():
        assert process.process and process.process.returncode is None, process.output()
        assert monotonic() - began < seconds, process.output()
        await asyncio.sleep(0.02)


def count(url: str, unit: Any) -> Any:
    store = Store.open(url)
    try:
        return store.run_now(unit)
    finally:
        store.close()


def test_sigterm_under_load_is_quick_clean_and_loses_nothing(database_url: str, tmp_path: Path) -> None:
    far = Far(updates=[message_update(n, n % 20 + 1, "/help") for n in range(1, 301)])

    async def run() -> tuple[int, float, int]:
        async with serve(far):
            bot = bot_process(tmp_path, database_url, far.url)
            await bot.start()
            await until(bot, lambda: sum(map(len, far.delivered.values())) > 5)
            began = monotonic()
            code = await bot.end()
            took, then = monotonic() - began, sum(map(len, far.delivered.values()))
            await bot.start()
            await until(bot, lambda: sum(map(len, far.delivered.values())) >= 300)
            await asyncio.sleep(0.3)
            assert await bot.end() == 0
            return code, took, then

    code, took, then = asyncio.run(run())
    assert (code, took < 10, then < 300) == (0, True, True)
    assert {user: len(said) for user, said in far.delivered.items()} == dict.fromkeys(range(1, 21), 15)
    assert count(database_url, open_rows) == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_silent_far_end_is_waited_for_and_does_not_hinder_stopping(database_url: str, tmp_path: Path) -> None:
    port = free_port()

    async def run() -> tuple[int, float]:
        bot = bot_process(tmp_path, database_url, f"http://127.0.0.1:{port}")
        await bot.start()
        await until(bot, lambda: "does not answer" in bot.output())
        began = monotonic()
        code = await bot.end()
        took = monotonic() - began
        await bot.start()
        await until(bot, lambda: bot.output().count("does not answer") >= 2)
        async with serve(Far(updates=[message_update(1, 7, "/help")]), port) as far:
            await until(bot, lambda: far.delivered[7] != [])
            assert await bot.end() == 0
        return code, took

    code, took = asyncio.run(run())
    assert (code, took < 5) == (0, True)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_refused_token_is_said_plainly(database_url: str, tmp_path: Path) -> None:
    async def run() -> tuple[int, str]:
        async with serve(Far(fault=lambda far, method, values: "401:Unauthorized")) as far:
            bot = bot_process(tmp_path, database_url, far.url)
            await bot.start()
            assert bot.process
            return await asyncio.wait_for(bot.process.wait(), 20), bot.output()

    code, output = asyncio.run(run())
    assert code == 2
    assert "Traceback" not in output
    assert SECRET not in output


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_server_without_command_menus_is_served_all_the_same(database_url: str, tmp_path: Path) -> None:
    """PTB turns a 404 for a method into InvalidToken; that must not read as a refused token."""

    async def run() -> int:
        no_menus = Far(
            updates=[message_update(1, 7, "/help")],
            fault=lambda far, method, values: "404:Not Found" if method == "setMyCommands" else None,
        )
        async with serve(no_menus) as far:
            bot = bot_process(tmp_path, database_url, far.url)
            await bot.start()
            await until(bot, lambda: far.delivered[7] != [])
            return await bot.end()

    assert asyncio.run(run()) == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_loop_that_ends_ends_the_process(database_url: str) -> None:
    """Better gone and started again than half dead."""

    async def run() -> None:
        store = Store.open(database_url)
        runtime = object.__new__(Runtime)
        from delivery.tasks import Tasks

        runtime._tasks, runtime._loops = Tasks(), set()

        async def broken() -> None:
            await asyncio.sleep(0.05)
            raise LookupError("a loop's end")

        runtime._loop(broken(), "worker")
        with pytest.raises(LookupError):
            await asyncio.wait_for(runtime.until(asyncio.Event()), 5)
        await runtime._tasks.cancel()
        store.close()

    asyncio.run(run())


# ---- who is alone


def test_only_whoever_is_alone_may_reset(database_url: str) -> None:
    stores = [Store.open(database_url) for _ in range(3)]
    first, second, third = (Presence(store.engine) for store in stores)
    try:
        assert first.arrive()
        first.share()
        assert not second.arrive()
        second.share()
        first.leave()
        assert not third.arrive()  # the second still works
        third.leave()
        second.leave()
        assert first.arrive()
        first.share()
    finally:
        for presence, store in zip((first, second, third), stores, strict=True):
            presence.leave()
            store.close()


def test_nobody_arrives_while_leases_are_reset(database_url: str) -> None:
    stores = [Store.open(database_url) for _ in range(2)]
    first, second = (Presence(store.engine) for store in stores)

    async def run() -> None:
        assert first.arrive()
        waiting = asyncio.ensure_future(asyncio.to_thread(second.arrive))
        await asyncio.sleep(1.0)
        assert not waiting.done()
        first.share()
        assert await waiting is False

    try:
        asyncio.run(run())
    finally:
        for presence, store in zip((first, second), stores, strict=True):
            presence.leave()
            store.close()


@pytest.mark.parametrize("alone", [True, False])
def test_a_start_takes_back_leases_only_when_alone(alone: bool, database_url: str, tmp_path: Path) -> None:
    """A row in a dead predecessor's hands is handled at once; in a living one's hands it stays."""
    far = Far()

    def leave_behind(session: Session) -> None:
        say(session, 1, 7, "/help")
        put(session, 8, "x")
        from time import time

        assert inbox.claim(session, n=9, me="gone", at=time())
        assert outbox.claim(session, n=9, me="gone", at=time())

    async def run() -> int:
        store = Store.open(database_url)
        await store.run(leave_behind)
        other = Presence(store.engine)
        if not alone:
            other.arrive()
            other.share()
        async with serve(far):
            bot = bot_process(tmp_path, database_url, far.url)
            await bot.start()
            if alone:
                await until(bot, lambda: far.delivered[7] != [], 30)
            else:
                await until(bot, lambda: far.made("getUpdates") != [], 30)
                await asyncio.sleep(1)
            await bot.end()
        other.leave()
        left = await store.run(open_rows)
        store.close()
        return left

    assert asyncio.run(run()) == (0 if alone else 2)


# ---- the token


def test_no_output_contains_the_token(tmp_path: Path, sqlite_template: Path) -> None:
    """Every logger at DEBUG, faults of every kind, a handler that logs the bot, one that fails with the URL."""
    url = f"sqlite:///{tmp_path / 'canary.db'}"
    faults = iter(
        [None] * 4 + ["502", "cut-before", "429:1", "409:Conflict", "500:x", "nonsense", "hang", "401:Unauthorized"]
    )
    odd = {"update_id": 6, "message": {"message_id": "x", "from": {"id": 7}, "chat": 5}}
    far = Far(hang_seconds=0.1)
    texts = ["/help", "/mine", "hello", "/help", "/start x"]
    far.updates = [*(message_update(n, 7 + n, text) for n, text in enumerate(texts, 1)), odd]
    far.fault = lambda far, method, values: next(faults, None)

    async def run() -> str:
        async with serve(far):
            bot = bot_process(tmp_path, url, far.url, ["-m", "tests.delivery.canary_runner"])
            await bot.start()
            await until(bot, lambda: bot.output().count("parked, incident") >= 2, 30)
            assert await bot.end() == 0
            return bot.output()

    output = asyncio.run(run())
    assert HIDDEN in output
    assert "RuntimeError: POST" in output
    assert [line for line in output.splitlines() if SECRET in line] == []


def test_the_last_words_of_a_crash_are_redacted(tmp_path: Path) -> None:
    environment = {"PYTHONPATH": str(ROOT), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-m", "tests.delivery.canary_runner", "crash"],
        input=f"http://127.0.0.1/bot{PROCESS_TOKEN}",
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "RuntimeError" in done.stderr
    assert SECRET not in done.stdout + done.stderr


@pytest.mark.parametrize("shape", ["{0}", "bot{0}/getMe", "{1}", "token={0}&x", "('{0}',)", "https://h/file/bot{0}/a"])
def test_the_redactor_hides_every_shape(shape: str) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Redactor("%(message)s"))
    log = logging.Logger("shape")
    log.addHandler(handler)
    said = shape.format(TOKEN, TOKEN.replace(":", "%3A"))
    try:
        raise ValueError(said)
    except ValueError:
        log.exception("it was %s and %r", said, Bot(TOKEN, request=AiohttpRequest()))
    assert TOKEN.partition(":")[2] not in stream.getvalue()
    assert HIDDEN in stream.getvalue()


@pytest.mark.parametrize(
    ("url", "here"),
    [("http://127.0.0.1:1", True), ("http://localhost", True), ("http://[::1]:5", True), ("https://api.telegram.org", False),
     ("http://192.168.0.1", False), ("http://localhost.example", False), ("", False)],
)  # fmt: skip
def test_loopback_is_recognized(url: str, here: bool) -> None:
    assert is_loopback(url) is here
