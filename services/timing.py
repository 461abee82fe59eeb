"""Due rows: everything timed is written down with its instant, and run once when that has come.

A handler of a kind is `(session, subject_id, sequence, now)`; it re-checks the world, so running late or twice is harmless.
Reminders keep the quiet hours 21:00–08:00 of the school's zone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import import_module
from zoneinfo import ZoneInfo

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session, col, select

from models import Due
from settings import load_settings

SATURDAY = 5
MAX_TRIES = 3

Handler = Callable[[Session, int, int, datetime], None]

# kind → where its handler is; the kind is what rows carry, so code can move without losing rows
KINDS = {
    "offer-deadline": "services.offers:expire",
    "confirm-reminder": "services.offers:remind",
    "confirm-late": "services.unconfirmed:raise_",
    "question-reminder": "services.questions:remind",
    "proposal-idle": "services.waiting:remind_deciders",
    "answer-reminder": "services.waiting:remind_school",
    "intro-idle": "services.waiting:remind_admission",
    "deputy-start": "services.deputies:start",
    "deputy-end": "services.deputies:finish",
    "pool-grew": "services.proposals:look_again",
    "placement-start": "services.placements:begin",
    "placement-end": "services.placements:end",
    "date-move-reminder": "services.date_watch:remind",
    "date-move-lapse": "services.date_watch:lapse",
    "survey-wave": "services.waves:run",
    "behalf-reminder": "services.filing:remind_owner",
    "callback-idle": "services.callbacks:remind",
    "survey-reminder": "services.surveys:remind",
    "survey-lapse": "services.surveys:lapse",
}


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of a day between which people may be reminded; a county may narrow them (services/counties.py)."""

    begin: int = 8
    end: int = 21


EVERYWHERE = Hours()


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of one due row."""

    id: int
    kind: str
    error: str | None = None


@cache
def zone() -> ZoneInfo:
    """The zone in which people are told times (setting TIMEZONE)."""
    return ZoneInfo(load_settings().timezone)


def local(instant: datetime) -> datetime:
    """`instant` in the school's zone."""
    return instant.astimezone(zone())


def today(now: datetime) -> date:
    """The school's calendar day at `now`."""
    return local(now).date()


def at(day: date, hour: int) -> datetime:
    """An hour of a school's day as an instant in UTC."""
    return datetime.combine(day, time(hour), zone()).astimezone(UTC)


def awake(instant: datetime, hours: Hours = EVERYWHERE) -> datetime:
    """`instant`, or the next morning of the school's zone if it lies in the quiet hours."""
    here = local(instant)
    if here.time() < time(hours.begin):
        return at(here.date(), hours.begin)
    if here.time() >= time(hours.end):
        return at(here.date() + timedelta(days=1), hours.begin)
    return instant


def workdays_later(instant: datetime, days: int) -> datetime:
    """`days` working days after `instant`, at the same hour; what comes in the quiet hours counts from the next morning."""
    day = awake(instant)
    while days:
        day += timedelta(days=1)
        days -= is_workday(local(day).date())
    return awake(day)


def is_workday(day: date) -> bool:
    """Whether China works: its holidays count, and the weekends worked for them (调休).

    The State Council arranges a year in the November before it; a year the library does not know has weekends only.
    """
    from chinese_calendar import is_workday as is_arranged  # here, because hardly anything needs it

    try:
        return bool(is_arranged(day))
    except NotImplementedError:
        return day.weekday() < SATURDAY


def schedule(session: Session, kind: str, subject_id: int, due_at: datetime, sequence: int = 0) -> None:
    """Have `kind` happen to a subject at `due_at`; a row that already stands there is moved, not doubled."""
    query = select(Due).where(Due.kind == kind, Due.subject_id == subject_id, Due.sequence == sequence)
    row = session.exec(query).first() or Due(kind=kind, subject_id=subject_id, sequence=sequence, due_at=due_at)
    for name, value in {"due_at": due_at, "done_at": None, "outcome": None, "attempts": 0}.items():
        setattr(row, name, value)
        flag_modified(row, name)  # written though it looks the same: another worker may be done with the row by now
    session.add(row)


def put_off(
    session: Session,
    kind: str,
    subject_id: int,
    sequence: int,
    now: datetime,
    days: int = 1,
    hours: Hours = EVERYWHERE,
) -> bool:
    """Whether a reminder that runs late has to wait: for the morning, or until `days` after the one before it."""
    before = select(Due.done_at).where(
        Due.kind == kind, Due.subject_id == subject_id, Due.sequence < sequence, Due.outcome == "done"
    )
    last = max((done for done in session.exec(before) if done is not None), default=None)
    earliest = awake(max(now, last + timedelta(days=days)) if last is not None else now, hours)
    if earliest <= now:
        return False
    schedule(session, kind, subject_id, earliest, sequence)
    return True


def happened(session: Session, kind: str, subject_id: int, sequence: int) -> bool:
    """Whether this has run for a subject; what was cancelled or waits has not."""
    query = select(Due.id).where(
        Due.kind == kind, Due.subject_id == subject_id, Due.sequence == sequence, Due.outcome == "done"
    )
    return session.exec(query).first() is not None


def cancel(session: Session, kind: str, subject_id: int, now: datetime, sequence: int | None = None) -> None:
    """What has not happened yet of `kind` for a subject (all of it, or one of a sequence) will not happen."""
    query = select(Due).where(Due.kind == kind, Due.subject_id == subject_id, col(Due.done_at).is_(None))
    if sequence is not None:
        query = query.where(Due.sequence == sequence)
    for row in session.exec(query):
        row.done_at, row.outcome = now, "cancelled"


def next_instant(session: Session) -> datetime | None:
    """When the next thing is due."""
    query = select(Due.due_at).where(col(Due.done_at).is_(None)).order_by(col(Due.due_at)).limit(1)
    return session.exec(query).first()


def run_next(session: Session, now: datetime) -> Ran | None:
    """Run the oldest row due at `now`, or return None. A kind that fails is tried again later, then parked with its row."""
    query = (
        select(Due)
        .where(col(Due.done_at).is_(None), Due.due_at <= now)
        .order_by(col(Due.due_at), col(Due.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = session.exec(query).first()
    if row is None:
        return None
    assert row.id is not None
    handler = _handler(row.kind)
    if handler is None:
        row.done_at, row.outcome = now, "parked"
        return Ran(row.id, row.kind, "unknown kind, parked")
    row.done_at, row.outcome = now, "done"
    session.flush()
    try:
        with session.begin_nested():
            handler(session, row.subject_id, row.sequence, now)
    except OperationalError:
        raise  # the database's trouble, not the row's: nothing is committed, and the next tick tries again
    except Exception as error:
        return _failed(session, row.id, now, error)
    return Ran(row.id, row.kind)


def _failed(session: Session, row_id: int, now: datetime, error: Exception) -> Ran:
    row = session.get_one(Due, row_id, populate_existing=True)
    row.attempts += 1
    parked = row.attempts >= MAX_TRIES
    row.done_at, row.outcome = (now, "parked") if parked else (None, None)
    row.due_at = row.due_at if parked else now + timedelta(minutes=5 * row.attempts)
    return Ran(row_id, row.kind, f"try {row.attempts}, {type(error).__name__}")


@cache
def _handler(kind: str) -> Handler | None:
    path = KINDS.get(kind)
    if path is None:
        return None
    module, name = path.split(":")
    handler: Handler = getattr(import_module(module), name)
    return handler
