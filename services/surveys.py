"""Surveys (回访): three ratings 1–5, one per message, and an optional sentence; totals of a class; reminders, lapsing.

Who is asked what and when is data (survey_plan.toml, waves.py); what the answers come to is in results.py. The rated never
enter their own rating: the school and colleagues rate the help, the teacher rates how it went at the school.
"""

from datetime import datetime, timedelta
from typing import Any
from unicodedata import normalize

from sqlmodel import Session, col, select

import matching
from models import Placement, Survey
from services import audit, results, timing, totals
from services.actor import Actor, access_survey, ask
from services.errors import NotYours, Refused
from services.post import Toast, holders, tell, update
from services.snapshots import placement_values
from services.survey_plan import Group, Wave, plan

QUESTIONS = 3
RATING_LENGTH = 6
REMINDER_GAP_DAYS = 3  # also when the bot was down and several fell due at once
HOUR = 10


def open_wave(
    session: Session, placement: Placement, wave: Wave, asked: list[tuple[Group, int]], now: datetime
) -> None:
    """Ask everybody of a wave, and schedule reminders and the end of waiting. Who has two to answer gets one at a time."""
    assert placement.id is not None
    told = set()
    for role, person in asked:
        survey = Survey(placement_id=placement.id, kind=wave.kind, role=role, person_id=person, opened_at=now)
        survey_id = audit.begin(session, survey, None, now)
        for sequence, days in enumerate(wave.ask[role], 1):
            day = timing.today(now) + timedelta(days=days)
            timing.schedule(session, "survey-reminder", survey_id, timing.at(day, HOUR), sequence)
        last = timing.today(now) + timedelta(days=wave.lapse_days)
        timing.schedule(session, "survey-lapse", survey_id, timing.at(last, HOUR))
        if person not in told:
            tell(session, person, "survey", values(session, survey), card=_card(survey), bulk=True)
            told.add(person)
    if not asked:
        results.settle(session, placement, wave.kind, now)


def values(session: Session, survey: Survey) -> dict[str, Any]:
    """A survey as its card shows it."""
    return {
        "id": survey.id,
        "role": survey.role,
        "words": f"{plan().wave(survey.kind).words}-{survey.role}",
        "status": survey.status,
        "ratings": survey.ratings,
        "totals": survey.totals,
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
    if survey.status != "open" or survey.role == "students" or int(question) != len(survey.ratings):
        _next(session, actor, survey)
        return Toast("stale")
    survey.ratings = [*survey.ratings, int(value)]
    session.add(survey)
    _next(session, actor, survey)
    return None


def hear(session: Session, actor: Actor, now: datetime, survey_id: int, text: str) -> None:
    """A typed rating or, at the end, the sentence; for students the totals of a class."""
    survey = access_survey(session, actor, survey_id)
    if survey.status != "open":
        if rating_of(text) is None:
            raise Refused("stale")
        _next(session, actor, survey, fresh=True)
        return
    if survey.role == "students":
        _hear_totals(session, actor, survey, text, now)
        return
    if len(survey.ratings) == QUESTIONS:
        _answered(session, actor, survey, now, comment=text[:1000], fresh=True)
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
    _answered(session, actor, survey, now)
    return Toast("thanks")


def no_slips(session: Session, actor: Actor, now: datetime, survey_id: int) -> Toast | None:
    """没有收: there are no totals of a class, and nobody waits for them."""
    survey = access_survey(session, actor, survey_id)
    if survey.status != "open" or survey.role != "students":
        _next(session, actor, survey)
        return Toast("stale")
    _over(session, survey, "cancelled", actor, now, why="no slips")
    _next(session, actor, survey)
    return Toast("done")


def _hear_totals(session: Session, actor: Actor, survey: Survey, text: str, now: datetime) -> None:
    """45 张，5分30 4分10 3分5; what does not add up is asked again, with what was read."""
    try:
        survey.totals = totals.read(text)
    except totals.Misread as misread:
        ask(actor, "survey", survey.id)
        unclear = {"unclear": misread.key, "said": misread.said, "added": misread.added}
        tell(session, actor.id, "survey", values(session, survey) | unclear, card=_card(survey))
        return
    _answered(session, actor, survey, now, fresh=True)


def meant(session: Session, actor: Actor, text: str) -> int | None:
    """The open survey that a bare rating, or a sentence that can only be totals, answers."""
    is_rating = rating_of(text) is not None
    if not is_rating and not totals.resembles(text):
        return None
    query = select(Survey.id).where(
        Survey.person_id == actor.id, Survey.status == "open", (col(Survey.role) == "students") != is_rating
    )
    return session.exec(query.order_by(col(Survey.id))).first()


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


def _answered(
    session: Session, actor: Actor, survey: Survey, now: datetime, *, comment: str | None = None, fresh: bool = False
) -> None:
    """Thanks; what the same person has yet to answer of the same wave follows."""
    survey.comment, survey.answered_at = comment, now
    _over(session, survey, "answered", actor, now)
    _next(session, actor, survey, fresh=fresh)
    query = select(Survey).where(
        Survey.placement_id == survey.placement_id,
        Survey.kind == survey.kind,
        Survey.person_id == actor.id,
        Survey.status == "open",
    )
    following = session.exec(query.order_by(col(Survey.id))).first()
    if following is not None:
        _next(session, actor, following, fresh=True)


def _over(session: Session, survey: Survey, to: str, actor: Actor | None, now: datetime, why: str = "") -> None:
    """Nobody waits for this survey any more."""
    assert survey.id is not None
    audit.move(session, survey, to, actor, now, why=why)
    timing.cancel(session, "survey-reminder", survey.id, now)
    timing.cancel(session, "survey-lapse", survey.id, now)
    session.flush()
    results.settle(session, session.get_one(Placement, survey.placement_id), survey.kind, now)


def remind(session: Session, survey_id: int, sequence: int, now: datetime) -> None:
    """One reminder, only to somebody who has not answered, never in the quiet hours (the row was scheduled by day)."""
    survey = session.get_one(Survey, survey_id)
    if survey.status != "open" or _comes_later(session, survey):
        return
    if timing.put_off(session, "survey-reminder", survey_id, sequence, now, days=REMINDER_GAP_DAYS):
        return
    survey.reminders = sequence
    session.add(survey)
    tell(session, survey.person_id, "survey", values(session, survey), card=_card(survey), bulk=True)


def _comes_later(session: Session, survey: Survey) -> bool:
    """Whether the same person has another of the wave to answer first: it is reminded of itself, and this one follows it."""
    query = select(Survey.id).where(
        Survey.placement_id == survey.placement_id,
        Survey.kind == survey.kind,
        Survey.person_id == survey.person_id,
        Survey.status == "open",
        col(Survey.id) < survey.id,
    )
    return session.exec(query).first() is not None


def lapse(session: Session, survey_id: int, sequence: int, now: datetime) -> None:
    """Waiting ends; what was rated so far does not count, and the score says how many answered."""
    survey = session.get_one(Survey, survey_id)
    if survey.status == "open":
        _over(session, survey, "lapsed", None, now)
        if survey.person_id in holders(session, _card(survey)):
            update(session, survey.person_id, "survey", values(session, survey), card=_card(survey))


def cancel_of(session: Session, placement: Placement, actor: Actor | None, now: datetime, why: str) -> None:
    """The placement is off: nobody is asked about it any more."""
    query = select(Survey).where(Survey.placement_id == placement.id, Survey.status == "open")
    _cancel(session, query, actor, now, why)


def cancel_all(session: Session, person_id: int, actor: Actor, now: datetime, why: str) -> None:
    """The person left: their open surveys end, and nobody waits for them any more."""
    _cancel(session, select(Survey).where(Survey.person_id == person_id, Survey.status == "open"), actor, now, why)


def _cancel(session: Session, query: Any, actor: Actor | None, now: datetime, why: str) -> None:
    for survey in session.exec(query).all():
        _over(session, survey, "cancelled", actor, now, why=why)


def _card(survey: Survey) -> str:
    return f"survey:{survey.id}"
