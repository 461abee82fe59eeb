"""The placement (帮扶安排): agreed → active → ended → closed, by its own dates."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from models import Need, Offer, Placement, School, Teacher
from services import audit, colleagues, counties, people, surveys, timing, waves
from services.actor import Actor, lock_need
from services.errors import Refused
from services.post import tell, tell_all
from services.snapshots import day, placement_values

HOUR = 9  # of the school's day, when beginnings and ends are told


def create(session: Session, offer: Offer, need: Need, actor: Actor, now: datetime) -> Placement:
    """What both sides agreed on, with its beginning and end scheduled."""
    assert offer.id is not None and need.id is not None and offer.start is not None and offer.end is not None
    placement = Placement(
        offer_id=offer.id,
        need_id=need.id,
        teacher_id=offer.teacher_id,
        school_id=need.school_id,
        start=offer.start,
        end=offer.end,
        plan=counties.survey_choices(counties.of_need(session, need)),
        created_at=now,
    )
    audit.begin(session, placement, actor, now)
    _schedule(session, placement, now)
    return placement


def _schedule(session: Session, placement: Placement, now: datetime) -> None:
    """Beginning, end and the waves of the surveys; what has happened stays."""
    assert placement.id is not None
    hours = counties.hours(counties.of_need(session, session.get_one(Need, placement.need_id)))
    begins = timing.awake(max(timing.at(placement.start, HOUR), now + timedelta(hours=1)), hours)
    ends = max(timing.awake(timing.at(placement.end + timedelta(days=1), HOUR), hours), begins + timedelta(days=1))
    if placement.status == "agreed":
        timing.schedule(session, "placement-start", placement.id, begins)
    timing.schedule(session, "placement-end", placement.id, ends)
    waves.schedule(session, placement, now)


def move(session: Session, placement: Placement, start: date, end: date, actor: Actor | None, now: datetime) -> bool:
    """Other dates, agreed on elsewhere: all that hangs on them moves, both sides are told once. False if it is over.

    What has begun keeps its first day. Under the new dates the surveys follow what the county has chosen by now.
    """
    need = lock_need(session, placement.need_id)
    session.refresh(placement)
    if placement.status not in ("agreed", "active"):
        return False
    start = placement.start if placement.status == "active" else start
    if end < start:
        raise Refused("dates-in-order")
    before = placement.start, placement.end
    if before == (start, end):
        return True
    placement.start, placement.end = start, end
    placement.plan = counties.survey_choices(counties.of_need(session, need))
    audit.note(session, placement, placement.status, actor, now, before=placement.status, why=f"{start} – {end}")
    _schedule(session, placement, now)
    if placement.status == "active" and placement.colleague_hash is None:
        _invite_colleagues(session, placement, need)
    session.flush()
    values = placement_values(session, placement) | {"before": [day(each) for each in before]}
    for person in _concerned(session, placement, need)[:2]:
        if person is not None:
            tell(session, person, "placement-moved", values)
    return True


def announce(session: Session, placement: Placement, need: Need) -> None:
    """Tell everybody concerned, once, that it is settled."""
    values = placement_values(session, placement)
    school, teacher, coordinators = _concerned(session, placement, need)
    tell(session, school, "placement-school", values)
    if teacher is not None:
        tell(session, teacher, "placement-teacher", values)
    tell_all(session, coordinators, "placement-coordinator", values)


def begin(session: Session, placement_id: int, sequence: int, now: datetime) -> None:
    """The first day has come."""
    placement = session.get_one(Placement, placement_id)
    if placement.status == "agreed":
        audit.move(session, placement, "active", None, now)
        session.flush()
        _tell_sides(session, placement, "placement-begins")
        _invite_colleagues(session, placement, session.get_one(Need, placement.need_id))


def _invite_colleagues(session: Session, placement: Placement, need: Need) -> None:
    """Unless the county asks none."""
    if colleagues.asked(placement):
        colleagues.hand_out(session, placement, people.speaker(session, need), bulk=True)


def end(session: Session, placement_id: int, sequence: int, now: datetime) -> None:
    """The last day has passed: everybody concerned is asked how it went."""
    placement = session.get_one(Placement, placement_id)
    if placement.status in ("agreed", "active"):
        audit.move(session, placement, "ended", None, now)
        session.flush()
        lock_need(session, placement.need_id)
        waves.end(session, placement, now)


def cancel(session: Session, offer: Offer, actor: Actor | None, now: datetime, why: str) -> bool:
    """End what an offer led to before its time. False if it is over already."""
    placement = by_offer(session, offer.id or 0)
    if placement is None:
        return True
    if placement.status not in ("agreed", "active") or placement.id is None:
        return False
    placement.closed_at = now
    audit.move(session, placement, "cancelled", actor, now, why=why)
    for kind in ("placement-start", "placement-end"):
        timing.cancel(session, kind, placement.id, now)
    waves.cancel(session, placement, now)
    surveys.cancel_of(session, placement, actor, now, why)
    return True


def by_offer(session: Session, offer_id: int) -> Placement | None:
    """The placement an offer led to."""
    return session.exec(select(Placement).where(Placement.offer_id == offer_id)).first()


def _tell_sides(session: Session, placement: Placement, view: str) -> None:
    school, teacher, _ = _concerned(session, placement, session.get_one(Need, placement.need_id))
    values = placement_values(session, placement)
    for person in (school, teacher):
        if person is not None:
            tell(session, person, view, values, bulk=True)


def _concerned(session: Session, placement: Placement, need: Need) -> tuple[int, int | None, list[int]]:
    """School's person, teacher, coordinators."""
    county = session.get_one(School, need.school_id).county
    teacher = session.get_one(Teacher, placement.teacher_id)
    return people.speaker(session, need), teacher.person_id, people.coordinators_of(session, county)[0]
