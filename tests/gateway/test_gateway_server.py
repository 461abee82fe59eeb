"""Starting and stopping: a real port, a quick end, no signals, no tokens in logs, nothing lost over a restart."""

import asyncio
import logging
import signal
import time

import pytest
from sqlalchemy import func, select, update
from sqlmodel import Session

from delivery.store import Store
from web.gateway import create_gateway, serve
from web.gateway.tables import CALLS, UPDATES

from .line import SCHOOL, TEACHER, TOKEN, open_line


def test_a_restart_forgets_nothing(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            await line.gateway.say(SCHOOL, "你好")
            sent = await line.result("sendMessage", chat_id=SCHOOL, text="好", idempotency_key="a")
        async with open_line(store) as line:
            assert await line.result("sendMessage", chat_id=SCHOOL, text="好", idempotency_key="a") == sent
            assert [message["text"] for message in await line.gateway.messages(SCHOOL)] == ["你好", "好"]
            assert len(await line.updates()) == 1

    asyncio.run(play())


def test_it_stops_at_once_although_a_bot_polls_and_a_page_listens(store: Store) -> None:
    async def play() -> float:
        async with asyncio.TaskGroup() as group, open_line(store) as line:
            poll = group.create_task(line.call("getUpdates", timeout=50))
            page = group.create_task(line.session.get(f"{line.url}/api/events"))
            async with asyncio.timeout(5):
                while line.gateway.polls.current is None or not line.gateway.hub.pages:
                    await line.gateway.idle()
            began = time.monotonic()
            line.gateway.wake()
            assert (await poll)["result"] == []
            (await page).close()
        return time.monotonic() - began

    assert asyncio.run(play()) < 1.5


def test_signals_stay_with_the_program(store: Store) -> None:
    async def play() -> None:
        before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
        async with serve(create_gateway(store, token=TOKEN)) as address:
            assert address.port > 0
            assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before

    asyncio.run(play())


def test_a_taken_port_is_said(store: Store) -> None:
    async def play() -> None:
        async with serve(create_gateway(store, token=TOKEN)) as address:
            with pytest.raises(OSError, match="in use"):
                async with serve(create_gateway(store, token=TOKEN), port=address.port):
                    pass

    asyncio.run(play())


def test_answers_are_not_delayed_by_the_socket(store: Store) -> None:
    """With Nagle on, each answer on a kept connection takes 40 ms."""

    async def play() -> float:
        async with open_line(store) as line:
            await line.result("getMe")
            began = time.monotonic()
            for _ in range(20):
                await line.result("getMe")
            return time.monotonic() - began

    assert asyncio.run(play()) < 0.6


def test_logs_hold_no_token_no_name_no_text(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            await line.gateway.say(SCHOOL, "SECRET-TEXT")
            await line.result("sendMessage", chat_id=TEACHER, text="SECRET-TEXT")
            await line.call("sendMessage", chat_id=1, text="SECRET-TEXT")

    with caplog.at_level(logging.DEBUG):
        asyncio.run(play())
    for secret in (TOKEN, TOKEN.partition(":")[2], "SECRET-TEXT", "阿依"):
        assert secret not in caplog.text


def test_old_keys_and_updates_are_forgotten(store: Store) -> None:
    def rows(session: Session) -> tuple[int, ...]:
        return tuple(
            session.connection().execute(select(func.count()).select_from(t)).scalar_one() for t in (UPDATES, CALLS)
        )

    def age_keys(session: Session) -> None:
        session.connection().execute(update(CALLS).values(made_at=0))

    async def play() -> None:
        async with open_line(store) as line:
            await line.gateway.say(SCHOOL, "你好")
            await line.result("sendMessage", chat_id=SCHOOL, text="好", idempotency_key="a")
            await line.age(3 * 86_400)
            await store.run(age_keys)
            assert await store.run(rows) == (1, 1)
            await line.updates()
            assert await store.run(rows) == (0, 0)

    asyncio.run(play())
