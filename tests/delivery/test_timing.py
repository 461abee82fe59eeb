"""Due rows and quiet hours."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from delivery.store import Store
from models import Due
from services import timing

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
ZONES = ["Asia/Shanghai", "Asia/Urumqi", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata",
         "Pacific/Apia", "Africa/Casablanca", "America/Sao_Paulo", "Pacific/Kiritimati"]  # fmt: skip


@pytest.fixture
def store(database_url: str) -> Any:
    made = Store.open(database_url)
    yield made
    made.close()


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Kinds of this test."""
    known: dict[str, Any] = {}
    monkeypatch.setattr(timing, "_handler", known.get)
    return known


def rows(store: Store) -> list[Due]:
    return store.run_now(lambda session: list(session.exec(select(Due).order_by(Due.id))))


def plan(store: Store, kind: str, after: timedelta = timedelta(0), subject: int = 1, sequence: int = 0) -> None:
    store.run_now(lambda session: timing.schedule(session, kind, subject, NOW + after, sequence))


def run_all(store: Store, now: datetime) -> list[timing.Ran]:
    ran = []
    while one := store.run_now(lambda session: timing.run_next(session, now)):
        ran.append(one)
    return ran


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.integers(0, 15 * 366 * 86_400).map(lambda late: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=late)),
)
def test_reminders_keep_the_quiet_hours_of_every_zone(name: str, instant: datetime) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timing, "zone", lambda: ZoneInfo(name))
        moved = timing.awake(instant)
        assert time(8) <= timing.local(moved).time() < time(21)
        assert instant <= moved < instant + timedelta(hours=13)  # 11 quiet hours, and what a changing clock adds
        assert timing.awake(moved) == moved
        if time(8) <= timing.local(instant).time() < time(21):
            assert moved == instant


WORKDAYS = [  # from, working days, until; in Shanghai's time
    ("2026-11-20T10:00", 2, "2026-11-24T10:00"),  # over a weekend
    ("2026-09-30T10:00", 1, "2026-10-08T10:00"),  # over the National Day week …
    ("2026-09-30T10:00", 3, "2026-10-10T10:00"),  # … whose Saturday is worked
    ("2026-02-13T10:00", 1, "2026-02-14T10:00"),  # the Saturday before the Spring Festival is worked …
    ("2026-02-13T10:00", 2, "2026-02-24T10:00"),  # … and then nine days are free
    ("2026-09-19T22:30", 1, "2026-09-21T08:00"),  # said at night: counts from the morning of a worked Sunday
    ("2040-09-28T10:00", 1, "2040-10-01T10:00"),  # nobody has arranged that year yet: weekends only
    ("1999-12-31T10:00", 1, "2000-01-03T10:00"),
]


@pytest.mark.parametrize(("begins", "days", "ends"), WORKDAYS)
def test_working_days_are_those_china_works(begins: str, days: int, ends: str) -> None:
    shanghai = ZoneInfo("Asia/Shanghai")
    instant = datetime.fromisoformat(begins).replace(tzinfo=shanghai).astimezone(UTC)
    assert timing.workdays_later(instant, days) == datetime.fromisoformat(ends).replace(tzinfo=shanghai)


def test_a_date_that_changes_moves_the_row(store: Store, kinds: dict[str, Any]) -> None:
    ran: list[int] = []
    kinds["k"] = lambda session, subject, sequence, now: ran.append(subject)
    plan(store, "k", timedelta(days=1))
    plan(store, "k", timedelta(days=5))
    assert [row.due_at for row in rows(store)] == [NOW + timedelta(days=5)]
    assert run_all(store, NOW + timedelta(days=2)) == []
    run_all(store, NOW + timedelta(days=6))
    run_all(store, NOW + timedelta(days=9))
    assert ran == [1]


def test_a_cancelled_row_does_not_run_and_may_be_planned_again(store: Store, kinds: dict[str, Any]) -> None:
    ran: list[int] = []
    kinds["k"] = lambda session, subject, sequence, now: ran.append(subject)
    plan(store, "k")
    store.run_now(lambda session: timing.cancel(session, "k", 1, NOW))
    assert run_all(store, NOW + timedelta(days=1)) == []
    assert rows(store)[0].outcome == "cancelled"
    plan(store, "k", timedelta(days=2))
    run_all(store, NOW + timedelta(days=3))
    assert (ran, len(rows(store))) == ([1], 1)


def test_an_unknown_kind_is_parked_and_kept(store: Store, kinds: dict[str, Any]) -> None:
    kinds["k"] = lambda *_: None
    plan(store, "renamed")
    plan(store, "k", timedelta(seconds=1))
    ran = run_all(store, NOW + timedelta(days=1))
    assert [(one.kind, one.error) for one in ran] == [("renamed", "unknown kind, parked"), ("k", None)]
    assert [row.outcome for row in rows(store)] == ["parked", "done"]


def test_a_failing_kind_is_tried_later_then_parked_and_leaves_no_half_effect(
    store: Store, kinds: dict[str, Any]
) -> None:
    def fail(session: Session, subject: int, sequence: int, now: datetime) -> None:
        timing.schedule(session, "half", 5, now)
        session.flush()
        raise LookupError("about a person")

    kinds["bad"] = fail
    kinds["good"] = lambda *_: None
    plan(store, "bad")
    plan(store, "good", timedelta(minutes=1))
    said = [
        one.error for hour in range(1, 4) for one in run_all(store, NOW + timedelta(hours=hour)) if one.kind == "bad"
    ]
    assert said == ["try 1, LookupError", "try 2, LookupError", "try 3, LookupError"]
    assert [(row.kind, row.outcome, row.attempts) for row in rows(store)] == [("bad", "parked", 3), ("good", "done", 0)]


def test_the_databases_trouble_is_not_the_rows(store: Store, kinds: dict[str, Any]) -> None:
    def fail(*_: Any) -> None:
        raise OperationalError("x", {}, Exception("gone"))

    kinds["k"] = fail
    plan(store, "k")
    with pytest.raises(OperationalError):
        store.run_now(lambda session: timing.run_next(session, NOW))
    assert [(row.outcome, row.attempts) for row in rows(store)] == [(None, 0)]


def test_a_kind_may_plan_itself_anew(store: Store, kinds: dict[str, Any]) -> None:
    kinds["k"] = lambda session, subject, sequence, now: timing.schedule(session, "k", subject, now + timedelta(days=1))
    plan(store, "k")
    assert len(run_all(store, NOW)) == 1
    assert len(run_all(store, NOW + timedelta(days=1))) == 1
    assert [row.due_at for row in rows(store)] == [NOW + timedelta(days=2)]


def test_days_of_downtime_run_everything_once_in_its_order(store: Store, kinds: dict[str, Any]) -> None:
    ran: list[int] = []
    kinds["k"] = lambda session, subject, sequence, now: ran.append(sequence)
    for sequence in (2, 0, 1):
        plan(store, "k", timedelta(days=sequence), sequence=sequence)
    run_all(store, NOW + timedelta(days=30))
    assert ran == [0, 1, 2]


def test_every_kind_has_its_handler() -> None:
    assert [kind for kind in timing.KINDS if not callable(timing._handler(kind))] == []


def test_what_is_scheduled_again_while_it_runs_is_not_lost(
    database_url: str, store: Store, kinds: dict[str, Any]
) -> None:
    """PostgreSQL only: the row was open when it was read, and another worker was just done with it; SQLite lets one write."""
    if not database_url.startswith("postgresql"):
        return
    kinds["x"] = lambda session, subject, sequence, now: None
    plan(store, "x")
    worker = Store.open(database_url)

    def unit(session: Session) -> None:
        timing.schedule(session, "x", 1, NOW)
        assert worker.run_now(lambda other: timing.run_next(other, NOW)) is not None

    store.run_now(unit)
    worker.close()
    assert [(row.done_at, row.outcome) for row in rows(store)] == [(None, None)]
    assert len(run_all(store, NOW)) == 1
