"""The pool as the engine takes it: who can be asked, what they hold, how schools marked them; and an order's site."""

from typing import Any

from sqlmodel import Session, col, func, select

from matching import Pool, Site, TeacherFields
from models import Account, Need, Offer, Placement, School, SupportUnit, Survey, Teacher
from services.snapshots import HOLDS_PLACE


def pool(session: Session) -> Pool:
    """Everybody who can be asked: an offer can only go to a teacher who can answer it."""
    reachable = select(Account.person_id).where(col(Account.unreachable_at).is_(None))
    teachers = session.exec(
        select(Teacher).where(col(Teacher.status).in_(("active", "paused")), col(Teacher.person_id).in_(reachable))
    ).all()
    busy, marked = loads(session), marks(session)
    return Pool(
        teacher_fields(teacher, busy.get(teacher.id or 0, 0), marked.get(teacher.id or 0)) for teacher in teachers
    )


def loads(session: Session) -> dict[int, int]:
    """Places each teacher holds now: offers that wait or are agreed, and placements not ended."""
    over = select(Placement.offer_id).where(col(Placement.status).in_(("ended", "closed", "cancelled")))
    query = (
        select(Offer.teacher_id, func.count())
        .where(col(Offer.status).in_(HOLDS_PLACE), col(Offer.id).not_in(over))
        .group_by(col(Offer.teacher_id))
    )
    return {teacher: int(count) for teacher, count in session.exec(query)}


def marks(session: Session) -> dict[int, tuple[float, int]]:
    """(mean, how many) of the marks that schools gave each teacher after earlier placements; never the teacher's own."""
    query: Any = (
        select(Placement.teacher_id, Survey.ratings)
        .join(Survey, col(Survey.placement_id) == Placement.id)
        .join(Teacher, col(Teacher.id) == Placement.teacher_id)
        .where(
            Survey.role == "school",
            Survey.status == "answered",
            col(Teacher.person_id).is_(None) | (col(Survey.person_id) != Teacher.person_id),
        )
        .order_by(col(Survey.id))
    )
    means: dict[int, list[float]] = {}
    for teacher, ratings in session.exec(query):
        if ratings:
            means.setdefault(teacher, []).append(sum(ratings) / len(ratings))
    return {teacher: (round(sum(found) / len(found), 2), len(found)) for teacher, found in means.items()}


def teacher_fields(teacher: Teacher, load: int = 0, mark: tuple[float, int] | None = None) -> TeacherFields:
    """A teacher as the engine takes them."""
    return TeacherFields(
        id=str(teacher.id),
        name=teacher.name,
        unit=teacher.unit,
        subjects=tuple(teacher.subjects),
        stages=tuple(teacher.stages),
        modes=tuple(teacher.modes),
        topics=tuple(teacher.topics),
        title=teacher.title,
        years=teacher.years,
        bio=teacher.bio,
        available_from=teacher.available_from,
        available_until=teacher.available_until,
        capacity=teacher.capacity,
        origin_city=teacher.origin_city,
        load=load,
        paused=teacher.status == "paused",
        regions=tuple(teacher.regions),
        not_regions=tuple(teacher.not_regions),
        max_altitude=teacher.max_altitude,
        rating=mark[0] if mark else None,
        ratings=mark[1] if mark else 0,
    )


def site_of(session: Session, need: Need) -> Site:
    """What is known about where an order comes from: its school, and who is paired with the county."""
    school = session.get_one(School, need.school_id)
    query = select(SupportUnit).where(SupportUnit.county == school.county).order_by(col(SupportUnit.id))
    units = session.exec(query).all()
    paired = [school.training_body, *(unit.name for unit in units), *(unit.city for unit in units)]
    return Site(
        school=school.name,
        county=school.county,
        province=school.city or school.province,  # Site has one place above the county: the nearer
        altitude=school.altitude,
        partners=tuple(dict.fromkeys(name for name in paired if name)),
        one_teacher=school.one_teacher or school.teachers == 1,
        remote=school.remote,
    )
