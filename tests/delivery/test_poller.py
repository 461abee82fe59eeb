# ruff: noqa: ASYNC110  (what is waited for happens in another process or in a table)
"""Long polling: what is fetched is kept before it is confirmed, and no fault ends the loop."""

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlmodel import col, select
from telegram.error import InvalidToken

from delivery import database, poller
from delivery.bell import Bell
from delivery.clock import SystemClock
from delivery.poller import ALLOWED_UPDATES, Poller
from delivery.request import AiohttpRequest
from delivery.store import Store
from delivery.tasks import Tasks
from models import Inbox
from tests.crash.processes import free_port
from tests.delivery.far import TOKEN, Far, message_update, serve
from tests.delivery.rig import opened
from tests.delivery.test_store import locked


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poller, "LONGEST_SECONDS", 0.1)
    monkeypatch.setattr(poller, "CONFLICT_SECONDS", 0.1)


@asynccontextmanager
async def polling(store: Store, url: str) -> Any:
    tasks = Tasks()
    made = Poller(store, SystemClock(), url=f"{url}/bot{TOKEN}", incoming=Bell(), connect=AiohttpRequest)
    running = tasks.start(made.run(), name="poller")
    try:
        yield running
    finally:
        await tasks.cancel()
        await made.close()


async def kept(store: Store, wanted: int, seconds: float = 10) -> list[int]:
    """Update ids in the inbox once there are so many, in their order."""
    query = select(Inbox.update_id).order_by(col(Inbox.id))
    async with asyncio.timeout(seconds):
        while len(found := await store.run(lambda session: list(session.exec(query)))) < wanted:
            await asyncio.sleep(0.01)
    return found


def poll(url: str, far: Far, wanted: int) -> list[int]:
    async def run() -> list[int]:
        async with opened(url) as store, serve(far), polling(store, far.url):
            found = await kept(store, wanted)
            await asyncio.sleep(0.2)
            return found

    return asyncio.run(run())


def test_the_offset_never_passes_what_is_kept(database_url: str) -> None:
    far = Far(updates=[message_update(n, n % 3 + 1) for n in range(10, 15)])
    assert poll(database_url, far, 5) == [10, 11, 12, 13, 14]
    offsets = [int(call.values["offset"]) for call in far.calls]
    assert offsets[:2] == [0, 15]
    assert far.calls[0].values["allowed_updates"] == str(list(ALLOWED_UPDATES)).replace("'", '"')


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_ids_that_jump_down_after_a_silence_are_kept(database_url: str) -> None:
    far = Far(updates=[message_update(1_000_000, 1)])

    async def run() -> list[int]:
        async with opened(database_url) as store, serve(far), polling(store, far.url):
            await kept(store, 1)
            while not any(call.values["offset"] == "1000001" for call in far.calls):
                await asyncio.sleep(0.02)
            far.updates = []
            await asyncio.sleep(0.6)
            far.updates = [message_update(17, 1), message_update(18, 1)]
            return await kept(store, 3)

    assert asyncio.run(run()) == [1_000_000, 17, 18]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_faults_are_waited_out_and_said_once_each(database_url: str, caplog: pytest.LogCaptureFixture) -> None:
    faults = (
        ["409:Conflict: terminated by other getUpdates request"] * 3
        + ["502"] * 3
        + ["cut-before", "nonsense", "cut-before"]
    )
    left = iter(faults)
    far = Far(fault=lambda far, method, values: next(left, None), updates=[message_update(1, 1)])
    with caplog.at_level(logging.INFO, "delivery.poller"):
        assert poll(database_url, far, 1) == [1]
    assert [record.getMessage() for record in caplog.records if record.name == "delivery.poller"] == [
        "getUpdates: Conflict, waiting",
        "getUpdates: NetworkError, waiting",
        "getUpdates: works again",
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_far_end_that_goes_and_comes_back(database_url: str, caplog: pytest.LogCaptureFixture) -> None:
    port = free_port()

    async def run() -> list[int]:
        async with opened(database_url) as store, polling(store, f"http://127.0.0.1:{port}"):
            await asyncio.sleep(0.3)
            for number in (1, 2):
                async with serve(Far(updates=[message_update(number, 1)]), port):
                    await kept(store, number)
                await asyncio.sleep(0.3)
            return await kept(store, 2)

    with caplog.at_level(logging.INFO, "delivery.poller"):
        assert asyncio.run(run()) == [1, 2]
    said = [record.getMessage() for record in caplog.records if record.name == "delivery.poller"]
    assert said.count("getUpdates: works again") == 2
    assert len(said) <= 7


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_odd_updates_do_not_stop_the_others(database_url: str) -> None:
    odd: list[Any] = [None, 7, {"message": {}}, {"update_id": "x"}, {"update_id": 2**70}]
    assert poll(database_url, Far(updates=[message_update(1, 1), *[o for o in odd if isinstance(o, dict)]]), 1) == [1]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_updates_without_any_id_do_not_make_a_hot_loop(database_url: str) -> None:
    far = Far(updates=[{"message": {}}])

    async def run() -> None:
        async with opened(database_url) as store, serve(far), polling(store, far.url):
            await asyncio.sleep(0.6)

    asyncio.run(run())
    assert 2 <= len(far.calls) < 12


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_locked_database_loses_nothing(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 100)
    far = Far(updates=[message_update(1, 1)])

    async def run() -> list[int]:
        async with opened(database_url) as store, serve(far):
            with locked(database_url):
                async with polling(store, far.url):
                    await asyncio.sleep(0.5)
                    assert {call.values["offset"] for call in far.calls} == {"0"}
            async with polling(store, far.url):
                return await kept(store, 1)

    assert asyncio.run(run()) == [1]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_same_poller_goes_on_after_a_lock(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 100)
    far = Far(updates=[message_update(1, 1)])

    async def run() -> list[int]:
        async with opened(database_url) as store, serve(far), polling(store, far.url):
            await kept(store, 1)
            held = locked(database_url)
            held.__enter__()
            far.updates = [message_update(2, 1)]
            await asyncio.sleep(0.6)
            held.__exit__(None, None, None)
            return await kept(store, 2)

    assert asyncio.run(run()) == [1, 2]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_refused_token_is_given_up_only_after_several_refusals(database_url: str) -> None:
    far = Far(updates=[message_update(1, 1)])

    async def run() -> None:
        async with opened(database_url) as store, serve(far):
            short = iter(["404:Not Found"] * (poller.REFUSALS - 1))
            far.fault = lambda far, method, values: next(short, None)
            async with polling(store, far.url) as running:
                await kept(store, 1)
                far.fault = lambda far, method, values: "401:Unauthorized"
                with pytest.raises(InvalidToken):
                    await asyncio.wait_for(asyncio.shield(running), 5)

    asyncio.run(run())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_wedged_connection_is_replaced(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poller, "WATCHDOG_SECONDS", 0.3)
    made: list[AiohttpRequest] = []

    def connect() -> AiohttpRequest:
        made.append(AiohttpRequest())
        return made[-1]

    async def run() -> None:
        async with opened(database_url) as store:
            tasks = Tasks()
            each = Poller(store, SystemClock(), url=f"http://127.0.0.1:{free_port()}/bot{TOKEN}", incoming=Bell(), connect=connect)  # fmt: skip  # noqa: E501
            tasks.start(each.run())
            await asyncio.sleep(1)
            await tasks.cancel()
            await each.close()

    asyncio.run(run())
    assert len(made) >= 2
