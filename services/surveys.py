"""Surveys (回访): three ratings 1–5, one per message, and an optional sentence; reminders; the score with its counts.

The rated never enter their own rating: the school rates the help it got, the teacher the conditions at the school.
"""

from datetime import datetime, timedelta
from typing import Any
from unicodedata import normalize
from uuid import uuid4

from sqlmodel import Session, col, select

import matching
from models import Need, Placement, School, Survey, Teacher
from services import audit, people, proposals, timing
from services.actor import Actor, access_survey, ask, lock_need
from services.errors import NotYours, Refused
from services.post import Toast, tell, tell_all, update
from services.snapshots import placement_values

QUESTIONS = 3
RATING_LENGTH = 6
REMINDER_DAYS = (3, 7, 12)  # at most three, at least three days apart, only to those who have not answered
REMINDER_GAP_DAYS = 3  # also when the bot was down and several fell due at once
LAPSE_DAYS = 21
HOUR = 10
NO_COMMENT = "-"


def open_for(session: Session, placement: Placement, sides: dict[str, int | None], now: datetime) -> None:
    """Ask both sides, and schedule reminders and the end of waiting."""
    assert placement.id is not None
    asked = False
    for role, person in sides.items():
        if person is None:
            continue
        survey = Survey(placement_id=placement.id, role=role, person_id=person, opened_at=now)
        survey_id = audit.begin(session, survey, None, now)
        for sequence, days in enumerate(REMINDER_DAYS, 1):
            day = timing.today(now) + timedelta(days=days)
            timing.schedule(session, "survey-reminder", survey_id, timing.at(day, HOUR), sequence)
        last = timing.today(now) + timedelta(days=LAPSE_DAYS)
        timing.schedule(session, "survey-lapse", survey_id, timing.at(last, HOUR))
        asked |= tell(session, person, "survey", values(session, survey), card=_card(survey), bulk=True)
    if not asked:
        _settle(session, placement, now)


def values(session: Session, survey: Survey) -> dict[str, Any]:
    """A survey as its card shows it."""
    return {
        "id": survey.id,
        "role": survey.role,
        "status": survey.status,
        "ratings": survey.ratings,
        "comment": survey.comment if survey.comment != NO_COMMENT else None,
        "reminder": survey.reminders,
        "placement": placement_values(session, session.get_one(Placement, survey.placement_id)),
    }


def show(session: Session, actor: Actor, now: datetime, survey_id: int) -> Toast | None:
    """The survey where the person stopped."""
    survey = access_survey(session, actor, survey_id)
    _next(session, actor, survey, fresh=True)
    return None


def rate(session: Session, actor: Actor, now: datetime, survey_id: int, choice: str) -> Toast | None:
    """A tapped rating, `question.value`. A tap on a question already answered changes nothing and says so."""
    survey = access_survey(session, actor, survey_id)
    question, _, value = choice.partition(".")
    if value not in ("1", "2", "3", "4", "5") or question not in ("0", "1", "2"):
        raise NotYours
    if survey.status != "open" or int(question) != len(survey.ratings):
        _next(session, actor, survey)
        return Toast("stale")
    survey.ratings = [*survey.ratings, int(value)]
    session.add(survey)
    _next(session, actor, survey)
    return None


def hear(session: Session, actor: Actor, now: datetime, survey_id: int, text: str) -> None:
    """A typed rating or, at the end, the sentence."""
    survey = access_survey(session, actor, survey_id)
    if survey.status != "open":
        if rating_of(text) is None:
            raise Refused("stale")
        _next(session, actor, survey, fresh=True)
        return
    if len(survey.ratings) == QUESTIONS:
        _answered(session, actor, survey, text[:1000], now)
        _next(session, actor, survey, fresh=True)
        return
    rating = rating_of(text)
    if rating is None:
        tell(session, actor.id, "survey", {**values(session, survey), "unclear": True}, card=_card(survey))
        return
    survey.ratings = [*survey.ratings, rating]
    session.add(survey)
    _next(session, actor, survey, fresh=True)


def finish(session: Session, actor: Actor, now: datetime, survey_id: int) -> Toast | None:
    """不用了: no sentence."""
    survey = access_survey(session, actor, survey_id)
    if survey.status != "open" or len(survey.ratings) < QUESTIONS:
        _next(session, actor, survey)
        return Toast("stale")
    _answered(session, actor, survey, NO_COMMENT, now)
    _next(session, actor, survey)
    return Toast("thanks")


def later(session: Session, actor: Actor, now: datetime, survey_id: int) -> Toast | None:
    """稍后: nothing is lost; the survey waits and a reminder comes."""
    survey = access_survey(session, actor, survey_id)
    if survey.status != "open":
        _next(session, actor, survey)
        return Toast("stale")
    ask(actor, None)
    return Toast("later")


def rating_of(text: str) -> int | None:
    """The mark a short text gives; a whole sentence with a number in it is no mark."""
    plain = normalize("NFKC", text)
    if len(plain) > RATING_LENGTH or any(char.isdigit() and not char.isdecimal() for char in plain):
        return None
    return matching.read_rating(plain)


def _next(session: Session, actor: Actor, survey: Survey, *, fresh: bool = False) -> None:
    ask(actor, "survey" if survey.status == "open" else None, survey.id if survey.status == "open" else None)
    session.flush()
    (tell if fresh else update)(session, actor.id, "survey", values(session, survey), card=_card(survey))


def _answered(session: Session, actor: Actor, survey: Survey, comment: str, now: datetime) -> None:
    assert survey.id is not None
    survey.comment, survey.answered_at = comment, now
    audit.move(session, survey, "answered", actor, now)
    timing.cancel(session, "survey-reminder", survey.id, now)
    timing.cancel(session, "survey-lapse", survey.id, now)
    session.flush()
    _settle(session, session.get_one(Placement, survey.placement_id), now)


def remind(session: Session, survey_id: int, sequence: int, now: datetime) -> None:
    """One reminder, only to somebody who has not answered, never in the quiet hours (the row was scheduled by day)."""
    survey = session.get_one(Survey, survey_id)
    if survey.status != "open":
        return
    if timing.put_off(session, "survey-reminder", survey_id, sequence, now, days=REMINDER_GAP_DAYS):
        return
    survey.reminders = sequence
    session.add(survey)
    tell(session, survey.person_id, "survey", values(session, survey), card=_card(survey), bulk=True)


def lapse(session: Session, survey_id: int, sequence: int, now: datetime) -> None:
    """Waiting ends; what was rated so far does not count, and the score says how many answered."""
    survey = session.get_one(Survey, survey_id)
    if survey.status == "open":
        audit.move(session, survey, "lapsed", None, now)
        session.flush()
        _settle(session, session.get_one(Placement, survey.placement_id), now)


def cancel_all(session: Session, person_id: int, actor: Actor, now: datetime, why: str) -> None:
    """The person left: their open surveys end, and nobody waits for them any more."""
    for survey in session.exec(select(Survey).where(Survey.person_id == person_id, Survey.status == "open")).all():
        audit.move(session, survey, "cancelled", actor, now, why=why)
        session.flush()
        _settle(session, session.get_one(Placement, survey.placement_id), now)


def _settle(session: Session, placement: Placement, now: datetime) -> None:
    """Once nobody is waited for: the result goes to the coordinators, who close or reopen the order."""
    lock_need(session, placement.need_id)
    query = select(Survey).where(Survey.placement_id == placement.id)
    found = session.exec(query).all()
    if any(survey.status == "open" for survey in found) or placement.status != "ended":
        return
    need = session.get_one(Need, placement.need_id)
    county = session.get_one(School, need.school_id).county
    people_told, _ = people.coordinators_of(session, county)
    tell_all(session, people_told, "result", result(session, placement), card=f"result:{placement.id}")


def result(session: Session, placement: Placement) -> dict[str, Any]:
    """Means per side with how many were asked and answered. Nothing is averaged over a side that did not answer."""
    query = select(Survey).where(Survey.placement_id == placement.id).order_by(Survey.role)
    sides = []
    for survey in session.exec(query):
        answered = survey.status == "answered"
        mean = round(sum(survey.ratings) / QUESTIONS, 2) if answered else None
        comment = survey.comment if answered and survey.comment != NO_COMMENT else None
        sides.append({"role": survey.role, "asked": 1, "answered": int(answered), "mean": mean, "comment": comment})
    return {"placement": placement_values(session, placement), "sides": sides}


def to_close(session: Session, actor: Actor) -> list[Placement]:
    """Placements whose feedback is in, waiting for 结束 or 再次帮扶 by this coordinator; the oldest first."""
    waited_for = select(Survey.placement_id).where(Survey.status == "open")
    query = (
        select(Placement)
        .join(School)
        .where(Placement.status == "ended", col(Placement.id).not_in(waited_for))
        .order_by(col(Placement.end), col(Placement.id))
    )
    if not actor.is_programme:
        query = query.where(col(School.county).in_(actor.counties))
    return list(session.exec(query))


def open_result(session: Session, actor: Actor, now: datetime, placement_id: int) -> Toast | None:
    """A line of /queue: the result again, at the end of the chat."""
    placement, _ = _access_result(session, actor, placement_id)
    tell(session, actor.id, "result", result(session, placement), card=f"result:{placement.id}")
    return None


def close(session: Session, actor: Actor, now: datetime, placement_id: int) -> Toast | None:
    """结束: the help is done."""
    placement, need = _access_result(session, actor, placement_id)
    if placement.status != "ended":
        return _stale(session, actor, placement)
    _close(session, actor, placement, need, now, why="done")
    return Toast("done")


def reopen(session: Session, actor: Actor, now: datetime, placement_id: int) -> Toast | None:
    """再次帮扶: the order is opened anew with a reference to this one."""
    placement, need = _access_result(session, actor, placement_id)
    if placement.status != "ended":
        return _stale(session, actor, placement)
    _close(session, actor, placement, need, now, why="reopened")
    again = Need(**need.model_dump(exclude={"id", "status", "batch", "filed_at", "closed_at", "created_at"}))
    again.status, again.batch, again.reopens_id = "open", uuid4().hex, need.id
    again.headcount, again.start, again.created_at, again.filed_at = 1, None, now, now
    again.window_from = again.window_until = again.until = None
    audit.begin(session, again, actor, now, why=f"reopens {need.id}")
    tell(session, people.speaker(session, need), "need-reopened", {"id": again.id, "old": need.id})
    proposals.propose(session, again, now)
    return Toast("done")


def _close(session: Session, actor: Actor, placement: Placement, need: Need, now: datetime, why: str) -> None:
    placement.closed_at = now
    audit.move(session, placement, "closed", actor, now, why=why)
    session.flush()
    query = select(Placement).where(Placement.need_id == need.id)
    if need.status == "filled" and all(other.status in ("closed", "cancelled") for other in session.exec(query)):
        need.closed_at = now
        audit.move(session, need, "closed", actor, now, why=why)
    county = session.get_one(School, need.school_id).county
    for person in people.coordinators_of(session, county)[0]:
        update(session, person, "result", result(session, placement), card=f"result:{placement.id}")
    tell(session, people.speaker(session, need), "need-closed", placement_values(session, placement))
    teacher = session.get_one(Teacher, placement.teacher_id)
    if teacher.person_id is not None:
        tell(session, teacher.person_id, "placement-closed", placement_values(session, placement))


def _access_result(session: Session, actor: Actor, placement_id: int) -> tuple[Placement, Need]:
    placement = session.get(Placement, placement_id)
    if placement is None:
        raise NotYours
    need = lock_need(session, placement.need_id)
    session.refresh(placement)
    if not actor.coordinates(session.get_one(School, need.school_id).county):
        raise NotYours
    return placement, need


def _stale(session: Session, actor: Actor, placement: Placement) -> Toast:
    update(session, actor.id, "result", result(session, placement), card=f"result:{placement.id}")
    return Toast("stale")


def _card(survey: Survey) -> str:
    return f"survey:{survey.id}"
