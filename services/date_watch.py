"""Other dates that one side asks for and the other does not answer: reminders, then the coordinators, and an end.

Nothing moves by itself. Whoever is asked is reminded as a school is of 确认; then the county's coordinators can decide for
them, then the programme level too. When the dates asked for have come, or the help is over, there is nothing to decide.
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, or_, select

from models import DateMove, Need, Placement, School, Teacher
from services import audit, counties, people, placement_cards, timing
from services.actor import Actor, actor_of, lock_need, side_of
from services.post import tell
from services.snapshots import RUNS, date_move_values, placement_values

REMINDER = "date-move-reminder"
LAPSE = "date-move-lapse"
RAISED = 10  # the first sequence that is for the coordinators; those before remind whoever is asked
SPARE_DAYS = 2  # the coordinators have at least, before it is too late
HOUR = 9
WEEK = 7
OTHER = {"school": "teacher", "teacher": "school"}


def begin(
    session: Session, placement: Placement, need: Need, actor: Actor, now: datetime, side: str, days: tuple[date, date]
) -> DateMove:
    """From now on the other side is waited for."""
    assert placement.id is not None
    move = DateMove(
        placement_id=placement.id,
        person_id=actor.id,
        side=side,
        start=days[0],
        end=days[1],
        deadline=now,
        created_at=now,
    )
    settings = counties.of_need(session, need)
    hours = counties.hours(settings)
    asked = [person for person in persons(session, placement, need, OTHER[side]) if people.reachable(session, [person])]
    spare = timing.at(_limit(move, placement) - timedelta(days=SPARE_DAYS), HOUR)
    usual = counties.later(settings, now, max(settings.confirm_reminder_days, default=0) + settings.idle_days)
    move.deadline = timing.awake(max(now, min(usual, spare)) if asked else now, hours)
    move_id = audit.begin(session, move, actor, now, why=f"{days[0]} – {days[1]}")
    for sequence, after in enumerate(settings.confirm_reminder_days, 1):
        if (due := counties.later(settings, now, after)) < move.deadline:
            timing.schedule(session, REMINDER, move_id, due, sequence)
    timing.schedule(session, REMINDER, move_id, move.deadline, RAISED)
    too_late = timing.at(_limit(move, placement) + timedelta(days=1), HOUR)
    timing.schedule(session, LAPSE, move_id, timing.awake(too_late, hours))
    return move


def _limit(move: DateMove, placement: Placement) -> date:
    """The last day on which there is something to decide."""
    if move.start != placement.start:
        return min(placement.start, move.start)
    return min(placement.end, move.end)


def persons(session: Session, placement: Placement, need: Need, side: str, move: DateMove | None = None) -> list[int]:
    """Who is told for a side: the teacher, or whoever speaks for the school and whoever of it asked."""
    if side == "school":
        told = [people.speaker(session, need)]
        if (
            move is not None
            and move.side == side
            and move.person_id in people.people_of_school(session, need.school_id)
        ):
            told.append(move.person_id)
        return list(dict.fromkeys(told))
    teacher = session.get_one(Teacher, placement.teacher_id).person_id
    return [teacher] if teacher is not None else []


def remind(session: Session, move_id: int, sequence: int, now: datetime) -> None:
    """Still no answer: the card again for whoever is asked; in the end one for those who can decide instead."""
    move, placement, need = _locked(session, move_id)
    hours = counties.hours(counties.of_need(session, need))
    if move.status != "open" or timing.put_off(session, REMINDER, move_id, sequence, now, hours=hours):
        return
    if sequence >= RAISED:
        _raise(session, move, placement, need, sequence, now)
        return
    side = OTHER[move.side]
    for person in persons(session, placement, need, side):
        placement_cards.show(session, person, placement, side, fresh=True, bulk=True, again=True)


def _raise(session: Session, move: DateMove, placement: Placement, need: Need, sequence: int, now: datetime) -> None:
    """The county's coordinators, the next time the programme level too, then every week."""
    assert move.id is not None
    if move.raised_at is None:
        move.raised_at = now
        audit.move(session, move, "open", None, now, why="no answer, coordinators told")
    session.flush()
    told = set(placement_cards.concerned(session, placement, need)[2])
    if sequence > RAISED:
        told |= set(people.coordinators_of(session, None)[0])
    for person in sorted(told):
        side = side_of(session, actor_of(session, person), placement, need)
        if side is not None:
            placement_cards.show(session, person, placement, side, fresh=True)
    placement_cards.refresh(session, placement, need, but=told)
    settings = counties.of_need(session, need)
    days = settings.idle_days if sequence == RAISED else WEEK
    timing.schedule(session, REMINDER, move.id, counties.later(settings, now, days), sequence + 1)


def lapse(session: Session, move_id: int, sequence: int, now: datetime) -> None:
    """The dates asked for have come, and nobody decided."""
    move, placement, need = _locked(session, move_id)
    if move.status == "open":
        over(session, move, placement, need, None, now, why="late")


def _locked(session: Session, move_id: int) -> tuple[DateMove, Placement, Need]:
    move = session.get_one(DateMove, move_id)
    placement = session.get_one(Placement, move.placement_id)
    need = lock_need(session, placement.need_id)
    session.refresh(placement)
    session.refresh(move)
    return move, placement, need


def drop(session: Session, placement: Placement, need: Need, actor: Actor | None, now: datetime, why: str) -> None:
    """The help begins, ends or is called off: what was asked about its dates is over with it."""
    move = placement_cards.waiting(session, placement)
    if move is not None and (why != "begun" or move.start != placement.start):
        over(session, move, placement, need, actor, now, why)


def over(
    session: Session, move: DateMove, placement: Placement, need: Need, actor: Actor | None, now: datetime, why: str
) -> None:
    """Nobody has to decide any more; both sides are told, but not whoever did it."""
    finish(session, move, "dropped", actor, now, why=why)
    tell_over(session, move, placement, need, why, but=actor)
    placement_cards.refresh(session, placement, need)


def tell_over(
    session: Session, move: DateMove, placement: Placement, need: Need, why: str, *, but: Actor | None
) -> None:
    """In one sentence, what became of the dates asked for."""
    shown = {**placement_values(session, placement), "move": date_move_values(move), "why": why}
    told = [person for side in OTHER for person in persons(session, placement, need, side, move)]
    for person in dict.fromkeys(told):
        if but is None or person != but.id:
            tell(session, person, "redate-over", shown)


def finish(
    session: Session,
    move: DateMove,
    to: str,
    actor: Actor | None,
    now: datetime,
    why: str = "",
    details: dict[str, str] | None = None,
) -> None:
    """A decision, or that none is needed; nothing of it is due any more."""
    assert move.id is not None
    move.decided_by, move.decided_at = actor.id if actor else None, now
    audit.move(session, move, to, actor, now, why=why, details=details)
    for kind in (REMINDER, LAPSE):
        timing.cancel(session, kind, move.id, now)
    session.flush()


def leave(session: Session, actor: Actor, now: datetime) -> None:
    """Whoever asked for their school leaves: nobody waits for the answer."""
    query = select(DateMove).where(DateMove.person_id == actor.id, DateMove.status == "open").order_by(col(DateMove.id))
    for found in session.exec(query).all():
        move, placement, need = _locked(session, found.id or 0)
        if move.status == "open":
            finish(session, move, "withdrawn", actor, now, why="forgotten")
            tell_over(session, move, placement, need, "withdrawn", but=actor)
            placement_cards.refresh(session, placement, need, but=(actor.id,))


# ---- lists


def of_person(session: Session, actor: Actor) -> list[tuple[Placement, str]]:
    """Placements of the actor, and on which side, in which dates are asked for."""
    own = col(Teacher.person_id), col(Need.filer_id)
    query = (
        select(Placement, Need)
        .join(DateMove, col(DateMove.placement_id) == Placement.id)
        .join(Need, col(Need.id) == Placement.need_id)
        .join(Teacher, col(Teacher.id) == Placement.teacher_id)
        .where(DateMove.status == "open", col(Placement.status).in_(RUNS))
        .where(or_(col(Need.school_id).in_(actor.schools), *(who == actor.id for who in own)))
        .order_by(col(DateMove.id))
    )
    found = []
    for placement, need in session.exec(query):
        side = side_of(session, actor, placement, need)
        if side in OTHER:
            found.append((placement, side))
    return found


def queued(session: Session, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """For /queue: what the coordinators were asked to decide."""
    query = (
        select(DateMove, Placement)
        .join(Placement, col(Placement.id) == DateMove.placement_id)
        .join(School, col(School.id) == Placement.school_id)
        .where(DateMove.status == "open", col(DateMove.raised_at).is_not(None))
    )
    if not actor.is_programme:
        query = query.where(col(School.county).in_(actor.counties))
    return [
        {
            "kind": "redate",
            **placement_cards.values(session, placement),
            "days": (now - move.created_at).days,
            "at": move.created_at.isoformat(),
        }
        for move, placement in session.exec(query)
    ]
