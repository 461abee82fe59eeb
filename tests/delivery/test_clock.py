"""Business time: forward only, from due instant to due instant, through crashes and odd files."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from delivery.bell import Bell
from delivery.clock import FARTHEST, FileClock, SystemClock
from delivery.ticker import Ticker
from models import Due
from services import timing
from tests.delivery.rig import opened

START = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def clock_at(folder: Path, content: str | None = None) -> FileClock:
    if content is not None:
        (folder / "clock").write_bytes(content.encode("utf-8", "surrogatepass"))
    return FileClock(folder / "clock", real=lambda: START)


ODD = ["", "  \n", "abc", "1e400", "nan", "inf", "-inf", "1e12", "-1e18", "12;rm", "三天", "0x10", "\ud800", "\0"]


@pytest.mark.parametrize("content", ODD, ids=repr)
def test_an_odd_file_asks_for_nothing(content: str, tmp_path: Path) -> None:
    clock = clock_at(tmp_path, content)
    assert (clock.now(), clock.target()) == (START, START)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=40))
def test_any_bytes_leave_a_usable_clock(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "clock").write_bytes(content)
    assert abs(FileClock(tmp_path / "clock", real=lambda: START).target() - START) <= FARTHEST


def test_a_file_that_loses_its_content_does_not_turn_time_back(tmp_path: Path) -> None:
    clock = clock_at(tmp_path, str(5 * 86400))
    assert clock.now() == START + 5 * DAY
    (tmp_path / "clock").write_text("86400")
    clock.step_to(clock.target())
    assert clock.now() == START + 5 * DAY
    (tmp_path / "clock").unlink()
    assert clock.target() == START + 5 * DAY
    clock.ask(DAY)
    assert clock.target() == START + 6 * DAY


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["ask", "step", "file"]), st.integers(0, 10**7)), max_size=12))
def test_time_never_goes_back(tmp_path: Path, acts: list[tuple[str, int]]) -> None:
    (tmp_path / "clock").unlink(missing_ok=True)
    clock = clock_at(tmp_path)
    before = clock.now()
    for act, seconds in acts:
        if act == "ask":
            clock.ask(timedelta(seconds=seconds))
        elif act == "step":
            clock.step_to(START + timedelta(seconds=seconds))
        else:
            (tmp_path / "clock").write_text(str(seconds))
        assert clock.now() >= before
        before = clock.now()


def test_the_system_clock_is_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)


# ---- walking


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, datetime]]:
    """A kind that notes when it ran, and plans itself anew three times."""
    ran: list[tuple[int, datetime]] = []

    def note(session: Session, subject: int, sequence: int, now: datetime) -> None:
        ran.append((sequence, now))
        if sequence < 3:
            timing.schedule(session, "note", subject, now + timedelta(days=3), sequence + 1)

    monkeypatch.setattr(timing, "_handler", lambda kind: note if kind == "note" else None)
    return ran


def plan(session: Session) -> None:
    timing.schedule(session, "note", 1, START + 2 * DAY)


def walk(url: str, folder: Path, jumps: list[timedelta]) -> None:
    async def run() -> None:
        async with opened(url) as store:
            await store.run(plan)
            clock = clock_at(folder)
            ticker = Ticker(store, clock, Bell())
            for jump in jumps:
                await ticker.forward(jump)

    asyncio.run(run())


@pytest.mark.parametrize("jumps", [[30 * DAY], [DAY] * 30, [11 * DAY, 19 * DAY]], ids=["30", "30x1", "11+19"])
def test_every_way_through_thirty_days_is_the_same(
    jumps: list[timedelta], database_url: str, tmp_path: Path, seen: list[Any]
) -> None:
    walk(database_url, tmp_path, jumps)
    assert seen == [(n, START + (2 + 3 * n) * DAY) for n in range(4)]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_crash_in_mid_walk_skips_nothing(database_url: str, tmp_path: Path, seen: list[Any]) -> None:
    """The file asked for 30 days, two of four had run: the next start goes on from there, at their instants."""

    async def crashed() -> None:
        async with opened(database_url) as store:
            await store.run(plan)
            clock = clock_at(tmp_path)
            clock.ask(30 * DAY)
            for _ in range(2):
                instant = await store.run(timing.next_instant)
                assert instant
                clock.step_to(instant)
                await store.run(lambda session: timing.run_next(session, clock.now()))

    async def again() -> datetime:
        async with opened(database_url) as store:
            clock = clock_at(tmp_path)
            ticker = Ticker(store, clock, Bell())
            await ticker.start()
            await ticker.tick()
            ticker.stop()
            return clock.now()

    asyncio.run(crashed())
    assert asyncio.run(again()) == START + 30 * DAY
    assert seen == [(n, START + (2 + 3 * n) * DAY) for n in range(4)]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_stopping_a_ticker_that_never_ran_is_harmless(database_url: str) -> None:
    async def run() -> None:
        async with opened(database_url) as store:
            Ticker(store, SystemClock(), Bell()).stop()

    asyncio.run(run())


def test_nothing_stays_open_after_the_walk(database_url: str, tmp_path: Path, seen: list[Any]) -> None:
    walk(database_url, tmp_path, [40 * DAY])

    async def left() -> int:
        async with opened(database_url) as store:
            return len(await store.run(lambda s: s.exec(select(Due).where(col(Due.done_at).is_(None))).all()))

    assert asyncio.run(left()) == 0
