"""Transactions: group commit, failures that stay where they belong, SQLite opened the one right way."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlmodel import Session, select

from delivery import database
from delivery.database import open_engine
from delivery.store import CLASHES, Store, is_passing
from models import School
from tests.delivery.rig import opened


def add(name: str) -> Any:
    return lambda session: session.add(School(name=name, county="x", stages=["小学"]))


def names(store: Store) -> list[str]:
    return sorted(store.run_now(lambda session: list(session.exec(select(School.name)))))


@contextmanager
def locked(url: str) -> Iterator[None]:
    """A foreign process that holds SQLite's write lock."""
    foreign = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        foreign.rollback()
        foreign.close()


@pytest.fixture
def commits() -> Iterator[list[int]]:
    """Counts commits of every engine."""
    seen: list[int] = []

    def count(_connection: Any) -> None:
        seen.append(1)

    event.listen(Engine, "commit", count)
    yield seen
    event.remove(Engine, "commit", count)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_waiting_units_share_a_transaction(database_url: str, commits: list[int]) -> None:
    async def run() -> None:
        async with opened(database_url) as store:
            await asyncio.gather(*(store.run(add(f"s{n}")) for n in range(200)))
            made = len(commits)
            assert len(names(store)) == 200
            assert made < 60

    asyncio.run(run())


def test_one_failing_unit_does_not_spoil_the_others(database_url: str) -> None:
    def fail(session: Session) -> None:
        add("half")(session)
        session.flush()
        raise LookupError("no")

    async def run() -> list[Any]:
        async with opened(database_url) as store:
            units = [store.run(add(f"s{n:02}")) for n in range(20)]
            units.insert(7, store.run(fail))
            results = await asyncio.gather(*units, return_exceptions=True)
            assert names(store) == [f"s{n:02}" for n in range(20)]
            return results

    results = asyncio.run(run())
    assert isinstance(results.pop(7), LookupError)
    assert results == [None] * 20


def test_a_unit_that_breaks_a_constraint_fails_alone(database_url: str) -> None:
    async def run() -> list[Any]:
        async with opened(database_url) as store:
            bad = store.run(lambda session: session.execute(text("INSERT INTO account (channel) VALUES ('x')")))
            return await asyncio.gather(store.run(add("a")), bad, store.run(add("b")), return_exceptions=True)

    first, second, third = asyncio.run(run())
    assert (first, third) == (None, None)
    assert isinstance(second, IntegrityError)
    assert not is_passing(second)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_lock_fails_all_waiting_units_at_once(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each alone would wait for the time-out: 30 units, 30 times."""
    monkeypatch.setattr(database, "BUSY_MS", 300)

    async def run() -> tuple[list[Any], float]:
        async with opened(database_url) as store:
            await store.run(add("before"))
            with locked(database_url):
                began = monotonic()
                failed = await asyncio.gather(*(store.run(add(f"s{n}")) for n in range(30)), return_exceptions=True)
                took = monotonic() - began
            await store.run(add("after"))
            assert names(store) == ["after", "before"]
            return failed, took

    failed, took = asyncio.run(run())
    assert all(isinstance(error, OperationalError) and is_passing(error) for error in failed)
    assert took < 1.5


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_lock_that_comes_between_the_reruns_fails_the_rest_at_once(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 300)

    def fail(session: Session) -> None:
        raise LookupError

    async def run() -> None:
        async with opened(database_url) as store:
            real = Store._together
            calls: list[int] = []

            def together(self: Store, jobs: Any) -> Any:
                calls.append(len(jobs))
                if len(calls) > 1:
                    with locked(database_url):
                        return real(self, jobs)
                return real(self, jobs)

            monkeypatch.setattr(Store, "_together", together)
            began = monotonic()
            blocker = asyncio.ensure_future(store.run(lambda session: sleep(0.1)))
            await asyncio.sleep(0.02)  # the others gather behind it
            calls.clear()
            units = [store.run(fail), *(store.run(add(f"s{n}")) for n in range(20))]
            failed = await asyncio.gather(*units, return_exceptions=True)
            await blocker
            assert monotonic() - began < 3
            assert all(isinstance(error, OperationalError) for error in failed if error is not None)

    asyncio.run(run())


def test_run_now_needs_no_loop_and_rolls_back(database_url: str) -> None:
    store = Store.open(database_url)
    try:
        assert store.run_now(lambda session: session.exec(select(School.id)).all()) == []
        with pytest.raises(LookupError):
            store.run_now(lambda session: (add("half")(session), session.flush(), {}["no"]))
        assert names(store) == []
    finally:
        store.close()


def test_closing_finishes_what_was_handed_over(database_url: str) -> None:
    async def run() -> None:
        store = Store.open(database_url)
        waiting = [asyncio.ensure_future(store.run(add(f"s{n}"))) for n in range(50)]
        await asyncio.sleep(0)
        await asyncio.to_thread(store.close)
        await asyncio.gather(*waiting)

    asyncio.run(run())
    store = Store.open(database_url)
    try:
        assert len(names(store)) == 50
    finally:
        store.close()


def test_a_caller_that_goes_away_harms_nobody(database_url: str) -> None:
    async def run() -> None:
        async with opened(database_url) as store:
            gone = asyncio.ensure_future(store.run(add("gone")))
            await asyncio.sleep(0)
            gone.cancel()
            await store.run(add("here"))

    asyncio.run(run())


def test_deadlocks_are_run_again(database_url: str) -> None:
    """A clash is the database's choice of a victim: the same unit succeeds the second time."""
    if not database_url.startswith("postgresql"):
        error: Any = type("Fake", (Exception,), {"sqlstate": "40P01"})()
    else:
        import psycopg

        error = psycopg.errors.DeadlockDetected("deadlock detected")
        error.sqlstate  # noqa: B018
    tries: list[int] = []

    def unit(session: Session) -> str:
        tries.append(1)
        if len(tries) <= CLASHES:
            raise OperationalError("x", {}, error)
        return "done"

    async def run() -> str:
        async with opened(database_url) as store:
            return await store.run(unit)

    assert asyncio.run(run()) == "done"
    assert len(tries) == CLASHES + 1


def test_two_units_that_lock_crosswise_both_commit(database_url: str) -> None:
    """On PostgreSQL this is a real deadlock."""
    if not database_url.startswith("postgresql"):
        barrier: Any = None
    else:
        barrier = threading.Barrier(2)

    def crossing(first: str, second: str) -> Any:
        met: list[bool] = []

        def unit(session: Session) -> None:
            for number, name in enumerate((first, second)):
                session.execute(text("UPDATE school SET county = county || '!' WHERE name = :n"), {"n": name})
                if number == 0 and barrier is not None and not met:
                    met.append(True)
                    barrier.wait(5)

        return unit

    async def run() -> None:
        async with opened(database_url) as store:
            await store.run(lambda session: (add("a")(session), add("b")(session)))
            await asyncio.gather(store.run(crossing("a", "b")), store.run(crossing("b", "a")))
            found = await store.run(lambda session: sorted(session.exec(select(School.county))))
            assert found == ["x!!", "x!!"]

    asyncio.run(run())


def test_text_that_the_database_refuses_is_not_passing_trouble(database_url: str) -> None:
    """A NUL on PostgreSQL would otherwise be tried for ever."""
    if not database_url.startswith("postgresql"):
        assert not is_passing(DataError("x", {}, Exception()))
        return

    async def run() -> BaseException | None:
        async with opened(database_url) as store:
            try:
                await store.run(add("a\0b"))
            except Exception as error:
                return error
            return None

    error = asyncio.run(run())
    assert isinstance(error, DataError)
    assert not is_passing(error)


def test_errors_do_not_show_what_people_wrote(database_url: str) -> None:
    store = Store.open(database_url)
    try:
        with pytest.raises(IntegrityError) as caught:
            store.run_now(lambda session: session.execute(text("INSERT INTO school (name) VALUES (:n)"), {"n": "秘密"}))
        assert "[SQL parameters hidden" in str(caught.value)
    finally:
        store.close()


# ---- SQLite's hooks


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_engine(f"sqlite:///{tmp_path / 'hooks.db'}")
    yield made
    made.dispose()


def test_sqlite_is_opened_our_way(engine: Engine) -> None:
    with engine.begin() as connection:
        said = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in
                ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")}  # fmt: skip
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": database.BUSY_MS}


def test_sqlite_rolls_back_tables_too(engine: Engine) -> None:
    with pytest.raises(LookupError), engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (a)"))
        raise LookupError
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar() == 0


def test_four_threads_lose_no_increment(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (a)"))
        connection.execute(text("INSERT INTO t VALUES (0)"))
    errors: list[BaseException] = []

    def count() -> None:
        try:
            for _ in range(100):
                with engine.begin() as connection:
                    value = connection.execute(text("SELECT a FROM t")).scalar_one()
                    connection.execute(text("UPDATE t SET a = :a"), {"a": value + 1})
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.begin() as connection:
        assert (errors, connection.execute(text("SELECT a FROM t")).scalar()) == ([], 400)


def test_the_store_keeps_its_connection(engine: Engine, tmp_path: Path) -> None:
    """Opening one per transaction cost eight times the transaction, and each close checkpointed the WAL."""
    opened_: list[int] = []
    event.listen(engine, "connect", lambda *_: opened_.append(1))
    for _ in range(20):
        with engine.begin() as connection:
            connection.execute(text("SELECT 1"))
    assert len(opened_) == 1
