# ruff: noqa: ASYNC110  (what is waited for happens in another process or in a table)
"""From inbox to handler: poison, slow handlers, floods, a locked database. Whatever happens to one row, others go on."""

import asyncio
import logging
import re
from collections import defaultdict
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select
from telegram import Update

from delivery import database, inbox, worker
from delivery.bell import Bell
from delivery.turn import Turn
from models import Inbox, Outbox, Role
from services import people
from services.errors import Refused
from tests.delivery.far import message_update
from tests.delivery.rig import NOW, drained, opened, save, say, working
from tests.delivery.test_store import locked


@pytest.fixture(autouse=True)
def quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row given back after its first try waits a second; a tenth is enough here."""
    real = inbox.give_back

    def give_back(session: Session, row: inbox.Claimed, *, at: float, counts: bool) -> None:
        real(session, row, at=at - 0.9 * row.attempts, counts=counts)

    monkeypatch.setattr(inbox, "give_back", give_back)
    monkeypatch.setattr(worker, "IDLE_SECONDS", 0.05)


def nothing(session: Session, actor: Any, now: Any) -> None:
    """A service without effect."""


def rows(session: Session) -> dict[int, tuple[str | None, int]]:
    return {row.update_id: (row.outcome, row.attempts) for row in session.exec(select(Inbox))}


def told(session: Session) -> list[tuple[int, str, dict[str, Any]]]:
    return [(row.chat, row.view, row.content) for row in session.exec(select(Outbox).order_by(col(Outbox.id)))]


async def handled(store: Any, seconds: float = 15) -> None:
    """Until the inbox is empty."""
    async with asyncio.timeout(seconds):
        while await store.run(
            lambda session: session.exec(select(Inbox.id).where(col(Inbox.done_at).is_(None))).first()
        ):
            await asyncio.sleep(0.01)


def test_an_update_ptb_cannot_parse_is_parked_and_stops_nobody(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Its person and the coordinators get the incident number; others are answered between the tries."""
    bad = {"update_id": 1, "message": {"message_id": "x", "from": {"id": 7}, "chat": 5, "date": "never"}}
    seen: list[int] = []

    async def handle(update: Update, turn: Turn) -> None:
        seen.append(update.update_id)
        await turn.commit(nothing)

    async def run() -> Any:
        async with opened(database_url) as store:

            def fill(session: Session) -> None:
                boss = people.persons_of(session, [99], NOW)[99]
                session.add(Role(person_id=boss, kind="coordinator", granted_at=NOW))
                save(session, bad, message_update(2, 7), *(message_update(n, n) for n in range(10, 30)))

            await store.run(fill)
            async with working(store, handle):
                await handled(store)
            return await store.run(rows), await store.run(told)

    found, messages = asyncio.run(run())
    assert found.pop(1) == ("parked", 3)
    assert set(found.values()) == {("done", 1)}
    assert seen[-1] == 2  # the same person's next one, after the bad one
    assert [(chat, view) for chat, view, _ in messages] == [(7, "incident"), (99, "incident-coordinator")]
    numbers = {content["incident"] for _, _, content in messages}
    assert len(numbers) == 1
    assert re.search(f"incident {numbers.pop()}", caplog.text)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_handler_that_always_raises_is_parked_after_three_tries(database_url: str) -> None:
    tries: list[int] = []

    async def handle(update: Update, turn: Turn) -> None:
        tries.append(update.update_id)
        raise LookupError("always")

    async def run() -> Any:
        async with opened(database_url) as store:
            await store.run(lambda session: say(session, 1, 7))
            async with working(store, handle):
                await handled(store)
            return await store.run(rows)

    assert asyncio.run(run()) == {1: ("parked", 3)}
    assert tries == [1, 1, 1]


def test_a_broken_constraint_is_poison_and_not_the_databases_trouble(database_url: str) -> None:
    """It used to be tried for ever, and the person heard nothing any more."""

    def act(session: Session, actor: Any, now: Any) -> None:
        session.execute(text("INSERT INTO account (channel) VALUES ('x')"))

    async def handle(update: Update, turn: Turn) -> None:
        await turn.commit(act if update.update_id == 1 else nothing)

    async def run() -> Any:
        async with opened(database_url) as store:
            await store.run(lambda session: (say(session, 1, 7), say(session, 2, 7)))
            async with working(store, handle):
                await handled(store)
            return await store.run(rows)

    assert asyncio.run(run()) == {1: ("parked", 3), 2: ("done", 1)}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_parking_that_cannot_tell_still_parks(database_url: str) -> None:
    async def handle(update: Update, turn: Turn) -> None:
        raise LookupError

    def park(*_: Any) -> None:
        raise ValueError("our fault")

    async def run() -> Any:
        async with opened(database_url) as store:
            await store.run(lambda session: say(session, 1, 7))
            async with working(store, handle, park=park):
                await handled(store)
            return await store.run(rows)

    assert asyncio.run(run()) == {1: ("parked", 3)}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_update_that_kills_the_process_is_parked_in_the_end(database_url: str) -> None:
    """Nobody is left to count when the process dies: the claims are."""

    async def handle(update: Update, turn: Turn) -> None:
        raise AssertionError("must not be run again")

    async def run() -> Any:
        async with opened(database_url) as store:
            await store.run(lambda session: say(session, 1, 7))
            await store.run(lambda session: session.execute(text(f"UPDATE inbox SET attempts = {inbox.MAX_CRASHES}")))
            async with working(store, handle):
                await handled(store)
            return await store.run(rows)

    assert asyncio.run(run()) == {1: ("parked", inbox.MAX_CRASHES + 1)}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_no_handler_wants_is_done_and_expected_trouble_is_explained(database_url: str) -> None:
    async def handle(update: Update, turn: Turn) -> None:
        if update.update_id == 2:
            raise Refused("stale")

    async def run() -> Any:
        async with opened(database_url) as store:
            await store.run(lambda session: (say(session, 1, 7), say(session, 2, 8)))
            async with working(store, handle):
                await handled(store)
            return await store.run(rows), await store.run(told)

    found, messages = asyncio.run(run())
    assert found == {1: ("done", 1), 2: ("done", 1)}
    assert messages == [(8, "error", {"key": "stale", "values": {}})]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_error_after_the_commit_is_seen_and_repeats_nothing(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def handle(update: Update, turn: Turn) -> None:
        await turn.commit(nothing)
        raise LookupError("too late")

    async def run() -> Any:
        async with opened(database_url) as store:
            await store.run(lambda session: say(session, 1, 7))
            async with working(store, handle):
                await handled(store)
                await asyncio.sleep(0.05)
            return await store.run(rows)

    with caplog.at_level(logging.ERROR):
        assert asyncio.run(run()) == {1: ("done", 1)}
    assert "LookupError after its commit" in caplog.text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_handler_slower_than_its_time_is_stopped_and_parked(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its time is shorter than the lease, or it would be run twice at once for ever."""
    assert worker.HANDLER_SECONDS < inbox.LEASE_SECONDS
    monkeypatch.setattr(worker, "HANDLER_SECONDS", 0.1)
    running, most = 0, 0

    async def handle(update: Update, turn: Turn) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        try:
            await asyncio.sleep(30 if update.update_id == 1 else 0)
        finally:
            running -= 1
        await turn.commit(nothing)

    async def run() -> Any:
        async with opened(database_url) as store:
            await store.run(lambda session: (say(session, 1, 7), say(session, 2, 7)))
            async with working(store, handle):
                await handled(store)
            return await store.run(rows)

    assert asyncio.run(run()) == {1: ("parked", 3), 2: ("done", 1)}
    assert most == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_worker_that_lost_its_lease_commits_nothing(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workers, a lease shorter than the handler: the effect happens once."""
    monkeypatch.setattr(inbox, "LEASE_SECONDS", 0.3)
    effects: list[str] = []
    entered = 0

    async def handle(update: Update, turn: Turn) -> None:
        nonlocal entered
        entered += 1
        await asyncio.sleep(0.6 if entered == 1 else 0.05)
        await turn.commit(lambda session, actor, now: people.tell_parked(session, actor.id, now, turn.row.worker[:6]))
        effects.append(turn.row.worker)

    async def run() -> Any:
        async with opened(database_url) as store:
            await store.run(lambda session: say(session, 1, 7))
            async with working(store, handle), working(store, handle):
                await asyncio.sleep(1.0)
            return await store.run(told)

    messages = asyncio.run(run())
    assert (entered, len(effects), len(messages)) == (2, 1, 1)


def test_a_flooding_person_does_not_delay_others(database_url: str) -> None:
    handled_at: dict[int, list[float]] = defaultdict(list)

    async def handle(update: Update, turn: Turn) -> None:
        await asyncio.sleep(0.005)
        await turn.commit(nothing)
        assert update.effective_user
        handled_at[update.effective_user.id].append(monotonic())

    async def run() -> float:
        async with opened(database_url) as store:
            bell = Bell()
            await store.run(lambda session: save(session, *(message_update(n, 7) for n in range(1, 1001))))
            async with working(store, handle, bell=bell):
                await asyncio.sleep(0.3)
                began = monotonic()
                await store.run(lambda session: [say(session, 2000 + n, 100 + n) for n in range(5)])
                bell.ring()
                while len(handled_at) < 6:
                    await asyncio.sleep(0.01)
                return monotonic() - began

    assert asyncio.run(run()) < 1
    assert len(handled_at[7]) <= inbox.MAX_WAITING


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_many_persons_run_side_by_side_and_each_in_order(database_url: str) -> None:
    order: dict[int, list[int]] = defaultdict(list)
    running: set[int] = set()
    most = 0

    async def handle(update: Update, turn: Turn) -> None:
        nonlocal most
        assert update.effective_user
        user = update.effective_user.id
        assert user not in running
        running.add(user)
        most = max(most, len(running))
        await asyncio.sleep(0.01 * (update.update_id % 3))
        running.discard(user)
        order[user].append(update.update_id)
        await turn.commit(nothing)

    async def run() -> None:
        async with opened(database_url) as store:
            await store.run(lambda session: save(session, *(message_update(n, n % 20 + 1) for n in range(1, 201))))
            async with working(store, handle):
                await handled(store)

    asyncio.run(run())
    assert all(found == sorted(found) and len(found) == 10 for found in order.values())
    assert most > 5


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_locked_database_is_outlived_and_costs_no_tries(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A foreign lock, several times longer than the busy time-out, in the middle of the work."""
    monkeypatch.setattr(database, "BUSY_MS", 100)
    started = asyncio.Event()

    async def handle(update: Update, turn: Turn) -> None:
        started.set()
        await asyncio.sleep(0.2)
        await turn.commit(nothing)

    async def run() -> Any:
        async with opened(database_url) as store:
            await store.run(lambda session: save(session, *(message_update(n, n % 4 + 1) for n in range(1, 9))))
            async with working(store, handle):
                await started.wait()
                with locked(database_url):
                    await asyncio.sleep(1.5)
                await handled(store)
            return await store.run(rows)

    found = asyncio.run(run())
    assert {outcome for outcome, _ in found.values()} == {"done"}
    assert max(attempts for _, attempts in found.values()) <= 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_stopping_gives_rows_back(database_url: str) -> None:
    async def handle(update: Update, turn: Turn) -> None:
        await asyncio.sleep(30)

    async def run() -> Any:
        async with opened(database_url) as store:
            await store.run(lambda session: say(session, 1, 7))
            async with working(store, handle) as running:
                while not len(running._tasks):
                    await asyncio.sleep(0.01)
                await running.stop(0.1)
            return await store.run(lambda session: session.exec(select(Inbox.done_at, Inbox.lease_until)).all())

    assert [tuple(row) for row in asyncio.run(run())] == [(None, 0.0)]


def test_drained_counts_both_queues(database_url: str) -> None:
    async def run() -> None:
        async with opened(database_url) as store:
            await drained(store, 1)
            await store.run(lambda session: say(session, 1, 7))
            with pytest.raises(TimeoutError):
                await drained(store, 0.05)

    asyncio.run(run())
